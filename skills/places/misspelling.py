"""Which words of a typed text may hold an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skills.places.reading import Row, Segment

_MAX_SPANS_TO_CORRECT = 4


def find_spans(parts: Sequence[Sequence[str]], rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the words that may hold an error: a part of the text, its unknown words, then each of its names."""
    spans: list[tuple[int, int]] = []
    start = 0
    unknown = {number for segment in rows[0].unknown for number in range(segment.start, segment.end)}
    for part in parts:
        end = start + len(part)
        if not unknown or not unknown.isdisjoint(range(start, end)):
            spans.append((start, end))
            spans.extend(_runs(rows[0].segments, start, end))
        start = end
    return list(dict.fromkeys(spans))[: 2 * _MAX_SPANS_TO_CORRECT]


def _runs(segments: Sequence[Segment], start: int, end: int) -> Iterator[tuple[int, int]]:
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
