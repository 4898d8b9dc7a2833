"""Finds the place that somebody means by what they typed, in one edition; in memory, without the database."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from calculator.engine.edition import Place

MOST_OFFERED = 8

# Letters that do not decompose into a plain one and an accent.
_PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Places for what was typed, likeliest first; `is_clear` when the first is meant beyond doubt."""

    places: tuple[Place, ...]
    is_clear: bool


class PlaceIndex:
    """The names of one edition's places, ready to be searched."""

    def __init__(self, places: Mapping[str, Place], aliases: Mapping[str, Sequence[str]]) -> None:
        self._places = places
        self._exact: dict[str, set[str]] = defaultdict(set)
        for slug, place in places.items():
            for name in _names(place, aliases.get(slug, ())):
                self._exact[name].add(slug)
        self._labels: dict[str, str] = {}
        self._labelled: dict[str, str] = {}
        for slug in places:
            self._add_label(slug)
        self._keys = sorted(self._exact)

    def label(self, slug: str) -> str:
        """The place's name as shown, with its region and country: unique, and found again by `find`."""
        return self._labels[slug]

    def find(self, typed: str) -> Found:
        """By slug, by label, by any full name, then by how a name begins; a whole name beats a beginning."""
        name = normalise(typed)
        slug = typed.strip() if typed.strip() in self._places else self._labelled.get(name)
        if slug is not None:
            return Found(places=(self._places[slug],), is_clear=True)
        if not name:
            return Found(places=(), is_clear=False)
        exact = self._ranked(self._exact.get(name, set()))
        if exact:
            return Found(places=exact[:MOST_OFFERED], is_clear=len(exact) == 1)
        begun = self._ranked({slug for key in self._beginning_with(name) for slug in self._exact[key]})
        return Found(places=begun[:MOST_OFFERED], is_clear=len(begun) == 1)

    def suggest(self, typed: str) -> tuple[Place, ...]:
        """What to offer while somebody is still typing: whole names first, then beginnings."""
        name = normalise(typed)
        if not name:
            return ()
        whole = self._exact.get(name, set())
        begun = {slug for key in self._beginning_with(name) for slug in self._exact[key]}
        return (*self._ranked(whole), *self._ranked(begun - whole))[:MOST_OFFERED]

    def _add_label(self, slug: str) -> None:
        """A country of whose name there is a place elsewhere, as Georgia, says that it is a country."""
        place = self._places[slug]
        label = _label(place, self._places)
        if any(self._places[other].country != place.country for other in self._exact.get(normalise(label), ())):
            label = f"{label} ({place.kind})"
        if normalise(label) in self._labelled:
            label = f"{label} ({slug})"
        self._labels[slug] = label
        self._labelled[normalise(label)] = slug
        self._exact[normalise(label)].add(slug)

    def _beginning_with(self, name: str) -> Iterator[str]:
        for position in range(bisect_left(self._keys, name), len(self._keys)):
            if not self._keys[position].startswith(name):
                return
            yield self._keys[position]

    def _ranked(self, slugs: set[str]) -> tuple[Place, ...]:
        """Countries first, then by how many live there."""
        return tuple(sorted((self._places[slug] for slug in slugs), key=_rank))


def normalise(text: str) -> str:
    """Text as names are compared: no case, no accents, single spaces for punctuation."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_PLAIN_LETTERS)
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return " ".join("".join(character if character.isalnum() else " " for character in plain).split())


def _names(place: Place, aliases: Sequence[str]) -> Iterator[str]:
    """A place answers to its name, its other names, the part before each one's comma, and a metro to each city."""
    for name in (place.name, *aliases):
        yield normalise(name)
        yield normalise(name.partition(",")[0])
    if place.kind == "metro":
        for part in place.name.partition(",")[0].split("-"):
            yield normalise(part)


def _label(place: Place, places: Mapping[str, Place]) -> str:
    """The name with what it lies in: “Austin-Round Rock-San Marcos, TX, United States”."""
    within = []
    parent = place.parent
    while parent:
        if not (places[parent].kind == "region" and place.country == "US" and "," in place.name):
            within.append(places[parent].name)
        parent = places[parent].parent
    return ", ".join([place.name, *within])


def _rank(place: Place) -> tuple[int, int, str]:
    return (0 if place.kind == "country" else 1, -(place.population or 0), place.slug)
