"""What may be meant by a text that is not clear: several places, or a known one among other words.

Guesses are offered and never taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from skills.places.beginnings import find_beginnings
from skills.places.candidate import Candidate, rank
from skills.places.candidates import Candidates
from skills.places.likelihood import put_larger_first, rank_by_likelihood, rank_by_size
from skills.places.misspelling import correct_misspelling
from skills.places.reading import (
    MAX_LETTERS_OF_CODE,
    Row,
    find_consistent_places,
    group_places,
    leave_codes_out,
    names_several,
    read_rows,
)

#: With larger places of nearly the same name, fewer that have it are offered.
MAX_BEFORE_NEAR = 4


def find_guesses(parts: Sequence[Sequence[str]], candidates: Candidates) -> tuple[list[Candidate], bool]:
    """Return the places that may be meant, the likeliest first, and whether the text is a list of places."""
    rows = read_rows(parts, candidates)
    if not rows:
        return [], False
    near = _leave_out_code(rows)
    for row in () if near else filter(names_several, rows):
        firsts = [min(group, key=rank_by_likelihood) for group in group_places(row) if group]
        named = [place for place in firsts if place.kind != "postal"]
        if len(firsts) > 1:
            return named or firsts, len(named) != 1
    if not near:
        words = [word for part in parts for word in part]
        begun = find_beginnings(words, candidates)[:MAX_BEFORE_NEAR] if len(rows[0].unknown) else []
        near = sorted([*begun, *correct_misspelling(parts, rows, candidates)], key=rank_by_size)
    return [*_find_longer(parts, rows[0], candidates), *near, *_find_known_part(rows)], False


def _find_longer(parts: Sequence[Sequence[str]], row: Row, candidates: Candidates) -> list[Candidate]:
    """Return places whose names go on after a text and that may have its postal code: Kingston (upon Thames) KT1."""
    if not row.has_full_code:
        return []
    words = [word for part in leave_codes_out(parts, row) for word in part]
    begun = [place for _, place in candidates.find_beginning_with(f"{' '.join(words)} ") if place.is_own]
    codes = [segment for segment in row.segments if segment.code_countries]
    found: dict[str, Candidate] = {}
    for place in begun:
        if all(code.accounts_for(place) for code in codes):
            found.setdefault(place.name, place)
    return list(found.values())


def _leave_out_code(rows: Sequence[Row]) -> list[Candidate]:
    """Return the places that are meant if one short word between others is left out: “Lima, LI, Peru”."""
    for row in rows:
        is_one_left_out = [len(each.text) <= MAX_LETTERS_OF_CODE for each in row.unknown] == [True]
        if is_one_left_out and len(row.places) > 1 and (places := find_consistent_places(row, ignoring_unknown=True)):
            return sorted(places, key=rank_by_likelihood)
    return []


def _find_known_part(rows: Sequence[Row]) -> list[Candidate]:
    """Return the places that are named if some words are left out, and the country around them."""
    known: dict[str, Candidate] = {}
    around: list[Candidate] = []
    cost = 0
    for row in rows:
        if known and row.cost > cost:
            break
        if known and all(segment.is_code for segment in row.places):
            continue
        places = find_consistent_places(row, ignoring_unknown=True) if row.places else []
        if any(place.slug for place in places):
            cost = row.cost
            known |= {place.key: place for place in places}
            around += [
                place
                for segment in row.places
                for place in segment.candidates
                if not place.is_city and any(each.lies_in(place) for each in places)
            ]
    if known:
        return [*put_larger_first(sorted(known.values(), key=rank_by_likelihood)), *sorted(around, key=rank)]
    return [min(group, key=rank_by_likelihood) for row in rows[:1] for group in group_places(row) if group]
