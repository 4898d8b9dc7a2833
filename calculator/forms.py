"""The visitor's answers, read from a query: understood one by one, then together as a profile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString

from calculator.engine.edition import EvidenceChoice, Place
from calculator.engine.profile import (
    EXPERIENCE_YEARS,
    HORIZON_YEARS,
    INPUTS,
    MAX_SKILLS,
    ODDS_PERCENT,
    WEEKLY_HOURS,
    PayLevel,
    Profile,
)
from calculator.form_fields import OptionField, SlugsField, TextField, WholeField
from calculator.money_input import (
    MONTH,
    PERIODS,
    YEAR,
    TwoPeriods,
    TypedMoney,
    Unreadable,
    parse_hour_value,
    parse_salary,
)
from calculator.presenters.headline import EVIDENCE_LABELS
from calculator.presenters.pay_levels import LEVEL_SHARES
from calculator.presenters.skill_picker import SkillOption, skill_boxes, skill_options
from calculator.query import PERIOD, STUDY_PREFIX, WAS, Name, parse_study, write_amount
from calculator.starting_sets import COMMON_SKILLS, AddedSet, add_set, offered_sets
from earnverdict.formatting import currency_symbol, describe_currency, group, money, plural
from skills.catalogue.skill_sets import SkillSet
from skills.editions.document import PublishedEdition

MAX_ANSWER_CHARACTERS = TextField.longest
#: The answers that are one text each.
_PLAIN = (Name.SALARY, PERIOD, Name.LOCATION, *(Name(spec.name) for spec in INPUTS), Name.EVIDENCE, Name.PAY)
#: The answers that the home page asks for under "More options".
_OPTIONS = (Name.SKILL, *(Name(spec.name) for spec in INPUTS), Name.EVIDENCE, Name.STUDY)
#: How often pay is paid and the level in its place have no field of their own to say what is wrong at.
_FIELD_OF = {PERIOD: Name.SALARY, Name.PAY: Name.SALARY}
_UNKNOWN_PLACE = "We do not know “{typed}”. Try the nearest larger city, or the country in English."
_WIDE_AREA = "“{typed}” is not one labour market. Enter the country that you are paid in."
_NEAR_PLACES = "We do not know “{typed}”. Did you mean one of the places below?"
_SEVERAL_PLACES = "“{typed}” may be several places. Choose one below, or add the country."


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChoice:
    """A place or a pay that may be meant by what was typed, with the query that takes it."""

    label: str
    query: str


class VerdictForm(forms.Form):
    """Every parameter of a verdict's address, understood against one edition."""

    period = OptionField({each.name: each.label for each in PERIODS}, label="Period", is_short=True)
    salary = TextField(keyboard="decimal", label="Your pay before tax")
    location = TextField(label="Where you are paid", help_text="city or country")
    have = SlugsField(label="What you know already", help_text="if any")
    hours = WholeField(WEEKLY_HOURS, label="Hours of study a week")
    years = WholeField(HORIZON_YEARS, label="Years to look ahead")
    odds = WholeField(
        ODDS_PERCENT, label="How likely is it that you get paid for it?", hint="in %, ", what="How likely it is"
    )
    experience = WholeField(EXPERIENCE_YEARS, label="Years of work", hint="if you like, ")
    hour = TextField(keyboard="decimal", is_short=True, label="What an hour of your own is worth")
    skill = SlugsField(label="Skills to compare", help_text=f"up to {MAX_SKILLS}; none means all")
    evidence = OptionField(
        {each.value: label for each, label in EVIDENCE_LABELS.items()}, label="Which evidence counts"
    )
    study = SlugsField(label="Your own study hours", help_text="where you know better than we do")
    pay = TextField()

    max_skills = MAX_SKILLS
    #: The fields that have no chip of their own, in their order.
    more_fields = (Name.ODDS, Name.EXPERIENCE, Name.HOUR, Name.EVIDENCE)

    def __init__(self, query: QueryDict, published: PublishedEdition, *, is_submitted: bool = True) -> None:
        self.added_set: AddedSet | None = None
        if not is_submitted:
            query, self.added_set = add_set(query, published.edition)
        self.query = query
        self.answers = _with_study_hours(query)
        typed = {name: query[name] for name in map(str, _PLAIN) if name in query}
        super().__init__(self.answers if is_submitted else None, initial=typed)
        self.published = published
        self.place_choices: tuple[AnswerChoice, ...] = ()
        self._amount_of_two_periods: float | None = None

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

    @property
    def skill_options(self) -> tuple[SkillOption, ...]:
        """The edition's skills, those that most developers know first."""
        return skill_options(self.published)

    def ticked(self, name: str) -> set[str]:
        """The slugs that are ticked in a field of skills, of those that the edition knows."""
        return self.published.edition.skills.keys() & set(self.query.getlist(name))

    def boxes(self, name: str, slugs: Iterable[str]) -> SafeString:
        """The boxes of some skills in a field, as HTML."""
        boxes, ticked = skill_boxes(self.published, name), self.ticked(name)
        return SafeString("\n".join([boxes[slug, slug in ticked] for slug in slugs]))

    def split_skills(self) -> tuple[list[str], list[str]]:
        """The skills that may be known: those that most developers know and those that are ticked, then the others."""
        shown = self.ticked(Name.HAVE).union(COMMON_SKILLS)
        slugs = [option.slug for option in self.skill_options]
        return [slug for slug in slugs if slug in shown], [slug for slug in slugs if slug not in shown]

    @property
    def study_options(self) -> list[SkillOption]:
        """The skills to give own study hours for: the chosen ones. A verdict on all skills asks for all that are not
        held; before there is a verdict, only those that have hours already.
        """
        chosen, held, own = self.ticked(Name.SKILL), self.ticked(Name.HAVE), self.own_hours
        if chosen:
            return [option for option in self.skill_options if option.slug in chosen]
        if self.is_bound and self.is_valid():
            return [option for option in self.skill_options if option.slug not in held]
        return [option for option in self.skill_options if option.slug in own]

    @cached_property
    def own_hours(self) -> dict[str, str]:
        """Own study hours as typed, by slug."""
        texts = self.answers.getlist(Name.STUDY)
        return {slug: hours for slug, _, hours in (text.rpartition(":") for text in texts)}

    def count_text(self) -> str:
        """How many skills are chosen, where that is too many."""
        count = len(self.ticked(Name.SKILL))
        return _too_many(count) if count > MAX_SKILLS else ""

    def added_text(self) -> str:
        """What a starting set has added; empty where none was asked for."""
        return self.added_set.sentence(self.published.edition) if self.added_set else ""

    def hint(self, name: str) -> str:
        """The hint next to a field's label."""
        if name != Name.HOUR:
            return str(self.fields[name].help_text)
        share = self.published.edition.constants.free_hour_share
        return f"{'a quarter' if share == 0.25 else f'{share:.0%}'} of your hourly pay if you do not say"

    def starting_sets(self) -> tuple[SkillSet, ...]:
        return offered_sets(self.published.edition)

    def shown(self, name: str) -> str:
        """What a field shows: an answer in full where it is understood, else as typed, or what counts without one."""
        match name:
            case Name.SALARY:
                return self.salary_shown()
            case Name.LOCATION:
                return self.location_shown()
            case _:
                return str(self[name].value() or self[name].field.initial or "")

    def period_shown(self) -> str:
        """A salary that is understood is shown a year."""
        return YEAR.name if self.is_bound and self.is_valid() else self.shown(PERIOD)

    def location_shown(self) -> str:
        """The place's name once it is understood, as short as no other place has it; else what was typed."""
        typed = str(self["location"].value() or "")
        return self.published.places.short_label(self.place.slug) if self.is_bound and self.place else typed

    def salary_shown(self) -> str:
        """Pay in groups of digits, as the place's currency is read; what is not fully understood stays as typed."""
        typed = str(self["salary"].value() or "")
        if self.is_bound and self.is_valid():
            given = self.cleaned_data["pay_given"]
            return "" if isinstance(given, PayLevel) else self._grouped(given, write_amount(given))
        try:
            pay = parse_salary(typed)
        except Unreadable:
            return typed
        if Name.SALARY in self.errors or pay.period is MONTH or (pay.sign and not (self.is_bound and self.place)):
            return typed
        return self._grouped(pay.amount, typed)

    def _grouped(self, amount: float, typed: str) -> str:
        if not amount.is_integer():
            return typed
        if self.place is None:
            return group(amount)
        currency = self.place.currency
        return money(currency).whole(amount).removeprefix(currency_symbol(currency))

    def errors_at(self, name: str) -> list[str]:
        """What is wrong with a field. How often pay is paid and its level are one question with the salary."""
        if not self.errors:
            return []
        fields = [field for field in self.fields if _FIELD_OF.get(field, field) == name]
        return [str(error) for field in fields for error in self.errors.get(field, [])]

    def wrong_chip(self) -> str:
        """The name of the chip that holds the first mistake."""
        name = next(name for name in self.fields if self.errors_at(name))
        return "more" if name in (*self.more_fields, Name.STUDY) else name

    def mistakes(self) -> list[tuple[str, str]]:
        """Everything that is wrong, in the order of the fields: each field's id and what is wrong with it."""
        names = (name for name in self.fields if name not in _FIELD_OF)
        return [(self[name].id_for_label, error) for name in names for error in self.errors_at(name)]

    def pay_level(self) -> str:
        """The level that answers in place of a salary, kept while other answers change."""
        return "" if self.salary_shown() else str(self["pay"].value() or "")

    def pay_level_text(self) -> str:
        """The level in words, where it answers in place of a salary."""
        level = self.pay_level()
        return f"pay where {LEVEL_SHARES[PayLevel(level)]}" if level in set(PayLevel) else ""

    def monthly_pay_text(self) -> str:
        """A salary that is understood, by the month; empty where none is."""
        pay = self.cleaned_data["pay_given"] if self.is_bound and self.is_valid() else PayLevel.P50
        if isinstance(pay, PayLevel) or self.place is None:
            return ""
        monthly = pay / MONTH.times_a_year
        amount = money(self.place.currency).whole(monthly)
        return f"{amount} a month" if monthly.is_integer() else f"About {amount} a month"

    def pay_choices(self) -> tuple[AnswerChoice, ...]:
        """The pay by each period, where the text has one and another is chosen."""
        amount = self._amount_of_two_periods
        if amount is None:
            return ()
        text = money(self.place.currency).whole(amount) if self.place else group(amount)
        return tuple(
            AnswerChoice(
                label=f"{text} {each.label}", query=self._query_with(salary=write_amount(amount), period=each.name)
            )
            for each in PERIODS
        )

    def has_options(self) -> bool:
        """Whether an answer under "More options" was given or is wrong."""
        plain = {name: ("", str(self.fields[name].initial or "")) for name in _OPTIONS}
        return any(name in self.errors or self.answers.get(name, "") not in plain[name] for name in _OPTIONS)

    def clean_salary(self) -> TypedMoney | None:
        """Pay a year. A period that nobody chose leaves it to what was typed with the amount."""
        chosen = self.cleaned_data.get("period") if self.query.get(PERIOD) else None
        period = next((each for each in PERIODS if each.name == chosen), None)

        def parse(text: str) -> TypedMoney:
            try:
                return parse_salary(text, period)
            except TwoPeriods as error:
                self._amount_of_two_periods = error.amount
                raise

        return _money_of(self.cleaned_data["salary"], parse)

    def clean_hour(self) -> TypedMoney | None:
        return _money_of(self.cleaned_data["hour"], parse_hour_value)

    def clean_location(self) -> Place:
        typed = self.cleaned_data["location"]
        if not typed:
            raise ValidationError("Enter the city, region or country that you are paid in.")
        found = self.published.places.find(typed)
        if found.is_clear:
            return found.places[0]
        self.place_choices = tuple(self._choice_of_place(place) for place in found.places)
        if found.is_wide:
            raise ValidationError(_WIDE_AREA.format(typed=typed))
        offer = _NEAR_PLACES if found.is_guess else _SEVERAL_PLACES
        raise ValidationError((offer if found.places else _UNKNOWN_PLACE).format(typed=typed))

    def clean_skill(self) -> tuple[str, ...]:
        return self._known_skills(self.cleaned_data["skill"])

    def clean_have(self) -> tuple[str, ...]:
        return self._known_skills(self.cleaned_data["have"])

    def clean_evidence(self) -> EvidenceChoice:
        return EvidenceChoice(self.cleaned_data["evidence"])

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
                self.add_error("salary", "Enter your pay before tax.")
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
            self.add_error("skill", _too_many(len(considered)))

    @cached_property
    def place(self) -> Place | None:
        """The place, once it is understood."""
        if self.is_bound:
            place: Place | None = None if self.errors.get(Name.LOCATION) else self.cleaned_data["location"]
            return place
        found = self.published.places.find(str(self["location"].value() or "")[:MAX_ANSWER_CHARACTERS])
        return found.places[0] if found.is_clear else None

    def _check_count(self, slugs: Collection[str]) -> None:
        """More skills than there are include unknown ones: to look at each would take time and help nobody."""
        most = len(self.published.edition.skills)
        if len(slugs) > most:
            raise ValidationError(f"You named {len(slugs)} skills; we know {most}.")

    def _known_skills(self, slugs: Collection[str]) -> tuple[str, ...]:
        self._check_count(slugs)
        known = self.published.edition.skills
        for slug in slugs:
            if slug not in known:
                near = get_close_matches(slug[:60], known, n=1)
                advice = f"Did you mean {known[near[0]].name}?" if near else "Choose others."
                raise ValidationError(f"We do not know the skill “{slug[:60]}”. {advice}")
        return tuple(slugs)

    def _choice_of_place(self, place: Place) -> AnswerChoice:
        return AnswerChoice(label=self.published.places.label(place.slug), query=self._query_with(location=place.slug))

    def _query_with(self, **answers: str) -> str:
        """The query with other answers, for the address of a page."""
        query = self.query.copy()
        query.pop(WAS, None)
        for name, answer in answers.items():
            query[name] = answer
        return query.urlencode()


def _too_many(count: int) -> str:
    return f"You chose {plural(count, 'skill')}; compare up to {MAX_SKILLS}."


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
