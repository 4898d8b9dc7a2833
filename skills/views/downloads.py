"""Downloads of the published figures, which any site or program may fetch."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response

from earnverdict.build import build
from earnverdict.http import read_only
from skills.catalogue.downloads import Json, skills_csv, skills_json
from skills.catalogue.way_downloads import ways_csv, ways_json
from skills.editions.document import PublishedEdition
from skills.editions.site_state import site_state
from skills.views.missing_edition import explain_missing_edition

# The address has no edition, so a new edition must show within minutes.
_CACHED = "public, max-age=300, stale-while-revalidate=300, stale-if-error=604800"


@read_only
@explain_missing_edition
def csv_file(request: HttpRequest) -> HttpResponse:
    """Serve one row for each skill; the file's name contains the edition."""
    return _serve_csv(request, "skills", skills_csv)


@read_only
@explain_missing_edition
def json_file(request: HttpRequest) -> HttpResponse:
    """Serve all skills with their evidence and sources."""
    return _serve_json(request, "skills", skills_json)


@read_only
@explain_missing_edition
def ways_csv_file(request: HttpRequest) -> HttpResponse:
    """Serve one row for each other way and area; the file's name contains the edition."""
    return _serve_csv(request, "ways", ways_csv)


@read_only
@explain_missing_edition
def ways_json_file(request: HttpRequest) -> HttpResponse:
    """Serve all other ways with their ranges and evidence, and the experience curve."""
    return _serve_json(request, "ways", ways_json)


def _serve_csv(request: HttpRequest, name: str, write: Callable[[PublishedEdition], str]) -> HttpResponse:
    published = site_state.edition()
    response = _serve_file(
        request, published, f"{name}-csv", lambda: HttpResponse(write(published), "text/csv; charset=utf-8")
    )
    file = f"earnverdict-{name}-edition-{published.number}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _serve_json(request: HttpRequest, name: str, build_json: Callable[[PublishedEdition], Json]) -> HttpResponse:
    published = site_state.edition()
    options = {"ensure_ascii": False}
    return _serve_file(
        request, published, f"{name}-json", lambda: JsonResponse(build_json(published), json_dumps_params=options)
    )


def _serve_file(
    request: HttpRequest, published: PublishedEdition, representation: str, write: Callable[[], HttpResponse]
) -> HttpResponse:
    """Serve a file, or a 304 to clients that have it. No caching in development."""
    edition = f"{published.number}-{published.checksum[:16]}"
    tag = "" if settings.DEBUG else f'W/"{representation}-{edition}-{build()}"'
    response = (get_conditional_response(request, etag=tag) if tag else None) or write()
    if tag:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = _CACHED if tag else "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
