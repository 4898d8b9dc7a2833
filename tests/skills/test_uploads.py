"""Files as people and their spreadsheets save them: what each does to an export, and what the import makes of it."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from skills.catalogue.resources import (
    BadTable,
    EvidenceResource,
    ExchangeRateResource,
    LocationAliasResource,
    LocationResource,
    Outcome,
    SkillResource,
    SourceResource,
    Table,
)
from skills.imports.upload import BadUpload, check_content
from skills.models import LocationAlias, Source
from tests.spreadsheets import read_rows, save_in_excel_in_germany, write_rows

#: Files are read in Python; test_resources and test_imports load them into every database.
pytestmark = pytest.mark.any_database

BOM = b"\xef\xbb\xbf"

type Saved = Callable[[str], bytes]
#: One cell that is changed, as (row of the catalogue, column, text).
type Cell = tuple[int, str, str]


def save_again(**dialect: Any) -> Saved:
    """Save the export with another dialect of CSV."""
    return lambda text: write_rows(read_rows(text), **dialect).encode()


def with_header(change: Callable[[list[str]], list[str]]) -> Saved:
    def save(text: str) -> bytes:
        header, *rows = read_rows(text)
        return write_rows([change(header), *rows]).encode()

    return save


def with_columns_reversed(text: str) -> bytes:
    return write_rows([row[::-1] for row in read_rows(text)]).encode()


def with_blank_columns(text: str) -> bytes:
    return write_rows([[*row, "", " "] for row in read_rows(text)]).encode()


def with_a_row_twice(text: str) -> bytes:
    rows = read_rows(text)
    return write_rows([*rows, rows[1]]).encode()


def with_fewer_columns(text: str) -> bytes:
    return write_rows([[row[0], row[1], row[2], row[5]] for row in read_rows(text)]).encode()


def as_html(text: str) -> bytes:
    cells = "".join(f"<tr><td>{'</td><td>'.join(map(html.escape, row))}</td></tr>\n" for row in read_rows(text))
    return f"<table>\n{cells}</table>".encode()


def with_an_open_quote(text: str) -> bytes:
    header, first, *rest = text.splitlines(keepends=True)
    return "".join([header, first, '"', *rest]).encode()


def with_all_cells(change: Callable[[str], str]) -> Saved:
    def save(text: str) -> bytes:
        header, *rows = read_rows(text)
        return write_rows([header, *([change(cell) for cell in row] for row in rows)]).encode()

    return save


SAME: Sequence[Any] = [
    pytest.param(EvidenceResource, lambda text: BOM + text.encode(), id="bom"),
    pytest.param(EvidenceResource, lambda text: BOM + BOM + text.encode(), id="double-bom"),
    pytest.param(EvidenceResource, save_again(lineterminator="\r\n"), id="crlf"),
    pytest.param(EvidenceResource, save_again(lineterminator="\r"), id="cr-only"),
    pytest.param(EvidenceResource, save_again(delimiter=";"), id="semicolon"),
    pytest.param(EvidenceResource, save_again(delimiter="\t"), id="tab"),
    pytest.param(
        EvidenceResource,
        lambda text: BOM + save_again(delimiter=";", lineterminator="\r\n")(text),
        id="semicolon-bom-crlf",
    ),
    pytest.param(EvidenceResource, lambda text: BOM + save_in_excel_in_germany(text).encode(), id="excel-in-germany"),
    pytest.param(
        ExchangeRateResource,
        lambda text: BOM + save_in_excel_in_germany(text).encode(),
        id="excel-in-germany-with-dates",
    ),
    pytest.param(
        LocationResource, lambda text: BOM + save_in_excel_in_germany(text).encode(), id="excel-in-germany-places"
    ),
    pytest.param(EvidenceResource, lambda text: b"\n" + save_again(delimiter=";")(text), id="semicolon-after-blank"),
    pytest.param(EvidenceResource, lambda text: b"sep=,\r\n" + text.encode(), id="sep-line"),
    pytest.param(
        EvidenceResource,
        lambda text: BOM + b"sep=;\r\n" + save_in_excel_in_germany(text).encode(),
        id="sep-line-semicolon",
    ),
    pytest.param(EvidenceResource, with_header(lambda header: [name.upper() for name in header]), id="header-case"),
    pytest.param(
        EvidenceResource, with_header(lambda header: [f"{name}\u00a0 \u200b" for name in header]), id="header-nbsp"
    ),
    pytest.param(EvidenceResource, with_columns_reversed, id="reordered"),
    pytest.param(EvidenceResource, with_fewer_columns, id="fewer-columns"),
    pytest.param(EvidenceResource, lambda text: text.encode() + b"\n\n,,,,,,,,,,,,\n", id="trailing-blank-lines"),
    pytest.param(EvidenceResource, with_blank_columns, id="trailing-blank-columns"),
    pytest.param(EvidenceResource, save_again(quoting=csv.QUOTE_ALL), id="all-quoted"),
    pytest.param(
        EvidenceResource, with_all_cells(lambda cell: re.sub(r"(\.\d)$", r"\g<1>0", cell)), id="trailing-zero"
    ),
    pytest.param(EvidenceResource, with_all_cells(lambda cell: f"\u00a0{cell}\u00a0"), id="nbsp-cell"),
    pytest.param(SkillResource, lambda text: text.replace("True\n", "TRUE\n").encode(), id="bool-upper"),
    pytest.param(SkillResource, lambda text: text.replace("True\n", "1\n").encode(), id="bool-01"),
]


@pytest.mark.parametrize(("table", "save"), SAME)
def test_a_file_that_says_the_same_changes_nothing(db: None, table: type[Table], save: Saved) -> None:
    rows = table._meta.model._default_manager.count()
    content = save(table().write())

    check_content(content, table)

    assert table().import_csv(content) == Outcome(new=0, changed=0, unchanged=rows, changes=(), errors=())


def test_a_header_alone_has_no_rows(db: None) -> None:
    header = EvidenceResource().write().splitlines()[0].encode()

    outcome = EvidenceResource().import_csv(header)

    assert outcome == Outcome(new=0, changed=0, unchanged=0, changes=(), errors=())


REFUSED: Sequence[Any] = [
    pytest.param(EvidenceResource, lambda text: text.replace(",", "|").encode(), "separated by pipes, “|”", id="pipe"),
    pytest.param(
        LocationResource, lambda text: text.encode("latin-1", "ignore"), "save the sheet as “CSV UTF-8”", id="latin1"
    ),
    pytest.param(
        LocationResource,
        lambda text: save_in_excel_in_germany(text).encode("cp1252", "ignore"),
        "not text in UTF-8",
        id="cp1252",
    ),
    pytest.param(EvidenceResource, lambda text: text.encode("utf-16"), "UTF-16", id="utf16"),
    pytest.param(EvidenceResource, lambda text: text.encode("utf-16-le"), "UTF-16", id="utf16-without-bom"),
    pytest.param(EvidenceResource, lambda text: b"PK\x03\x04\x14\0", "workbook", id="xlsx"),
    pytest.param(EvidenceResource, as_html, "must name the columns skill, source, region", id="html-as-csv"),
    pytest.param(
        EvidenceResource,
        lambda text: SourceResource().write().encode(),
        "These are the columns of sources.csv",
        id="wrong",
    ),
    pytest.param(EvidenceResource, lambda text: b"", "empty", id="empty"),
    pytest.param(
        EvidenceResource,
        with_header(lambda header: ["skil", *header[1:]]),
        "missing “skill”; not known “skil”. A file may have some of them; it must have skill and source and region.",
        id="key-column-missing",
    ),
]


@pytest.mark.parametrize(("table", "save", "words"), REFUSED)
def test_what_cannot_be_read_is_refused_and_says_what_to_do(
    db: None, table: type[Table], save: Saved, words: str
) -> None:
    with pytest.raises(BadUpload) as refused:
        check_content(save(table().write()), table)

    assert words in str(refused.value)


def change_cell(table: type[Table], cell: Cell, *, separator: str = ",") -> str:
    """The export with one other cell; with semicolons, as Excel saves it in Germany."""
    index, column, text = cell
    exported = table().write()
    rows = read_rows(save_in_excel_in_germany(exported), ";") if separator == ";" else read_rows(exported)
    rows[index][rows[0].index(column)] = text
    return write_rows(rows, delimiter=separator)


@pytest.mark.parametrize(
    ("table", "cell", "words"),
    [
        pytest.param(EvidenceResource, (2, "low_percent", "11,5"), "“11,5”", id="decimal-comma"),
        pytest.param(EvidenceResource, (2, "low_percent", "11.5%"), "“11.5%”", id="percent-sign"),
        pytest.param(EvidenceResource, (2, "low_percent", "\u22123"), "“\u22123”", id="unicode-minus"),
        pytest.param(EvidenceResource, (2, "low_percent", "'-3"), "“'-3”", id="quoted-negative"),
        pytest.param(EvidenceResource, (2, "sample_size", "1.1E+07"), "must be an integer", id="sci"),
        pytest.param(EvidenceResource, (2, "sample_size", "11000000.0"), "must be an integer", id="excel-long-number"),
        pytest.param(EvidenceResource, (2, "year", "01/01/2024"), "must be an integer", id="date-year"),
        pytest.param(EvidenceResource, (2, "grade", "d"), "Value 'd' is not a valid choice.", id="lower-grade"),
        pytest.param(LocationResource, (2, "p50", "68,074"), "must be an integer", id="thousands"),
        pytest.param(LocationResource, (2, "p50", "68.000"), "must be an integer", id="thousands-dot"),
        pytest.param(LocationResource, (2, "p50", "68\u00a0074"), "must be an integer", id="thousands-nbsp"),
        pytest.param(LocationResource, (2, "p50", "$68074"), "must be an integer", id="currency-in-cell"),
        pytest.param(LocationResource, (2, "p50", "68074.0"), "must be an integer", id="float-int"),
        pytest.param(LocationResource, (2, "p50", "#N/A"), "must be an integer", id="na-strings"),
        pytest.param(LocationResource, (2, "country", ""), "cannot be blank", id="namibia"),
        pytest.param(SkillResource, (2, "is_published", "FALSCH"), "must be either True or False", id="bool-german"),
        pytest.param(ExchangeRateResource, (2, "quoted_on", "2/13/2026"), "YYYY-MM-DD", id="date-us"),
        pytest.param(ExchangeRateResource, (2, "quoted_on", "13/02/2026"), "YYYY-MM-DD", id="date-eu"),
        pytest.param(ExchangeRateResource, (2, "quoted_on", "03/04/2026"), "YYYY-MM-DD", id="date-ambiguous"),
        pytest.param(ExchangeRateResource, (2, "quoted_on", "04.03.2026"), "YYYY-MM-DD", id="date-with-points"),
        pytest.param(
            EvidenceResource,
            (2, "source", "bone\u200b-2025"),
            "There is an invisible character (zero width space, U+200B) in “bone\u200b-2025”.",
            id="zero-width-in-a-key",
        ),
        pytest.param(
            EvidenceResource,
            (2, "low_percent", "11.5\u200d"),
            "There is an invisible character (zero width joiner, U+200D) in “11.5\u200d”.",
            id="zero-width-in-a-number",
        ),
        pytest.param(
            EvidenceResource,
            (2, "population", "UK\ufeff adverts"),
            "There is an invisible character (zero width no-break space, U+FEFF) in “UK\ufeff adverts”.",
            id="zero-width-in-a-text",
        ),
    ],
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_cell_that_cannot_be_right_is_an_error_at_its_row_and_column(
    db: None, table: type[Table], cell: Cell, words: str, dry_run: bool
) -> None:
    before = table().write()

    outcome = table().import_csv(change_cell(table, cell), dry_run=dry_run)

    assert [(error.row, error.column) for error in outcome.errors] == [(cell[0] + 1, cell[1])]
    assert words in outcome.errors[0].reason
    assert table().write() == before


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("column", ["p50", "price_level"])
def test_a_point_before_three_digits_is_refused_where_a_comma_may_be_decimal(
    db: None, column: str, separator: str
) -> None:
    text = change_cell(LocationResource, (2, column, "68.000"), separator=separator)

    outcome = LocationResource().import_csv(text)

    assert [(error.row, error.column) for error in outcome.errors] == [(3, column)]
    assert outcome.errors[0].reason.startswith("“68.000” may be a number with decimals or one of thousands.")


@pytest.mark.parametrize(
    ("table", "cell", "separator", "new"),
    [
        pytest.param(EvidenceResource, (2, "low_percent", "12,5"), ";", "12.5", id="decimal-comma-with-semicolons"),
        pytest.param(EvidenceResource, (2, "low_percent", "-3"), ",", "-3", id="negative"),
        pytest.param(EvidenceResource, (2, "population", "“UK” adverts"), ",", "“UK” adverts", id="smart-quotes"),
        pytest.param(EvidenceResource, (2, "population", "UK\nadverts"), ",", "UK\nadverts", id="newline-in-cell"),
        pytest.param(LocationResource, (2, "name", "N/A"), ",", "N/A", id="na-text"),
        pytest.param(ExchangeRateResource, (2, "quoted_on", "13.02.2026"), ";", "2026-02-13", id="date-with-points"),
    ],
)
def test_a_changed_cell_is_one_change(db: None, table: type[Table], cell: Cell, separator: str, new: str) -> None:
    outcome = table().import_csv(change_cell(table, cell, separator=separator), dry_run=True, max_listed=5)

    assert (outcome.new, outcome.changed, outcome.errors, outcome.warnings) == (0, 1, (), ())
    (change,) = outcome.changes
    assert (change.row, [(found.column, found.new) for found in change.cells]) == (cell[0] + 1, [(cell[1], new)])


def test_a_row_after_one_of_two_lines_has_the_number_that_a_spreadsheet_gives_it(db: None) -> None:
    rows = read_rows(change_cell(EvidenceResource, (2, "population", "UK\nadverts")))
    rows[3][rows[0].index("grade")] = "E"

    outcome = EvidenceResource().import_csv(write_rows([rows[0], [""], *rows[1:]]))

    assert [(error.row, error.column) for error in outcome.errors] == [(5, "grade")]


def test_low_above_high_is_an_error_in_the_dry_run_and_the_import(db: None) -> None:
    text = change_cell(EvidenceResource, (2, "low_percent", "90"))

    for dry_run in (True, False):
        (error,) = EvidenceResource().import_csv(text, dry_run=dry_run).errors
        assert (error.row, error.column) == (3, "high_percent, low_percent, mid_percent")
        assert error.reason == "The premium must rise from low to middle to high."


@pytest.mark.parametrize(
    ("save", "row", "reason"),
    [
        pytest.param(with_a_row_twice, None, "the same as row 2: ", id="duplicate-row"),
        pytest.param(with_an_open_quote, 3, "it cannot be read as CSV", id="unclosed-quote"),
    ],
)
def test_a_broken_row_is_an_error_with_its_number(db: None, save: Saved, row: int | None, reason: str) -> None:
    content = save(EvidenceResource().write())
    check_content(content, EvidenceResource)

    with pytest.raises(BadTable) as refused:
        EvidenceResource().import_csv(content)

    (error,) = refused.value.errors
    assert error.row == (row or len(read_rows(content.decode())))
    assert error.reason.startswith(reason)


def test_a_formula_is_kept_as_text(db: None) -> None:
    text = change_cell(SourceResource, (1, "title", "=1+1"))

    SourceResource().load(text)

    assert Source.objects.filter(title="=1+1").count() == 1
    assert ",'=1+1," in SourceResource().write()
    assert SourceResource().load(SourceResource().write()) == 0


def test_two_spellings_of_an_alias_are_both_named(db: None) -> None:
    outcome = LocationAliasResource().import_csv(
        "alias,location\nNew Made,us\nnew made,us\n", dry_run=True, max_listed=5
    )

    assert [change.name for change in outcome.changes] == ["New Made · us", "new made · us"]
    assert not LocationAlias.objects.filter(alias__iexact="new made").exists()


# Fewer columns


def test_a_file_with_fewer_columns_changes_only_those(db: None) -> None:
    before = read_rows(EvidenceResource().write())
    column = before[0].index("mid_percent")
    rows = read_rows(with_fewer_columns(EvidenceResource().write()).decode())
    rows[2][3] = "24"

    outcome = EvidenceResource().import_csv(write_rows(rows))

    before[2][column] = "24"
    assert (outcome.new, outcome.changed) == (0, 1)
    assert read_rows(EvidenceResource().write()) == before


def test_a_new_row_needs_the_columns_that_have_no_default(db: None) -> None:
    outcome = SkillResource().import_csv("slug,name,hours_low\nmade-skill,Made,3\npython,Python,3\n", dry_run=True)

    reason = "A new row needs this column, and the file does not have it."
    assert [(error.row, error.column, error.reason) for error in outcome.errors] == [
        (2, column, reason) for column in ("category", "summary", "hours_mid", "hours_high", "hours_basis")
    ]


def test_a_file_without_prerequisites_leaves_them(db: None) -> None:
    before = SkillResource().write()
    rows = read_rows(before)
    column = rows[0].index("requires")
    for row in rows:
        del row[column]

    assert SkillResource().load(write_rows(rows)) == 0
    assert SkillResource().write() == before


# Warnings


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("ZÃ¼rich", "Zürich", id="german"),
        pytest.param("KrakÃ³w and Zürich", "Kraków and Zürich", id="only-partly"),
        pytest.param("itâ€™s", "it’s", id="apostrophe"),
        pytest.param("ÐšÐ¸Ñ—Ð²", "Київ", id="cyrillic"),
        pytest.param("æ\u009d±äº¬", "東京", id="japanese"),
    ],
)
def test_text_that_looks_wrongly_decoded_is_a_warning(db: None, text: str, meant: str) -> None:
    outcome = LocationResource().import_csv(change_cell(LocationResource, (2, "name", text)), dry_run=True)

    assert (outcome.changed, outcome.errors) == (1, ())
    assert [(found.row, found.column) for found in outcome.warnings] == [(3, "name")]
    assert outcome.warnings[0].reason.startswith(f"“{text}” looks wrongly decoded. Was “{meant}” meant?")


@pytest.mark.parametrize("text", ["Zürich", "São Paulo", "FORÊT", "Київ", "東京", "Åre – “x”", "À\u00a0propos", "ß»"])
def test_text_that_looks_right_is_no_warning(db: None, text: str) -> None:
    outcome = LocationResource().import_csv(change_cell(LocationResource, (2, "name", text)), dry_run=True)

    assert (outcome.changed, outcome.warnings) == (1, ())


@pytest.mark.parametrize("slug", ["pythom", "pyhton", "pythons", "ython"])
def test_a_new_slug_one_letter_from_another_is_a_warning(db: None, slug: str) -> None:
    text = change_cell(SkillResource, (_row_of("python"), "slug", slug))

    outcome = SkillResource().import_csv(text, dry_run=True)

    assert (outcome.new, outcome.errors) == (1, ())
    (warning,) = outcome.warnings
    assert (warning.row, warning.column) == (_row_of("python") + 1, "slug")
    assert warning.reason == f"The new “{slug}” is one letter away from “python”, which exists already."


@pytest.mark.parametrize("slug", ["pythoons-x", "pyhtno", "oz", "pytonh"])
def test_another_new_slug_is_no_warning(db: None, slug: str) -> None:
    outcome = SkillResource().import_csv(change_cell(SkillResource, (_row_of("python"), "slug", slug)), dry_run=True)

    assert (outcome.new, outcome.errors, outcome.warnings) == (1, (), ())


def _row_of(slug: str) -> int:
    return next(index for index, row in enumerate(read_rows(SkillResource().write())) if row[0] == slug)
