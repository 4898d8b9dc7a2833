"""What the templates show of the form: values, hints, choices, mistakes, and the skills to tick."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from calculator.engine.profile import INPUTS, MAX_SKILLS, PayLevel
from calculator.forms import VerdictForm, describe_too_many
from calculator.money_input import MAX_ANSWER_CHARACTERS, YEAR
from calculator.presenters.pay_input import (
    LOWEST_PAY,
    describe_reading,
    is_without_rate,
    offer_middle,
    offer_pay,
    write_by_period,
)
from calculator.presenters.pay_levels import LEVEL_SHARES
from calculator.presenters.skill_picker import (
    SkillOption,
    empty_study_inputs,
    set_buttons,
    skill_boxes,
    skill_options,
    write_study_input,
)
from calculator.query import CURRENCY, PERIOD, SALARY_CURRENCY, WAS, Name, WayName, write_amount
from calculator.starting_sets import COMMON_SKILLS
from earnverdict.formatting import currency_symbol, group, money
from skills.places.meaning import Meaning

#: The fields of plain answers that the home page has under "More options", and all answers there.
_OPTION_FIELDS = tuple([spec.name for spec in INPUTS])
_OPTIONS = (Name.SKILL, *_OPTION_FIELDS, Name.STUDY)
#: How often pay is paid and the level in its place have no field of their own to say what is wrong at.
_FIELD_OF = {PERIOD: Name.SALARY, Name.PAY: Name.SALARY, Name.TOWN: Name.LOCATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChoice:
    """A place or a pay that may be meant by what was typed, with the query that takes it."""

    label: str
    query: str


class FormPresenter:
    """A form as the templates draw it: `presenter[name]` is Django's field, with its label and its options."""

    max_skills = MAX_SKILLS
    option_fields = _OPTION_FIELDS

    def __init__(self, form: VerdictForm) -> None:
        self._form, self._published, self._query = form, form.published, form.query
        self.is_bound = form.is_bound
        self._is_understood = form.is_bound and form.is_valid()

    def __getitem__(self, name: str) -> Any:
        return self._form.fields[name]

    # What is in each field

    def write_value(self, name: str) -> str:
        """What a field shows: an answer in full where it is understood, else as typed, or what counts without one."""
        match name:
            case Name.SALARY:
                return self.salary
            case Name.LOCATION:
                return self.location
            case Name.HOUR if self._is_understood:
                hour = self._form.cleaned_data[Name.HOUR]
                return "" if hour is None else write_amount(hour)
            case _:
                return self._read_typed(name) or str(self._form.fields[name].initial or "")

    def write_hint(self, name: str) -> str:
        """The hint next to a field's label."""
        if name != Name.HOUR:
            return str(self._form.fields[name].help_text)
        share = self._published.edition.constants.free_hour_share
        return f"{'a quarter' if share == 0.25 else f'{share:.0%}'} of your hourly pay if you do not say"

    @cached_property
    def location(self) -> str:
        """The place's name once it is understood, as short as no other place has it; else what was typed."""
        meaning = self._form.meaning if self.is_bound else None
        if meaning is None:
            return self._read_typed(Name.LOCATION)
        return meaning.label if meaning.area else self._published.places.short_label(meaning.place.slug)

    @property
    def currency(self) -> str:
        """The currency of the amounts that the form sends along; "" where it sends none, or none is known."""
        if not any(self._query.get(name) for name in (Name.HOUR, Name.SURE, WayName.RATE)):
            return ""
        return self._form.place.currency if self._form.place else self._query.get(CURRENCY, "")

    @property
    def period(self) -> str:
        """A salary that is understood is shown a year."""
        return YEAR.name if self._is_understood else self.write_value(PERIOD)

    @cached_property
    def salary(self) -> str:
        """Pay in groups of digits, as the place's currency is read; what is not understood stays as typed."""
        typed = self._read_typed(Name.SALARY)
        if self._is_understood:
            given = self._form.cleaned_data["pay_given"]
            return "" if isinstance(given, PayLevel) else self._group_digits(given, write_amount(given))
        is_plain = typed.isascii() and typed.isdigit() and len(typed) < MAX_ANSWER_CHARACTERS
        return self._group_digits(float(typed), typed) if is_plain and not self.is_bound else typed

    @property
    def pay_reading_text(self) -> str:
        """How the pay was read, where that is not what was typed; a salary by shorter periods once it is."""
        if not self.is_bound or self._form.errors.get(Name.SALARY) or not self._form.cleaned_data["salary"]:
            return ""
        pay = self._form.cleaned_data["salary"]
        place = self._form.place
        reading = describe_reading(self._read_typed(Name.SALARY).strip(), pay, place)
        if reading or not self._is_understood or place is None or pay.amount < LOWEST_PAY:
            return reading
        return write_by_period(pay.amount, place)

    @property
    def pay_level(self) -> str:
        """The level that answers in place of a salary, kept while other answers change."""
        return "" if self.salary else self._read_typed(Name.PAY)

    @property
    def pay_level_text(self) -> str:
        """The level in words, where it answers in place of a salary."""
        level = self.pay_level
        return f"pay where {LEVEL_SHARES[PayLevel(level)]}" if level in set(PayLevel) else ""

    @property
    def salary_currency(self) -> str:
        """The currency of the salary that is sent with a changed place; "" for a pay level, which every place has."""
        if not self.salary:
            return ""
        return self._form.place.currency if self._form.place else self._query.get(SALARY_CURRENCY, "")

    # What may be meant

    @property
    def is_moved(self) -> bool:
        """Whether pay is asked about because the new place counts it in another currency."""
        return self._form.moved_to is not None

    @property
    def place_choices(self) -> tuple[AnswerChoice, ...]:
        """The places that may be meant, where what was typed is not clear."""
        return tuple(self._choose_place(meaning) for meaning in self._form.places_meant)

    @property
    def pay_choices(self) -> tuple[AnswerChoice, ...]:
        """The pay that may be meant, where what was typed is not clear or is in another currency; the middle of the
        market where no rate converts it.
        """
        place, edition = self._form.place or self._form.moved_to, self._published.edition
        choices = [
            AnswerChoice(label=offer.text, query=self._query_with(salary=write_amount(offer.annual), period=YEAR.name))
            for offer in offer_pay(self._form.pay_meant, place, edition)
        ]
        if place and any(is_without_rate(typed, place, edition) for typed in self._form.pay_meant):
            label, query = offer_middle(place, edition), self._query_with(salary="", period="", pay=PayLevel.P50)
            choices += [AnswerChoice(label=label, query=query)] if label else []
        return tuple(choices)

    # What is wrong

    def find_errors(self, name: str) -> list[str]:
        """What is wrong with a field. How often pay is paid and its level are one question with the salary."""
        errors = self._form.errors
        if not errors:
            return []
        fields = [field for field in self._form.fields if _FIELD_OF.get(field, field) == name]
        return [str(error) for field in fields for error in errors.get(field, [])]

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """Everything that is wrong, in the order of the fields: each field's id and what is wrong with it."""
        names = (name for name in self._form.fields if name not in _FIELD_OF)
        return [(f"id_{name}", error) for name in names for error in self.find_errors(name)]

    @property
    def wrong_name(self) -> str:
        """The name of the field that has the first mistake."""
        return next(name for name in self._form.fields if self.find_errors(name))

    # What is open and where

    @property
    def has_options(self) -> bool:
        """Whether an answer under "More options" was given or is wrong."""
        answers, errors = self._form.answers, self._form.errors
        plain = {name: ("", str(self._form.fields[name].initial or "")) for name in _OPTIONS}
        return any(name in errors or answers.get(name, "") not in plain[name] for name in _OPTIONS)

    # Skills

    @property
    def skill_options(self) -> tuple[SkillOption, ...]:
        """The edition's skills, those that most developers know first."""
        return skill_options(self._published)

    @property
    def skill_slugs(self) -> list[str]:
        """Their slugs."""
        return [option.slug for option in self.skill_options]

    @property
    def set_buttons(self) -> SafeString:
        """The buttons that add a set of skills, as HTML."""
        return set_buttons(self._published)

    @property
    def added_text(self) -> str:
        """What a starting set has added; empty where none was asked for."""
        added = self._form.added_set
        return added.sentence(self._published.edition) if added else ""

    @property
    def count_text(self) -> str:
        """How many skills are chosen, where that is too many."""
        count = len(self.find_ticked(Name.SKILL))
        return describe_too_many(count) if count > MAX_SKILLS else ""

    def find_ticked(self, name: str) -> set[str]:
        """The slugs that are ticked in a field of skills, of those that the edition knows."""
        return self._published.edition.skills.keys() & set(self._query.getlist(name))

    def write_boxes(self, name: str, slugs: Iterable[str]) -> SafeString:
        """The boxes of some skills in a field, as HTML."""
        boxes, ticked = skill_boxes(self._published, name), self.find_ticked(name)
        return SafeString("\n".join([boxes[slug, slug in ticked] for slug in slugs]))

    def split_skills(self) -> tuple[list[str], list[str]]:
        """The skills that may be known: those that most developers know and those that are ticked, then the others."""
        shown = self.find_ticked(Name.HAVE).union(COMMON_SKILLS)
        slugs = self.skill_slugs
        return [slug for slug in slugs if slug in shown], [slug for slug in slugs if slug not in shown]

    @property
    def study_options(self) -> list[SkillOption]:
        """The skills to give own study hours for: the chosen ones. A verdict on all skills asks for all that are not
        held; before there is a verdict, only those that have hours already.
        """
        chosen, held = self.find_ticked(Name.SKILL), self.find_ticked(Name.HAVE)
        if chosen:
            return [option for option in self.skill_options if option.slug in chosen]
        if self._is_understood:
            return [option for option in self.skill_options if option.slug not in held]
        return [option for option in self.skill_options if option.slug in self.own_hours]

    def write_study_inputs(self, options: Iterable[SkillOption]) -> SafeString:
        """The inputs of own study hours for some skills, as HTML."""
        empty, own = empty_study_inputs(self._published), self.own_hours
        inputs = [
            write_study_input(option, own[option.slug]) if own.get(option.slug) else empty[option.slug]
            for option in options
        ]
        return SafeString("\n".join(inputs))

    @cached_property
    def own_hours(self) -> dict[str, str]:
        """Own study hours as typed, by slug."""
        texts = self._form.answers.getlist(Name.STUDY)
        return {slug: hours for slug, _, hours in (text.rpartition(":") for text in texts)}

    def _read_typed(self, name: str) -> str:
        return str(self._form.answers.get(name) or "")

    def _group_digits(self, amount: float, typed: str) -> str:
        if not amount.is_integer():
            return typed
        place = self._form.place
        if place is None:
            return group(amount)
        return money(place.currency).whole(amount).removeprefix(currency_symbol(place.currency))

    def _choose_place(self, meaning: Meaning) -> AnswerChoice:
        query = self._query_with(location=meaning.place.slug, town=meaning.area)
        return AnswerChoice(label=meaning.label, query=query)

    def _query_with(self, **answers: str) -> str:
        """The query with other answers, for the address of a page."""
        query = self._query.copy()
        query.pop(WAS, None)
        if "salary" in answers:
            query.pop(SALARY_CURRENCY, None)
        for name, answer in answers.items():
            query[name] = answer
            if not answer:
                del query[name]
        return query.urlencode()
