"""What the page of other ways asks: a second place, side work, and the odds that nobody measured."""

from __future__ import annotations

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from calculator.engine.edition import Way
from calculator.engine.market import find_market
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.ways import SIDE_HOURS, WAY_ODDS, WayAnswers
from calculator.form_fields import TextField, WholeField, refuse_several
from calculator.money_input import TypedMoney, Unreadable, parse_hour_rate, parse_whole
from calculator.place_input import PlaceFormMixin
from calculator.presenters.pay_input import is_foreign
from calculator.query import WAY_ODDS_PREFIX, WayName, names_other_currency
from earnverdict.formatting import describe_currency, money
from skills.editions.document import PublishedEdition
from skills.places.meaning import Meaning
from skills.places.names import name_in_text

_NAMES = frozenset(WayName)
#: Side work pays no more than so many times the hourly pay at P90: more is a slip, such as a year's pay.
_MAX_RATE = 20


class WaysForm(PlaceFormMixin, forms.Form):
    """The answers about ways, understood against one edition. None is required."""

    to = TextField(label="A second place", help_text="city or country")
    to_town = TextField()
    side = WholeField(SIDE_HOURS, label="Hours of side work a week")
    rate = TextField(keyboard="decimal", is_short=True, label="What an hour of it pays")

    def __init__(self, query: QueryDict, profile: Profile, published: PublishedEdition) -> None:
        self.query, self.profile, self.published = query, profile, published
        self.place = published.edition.places[profile.location]
        #: What is wrong with the odds of a way, by its slug.
        self.odds_errors: dict[str, str] = {}
        answers = {name: query.get(name, "") for name in map(str, WayName)}
        if names_other_currency(query, self.place.currency):
            answers |= dict.fromkeys((WayName.SIDE, WayName.RATE), "")
        super().__init__(answers)
        self.typed_odds = {
            name.removeprefix(WAY_ODDS_PREFIX): text
            for name in query
            if name.startswith(WAY_ODDS_PREFIX) and (text := query.get(name, "").strip().removesuffix("%"))
        }

    @cached_property
    def ways_without_odds(self) -> tuple[Way, ...]:
        """The ways of the visitor's area that work out or not, and whose odds nobody measured."""
        ways = self.published.edition.ways_in(self.place)
        return tuple(way for way in ways if way.odds is not None and not way.is_odds_measured)

    def answers(self) -> WayAnswers:
        """What the engine takes: all answers of a valid form, and of another those that are right.

        Our own guess is no answer.
        """
        self.is_valid()
        right = self.cleaned_data
        meaning, hours, rate = right.get("to"), right.get("side"), right.get("rate")
        is_side_work = hours is not None and rate is not None
        ours = {way.slug: round((way.odds or 0.0) * 100) for way in self.ways_without_odds}
        return WayAnswers(
            to=meaning.place.slug if meaning else "",
            to_town=meaning.area if meaning else "",
            side_hours=hours if is_side_work else None,
            side_rate=rate.amount if rate and is_side_work else None,
            odds=tuple((slug, percent) for slug, percent in sorted(right["odds"].items()) if percent != ours[slug]),
        )

    def mistakes(self) -> dict[str, list[str]]:
        """What is wrong with each parameter, in the order of the fields."""
        found = {name: [str(error) for error in self.errors[name]] for name in self.fields if name in self.errors}
        return found | {f"{WAY_ODDS_PREFIX}{slug}": [error] for slug, error in self.odds_errors.items()}

    def clean_to(self) -> Meaning | None:
        if not self.cleaned_data["to"]:
            return None
        meaning = self.read_place(WayName.TO, WayName.TO_TOWN)
        if (meaning.place.slug, meaning.area) == (self.profile.location, self.profile.town):
            raise ValidationError(
                f"You are paid in {meaning.area or name_in_text(meaning.place)} already. Enter another place."
            )
        return meaning

    def clean_rate(self) -> TypedMoney | None:
        refuse_several(self.query, WayName.RATE, "There are two amounts here. Enter one.")
        text = self.cleaned_data["rate"]
        if not text:
            return None
        try:
            rate = parse_hour_rate(text)
        except Unreadable as error:
            raise ValidationError(str(error)) from None
        if is_foreign(rate, self.place):
            raise ValidationError(f"Enter it in {describe_currency(self.place.currency)}, as your pay.")
        self._check_rate(rate, text)
        return rate

    def _check_rate(self, rate: TypedMoney, text: str) -> None:
        market = find_market(self.profile.location, PayLevel.P90, self.published.edition)
        if market is None:
            return
        if rate.amount > _MAX_RATE * market.annual_salary / self.published.edition.constants.paid_hours_per_year:
            read = money(self.place.currency).write(rate.amount)
            raise ValidationError(f"We read “{text}” as {read} an hour. Enter what one hour pays.")

    def clean(self) -> dict[str, object]:
        answers = self.cleaned_data
        if answers.get("side") is not None and "rate" in answers and answers["rate"] is None:
            self.add_error("rate", "Enter what an hour of side work pays, too.")
        elif answers.get("rate") is not None and "side" in answers and answers["side"] is None:
            self.add_error("side", "Enter how many hours a week you would work, too.")
        answers["odds"] = self._read_odds()
        if self.odds_errors:
            self.add_error(None, "Some odds are wrong.")
        return answers

    def _read_odds(self) -> dict[str, int]:
        known, asked = {way.slug: way.name for way in self.published.edition.ways}, self.ways_without_odds
        odds: dict[str, int] = {}
        for slug, text in self.typed_odds.items():
            if slug not in known:
                self.odds_errors[slug] = f"We do not know the way “{slug[:60]}”."
                continue
            name = known[slug]
            try:
                percent = parse_whole(text, WAY_ODDS.low, WAY_ODDS.high, f"Your odds of “{name}”")
            except Unreadable as error:
                self.odds_errors[slug] = str(error)
                continue
            if slug in {way.slug for way in asked}:
                odds[slug] = percent
            else:
                self.odds_errors[slug] = f"“{name}” takes no odds of your own here."
        return odds


def has_way_answers(query: QueryDict) -> bool:
    """Whether a query says something about ways."""
    return any(name in _NAMES or name.startswith(WAY_ODDS_PREFIX) for name in query)
