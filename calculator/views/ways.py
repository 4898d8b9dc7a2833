"""Other ways to more pay: a page of its own, of which the verdict's page loads a part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from calculator.engine import assess
from calculator.presenters.change import answer_of
from calculator.presenters.pay_question import ask_about_pay
from calculator.presenters.verdict import VerdictPresenter
from calculator.presenters.ways_form import WaysFormPresenter
from calculator.presenters.ways_page import present_ways_page
from calculator.query import is_canonical, write_ways_query
from calculator.views.responses import address_of_query, as_verdict, etag, verdict_form
from calculator.ways_form import WaysForm
from earnverdict.http import forbid_storing, read_only
from skills.views.missing_edition import explain_missing_edition

_NAME = "verdict_ways"


@read_only
@explain_missing_edition
def verdict_ways(request: HttpRequest) -> HttpResponse:
    """The page at its canonical address. Mistakes about the verdict are sent there; those about ways come back, 422."""
    form = verdict_form(request.GET)
    if not form.is_valid():
        return forbid_storing(HttpResponseRedirect(address_of_query(request.GET.urlencode())))
    profile, published = form.profile(), form.published
    ways_form = WaysForm(form.query, profile, published)
    answers = ways_form.answers()
    if not ways_form.is_valid():
        presenter = VerdictPresenter(verdict=assess(profile, published.edition), published=published, ways=answers)
        return forbid_storing(_render(request, presenter, ways_form, status=422))
    query = write_ways_query(profile, published.number, answers)
    if not is_canonical(request.META["QUERY_STRING"], query):
        return forbid_storing(HttpResponseRedirect(address_of_query(query, _NAME)))
    tag = etag(_NAME, query, published)
    if (response := get_conditional_response(request, etag=tag)) is None:
        presenter = VerdictPresenter(verdict=assess(profile, published.edition), published=published, ways=answers)
        response = _render(request, presenter, ways_form)
    return as_verdict(response, profile, published, tag)


def _render(request: HttpRequest, presenter: VerdictPresenter, form: WaysForm, status: int = 200) -> HttpResponse:
    question = ask_about_pay(presenter)
    context = {
        "title": "Other ways to more pay",
        "answer": question.heading if question else answer_of(presenter).sentence,
        "is_question": question is not None,
        "words": present_ways_page(presenter),
        "form": WaysFormPresenter(form),
        "query": presenter.query,
        "published": presenter.published,
    }
    return render(request, "calculator/ways.html", context, status=status)
