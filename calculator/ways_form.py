"""What the page of other ways asks: a second place, side work, and the odds that nobody measured."""

from __future__ import annotations

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from calculator.engine.edition import Place, Way
from calculator.engine.profile import Profile
from calculator.engine.ways import SIDE_HOURS, WAY_ODDS, WayAnswers
from calculator.form_fields import TextField, WholeField
from calculator.money_input import TypedMoney, Unreadable, parse_hour_value, parse_whole
from calculator.presenters.pay_input import is_foreign
from calculator.query import WAY_ODDS_PREFIX, WayName
from earnverdict.formatting import describe_currency, listing
from skills.editions.document import PublishedEdition


class WaysForm(forms.Form):
    """The answers about ways, understood against one edition. None is required."""

    to = TextField(label="A second place", help_text="city or country")
    side = WholeField(SIDE_HOURS, label="Hours of side work a week")
    rate = TextField(keyboard="decimal", is_short=True, label="What an hour of it pays")

    def __init__(self, query: QueryDict, profile: Profile, published: PublishedEdition) -> None:
        self.published = published
        self.place = published.edition.places[profile.location]
        super().__init__({name: query.get(name, "") for name in map(str, WayName)})
        self.typed_odds = {
            way.slug: text
            for way in self.ways_without_odds
            if (text := query.get(f"{WAY_ODDS_PREFIX}{way.slug}", "").strip().removesuffix("%"))
        }

    @cached_property
    def ways_without_odds(self) -> tuple[Way, ...]:
        """The ways of the visitor's area that work out or not, and whose odds nobody measured."""
        ways = self.published.edition.ways_in(self.place)
        return tuple(way for way in ways if way.odds is not None and not way.is_odds_measured)

    def answers(self) -> WayAnswers:
        """What the engine takes, once the form is valid. Our own guess is no answer."""
        place, rate = self.cleaned_data["to"], self.cleaned_data["rate"]
        ours = {way.slug: round((way.odds or 0.0) * 100) for way in self.ways_without_odds}
        own = sorted(self.cleaned_data["odds"].items())
        return WayAnswers(
            to=place.slug if place else "",
            side_hours=self.cleaned_data["side"],
            side_rate=rate.amount if rate else None,
            odds=tuple((slug, percent) for slug, percent in own if percent != ours[slug]),
        )

    def clean_to(self) -> Place | None:
        typed = self.cleaned_data["to"]
        if not typed:
            return None
        found = self.published.places.find(typed)
        if found.is_clear:
            return found.places[0]
        if not found.places:
            raise ValidationError(f"We do not know “{typed}”. Try the nearest larger city, or the country in English.")
        names = listing([f"“{self.published.places.label(place.slug)}”" for place in found.places[:3]], "or")
        raise ValidationError(f"Which place do you mean? Enter {names}.")

    def clean_rate(self) -> TypedMoney | None:
        text = self.cleaned_data["rate"]
        if not text:
            return None
        try:
            rate = parse_hour_value(text)
        except Unreadable as error:
            raise ValidationError(str(error)) from None
        if is_foreign(rate, self.place):
            raise ValidationError(f"Enter it in {describe_currency(self.place.currency)}, as your pay.")
        return rate

    def clean(self) -> dict[str, object]:
        odds: dict[str, int] = {}
        for slug, text in self.typed_odds.items():
            try:
                odds[slug] = parse_whole(text, WAY_ODDS.low, WAY_ODDS.high, "How likely it is")
            except Unreadable as error:
                self.add_error(None, str(error))
        answers: dict[str, object] = self.cleaned_data | {"odds": odds}
        return answers
