"""The form of the page of other ways, as its template draws it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from calculator.presenters.form import AnswerChoice
from calculator.presenters.ways import name_step
from calculator.query import WAY_ODDS_PREFIX, WayName, write_query
from calculator.ways_form import WaysForm
from earnverdict import formatting

#: Where all odds are asked for: what is wrong with odds that have no field there is said at the whole.
_ODDS_ID = "way-odds"


@dataclass(frozen=True, slots=True, kw_only=True)
class OddsInput:
    """The field of a way's odds: what was typed, else our guess."""

    id: str
    name: str
    label: str
    value: str
    error: str


class WaysFormPresenter:
    """The form as the templates draw it."""

    def __init__(self, form: WaysForm) -> None:
        self._form = form

    def __getitem__(self, name: str) -> Any:
        return self._form.fields[name]

    def write_value(self, name: str) -> str:
        """The name of a place once it is understood, else what was typed."""
        meaning = self._form.cleaned_data.get("to") if name == "to" else None
        if meaning is None:
            return str(self._form[name].value() or "")
        return str(meaning.label) if meaning.area else self._form.published.places.short_label(meaning.place.slug)

    def write_hint(self, name: str) -> str:
        if name == "rate":
            return f"in {formatting.currency_name(self._form.place.currency)}"
        return str(self._form.fields[name].help_text)

    def find_errors(self, name: str) -> list[str]:
        return [str(error) for error in self._form.errors.get(name, [])]

    @property
    def place_choices(self) -> tuple[AnswerChoice, ...]:
        """The places that may be meant, where the second place is not clear."""
        return tuple(
            AnswerChoice(label=meaning.label, query=self._query_with(meaning.place.slug, meaning.area))
            for meaning in self._form.places_meant
        )

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """Everything that is wrong, in the order of the fields: each field's id and what is wrong with it."""
        found = [(f"id_{name}", error) for name in self._form.fields for error in self.find_errors(name)]
        return [*found, *self._odds_mistakes()]

    @property
    def odds_errors(self) -> list[str]:
        """What is wrong with the odds, in their order."""
        return [error for _, error in self._odds_mistakes()]

    @property
    def odds(self) -> list[OddsInput]:
        return [
            OddsInput(
                id=_write_id(way.slug),
                name=f"{WAY_ODDS_PREFIX}{way.slug}",
                label=f"{name_step(way)}{', a year' if way.is_odds_yearly else ''}",
                value=self._form.typed_odds.get(way.slug, f"{(way.odds or 0.0) * 100:.0f}"),
                error=self._form.odds_errors.get(way.slug, ""),
            )
            for way in self._form.ways_without_odds
        ]

    def hidden(self) -> list[tuple[str, str]]:
        """The verdict's answers, which the form sends along."""
        return parse_qsl(write_query(self._form.profile, self._form.published.number))

    def _odds_mistakes(self) -> Iterator[tuple[str, str]]:
        asked = {way.slug for way in self._form.ways_without_odds}
        for slug, error in self._form.odds_errors.items():
            yield _write_id(slug) if slug in asked else _ODDS_ID, error

    def _query_with(self, place: str, town: str) -> str:
        """The query with another second place, for the address of a page."""
        query = self._form.query.copy()
        query[WayName.TO] = place
        query.pop(WayName.TO_TOWN, None)
        if town:
            query[WayName.TO_TOWN] = town
        return query.urlencode()


def _write_id(slug: str) -> str:
    return f"odds-{slug}"
