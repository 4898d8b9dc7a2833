"""The verdict's page, and the part of it that changes with the answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response

from calculator.engine import assessment
from calculator.forms import VerdictForm
from calculator.presenters.form import FormPresenter
from calculator.presenters.link_preview import present_link_preview
from calculator.presenters.verdict import VerdictPresenter
from calculator.presenters.verdict_page import present_verdict_page
from calculator.query import is_canonical, write_ways_query
from calculator.views.live_line import form_before, live_line
from calculator.views.places import pay_hint, pay_hint_at
from calculator.views.responses import (
    address_of_query,
    as_verdict,
    etag,
    has_wrong_way_answers,
    read_way_answers,
    verdict_form,
)
from earnverdict.http import forbid_storing, read_only
from skills.views.missing_edition import explain_missing_edition


@read_only
@explain_missing_edition
def verdict(request: HttpRequest) -> HttpResponse:
    """The whole page at its canonical address; other spellings are sent there, mistakes come back with the form.

    Mistakes about other ways are sent to their page.
    """
    if not request.GET:
        return redirect("calculator:home")
    form = verdict_form(request.GET)
    if not form.is_valid():
        return forbid_storing(render(request, "calculator/verdict.html", _make_context(request, form), status=422))
    if has_wrong_way_answers(form):
        return forbid_storing(HttpResponseRedirect(address_of_query(request.GET.urlencode(), "verdict_ways")))
    profile, published = form.profile(), form.published
    query = write_ways_query(profile, published.number, read_way_answers(form))
    if not is_canonical(request.META["QUERY_STRING"], query):
        return forbid_storing(HttpResponseRedirect(address_of_query(query)))
    tag = etag("html", query, published)
    if (unchanged := get_conditional_response(request, etag=tag)) is not None:
        return as_verdict(unchanged, profile, published, tag)
    return as_verdict(render(request, "calculator/verdict.html", _make_context(request, form)), profile, published, tag)


@read_only
@explain_missing_edition
def verdict_panel(request: HttpRequest) -> HttpResponse:
    """The part of the page that changes with the answers, for htmx; it pushes the page's own address.

    A mistake leaves the verdict that was on the screen, and is explained in the chip of its field.
    """
    form = verdict_form(request.GET)
    if not form.is_valid():
        before = form_before(request.GET)
        context = (
            _make_context(request, before) | {"mistaken": FormPresenter(form)}
            if before
            else _make_context(request, form)
        )
        return forbid_storing(render(request, "calculator/_panel.html", context, status=422))
    context = _make_context(request, form)
    response = render(request, "calculator/_panel.html", context)
    response.headers["HX-Push-Url"] = address_of_query(context["query"])
    return forbid_storing(response)


def _make_context(request: HttpRequest, form: VerdictForm) -> dict[str, Any]:
    """Everything the page and its panel show. `mistaken` is the form with a mistake below an earlier verdict."""
    meaning, published, shown = form.meaning, form.published, FormPresenter(form)
    hint = pay_hint_at(published, meaning) if meaning else pay_hint(shown.location, published)
    context: dict[str, Any] = {"form": shown, "published": published, "pay_hint": hint, "mistaken": None}
    if not form.is_valid():
        return context | {"words": None, "social": None, "live": None}
    return context | _make_answer(request, form)


def _make_answer(request: HttpRequest, form: VerdictForm) -> dict[str, Any]:
    """The verdict for the page, and for sites that show a link to it."""
    assessed = assessment(form.profile(), form.published.edition)
    presenter = VerdictPresenter(verdict=assessed.verdict(), published=form.published, ways=read_way_answers(form))
    words = present_verdict_page(presenter, assessed)
    origin = request.build_absolute_uri("/").removesuffix("/")
    return {
        "origin": origin,
        "words": words,
        "live": live_line(presenter, request.GET),
        "social": present_link_preview(presenter, words, lambda path: f"{origin}{path}"),
        "query": presenter.query,
    }
