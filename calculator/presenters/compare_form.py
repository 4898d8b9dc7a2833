"""The form of a comparison: the place and the pay of each side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.http import QueryDict

from calculator.engine.profile import EXPERIENCE_YEARS, PayLevel
from calculator.forms import VerdictForm
from calculator.presenters.form import FormPresenter
from calculator.presenters.skill_picker import SkillOption
from calculator.query import Name, Side
from earnverdict.formatting import money
from earnverdict.paths import path_of
from skills.places.meaning import Meaning

_NAMES = {Side.A: "The first", Side.B: "The second"}
_SAME_PAY = "Leave it empty for the same pay. In another currency we take the nearest pay level."
_MIDDLE = "Leave it empty for the middle of pay there."


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSide:
    """What was typed for one side. `experience` is None where years of work were not asked for."""

    place: str = ""
    pay: str = ""
    experience: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideFields:
    """One side's fields, filled in, with what is wrong with them and the places and the pay that may be meant."""

    side: Side
    name: str
    place: str
    pay: str
    pay_hint: str
    experience: str
    experience_hint: str
    place_errors: tuple[str, ...]
    pay_errors: tuple[str, ...]
    experience_errors: tuple[str, ...]
    place_choices: tuple[tuple[str, str], ...]
    pay_choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareForm:
    """The sides to fill in. `hidden` are the queries of the verdicts that are there, `given` names the one of them.

    `skills` may be chosen for the second side as long as there is none; it may be a verdict's address then, too.
    """

    title: str
    given: str
    sides: tuple[SideFields, ...]
    hidden: tuple[tuple[str, str], ...]
    back: str
    skills: tuple[SkillOption, ...]
    ticked: Collection[str]
    skill_errors: tuple[str, ...]

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """Everything that is wrong, in the order of the fields: each field's id and what is wrong with it."""
        found = []
        for each in self.sides:
            found += [(f"place-{each.side}", error) for error in each.place_errors]
            found += [(f"pay-{each.side}", error) for error in each.pay_errors]
            found += [(f"experience-{each.side}", error) for error in each.experience_errors]
        return [*found, *(("compare-skills", error) for error in self.skill_errors)]


def present_compare_form(
    queries: Mapping[Side, str],
    forms: Mapping[Side, VerdictForm],
    typed: Mapping[Side, TypedSide] = MappingProxyType({}),
    address_with: Callable[[Side, TypedSide], str] = lambda side, answers: "",
) -> CompareForm:
    """`queries` are the verdicts that are there already, `forms` the sides as far as they are understood.

    A verdict that is there alone needs no fields: the other side is asked for. `typed` is shown as it is;
    `address_with` is the address of the same form with other answers on one side.
    """
    given = [side for side in Side if queries[side]]
    is_one = len(given) == 1
    new = forms.get(Side.B) if is_one else None
    picker = FormPresenter(new or forms[Side.A]) if is_one else None
    errors = new.errors if new else {}
    years = _write_years(forms[Side.A]) if is_one else ""
    asked = [Side.B] if is_one else list(Side)
    return CompareForm(
        title="Compare with another place or pay" if given else "Compare two places or two people",
        given=_describe(forms[Side.A]) if is_one else "",
        sides=tuple(
            [_fill_side(side, queries, forms.get(side), typed.get(side), years, address_with) for side in asked]
        ),
        hidden=tuple([(side.value, queries[side]) for side in given]),
        back=f"{path_of('calculator:verdict')}?{queries[Side.A]}" if is_one else "",
        skills=picker.skill_options if picker else (),
        ticked=picker.find_ticked(Name.SKILL) if picker else (),
        skill_errors=tuple([str(error) for name in (Name.SKILL, Name.HAVE) for error in errors.get(name, [])]),
    )


def _describe(form: VerdictForm) -> str:
    """Name the place and the pay of a valid form."""
    shown, pay = FormPresenter(form), form.profile().pay
    if isinstance(pay, PayLevel):
        return f"{shown.location}, {shown.pay_level_text}"
    place = form.published.edition.places[form.profile().location]
    return f"{shown.location}, {money(place.currency).whole(pay)} a year"


def _fill_side(
    side: Side,
    queries: Mapping[Side, str],
    form: VerdictForm | None,
    typed: TypedSide | None,
    years: str,
    address_with: Callable[[Side, TypedSide], str],
) -> SideFields:
    """Show what was typed, else the answers of the verdict that is there."""
    shown, is_new = FormPresenter(form) if form else None, not queries[side]
    answers = typed or TypedSide()
    place, pay, experience = answers.place, answers.pay, answers.experience
    hint = _SAME_PAY if any(queries.values()) else _MIDDLE
    if shown and not is_new:
        place, pay = place or shown.location, pay or shown.salary
        hint = f"Without an amount: {shown.pay_level_text}." if shown.pay_level_text else ""
    return SideFields(
        side=side,
        name=_NAMES[side],
        place=place,
        pay=pay,
        pay_hint=hint,
        experience=years if experience is None else experience,
        experience_hint=f"if known, {EXPERIENCE_YEARS.low} to {EXPERIENCE_YEARS.high}",
        place_errors=tuple(shown.find_errors(Name.LOCATION)) if shown else (),
        pay_errors=tuple(shown.find_errors(Name.SALARY)) if shown else (),
        experience_errors=tuple(shown.find_errors(Name.EXPERIENCE)) if shown else (),
        place_choices=tuple(
            [
                (each.label, address_with(side, replace(answers, place=each.label if each.area else each.place.slug)))
                for each in _places_meant(form)
            ]
        ),
        pay_choices=tuple(
            [
                (each.label, address_with(side, replace(answers, pay=amount)))
                for each in (shown.pay_choices if shown else ())
                if (amount := QueryDict(each.query).get(Name.SALARY, ""))
            ]
        ),
    )


def _write_years(form: VerdictForm) -> str:
    """The years of work of a valid form, "" if they are not given. Another side begins with them, and shows them."""
    years = form.profile().experience_years
    return "" if years is None else str(years)


def _places_meant(form: VerdictForm | None) -> tuple[Meaning, ...]:
    """The places that may be meant where what was typed is not clear."""
    return form.places_meant if form and form.errors else ()
