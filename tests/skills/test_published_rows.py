"""What an edition holds of a row: the columns that its model names, and no others. Later editions may hold more."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from skills.editions.difference import MODELS, Change, Table
from skills.editions.document import engine_evidence
from skills.editions.snapshot import published_row
from skills.models import Location, Skill, Source
from skills.presenters.row_fields import Names, present_fields
from tests.golden.files import edition_file

DOCUMENT: Mapping[str, Any] = json.loads(zlib.decompress(edition_file(1).read_bytes()))
#: What a row of the document has from other tables than its own.
FROM_ELSEWHERE = {Table.PLACES: {"aliases"}, Table.SKILLS: {"requires"}}
DAYS = ("quoted on", "1 January 2026", "2 January 2026")


def row_of(table: Table, columns: Mapping[str, Any]) -> Any:
    """The model's row that a row of the document was made from; it is not saved."""
    model, values = MODELS[table], {}
    for name in model.PUBLISHED_FIELDS:
        field: Any = model._meta.get_field(name)
        if field.many_to_many or name not in columns:
            continue
        value = columns[name]
        if field.is_relation:
            value = field.related_model(slug=value) if value else None
        elif field.get_internal_type() == "DecimalField":
            value = Decimal(str(value))
        elif field.get_internal_type() == "DateField":
            value = date.fromisoformat(value) if value else None
        values[name] = value
    return model(**values)


@pytest.mark.parametrize("table", [table for table in MODELS if table in DOCUMENT])
def test_rows_of_the_first_edition_are_written_as_they_were(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Skill, "prerequisites", Skill.objects.none())

    assert DOCUMENT[table]
    for columns in DOCUMENT[table]:
        written = published_row(row_of(table, columns))
        elsewhere = FROM_ELSEWHERE.get(table, set())
        assert {name: written[name] for name in columns if name not in elsewhere} == {
            name: value for name, value in columns.items() if name not in elsewhere
        }


def test_price_level_is_published_with_its_source_alone() -> None:
    row = Location(slug="town", price_level=Decimal("97.5"))
    sourced = Location(slug="town", price_level=Decimal("97.5"), price_source=Source(slug="made-source"))

    levels = [(written["price_level"], written["price_source"]) for written in map(published_row, (row, sourced))]

    assert levels == [(None, ""), (97.5, "made-source")]


def test_column_that_the_engine_does_not_use_is_left_out_of_its_value() -> None:
    row = DOCUMENT["evidence"][0]

    assert engine_evidence(row | {"unknown_to_it": "text"}) == engine_evidence(row)


@pytest.mark.parametrize(
    ("table", "name", "old", "new", "words"),
    [
        pytest.param("evidence", "low_percent", 1, 2.5, ("low (% of pay)", "+1.0%", "+2.5%"), id="share"),
        pytest.param("evidence", "year", 2024, 2025, ("year", "2024", "2025"), id="year"),
        pytest.param("evidence", "sample_size", None, 12000, ("sample size", "not published", "12,000"), id="count"),
        pytest.param("evidence", "note", "", "Wide.", ("note", "nothing", "“Wide.”"), id="text"),
        pytest.param("skills", "category", "ai", "data", ("category", "AI", "Data"), id="choice"),
        pytest.param("skills", "category", "", "old", ("category", "nothing", "old"), id="former-choice"),
        pytest.param("rates", "quoted_on", "2026-01-01", "2026-01-02", DAYS, id="day"),
        pytest.param("places", "parent", "", "de", ("lies in", "nothing", "Germany"), id="row"),
        pytest.param("places", "price_level", None, 97.5, ("price level", "not published", "97.5"), id="level"),
        pytest.param("places", "gone_by_now", 1, 2, ("gone by now", "“1”", "“2”"), id="former-column"),
    ],
)
def test_changed_column_has_the_label_of_its_model(
    table: str, name: str, old: Any, new: Any, words: tuple[str, str, str]
) -> None:
    row = DOCUMENT[table][0]
    change = Change(table=Table(table), key=("x",), label="x", old=row | {name: old}, new=row | {name: new})

    (field,) = present_fields(change, Names(DOCUMENT), Names(DOCUMENT))  # type: ignore[arg-type]  # it is only read

    assert (field.label, field.old, field.new) == words
