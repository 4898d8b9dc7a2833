"""Which of several places a name means: its own name first, then size; and when nothing else can be meant."""

from __future__ import annotations

from collections.abc import Sequence

from skills.places.candidate import Candidate, rank
from skills.places.reading import Row

# A bare name means a city that is this many times as large as the next one of that name.
TIMES_AS_LARGE = 10
# A place of nearly the same name is offered too if it is this many times as large.
TIMES_AS_LARGE_TO_OFFER = 3
# A city with so many people is known far away; where its name begins as typed, no misspelt names are suggested.
MIN_PEOPLE_TO_BE_KNOWN = 100_000
# A smaller town is not meant by a word such as “home”, and not offered if larger places have its name.
MIN_PEOPLE_TO_BE_MEANT = 5000


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


def find_regions_to_offer(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the regions of unknown size in countries without a city of their name; none next to a place with pay."""
    if not ranked[0].area:
        return []
    countries = {place.country for place in ranked if place.is_city}
    return [each for each in ranked if each.is_region_of_unknown_size and each.is_own and each.country not in countries]


def put_regions_first(ranked: Sequence[Candidate], regions: Sequence[Candidate]) -> list[Candidate]:
    """Put regions before towns that few know far away: who types Devon hardly means Devon, Pennsylvania."""
    others = [place for place in ranked if place not in regions]
    is_little_known = [bool(each.area) and (each.size or 0) < MIN_PEOPLE_TO_BE_KNOWN for each in others]
    first = [*is_little_known, True].index(True)
    return [*others[:first], *regions, *others[first:]]


def is_smaller(place: Candidate, other: Candidate) -> bool:
    """Return whether a place is smaller than another one that does not contain it."""
    return (place.size or 0) < (other.size or 0) and not place.lies_in(other)


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
    language does not compete with a place's own name, unless its place is much larger. No town is meant if a region of
    unknown size in another country has its name.
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
    is_town = first.is_city and first.area
    if is_town and other.is_region_of_unknown_size and other.slug and other.country != first.country:
        return False  # Devon may be larger than the town in Pennsylvania
    if first.size is None or other.size is None:
        return False
    return first.size >= TIMES_AS_LARGE * other.size
