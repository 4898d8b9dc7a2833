"""Which of several places a name means: its own name first, then size; and when nothing else can be meant."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from skills.places.candidates import Candidate, rank
from skills.places.names import Kind
from skills.places.reading import Row

# A bare name means a city that is this many times as large as the next one of that name.
TIMES_AS_LARGE = 10
# A place of nearly the same name is offered too if it is this many times as large.
TIMES_AS_LARGE_TO_OFFER = 3
# A smaller town is not meant by a word such as “home”, and not offered if larger places have its name.
MIN_PEOPLE_TO_BE_MEANT = 5000
# How many times less often something else than a place's own name is typed: the name of a further city of a metro area
# or a later word; a name in another language; such a name of a country.
_RARENESS_OF_PART, _RARENESS_ABROAD, _RARENESS_OF_COUNTRIES_ABROAD = 2, 10, 100
# Names in other languages are suggested from this many letters on.
_MIN_LETTERS_ABROAD = 3
# Where the name of a country begins as typed, or of a place with so many people, no other language is likely.
_MIN_PEOPLE_TO_BE_WELL_KNOWN = 500_000


def rank_by_size(place: Candidate) -> tuple[object, ...]:
    return (bool(place.area), -(place.size or 0), place.key)


def rank_by_likelihood(place: Candidate) -> tuple[object, ...]:
    """Return the order of what a name may mean: what has it as its own name first."""
    return (not place.is_own, *rank(place))


def put_larger_first(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Put places with this name in another language first if they are larger than those whose own name it is.

    Smaller ones are left out.
    """
    own = [place for place in ranked if place.is_own]
    largest = max((place.size or 0 for place in own), default=0)
    return [*(place for place in ranked if not place.is_own and (place.size or 0) >= largest), *own]


def share_codes(row: Row, first: Candidate, other: Candidate) -> bool:
    """Return whether two places lie in the same place of each code: LA may be Los Angeles or Louisiana."""
    return all(
        any(first.lies_in(place) and other.lies_in(place) for place in segment.candidates)
        for segment in row.segments
        if segment.is_code and len(row.places) > 1
    )


def outweighs(first: Candidate, other: Candidate) -> bool:
    """Return whether a name means the first of two places and not the other.

    A city must be much larger than another one, and a country or region much larger than a town. A name in another
    language does not compete with a place's own name, unless its place is much larger.
    """
    if other.slug == first.slug and other.is_city == first.is_city:
        return True
    if first.is_own and not other.is_own:
        return (other.size or 0) < TIMES_AS_LARGE_TO_OFFER * (first.size or 1)
    if first.is_city and other.kind == "region" and other.area and not first.ids.isdisjoint(other.ids):
        return True
    if first.is_city and other.kind == "region" and other.area and not first.around.isdisjoint(other.ids):
        return True  # a city and the region around it that has its name
    if not first.is_city and other.kind != "town":
        return False
    if first.kind == "region" and first.area and (other.size or 0) >= MIN_PEOPLE_TO_BE_MEANT:
        return False
    if first.size is None or other.size is None:
        return False
    return first.size >= TIMES_AS_LARGE * other.size


def rank_beginnings(text: str, found: Sequence[tuple[Kind, Candidate]]) -> list[Candidate]:
    """Rank places whose names of some kind begin with a text, the likeliest first, districts after other places.

    A name in another language is left out where a larger or a well-known place has such a name of its own.
    """
    owns = [place for kind, place in found if kind <= Kind.NICKNAME]
    largest = max((place.size or 0 for place in owns), default=0)
    is_known = largest >= _MIN_PEOPLE_TO_BE_WELL_KNOWN or any(place.kind == "country" for place in owns)
    is_short = text.isascii() and len(text) < _MIN_LETTERS_ABROAD
    ranked: list[tuple[tuple[object, ...], Candidate]] = []
    for kind, place in found:
        size = place.size or 0
        if kind == Kind.PART:
            size //= _RARENESS_OF_PART
        elif kind == Kind.SPELLING:
            if owns and (is_known or is_short or size < largest or not place.is_city):
                continue
            size //= _RARENESS_ABROAD if place.is_city else _RARENESS_OF_COUNTRIES_ABROAD
        ranked.append(((kind == Kind.CODE, kind == Kind.WORD, place.is_district, -size, place.key), place))
    return [place for _, place in sorted(ranked, key=itemgetter(0))]
