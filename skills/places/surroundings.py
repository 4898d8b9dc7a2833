"""The words that may follow or precede a place's name, and the places that they contain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from calculator.engine import Place
from skills.places.matches import EVERY_PLACE, PlaceSet
from skills.places.names import normalise
from skills.places.spellings import Spellings

MAX_WORDS_AROUND = 6
_POSTAL_CODES = re.compile(r", ([A-Z]{2}(?:-[A-Z]{2})*)$")


class Within(NamedTuple):
    """The places that match all of some words as typed, and those that match once the last word is completed."""

    whole: PlaceSet
    completed: PlaceSet

    @property
    def either(self) -> PlaceSet:
        return self.whole | self.completed

    def then(self, after: Within) -> Within:
        """Return the places that match these words, which must be complete, and further ones."""
        return Within(self.whole & after.whole, self.whole & after.completed)


#: Without surrounding words.
ANYWHERE = Within(EVERY_PLACE, 0)


class Surroundings:
    """All surrounding words, each with the set of its places."""

    def __init__(
        self, places: Mapping[str, Place], aliases: Mapping[str, Sequence[str]], numbers: Mapping[str, int]
    ) -> None:
        self._sets: dict[str, PlaceSet] = {}
        for slug, words in surroundings(places, aliases).items():
            for word in words:
                self._sets[word] = self._sets.get(word, 0) | 1 << numbers[slug]
        self._words = Spellings(self._sets)

    def after(self, words: Sequence[str]) -> dict[int, Within]:
        """Return the places of the words after the first `n`, by `n` in rising order."""
        found = {len(words): ANYWHERE}
        within = self._last(words[-1])
        for count in range(len(words) - 1, max(0, len(words) - 1 - MAX_WORDS_AROUND), -1):
            if count < len(words) - 1:
                within = Within(self._sets.get(words[count], 0), 0).then(within)
            if not any(within):
                break
            found[count] = within
        return dict(reversed(found.items()))

    def before(self, words: Sequence[str]) -> Iterator[Within]:
        """Yield the places of the first words: of none, of the first one, of the first two, and so on."""
        whole = EVERY_PLACE
        yield ANYWHERE
        for word in words[: min(len(words) - 1, MAX_WORDS_AROUND)]:
            if word not in self._sets or not whole:
                return
            within = Within(whole, 0).then(self._last(word))
            yield within
            whole = within.whole

    def one_error_from(self, word: str) -> list[str]:
        """Return the words that are one error away."""
        near = {near.text for near in self._words.one_error_from(word, [len(word)])}
        return [text for text in near if text in self._sets]

    def _last(self, word: str) -> Within:
        whole = self._sets.get(word, 0)
        begun = 0
        for position in self._words.beginning_with(word):
            begun |= self._sets[self._words.texts[position]]
        return Within(whole, begun & ~whole)


def surroundings(places: Mapping[str, Place], aliases: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Return the words that may follow each place's name: its state's and country's names, codes and nicknames.

    A metro across states, as its name shows (OR-WA), is in each of them.
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
    """Return the regions in a metro's name: us-or and us-wa of “Portland-Vancouver-Hillsboro, OR-WA”."""
    listed = _POSTAL_CODES.search(place.name)
    slugs = [f"{place.country}-{item}".lower() for item in listed[1].split("-")] if listed else []
    return [slug for slug in slugs if slug in places]
