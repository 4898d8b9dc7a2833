"""What changed since the edition of a verdict: the one answer about a verdict that depends on the day it is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from calculator.engine import assess
from calculator.engine.considered import considered_skills
from calculator.engine.edition import Edition
from calculator.engine.profile import PayLevel, Profile
from calculator.forms import VerdictForm
from calculator.presenters.updates import (
    Carried,
    EditionNote,
    present_edition_note,
    present_lost_edition,
    present_todays_update,
    present_unreadable_edition,
    present_update,
    present_withdrawal,
)
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import write_ways_query
from calculator.views.responses import address_of_query, read_way_answers, verdict_form
from earnverdict.http import forbid_storing, read_only
from skills.editions.site import Site
from skills.editions.site_state import site_state
from skills.views.missing_edition import explain_missing_edition

#: The notes of so many editions are shown; what changed has pages of its own.
MAX_NOTES = 3


@read_only
@explain_missing_edition
def verdict_latest(request: HttpRequest) -> HttpResponse:
    """The small part for the verdict's page, fetched by htmx once the page is there; 204 where nothing changed."""
    form = verdict_form(request.GET)
    context = _make_context(form) if form.is_valid() else None
    if context is None or not context["words"].is_changed:
        nothing = HttpResponse(status=204)
        del nothing.headers["Content-Type"]  # which only an answer with a body has
        return forbid_storing(nothing)
    return forbid_storing(render(request, "calculator/_latest.html", {**context, "is_page": False}))


@read_only
@explain_missing_edition
def verdict_changes(request: HttpRequest) -> HttpResponse:
    """The same as a page of its own, with everything open; it says so where nothing changed."""
    form = verdict_form(request.GET)
    if not form.is_valid():
        return forbid_storing(HttpResponseRedirect(address_of_query(request.GET.urlencode())))
    return forbid_storing(render(request, "calculator/latest.html", {**_make_context(form), "is_page": True}))


def carry(profile: Profile, asked: Edition, newest: Edition) -> Carried:
    """The profile's question as `newest` can be asked it, `asked` being the edition it was made for."""
    skills = None if profile.skills is None else tuple(slug for slug in profile.skills if slug in newest.skills)
    held = tuple(slug for slug in profile.held if slug in newest.skills)
    hours = tuple(pair for pair in profile.study_hours if pair[0] in (newest.skills if skills is None else skills))
    place, currency = newest.places.get(profile.location), asked.places[profile.location].currency
    hour = profile.hour_value if place is None or place.currency == currency else None
    carried = None if skills == () else replace(profile, skills=skills, held=held, study_hours=hours, hour_value=hour)
    is_level = isinstance(profile.pay, PayLevel)
    wider = (newest.places[item.slug] for item in asked.ancestry(profile.location) if item.slug in newest.places)
    askable = (item.slug for item in wider if is_level or item.currency == currency)
    is_repaid = place is not None and not is_level and place.currency != currency
    return Carried(
        profile=carried if carried and considered_skills(carried, newest) else None,
        gone_skills=tuple(slug for slug in (*(profile.skills or ()), *profile.held) if slug not in newest.skills),
        is_place_gone=place is None,
        nearest_place="" if place else next(askable, ""),
        new_currency=place.currency if place and is_repaid else "",
    )


def _make_context(form: VerdictForm) -> dict[str, Any]:
    profile, published, site = form.profile(), form.published, site_state.site()
    newest = site.newest
    ways = read_way_answers(form)
    address = address_of_query(write_ways_query(profile, published.number, ways))
    context: dict[str, Any] = {"verdict_address": address, "published": newest}
    carried, today = carry(profile, published.edition, newest.edition), None
    if published.number > newest.number and published.number in site.lost:
        return {**context, "words": present_lost_edition(published, newest, carried)}
    if published.number >= newest.number:
        return {**context, "words": present_todays_update(published)}
    asked = VerdictPresenter(verdict=assess(profile, published.edition), published=published, ways=ways)
    if carried.can_be_answered and carried.profile:
        today = VerdictPresenter(verdict=assess(carried.profile, newest.edition), published=newest)
    since = [number for number in sorted(site.checksums, reverse=True) if published.number < number <= newest.number]
    notes = tuple(_note(site, number) for number in since[:MAX_NOTES])
    words = present_update(asked, today, newest, carried, notes, earlier=len(since) - len(notes))
    return {**context, "words": words}


def _note(site: Site, number: int) -> EditionNote:
    if number in site.withdrawals:
        return present_withdrawal(number, site.withdrawals[number])
    return present_edition_note(site.records[number]) if number in site.records else present_unreadable_edition(number)
