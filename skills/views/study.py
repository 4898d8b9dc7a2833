"""The pages of the study: the test on hidden samples, the samples with their estimates, and the files."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control

from earnverdict.build import build
from earnverdict.http import read_only
from earnverdict.seo import page_at
from skills.editions.site_state import site_state
from skills.presenters.does_it_work import present_test
from skills.presenters.study import present_study
from skills.study.records import FILES, FOLDER
from skills.views.missing_edition import explain_missing_edition


@read_only
@explain_missing_edition
@cache_control(public=True, max_age=300)
def does_it_work(request: HttpRequest) -> HttpResponse:
    """Show how the method did on samples that it had not seen."""
    published = site_state.edition()
    page = page_at(
        request,
        title="Does it work?",
        description="We hid data from our own method and let it predict it: how often it was right, how wide its "
        "ranges were, and where it fails.",
    )
    context = {"page": page, "words": present_test(published), "published": published}
    return render(request, "skills/does_it_work.html", context)


@read_only
@explain_missing_edition
@cache_control(public=True, max_age=300)
def study(request: HttpRequest) -> HttpResponse:
    """Show the study behind the figures of grades A and B."""
    published = site_state.edition()
    words = present_study(published)
    page = page_at(
        request,
        title="The study behind our figures",
        description=f"Five samples of developers’ pay and {words.estimates} estimates with their standard errors: what "
        "was held constant, how they were pooled, and the files.",
    )
    context = {"page": page, "words": words, "published": published}
    return render(request, "skills/study.html", context)


@read_only
def csv_file(request: HttpRequest, table: str) -> HttpResponse:
    """Serve one of the study's files, or a 304 to clients that have it. They change with the code alone."""
    name = f"{table}.csv"
    if name not in FILES:
        raise Http404(f"No file {name}.")
    tag = "" if settings.DEBUG else f'W/"study-{table}-{build()}"'
    response = (get_conditional_response(request, etag=tag) if tag else None) or HttpResponse(
        (FOLDER / name).read_bytes(), content_type="text/csv; charset=utf-8"
    )
    if tag:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "public, max-age=300" if tag else "no-cache"
    response.headers["Content-Disposition"] = f'attachment; filename="earnverdict-pooled-2026-{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
