"""What differs between two documents, against a slow oracle that compares each row with every other."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.engine.edition import Range
from skills.editions.difference import KEYS, Cell, Change, Kind, Table, compare_documents, premium_moves
from skills.editions.document import Document
from skills.editions.publish import earlier_documents
from skills.editions.snapshot import read_draft

type Found = list[tuple[str, tuple[str, ...], str, Any, Any]]

SLUGS = st.sampled_from(["a", "b", "c"])
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.integers(0, 2), st.sampled_from(["", "x"]), st.just(["x"]), st.just([])
)
CELLS = st.dictionaries(st.sampled_from(["year", "note", "new_column"]), VALUES)


def tables(key: str, required: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of one table with a key of one column, each key once."""
    rows = st.builds(lambda cells, fixed: cells | fixed, CELLS, st.fixed_dictionaries({key: SLUGS} | required))
    return st.lists(rows, max_size=3, unique_by=lambda row: row[key])


EVIDENCE = st.lists(
    st.builds(
        lambda cells, fixed: cells | fixed,
        CELLS,
        st.fixed_dictionaries({"skill": SLUGS, "source": SLUGS, "region": st.sampled_from(["", "us", "unknown"])}),
    ),
    max_size=5,
    unique_by=lambda row: (row["skill"], row["source"], row["region"]),
)
DOCUMENTS = st.fixed_dictionaries(
    {
        "evidence": EVIDENCE,
        "skills": tables("slug", {"name": SLUGS}),
        "places": tables("slug", {"name": SLUGS, "parent": st.sampled_from(["", "a", "b", "gone"])}),
        "rates": tables("currency", {}),
        "unmeasured": tables("name", {}),
        "sources": tables("slug", {"title": SLUGS, "publisher": SLUGS}),
        "constants": st.dictionaries(SLUGS, st.one_of(st.integers(0, 1), st.just([1, 2]))),
    },
    # An edition published before there were ways has no table of them.
    optional={
        "ways": tables("slug", {"name": SLUGS, "on_verdict": st.sampled_from(["no", "yes"])}),
        "way_ranges": tables("way", {"region": st.sampled_from(["", "us", "ua"])}),
        "way_evidence": tables("way", {"source": SLUGS, "region": st.just("us"), "population": SLUGS}),
        "experience": tables("region", {"years": st.integers(0, 3)}),
    },
)


def rows(document: Document, table: Table) -> list[dict[str, Any]]:
    if table is Table.CONSTANTS:
        return [{"name": name, "value": document["constants"][name]} for name in document["constants"]]
    found: list[dict[str, Any]] = document.get(table, [])
    return found


def oracle(older: Document, newer: Document) -> Found:
    """Every cell that differs; a whole row counts as one cell without a name.

    A column that an edition lacks is unknown in it, and so is one that holds nothing in the other.
    """
    found: Found = []
    for table in Table:
        columns = KEYS[table]
        for old in rows(older, table):
            twins = [new for new in rows(newer, table) if all(new[name] == old[name] for name in columns)]
            key = tuple(old[name] for name in columns)
            if not twins:
                found.append((table, key, "", old, None))
            for new in twins:
                for name in {*old, *new}:
                    cells = [row[name] for row in (old, new) if name in row]
                    if old.get(name) != new.get(name) and cells not in ([""], [[]]):
                        found.append((table, key, name, old.get(name), new.get(name)))
        for new in rows(newer, table):
            if not any(all(new[name] == old[name] for name in columns) for old in rows(older, table)):
                found.append((table, tuple(new[name] for name in columns), "", None, new))
    return found


def cells_of(changes: tuple[Change, ...]) -> Found:
    found: Found = []
    for change in changes:
        if change.kind is Kind.CHANGED:
            found.extend((change.table, change.key, cell.name, cell.old, cell.new) for cell in change.cells)
        else:
            found.append((change.table, change.key, "", change.old, change.new))
    return found


def in_order(found: Found) -> Found:
    return sorted(found, key=repr)


@given(older=DOCUMENTS, newer=DOCUMENTS)
def test_every_changed_cell_is_found_once(older: Document, newer: Document) -> None:
    assert in_order(cells_of(compare_documents(older, newer))) == in_order(oracle(older, newer))


@given(document=DOCUMENTS)
def test_a_document_does_not_differ_from_itself(document: Document) -> None:
    assert compare_documents(document, copy.deepcopy(document)) == ()


@given(older=DOCUMENTS, newer=DOCUMENTS)
def test_backwards_old_and_new_are_swapped(older: Document, newer: Document) -> None:
    forth, back = compare_documents(older, newer), compare_documents(newer, older)

    assert [(change.table, change.key, change.new, change.old) for change in back] == [
        (change.table, change.key, change.old, change.new) for change in forth
    ]
    assert [[(cell.name, cell.new, cell.old) for cell in change.cells] for change in back] == [
        [(cell.name, cell.old, cell.new) for cell in change.cells] for change in forth
    ]


@given(older=DOCUMENTS, newer=DOCUMENTS, shuffled=st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter_and_that_of_changes_is_fixed(
    older: Document, newer: Document, shuffled: Any
) -> None:
    changes = compare_documents(older, newer)
    for table in Table:
        if table is not Table.CONSTANTS:
            shuffled.shuffle(newer.get(table, []))

    assert compare_documents(older, newer) == changes
    assert [change.table for change in changes] == sorted((change.table for change in changes), key=list(Table).index)


@pytest.fixture
def document(db: None) -> Document:
    """Edition 1."""
    return next(earlier_documents())


@pytest.mark.django_db
def test_draft_of_an_unchanged_catalogue_does_not_differ_from_its_edition(document: Document) -> None:
    assert compare_documents(document, read_draft().document) == ()


@pytest.mark.django_db
def test_edition_from_before_ways_said_where_they_are_shown_does_not_differ(document: Document) -> None:
    older = document | {"ways": [{name: row[name] for name in row if name != "on_verdict"} for row in document["ways"]]}

    assert older["ways"] != document["ways"]
    assert compare_documents(older, read_draft().document) == ()


def row(document: Document, table: str, **key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in document[table] if key.items() <= row.items())
    return found


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            lambda new: row(new, "evidence", skill="kubernetes", source="pooled-2026").update(mid_percent=4.5),
            (
                "evidence",
                "Kubernetes, Pooled skill premiums over five samples, 2020-2024",
                Kind.CHANGED,
                ["mid_percent"],
            ),
            id="evidence",
        ),
        pytest.param(
            lambda new: row(new, "evidence", skill="kubernetes", source="pooled-2026").update(region="south-asia"),
            (
                "evidence",
                "Kubernetes, Pooled skill premiums over five samples, 2020-2024 (South Asia)",
                Kind.ADDED,
                [],
            ),
            id="evidence-of-a-region",
        ),
        pytest.param(
            lambda new: new["skills"].remove(row(new, "skills", slug="rust")),
            ("skills", "Rust", Kind.REMOVED, []),
            id="skill",
        ),
        pytest.param(
            lambda new: row(new, "places", slug="us-tx").update(p50=1),
            ("places", "Texas, United States", Kind.CHANGED, ["p50"]),
            id="place",
        ),
        pytest.param(
            lambda new: row(new, "rates", currency="EUR").update(units_per_usd=2),
            ("rates", "euros (€)", Kind.CHANGED, ["units_per_usd"]),
            id="exchange-rate",
        ),
        pytest.param(
            lambda new: row(new, "sources", slug="pooled-2026").update(note="Mended."),
            ("sources", "EarnVerdict: Pooled skill premiums over five samples, 2020-2024", Kind.CHANGED, ["note"]),
            id="source",
        ),
        pytest.param(
            lambda new: new["constants"].update(prior_weight=5),
            ("constants", "Prior weight", Kind.CHANGED, ["value"]),
            id="constant",
        ),
    ],
)
def test_change_is_named_as_readers_know_it(
    document: Document, change: Callable[[Document], None], expected: tuple[str, str, Kind, list[str]]
) -> None:
    newer = copy.deepcopy(document)
    change(newer)

    described = [
        (change.table, change.label, change.kind, [cell.name for cell in change.cells])
        for change in compare_documents(document, newer)
    ]

    assert expected in described
    assert len(described) <= 2


@pytest.mark.parametrize("parent", ["loop", "other"])
def test_places_that_lie_in_each_other_end(parent: str) -> None:
    places = [
        {"slug": "loop", "name": "Loop", "parent": parent},
        {"slug": "other", "name": "Other", "parent": "loop"},
    ]
    empty: Document = {"evidence": [], "skills": [], "places": [], "rates": [], "sources": [], "constants": {}}

    labels = [change.label for change in compare_documents(empty, empty | {"places": places})]

    assert len(labels) == 2


def test_tuples_of_the_catalogue_are_the_lists_of_json() -> None:
    empty: Document = {"evidence": [], "skills": [], "places": [], "rates": [], "sources": []}
    older = empty | {"constants": {"stack_weights": [1.0, 0.9], "prior_weight": 4}}
    newer = empty | {"constants": {"stack_weights": (1.0, 0.9), "prior_weight": 4.0}}

    assert compare_documents(older, newer) == ()


def pool(skill: str, *points: float, **fields: Any) -> dict[str, Any]:
    """A pool of measured evidence, worldwide, given in shares of pay."""
    logs = [math.log1p(point) for point in points]
    plain = {"skill": skill, "evidence": "measured", "region": "", "low": logs[0], "high": logs[-1], "points": logs}
    return plain | fields


def with_pools(*pools: dict[str, Any]) -> Document:
    return {"skills": [{"slug": "a", "name": "Alpha"}], "pools": list(pools)}


def round_range(premium: Range | None) -> tuple[float, float, float] | None:
    return None if premium is None else (round(premium.low, 6), round(premium.expected, 6), round(premium.high, 6))


def test_premiums_that_moved_come_biggest_first_and_new_ones_before_them() -> None:
    older = with_pools(pool("a", 0.01), pool("b", 0.02), pool("same", 0.5), pool("gone", 0.03))
    newer = with_pools(pool("a", 0.02), pool("b", -0.05), pool("same", 0.5), pool("came", 0.04))

    moves = premium_moves(older, newer)

    assert [(move.skill, move.name, round_range(move.old), round_range(move.new)) for move in moves] == [
        ("came", "came", None, (0.04, 0.04, 0.04)),
        ("gone", "gone", (0.03, 0.03, 0.03), None),
        ("b", "b", (0.02, 0.02, 0.02), (-0.05, -0.05, -0.05)),
        ("a", "Alpha", (0.01, 0.01, 0.01), (0.02, 0.02, 0.02)),
    ]


def test_premium_of_other_evidence_or_one_region_is_left_out() -> None:
    older = with_pools(pool("a", 0.01, evidence="all"), pool("a", 0.01, region="us"))
    newer = with_pools(pool("a", 0.02, evidence="all"), pool("a", 0.02, region="us"))

    assert premium_moves(older, newer) == ()


def test_wider_premium_moved_though_its_middle_stayed() -> None:
    older, newer = with_pools(pool("a", 0.0, 0.0)), with_pools(pool("a", -0.5, 0.5))

    (move,) = premium_moves(older, newer)

    assert (round_range(move.old), round_range(move.new)) == ((0.0, 0.0, 0.0), (-0.5, 0.0, 0.5))
    assert move.size < 1e-12


def test_moves_backwards_swap_old_and_new(document: Document) -> None:
    newer = json.loads(json.dumps(document))
    for row in newer["pools"]:
        row["points"] = [point + 0.01 * (row["skill"] < "go") for point in row["points"]]

    forth, back = premium_moves(document, newer), premium_moves(newer, document)

    assert {(move.skill, move.old, move.new) for move in forth} == {(move.skill, move.new, move.old) for move in back}
    assert {move.skill for move in forth} == {
        row["skill"]
        for row in document["pools"]
        if row["skill"] < "go" and (row["evidence"], row["region"]) == ("measured", "")
    }


def test_cells_of_a_row_that_came_are_none() -> None:
    change = Change(table=Table.SKILLS, key=("a",), label="Alpha", old=None, new={"slug": "a"})

    assert (change.kind, change.cells) == (Kind.ADDED, ())


def test_a_field_that_only_one_document_has_is_none_in_the_other() -> None:
    change = Change(
        table=Table.PLACES, key=("a",), label="A", old={"slug": "a"}, new={"slug": "a", "price_level": 97.5}
    )

    assert change.cells == (Cell(name="price_level", old=None, new=97.5),)


@pytest.mark.parametrize("empty", ["", [], None])
def test_column_that_only_one_document_has_is_no_change_while_it_is_empty(empty: Any) -> None:
    document: Document = {table.value: [] for table in Table} | {"constants": {}}
    older, newer = (
        document | {"places": [{"slug": "a", "name": "A", "parent": ""} | row]} for row in ({}, {"price_source": empty})
    )

    assert (compare_documents(older, newer), compare_documents(newer, older)) == ((), ())
