"""What would change a verdict: a part for its page, loaded after it, and the same as a page of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from calculator.engine import assessment
from calculator.engine.profile import Profile
from calculator.presenters.flips import present_flips
from calculator.presenters.headline import present_headline
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import is_canonical, write_query
from calculator.views.responses import as_verdict, etag, unsaved, verdict_address, verdict_form
from earnverdict.http import read_only
from skills.editions.document import PublishedEdition
from skills.views.missing_edition import explain_missing_edition


@read_only
@explain_missing_edition
def verdict_flips(request: HttpRequest) -> HttpResponse:
    """The part, fetched by htmx once the verdict's page is there."""
    return _answer(request, "verdict_flips", "calculator/_flips.html")


@read_only
@explain_missing_edition
def what_would_change_it(request: HttpRequest) -> HttpResponse:
    """The same as a page, for readers without JavaScript."""
    return _answer(request, "what_would_change_it", "calculator/flips.html")


def _answer(request: HttpRequest, name: str, template: str) -> HttpResponse:
    """The answer at its canonical address; other spellings are sent there, mistakes lead to the form."""
    form = verdict_form(request.GET)
    if not form.is_valid():
        context = {"words": None, "query": request.GET.urlencode()}
        return unsaved(render(request, template, context, status=422))
    profile, published = form.profile(), form.published
    query = write_query(profile, published.number)
    if not is_canonical(request.META["QUERY_STRING"], query):
        return unsaved(HttpResponseRedirect(verdict_address(profile, published, name)))
    tag = etag(name, query, published)
    if (response := get_conditional_response(request, etag=tag)) is None:
        response = render(request, template, _context(profile, published))
    return as_verdict(response, profile, published, tag)


def _context(profile: Profile, published: PublishedEdition) -> dict[str, Any]:
    assessed = assessment(profile, published.edition)
    presenter = VerdictPresenter(verdict=assessed.verdict(), published=published)
    return {
        "words": present_flips(presenter, assessed.flips()),
        "answer": present_headline(presenter).title,
        "verdict_address": presenter.address(),
        "published": published,
    }
