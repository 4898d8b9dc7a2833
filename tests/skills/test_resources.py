"""CSV tables: what is written is read back unchanged, and what is wrong is named by file, row, column and reason."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import skills
from earnverdict.links import ADVICE
from skills.catalogue.resources import (
    TABLES,
    BadTable,
    EvidenceResource,
    ExchangeRateResource,
    LocationAliasResource,
    LocationResource,
    SkillResource,
    SourceResource,
    Table,
    TableError,
    WayRangeResource,
)
from skills.catalogue.resources.text_checks import invisible_character
from skills.models import Evidence, ExchangeRate, Location, LocationAlias, Skill, Source, WayRange
from tests.skills.factories import make_csv, make_location, make_skill, make_source

FOLDER = Path(skills.__file__).parent / "data"
BY_FILE = {table.file: table for table in TABLES}

# The made rows, pointing to what the real catalogue has.
EVIDENCE = {"skill": "python", "source": "so-2025-pay"}
LOCATION = {"source": "so-2025-pay"}
ALIAS = {"location": "us"}
RATE = {"currency": "XXX", "source": "ecb-2026"}
WAY_RANGE = {"way": "stay", "region": "aq", "sources": "ecb-2026"}
WAY_EVIDENCE = {"way": "stay", "region": "aq", "source": "ecb-2026"}
EXPERIENCE = {"region": "aq", "source": "ecb-2026"}
REAL = {
    "sources.csv": {},
    "skills.csv": {},
    "evidence.csv": EVIDENCE,
    "locations.csv": LOCATION,
    "location_aliases.csv": ALIAS,
    "exchange_rates.csv": RATE,
    "unmeasured_skills.csv": {},
    "ways.csv": {},
    "way_ranges.csv": WAY_RANGE,
    "way_evidence.csv": WAY_EVIDENCE,
    "experience.csv": EXPERIENCE,
}

# What makes another good row of them.
GOOD = {
    "sources.csv": {"slug": "made-good"},
    "skills.csv": {"slug": "made-good"},
    "evidence.csv": {"region": "us"},
    "locations.csv": {"slug": "made-good"},
    "location_aliases.csv": {"alias": "Good"},
    "exchange_rates.csv": {"currency": "XXG"},
    "unmeasured_skills.csv": {"name": "Good"},
    "ways.csv": {"slug": "made-good"},
    "way_ranges.csv": {"region": "gl"},
    "way_evidence.csv": {"region": "gl"},
    "experience.csv": {"years": "4"},
}

# Any text that a cell may hold: whitespace around it is not kept, and PostgreSQL cannot keep a null character.
CELL_TEXT = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
    | st.text("=+-@'\"\t\r\n,;x ", max_size=12)
).map(str.strip)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_loading_a_file_twice_changes_nothing(db: None, catalogue_folder: Path, table: type[Table]) -> None:
    text = (catalogue_folder / table.file).read_text(encoding="utf-8")

    assert table().load(text) == 0
    assert table().write() == text


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_a_new_row_is_loaded_and_then_known(db: None, table: type[Table]) -> None:
    text = make_csv(table.file, REAL[table.file])

    assert table().load(text) == 1
    assert table().load(text) == 0


def test_only_changed_rows_count(db: None) -> None:
    rates = ExchangeRateResource()
    text = rates.write().replace("AED,3.673,", "AED,3.674,")

    assert rates.load(text) == 1
    assert str(ExchangeRate.objects.get(currency="AED").units_per_usd) == "3.674000"


def test_a_row_that_is_not_in_the_file_stays(db: None) -> None:
    before = Source.objects.count()

    SourceResource().load(make_csv("sources.csv"))

    assert Source.objects.count() == before + 1


def test_a_file_with_a_header_alone_changes_nothing(db: None) -> None:
    header = make_csv("skills.csv").splitlines()[0]

    assert SkillResource().load(header + "\n") == 0


@pytest.mark.parametrize(
    "rewrite",
    [
        pytest.param(lambda text: "\ufeff" + text, id="byte-order-mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="windows-line-ends"),
        pytest.param(lambda text: text.removesuffix("\n"), id="no-last-line-end"),
        pytest.param(lambda text: text.replace(",True\n", ",TRUE\n"), id="booleans-of-spreadsheets"),
        pytest.param(lambda text: text.replace("python,", " python ,"), id="space-around-a-key"),
        pytest.param(lambda text: _with_columns_reversed(text), id="columns-in-another-order"),
    ],
)
def test_what_spreadsheets_do_to_a_file_changes_nothing(db: None, rewrite: object) -> None:
    assert callable(rewrite)
    text = SkillResource().write()

    assert rewrite(text) != text
    assert SkillResource().load(rewrite(text)) == 0


def test_prerequisites_may_name_a_later_row_and_are_replaced(db: None) -> None:
    two = make_csv("skills.csv", {"slug": "made-a", "requires": "made-b python"}, {"slug": "made-b"})
    one = make_csv("skills.csv", {"slug": "made-a", "requires": "made-b made-b"}, {"slug": "made-b"})

    assert SkillResource().load(two) == 2
    assert _requires("made-a") == ["made-b", "python"]
    assert SkillResource().load(one) == 1
    assert _requires("made-a") == ["made-b"]


def test_the_sources_of_a_range_are_replaced(db: None) -> None:
    row = {"way": "stay", "region": "aq"}

    assert WayRangeResource().load(make_csv("way_ranges.csv", row | {"sources": "so-2021 ecb-2026"})) == 1
    assert WayRangeResource().load(make_csv("way_ranges.csv", row | {"sources": "so-2021 so-2025"})) == 1

    sources = WayRange.objects.get(region="aq").sources.order_by("slug")
    assert list(sources.values_list("slug", flat=True)) == ["so-2021", "so-2025"]


def test_a_dry_run_leaves_the_sources_of_a_range(db: None) -> None:
    text = re.sub(
        r"^(stay,.*),koodiklinikka-2025 so-2021,", r"\1,so-2021,", WayRangeResource().write(), flags=re.MULTILINE
    )

    outcome = WayRangeResource().import_csv(text, dry_run=True)

    assert (outcome.changed, outcome.errors) == (1, ())
    assert WayRange.objects.get(way__slug="stay").sources.count() == 2


def test_a_place_may_lie_in_an_earlier_row(db: None) -> None:
    inner = {"slug": "made-metro", "kind": "metro", "parent": "made-country"}

    LocationResource().load(make_csv("locations.csv", LOCATION, LOCATION | inner))

    parent = Location.objects.get(slug="made-metro").parent
    assert parent is not None
    assert parent.slug == "made-country"


BAD_CELLS = [
    pytest.param("skills.csv", {"hours_low": "ten"}, "hours_low", "“ten” value must be an integer.", id="number"),
    pytest.param("skills.csv", {"hours_low": ""}, "hours_low", "“” value must be an integer.", id="blank-number"),
    pytest.param(
        "skills.csv",
        {"exam_cost_usd": "12.345"},
        "exam_cost_usd",
        "Ensure that there are no more than 2 decimal places.",
        id="decimals",
    ),
    pytest.param(
        "skills.csv",
        {"exam_cost_usd": "-1"},
        "exam_cost_usd",
        "Ensure this value is greater than or equal to 0.",
        id="below-least",
    ),
    pytest.param(
        "evidence.csv",
        {"low_percent": "NaN"},
        "low_percent",
        "“NaN” value must be a decimal number.",
        id="not-a-number",
    ),
    pytest.param(
        "evidence.csv",
        {"low_percent": "'-5"},
        "low_percent",
        "“'-5” value must be a decimal number.",
        id="quoted-number",
    ),
    pytest.param("evidence.csv", {"skill": "juggling"}, "skill", "“juggling” is not among the skills.", id="no-skill"),
    pytest.param("sources.csv", {"url": "https://user:pw@example.com/"}, "url", ADVICE, id="link-with-password"),
    pytest.param("evidence.csv", {"source": "rumour"}, "source", "“rumour” is not among the sources.", id="no-source"),
    pytest.param("evidence.csv", {"source": ""}, "source", "This field cannot be blank.", id="blank-key"),
    pytest.param("evidence.csv", {"grade": "E"}, "grade", "Value 'E' is not a valid choice.", id="choice"),
    pytest.param("evidence.csv", {"population": " "}, "population", "This field cannot be blank.", id="blank-text"),
    pytest.param(
        "locations.csv", {"parent": "atlantis"}, "parent", "“atlantis” is not among the locations.", id="no-parent"
    ),
    pytest.param(
        "locations.csv",
        {"country": "X"},
        "country",
        "Ensure this value has at least 2 characters (it has 1).",
        id="too-short",
    ),
    pytest.param(
        "locations.csv",
        {"country": "XXX"},
        "country",
        "Ensure this value has at most 2 characters (it has 3).",
        id="too-long",
    ),
    pytest.param(
        "locations.csv",
        {"is_published": "perhaps"},
        "is_published",
        "“Perhaps” value must be either True or False.",
        id="boolean",
    ),
    pytest.param(
        "locations.csv",
        {"slug": "made country"},
        "slug",
        "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
        id="slug",
    ),
    pytest.param(
        "location_aliases.csv", {"location": "x"}, "location", "“x” is not among the locations.", id="no-location"
    ),
    pytest.param("location_aliases.csv", {"alias": ""}, "alias", "This field cannot be blank.", id="blank-alias"),
    pytest.param(
        "exchange_rates.csv",
        {"quoted_on": "31/12/2025"},
        "quoted_on",
        "“31/12/2025” value has an invalid date format. It must be in YYYY-MM-DD format.",
        id="date",
    ),
    pytest.param(
        "exchange_rates.csv",
        {"quoted_on": "2026-02-30"},
        "quoted_on",
        "“2026-02-30” value has the correct format (YYYY-MM-DD) but it is an invalid date.",
        id="no-such-day",
    ),
    pytest.param(
        "evidence.csv",
        {"review_on": "soon"},
        "review_on",
        "“soon” value has an invalid date format. It must be in YYYY-MM-DD format.",
        id="review-date",
    ),
    pytest.param(
        "evidence.csv", {"about": "rumour"}, "about", "Value 'rumour' is not a valid choice.", id="about-a-rumour"
    ),
    pytest.param("evidence.csv", {"about": ""}, "about", "This field cannot be blank.", id="about-nothing"),
    pytest.param("sources.csv", {"url": "no link"}, "url", f"Enter a valid URL. {ADVICE}", id="link"),
    pytest.param("sources.csv", {"note": "a\0b"}, "note", "A null character cannot be kept.", id="null-character"),
    pytest.param("skills.csv", {"requires": "x"}, "requires", "“x” is not among the skills.", id="no-prerequisite"),
    pytest.param(
        "skills.csv", {"requires": "made-skill"}, "requires", "A skill cannot require itself.", id="requires-itself"
    ),
    pytest.param(
        "way_ranges.csv",
        {"sources": "ecb-2026 x"},
        "sources",
        "“x” is not among the sources.",
        id="no-source-of-a-range",
    ),
    pytest.param(
        "way_evidence.csv",
        {"region": "mars"},
        "region",
        "Leave it empty for the world, or write a region, as western-europe, or a country’s code, as ua.",
        id="no-area",
    ),
]

BAD_ROWS = [
    pytest.param(
        "skills.csv",
        {"hours_mid": "40"},
        "hours_high, hours_low, hours_mid",
        "Study hours must be above zero and rise from low to middle to high.",
        id="hours",
    ),
    pytest.param(
        "evidence.csv",
        {"low_percent": "2"},
        "high_percent, low_percent, mid_percent",
        "The premium must rise from low to middle to high.",
        id="premium",
    ),
    pytest.param(
        "locations.csv",
        {"p25": "30"},
        "p10, p25, p50, p75, p90",
        "Pay must be above zero and rise from P10 to P90.",
        id="quantiles",
    ),
    pytest.param(
        "locations.csv",
        {"p50": ""},
        "p10, p25, p50, p75, p90, source, year",
        "Pay needs a median, a source and a year.",
        id="median",
    ),
    pytest.param(
        "locations.csv",
        {"kind": "metro"},
        "kind, parent",
        "A country has no parent; every other place has one.",
        id="parent",
    ),
    pytest.param(
        "exchange_rates.csv", {"units_per_usd": "0"}, "units_per_usd", "A rate must be above zero.", id="rate"
    ),
    pytest.param(
        "way_evidence.csv",
        {"is_second_hand": "True"},
        "grade, is_second_hand",
        "A figure that was read second-hand has grade D.",
        id="second-hand",
    ),
    pytest.param("evidence.csv", {"year": "1989"}, "year", "The year must lie between 1990 and 2100.", id="year"),
]


@pytest.mark.parametrize(("file", "bad", "column", "reason"), [*BAD_CELLS, *BAD_ROWS])
def test_a_bad_row_is_named_and_nothing_is_loaded(
    db: None, file: str, bad: dict[str, str], column: str, reason: str
) -> None:
    table = BY_FILE[file]
    before = table().write()
    text = make_csv(file, REAL[file] | GOOD[file], REAL[file] | bad)

    with pytest.raises(BadTable) as refused:
        table().load(text)

    assert refused.value.errors == (TableError(file=file, row=3, column=column, reason=reason),)
    assert str(refused.value) == f"{file}, row 3, column {column}: {reason}"
    assert table().write() == before


def test_every_error_of_a_file_is_listed_in_order(db: None) -> None:
    text = make_csv(
        "skills.csv",
        {"slug": "made-a", "hours_low": "x", "category": "cooking"},
        {"slug": "made-b"},
        {"slug": "made-c", "requires": "made-d"},
    )

    with pytest.raises(BadTable) as refused:
        SkillResource().load(text)

    assert [(error.row, error.column) for error in refused.value.errors] == [
        (2, "category"),
        (2, "hours_low"),
        (4, "requires"),
    ]
    assert not Skill.objects.filter(slug__startswith="made-").exists()


def test_a_row_that_spans_lines_counts_as_one(db: None) -> None:
    text = make_csv("sources.csv", {"slug": "made-a", "note": "one\ntwo\nthree"}, {"slug": "made-b", "kind": "x"})

    with pytest.raises(BadTable) as refused:
        SourceResource().load(text)

    assert [(error.row, error.column) for error in refused.value.errors] == [(3, "kind")]


COLUMNS = "the first row must name the columns alias, location: "
SHORT = (
    "1 cells where there are 2 columns. "
    "Excel leaves out blank cells at the end of some rows: put a column that is never blank last."
)
BROKEN = "Is there a quotation mark too many or too few?"


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        pytest.param("", [(0, "", "This file is empty.")], id="nothing"),
        pytest.param("\n", [(0, "", "This file is empty.")], id="an-empty-line"),
        pytest.param("alias\nA\n", [(1, "", f"{COLUMNS}missing “location”.")], id="missing-column"),
        pytest.param("alias,location,note\nA,us,\n", [(1, "", f"{COLUMNS}not known “note”.")], id="extra-column"),
        pytest.param(
            "alias,alias\nA,us\n",
            [(1, "", f"{COLUMNS}missing “location”; there twice “alias”.")],
            id="column-twice",
        ),
        pytest.param(
            "alias,place\nA,us\n",
            [(1, "", f"{COLUMNS}missing “location”; not known “place”.")],
            id="unknown-column",
        ),
        pytest.param("alias,location\nA\n", [(2, "", SHORT)], id="short-row"),
        pytest.param("alias,location\nA,us,x\n", [(2, "", "3 cells where there are 2 columns.")], id="long-row"),
        pytest.param("alias,location\n\n,\nA\n", [(4, "", SHORT)], id="short-row-after-blank-ones"),
        pytest.param("alias,location\nA,us\nA,us\n", [(3, "alias", "the same as row 2: A · us.")], id="row-twice"),
        pytest.param(
            "alias,location\n=A,us\n'=A,us \n", [(3, "alias", "the same as row 2: =A · us.")], id="formula-twice"
        ),
        pytest.param(
            'alias,location\n"A,us\n',
            [(2, "", f"it cannot be read as CSV (unexpected end of data). {BROKEN}")],
            id="open-quote",
        ),
        pytest.param(
            'alias,location\nA,us\n"B"x,us\n',
            [(3, "", f"it cannot be read as CSV (',' expected after '\"'). {BROKEN}")],
            id="text-after-quote",
        ),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(db: None, text: str, errors: list[tuple[int, str, str]]) -> None:
    before = LocationAlias.objects.count()

    with pytest.raises(BadTable) as refused:
        LocationAliasResource().load(text)

    assert list(refused.value.errors) == [
        TableError(file="location_aliases.csv", row=row, column=column, reason=reason) for row, column, reason in errors
    ]
    assert LocationAlias.objects.count() == before


@pytest.mark.parametrize(
    "formula",
    ["=cmd|' /C calc'!A0", "+1", "-x", "@x", "=1+1", "-", "'=x", "''+x", "+49 30 123"],
)
def test_a_formula_is_made_harmless_and_read_back(db: None, formula: str) -> None:
    source = make_source(title=formula, note=formula)

    (cells,) = (row for row in csv.DictReader(io.StringIO(SourceResource().write())) if row["slug"] == "made-source")

    assert cells["title"] == cells["note"] == f"'{formula}"
    assert SourceResource().load(make_csv("sources.csv", {"title": f"'{formula}", "note": f"'{formula}"})) == 0
    source.refresh_from_db()
    assert (source.title, source.note) == (formula, formula)


@pytest.mark.parametrize("text", ["plain", "'quoted'", "it's", "a=b", "1-2", "’tis", "ü", "it said =1"])
def test_other_text_is_written_as_it_is(db: None, text: str) -> None:
    make_source(title=text)

    cells = next(row for row in csv.reader(io.StringIO(SourceResource().write())) if row[0] == "made-source")

    assert cells[1] == text


def test_a_slug_that_looks_like_a_formula_is_harmless_wherever_it_stands(db: None) -> None:
    needed = make_skill(slug="-x")
    make_skill().prerequisites.add(needed)
    Evidence.objects.filter(skill__slug="python", source__slug="alekseeva-2021").delete()
    text = make_csv("evidence.csv", EVIDENCE | {"skill": "-x"})

    assert EvidenceResource().load(text) == 1

    assert "\n'-x," in SkillResource().write()
    assert ",'-x,," in next(line for line in SkillResource().write().splitlines() if line.startswith("made-skill,"))
    assert "\n'-x,so-2025-pay," in EvidenceResource().write()
    assert SkillResource().load(SkillResource().write()) == 0
    assert EvidenceResource().load(EvidenceResource().write()) == 0


def test_numbers_are_never_changed(db: None) -> None:
    text = make_csv("evidence.csv", EVIDENCE | {"low_percent": "-5.5", "mid_percent": "-1", "high_percent": "1.25"})

    EvidenceResource().load(text)

    line = next(line for line in EvidenceResource().write().splitlines() if line.startswith("python,so-2025-pay,"))
    assert line.rstrip(",") == "python,so-2025-pay,,skill,-5.5,-1,1.25,B,everybody,2025"


@pytest.mark.parametrize(
    ("given_text", "written"),
    [
        pytest.param("-0.10", "-0.1", id="zeros-at-the-end"),
        pytest.param("-0", "0", id="negative-zero"),
        pytest.param("0.00", "0", id="zero"),
        pytest.param("+1", "1", id="plus-sign"),
        pytest.param("1e0", "1", id="exponent"),
    ],
)
def test_numbers_are_written_in_one_way(db: None, given_text: str, written: str) -> None:
    text = make_csv("evidence.csv", EVIDENCE | {"low_percent": given_text, "mid_percent": "10", "high_percent": "100"})

    EvidenceResource().load(text)

    assert f"python,so-2025-pay,,skill,{written},10,100,B," in EvidenceResource().write()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=CELL_TEXT)
@example(text="line\r\nbreaks\rof\nall kinds")
@example(text='"quotes" and, commas')
@example(text="日本語 · émoji 🎯 · \u202eright to left")
@example(text="'=")
def test_any_text_is_read_back_as_it_was(db: None, text: str) -> None:
    source, _ = Source.objects.update_or_create(
        slug="made-source", defaults={"kind": "controlled", "title": "T", "publisher": "P", "note": text}
    )
    table = SourceResource()

    written = table.write([source])
    Source.objects.filter(pk=source.pk).update(note="something else", published="2026", licence="citation")
    source.refresh_from_db()
    changed = table.load(table.write([source]))

    assert changed == 0
    read = table.read(written)
    note = read.headers.index("note")
    assert table.fields["note"].clean({"note": read[0][note]}) == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=CELL_TEXT.filter(lambda text: bool(text) and not invisible_character(text)))
def test_any_other_name_of_a_place_is_loaded_and_exported_alike(db: None, text: str) -> None:
    LocationAlias.objects.all().delete()
    location = Location.objects.filter(slug="made-country").first() or make_location()
    alias = LocationAlias.objects.create(location=location, alias=text)
    table = LocationAliasResource()
    written = table.write([alias])
    alias.delete()

    assert table.load(written) == 1

    assert list(location.aliases.values_list("alias", flat=True)) == [text]
    assert table.load(written) == 0


def _requires(slug: str) -> list[str]:
    return sorted(Skill.objects.get(slug=slug).prerequisites.values_list("slug", flat=True))


def _with_columns_reversed(text: str) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(reversed(row) for row in csv.reader(io.StringIO(text)))
    return target.getvalue()
