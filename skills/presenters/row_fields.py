"""What the fields of an edition's rows are called, and their values as readers know them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices

from earnverdict import formatting
from skills.editions.difference import Cell, Change, Row, Table, names_of
from skills.editions.document import Document
from skills.models import Evidence, Location, Region, Skill, Source

NOTHING = "nothing"
NOT_PUBLISHED = "not published"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """A field of a changed row, old and new; where one of them is empty, names that a list lost or gained."""

    label: str
    old: str
    new: str


class Names:
    """What one document calls its skills, places and sources."""

    def __init__(self, document: Document) -> None:
        self._names = {table: names_of(document, table) for table in (Table.SKILLS, Table.PLACES, Table.SOURCES)}

    def of(self, table: Table, slug: str) -> str:
        return self._names[table].get(slug, slug)


type Writer = Callable[[Any, Row, Names], str]


def present_fields(change: Change, older: Names, newer: Names) -> tuple[FieldText, ...]:
    """Every field of a changed row that differs, in the order they are read; fields without a name here come last."""
    if change.old is None or change.new is None:
        return ()
    fields = _FIELDS[change.table]
    order = {name: place for place, name in enumerate(fields)}
    return tuple(
        words
        for cell in sorted(change.cells, key=lambda cell: order.get(cell.name, len(order)))
        for words in _words(*fields.get(cell.name, (cell.name.replace("_", " "), _text)), cell, change, older, newer)
    )


def about_row(table: Table, row: Row) -> str:
    """The few words that stand for a row which came or went."""
    match table:
        case Table.EVIDENCE:
            low, middle, high = (row[f"{name}_percent"] / 100 for name in ("low", "mid", "high"))
            span = formatting.signed_percent_range(low, high)
            return f"{span} of pay, middle {formatting.signed_percent(middle)}, grade {row['grade']}"
        case Table.SKILLS:
            exam = f", exam {_dollars(row['exam_cost_usd'])}" if row["exam_cost_usd"] else ""
            return f"{formatting.group(row['hours_low'])}–{_hours(row['hours_high'])} of study{exam}"
        case Table.PLACES:
            return f"median pay {_pay(row['p50'], row)}" if row["p50"] is not None else "no pay of its own"
        case Table.RATES:
            return _rate(row["units_per_usd"])
        case Table.SOURCES:
            return f"published {row['published']}"
        case Table.CONSTANTS:
            return _number(row["value"])


def _words(label: str, write: Writer, cell: Cell, change: Change, older: Names, newer: Names) -> Iterator[FieldText]:
    """Of a value, old and new; of a list of names, what went and what came."""
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


def _percent(value: float) -> str:
    return formatting.signed_percent(value / 100)


def _points(value: float) -> str:
    return f"{_percent(value).removesuffix('%')} points"


def _hours(value: float) -> str:
    return f"{formatting.group(value)} {'hour' if value == 1 else 'hours'}"


def _dollars(value: float) -> str:
    return formatting.money("USD").whole(value)


def _pay(value: float | None, row: Row) -> str:
    return formatting.money(row["currency"]).whole(value) if value is not None else NOT_PUBLISHED


def _rate(value: float) -> str:
    return f"{f'{value:,.4f}'.rstrip('0').rstrip('.')} for one US dollar"


def _day(value: str) -> str:
    return formatting.day(date.fromisoformat(value))


def _number(value: Any) -> str:
    """A constant: a number, several, or one for each grade."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_number(item)}" for name, item in sorted(value.items()))
    if isinstance(value, list | tuple):
        return ", ".join(map(_number, value))
    return f"{value:g}" if isinstance(value, int | float) else _quoted(value)


def _constant(value: Any, _row: Row, _names: Names) -> str:
    return _number(value)


def _text(value: Any, _row: Row, _names: Names) -> str:
    return ", ".join(map(str, value)) or NOTHING if isinstance(value, list | tuple) else _quoted(value)


def _quoted(value: Any) -> str:
    return f"“{value}”" if value not in (None, "") else NOTHING


def _simply(write: Callable[[Any], str], missing: str = NOT_PUBLISHED) -> Writer:
    """A writer for values that need neither their row nor names."""
    return lambda value, _row, _names: write(value) if value is not None else missing


def _named(table: Table) -> Writer:
    """A writer for the slug of a row in another table, or a list of them."""

    def write(value: Any, _row: Row, names: Names) -> str:
        if isinstance(value, str):
            return names.of(table, value) if value else NOTHING
        return ", ".join(names.of(table, slug) for slug in value or ()) or NOTHING

    return write


def _labelled(choices: type[TextChoices]) -> Writer:
    return lambda value, _row, _names: str(choices(value).label) if value in choices.values else value or NOTHING


def _paid(value: Any, row: Row, _names: Names) -> str:
    return _pay(value, row)


_COUNT = _simply(formatting.group)
_YEAR = _simply(str)
_LISTS = {"requires", "aliases"}

_FIELDS: Mapping[Table, Mapping[str, tuple[str, Writer]]] = {
    Table.EVIDENCE: {
        "low_percent": ("low", _simply(_percent)),
        "mid_percent": ("middle", _simply(_percent)),
        "high_percent": ("high", _simply(_percent)),
        "grade": ("grade", _simply(str)),
        "about": ("what it is about", _labelled(Evidence.About)),
        "population": ("whom it is about", _text),
        "year": ("year", _YEAR),
        "sample_size": ("sample", _COUNT),
        "note": ("note", _text),
        "review_on": ("review by", _simply(_day, "no day of its own")),
    },
    Table.SKILLS: {
        "name": ("name", _text),
        "category": ("group", _labelled(Skill.Category)),
        "summary": ("summary", _text),
        "hours_low": ("study, low", _simply(_hours)),
        "hours_mid": ("study, middle", _simply(_hours)),
        "hours_high": ("study, high", _simply(_hours)),
        "hours_basis": ("basis of the hours", _text),
        "exam_cost_usd": ("exam", _simply(_dollars)),
        "requires": ("have first", _named(Table.SKILLS)),
        "tilt_percent": ("tilt", _simply(_points)),
    },
    Table.PLACES: {
        "name": ("name", _text),
        "kind": ("kind", _labelled(Location.Kind)),
        "parent": ("lies in", _named(Table.PLACES)),
        "country": ("country", _text),
        "region": ("region", _labelled(Region)),
        "currency": ("currency", _simply(formatting.describe_currency)),
        "p10": ("pay, lowest tenth", _paid),
        "p25": ("pay, lower quarter", _paid),
        "p50": ("median pay", _paid),
        "p75": ("pay, upper quarter", _paid),
        "p90": ("pay, highest tenth", _paid),
        "source": ("source", _named(Table.SOURCES)),
        "year": ("year", _YEAR),
        "sample_size": ("sample", _COUNT),
        "population": ("people", _COUNT),
        "note": ("note", _text),
        "aliases": ("other names", _text),
    },
    Table.RATES: {
        "units_per_usd": ("rate", _simply(_rate)),
        "quoted_on": ("of", _simply(_day)),
        "source": ("source", _named(Table.SOURCES)),
    },
    Table.SOURCES: {
        "title": ("title", _text),
        "publisher": ("publisher", _text),
        "url": ("link", _text),
        "published": ("published", _text),
        "licence": ("licence", _text),
        "kind": ("kind", _labelled(Source.Kind)),
        "note": ("note", _text),
    },
    Table.CONSTANTS: {"value": ("value", _constant)},
}
