"""The names, label and size of a place."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import filterfalse

from calculator.engine import Place

# Letters that do not decompose into a plain letter and an accent.
_PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_STATE = re.compile(r", [A-Z]{2}(?:-[A-Z]{2})*$")
#: What is between the cities of an American area: “Austin-Round Rock”, “Louisville/Jefferson County”.
_CITIES = re.compile("[-/]")
#: The one American area whose first city has a hyphen in its name.
_HYPHENATED = "Winston-Salem"
#: What the names begin with that have an article inside a sentence.
_WITH_ARTICLE = (
    "Central African Republic",
    "Comoros",
    "Democratic Republic",
    "District of Columbia",
    "Dominican Republic",
    "Gambia",
    "Maldives",
    "Marshall Islands",
    "Palestinian Territory",
    "Philippines",
    "Republic of",
    "Seychelles",
    "Solomon Islands",
    "The Netherlands",
    "United Arab",
    "United Kingdom",
    "United States",
)
#: Words that are as often shortened.
_SHORT_WORDS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "mountain": "mt"}
#: Initials with points, such as “U.S.A.” and “D.C.”.
_INITIALS = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")
_NO_NAME = re.compile(r"[\W_]+", re.ASCII)
_WORDS = re.compile(r"[^\W_]+")


class Kind(IntEnum):
    """The kinds of names, likeliest meaning first."""

    NAME = 0  # its own name, or the first city of a metro
    NICKNAME = 1  # what people type for it: NYC, Bombay, Deutschland
    PART = 2  # a further city of a metro
    SPELLING = 3  # its name in other languages or on old maps, and its full label
    CODE = 4  # the code of a region: TX
    WORD = 5  # a name from a later word on


def normalise(text: str) -> str:
    """Normalise a text for comparison: no case, no accents, single spaces for punctuation."""
    if "." in text:
        text = _INITIALS.sub(lambda initials: initials[0].replace(".", ""), text)
    if text.isascii():
        return _NO_NAME.sub(" ", text.lower()).strip()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_PLAIN_LETTERS)
    return " ".join(_WORDS.findall("".join(filterfalse(unicodedata.combining, folded))))


def fold(name: str) -> str:
    """Normalise a name, and write its common words in one way: “Saint Paul” and “St. Paul” are the same."""
    return shorten_words(normalise(name))


def shorten_words(name: str) -> str:
    """Shorten the common words of a normalised name of several words."""
    if " " not in name:
        return name
    return " ".join([_SHORT_WORDS.get(word, word) for word in name.split()])


def list_names(place: Place, country: str, aliases: Sequence[str]) -> Iterator[tuple[str, Kind]]:
    """Yield a place's names: its own, its other names, the part of each before a comma, and each city of a metro.

    Another name that ends with the country's name is a spelling, one with a state a further city, any other a nickname.
    """
    head = place.name.partition(",")[0]
    yield normalise(place.name), Kind.SPELLING
    yield normalise(head), Kind.NAME
    if place.kind == "metro" and (place.country == "US" or _STATE.search(place.name)):
        first, *others = [head] if head == _HYPHENATED else _CITIES.split(head)
        yield normalise(first), Kind.NAME
        for other in others:
            yield normalise(other), Kind.PART
    for alias in aliases:
        before, comma, after = alias.rpartition(", ")
        if not comma:
            yield normalise(alias), Kind.NICKNAME
        else:
            yield normalise(alias.partition(",")[0]), Kind.SPELLING if after == country else Kind.PART
            yield normalise(before if after == country else alias), Kind.SPELLING if after == country else Kind.PART


def find_code(place: Place) -> str:
    """Return a region's code from its slug, such as `tx`; empty for other places."""
    part = place.slug.partition("-")[2]
    return part if place.kind == "region" and len(part) == 2 else ""


def short_name(place: Place) -> str:
    """Return the place's name alone; for an American area that of its first city: “Austin”."""
    name = _STATE.sub("", place.name)
    return name if name in (place.name, _HYPHENATED) else _CITIES.split(name)[0]


def name_in_text(place: Place) -> str:
    """Return the short name as it is inside a sentence: “the United States”."""
    return add_article(short_name(place))


def add_article(name: str) -> str:
    """Return a name or label as it is inside a sentence: “the United Kingdom”."""
    return f"the {name.removeprefix('The ')}" if name.startswith(_WITH_ARTICLE) else name


def name_with_states(place: Place) -> str:
    """Return the short name of an American area with its states: “Austin, TX”; "" for other places."""
    states = _STATE.search(place.name)
    return f"{short_name(place)}{states[0]}" if states else ""


def write_label(place: Place, places: Mapping[str, Place]) -> str:
    """Return the name with its region and country: “Austin-Round Rock-San Marcos, TX, United States”."""
    within = []
    parent = place.parent
    while parent:
        if not (places[parent].kind == "region" and place.country == "US" and "," in place.name):
            within.append(places[parent].name)
        parent = places[parent].parent
    return ", ".join([place.name, *within])


def count_people(places: Mapping[str, Place]) -> dict[str, int]:
    """Return each place's population; that of a country or region is the sum of its cities'.

    A city with its region's name, such as New York, is not counted in the region, so that it ranks before the region.
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
