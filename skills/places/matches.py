"""How well places match what was typed, and their order: sets of places by how well, best first."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from skills.places.names import Kind

#: A set of places as the bits of a number, for there is nothing faster: the larger a place, the lower its bit.
type PlaceSet = int

EVERY_PLACE: PlaceSet = -1


class Match(IntEnum):
    """How well what was typed names a place, best first."""

    WHOLE = 0  # a whole name, alone or with words of what it lies in: “Austin”, “austin texas”
    BEGINNING = 1  # of a name: “aust”; or a state's code
    ABBREVIATED = 2  # a name with a shortened word of what it lies in, or the reverse: “london ont”, “aust texas”
    WORD = 3  # a name from a later word on: “francisco”
    MISSPELT = 4  # one error in a whole name or in a word of what it lies in: “seatle”, “berlin germny”
    SPELLING_BEGINNING = 5  # of a name in another language: “warsz”
    MISSPELT_BEGINNING = 6  # one error before the last letter: “san frnc”
    AROUND = 7  # an unknown name in a known country or region: “paris texas”


#: How well a place matches, by what kind of name, and its number.
type Hit = tuple[Match, Kind, int]


class Hits:
    """Places by how well they match; each counts at its best alone."""

    def __init__(self, countries: PlaceSet) -> None:
        self._countries = countries
        self._sets: dict[tuple[Match, Kind], PlaceSet] = {}

    def __bool__(self) -> bool:
        return bool(self._sets)

    def add(self, match: Match, kind: Kind, places: PlaceSet) -> None:
        if match == Match.WHOLE:
            kind = max(kind, Kind.NICKNAME)  # a nickname that is typed whole is as good as a name
        if places:
            self._sets[match, kind] = self._sets.get((match, kind), 0) | places

    def has_better_than(self, match: Match) -> bool:
        return any(found < match for found, _ in self._sets)

    def in_order(self) -> Iterator[Hit]:
        """The best first, then the larger; of those with the same whole name countries before that."""
        taken: PlaceSet = 0
        for match, kind in sorted(self._sets):
            fresh = self._sets[match, kind] & ~taken
            taken |= fresh
            first = fresh & self._countries if match == Match.WHOLE else 0
            for places in (first, fresh & ~first):
                for place in members(places):
                    yield match, kind, place


def grade(kind: Kind, *, is_whole: bool, has_around: bool, is_short: bool = False) -> tuple[Match, Kind]:
    """A code counts as a beginning: “in” is more often the first half of India than Indiana."""
    if kind == Kind.WORD:
        return Match.WORD, kind
    if kind == Kind.CODE:
        return (Match.BEGINNING, Kind.NAME) if is_whole else (Match.WORD, kind)
    if is_whole:
        return (Match.ABBREVIATED if is_short else Match.WHOLE), kind
    if kind == Kind.SPELLING:
        return Match.SPELLING_BEGINNING, kind
    return (Match.ABBREVIATED if has_around else Match.BEGINNING), kind


def members(places: PlaceSet) -> Iterator[int]:
    """The numbers of a set's places, the larger place first."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
