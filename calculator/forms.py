"""The visitor's answers, read from a query: understood one by one, then together as a profile."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from calculator.engine.edition import WORLDWIDE, EvidenceChoice, Place
from calculator.engine.profile import (
    DEFAULT_EVIDENCE,
    EXPERIENCE_YEARS,
    HORIZON_YEARS,
    INPUTS,
    MAX_SKILLS,
    ODDS_PERCENT,
    WEEKLY_HOURS,
    PayLevel,
    Profile,
)
from calculator.form_fields import SlugsField, TextField, WholeField
from calculator.money_input import TypedMoney, Unreadable, parse_hour_value, parse_salary
from calculator.presenters.headline import EVIDENCE_LABELS
from calculator.presenters.skill_picker import SkillOption, premium_note, skill_lines, skill_options
from calculator.query import STUDY_PREFIX, Name, parse_study, write_amount
from calculator.starting_sets import StartingSet, offered_sets, with_set
from earnverdict.formatting import currency_symbol, describe_currency, group, money
from skills.editions.document import PublishedEdition

MAX_ANSWER_CHARACTERS = TextField.longest
#: The answers that are one text each.
_PLAIN = (Name.SALARY, Name.LOCATION, *(Name(spec.name) for spec in INPUTS), Name.EVIDENCE, Name.PAY)
#: The answers beyond the first three.
_FINER = (Name.HAVE, *(Name(spec.name) for spec in INPUTS), Name.EVIDENCE, Name.STUDY)
_UNKNOWN_PLACE = "We do not know “{typed}”. Try the nearest larger city, or the country in English."
_NEAR_PLACES = "We do not know “{typed}”. Did you mean one of the places below?"
_SEVERAL_PLACES = "“{typed}” may be several places. Choose one below, or add the country."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChoice:
    """A place that may be meant by what was typed, with the query that takes it."""

    label: str
    query: str


class VerdictForm(forms.Form):
    """Every parameter of a verdict's address, understood against one edition."""

    salary = TextField(required=False, label="Your pay a year, before tax")
    location = TextField(required=False, label="Where you are paid")
    skill = SlugsField(required=False, label="Skills to choose from")
    have = SlugsField(required=False, label="Skills you have already")
    hours = WholeField(WEEKLY_HOURS, what="Hours a week", label="Study hours a week")
    years = WholeField(HORIZON_YEARS, what="Years", label="Years to look ahead")
    odds = WholeField(ODDS_PERCENT, what="The odds", label="How likely you think it that you get paid for it, in %")
    experience = WholeField(EXPERIENCE_YEARS, what="Years of work", label="Years of work")
    hour = TextField(required=False, label="What an hour of your own is worth")
    evidence = TextField(required=False, initial=DEFAULT_EVIDENCE.value, label="Evidence to count")
    study = SlugsField(required=False, label="Your own study hours")
    pay = TextField(required=False)

    max_skills = MAX_SKILLS

    def __init__(self, query: QueryDict, published: PublishedEdition, *, is_submitted: bool = True) -> None:
        self.query = query if is_submitted else with_set(query, published.edition)
        self.answers = _with_study_hours(self.query)
        typed = {name.value: query[name] for name in _PLAIN if name in query}
        super().__init__(self.answers if is_submitted else None, initial=typed)
        self.published = published
        self.place_choices: tuple[PlaceChoice, ...] = ()

    def profile(self) -> Profile:
        """What the engine takes, once the form is valid."""
        return Profile(
            pay=self.cleaned_data["pay_given"],
            location=self.cleaned_data["location"].slug,
            skills=self.cleaned_data["skill"],
            held=self.cleaned_data["have"],
            evidence=self.cleaned_data["evidence"],
            study_hours=self.cleaned_data["study"],
            confirmed_pay=self._confirmed_pay(),
            **{spec.attribute: self.cleaned_data[spec.name] for spec in INPUTS},
        )

    def _confirmed_pay(self) -> float | None:
        """Pay that the visitor has called right: an answer to a question about this pay, and about no other."""
        pay = self.cleaned_data["pay_given"]
        is_same = not isinstance(pay, PayLevel) and self.query.get(Name.SURE, "").strip() == write_amount(pay)
        return float(pay) if is_same else None

    @cached_property
    def skill_groups(self) -> list[tuple[str, list[SkillOption]]]:
        """The edition's skills by category, each with whether it is chosen or held."""
        chosen, held = self._ticked(Name.SKILL), self._ticked(Name.HAVE)
        return skill_options(
            skill_lines(self.published.edition, self._region), chosen=chosen, held=held, own_hours=self._own_hours()
        )

    @cached_property
    def chosen_options(self) -> list[SkillOption]:
        return [option for _, options in self.skill_groups for option in options if option.is_chosen]

    @property
    def study_options(self) -> list[SkillOption]:
        """The skills to give own study hours for: the chosen ones. Where all are considered these are all that are not
        held; before there is a verdict, those that have hours already.
        """
        options = [option for _, options in self.skill_groups for option in options]
        return self.chosen_options or [
            option for option in options if option.own_hours or (self.is_bound and not option.is_held)
        ]

    def has_too_many(self) -> bool:
        return len(self.chosen_options) > MAX_SKILLS

    def hour_hint(self) -> str:
        """What an hour of one's own counts as where nothing is said of it."""
        constants = self.published.edition.constants
        share, hours = constants.free_hour_share, constants.paid_hours_per_year
        return f"Empty: {share:.0%} of your hourly pay, which is pay ÷ {hours:,.0f} ÷ {1 / share:g}. 0 is an answer."

    def premium_note(self) -> str:
        return premium_note(self._region)

    def starting_sets(self) -> tuple[StartingSet, ...]:
        return offered_sets(self.published.edition)

    def location_shown(self) -> str:
        """The place's full name once it is understood, else what was typed."""
        typed = str(self["location"].value() or "")
        return self.published.places.label(self.place.slug) if self.is_bound and self.place else typed

    def salary_shown(self) -> str:
        """Pay in groups of digits, as the place's currency is read; what is not fully understood stays as typed."""
        typed = str(self["salary"].value() or "")
        try:
            pay = parse_salary(typed)
        except Unreadable:
            return typed
        place = self.place
        if Name.SALARY in self.errors or not pay.amount.is_integer() or (pay.sign and not (self.is_bound and place)):
            return typed
        if place is None:
            return group(pay.amount)
        return money(place.currency).whole(pay.amount).removeprefix(currency_symbol(place.currency))

    def pay_errors(self) -> list[str]:
        """Salary and pay level are one question to the visitor."""
        return [str(error) for name in (Name.SALARY, Name.PAY) for error in self.errors.get(name, [])]

    def pay_level(self) -> str:
        """The level that answers in place of a salary, kept while other answers change."""
        return "" if self.salary_shown() else str(self["pay"].value() or "")

    def evidence_options(self) -> list[tuple[str, str, bool]]:
        chosen = str(self["evidence"].value() or DEFAULT_EVIDENCE.value)
        return [(choice.value, label, choice.value == chosen) for choice, label in EVIDENCE_LABELS.items()]

    def has_refined(self) -> bool:
        """Whether an answer beyond the first three was given or is wrong."""
        plain = {name: ("", str(self.fields[name].initial or "")) for name in _FINER}
        return any(name in self.errors or self.answers.get(name, "") not in plain[name] for name in _FINER)

    def clean_salary(self) -> TypedMoney | None:
        return _money_of(self.cleaned_data["salary"], parse_salary)

    def clean_hour(self) -> TypedMoney | None:
        return _money_of(self.cleaned_data["hour"], parse_hour_value)

    def clean_location(self) -> Place:
        typed = self.cleaned_data["location"]
        if not typed:
            raise ValidationError("Enter the city, region or country that you are paid in.")
        found = self.published.places.find(typed)
        if found.is_clear:
            return found.places[0]
        self.place_choices = tuple(self._place_choice(place) for place in found.places)
        offer = _NEAR_PLACES if found.is_guess else _SEVERAL_PLACES
        raise ValidationError((offer if found.places else _UNKNOWN_PLACE).format(typed=typed))

    def clean_skill(self) -> tuple[str, ...]:
        return self._known_skills(self.cleaned_data["skill"])

    def clean_have(self) -> tuple[str, ...]:
        return self._known_skills(self.cleaned_data["have"])

    def clean_evidence(self) -> EvidenceChoice:
        text = self.cleaned_data["evidence"] or DEFAULT_EVIDENCE.value
        if text not in set(EvidenceChoice):
            raise ValidationError("Choose measured, all or headline.")
        return EvidenceChoice(text)

    def clean_study(self) -> tuple[tuple[str, int], ...]:
        self._check_count(self.cleaned_data["study"])
        try:
            hours = dict(parse_study(text) for text in self.cleaned_data["study"])
        except Unreadable as error:
            raise ValidationError(str(error)) from None
        self._known_skills(hours)
        return tuple(sorted(hours.items()))

    def clean_pay(self) -> PayLevel | None:
        text = self.cleaned_data["pay"].lower()
        if text and text not in set(PayLevel):
            raise ValidationError("The pay level must be p10, p25, p50, p75 or p90.")
        return PayLevel(text) if text else None

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        place = answers.get("location")
        self._check_pay(answers.get("salary"), answers.get("pay"), place)
        if hour := answers.get("hour"):
            answers["hour"] = hour.amount
            self._check_currency(Name.HOUR, hour, place)
        considered: tuple[str, ...] = ()
        if "skill" in answers and "have" in answers:
            chosen, named = answers["skill"], answers["have"]
            considered = self._considered(chosen, named)
            answers["skill"] = considered if chosen else None
            self._check_considered(considered, chosen, named)
        if "study" in answers:
            answers["study"] = tuple(pair for pair in answers["study"] if pair[0] in considered)
        return answers

    def _check_pay(self, salary: TypedMoney | None, level: PayLevel | None, place: Place | None) -> None:
        """A salary beats a pay level."""
        if salary is None and level is None:
            if not {"salary", "pay"} & set(self.errors):
                self.add_error("salary", "Enter your pay a year, before tax.")
            return
        self.cleaned_data["pay_given"] = salary.amount if salary else level
        if salary:
            self._check_currency(Name.SALARY, salary, place)

    def _check_currency(self, name: Name, typed: TypedMoney, place: Place | None) -> None:
        """A currency sign must be one of the place's currency."""
        if place and typed.sign and place.currency not in typed.currencies:
            label, currency = self.published.places.label(place.slug), describe_currency(place.currency)
            sign = typed.sign.upper() if typed.sign.isascii() and typed.sign.isalpha() else typed.sign
            self.add_error(name, f"Pay in {label} is counted in {currency}, but you typed {sign}.")

    def _considered(self, chosen: tuple[str, ...], named: tuple[str, ...]) -> tuple[str, ...]:
        """The chosen skills, or all, without the held ones: those named and what they require."""
        edition = self.published.edition
        held = edition.with_prerequisites(named)
        return tuple(slug for slug in chosen or sorted(edition.skills) if slug not in held)

    def _check_considered(self, considered: tuple[str, ...], chosen: tuple[str, ...], named: tuple[str, ...]) -> None:
        if not considered and not chosen:
            self.add_error("have", "You have all the skills there are. Take away at least one to learn.")
        elif not considered:
            why = "" if set(chosen).issubset(named) else ": what a skill you have requires counts as yours too"
            advice = "Choose at least one that you do not have yet."
            self.add_error("have", f"You have all the skills you chose{why}. {advice}")
        elif chosen and len(considered) > MAX_SKILLS:
            message = f"You chose {len(considered)} skills; {MAX_SKILLS} are the most. Take some away."
            self.add_error("skill", message)

    def _ticked(self, name: Name) -> set[str]:
        return set(self.query.getlist(name))

    def _own_hours(self) -> dict[str, str]:
        """Own study hours as typed, by slug."""
        texts = self.answers.getlist(Name.STUDY)
        return {slug: hours for slug, _, hours in (text.rpartition(":") for text in texts)}

    @cached_property
    def place(self) -> Place | None:
        """The place, once it is understood."""
        if self.is_bound:
            place: Place | None = None if self.errors.get(Name.LOCATION) else self.cleaned_data["location"]
            return place
        found = self.published.places.find(str(self["location"].value() or "")[:MAX_ANSWER_CHARACTERS])
        return found.places[0] if found.is_clear else None

    @property
    def _region(self) -> str:
        """Where premiums are told for: worldwide until the place is understood."""
        return self.place.region if self.place else WORLDWIDE

    def _check_count(self, slugs: Collection[str]) -> None:
        """More skills than there are include unknown ones: to look at each would take time and help nobody."""
        most = len(self.published.edition.skills)
        if len(slugs) > most:
            raise ValidationError(f"You named {len(slugs)} skills; edition {self.published.number} has {most}.")

    def _known_skills(self, slugs: Collection[str]) -> tuple[str, ...]:
        self._check_count(slugs)
        known = self.published.edition.skills
        for slug in slugs:
            if slug not in known:
                near = get_close_matches(slug[:60], known, n=1)
                advice = f"Did you mean {known[near[0]].name}?" if near else "Choose others."
                raise ValidationError(f"“{slug[:60]}” is not a skill of edition {self.published.number}. {advice}")
        return tuple(slugs)

    def _place_choice(self, place: Place) -> PlaceChoice:
        query = self.query.copy()
        query[Name.LOCATION] = place.slug
        return PlaceChoice(label=self.published.places.label(place.slug), query=query.urlencode())


def _money_of(text: str, parse: Callable[[str], TypedMoney]) -> TypedMoney | None:
    """An amount as typed; None where nothing was."""
    if not text:
        return None
    try:
        return parse(text)
    except Unreadable as error:
        raise ValidationError(str(error)) from None


def _with_study_hours(query: QueryDict) -> QueryDict:
    """`study.kubernetes=90` is another spelling of `study=kubernetes:90`; a blank one says nothing."""
    spelled = [
        f"{name.removeprefix(STUDY_PREFIX)}:{query[name]}"
        for name in query
        if name.startswith(STUDY_PREFIX) and str(query[name]).strip()
    ]
    if not spelled:
        return query
    merged = QueryDict(mutable=True)
    for name, values in query.lists():
        if not name.startswith(STUDY_PREFIX):
            merged.setlist(name, values)
    merged.setlist(Name.STUDY, [*query.getlist(Name.STUDY), *spelled])
    return merged
