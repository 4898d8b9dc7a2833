"""The places whose names begin as typed, for suggestions: larger places before smaller ones."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from skills.places.candidate import Candidate
from skills.places.candidates import Candidates
from skills.places.names import Kind, fold

#: How many times less often something else than a place's own name is typed: the name of a further city of a metro area
# or a later word; a name in another language; such a name of a country.
_RARENESS_OF_PART, _RARENESS_ABROAD, _RARENESS_OF_COUNTRIES_ABROAD = 2, 10, 100
# Names in other languages are suggested from this many letters on.
_MIN_LETTERS_ABROAD = 3
# Where the name of a country begins as typed, or of a place with so many people, no other language is likely.
_MIN_PEOPLE_TO_BE_WELL_KNOWN = 500_000


def find_beginnings(words: Sequence[str], candidates: Candidates) -> list[Candidate]:
    """Return the places whose names begin with the first words and lie in what the others begin: “london ont”."""
    for count in range(len(words), 0, -1):
        text = " ".join(words[:count])
        begun = _rank_beginnings(text, candidates.find_beginning_with(text))
        if found := [place for place in begun if _lies_in_words(place, words[count:], candidates)]:
            return found
    return []


def _lies_in_words(place: Candidate, words: Sequence[str], candidates: Candidates) -> bool:
    """Return whether all words begin a word of what the place lies in, such as “ont” and “or”."""
    if not words:
        return True
    around = {word for slug in place.around for word in candidates.find_words(slug)}
    around.update(fold(candidates.write_label(place)).split())
    return all(any(other.startswith(word) for other in around) for word in words)


def _rank_beginnings(text: str, found: Sequence[tuple[Kind, Candidate]]) -> list[Candidate]:
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
