"""What differs between two editions' documents, row by row and cell by cell, and how the pooled premiums moved."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from calculator.engine import WORLDWIDE, EvidenceChoice, Pool, Range
from earnverdict import formatting
from skills.catalogue.premiums import premium_of
from skills.editions.document import Document, find_ways
from skills.models import (
    Evidence,
    ExchangeRate,
    ExperiencePoint,
    Location,
    Region,
    Skill,
    Source,
    UnmeasuredSkill,
    Way,
    WayEvidence,
    WayRange,
)
from skills.models.area import name_area

type Row = Mapping[str, Any]
type Key = tuple[str, ...]


class Table(StrEnum):
    """The tables of a document, in the order they are read."""

    EVIDENCE = "evidence"
    SKILLS = "skills"
    PLACES = "places"
    RATES = "rates"
    WAYS = "ways"
    WAY_RANGES = "way_ranges"
    WAY_EVIDENCE = "way_evidence"
    EXPERIENCE = "experience"
    SOURCES = "sources"
    UNMEASURED = "unmeasured"
    CONSTANTS = "constants"


class Kind(StrEnum):
    """What happened to a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


#: The columns that identify a table's rows; editing a row does not change these.
KEYS: Mapping[Table, Key] = {
    Table.EVIDENCE: ("skill", "source", "region"),
    Table.SKILLS: ("slug",),
    Table.PLACES: ("slug",),
    Table.RATES: ("currency",),
    Table.WAYS: ("slug",),
    Table.WAY_RANGES: ("way", "region"),
    Table.WAY_EVIDENCE: ("way", "source", "region", "population"),
    Table.EXPERIENCE: ("region", "years"),
    Table.SOURCES: ("slug",),
    Table.UNMEASURED: ("name",),
    Table.CONSTANTS: ("name",),
}


#: The model of each table that editors change.
MODELS: Mapping[
    Table,
    type[
        Evidence
        | Skill
        | Location
        | ExchangeRate
        | Way
        | WayRange
        | WayEvidence
        | ExperiencePoint
        | Source
        | UnmeasuredSkill
    ],
] = {
    Table.EVIDENCE: Evidence,
    Table.SKILLS: Skill,
    Table.PLACES: Location,
    Table.RATES: ExchangeRate,
    Table.WAYS: Way,
    Table.WAY_RANGES: WayRange,
    Table.WAY_EVIDENCE: WayEvidence,
    Table.EXPERIENCE: ExperiencePoint,
    Table.SOURCES: Source,
    Table.UNMEASURED: UnmeasuredSkill,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of a row that is in both documents, before and after."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row that is not the same in both documents: `old` is None for an added one, `new` for one that is gone."""

    table: Table
    key: Key
    label: str
    old: Row | None
    new: Row | None

    @property
    def kind(self) -> Kind:
        if self.old is None:
            return Kind.ADDED
        return Kind.REMOVED if self.new is None else Kind.CHANGED

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What differs in a row that is in both, by name; a field that only one of them has is None in the other."""
        return () if self.old is None or self.new is None else _compare_cells(self.old, self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How a skill's measured premium worldwide moved, in shares of pay; None where nothing was, or is, measured."""

    skill: str
    name: str
    old: Range | None
    new: Range | None

    @property
    def size(self) -> float:
        """How far the expected premium moved; without end for one that came or went."""
        if self.old is None or self.new is None:
            return math.inf
        return abs(self.new.expected - self.old.expected)


def compare_documents(older: Document, newer: Document) -> tuple[Change, ...]:
    """Every row that differs, tables in reading order, rows by their key.

    Neither need be published: the tables alone, without number and pools, are enough.
    """
    labels = _Labels(older), _Labels(newer)
    return tuple(
        Change(table=table, key=key, label=labels[new is not None].of(table, new or old or {}), old=old, new=new)
        for table in Table
        for key, old, new in _pair_rows(table, older, newer)
    )


def premium_moves(older: Document, newer: Document) -> tuple[Move, ...]:
    """Skills whose pooled premium (measured evidence, worldwide) differs, the biggest move first; needs the pools."""
    before, after = _read_premiums(older), _read_premiums(newer)
    names = names_of(older, Table.SKILLS) | names_of(newer, Table.SKILLS)
    moves = [
        Move(skill=slug, name=names.get(slug, slug), old=before.get(slug), new=after.get(slug))
        for slug in before.keys() | after.keys()
        if before.get(slug) != after.get(slug)
    ]
    return tuple(sorted(moves, key=lambda move: (-move.size, move.skill)))


def rows_of(document: Document, table: Table) -> Iterable[Row]:
    """A table's rows; each constant is one, with its name and value. An older edition may lack a table."""
    if table is Table.CONSTANTS:
        return [{"name": name, "value": value} for name, value in document[table].items()]
    rows: list[Row] = find_ways(document) if table is Table.WAYS else document.get(table, [])
    return rows


def names_of(document: Document, table: Table) -> dict[str, str]:
    """What the rows that have a slug are called."""
    column = "title" if table is Table.SOURCES else "name"
    return {row["slug"]: row[column] for row in rows_of(document, table)}


def _pair_rows(table: Table, older: Document, newer: Document) -> Iterator[tuple[Key, Row | None, Row | None]]:
    """The rows of both documents that differ, by key; None where there is none."""
    before, after = _key_rows(table, older), _key_rows(table, newer)
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old != new and (old is None or new is None or _compare_cells(old, new)):
            yield key, old, new


def _compare_cells(old: Row, new: Row) -> tuple[Cell, ...]:
    return tuple(
        Cell(name=name, old=old.get(name), new=new.get(name))
        for name in sorted(old.keys() | new.keys())
        if _write_as_json(old.get(name)) != _write_as_json(new.get(name)) and not _is_new_and_empty(name, old, new)
    )


def _key_rows(table: Table, document: Document) -> dict[Key, Row]:
    return {tuple(row[column] for column in KEYS[table]): row for row in rows_of(document, table)}


class _Labels:
    """What a document calls its rows."""

    def __init__(self, document: Document) -> None:
        self._skills = names_of(document, Table.SKILLS)
        self._sources = names_of(document, Table.SOURCES)
        self._ways = names_of(document, Table.WAYS)
        self._places: dict[str, Row] = {row["slug"]: row for row in rows_of(document, Table.PLACES)}

    def of(self, table: Table, row: Row) -> str:
        match table:
            case Table.EVIDENCE:
                return self._name_evidence(row)
            case Table.PLACES:
                return self._place(row)
            case Table.WAY_RANGES:
                return f"{self._name_way(row)} ({name_area(row['region'])})"
            case Table.WAY_EVIDENCE:
                source = self._sources.get(row["source"], row["source"])
                return f"{self._name_way(row)}, {source} ({name_area(row['region'])}): {row['population']}"
            case Table.EXPERIENCE:
                return f"After {formatting.plural(row['years'], 'year')} of work ({name_area(row['region'])})"
            case Table.RATES:
                return formatting.describe_currency(row["currency"])
            case Table.SOURCES:
                return f"{row['publisher']}: {row['title']}"
            case Table.CONSTANTS:
                return str(row["name"]).replace("_", " ").capitalize()
            case Table.SKILLS | Table.WAYS | Table.UNMEASURED:
                return str(row["name"])

    def _name_way(self, row: Row) -> str:
        slug: str = row["way"]
        return self._ways.get(slug, slug)

    def _name_evidence(self, row: Row) -> str:
        skill = self._skills.get(row["skill"], row["skill"])
        source = self._sources.get(row["source"], row["source"])
        region = row["region"]
        where = f" ({Region(region).label if region in Region else region})" if region != WORLDWIDE else ""
        return f"{skill}, {source}{where}"

    def _place(self, row: Row) -> str:
        """The name and, for what lies in a country, the country's: there are two Georgias."""
        top, passed = row, {row["slug"]}
        while top["parent"] in self._places and top["parent"] not in passed:
            top = self._places[top["parent"]]
            passed.add(top["slug"])
        return str(row["name"]) if top is row else f"{row['name']}, {top['name']}"


def _read_premiums(document: Document) -> dict[str, Range]:
    """By skill, as shares of pay."""
    return {
        row["skill"]: premium_of(Pool(low=row["low"], high=row["high"], points=tuple(row["points"])))
        for row in document["pools"]
        if row["evidence"] == EvidenceChoice.MEASURED and row["region"] == WORLDWIDE
    }


def _is_new_and_empty(name: str, old: Row, new: Row) -> bool:
    """Whether one edition does not have the column yet, and the other has nothing in it: that is no change."""
    return (name in old) != (name in new) and old.get(name, new.get(name)) in ("", [], ())


def _write_as_json(value: Any) -> Any:
    """A tuple, as the catalogue has it, is the list that it becomes in JSON, and so is one inside of it."""
    return [_write_as_json(each) for each in value] if isinstance(value, list | tuple) else value
