"""What the editors' first page lists of figures whose review is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from skills.admin.dashboard_section import MAX_ITEMS, Item, Section
from skills.catalogue.review import Figure, figures_to_review
from skills.models import Evidence, WayEvidence, WayRange
from skills.models.area import name_area


def list_figures_to_review(request: HttpRequest, now: datetime) -> Iterable[Section]:
    yield from _review_section("Figures to review", request, now, Evidence)
    yield from _review_section("Evidence of ways to review", request, now, WayEvidence)
    yield from _review_section("Ranges of ways to review", request, now, WayRange)


def _review_section(title: str, request: HttpRequest, now: datetime, table: type[Figure]) -> Iterable[Section]:
    name = table._meta.model_name
    if not request.user.has_perm(f"skills.change_{name}"):
        return
    found = figures_to_review(now.date(), table)
    items = [
        Item(
            text=_name_figure(figure.row),
            address=reverse(f"admin:skills_{name}_change", args=[figure.row.pk]),
            detail=capfirst(f"{', '.join(figure.reasons)}."),
        )
        for figure in found[:MAX_ITEMS]
    ]
    more = Item(text="All of them", address=f"{reverse(f'admin:skills_{name}_changelist')}?needs=any")
    yield Section(
        title=title,
        items=items,
        lead="The longest overdue come first.",
        count=len(found),
        more=more if len(found) > MAX_ITEMS else None,
    )


def _name_figure(row: Figure) -> str:
    """Name a figure by what it is of, its source, and the area it counts in, unless that is the world."""
    named = row.skill.name if isinstance(row, Evidence) else row.way.name
    source = "" if isinstance(row, WayRange) else f", {row.source.slug}"
    return f"{named}{source}{f' ({name_area(row.region)})' if row.region else ''}"
