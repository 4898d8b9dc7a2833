"""What the calculator's views share: the form of a request, and the headers of answers."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from calculator.engine import assess
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.ways import WayAnswers
from calculator.forms import VerdictForm
from calculator.money_input import Unreadable, parse_whole
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import CURRENCY, Name
from calculator.query_repair import repair_query
from calculator.switches import apply_switches
from calculator.ways_form import WaysForm, has_way_answers
from earnverdict.build import build
from skills.editions.document import PublishedEdition
from skills.editions.site import NoSuchEdition
from skills.editions.site_state import site_state

MAX_EDITION = 999_999

_PRIVATE = "private, max-age=300"
_PUBLIC = "public, max-age=300, s-maxage=86400, stale-while-revalidate=86400, stale-if-error=604800"


def verdict_form(query: QueryDict) -> VerdictForm:
    """The query, repaired, against the edition it asks for. Raises what `site_state.edition` raises."""
    query = apply_switches(repair_query(query))
    text = query.get(Name.EDITION, "").strip()
    if not text:
        return VerdictForm(query, site_state.edition())
    try:
        number = parse_whole(text, 1, MAX_EDITION, "The edition")
    except Unreadable:
        raise NoSuchEdition(f"There is no edition “{text[:20]}”.") from None
    return VerdictForm(query, site_state.edition(number))


def has_wrong_way_answers(form: VerdictForm) -> bool:
    """Whether a link says something about other ways that is wrong, so that only their page can say what.

    The form of a verdict sends what was right before: a new place may make it wrong, and then it is left out.
    """
    if CURRENCY in form.query or not has_way_answers(form.query):
        return False
    return not WaysForm(form.query, form.profile(), form.published).is_valid()


def read_way_answers(form: VerdictForm) -> WayAnswers:
    """What a valid form's query says about other ways; what is wrong there is left out."""
    if not has_way_answers(form.query):
        return WayAnswers()
    return WaysForm(form.query, form.profile(), form.published).answers()


def present_verdict(form: VerdictForm) -> VerdictPresenter:
    """The verdict that a valid form asks for, in words."""
    return VerdictPresenter(
        verdict=assess(form.profile(), form.published.edition), published=form.published, ways=read_way_answers(form)
    )


def address_of_query(query: str, name: str = "verdict") -> str:
    """The address of a verdict, or of another view of it by its URL name, for a canonical query."""
    return f"{reverse(f'calculator:{name}')}?{query}"


def etag(representation: str, query: str, *editions: PublishedEdition) -> str:
    """Changes with the editions, the build and the query, and with nothing else.

    An edition's number is not enough: a restored database may hold another edition of the same number.
    """
    digest = hashlib.sha256(f"{representation}:{query}".encode()).hexdigest()[:24]
    names = "-".join(f"{edition.number}-{edition.checksum[:16]}" for edition in editions)
    return f'W/"{names}-{build()}-{digest}"'


def as_verdict(response: HttpResponse, profile: Profile, published: PublishedEdition, tag: str) -> HttpResponse:
    """The headers of an answer that depends on its address alone. Development sees each change of a template."""
    is_level = isinstance(profile.pay, PayLevel)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if settings.DEBUG:
        response.headers["Cache-Control"] = "no-cache"
        return response
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = _PUBLIC if is_level else _PRIVATE
    if is_level:
        response.headers["Surrogate-Key"] = f"verdict edition-{published.number}"
    return response
