"""Reads a typed place as a row of names: each word must be part of a place, of what lies around it, or of nothing.

“Austin, TX (Remote)” is a city, the state around it, and a word that names no place. A row is consistent if one of its
places lies in all the others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, count, pairwise

from skills.places.candidate import Candidate
from skills.places.candidates import Candidates
from skills.places.names import fold
from skills.places.postal_codes import MAX_WORDS_IN_CODE, CodeCountries, find_code_countries
from skills.places.typed_text import COUNTY, FILLERS, FLAG, MAX_WORDS, REGION_WORDS, WORDS_BETWEEN

#: A name has at most this many words.
_MAX_WORDS_IN_NAME = 8
_MAX_ROWS = 48
MAX_LETTERS_OF_CODE = 3
#: Where counties are typed, but the gazetteer has none of its towns' counties.
_COUNTRIES_WITHOUT_COUNTIES = ("gb", "ie")
_ZIP = re.compile(r"(\d{5})(?: \d{4})?")
_DIGIT = re.compile(r"\d")
_FULL_CODE = re.compile(r"(?=.*[a-z])[a-z\d]{2,4} ?[a-z\d]{2,4}")
# What a row costs: few names are better than many, a name is better than a code, an unknown word is worst.
_COST_OF_NAME, _COST_OF_CODE, _COST_OF_COUNTY, _COST_OF_NUMBER, _COST_OF_FILLER, _COST_OF_UNKNOWN = (
    10,
    11,
    12,
    13,
    15,
    1000,
)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Some words in a row, from `start` to before `end`, and the places that they may mean."""

    start: int
    end: int
    text: str
    cost: int
    candidates: tuple[Candidate, ...] = ()
    is_code: bool = False
    code_countries: CodeCountries | None = None
    county: str = ""

    @property
    def is_unknown(self) -> bool:
        return self.cost == _COST_OF_UNKNOWN

    @property
    def is_filler(self) -> bool:
        return self.cost == _COST_OF_FILLER

    @property
    def is_postal(self) -> bool:
        return self.code_countries is not None or any(place.kind == "postal" for place in self.candidates)

    def accounts_for(self, place: Candidate) -> bool:
        """Return whether these words may go with a place."""
        if self.code_countries:
            return self.code_countries.include_any(place.around | place.ids)
        if self.county:
            return self.county in place.around
        if not self.candidates or not self._ids.isdisjoint(place.around) or not self._ids.isdisjoint(place.ids):
            return True
        return place.is_city and place.city in (self._whole_cities if place.area else self._cities)

    # Sets, so that a place is not compared with each candidate: common names have sixty.

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset().union(*(place.ids for place in self.candidates))

    @cached_property
    def _cities(self) -> frozenset[str]:
        return frozenset(place.city for place in self.candidates if place.is_city and place.city)

    @cached_property
    def _whole_cities(self) -> frozenset[str]:
        return frozenset(place.city for place in self.candidates if place.is_city and place.city and not place.area)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One way to read all words, and what it costs."""

    segments: tuple[Segment, ...]
    cost: int = 0

    @property
    def places(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.candidates]

    @property
    def has_zip(self) -> bool:
        return any(segment.is_postal and segment.candidates for segment in self.segments)

    @property
    def has_number(self) -> bool:
        return any(segment.code_countries for segment in self.segments)

    def has_own_name_of(self, place: Candidate) -> bool:
        """Return whether a place, or what is around it, is named by its own name, and not by a postal code alone."""
        named = [each for segment in self.places if not segment.is_postal for each in segment.candidates]
        return any(each.is_own and (each.lies_in(place) or place.lies_in(each)) for each in named)

    def names_county_of(self, place: Candidate) -> bool:
        """Return whether a city lies in the county that is typed, if one is: Cook, Minnesota, is not in Cook County."""
        pairs = [*pairwise(self.segments), *((second, first) for first, second in pairwise(self.segments))]
        counties = [name for name, word in pairs if word.text == COUNTY and word.is_filler and name.candidates]
        if not counties or not place.is_city or place.country in _COUNTRIES_WITHOUT_COUNTIES:
            return True
        return any(f"county {each.text}" in place.around for each in counties)

    @property
    def has_full_code(self) -> bool:
        """Whether a code has letters and digits, so that no other country has the like: SW1A 1AA, DH1."""
        return any(
            code.are_british or _FULL_CODE.fullmatch(segment.text)
            for segment in self.segments
            if (code := segment.code_countries)
        )

    @property
    def unknown(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.is_unknown]


def read_rows(parts: Sequence[Sequence[str]], candidates: Candidates) -> list[Row]:
    """Return the rows that a text's words can be read as, the cheapest first; none for too many words."""
    words = [word for part in parts for word in part]
    if not words or len(words) > MAX_WORDS:
        return []
    starting: list[list[Segment]] = [[] for _ in words]
    ends = set(accumulate(map(len, parts)))
    for segment in _read_segments(words, ends, candidates):
        starting[segment.start].append(segment)
    # From the end: the cheapest rows from each word on.
    rows: list[list[Row]] = [[] for _ in words] + [[Row(segments=())]]
    for start in reversed(range(len(words))):
        longer = [
            Row(segments=(segment, *rest.segments), cost=segment.cost + rest.cost)
            for segment in starting[start]
            for rest in rows[segment.end]
        ]
        rows[start] = sorted(longer, key=lambda row: row.cost)[:_MAX_ROWS]
    return rows[0]


def leave_codes_out(parts: Sequence[Sequence[str]], row: Row) -> list[list[str]]:
    """Return the words of each part that are no part of a postal code, as a row reads them."""
    codes = {number for segment in row.segments if segment.is_postal for number in range(segment.start, segment.end)}
    numbers = count()
    return [[word for word in part if next(numbers) not in codes] for part in parts]


def find_consistent_places(row: Row, *, ignoring_unknown: bool = False) -> list[Candidate]:
    """Return the places of a row that lie in all its other places, each once."""
    if row.unknown and not ignoring_unknown:
        return []
    is_guess = ignoring_unknown and len(row.places) > 1
    found: dict[tuple[str, str], Candidate] = {}
    for segment in row.places:
        others = [other for other in row.segments if other is not segment and not other.is_unknown]
        for place in segment.candidates:
            if (_is_subject(place, segment) or is_guess) and all(other.accounts_for(place) for other in others):
                known = found.get((place.slug, place.key))
                found[place.slug, place.key] = place if known is None or place.is_own else known
    places = list(found.values())
    if len(row.places) > 1:
        places = [place for place in places if not any(_is_part(other, place) for other in places)]
    return leave_out_regions_of_cities(places)


def find_best_readings(rows: Sequence[Row]) -> tuple[list[Candidate], Row | None]:
    """Return what the cheapest consistent rows mean, and one of them, if possible with a code."""
    found: dict[tuple[str, str], Candidate] = {}
    best: Row | None = None
    for row in rows:
        if best and row.cost > best.cost:
            break
        for place in find_consistent_places(row):
            best = row if best is None or any(segment.is_code for segment in row.segments) else best
            found.setdefault((place.slug, place.key), place)
    return list(found.values()), best


def names_several(row: Row) -> bool:
    """Return whether a row may be a list of places: none of them is a mere code."""
    return not row.unknown and len(row.places) > 1 and all(not group[0].is_code for group in _group_segments(row))


def group_places(row: Row) -> list[list[Candidate]]:
    """Return the places of a row that names several, in order: each with what was typed around it."""
    return [find_consistent_places(Row(segments=tuple(group))) for group in _group_segments(row)]


def _group_segments(row: Row) -> list[list[Segment]]:
    groups: list[list[Segment]] = []
    for segment in row.places:
        together = Row(segments=(*groups[-1], segment)) if groups else None
        if together and find_consistent_places(together):
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return groups


def _is_state(place: Candidate) -> bool:
    return place.kind == "region" and not place.area


def _is_subject(place: Candidate, segment: Segment) -> bool:
    """Return whether words may mean the place itself: a code of two letters is not enough for a region abroad."""
    return not (segment.is_code and place.area)


def leave_out_regions_of_cities(places: Sequence[Candidate]) -> list[Candidate]:
    """Leave out regions that only have the name of a city in them: who types Hanoi means the city."""
    cities = [place for place in places if place.is_city and not (place.area and not place.size)]
    countries = {place.slug[:2] for place in cities if not place.area}
    return [
        place
        for place in places
        if not (place.kind == "region" and place.area)
        or not (place.slug[:2] in countries or any(not city.around.isdisjoint(place.ids) for city in cities))
    ]


def _is_part(place: Candidate, other: Candidate) -> bool:
    """Return whether a place is another one's part, or a more exact name for it."""
    if place is other or (place.slug, place.key) == (other.slug, other.key):
        return False
    return not place.around.isdisjoint(other.ids) and other.around.isdisjoint(place.ids)


def _read_segments(words: Sequence[str], ends: Collection[int], candidates: Candidates) -> Iterator[Segment]:
    """Yield all that some of the words may be. A code that is also a small word, as “or”, ends a part."""
    spans = {
        (start, end): " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + _MAX_WORDS_IN_NAME) + 1)
    }
    named = candidates.find_named(spans.values())
    coded = _find_coded(words, candidates)
    named |= _find_cities_of_repeated_codes(words, coded, candidates)
    counties = {each for found in named.values() for place in found for each in place.around if each[:7] == "county "}
    for (start, end), text in spans.items():
        is_whole_part = end in ends and (not start or start in ends)
        if (found := named.get(text)) and (is_whole_part or text not in WORDS_BETWEEN):
            if end < len(words) and words[end] in REGION_WORDS and any(_is_state(place) for place in found):
                found = [place for place in found if _is_state(place)]
            is_weak = len(text) <= MAX_LETTERS_OF_CODE and not any(place.is_own for place in found)
            cost = _COST_OF_COUNTY if is_weak else _COST_OF_NAME
            yield Segment(start=start, end=end, text=text, cost=cost, candidates=tuple(found))
        if f"county {text}" in counties:
            yield Segment(start=start, end=end, text=text, cost=_COST_OF_COUNTY, county=f"county {text}")
        if end - start <= MAX_WORDS_IN_CODE and _DIGIT.search(text):
            yield from _read_postal_code(start, end, text, candidates)
        if end == start + 1:
            is_known = len(words) == 1 and any(not place.area for place in named.get(text, ()))
            cost = _COST_OF_CODE if is_known else _COST_OF_NAME
            codes = coded.get(text, ()) if text not in FILLERS or end in ends else ()
            yield from _read_word(start, text, codes, cost)


def _find_coded(words: Sequence[str], candidates: Candidates) -> dict[str, list[Candidate]]:
    """Return the regions and countries of each code, and the countries of flags."""
    flags = {word: word.removeprefix(FLAG) for word in words if word.startswith(FLAG)}
    coded = candidates.find_coded([*words, *flags.values()])
    of_flags = {word: [each for each in coded.get(code, ()) if each.kind == "country"] for word, code in flags.items()}
    return coded | of_flags


def _find_cities_of_repeated_codes(
    words: Sequence[str], coded: Mapping[str, Sequence[Candidate]], candidates: Candidates
) -> dict[str, list[Candidate]]:
    """Return the cities with the name of a region whose code is typed twice: “NY, NY” is New York."""
    repeated = [word for word in coded if words.count(word) > 1]
    found: dict[str, list[Candidate]] = {}
    for word in repeated:
        named = candidates.find_named([fold(place.name) for place in coded[word] if place.kind == "region"])
        found[word] = [place for places in named.values() for place in places if place.is_city]
    return {word: cities for word, cities in found.items() if cities}


def _read_postal_code(start: int, end: int, text: str, candidates: Candidates) -> Iterator[Segment]:
    """Yield the American area of a postal code, and the code of another country."""
    if (found := _ZIP.fullmatch(text)) and (place := candidates.find_postal(found[1])):
        yield Segment(start=start, end=end, text=text, cost=_COST_OF_CODE, candidates=(place,))
    if countries := find_code_countries(text):
        yield Segment(start=start, end=end, text=text, cost=_COST_OF_NUMBER, code_countries=countries)


def _read_word(start: int, text: str, coded: Sequence[Candidate], cost: int) -> Iterator[Segment]:
    """Yield what a single word may be besides a name: the code of a region, a word without a place, or unknown."""
    end = start + 1
    if coded:
        yield Segment(start=start, end=end, text=text, cost=cost, candidates=tuple(coded), is_code=True)
    if text in FILLERS:
        yield Segment(start=start, end=end, text=text, cost=_COST_OF_FILLER)
    else:
        yield Segment(start=start, end=end, text=text, cost=_COST_OF_UNKNOWN)
