"""The table of all skills: filtered and sorted by the query, with links to other orders.

It works with links and a form only. Unknown values in the query are ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from calculator.engine import Grade
from earnverdict.chart_scale import Axis
from skills.catalogue.skill_rows import Row, RowText, skill_rows
from skills.catalogue.skill_search import search_skills
from skills.editions.document import PublishedEdition
from skills.models.skill import Skill
from skills.presenters.grades import GRADE_WORDS
from skills.presenters.skill_search import describe_matches

MAX_TEXT_CHARACTERS = 60
_GRADE_FILTERS = {
    **{grade: f"with {GRADE_WORDS[grade.value]} evidence ({grade.value})" for grade in Grade},
    Grade.D: "with claims only (D)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column to sort by, with the names of both orders; rows without a `value` come last in both."""

    name: str
    label: str
    value: Callable[[Row], float | str | tuple[float, ...] | None]
    rising: str
    falling: str
    falls_first: bool = False


COLUMNS = (
    Column(
        name="name",
        label="Skill",
        value=lambda row: row.skill.name.casefold(),
        rising="by name, A to Z",
        falling="by name, Z to A",
    ),
    Column(
        name="premium",
        label="Measured",
        value=lambda row: row.premium.expected if row.premium else None,
        rising="lowest measured pay first",
        falling="highest measured pay first",
        falls_first=True,
    ),
    Column(
        name="headline",
        label="Claimed",
        value=lambda row: row.claim[1] if row.claim else None,
        rising="lowest claim first",
        falling="highest claim first",
        falls_first=True,
    ),
    Column(
        name="hours",
        label="Study hours",
        value=lambda row: row.skill.hours_mid,
        rising="fewest study hours first",
        falling="most study hours first",
    ),
    Column(
        name="evidence",
        label="Evidence",
        value=lambda row: row.evidence_strength,
        rising="weakest evidence first",
        falling="strongest evidence first",
        falls_first=True,
    ),
    Column(
        name="regions",
        label="By region",
        value=lambda row: row.regional_spread,
        rising="regions most alike first",
        falling="regions furthest apart first",
        falls_first=True,
    ),
)
_BY_NAME = {column.name: column for column in COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillFilter:
    """The query of the table; default values are left out of addresses."""

    category: str = ""
    grade: str = ""
    text: str = ""
    sort: str = "-premium"

    @property
    def column(self) -> Column:
        return _BY_NAME[self.sort.removeprefix("-")]

    @property
    def is_falling(self) -> bool:
        return self.sort.startswith("-")

    @property
    def is_filtered(self) -> bool:
        return bool(self.category or self.grade or self.text)

    @property
    def address(self) -> str:
        given = {"category": self.category, "grade": self.grade, "q": self.text}
        if self.sort != SkillFilter().sort:
            given["sort"] = self.sort
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{reverse('skills:skills')}{'?' if query else ''}{query}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column's heading: a link to its order, or to the opposite of the present order."""

    name: str
    label: str
    address: str
    sorted: str
    arrow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of the form."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsTable:
    """Everything the template prints of the table.

    `summary` describes the selection; `sort` is the order, empty for the usual one.
    """

    summary: str
    is_filtered: bool
    total: int
    rows: tuple[RowText, ...]
    axis: Axis
    headings: tuple[Heading, ...]
    categories: tuple[Option, ...]
    grades: tuple[Option, ...]
    note: str
    text: str
    sort: str


def read_filter(query: Mapping[str, str]) -> SkillFilter:
    """Read the query, ignoring unknown values."""
    category, grade, sort = (query.get(name, "") for name in ("category", "grade", "sort"))
    return SkillFilter(
        category=category if category in Skill.Category.values else "",
        grade=grade if grade in set(Grade) else "",
        text=" ".join(query.get("q", "").split())[:MAX_TEXT_CHARACTERS].strip(),
        sort=sort if sort.removeprefix("-") in _BY_NAME else SkillFilter().sort,
    )


def skills_table(published: PublishedEdition, asked: SkillFilter) -> SkillsTable:
    """Return the selected rows in order, with the links to other selections."""
    known, matches = skill_rows(published), search_skills(published, asked.text)
    rows = [row for row in known.rows if not asked.text or row.skill.slug in matches.slugs]
    shown = sort_rows([row for row in rows if matches_filter(row, asked)], asked)
    has_note = asked.text and (matches.is_guess or matches.unmeasured or not matches.slugs)
    return SkillsTable(
        summary=_describe_selection(len(shown), len(known.rows), asked),
        is_filtered=asked.is_filtered,
        total=len(known.rows),
        rows=tuple(row.words for row in shown),
        axis=known.axis,
        headings=tuple(_make_heading(column, asked) for column in COLUMNS),
        categories=_list_categories(known.rows, asked),
        grades=_list_grades(known.rows, asked),
        note=describe_matches(matches, asked.text, published) if has_note else "",
        text=asked.text,
        sort=asked.sort if asked.sort != SkillFilter().sort else "",
    )


def matches_filter(row: Row, asked: SkillFilter) -> bool:
    """Return whether a row has the category and the grade."""
    if asked.category and row.skill.category != asked.category:
        return False
    return not asked.grade or has_grade(row, asked.grade)


def has_grade(row: Row, grade: str) -> bool:
    """Return whether the skill has measured figures of the grade; D means claims only."""
    return grade in row.grade_shares or (grade == Grade.D and not row.grade_shares and row.claim is not None)


def sort_rows(rows: Sequence[Row], asked: SkillFilter) -> list[Row]:
    """Sort by the column's value; ties by slug in both directions, rows without a value last in both."""
    value = asked.column.value
    by_slug = sorted(rows, key=lambda row: row.skill.slug)
    having = [row for row in by_slug if value(row) is not None]
    having.sort(key=value, reverse=asked.is_falling)  # type: ignore[arg-type]  # no value is None here
    return having + [row for row in by_slug if value(row) is None]


def _describe_selection(shown: int, total: int, asked: SkillFilter) -> str:
    """Describe the selection: 8 of 23 skills, Cloud and operations, highest measured premium first."""
    count = f"{shown} of {total} skills" if asked.is_filtered else f"All {total} skills"
    parts = [count, *_describe_filters(asked), asked.column.falling if asked.is_falling else asked.column.rising]
    return ", ".join(parts if shown else parts[:-1])


def _describe_filters(asked: SkillFilter) -> list[str]:
    return [
        *([str(Skill.Category(asked.category).label)] if asked.category else []),
        *([_GRADE_FILTERS[Grade(asked.grade)]] if asked.grade else []),
        *([f"with “{asked.text}”"] if asked.text else []),
    ]


def _make_heading(column: Column, asked: SkillFilter) -> Heading:
    if column is not asked.column:
        address = replace(asked, sort=f"-{column.name}" if column.falls_first else column.name).address
        return Heading(name=column.name, label=column.label, address=address, sorted="", arrow="")
    opposite = column.name if asked.is_falling else f"-{column.name}"
    return Heading(
        name=column.name,
        label=column.label,
        address=replace(asked, sort=opposite).address,
        sorted="descending" if asked.is_falling else "ascending",
        arrow="↓" if asked.is_falling else "↑",
    )


def _list_categories(rows: Sequence[Row], asked: SkillFilter) -> tuple[Option, ...]:
    """Return the options for categories with a skill."""
    present = {row.skill.category for row in rows}
    named = [("", "Any"), *((str(value), str(label)) for value, label in Skill.Category.choices if value in present)]
    return tuple(Option(value=value, label=label, is_chosen=value == asked.category) for value, label in named)


def _list_grades(rows: Sequence[Row], asked: SkillFilter) -> tuple[Option, ...]:
    """Return the options for grades that some skill has."""
    present = [grade for grade in Grade if any(has_grade(row, grade) for row in rows)]
    named = [("", "Any"), *((grade.value, _capitalize(_GRADE_FILTERS[grade])) for grade in present)]
    return tuple(Option(value=value, label=label, is_chosen=value == asked.grade) for value, label in named)


def _capitalize(text: str) -> str:
    """Capitalise the first letter only: the rest may be an abbreviation."""
    return f"{text[0].upper()}{text[1:]}"
