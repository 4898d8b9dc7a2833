"""Presents the difference between two editions: counts, moved premiums, and all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from calculator.engine import Range
from earnverdict import formatting
from skills.editions.difference import Change, Kind, Move, Table, compare_documents, premium_moves, rows_of
from skills.editions.document import Document
from skills.editions.store import EditionRecord, Withdrawn
from skills.presenters.row_fields import FieldText, Names, about_row, present_fields

#: Longer tables are collapsed.
MAX_OPEN_ROWS = 12
#: Premiums that the list of editions shows for each.
MAX_MOVES = 5
NOT_MEASURED = "not measured"
_LOST = "Lost when the site’s database was restored from a backup. Verdicts that name it still open."

_NOUNS = {
    Table.EVIDENCE: ("piece of evidence", "pieces of evidence"),
    Table.SKILLS: ("skill", "skills"),
    Table.PLACES: ("place", "places"),
    Table.RATES: ("exchange rate", "exchange rates"),
    Table.WAYS: ("other way", "other ways"),
    Table.WAY_RANGES: ("range of a way", "ranges of ways"),
    Table.WAY_EVIDENCE: ("piece of evidence of ways", "pieces of evidence of ways"),
    Table.EXPERIENCE: ("point of the experience curve", "points of the experience curve"),
    Table.SOURCES: ("source", "sources"),
    Table.UNMEASURED: ("unmeasured skill", "unmeasured skills"),
    Table.CONSTANTS: ("number of the model", "numbers of the model"),
}
_TITLES = {
    Table.EVIDENCE: "Evidence",
    Table.SKILLS: "Skills",
    Table.PLACES: "Places and pay",
    Table.RATES: "Exchange rates",
    Table.WAYS: "Other ways",
    Table.WAY_RANGES: "Ranges of other ways",
    Table.WAY_EVIDENCE: "Evidence of other ways",
    Table.EXPERIENCE: "Experience curve",
    Table.SOURCES: "Sources",
    Table.UNMEASURED: "Skills that are not measured",
    Table.CONSTANTS: "Numbers of the model",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    """An added or removed row, with a few words `about` it, or a changed row, with its `fields`.

    `key` is the table and the columns that identify the row.
    """

    key: tuple[str, ...]
    label: str
    kind: str
    about: str
    fields: tuple[FieldText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableText:
    """The changed rows of one table, by key."""

    title: str
    count: str
    is_open: bool
    rows: tuple[RowText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveText:
    """A skill's measured premium worldwide, before and now."""

    slug: str
    name: str
    old: str
    new: str
    old_span: str
    new_span: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that an edition changed; `count` is a summary in one line."""

    count: str
    moves: tuple[MoveText, ...]
    tables: tuple[TableText, ...]

    @property
    def top_moves(self) -> tuple[MoveText, ...]:
        return self.moves[:MAX_MOVES]

    @property
    def more_moves(self) -> str:
        """A line about the number of further skills whose pay moved; empty for none."""
        more = len(self.moves) - MAX_MOVES
        return f"{formatting.plural(more, 'more skill')}" if more > 0 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionText:
    """An edition's metadata as text; empty where unknown."""

    number: int
    date: str
    publisher: str
    note: str
    correction: str
    withdrawn: str
    lost: str
    model: str


def present_edition(
    number: int,
    record: EditionRecord | None,
    withdrawn: Withdrawn | None,
    before: EditionRecord | None,
    *,
    is_lost: bool = False,
) -> EditionText:
    """Present an edition's record. The model is named if it differs from that of `before`, the previous edition."""
    is_new_model = record and before and record.model != before.model
    return EditionText(
        number=number,
        date=formatting.day(record.published_at) if record else "",
        publisher=record.publisher if record else "",
        note=record.note if record else "Its note cannot be read right now.",
        correction=record.correction if record else "",
        withdrawn=f"Withdrawn on {formatting.day(withdrawn.withdrawn_at)}: {withdrawn.reason}" if withdrawn else "",
        lost=_LOST if is_lost else "",
        model=f"Model {before.model} → model {record.model}" if is_new_model and record and before else "",
    )


def present_difference(older: Document, newer: Document) -> Difference:
    changes = compare_documents(older, newer)
    names = Names(older), Names(newer)
    moves = (_move(move) for move in premium_moves(older, newer))
    return Difference(
        count=_count(changes),
        moves=tuple(move for move in moves if (move.old, move.old_span) != (move.new, move.new_span)),
        tables=tuple(
            _present_table(table, rows, *names)
            for table in Table
            if (rows := [row for row in changes if row.table == table])
        ),
    )


def present_first_edition(document: Document, *, is_first: bool) -> str:
    """Describe the content of an edition without a predecessor: “23 skills, 74 pieces of evidence, …”."""
    order = (Table.SKILLS, Table.EVIDENCE, Table.PLACES, Table.RATES, Table.SOURCES)
    counts = [_count_rows(len(list(rows_of(document, table))), table) for table in order]
    return (
        f"{'It began with' if is_first else 'It is the first that is still shown, with'} {formatting.listing(counts)}."
    )


def _count(changes: Sequence[Change]) -> str:
    counts = Counter(change.table for change in changes)
    if not counts:
        return "No row of the catalogue changed."
    return f"{formatting.listing([_count_rows(counts[table], table) for table in Table if counts[table]])} changed."


def _count_rows(number: int, table: Table) -> str:
    one, many = _NOUNS[table]
    return f"{formatting.group(number)}{formatting.NO_BREAK_SPACE}{one if number == 1 else many}"


def _present_table(table: Table, changes: Sequence[Change], older: Names, newer: Names) -> TableText:
    kinds = Counter(change.kind for change in changes)
    return TableText(
        title=_TITLES[table],
        count=", ".join(f"{formatting.group(kinds[kind])} {kind}" for kind in Kind if kinds[kind]),
        is_open=len(changes) <= MAX_OPEN_ROWS,
        rows=tuple(_present_row(change, older, newer) for change in changes),
    )


def _present_row(change: Change, older: Names, newer: Names) -> RowText:
    one = change.old or change.new or {}
    return RowText(
        key=(change.table, *change.key),
        label=change.label,
        kind=change.kind,
        about=about_row(change.table, one) if change.kind is not Kind.CHANGED else "",
        fields=present_fields(change, older, newer),
    )


def _move(move: Move) -> MoveText:
    return MoveText(
        slug=move.skill,
        name=move.name,
        old=_write_expected(move.old),
        new=_write_expected(move.new),
        old_span=_write_span(move.old),
        new_span=_write_span(move.new),
    )


def _write_expected(premium: Range | None) -> str:
    return formatting.signed_percent(premium.expected) if premium else NOT_MEASURED


def _write_span(premium: Range | None) -> str:
    return formatting.signed_percent_range(premium.low, premium.high) if premium else NOT_MEASURED
