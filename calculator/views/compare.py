"""Two verdicts side by side, and the way there from one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response

from calculator.engine.market import find_market
from calculator.engine.profile import PayLevel
from calculator.forms import MAX_ANSWER_CHARACTERS, VerdictForm
from calculator.presenters.compare import present_comparison
from calculator.presenters.form import AnswerChoice, FormPresenter
from calculator.query import Name, Side, is_canonical, read_comparison, read_side, write_comparison, write_query
from calculator.views.responses import as_verdict, etag, forbid_storing, present_verdict, verdict_form
from calculator.views.updates import carry
from earnverdict.http import read_only
from earnverdict.seo import page_at
from skills.editions.document import UnknownModel
from skills.editions.site_state import EditionUnreadable, EditionWithdrawn, NoSuchEdition
from skills.views.missing_edition import explain_missing_edition


@dataclass(frozen=True, slots=True, kw_only=True)
class SideForm:
    """One side of a comparison as it was asked: a valid form, or what is wrong and a way on."""

    letter: str
    form: VerdictForm | None = None
    mistakes: tuple[str, ...] = ()
    status: int = 200
    link: str = ""
    link_text: str = ""

    @property
    def query(self) -> str:
        """The canonical query of a side that is valid."""
        return write_query(self.form.profile(), self.form.published.number) if self.form else ""


@read_only
@explain_missing_edition
def compare(request: HttpRequest) -> HttpResponse:
    """The page at its canonical address; other spellings are sent there, a side that is wrong is explained."""
    sides = [_read_side(side, query) for side, query in zip(Side, read_comparison(request.GET), strict=True)]
    forms = [side.form for side in sides if side.form]
    if len(forms) < len(sides):
        return _refuse(request, sides)
    query = write_comparison(*(side.query for side in sides))
    if not is_canonical(request.META["QUERY_STRING"], query):
        return forbid_storing(HttpResponseRedirect(f"{reverse('calculator:compare')}?{query}"))
    tag = etag("compare", query, *(form.published for form in forms))
    response = get_conditional_response(request, etag=tag)
    if response is None:
        words = present_comparison(*(present_verdict(form) for form in forms))
        page = page_at(request, title=words.title, description=words.plain, query=query)
        context = {"page": page, "words": words, "same_edition": _in_one_edition(forms)}
        response = render(request, "calculator/compare.html", context)
    return _as_comparison(response, forms, tag)


@read_only
@explain_missing_edition
def compare_with(request: HttpRequest) -> HttpResponse:
    """From one verdict, and what is to differ from it, to the comparison of both. It asks what shall differ first."""
    side = _read_side(Side.A, read_side(request.GET, Side.A))
    if side.form is None:
        return _refuse(request, [side])
    if not {Name.LOCATION, Name.SALARY, Name.SKILL} & set(request.GET):
        return forbid_storing(render(request, "calculator/compare_with.html", _ask_again(request, side, side.form)))
    other = _other(side.form, request.GET)
    if not other.is_valid():
        return forbid_storing(
            render(request, "calculator/compare_with.html", _ask_again(request, side, other), status=422)
        )
    query = write_comparison(side.query, write_query(other.profile(), other.published.number))
    return forbid_storing(HttpResponseRedirect(f"{reverse('calculator:compare')}?{query}"))


def _read_side(side: Side, query: str) -> SideForm:
    """One side's query, understood as the verdict's page would."""
    letter, verdict = side.value.upper(), reverse("calculator:verdict")
    if not query:
        message = "It is missing. A comparison takes the addresses of two verdicts."
        home = reverse("calculator:home")
        return SideForm(letter=letter, mistakes=(message,), status=422, link=home, link_text="Get a verdict")
    asked = QueryDict(query)
    try:
        form = verdict_form(asked)
    except (NoSuchEdition, EditionWithdrawn, EditionUnreadable, UnknownModel) as error:
        answers = asked.copy()
        answers.pop(Name.EDITION, None)
        return SideForm(
            letter=letter,
            mistakes=(str(error),),
            status={NoSuchEdition: 404, UnknownModel: 404, EditionWithdrawn: 410}.get(type(error), 503),
            link=f"{verdict}?{answers.urlencode()}",
            link_text="The same question with today’s figures",
        )
    if form.is_valid():
        return SideForm(letter=letter, form=form)
    mistakes = tuple(chain.from_iterable(form.mistakes().values()))
    link = f"{verdict}?{asked.urlencode()}"
    return SideForm(letter=letter, mistakes=mistakes, status=422, link=link, link_text=f"Put {letter} right")


def _refuse(request: HttpRequest, sides: list[SideForm]) -> HttpResponse:
    wrong = [side for side in sides if side.mistakes]
    right = [side for side in sides if side.form]
    context = {"words": None, "wrong": wrong, "right": right}
    statuses = {side.status for side in wrong}
    status = statuses.pop() if len(statuses) == 1 else 422
    return forbid_storing(render(request, "calculator/compare.html", context, status=status))


def _in_one_edition(forms: list[VerdictForm]) -> str:
    """The address that compares both with the newer of their editions; empty when it is one or lacks something."""
    published = max((form.published for form in forms), key=lambda item: item.number)
    queries = []
    for form in forms:
        carried = carry(form.profile(), form.published.edition, published.edition)
        if carried.profile is None or not carried.can_be_answered or carried.gone_skills:
            return ""
        queries.append(write_query(carried.profile, published.number))
    if all(form.published.number == published.number for form in forms):
        return ""
    return f"{reverse('calculator:compare')}?{write_comparison(*queries)}"


def _as_comparison(response: HttpResponse, forms: list[VerdictForm], tag: str) -> HttpResponse:
    """Private as soon as one side has a salary in it; both editions are named to caches."""
    profiles = [form.profile() for form in forms]
    private = next((profile for profile in profiles if not isinstance(profile.pay, PayLevel)), profiles[0])
    response = as_verdict(response, private, forms[0].published, tag)
    if "Surrogate-Key" in response.headers:
        editions = dict.fromkeys(f"edition-{form.published.number}" for form in forms)
        response.headers["Surrogate-Key"] = " ".join(["verdict", *editions])
    return response


def _other(form: VerdictForm, changed: QueryDict) -> VerdictForm:
    """The form's answers with another place, pay or skills, in the same edition."""
    query = QueryDict(write_query(form.profile(), form.published.number), mutable=True)
    if place := changed.get(Name.LOCATION, "").strip():
        query[Name.LOCATION] = place
    if skills := [slug for slug in changed.getlist(Name.SKILL) if slug.strip()]:
        query.setlist(Name.SKILL, skills)
    if pay := changed.get(Name.SALARY, "").strip():
        query[Name.SALARY] = pay
        query.pop(Name.PAY, None)
    other = VerdictForm(query, form.published)
    if _has_other_currency(form, other):
        query.pop(Name.HOUR, None)
        other = VerdictForm(query, form.published)
        return _different(form, other if pay else _with_pay_level(form, other))
    return _different(form, other)


def _has_other_currency(form: VerdictForm, other: VerdictForm) -> bool:
    """Whether pay at the other's place is counted in another currency; not until the place is understood."""
    own = form.published.edition.places[form.profile().location]
    return other.place is not None and other.place.currency != own.currency


def _with_pay_level(form: VerdictForm, other: VerdictForm) -> VerdictForm:
    """A salary means nothing in another currency: there the level nearest to the visitor’s own is taken."""
    profile = form.profile()
    if isinstance(profile.pay, PayLevel):
        return other
    market = find_market(profile.location, profile.pay, form.published.edition)
    if market is None:
        other.full_clean()
        message = "Enter your pay there: where your pay stands now is not known, so it cannot be carried over."
        other.add_error("salary", message)
        return other
    query = other.query.copy()
    query.pop(Name.SALARY, None)
    query[Name.PAY] = market.nearest_level.value
    return VerdictForm(query, form.published)


def _different(form: VerdictForm, other: VerdictForm) -> VerdictForm:
    if other.is_valid() and other.profile() == form.profile():
        other.add_error("location", "Nothing differs yet. Name another place, other pay or other skills.")
    return other


def _ask_again(request: HttpRequest, side: SideForm, other: VerdictForm) -> dict[str, Any]:
    """The form as it was filled in; each place and each pay that may be meant is a link that takes it."""
    shown = FormPresenter(other)
    return {
        "query": side.query,
        "form": shown,
        "place_typed": _read_typed(request.GET, Name.LOCATION),
        "pay_typed": _read_typed(request.GET, Name.SALARY),
        "place_choices": _link_choices(request, Name.LOCATION, shown.place_choices),
        "pay_choices": _link_choices(request, Name.SALARY, shown.pay_choices),
        "place_errors": other["location"].errors,
        "pay_errors": shown.find_errors(Name.SALARY),
        "skill_errors": [*other.errors.get("skill", []), *other.errors.get("have", [])],
    }


def _link_choices(request: HttpRequest, name: Name, choices: Iterable[AnswerChoice]) -> list[tuple[str, str]]:
    """The text and the address of each choice: the request with this answer in place of what was typed."""
    links = []
    for choice in choices:
        query = request.GET.copy()
        query[name] = QueryDict(choice.query)[name]
        links.append((choice.label, f"{reverse('calculator:compare_with')}?{query.urlencode()}"))
    return links


def _read_typed(query: QueryDict, name: Name) -> str:
    return query.get(name, "").replace("\x00", "")[:MAX_ANSWER_CHARACTERS]
