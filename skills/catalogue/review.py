"""Finds figures that need a review, with the reason: overdue, without a link, or based on headlines only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from calculator.engine import EvidenceChoice
from earnverdict import formatting
from earnverdict.seo import SITE_NAME
from skills.models import Evidence, Source, WayEvidence, WayRange

type Figure = Evidence | WayEvidence | WayRange

#: Years after which a newer figure should be looked for, unless an editor has set a date.
YEARS_UNTIL_REVIEW = 5


class Need(TextChoices):
    """The reasons for a review, most urgent first."""

    REVIEW = "review", "Past review"
    LINK = "link", "No link"
    CLAIM = "claim", "Nothing measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureToReview:
    """A row to review: its due date, its needs, and each need in words. A range of a way may have no due date."""

    row: Figure
    due_on: date | None
    needs: tuple[Need, ...]
    reasons: tuple[str, ...]


def review_due_on(year: int, review_on: date | None) -> date:
    """Return the day a figure's review is due: the date set, else five years after the year of its data."""
    return review_on or date(year + YEARS_UNTIL_REVIEW, 1, 1)


def describe_due_reviews[Key](days: Iterable[tuple[Key, date]], today: date) -> dict[Key, str]:
    """Say since when reviews are due, as readers see it next to the figures; those that are not due are left out."""
    return {key: f"review due since {day.year}" for key, day in days if day <= today}


def find_due_day(row: Figure) -> date | None:
    """Return the day a row's review is due. A range of a way has none but the date that an editor set."""
    return row.review_on if isinstance(row, WayRange) else review_due_on(row.year, row.review_on)


def figures_to_review(today: date, *tables: type[Figure]) -> list[FigureToReview]:
    """Return all figures of these tables (by default of all) that need a review, with one query a table.

    Those of skills and ways that are not published are left out. Overdue figures come first, longest overdue and best
    grade at the top; then those without a link, then lone claims.
    """
    found = [figure for table in tables or _FINDERS for figure in _FINDERS[table](today)]
    return sorted(found, key=_rank_urgency)


def _find_evidence(today: date) -> Iterator[FigureToReview]:
    rows = list(Evidence.objects.filter(skill__is_published=True).select_related("skill", "source"))
    measured = {row.skill_id for row in rows if _is_measured(row)}
    for row in rows:
        yield from _judge(row, (*_is_overdue(row, today), *_has_no_link(row.source), *_is_claim(row, measured)))


def _find_way_evidence(today: date) -> Iterator[FigureToReview]:
    for row in WayEvidence.objects.filter(way__is_published=True).select_related("way", "source"):
        yield from _judge(row, (*_is_overdue(row, today), *_has_no_link(row.source)))


def _find_way_ranges(today: date) -> Iterator[FigureToReview]:
    for row in WayRange.objects.filter(way__is_published=True).select_related("way"):
        yield from _judge(row, _is_overdue(row, today))


#: What a table's figures may need.
NEEDS: dict[type[Figure], tuple[Need, ...]] = {
    Evidence: tuple(Need),
    WayEvidence: (Need.REVIEW, Need.LINK),
    WayRange: (Need.REVIEW,),
}
_FINDERS: dict[type[Figure], Callable[[date], Iterator[FigureToReview]]] = {
    Evidence: _find_evidence,
    WayEvidence: _find_way_evidence,
    WayRange: _find_way_ranges,
}


def _judge(row: Figure, found: Collection[tuple[Need, str]] | Iterator[tuple[Need, str]]) -> Iterator[FigureToReview]:
    reasons = dict(found)
    if reasons:
        yield FigureToReview(row=row, due_on=find_due_day(row), needs=tuple(reasons), reasons=tuple(reasons.values()))


def _is_overdue(row: Figure, today: date) -> Iterator[tuple[Need, str]]:
    due_on = find_due_day(row)
    if due_on is not None and due_on <= today:
        why = "the date that was set" if row.review_on or isinstance(row, WayRange) else f"its data is of {row.year}"
        yield Need.REVIEW, f"due for review since {formatting.day(due_on)}, {why}"


def _has_no_link(source: Source) -> Iterator[tuple[Need, str]]:
    if not source.url and source.publisher != SITE_NAME:
        yield Need.LINK, f"its source, {source.slug}, has no link"


def _is_claim(row: Evidence, measured: Collection[int]) -> Iterator[tuple[Need, str]]:
    if row.skill_id not in measured:
        yield Need.CLAIM, f"nothing of {row.skill.name} is measured"


def _is_measured(row: Evidence) -> bool:
    return row.grade in EvidenceChoice.MEASURED.grades and row.about != Evidence.About.TITLE


def _rank_urgency(figure: FigureToReview) -> tuple[int, date, str, str]:
    rank = list(Need).index(figure.needs[0])
    return rank, figure.due_on or date.max, figure.row.grade, str(figure.row)
