"""What the form learns while a place is typed; partials for htmx."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from calculator.engine.market import find_market
from calculator.engine.profile import PayLevel
from calculator.money_input import MAX_ANSWER_CHARACTERS
from calculator.query import Name, WayName
from earnverdict.formatting import describe_currency, money
from earnverdict.http import read_only
from skills.editions.document import PublishedEdition
from skills.editions.site_state import site_state
from skills.places.meaning import Meaning
from skills.places.names import add_article, fold
from skills.places.postal_codes import looks_like_postal_code
from skills.views.missing_edition import explain_missing_edition


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOption:
    """A place to choose: `label` is its name and what it lies in, `mark` whose pay answers if not its own."""

    label: str
    name: str
    within: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayHint:
    """What pay is counted in at a place and its median there; `answered_by` is named where the figure is another's.

    `understood` is what the place was understood as, where that is not what was typed.
    """

    understood: str
    currency: str
    median: str
    answered_by: str


@read_only
@explain_missing_edition
def place_suggestions(request: HttpRequest) -> HttpResponse:
    """Places for what is typed so far."""
    published = site_state.edition()
    typed = _read_typed(request)
    options = [_present_option(meaning, published) for meaning in published.places.suggest(typed)]
    context = {"typed": typed, "options": options, "is_postal_code": looks_like_postal_code(typed)}
    return for_everybody(render(request, "calculator/_place_options.html", context))


@read_only
@explain_missing_edition
def place_currency(request: HttpRequest) -> HttpResponse:
    """What pay is counted in at the place typed, and what is usual there."""
    context = {"pay_hint": pay_hint(_read_typed(request), site_state.edition())}
    return for_everybody(render(request, "calculator/_pay_hint.html", context))


def pay_hint(typed: str, published: PublishedEdition) -> PayHint | None:
    """For the place that is clearly meant by what was typed; None until there is one."""
    found = published.places.find(typed)
    return pay_hint_at(published, found.meanings[0], typed) if found.is_clear else None


def pay_hint_at(published: PublishedEdition, meaning: Meaning, typed: str = "") -> PayHint:
    """For a place that is understood. It is named in full where something else was typed."""
    place = meaning.place
    market = find_market(place.slug, PayLevel.P50, published.edition)
    names = {fold(name) for name in (meaning.label, place.slug, published.places.short_label(place.slug), "")}
    return PayHint(
        understood="" if fold(typed) in names else meaning.label,
        currency=describe_currency(place.currency),
        median=money(market.currency).whole(market.annual_salary) if market else "",
        answered_by=add_article(market.answered_by.name)
        if market and (meaning.area or market.answered_by != place)
        else "",
    )


def for_everybody(response: HttpResponse) -> HttpResponse:
    """The answer to a few letters is the same for all, and old after a publication: kept for a minute."""
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _present_option(meaning: Meaning, published: PublishedEdition) -> PlaceOption:
    place, name = meaning.place, meaning.area or meaning.place.name
    market = find_market(place.slug, PayLevel.P50, published.edition)
    mark = "no pay data" if market is None else f"pay of {add_article(market.answered_by.name)}"
    is_own = market is not None and market.answered_by == place and not meaning.area
    within = meaning.label.removeprefix(name)
    return PlaceOption(label=meaning.label, name=name, within=within, mark="" if is_own else mark)


def _read_typed(request: HttpRequest) -> str:
    """What the field of a place holds, which is named for what it asks."""
    typed = request.GET.get(Name.LOCATION) or request.GET.get(WayName.TO, "")
    return typed.replace("\x00", "").strip()[:MAX_ANSWER_CHARACTERS]
