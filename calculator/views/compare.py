"""Two verdicts side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response

from calculator.engine.profile import PayLevel, Profile
from calculator.forms import VerdictForm
from calculator.presenters.compare import present_comparison
from calculator.presenters.compare_form import CompareForm, present_compare_form
from calculator.presenters.pay_question import PayQuestion, ask_about_pay
from calculator.query import Name, Side, is_canonical, read_comparison, write_comparison, write_query
from calculator.query_repair import repair_comparison, repair_query
from calculator.views.responses import as_verdict, etag, present_verdict, verdict_form
from calculator.views.updates import carry
from earnverdict.http import forbid_storing, read_only
from earnverdict.seo import page_at
from skills.editions.document import EditionNotShown, PublishedEdition
from skills.editions.site import NothingPublished
from skills.views.missing_edition import explain_missing_edition


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSide:
    """One side of a comparison as it was asked: a valid form, or what is wrong and a way on, or neither: missing."""

    side: Side
    form: VerdictForm | None = None
    mistakes: tuple[str, ...] = ()
    status: int = 200
    link: str = ""
    link_text: str = ""

    @property
    def name(self) -> str:
        return "The first" if self.side is Side.A else "The second"

    @property
    def query(self) -> str:
        """The canonical query of a side that is valid; "" of another one."""
        return write_query(self.form.profile(), self.form.published.number) if self.form else ""


@read_only
@explain_missing_edition
def compare(request: HttpRequest) -> HttpResponse:
    """The page at its canonical address; other spellings are sent there, a side that is wrong is explained.

    A side that is missing is asked for.
    """
    sides = read_sides(repair_comparison(request.GET, request.META["QUERY_STRING"]))
    if any(side.mistakes for side in sides):
        return refuse_sides(request, sides)
    forms = [side.form for side in sides if side.form]
    if len(forms) < len(sides):
        return ask_for_sides(request, present_sides(sides))
    query = write_comparison(*(side.query for side in sides))
    if not is_canonical(request.META["QUERY_STRING"], query):
        return forbid_storing(HttpResponseRedirect(f"{reverse('calculator:compare')}?{query}"))
    tag = etag("compare", query, *(form.published for form in forms))
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = _render_comparison(request, sides, forms)
    return as_comparison(response, [form.profile() for form in forms], [form.published for form in forms], tag)


def read_sides(query: Mapping[str, str]) -> tuple[AskedSide, AskedSide]:
    """Read both sides as the verdict's page would; one alone is the first."""
    a, b = read_comparison(query)
    if not a:
        a, b = b, ""
    return _read_side(Side.A, a), _read_side(Side.B, b)


def refuse_sides(request: HttpRequest, sides: tuple[AskedSide, AskedSide]) -> HttpResponse:
    """Explain what is wrong, with a way on from each side."""
    wrong = [side for side in sides if side.mistakes]
    context = {"wrong": wrong, "right": [side for side in sides if side.form]}
    return forbid_storing(
        render(request, "calculator/compare_mistakes.html", context, status=find_status_of_mistakes(sides))
    )


def find_status_of_mistakes(sides: tuple[AskedSide, AskedSide]) -> int:
    """Return the status that all wrong sides share, else that of mistakes in a form."""
    statuses = {side.status for side in sides if side.mistakes}
    return statuses.pop() if len(statuses) == 1 else 422


def present_sides(sides: tuple[AskedSide, AskedSide]) -> CompareForm:
    """The form as the verdicts that are there fill it in."""
    forms = {asked.side: asked.form for asked in sides if asked.form}
    return present_compare_form({asked.side: asked.query for asked in sides}, forms)


def ask_for_sides(request: HttpRequest, words: CompareForm) -> HttpResponse:
    """Ask for the place and the pay of what is missing, or explain what is wrong with what was typed."""
    status = 422 if words.mistakes else 200
    return forbid_storing(render(request, "calculator/compare_with.html", {"words": words}, status=status))


def _read_side(side: Side, query: str) -> AskedSide:
    if not query:
        return AskedSide(side=side)
    asked, verdict = QueryDict(query), reverse("calculator:verdict")
    if not set(Name).intersection(repair_query(asked)):
        return AskedSide(
            side=side,
            mistakes=("This is not a link to a verdict of ours.",),
            status=422,
            link=reverse("calculator:home"),
            link_text="Get a verdict",
        )
    try:
        form = verdict_form(asked)
    except NothingPublished:
        raise  # then no side can be shown
    except EditionNotShown as error:
        answers = asked.copy()
        answers.pop(Name.EDITION, None)
        return AskedSide(
            side=side,
            mistakes=(str(error),),
            status=error.status,
            link=f"{verdict}?{answers.urlencode()}",
            link_text="The same question with today’s figures",
        )
    if form.is_valid():
        return AskedSide(side=side, form=form)
    mistakes = tuple(chain.from_iterable(form.mistakes().values()))
    link = f"{verdict}?{asked.urlencode()}"
    return AskedSide(side=side, mistakes=mistakes, status=422, link=link, link_text="Put it right")


def _render_comparison(
    request: HttpRequest, sides: tuple[AskedSide, AskedSide], forms: list[VerdictForm]
) -> HttpResponse:
    """A question about pay is in place of the comparison: amounts that rest on a slip would mislead."""
    presenters = [present_verdict(form) for form in forms]
    for asked, presenter in zip(sides, presenters, strict=True):
        if question := ask_about_pay(presenter):
            context = {"question": question, "choices": _list_choices(question, asked.side, sides)}
            return render(request, "calculator/compare_question.html", context)
    words = present_comparison(*presenters)
    page = page_at(request, title=words.title, description=words.description)
    if words.shared_query:
        page = replace(page, address=f"{page.address}?{words.shared_query}")
    if words.image:
        image = request.build_absolute_uri(words.image)
        page = replace(page, image=image, image_alt=f"{words.title}: both on one scale.")
    published = forms[0].published if forms[0].published is forms[1].published else None
    context = {
        "page": page,
        "words": words,
        "form": present_sides(sides),
        "published": published,
        "same_edition": _in_one_edition(forms),
    }
    return render(request, "calculator/compare.html", context)


def _list_choices(question: PayQuestion, side: Side, sides: tuple[AskedSide, AskedSide]) -> list[tuple[str, str]]:
    """The question's answers, each with the comparison that it leads to; where no other pay is likely, its verdict."""
    choices = []
    for choice in question.choices:
        answered = choice.address.partition("?")[2]
        queries = [answered if asked.side is side else asked.query for asked in sides]
        choices.append((choice.text, f"{reverse('calculator:compare')}?{write_comparison(*queries)}"))
    if len(choices) < 2:
        query = next(asked.query for asked in sides if asked.side is side)
        choices.insert(0, ("Enter other pay", f"{reverse('calculator:verdict')}?{query}"))
    return choices


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


def as_comparison(
    response: HttpResponse, profiles: list[Profile], published: list[PublishedEdition], tag: str
) -> HttpResponse:
    """Private as soon as one side has a salary in it; both editions are named to caches."""
    private = next((profile for profile in profiles if not isinstance(profile.pay, PayLevel)), profiles[0])
    response = as_verdict(response, private, published[0], tag)
    if "Surrogate-Key" in response.headers:
        editions = dict.fromkeys(f"edition-{each.number}" for each in published)
        response.headers["Surrogate-Key"] = " ".join(["verdict", *editions])
    return response
