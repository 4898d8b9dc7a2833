"""The pages of the calculator: the form, the verdict, the verdict as data."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from calculator.address import Name, Unreadable, parse_whole, write_query
from calculator.engine import assess
from calculator.engine.profile import PayLevel, Profile
from calculator.export import verdict_json
from calculator.forms import VerdictForm
from calculator.words.page import verdict_words
from earnverdict.build import build
from earnverdict.figures import describe_currency
from skills.editions.current import EditionUnreadable, EditionWithdrawn, NoSuchEdition, NothingPublished, current
from skills.editions.document import PublishedEdition
from skills.pages import explain_missing_edition

HIGHEST_EDITION = 999_999

_PRIVATE = "private, max-age=300"
_PUBLIC = "public, max-age=300, s-maxage=86400, stale-while-revalidate=86400, stale-if-error=604800"


@require_safe
@explain_missing_edition
def home(request: HttpRequest) -> HttpResponse:
    """What it is, and the form."""
    form = VerdictForm(request.GET, current.edition(), is_submitted=False)
    return render(request, "calculator/home.html", {"form": form, "published": form.published})


@require_safe
@explain_missing_edition
def verdict(request: HttpRequest) -> HttpResponse:
    """The whole page at its canonical address; other spellings are sent there, mistakes come back with the form."""
    if not request.GET:
        return redirect("calculator:home")
    form = _form(request)
    if not form.is_valid():
        return _unsaved(render(request, "calculator/verdict.html", _context(form), status=422))
    profile, published = form.profile(), form.published
    query = write_query(profile, published.number)
    if request.META["QUERY_STRING"] != query:
        return _unsaved(HttpResponseRedirect(f"{reverse('calculator:verdict')}?{query}"))
    etag = _etag(published.number, query)
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return _as_verdict(unchanged, profile, published, etag)
    response = render(request, "calculator/verdict.html", _context(form))
    return _as_verdict(response, profile, published, etag)


@require_safe
@explain_missing_edition
def verdict_panel(request: HttpRequest) -> HttpResponse:
    """The part of the page that changes with the answers, for htmx; it pushes the page's own address."""
    form = _form(request)
    if not form.is_valid():
        return _unsaved(render(request, "calculator/verdict.html#verdict", _context(form), status=422))
    response = render(request, "calculator/verdict.html#verdict", _context(form))
    query = write_query(form.profile(), form.published.number)
    response.headers["HX-Push-Url"] = f"{reverse('calculator:verdict')}?{query}"
    return _unsaved(response)


@require_safe
def verdict_data(request: HttpRequest) -> HttpResponse:
    """The verdict as JSON; mistakes by field, 422."""
    try:
        form = _form(request)
    except NoSuchEdition as error:
        return _refused({"edition": [str(error)]}, 404)
    except EditionWithdrawn as error:
        return _refused({"edition": [str(error)]}, 410)
    except (EditionUnreadable, NothingPublished) as error:
        return _refused({"edition": [str(error)]}, 503)
    if not form.is_valid():
        return _refused({name: [str(message) for message in messages] for name, messages in form.errors.items()}, 422)
    profile, published = form.profile(), form.published
    query = write_query(profile, published.number)
    etag = _etag(published.number, f"json:{query}")
    is_canonical = request.META["QUERY_STRING"] == query
    if is_canonical and (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return _as_verdict(unchanged, profile, published, etag)
    answer = verdict_json(assess(profile, published.edition), published.edition)
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    return _as_verdict(response, profile, published, etag) if is_canonical else _unsaved(response)


@require_safe
@explain_missing_edition
def place_suggestions(request: HttpRequest) -> HttpResponse:
    """Places for what is typed so far, for htmx."""
    published = current.edition()
    typed = request.GET.get(Name.LOCATION, "").replace("\x00", "")[:120]
    labels = [published.places.label(place.slug) for place in published.places.suggest(typed)]
    return render(request, "calculator/_form.html#place-suggestions", {"suggestions": labels})


@require_safe
@explain_missing_edition
def place_currency(request: HttpRequest) -> HttpResponse:
    """What pay is counted in at the place typed, for htmx."""
    form = VerdictForm(request.GET, current.edition())
    form.full_clean()
    return render(request, "calculator/_form.html#salary-currency", {"form": form, "currency": _currency(form)})


def _form(request: HttpRequest) -> VerdictForm:
    """The form against the edition asked for. Raises what `current.edition` raises."""
    text = request.GET.get(Name.EDITION, "").strip()
    if not text:
        return VerdictForm(request.GET, current.edition())
    try:
        number = parse_whole(text, 1, HIGHEST_EDITION, "The edition")
    except Unreadable:
        raise NoSuchEdition(f"There is no edition “{text[:20]}”.") from None
    return VerdictForm(request.GET, current.edition(number))


def _context(form: VerdictForm) -> dict[str, Any]:
    """Everything the page and its panel show."""
    context: dict[str, Any] = {"form": form, "published": form.published, "currency": _currency(form)}
    if form.is_valid():
        profile, published = form.profile(), form.published
        answer = assess(profile, published.edition)
        context["words"] = verdict_words(answer, published)
        context["data_address"] = f"{reverse('calculator:verdict_data')}?{write_query(profile, published.number)}"
        context["is_newest"] = published.number == current.site().newest.number
    return context


def _currency(form: VerdictForm) -> str:
    place = form.cleaned_data.get("location") if form.is_bound else None
    return describe_currency(place.currency) if place else ""


def _etag(edition: int, query: str) -> str:
    return f'W/"{edition}-{build()}-{hashlib.sha256(query.encode()).hexdigest()[:24]}"'


def _as_verdict(response: HttpResponse, profile: Profile, published: PublishedEdition, etag: str) -> HttpResponse:
    """The headers of an answer that depends on its address alone. Development sees each change of a template."""
    is_level = isinstance(profile.pay, PayLevel)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if settings.DEBUG:
        response.headers["Cache-Control"] = "no-cache"
        return response
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = _PUBLIC if is_level else _PRIVATE
    if is_level:
        response.headers["Surrogate-Key"] = f"verdict edition-{published.number}"
    return response


def _unsaved(response: HttpResponse) -> HttpResponse:
    """For what no cache may keep: mistakes, and answers whose address does not name all they depend on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _refused(errors: dict[str, list[str]], status: int) -> HttpResponse:
    return _unsaved(JsonResponse({"errors": errors}, status=status, json_dumps_params={"ensure_ascii": False}))
