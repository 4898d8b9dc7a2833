"""Ranks places by how well they match a search."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from skills.places.names import Kind

#: A set of places as the bits of an integer, which is fastest. Larger places have lower bits.
type PlaceSet = int

EVERY_PLACE: PlaceSet = -1


class Match(IntEnum):
    """How well the search text matches a name, best first."""

    WHOLE = 0  # a whole name, alone or with its surroundings: “Austin”, “austin texas”
    BEGINNING = 1  # the beginning of a name: “aust”; or a state's code
    ABBREVIATED = 2  # a name with a shortened word of its surroundings, or the reverse: “london ont”, “aust texas”
    WORD = 3  # a name from a later word on: “francisco”
    MISSPELT = 4  # one error in a whole name or in a word of its surroundings: “seatle”, “berlin germny”
    SPELLING_BEGINNING = 5  # the beginning of a name in another language: “warsz”
    MISSPELT_BEGINNING = 6  # one error before the last letter: “san frnc”
    AROUND = 7  # an unknown name in a known country or region: “paris texas”


#: The match, the kind of name, and the place's number.
type Hit = tuple[Match, Kind, int]


class Hits:
    """Places by their match; each place counts once, at its best match."""

    def __init__(self, countries: PlaceSet) -> None:
        self._countries = countries
        self._sets: dict[tuple[Match, Kind], PlaceSet] = {}

    def __bool__(self) -> bool:
        return bool(self._sets)

    def add(self, match: Match, kind: Kind, places: PlaceSet) -> None:
        if match == Match.WHOLE:
            kind = max(kind, Kind.NICKNAME)  # a complete nickname is as good as a name
        if places:
            self._sets[match, kind] = self._sets.get((match, kind), 0) | places

    def has_better_than(self, match: Match) -> bool:
        return any(found < match for found, _ in self._sets)

    def in_order(self) -> Iterator[Hit]:
        """Yield the best matches first, then larger places; among equal whole names, countries first."""
        taken: PlaceSet = 0
        for match, kind in sorted(self._sets):
            fresh = self._sets[match, kind] & ~taken
            taken |= fresh
            first = fresh & self._countries if match == Match.WHOLE else 0
            for places in (first, fresh & ~first):
                for place in members(places):
                    yield match, kind, place


def grade(kind: Kind, *, is_whole: bool, has_around: bool, is_short: bool = False) -> tuple[Match, Kind]:
    """Grade a match. A code counts as a beginning: “in” is more often the start of India than Indiana."""
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
    """Yield the numbers of a set's places, larger places first."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
