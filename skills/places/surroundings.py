"""The words that may stand around a place's name: which places lie in what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from calculator.engine import Place
from skills.places.matches import EVERY_PLACE, PlaceSet
from skills.places.names import normalise
from skills.places.spellings import Spellings

MOST_WORDS_AROUND = 6
_POSTAL_CODES = re.compile(r", ([A-Z]{2}(?:-[A-Z]{2})*)$")


class Within(NamedTuple):
    """The places that lie in all of some words as typed, and those that do once the last word is completed."""

    whole: PlaceSet
    completed: PlaceSet

    @property
    def either(self) -> PlaceSet:
        return self.whole | self.completed

    def then(self, after: Within) -> Within:
        """Those that lie in these words, which must be whole, and in further ones."""
        return Within(self.whole & after.whole, self.whole & after.completed)


#: Where no words stand around.
ANYWHERE = Within(EVERY_PLACE, 0)


class Surroundings:
    """The words around all places, each with the set of places that lie in it."""

    def __init__(
        self, places: Mapping[str, Place], aliases: Mapping[str, Sequence[str]], numbers: Mapping[str, int]
    ) -> None:
        self._sets: dict[str, PlaceSet] = {}
        for slug, words in surroundings(places, aliases).items():
            for word in words:
                self._sets[word] = self._sets.get(word, 0) | 1 << numbers[slug]
        self._words = Spellings(self._sets)

    def after(self, words: Sequence[str]) -> dict[int, Within]:
        """What the words after the first ones say, by how many those are, in rising order; of all, nothing."""
        found = {len(words): ANYWHERE}
        within = self._last(words[-1])
        for count in range(len(words) - 1, max(0, len(words) - 1 - MOST_WORDS_AROUND), -1):
            if count < len(words) - 1:
                within = Within(self._sets.get(words[count], 0), 0).then(within)
            if not any(within):
                break
            found[count] = within
        return dict(reversed(found.items()))

    def before(self, words: Sequence[str]) -> Iterator[Within]:
        """What the words before the rest say: none of them, the first one, the first two, and so on."""
        whole = EVERY_PLACE
        yield ANYWHERE
        for word in words[: min(len(words) - 1, MOST_WORDS_AROUND)]:
            if word not in self._sets or not whole:
                return
            within = Within(whole, 0).then(self._last(word))
            yield within
            whole = within.whole

    def one_error_from(self, word: str) -> list[str]:
        """The words that are one error away."""
        near = {near.text for near in self._words.one_error_from(word, [len(word)])}
        return [text for text in near if text in self._sets]

    def _last(self, word: str) -> Within:
        whole = self._sets.get(word, 0)
        begun = 0
        for position in self._words.beginning_with(word):
            begun |= self._sets[self._words.texts[position]]
        return Within(whole, begun & ~whole)


def surroundings(places: Mapping[str, Place], aliases: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """The words that may stand after each place's name: those of its state and country, their codes, their nicknames.

    A metro that crosses a border of states, as its name tells (OR-WA), lies in each of them.
    """
    lent: dict[str, frozenset[str]] = {"": frozenset()}

    def lend(slug: str) -> frozenset[str]:
        if slug not in lent:
            place = places[slug]
            nicknames = [alias for alias in aliases.get(slug, ()) if "," not in alias]
            own = {word for name in (place.name, *nicknames) for word in normalise(name).split() if len(word) > 1}
            lent[slug] = lend(place.parent) | own | {slug.rpartition("-")[2]}
        return lent[slug]

    return {slug: lend(place.parent).union(*map(lend, _states(place, places))) for slug, place in places.items()}


def _states(place: Place, places: Mapping[str, Place]) -> list[str]:
    """The regions that a metro's name lists: us-or and us-wa of “Portland-Vancouver-Hillsboro, OR-WA”."""
    listed = _POSTAL_CODES.search(place.name)
    slugs = [f"{place.country}-{item}".lower() for item in listed[1].split("-")] if listed else []
    return [slug for slug in slugs if slug in places]
