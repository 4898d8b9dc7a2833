"""The visitor's answers, read from a query: understood one by one, then together as a profile."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from calculator.engine.edition import Place
from calculator.engine.market import find_market
from calculator.engine.profile import (
    EVIDENCE,
    EXPERIENCE_YEARS,
    HORIZON_YEARS,
    INPUTS,
    MAX_SKILLS,
    ODDS_PERCENT,
    WEEKLY_HOURS,
    PayLevel,
    Profile,
)
from calculator.form_fields import ChoiceField, OptionField, SlugsField, TextField, WholeField, refuse_several
from calculator.money_input import (
    PERIODS,
    YEAR,
    TypedMoney,
    UnclearPay,
    Unreadable,
    parse_hour_value,
    parse_salary,
)
from calculator.pay_check import is_far_out, is_likelier_a_month
from calculator.place_input import PlaceFormMixin
from calculator.presenters.headline import EVIDENCE_LABELS
from calculator.presenters.pay_input import describe_mistake, describe_other_currency, is_foreign
from calculator.query import PERIOD, SALARY_CURRENCY, Name, names_other_currency, parse_study, write_amount
from calculator.skill_input import check_count, check_skills, merge_study_hours, write_slugs
from calculator.starting_sets import AddedSet, add_set
from earnverdict.formatting import describe_currency, plural
from skills.editions.document import PublishedEdition
from skills.places.meaning import Meaning
from skills.places.names import add_article

#: The answers that are one text each.
_PLAIN = (Name.SALARY, PERIOD, Name.LOCATION, Name.TOWN, *(Name(spec.name) for spec in INPUTS), Name.PAY)


class VerdictForm(PlaceFormMixin, forms.Form):
    """Every parameter of a verdict's address, understood against one edition."""

    period = OptionField({each.name: each.label for each in PERIODS}, label="Period", is_short=True)
    salary = TextField(keyboard="decimal", label="Your pay before tax")
    location = TextField(label="Where you are paid", help_text="city or country")
    town = TextField()
    have = SlugsField(label="What you know already", help_text="if any")
    hours = WholeField(WEEKLY_HOURS, label="Hours of study a week")
    years = WholeField(HORIZON_YEARS, label="Years to look ahead")
    odds = WholeField(
        ODDS_PERCENT, label="How likely is it that you get paid for it?", hint="in %, ", what="How likely it is"
    )
    experience = WholeField(EXPERIENCE_YEARS, label="Years of work", hint="if you like, ")
    hour = TextField(keyboard="decimal", is_short=True, label="What an hour of your own is worth")
    skill = SlugsField(label="Skills to compare", help_text=f"up to {MAX_SKILLS}; none means all")
    evidence = ChoiceField(EVIDENCE, EVIDENCE_LABELS, label="Which evidence counts")
    study = SlugsField(label="Your own study hours", help_text="where you know better than we do")
    pay = TextField()

    def __init__(self, query: QueryDict, published: PublishedEdition, *, is_submitted: bool = True) -> None:
        self.added_set: AddedSet | None = None
        if not is_submitted:
            query, self.added_set = add_set(query, published.edition)
        query = write_slugs(query, published)
        self.query = query
        self.answers = merge_study_hours(query)
        typed = {name: query[name] for name in map(str, _PLAIN) if name in query}
        super().__init__(self.answers if is_submitted else None, initial=typed)
        self.published = published
        #: The pay that may be meant: what a mistake offers to choose.
        self.pay_meant: tuple[TypedMoney, ...] = ()
        #: The place that pay is asked about because it is counted in another currency there.
        self.moved_to: Place | None = None
        self._meaning: Meaning | None = None
        self._unreadable_pay: Unreadable | None = None

    def mistakes(self) -> dict[str, list[str]]:
        """What is wrong with each field, in the order of the fields."""
        return {name: [str(error) for error in self.errors[name]] for name in self.fields if name in self.errors}

    def profile(self) -> Profile:
        """What the engine takes, once the form is valid."""
        return self._profile

    @cached_property
    def _profile(self) -> Profile:
        return Profile(
            pay=self.cleaned_data["pay_given"],
            location=self.cleaned_data["location"].slug,
            town=self.meaning.area if self.meaning else "",
            skills=self.cleaned_data["skill"],
            held=self.cleaned_data["have"],
            study_hours=self.cleaned_data["study"],
            confirmed_pay=self._confirmed_pay(),
            **{spec.attribute: self.cleaned_data[spec.name] for spec in INPUTS},
        )

    def _confirmed_pay(self) -> float | None:
        """Pay that the visitor has called right: an answer to a question about this pay, and about no other.

        Pay whose period was named is not asked about as if it might be a month's.
        """
        pay = self.cleaned_data["pay_given"]
        if isinstance(pay, PayLevel):
            return None
        is_same = self.query.get(Name.SURE, "").strip() == write_amount(pay)
        is_here = not names_other_currency(self.query, self.cleaned_data["location"].currency)
        return float(pay) if (is_same and is_here) or self._is_period_named_for(pay) else None

    def _is_period_named_for(self, pay: float) -> bool:
        """Whether the period was named of pay that would be likelier as a month's, and is likely enough as a year's."""
        if self.cleaned_data["salary"].period is None:
            return False
        market = find_market(self.cleaned_data["location"].slug, pay, self.published.edition)
        return market is not None and is_likelier_a_month(market) and not is_far_out(market)

    def clean_salary(self) -> TypedMoney | None:
        """Pay a year. A period that nobody chose leaves it to what was typed with the amount."""
        refuse_several(self.query, Name.SALARY, "There are two amounts of pay here. Enter one.")
        text = self.cleaned_data["salary"]
        if not text:
            return None
        chosen = self.cleaned_data.get("period") if self.query.get(PERIOD) else None
        period = next((each for each in PERIODS if each.name == chosen and each != YEAR), None)
        try:
            return parse_salary(text, period)
        except Unreadable as error:
            self._unreadable_pay = error
            return None

    def clean_hour(self) -> TypedMoney | None:
        text = self.cleaned_data["hour"]
        try:
            return parse_hour_value(text) if text else None
        except Unreadable as error:
            raise ValidationError(str(error)) from None

    def clean_location(self) -> Place:
        if not self.cleaned_data["location"]:
            raise ValidationError("Enter the city, region or country that you are paid in.")
        self._meaning = self.read_place(Name.LOCATION, Name.TOWN)
        return self._meaning.place

    def clean_skill(self) -> tuple[str, ...]:
        return check_skills(self.cleaned_data["skill"], self.published)

    def clean_have(self) -> tuple[str, ...]:
        return check_skills(self.cleaned_data["have"], self.published)

    def clean_study(self) -> tuple[tuple[str, int], ...]:
        check_count(self.cleaned_data["study"], self.published)
        try:
            hours = dict(parse_study(text) for text in self.cleaned_data["study"])
        except Unreadable as error:
            raise ValidationError(str(error)) from None
        check_skills(hours, self.published)
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
            is_dropped = place and not hour.sign and names_other_currency(self.query, place.currency)
            answers["hour"] = None if is_dropped else hour.amount
            if place and is_foreign(hour, place):
                self._add_currency_error(Name.HOUR, hour, place)
        considered: tuple[str, ...] = ()
        if "skill" in answers and "have" in answers:
            chosen, named = answers["skill"], answers["have"]
            considered = self._find_considered(chosen, named)
            answers["skill"] = considered if chosen else None
            self._check_considered(considered, chosen, named)
        if "study" in answers:
            answers["study"] = tuple(pair for pair in answers["study"] if pair[0] in considered)
        return answers

    def _check_pay(self, salary: TypedMoney | None, level: PayLevel | None, place: Place | None) -> None:
        """A salary beats a pay level."""
        if error := self._unreadable_pay:
            self.pay_meant = error.readings if isinstance(error, UnclearPay) else ()
            self.add_error("salary", describe_mistake(error, place, self.published.edition))
        elif salary is None and level is None:
            if not {"salary", "pay"} & set(self.errors):
                self.add_error("salary", "Enter your pay before tax.")
        else:
            self.cleaned_data["pay_given"] = salary.amount if salary else level
        if salary and place and is_foreign(salary, place):
            self.pay_meant = (salary,)
            self._add_currency_error(Name.SALARY, salary, place)
        elif salary and place and not salary.sign:
            self._check_moved_pay(salary, place)

    def _check_moved_pay(self, salary: TypedMoney, place: Place) -> None:
        """A salary in the currency of the place that the visitor has just left is not one in the new place's.

        Where no pay is known there, no amount is shown.
        """
        left, edition = self.query.get(SALARY_CURRENCY, ""), self.published.edition
        is_counted = left in edition.rates and find_market(place.slug, PayLevel.P50, edition) is not None
        if left == place.currency or not is_counted:
            return
        self.pay_meant = (replace(salary, sign=left, currencies=frozenset({left})),)
        self.moved_to = place
        label = add_article(self.published.places.label(place.slug))
        counted = f"Pay in {label} is counted in {describe_currency(place.currency)}."
        self.add_error(Name.LOCATION, f"{counted} What is yours there?")

    def _add_currency_error(self, name: Name, typed: TypedMoney, place: Place) -> None:
        label = add_article(self.published.places.label(place.slug))
        self.add_error(name, describe_other_currency(typed, place, label, self.published.edition))

    def _find_considered(self, chosen: tuple[str, ...], named: tuple[str, ...]) -> tuple[str, ...]:
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
            self.add_error("skill", describe_too_many(len(considered)))

    @property
    def meaning(self) -> Meaning | None:
        """What the place means, once it is understood."""
        if not self.is_bound:
            return self._typed_meaning
        return None if self.errors.get(Name.LOCATION) else self._meaning

    @cached_property
    def _typed_meaning(self) -> Meaning | None:
        found = self.published.places.find(self.read_text(Name.LOCATION))
        return self.add_town(found.meanings[0], Name.TOWN) if found.is_clear else None

    @property
    def place(self) -> Place | None:
        """The place whose pay answers, once it is understood."""
        return self.meaning.place if self.meaning else None


def describe_too_many(count: int) -> str:
    """What is wrong with so many chosen skills."""
    return f"You chose {plural(count, 'skill')}; compare up to {MAX_SKILLS}."
