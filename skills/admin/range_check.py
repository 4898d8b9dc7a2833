"""Checks a range of a way against its evidence, with the unsaved edits of its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from skills.admin.way_overview import address_to_add, read_published_ways
from skills.catalogue.way_ranges import describe_guess, find_doubts, find_errors
from skills.editions.snapshot import published_row
from skills.models import Way, WayEvidence, WayRange
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
        "opts": range_admin.opts,
        "original": row,
    }
    return TemplateResponse(request, "admin/skills/wayrange/check.html", context)


def check_form(form: Any) -> RangeCheck:
    """Check a form as typed or, if nothing was typed, as it was opened."""
    row: WayRange = form.instance
    if not form.is_bound:
        way = row.way if row.way_id else _find_way(form.initial.get("way"))
        is_saved = row.pk is not None
        new = WayRange(region=form.initial.get("region", ""))
        return _check(way, row if is_saved else new, {} if is_saved else None)
    if form.is_valid():
        return _check(row.way, row, {"sources": form.cleaned_data["sources"]})
    way = form.cleaned_data.get("way")
    return _check(way, WayRange(region=form.cleaned_data.get("region", "")), None, list(_list_errors(form)))


def _check(way: Way | None, row: WayRange, chosen: Mapping[str, Any] | None, refused: Sequence[str] = ()) -> RangeCheck:
    """Check a row with the sources that are chosen; `chosen` is None for a row that cannot be saved as it is."""
    today = timezone.localdate()
    pieces = list(way.evidence.select_related("way", "source")) if way else []
    item = published_row(row, **chosen) if chosen is not None else None
    evidence = [published_row(piece) for piece in pieces]
    unit = way.unit if way else None
    readers_see = find_published(read_published_ways(), way.slug, row.region) if way else None
    return RangeCheck(
        way=way,
        is_new=readers_see is None,
        cells=present_range(item, way, readers_see) if way and item else (),
        refused=refused,
        errors=list(find_errors(item, unit, evidence)) if item else (),
        doubts=[*find_doubts(item, unit, evidence), *filter(None, [describe_guess(item)])] if item else (),
        pieces=present_pieces(pieces, today, sources=item["sources"] if item else (), region=row.region),
        add_evidence=address_to_add(WayEvidence, way, row.region) if way else "",
    )


def _find_way(key: Any) -> Way | None:
    return Way.objects.filter(pk=key).first() if key else None


def _list_errors(form: Any) -> Iterator[str]:
    """Yield what is wrong with the fields of a form, each after its label."""
    for name, texts in form.errors.items():
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        yield from (f"{label}{text}" for text in texts)
