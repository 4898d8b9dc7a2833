"""Finds what is meant if some words of a typed text have an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skills.places.candidate import Candidate
from skills.places.candidates import Candidates
from skills.places.likelihood import MIN_PEOPLE_TO_BE_MEANT, rank_by_likelihood, rank_by_size
from skills.places.reading import Row, Segment, find_best_readings, leave_out_regions_of_cities, read_rows

_MAX_SPANS_TO_CORRECT = 4
_MAX_NAMES_TO_TRY = 8
#: A text with more is full of common names, and would be read again for each correction.
_MAX_CANDIDATES_TO_CORRECT = 100


def correct_misspelling(parts: Sequence[Sequence[str]], rows: Sequence[Row], candidates: Candidates) -> list[Candidate]:
    """Return what is meant if some of the words have an error: the catalogue's places first."""
    if sum(len(segment.candidates) for segment in rows[0].segments) > _MAX_CANDIDATES_TO_CORRECT:
        return []
    words = [word for part in parts for word in part]
    for start, end in _find_spans(parts, rows):
        found: dict[str, Candidate] = {}
        named = candidates.find_named(candidates.find_near(" ".join(words[start:end])))
        likeliest = sorted(named, key=lambda name: min(rank_by_likelihood(place) for place in named[name]))
        for name in likeliest[:_MAX_NAMES_TO_TRY]:
            corrected = [*words[:start], *name.split(), *words[end:]]
            is_whole = len(words) == end - start
            for place in named[name] if is_whole else find_best_readings(read_rows([corrected], candidates))[0]:
                if place.slug and (place.key not in found or place.is_own):
                    found[place.key] = place
        if found:
            own = [place for place in found.values() if place.is_own] or list(found.values())
            known = [place for place in own if not place.area or (place.size or 0) >= MIN_PEOPLE_TO_BE_MEANT]
            return sorted(leave_out_regions_of_cities(known or own), key=rank_by_size)
    return []


def _find_spans(parts: Sequence[Sequence[str]], rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the words that may hold an error: a part of the text, its unknown words, then each of its names."""
    spans: list[tuple[int, int]] = []
    start = 0
    unknown = {number for segment in rows[0].unknown for number in range(segment.start, segment.end)}
    for part in parts:
        end = start + len(part)
        if not unknown or not unknown.isdisjoint(range(start, end)):
            spans.append((start, end))
            spans.extend(_find_runs(rows[0].segments, start, end))
        start = end
    return list(dict.fromkeys(spans))[: 2 * _MAX_SPANS_TO_CORRECT]


def _find_runs(segments: Sequence[Segment], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the unknown words of a part, alone and with the word before or after them, then its names."""
    inside = [segment for segment in segments if start <= segment.start and segment.end <= end]
    for segment in inside:
        if segment.is_unknown:
            for first, last in (
                (segment.start, segment.end),
                (segment.start - 1, segment.end),
                (segment.start, segment.end + 1),
            ):
                if start <= first and last <= end:
                    yield first, last
    for segment in inside:
        if segment.candidates and not segment.is_code:
            yield segment.start, segment.end
