"""What the fields of an edition's rows are called, and their values as readers know them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import models

from earnverdict import formatting
from skills.editions.difference import MODELS, Cell, Change, Row, Table, names_of
from skills.editions.document import Document
from skills.models.area import name_area, validate_area
from skills.models.location import QUANTILES
from skills.models.skill import COLUMN_NAMES

NOTHING = "nothing"
NOT_PUBLISHED = "not published"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """A field of a changed row, old and new; where one of them is empty, names that a list lost or gained."""

    label: str
    old: str
    new: str


_NAMED_TABLES = (Table.SKILLS, Table.PLACES, Table.SOURCES, Table.WAYS)


class Names:
    """What one document calls its skills, places, sources and ways."""

    def __init__(self, document: Document) -> None:
        self._names = {table: names_of(document, table) for table in _NAMED_TABLES}

    def of(self, table: Table, slug: str) -> str:
        return self._names[table].get(slug, slug)


type Writer = Callable[[Any, Row, Names], str]
#: What a column is called, and how its values are written.
type Column = tuple[str, Writer]


def present_fields(change: Change, older: Names, newer: Names) -> tuple[FieldText, ...]:
    """Every field of a changed row that differs, in the order of the table; fields that it no longer has come last."""
    if change.old is None or change.new is None:
        return ()
    columns = _list_columns(change.table)
    order = {name: place for place, name in enumerate(columns)}
    return tuple(
        words
        for cell in sorted(change.cells, key=lambda cell: order.get(cell.name, len(order)))
        for words in _present_value(
            columns.get(cell.name, (cell.name.replace("_", " "), _write_text)), cell, change, older, newer
        )
    )


def about_row(table: Table, row: Row) -> str:
    """The few words that stand for a row which came or went."""
    match table:
        case Table.EVIDENCE:
            low, middle, high = (row[f"{name}_percent"] / 100 for name in ("low", "mid", "high"))
            span = formatting.signed_percent_range(low, high)
            return f"{span} of pay, middle {formatting.signed_percent(middle)}, grade {row['grade']}"
        case Table.SKILLS:
            return _about_skill(row)
        case Table.PLACES:
            return f"median pay {_describe_pay(row['p50'], row)}" if row["p50"] is not None else "no pay of its own"
        case Table.WAYS | Table.UNMEASURED:
            return str(row.get("summary") or row.get("reason"))
        case Table.WAY_RANGES | Table.WAY_EVIDENCE:
            return f"{_write_span(row)}, grade {row['grade']}"
        case Table.EXPERIENCE:
            return f"{row['multiple']:g} times the pay of the middle"
        case Table.RATES:
            return _write_rate(row["units_per_usd"])
        case Table.SOURCES:
            return f"published {row['published']}"
        case Table.CONSTANTS:
            return _write_number(row["value"])


def _about_skill(row: Row) -> str:
    exam = f", exam {_write_dollars(row['exam_cost_usd'])}" if row["exam_cost_usd"] else ""
    return f"{formatting.group(row['hours_low'])}–{_write_hours(row['hours_high'])} of study{exam}"


def _present_value(column: Column, cell: Cell, change: Change, older: Names, newer: Names) -> Iterator[FieldText]:
    """Of a value, old and new; of a list of names, what went and what came."""
    label, write = column
    old, new = change.old or {}, change.new or {}
    if cell.name in _LISTS and cell.old and cell.new:
        come, gone = (
            [item for item in cell.new if item not in cell.old],
            [item for item in cell.old if item not in cell.new],
        )
        if come:
            yield FieldText(label=label, old="", new=write(come, new, newer))
        if gone:
            yield FieldText(label=label, old=write(gone, old, older), new="")
        return
    texts = write(cell.old, old, older), write(cell.new, new, newer)
    if texts[0] == texts[1]:  # what differs lies behind the digits that are usually shown
        texts = str(cell.old), str(cell.new)
    yield FieldText(label=label, old=texts[0], new=texts[1])


def _write_percent(value: float) -> str:
    return formatting.signed_percent(value / 100)


def _write_span(row: Row) -> str:
    """The range of a way, where it has one: +1% to +6%, middle +3%."""
    low, middle, high = (row[f"{name}_percent"] for name in ("low", "mid", "high"))
    if middle is None:
        return "no figure of its own"
    span = f"{formatting.signed_percent_range(low / 100, high / 100)}, " if low is not None else ""
    return f"{span}middle {_write_percent(middle)}"


def _write_points(value: float) -> str:
    return f"{_write_percent(value).removesuffix('%')} points"


def _write_hours(value: float) -> str:
    return f"{formatting.group(value)} {'hour' if value == 1 else 'hours'}"


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _write_dollars(value: float) -> str:
    return formatting.money("USD").whole(value)


def _describe_pay(value: float | None, row: Row) -> str:
    return formatting.money(row["currency"]).whole(value) if value is not None else NOT_PUBLISHED


def _write_rate(value: float) -> str:
    return f"{f'{value:,.4f}'.rstrip('0').rstrip('.')} for one US dollar"


def _write_day(value: str) -> str:
    return formatting.day(date.fromisoformat(value))


def _write_number(value: Any) -> str:
    """A constant: a number, several, or one for each grade."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_write_number(item)}" for name, item in sorted(value.items()))
    if isinstance(value, list | tuple):
        return ", ".join(map(_write_number, value))
    return f"{value:g}" if isinstance(value, int | float) else _quote(value)


def _write_constant(value: Any, _row: Row, _names: Names) -> str:
    return _write_number(value)


def _write_text(value: Any, _row: Row, _names: Names) -> str:
    return ", ".join(map(str, value)) or NOTHING if isinstance(value, list | tuple) else _quote(value)


def _quote(value: Any) -> str:
    return f"“{value}”" if value not in (None, "") else NOTHING


def _make_writer(write: Callable[[Any], str], missing: str = NOT_PUBLISHED) -> Writer:
    """A writer for values that need neither their row nor names."""
    return lambda value, _row, _names: write(value) if value is not None else missing


def _write_name(table: Table) -> Writer:
    """A writer for the slug of a row in another table, or a list of them."""

    def write(value: Any, _row: Row, names: Names) -> str:
        if isinstance(value, str):
            return names.of(table, value) if value else NOTHING
        return ", ".join(names.of(table, slug) for slug in value or ()) or NOTHING

    return write


def _write_label(labels: Mapping[Any, Any]) -> Writer:
    return lambda value, _row, _names: str(labels.get(value, value or NOTHING))


def _write_pay(value: Any, row: Row, _names: Names) -> str:
    return _describe_pay(value, row)


_LISTS = {"requires", "aliases", "sources", "other_names", "related_words"}
#: Columns whose kind does not say how they are written.
_WRITERS: Mapping[str, Writer] = {
    "low_percent": _make_writer(_write_percent),
    "mid_percent": _make_writer(_write_percent),
    "high_percent": _make_writer(_write_percent),
    "year": _make_writer(str),
    "odds_percent": _make_writer(lambda value: f"{value}%", "unknown"),
    "is_odds_measured": _make_writer(_yes_or_no),
    "is_odds_yearly": _make_writer(_yes_or_no),
    "is_second_hand": _make_writer(_yes_or_no),
    "hours": _make_writer(_write_hours, "unknown"),
    "min_years": _make_writer(str, "any"),
    "max_years": _make_writer(str, "any"),
    "multiple": _make_writer(lambda value: f"{value:g}"),
    "review_on": _make_writer(_write_day, "no day of its own"),
    "hours_low": _make_writer(_write_hours),
    "hours_mid": _make_writer(_write_hours),
    "hours_high": _make_writer(_write_hours),
    "exam_cost_usd": _make_writer(_write_dollars),
    "tilt_percent": _make_writer(_write_points),
    "currency": _make_writer(formatting.describe_currency),
    **dict.fromkeys(QUANTILES, _write_pay),
    "units_per_usd": _make_writer(_write_rate),
    "price_level": _make_writer(lambda value: f"{value:g}"),
}


@cache
def _list_columns(table: Table) -> Mapping[str, Column]:
    """The columns of a table, each with its label, which is the model's, and how its values are written."""
    if table is Table.CONSTANTS:
        return {"value": ("value", _write_constant)}
    model = MODELS[table]
    fields: dict[str, Any] = {name: model._meta.get_field(name) for name in model.PUBLISHED_FIELDS}
    columns = {
        COLUMN_NAMES.get(name, name): (str(field.verbose_name), _find_writer(name, field))
        for name, field in fields.items()
    }
    return columns | ({"aliases": ("other names", _write_text)} if table is Table.PLACES else {})


def _find_writer(name: str, field: Any) -> Writer:
    """How the values of a column are written: by its name, else by its kind."""
    if name in _WRITERS:
        return _WRITERS[name]
    if validate_area in field.validators:
        return _make_writer(name_area)
    if field.is_relation:
        return _write_name(next(table for table, model in MODELS.items() if model is field.related_model))
    if field.choices:
        return _write_label(dict(field.flatchoices))
    if isinstance(field, models.DateField):
        return _make_writer(_write_day)
    return _make_writer(formatting.group) if isinstance(field, models.IntegerField) else _write_text
