"""The form of the page of other ways, as its template draws it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.forms import BoundField

from calculator.query import WAY_ODDS_PREFIX
from calculator.ways_form import WaysForm
from earnverdict import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class OddsInput:
    """The field of a way's odds: what was typed, else our guess."""

    name: str
    label: str
    value: str


class WaysFormPresenter:
    """The form as the templates draw it."""

    def __init__(self, form: WaysForm) -> None:
        self._form = form

    def __getitem__(self, name: str) -> BoundField:
        return self._form[name]

    def write_value(self, name: str) -> str:
        """The name of a place once it is understood, else what was typed."""
        place = self._form.cleaned_data.get("to") if name == "to" else None
        if place:
            return self._form.published.places.short_label(place.slug)
        return str(self[name].value() or "")

    def write_hint(self, name: str) -> str:
        if name == "rate":
            return f"in {formatting.currency_name(self._form.place.currency)}"
        return str(self._form.fields[name].help_text)

    def find_errors(self, name: str) -> list[str]:
        return [str(error) for error in self._form.errors.get(name, [])]

    @property
    def odds_errors(self) -> list[str]:
        return [str(error) for error in self._form.non_field_errors()]

    @property
    def odds(self) -> list[OddsInput]:
        return [
            OddsInput(
                name=f"{WAY_ODDS_PREFIX}{way.slug}",
                label=f"{way.name}{', a year' if way.is_odds_yearly else ''}",
                value=self._form.typed_odds.get(way.slug, f"{(way.odds or 0.0) * 100:.0f}"),
            )
            for way in self._form.ways_without_odds
        ]

    def hidden(self, query: str) -> list[tuple[str, str]]:
        """The verdict's answers, which the form sends along."""
        return parse_qsl(query)
