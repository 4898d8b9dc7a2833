"""From the places and the pays of a form to the comparison of two verdicts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from calculator.engine.market import find_market
from calculator.engine.profile import PayLevel
from calculator.forms import VerdictForm
from calculator.money_input import MAX_ANSWER_CHARACTERS
from calculator.presenters.compare_form import TypedSide, present_compare_form
from calculator.presenters.form import FormPresenter
from calculator.query import Name, Side, write_comparison, write_query
from calculator.query_repair import repair_comparison
from calculator.views.compare import ask_for_sides, present_sides, read_sides, refuse_sides
from earnverdict.http import forbid_storing, read_only
from skills.editions.site_state import site_state
from skills.views.missing_edition import explain_missing_edition


@dataclass(frozen=True, slots=True, kw_only=True)
class SideChange:
    """What one side is changed to; what is blank stays."""

    typed: TypedSide
    skills: tuple[str, ...] = ()


@read_only
@explain_missing_edition
def compare_with(request: HttpRequest) -> HttpResponse:
    """From one verdict or two, and what is to differ from them, to the comparison; it asks for what is missing.

    The places and pays are those of both sides in their order, or of the second alone.
    """
    has_answers = not {Name.LOCATION, Name.SALARY, Name.EXPERIENCE, Name.SKILL}.isdisjoint(request.GET)
    # What follows a side is the form's own, and else what was not escaped of the side.
    sides = read_sides(request.GET if has_answers else repair_comparison(request.GET, request.META["QUERY_STRING"]))
    if any(side.mistakes for side in sides):
        return refuse_sides(request, sides)
    if not has_answers:
        if all(side.form for side in sides):
            return _show_comparison([side.query for side in sides])
        return ask_for_sides(request, present_sides(sides))
    changes = _read_changes(request.GET)
    forms = _change_sides({side.side: side.form for side in sides}, changes)
    if all(form.is_valid() for form in forms.values()):
        return _show_comparison([write_query(form.profile(), form.published.number) for form in forms.values()])
    typed = {side: change.typed for side, change in changes.items()}
    queries = {side.side: side.query for side in sides}
    words = present_compare_form(queries, forms, typed, lambda side, answers: _with_answers(request, side, answers))
    return ask_for_sides(request, words)


def _show_comparison(queries: list[str]) -> HttpResponse:
    return forbid_storing(HttpResponseRedirect(f"{reverse('calculator:compare')}?{write_comparison(*queries)}"))


def _read_changes(query: QueryDict) -> dict[Side, SideChange]:
    """Read what was typed for each side; one place, one pay and years of work are the second side's."""
    places, pays = query.getlist(Name.LOCATION), query.getlist(Name.SALARY)
    skills = tuple(slug for slug in query.getlist(Name.SKILL) if slug.strip())
    if max(len(places), len(pays)) < len(Side):
        places, pays = ["", *places], ["", *pays]
    texts = [_read_text(places, 0), _read_text(pays, 0)], [_read_text(places, 1), _read_text(pays, 1)]
    first, second = (TypedSide(place=place, pay=pay) for place, pay in texts)
    if Name.EXPERIENCE in query:
        second = replace(second, experience=_read_text(query.getlist(Name.EXPERIENCE), -1))
    return {Side.A: SideChange(typed=first), Side.B: SideChange(typed=second, skills=skills)}


def _read_text(texts: list[str], index: int) -> str:
    return texts[index].replace("\x00", "").strip()[: MAX_ANSWER_CHARACTERS + 1] if index < len(texts) else ""


def _change_sides(bases: dict[Side, VerdictForm | None], changes: dict[Side, SideChange]) -> dict[Side, VerdictForm]:
    """Change each side; a second side that is new begins with the answers of the first, and must differ from it."""
    base, other = bases[Side.A], bases[Side.B]
    first = _change(base, changes[Side.A]) if base else _begin(changes[Side.A])
    if other or not (base and first.is_valid()):
        second = _change(other, changes[Side.B]) if other else _begin(changes[Side.B])
        return {Side.A: first, Side.B: second}
    second = _change(first, changes[Side.B])
    if second.is_valid() and second.profile() == first.profile():
        second.add_error(
            "location", "Nothing differs yet. Name another place, other pay, other years of work or other skills."
        )
    return {Side.A: first, Side.B: second}


def _begin(change: SideChange) -> VerdictForm:
    """A side without a verdict: all skills, and the middle of pay there where no pay is given."""
    pay = {Name.SALARY.value: change.typed.pay} if change.typed.pay else {Name.PAY.value: PayLevel.P50.value}
    query = QueryDict(mutable=True)
    query.update({Name.LOCATION.value: change.typed.place, **pay})
    return VerdictForm(query, site_state.edition())


def _change(form: VerdictForm, change: SideChange) -> VerdictForm:
    """The form's answers with another place, pay, years of work or skills, in the same edition."""
    query = QueryDict(write_query(form.profile(), form.published.number), mutable=True)
    if change.typed.place:
        query[Name.LOCATION] = change.typed.place
        query.pop(Name.TOWN, None)
    if change.typed.experience is not None:
        query[Name.EXPERIENCE] = change.typed.experience
    if change.skills:
        query.setlist(Name.SKILL, list(change.skills))
    # The page shows the pay: as long as nobody changes it, it was not given for another place.
    pay = "" if change.typed.pay == FormPresenter(form).salary else change.typed.pay
    if pay:
        query[Name.SALARY] = pay
        query.pop(Name.PAY, None)
    other = VerdictForm(query, form.published)
    if not _has_other_currency(form, other):
        return other
    query.pop(Name.HOUR, None)
    other = VerdictForm(query, form.published)
    return other if pay else _take_pay_level(form, other)


def _has_other_currency(form: VerdictForm, other: VerdictForm) -> bool:
    """Whether pay at the other's place is counted in another currency; not until the place is understood."""
    own = form.published.edition.places[form.profile().location]
    return other.place is not None and other.place.currency != own.currency


def _take_pay_level(form: VerdictForm, other: VerdictForm) -> VerdictForm:
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


def _with_answers(request: HttpRequest, side: Side, answers: TypedSide) -> str:
    """The address of the same form with other answers on one side."""
    query, changes = request.GET.copy(), _read_changes(request.GET)
    typed = [answers if each is side else change.typed for each, change in changes.items()]
    query.setlist(Name.LOCATION, [each.place for each in typed])
    query.setlist(Name.SALARY, [each.pay for each in typed])
    if typed[-1].experience is not None:
        query[Name.EXPERIENCE] = typed[-1].experience
    return f"{reverse('calculator:compare_with')}?{query.urlencode()}"
