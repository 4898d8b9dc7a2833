"""The pages about the changes between editions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from earnverdict.http import read_only
from earnverdict.seo import page_at
from skills.editions.site_state import site_state
from skills.presenters.edition_changes import all_changes, edition_changes
from skills.views.missing_edition import explain_missing_edition

_PUBLIC = "public, max-age=300"


@read_only
@explain_missing_edition
def changes(request: HttpRequest) -> HttpResponse:
    """List the editions, newest first, each with a summary of its changes."""
    site = site_state.site()
    editions = all_changes(site)
    page = page_at(
        request,
        title="What changed, edition by edition",
        description="Every edition of the figures, newest first: what was added, changed or corrected, and which "
        "skills’ pay moved.",
    )
    context = {"page": page, "editions": editions, "skills": site.newest.edition.skills, "published": site.newest}
    response = render(request, "skills/changes.html", context)
    return _allow_caching(response, is_whole=all(edition.is_whole for edition in editions))


@read_only
@explain_missing_edition
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Show an edition with all rows that it changed; for a withdrawn one, its record and the reason."""
    site = site_state.site()
    edition = edition_changes(site, number)
    numbers = sorted(site.checksums)
    page = page_at(
        request,
        title=f"What edition {number} changed",
        description=f"Every row of the figures that edition {number} added, changed or took away, before and now.",
    )
    context = {
        "page": page,
        "edition": edition,
        "previous": max((other for other in numbers if other < number), default=None),
        "next": min((other for other in numbers if other > number), default=None),
        "skills": site.newest.edition.skills,
        "published": site.newest,
    }
    return _allow_caching(render(request, "skills/change.html", context), is_whole=edition.is_whole)


def _allow_caching(response: HttpResponse, *, is_whole: bool) -> HttpResponse:
    """Do not cache a page with parts that could not be read."""
    response.headers["Cache-Control"] = _PUBLIC if is_whole else "no-store"
    return response
