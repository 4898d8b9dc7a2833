"""What a place is called: its names as they are compared, its label, its size."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import filterfalse

from calculator.engine import Place

# Letters that do not decompose into a plain one and an accent.
_PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_NO_NAME = re.compile(r"[\W_]+", re.ASCII)
_WORDS = re.compile(r"[^\W_]+")


class Kind(IntEnum):
    """How a text names a place, the likeliest meaning first."""

    NAME = 0  # its own name; of a metro's cities the first one
    NICKNAME = 1  # what people type for it: NYC, Bombay, Deutschland
    PART = 2  # a further city of a metro
    SPELLING = 3  # as other languages and old maps spell it, and the name with all that belongs to it
    CODE = 4  # of a region, as addresses name it: TX
    WORD = 5  # a name from a later word on


def normalise(text: str) -> str:
    """Text as names are compared: no case, no accents, single spaces for punctuation."""
    if text.isascii():
        return _NO_NAME.sub(" ", text.lower()).strip()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_PLAIN_LETTERS)
    return " ".join(_WORDS.findall("".join(filterfalse(unicodedata.combining, folded))))


def names(place: Place, country: str, aliases: Sequence[str]) -> Iterator[tuple[str, Kind]]:
    """A place answers to its name, its other names, the part before each one's comma, and a metro to each city.

    An other name that ends with the country's name is a spelling; one without any is a nickname.
    """
    head = place.name.partition(",")[0]
    yield normalise(place.name), Kind.SPELLING
    yield normalise(head), Kind.NAME
    if place.kind == "metro":
        first, *others = head.split("-")
        yield normalise(first), Kind.NAME
        for other in others:
            yield normalise(other), Kind.PART
    for alias in aliases:
        before, comma, after = alias.rpartition(", ")
        if not comma:
            yield normalise(alias), Kind.NICKNAME
        else:
            yield normalise(alias.partition(",")[0]), Kind.SPELLING if after == country else Kind.PART
            yield normalise(before if after == country else alias), Kind.SPELLING


def code(place: Place) -> str:
    """The code by which addresses name a region, as `tx`; empty for other places."""
    part = place.slug.partition("-")[2]
    return part if place.kind == "region" and len(part) == 2 else ""


def label(place: Place, places: Mapping[str, Place]) -> str:
    """The name with what it lies in: “Austin-Round Rock-San Marcos, TX, United States”."""
    within = []
    parent = place.parent
    while parent:
        if not (places[parent].kind == "region" and place.country == "US" and "," in place.name):
            within.append(places[parent].name)
        parent = places[parent].parent
    return ", ".join([place.name, *within])


def sizes(places: Mapping[str, Place]) -> dict[str, int]:
    """How many live in each place; in a country or region those of its cities together.

    The city that bears its region's name, as New York, is left out of the region, so that it stands before it.
    """
    counted: dict[str, int] = defaultdict(int)
    for place in places.values():
        population, first = place.population or 0, normalise(re.split("[,-]", place.name)[0])
        counted[place.slug] += population
        above = place.parent
        while above:
            if places[above].kind == "country" or normalise(places[above].name) != first:
                counted[above] += population
            above = places[above].parent
    return counted
