"""Texts in order: which of them begin in a certain way, and which do once one error is put right."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

# One error in fewer letters makes anything of anything; in the beginning of a name it takes one letter more.
LEAST_LETTERS_TO_MISSPELL = 4
MOST_LETTERS_TO_MISSPELL = 40
# So many texts are read one by one; of beginnings that more have, everything is known beforehand.
CROWD = 32
_HEAD = 5
# No text has it, and it comes after all that texts have.
_LAST = "\U0010ffff"


class Near(NamedTuple):
    """What one error makes of the first `end` letters: `text`, and where the texts stand that go on from there.

    Nothing goes on (`span` is empty) where the error is the last letter: that is one that was just typed.
    """

    end: int
    text: str
    span: range


class Spellings:
    """Texts in order, so that those with one beginning are neighbours.

    Most errors that are tried are given up at the first letters, for no text begins so: `_heads` has those that
    texts do begin with. `_letters` tells which letters come after a beginning that a crowd of texts has.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = sorted(texts)
        self._heads = frozenset(text[:size] for text in self.texts for size in (LEAST_LETTERS_TO_MISSPELL, _HEAD))
        self._letters = self._letters_after_crowds()

    @property
    def crowds(self) -> Mapping[str, range]:
        """The beginnings that more than `CROWD` texts have, with where those stand."""
        return {beginning: self.beginning_with(beginning) for beginning in self._letters}

    def beginning_with(self, text: str, among: range | None = None) -> range:
        """Where the texts stand that begin so."""
        low, high = (among.start, among.stop) if among is not None else (0, len(self.texts))
        first = bisect_left(self.texts, text, low, high)
        if first == high or not self.texts[first].startswith(text):
            return range(first, first)
        return range(first, bisect_left(self.texts, text + _LAST, first, high))

    def one_error_from(self, text: str, ends: Sequence[int]) -> Iterator[Near]:
        """What is one error away from the beginnings of a text that end at `ends`, which rise.

        An error is a letter too many, too few or mistaken, or two neighbours swapped. What begins with the text
        itself is no error, and not all of it is given.
        """
        ends = [end for end in ends if LEAST_LETTERS_TO_MISSPELL <= end <= MOST_LETTERS_TO_MISSPELL]
        among = range(len(self.texts))
        for position in range(ends[-1] + 1 if ends else 0):
            among = self.beginning_with(text[:position], among)
            if len(among) <= CROWD:
                for index, known in enumerate(self.texts[among.start : among.stop], among.start):
                    # Only where the two first differ can the error be; most differ by more than one.
                    if repairs := _repairs(known, text, position):
                        yield from _near_one(index, known, text, ends, repairs)
                return
            yield from self._near_many(text, ends, position, among)

    def _near_many(self, text: str, ends: Sequence[int], position: int, among: range) -> Iterator[Near]:
        """Among texts that are as typed before this position, those that are again after an error there."""
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
        """The letters that may come before the first of a head's letters, or stand in its place, by how texts begin."""
        letters, heads = self._letters[before], self._heads
        if not head:
            return letters, letters
        inserted = [letter for letter in letters if before + letter + head[:-1] in heads]
        return inserted, [letter for letter in letters if before + letter + head[1:] in heads]

    def _begun(
        self, text: str, shift: int, ends: Sequence[int], reach: int, goes_on: int, among: range
    ) -> Iterator[Near]:
        """What begins like a text that is put right up to `reach`, and goes on after the error at `goes_on`."""
        for end in ends:
            if end >= reach:
                candidate = text[: end + shift]
                among = self.beginning_with(candidate, among)
                if not among:
                    return
                may_go_on = end > LEAST_LETTERS_TO_MISSPELL and end >= goes_on
                yield Near(end, candidate, among if may_go_on else among[:0])

    def _letters_after_crowds(self) -> dict[str, str]:
        """Plain letters alone: of other scripts too few are known to say what is an error."""
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
    """The beginnings of a text that one of the repairs makes the beginning of a known one."""
    for so_far, reach, goes_on in repairs:
        for end in ends:
            if end >= reach:
                if not known.startswith(text[reach:end], so_far):
                    break
                may_go_on = end > LEAST_LETTERS_TO_MISSPELL and end >= goes_on
                span = range(index, index + 1 if may_go_on else index)
                yield Near(end, known[: end + so_far - reach], span)


def _repairs(known: str, text: str, position: int) -> list[tuple[int, int, int]]:
    """What may be wrong with a text where it first differs from a known one, which is at a position or after it.

    Each as how far the known one has been read then, how far the text, and by where it has gone on after the error.
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
