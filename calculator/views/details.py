"""The details of a verdict: each is a page of its own, and the verdict's page loads a part of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from calculator.engine import Assessment, assessment
from calculator.presenters.calculation import present_calculation
from calculator.presenters.change import answer_of
from calculator.presenters.evidence import present_evidence_page
from calculator.presenters.flips import present_flips
from calculator.presenters.market import present_market
from calculator.presenters.pay_question import ask_about_pay
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import is_canonical, write_ways_query
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One page: the name of its address, its template, its title, and the function that makes its text."""

    name: str
    template: str
    title: str
    present: Callable[[VerdictPresenter, Assessment], Any]


@read_only
@explain_missing_edition
def verdict_evidence(request: HttpRequest) -> HttpResponse:
    """The evidence behind the figures."""
    return _show(request, _EVIDENCE)


@read_only
@explain_missing_edition
def verdict_calculation(request: HttpRequest) -> HttpResponse:
    """Each formula with the visitor's numbers in it."""
    return _show(request, _CALCULATION)


@read_only
@explain_missing_edition
def verdict_market(request: HttpRequest) -> HttpResponse:
    """The visitor's pay among what developers are paid there."""
    return _show(request, _MARKET)


@read_only
@explain_missing_edition
def verdict_flips(request: HttpRequest) -> HttpResponse:
    """Which change of one answer would give another verdict."""
    return _show(request, _FLIPS)


def _show(request: HttpRequest, detail: Detail) -> HttpResponse:
    """The page at its canonical address. Other spellings are sent there, mistakes to the verdict, which shows them."""
    form = verdict_form(request.GET)
    if not form.is_valid() or has_wrong_way_answers(form):
        return forbid_storing(HttpResponseRedirect(address_of_query(request.GET.urlencode())))
    profile, published = form.profile(), form.published
    ways = read_way_answers(form)
    query = write_ways_query(profile, published.number, ways)
    if not is_canonical(request.META["QUERY_STRING"], query):
        return forbid_storing(HttpResponseRedirect(address_of_query(query, detail.name)))
    tag = etag(detail.name, query, published)
    if (response := get_conditional_response(request, etag=tag)) is None:
        assessed = assessment(profile, published.edition)
        presenter = VerdictPresenter(verdict=assessed.verdict(), published=published, ways=ways)
        question = ask_about_pay(presenter)
        context = {
            "title": detail.title,
            "answer": question.heading if question else answer_of(presenter).sentence,
            "is_question": question is not None,
            "words": detail.present(presenter, assessed),
            "query": query,
            "published": published,
        }
        response = render(request, detail.template, context)
    return as_verdict(response, profile, published, tag)


_EVIDENCE = Detail(
    name="verdict_evidence",
    template="calculator/evidence.html",
    title="Evidence",
    present=lambda presenter, _: present_evidence_page(presenter),
)
_CALCULATION = Detail(
    name="verdict_calculation",
    template="calculator/calculation.html",
    title="The calculation",
    present=lambda presenter, _: present_calculation(presenter),
)
_MARKET = Detail(
    name="verdict_market",
    template="calculator/market.html",
    title="Your market",
    present=lambda presenter, _: present_market(presenter),
)
_FLIPS = Detail(
    name="verdict_flips",
    template="calculator/flips.html",
    title="What would change it",
    present=lambda presenter, assessed: present_flips(presenter, assessed.flips()),
)
