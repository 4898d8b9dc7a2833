"""A sorted list of texts that finds those with a prefix, exactly or with one error."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

# With fewer letters, one error matches too much; a prefix needs one letter more.
MIN_LETTERS_TO_MISSPELL = 4
MAX_LETTERS_TO_MISSPELL = 40
# Up to this many texts are compared one by one; prefixes of more texts are indexed in advance.
CROWD = 32
_HEAD = 5
# A character after all characters in texts.
_LAST = "\U0010ffff"


class Near(NamedTuple):
    """A correction of the first `end` letters: `text`, and the range of texts that continue it.

    `span` is empty if the error is the last letter, which was just typed.
    """

    end: int
    text: str
    span: range


class Spellings:
    """Texts in order, so that those with the same prefix are neighbours.

    Most corrections fail at the first letters, because no text begins like this: `_heads` has the letters with which
    texts begin. `_letters` has the letters that follow each common prefix.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = sorted(texts)
        self._heads = frozenset(text[:size] for text in self.texts for size in (MIN_LETTERS_TO_MISSPELL, _HEAD))
        self._letters = self._letters_after_crowds()

    @property
    def crowds(self) -> Mapping[str, range]:
        """The prefixes that more than `CROWD` texts share, with their ranges."""
        return {beginning: self.beginning_with(beginning) for beginning in self._letters}

    def beginning_with(self, text: str, among: range | None = None) -> range:
        """Return the range of texts with this prefix."""
        low, high = (among.start, among.stop) if among is not None else (0, len(self.texts))
        first = bisect_left(self.texts, text, low, high)
        if first == high or not self.texts[first].startswith(text):
            return range(first, first)
        return range(first, bisect_left(self.texts, text + _LAST, first, high))

    def one_error_from(self, text: str, ends: Sequence[int]) -> Iterator[Near]:
        """Yield corrections of the prefixes of a text that end at `ends`, in rising order.

        An error is an extra, missing or wrong letter, or two swapped neighbours. Texts with the exact prefix are no
        corrections, and not all of them are returned.
        """
        ends = [end for end in ends if MIN_LETTERS_TO_MISSPELL <= end <= MAX_LETTERS_TO_MISSPELL]
        among = range(len(self.texts))
        for position in range(ends[-1] + 1 if ends else 0):
            among = self.beginning_with(text[:position], among)
            if len(among) <= CROWD:
                for index, known in enumerate(self.texts[among.start : among.stop], among.start):
                    # The error can only be where the two first differ; most differ by more than one error.
                    if repairs := _repairs(known, text, position):
                        yield from _near_one(index, known, text, ends, repairs)
                return
            yield from self._near_many(text, ends, position, among)

    def _near_many(self, text: str, ends: Sequence[int], position: int, among: range) -> Iterator[Near]:
        """Yield corrections among texts that are equal before this position, with an error at it."""
        before, wrong, after = text[:position], text[position : position + 1], text[position + 1 :]
        if wrong and wrong != before[-1:]:
            yield from self._begun(before + after, -1, ends, position + 1, position + 2, among)
        if after and wrong != after[0]:
            swapped = before + after[0] + wrong + after[1:]
            yield from self._begun(swapped, 0, ends, position + 2, position + 2, among)
        inserted, replaced = self._letters_that_fit(before, text[position : min(_HEAD, ends[0])])
        for letter in inserted:
            if letter != wrong:
                yield from self._begun(before + letter + wrong + after, 1, ends, position, position + 1, among)
        for letter in replaced:
            if letter != wrong:
                yield from self._begun(before + letter + after, 0, ends, position + 1, position + 2, among)

    def _letters_that_fit(self, before: str, head: str) -> tuple[Sequence[str], Sequence[str]]:
        """Return the letters that may come before a head's first letter, or replace it, by the texts' prefixes."""
        letters, heads = self._letters[before], self._heads
        if not head:
            return letters, letters
        inserted = [letter for letter in letters if before + letter + head[:-1] in heads]
        return inserted, [letter for letter in letters if before + letter + head[1:] in heads]

    def _begun(
        self, text: str, shift: int, ends: Sequence[int], reach: int, goes_on: int, among: range
    ) -> Iterator[Near]:
        """Yield the texts that begin like a correction up to `reach`, and continue after the error at `goes_on`."""
        for end in ends:
            if end >= reach:
                candidate = text[: end + shift]
                among = self.beginning_with(candidate, among)
                if not among:
                    return
                may_go_on = end > MIN_LETTERS_TO_MISSPELL and end >= goes_on
                yield Near(end, candidate, among if may_go_on else among[:0])

    def _letters_after_crowds(self) -> dict[str, str]:
        """Return the letters after common prefixes, plain ones only: other scripts have too few names."""
        letters: dict[str, str] = {}
        waiting = [""]
        while waiting:
            beginning = waiting.pop()
            among, place = self.beginning_with(beginning), len(beginning)
            if len(among) > CROWD:
                after = {text[place] for text in self.texts[among.start : among.stop] if len(text) > place}
                letters[beginning] = "".join(sorted(letter for letter in after if letter.isascii()))
                waiting += [beginning + letter for letter in after]
        return letters


def _near_one(
    index: int, known: str, text: str, ends: Sequence[int], repairs: Sequence[tuple[int, int, int]]
) -> Iterator[Near]:
    """Yield the prefixes of a text that a repair turns into a prefix of a known text."""
    for so_far, reach, goes_on in repairs:
        for end in ends:
            if end >= reach:
                if not known.startswith(text[reach:end], so_far):
                    break
                may_go_on = end > MIN_LETTERS_TO_MISSPELL and end >= goes_on
                span = range(index, index + 1 if may_go_on else index)
                yield Near(end, known[: end + so_far - reach], span)


def _repairs(known: str, text: str, position: int) -> list[tuple[int, int, int]]:
    """Return the possible errors where a text first differs from a known one, at a position or after it.

    Each is the position in the known text, the position in the text, and the position after the error.
    """
    at = position
    while known[at : at + 1] == text[at : at + 1] != "":
        at += 1
    letter, following = known[at : at + 1], known[at + 1 : at + 2]
    wrong, after = text[at : at + 1], text[at + 1 : at + 2]
    repairs: list[tuple[int, int, int]] = []
    if letter and letter.isascii():
        if not following or following == wrong:
            repairs.append((at + 1, at, at + 1))
        if not following or following == after:
            repairs.append((at + 1, at + 1, at + 2))
    is_doubled = at > 0 and wrong == text[at - 1]
    if not letter or letter == after or is_doubled:
        repairs.append((at, at + 1, at + 1 if is_doubled else at + 2))
    if letter and letter == after and following == wrong:
        repairs.append((at + 2, at + 2, at + 2))
    return repairs
