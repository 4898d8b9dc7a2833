"""Checks a range of a way against its evidence, with the unsaved edits of its form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from skills.admin.way_overview import address_to_add, read_published_ways
from skills.catalogue.way_ranges import describe_guess, find_doubts, find_errors
from skills.editions.snapshot import published_row
from skills.models import Source, Way, WayEvidence, WayRange
from skills.presenters.way_rows import PieceText, RangeCell, find_published, present_pieces, present_range

#: The object of the address that checks a range which is not saved yet.
NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeCheck:
    """A range as readers would see it, what is wrong with it, and all evidence of its way.

    `refused` is what could not be saved; then nothing of the range itself is shown. `errors` prevent
    publication.
    """

    way: Way | None
    is_new: bool
    cells: Sequence[RangeCell]
    refused: Sequence[str]
    errors: Sequence[str]
    doubts: Sequence[str]
    pieces: Sequence[PieceText]
    add_evidence: str


@require_POST
def check(request: HttpRequest, object_id: str, range_admin: admin.ModelAdmin[WayRange]) -> HttpResponse:
    """Render the check of the posted form: a partial for htmx, else a page."""
    row = None if object_id == NEW else range_admin.get_object(request, unquote(object_id))
    if row is None and object_id != NEW:
        raise Http404(f"No range {object_id}.")
    may = range_admin.has_change_permission(request, row) if row else range_admin.has_add_permission(request)
    if not may:
        raise PermissionDenied
    form = range_admin.get_form(request, row, change=row is not None)(request.POST, instance=row)
    context: dict[str, Any] = {"check": check_form(form)}
    if request.headers.get("HX-Request"):
        return TemplateResponse(request, "admin/skills/wayrange/_check_answer.html", context)
    context |= {
        **range_admin.admin_site.each_context(request),
        "title": "The range and its evidence",
        "preview_name": "The range and its evidence",
        "opts": range_admin.opts,
        "original": row,
    }
    return TemplateResponse(request, "admin/skills/wayrange/check.html", context)


def check_form(form: Any) -> RangeCheck:
    """Check a form as typed or, if nothing was typed, as it was opened."""
    row: WayRange = form.instance
    if not form.is_bound:
        if not row._state.adding:
            return _check(row, row.sources.all())
        return _show_evidence(_find_way(form.initial.get("way")), form.initial.get("region", ""))
    if form.is_valid():
        return _check(row, form.cleaned_data["sources"])
    typed = form.cleaned_data
    errors = list(_list_errors(form))
    return _show_evidence(typed.get("way"), typed.get("region", ""), typed.get("sources", ()), errors)


def _check(row: WayRange, sources: QuerySet[Source]) -> RangeCheck:
    """Check a range that can be saved; its sources may not be saved yet."""
    way = row.way
    item = published_row(row, sources=sources)
    pieces = list(way.evidence.select_related("way", "source"))
    evidence = [published_row(piece) for piece in pieces]
    readers_see = find_published(read_published_ways(), way.slug, row.region)
    return replace(
        _show_pieces(way, row.region, pieces, sources),
        is_new=readers_see is None,
        cells=present_range(item, way, readers_see),
        errors=list(find_errors(item, way.unit, evidence)),
        doubts=[*find_doubts(item, way.unit, evidence), *filter(None, [describe_guess(item)])],
    )


def _show_evidence(
    way: Way | None, region: str, sources: Iterable[Source] = (), refused: Sequence[str] = ()
) -> RangeCheck:
    """Show the evidence of a way, with nothing of the range itself."""
    pieces = way.evidence.select_related("way", "source") if way else ()
    return replace(_show_pieces(way, region, pieces, sources), refused=refused)


def _show_pieces(way: Way | None, region: str, pieces: Iterable[WayEvidence], sources: Iterable[Source]) -> RangeCheck:
    named = {source.slug for source in sources}
    return RangeCheck(
        way=way,
        is_new=False,
        cells=(),
        refused=(),
        errors=(),
        doubts=(),
        pieces=present_pieces(pieces, timezone.localdate(), sources=named, region=region),
        add_evidence=address_to_add(WayEvidence, way, region) if way else "",
    )


def _find_way(key: Any) -> Way | None:
    return Way.objects.filter(pk=key).first() if key else None


def _list_errors(form: Any) -> Iterator[str]:
    """Yield what is wrong with the fields of a form, each after its label."""
    for name, texts in form.errors.items():
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        yield from (f"{label}{text}" for text in texts)
