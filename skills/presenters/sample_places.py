"""Presents a skill's uplift at median pay in ten places around the world."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from calculator.engine import PayLevel, Place, Profile, assess, cache_per_edition
from earnverdict import formatting
from skills.editions.document import PublishedEdition

#: Places with a published median of their own, from every region of the evidence, in nine currencies.
SAMPLE_PLACES = (
    "us-san-francisco-ca",
    "us-austin-tx",
    "ca-toronto",
    "gb-london",
    "de",
    "pl",
    "ua",
    "in",
    "br",
    "au",
)
_MEDIAN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceUplift:
    """One place: its median pay, the skill's uplift a year, and the verdict with both."""

    place: str
    median: str
    span: str
    expected: str
    address: str


@cache_per_edition
def place_uplifts(published: PublishedEdition, slug: str) -> tuple[PlaceUplift, ...]:
    """Return a row for each sample place with a median; empty if the skill has no measured premium."""
    places = (published.edition.places.get(place) for place in SAMPLE_PLACES)
    rows = (
        _present_uplift(published, slug, place) for place in places if place is not None and _MEDIAN in place.quantiles
    )
    return tuple(row for row in rows if row is not None)


def _present_uplift(published: PublishedEdition, slug: str, place: Place) -> PlaceUplift | None:
    profile = Profile(pay=PayLevel.P50, location=place.slug, skills=(slug,))
    gain = assess(profile, published.edition).outlook(slug).gain
    if gain is None:
        return None
    money = formatting.money(place.currency)
    query = urlencode({"pay": PayLevel.P50.value, "location": place.slug, "skill": slug})
    return PlaceUplift(
        place=published.places.label(place.slug),
        median=money.whole(place.quantiles[_MEDIAN]),
        span=money.span(gain.uplift.low, gain.uplift.high),
        expected=money.signed(gain.uplift.expected),
        address=f"{reverse('calculator:verdict')}?{query}",
    )
