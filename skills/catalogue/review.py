"""Finds evidence that needs a review, with the reason: overdue, without a link, or based on headlines only."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from calculator.engine import EvidenceChoice
from earnverdict import formatting
from earnverdict.seo import SITE_NAME
from skills.models import Evidence

#: Years after which a newer figure should be looked for, unless an editor has set a date.
YEARS_UNTIL_REVIEW = 5


class Need(TextChoices):
    """The reasons for a review, most urgent first."""

    REVIEW = "review", "Past review"
    LINK = "link", "No link"
    CLAIM = "claim", "Nothing measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureToReview:
    """A row to review: its due date, its needs, and each need in words."""

    evidence: Evidence
    due_on: date
    needs: tuple[Need, ...]
    reasons: tuple[str, ...]


def review_due_on(year: int, review_on: date | None) -> date:
    """Return the day a figure's review is due: the date set, else five years after the year of its data."""
    return review_on or date(year + YEARS_UNTIL_REVIEW, 1, 1)


def describe_due_review(due_on: date, today: date) -> str:
    """Say since when a review is due, as readers see it next to the figure; "" if it is not."""
    return f"review due since {due_on.year}" if due_on <= today else ""


def figures_to_review(today: date) -> list[FigureToReview]:
    """Return all figures of published skills that need a review, most urgent first, with one query.

    Overdue figures come first, longest overdue and best grade at the top; then those without a link, then lone claims.
    """
    rows = list(Evidence.objects.filter(skill__is_published=True).select_related("skill", "source"))
    measured = {row.skill_id for row in rows if _is_measured(row)}
    found = [figure for row in rows if (figure := _figure(row, measured, today))]
    return sorted(found, key=_urgency)


def _is_measured(row: Evidence) -> bool:
    return row.grade in EvidenceChoice.MEASURED.grades and row.about != Evidence.About.TITLE


def _figure(row: Evidence, measured: Collection[int], today: date) -> FigureToReview | None:
    reasons = dict(_reasons(row, measured, today))
    if not reasons:
        return None
    return FigureToReview(
        evidence=row,
        due_on=review_due_on(row.year, row.review_on),
        needs=tuple(reasons),
        reasons=tuple(reasons.values()),
    )


def _reasons(row: Evidence, measured: Collection[int], today: date) -> Iterator[tuple[Need, str]]:
    due_on = review_due_on(row.year, row.review_on)
    if due_on <= today:
        why = "the date that was set" if row.review_on else f"its data is of {row.year}"
        yield Need.REVIEW, f"due for review since {formatting.day(due_on)}, {why}"
    if not row.source.url and row.source.publisher != SITE_NAME:
        yield Need.LINK, f"its source, {row.source.slug}, has no link"
    if row.skill_id not in measured:
        yield Need.CLAIM, f"nothing of {row.skill.name} is measured"


def _urgency(figure: FigureToReview) -> tuple[int, date, str, str, str, str]:
    row = figure.evidence
    rank = list(Need).index(figure.needs[0])
    return rank, figure.due_on, row.grade, row.skill.slug, row.source.slug, row.region
