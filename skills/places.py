"""Finds the place that somebody means by what they typed, in one edition; in memory, without the database."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from calculator.engine.edition import Place
from skills.place_names import Kind, code, label, names, normalise, sizes, surroundings

MOST_OFFERED = 8
# A city is meant by its bare name alone where it is so many times as large as the next one of that name.
TIMES_AS_LARGE = 10
# One error in fewer letters makes anything of anything; in the beginning of a name it takes one letter more.
LEAST_LETTERS_TO_MISSPELL = 4
# Longer than every name; what is longer still is no place, and would only take time.
MOST_LETTERS = 160
_MOST_LETTERS_TO_MISSPELL = 40
_MOST_WORDS_AROUND = 6


class Match(IntEnum):
    """How well what was typed names a place, best first."""

    WHOLE = 0  # a whole name, alone or with words of what it lies in: “Austin”, “austin texas”
    BEGINNING = 1  # of a name: “aust”; or a state's code
    ABBREVIATED = 2  # a name with a shortened word of what it lies in, or the reverse: “london ont”, “aust texas”
    WORD = 3  # a name from a later word on: “francisco”
    MISSPELT = 4  # one error in a whole name or in a word of what it lies in: “seatle”, “berlin germny”
    SPELLING_BEGINNING = 5  # of a name in another language: “warsz”
    MISSPELT_BEGINNING = 6  # one error before the last letter: “san frnc”
    AROUND = 7  # an unknown name in a known country or region: “paris texas”


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Places for what was typed, likeliest first; `is_clear` when the first is meant beyond doubt.

    `is_guess` when no place calls itself so: the places are one error away, around an unknown name, or begin so in
    another language.
    """

    places: tuple[Place, ...]
    is_clear: bool
    is_guess: bool = False


type _Hits = dict[str, tuple[Match, Kind]]


class PlaceIndex:
    """The names of one edition's places, ready to be searched.

    `_named` has every name from each of its words on, `_keys` the same in order: what begins with a text is one
    stretch of it. `_around` has the words that may stand after a place's name.
    """

    def __init__(self, places: Mapping[str, Place], aliases: Mapping[str, Sequence[str]]) -> None:
        self._places = places
        self._sizes = sizes(places)
        self._around = surroundings(places, aliases)
        self._words_around = sorted(set().union(*self._around.values()))
        self._labels: dict[str, str] = {}
        self._labelled: dict[str, str] = {}
        self._named: dict[str, tuple[tuple[Kind, str], ...]] = self._name_all(aliases)
        self._keys = sorted(self._named)
        self._letters = "".join(sorted({letter for key in self._keys for letter in key if letter.isascii()}))

    def label(self, slug: str) -> str:
        """The place's name as shown, with its region and country: unique, and found again by `find`."""
        return self._labels[slug]

    def find(self, typed: str) -> Found:
        """By slug, by label, then by name: only the best way in which anything matches counts.

        Clear is one place alone, or a city at least ten times as large as each other of its name: “London” is the
        one in the United Kingdom, and the page says so. Countries and regions are never taken for their size. How
        another place is spelled in another language is no rival of a place's own name.
        A guess is never clear, not even alone: Parma is one letter from Palma, and whoever asks for a place that we
        lack must not get the pay of another one unawares.
        """
        name = normalise(typed[:MOST_LETTERS])
        slug = typed.strip() if typed.strip() in self._places else self._labelled.get(name)
        if slug is not None:
            return Found(places=(self._places[slug],), is_clear=True)
        hits = self._search(name)
        ranked = self._ranked(hits)
        if not ranked:
            return Found(places=(), is_clear=False)
        best, _ = hits[ranked[0].slug]
        if best >= Match.MISSPELT:
            return Found(places=ranked[:MOST_OFFERED], is_clear=False, is_guess=True)
        meant = [place for place in ranked if hits[place.slug][0] == best]
        first, *others = meant
        is_own = hits[first.slug][1] <= Kind.NICKNAME
        rivals = [other for other in others if not (is_own and hits[other.slug][1] == Kind.SPELLING)]
        if not rivals or (best == Match.WHOLE and all(_outgrows(first, other) for other in rivals)):
            return Found(places=(first,), is_clear=True)
        return Found(places=tuple(meant[:MOST_OFFERED]), is_clear=False)

    def suggest(self, typed: str) -> tuple[Place, ...]:
        """What to offer while somebody is still typing: the better it matches, then the larger, the earlier."""
        slug = typed.strip()
        given = (self._places[slug],) if slug in self._places and "-" in slug else ()
        ranked = self._ranked(self._search(normalise(typed[:MOST_LETTERS])))
        return (*given, *(place for place in ranked if place not in given))[:MOST_OFFERED]

    def _name_all(self, aliases: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[Kind, str], ...]]:
        named: dict[str, dict[str, Kind]] = defaultdict(dict)
        for slug, place in self._places.items():
            country = next((item.name for item in _up(place, self._places) if item.kind == "country"), "")
            for name, kind in names(place, country, aliases.get(slug, ())):
                _note(named[name], slug, kind)
        own = [(name.split(), slug) for name, kinds in named.items() for slug in kinds if kinds[slug] < Kind.SPELLING]
        for slug in self._places:
            self._add_label(slug, named)
        for words, slug in own:
            for start in range(1, len(words)):
                _note(named[" ".join(words[start:])], slug, Kind.WORD)
        for slug, place in self._places.items():
            if code(place):
                _note(named[code(place)], slug, Kind.CODE)
        named.pop("", None)
        return {name: tuple((kind, slug) for slug, kind in kinds.items()) for name, kinds in named.items()}

    def _add_label(self, slug: str, named: dict[str, dict[str, Kind]]) -> None:
        """A country of whose name there is a place elsewhere, as Georgia, says that it is a country."""
        place = self._places[slug]
        shown = label(place, self._places)
        if any(self._places[other].country != place.country for other in named.get(normalise(shown), ())):
            shown = f"{shown} ({place.kind})"
        if normalise(shown) in self._labelled:
            shown = f"{shown} ({slug})"
        self._labels[slug] = shown
        self._labelled[normalise(shown)] = slug
        _note(named[normalise(shown)], slug, Kind.NAME)

    def _ranked(self, hits: _Hits) -> tuple[Place, ...]:
        """The larger first; of those with the same whole name countries before that, and a nickname is a name."""

        def rank(slug: str) -> tuple[object, ...]:
            match, kind = hits[slug]
            if match == Match.WHOLE:
                kind = max(kind, Kind.NICKNAME)
            is_country = match == Match.WHOLE and self._places[slug].kind == "country"
            return match, kind, not is_country, -self._sizes[slug], slug

        return tuple(self._places[slug] for slug in sorted(hits, key=rank))

    def _search(self, name: str) -> _Hits:
        """Errors count only where no place calls itself as typed, an unknown name only where they are no help."""
        words = name.split()
        hits = self._named_so(words)
        if any(match < Match.MISSPELT for match, _ in hits.values()):
            return hits
        for slug, (match, kind) in self._misspelt(words).items():
            _keep_best(hits, slug, match, kind)
        return hits or self._unknown_within(words)

    def _named_so(self, words: Sequence[str]) -> _Hits:
        hits: _Hits = {}
        for text, around in self._readings(words):
            for key in self._beginning_with(text):
                for kind, slug in self._named[key]:
                    if (is_short := self._lies_in(slug, around)) is not None:
                        _keep_best(hits, slug, *_grade(kind, key == text, bool(around), is_short))
        return hits

    def _misspelt(self, words: Sequence[str]) -> _Hits:
        hits: _Hits = {}
        for text, around in self._readings(words, most_before=0):
            if LEAST_LETTERS_TO_MISSPELL <= len(text) <= _MOST_LETTERS_TO_MISSPELL:
                for kind, slug, is_whole in self._one_error_from(text):
                    if self._lies_in(slug, around) is not None:
                        match = Match.MISSPELT if is_whole else Match.MISSPELT_BEGINNING
                        _keep_best(hits, slug, match, kind)
        if len(words) > 1 and LEAST_LETTERS_TO_MISSPELL <= len(words[-1]) <= _MOST_LETTERS_TO_MISSPELL:
            for respelt in set(one_error(words[-1], self._letters)).intersection(self._words_around):
                for slug, (match, kind) in self._named_so([*words[:-1], respelt]).items():
                    if match == Match.WHOLE:
                        _keep_best(hits, slug, Match.MISSPELT, kind)
        return hits

    def _one_error_from(self, text: str) -> Iterator[tuple[Kind, str, bool]]:
        """Names, and beginnings of names that end as the text does: its last letter is one that was just typed."""
        known = next(length for length in range(len(text), -1, -1) if any(self._beginning_with(text[:length])))
        for candidate in set(one_error(text, self._letters, known)):
            is_going_on = candidate[-1] == text[-1] or candidate == text[:-2] + text[:-3:-1]
            may_go_on = is_going_on and len(text) > LEAST_LETTERS_TO_MISSPELL
            keys: Iterable[str] = self._beginning_with(candidate) if may_go_on else (candidate,)
            for key in keys:
                for kind, slug in self._named.get(key, ()):
                    if kind != Kind.CODE:
                        yield kind, slug, key == candidate

    def _unknown_within(self, words: Sequence[str]) -> _Hits:
        for start in range(1, len(words)):
            named = self._named.get(" ".join(words[start:]), ())
            wide = [(kind, slug) for kind, slug in named if kind != Kind.WORD and self._places[slug].kind != "metro"]
            if wide:
                return {slug: (Match.AROUND, kind) for kind, slug in wide}
        return {}

    def _readings(
        self, words: Sequence[str], most_before: int = _MOST_WORDS_AROUND
    ) -> Iterator[tuple[str, Sequence[str]]]:
        """The text as a name, then each way to take words at its ends for what the place lies in."""
        if words:
            yield " ".join(words), ()
        for start in range(len(words)):
            if start > most_before or not all(self._begins_around(word) == word for word in words[:start]):
                break
            for end in range(len(words) - (start == 0), start, -1):
                after = words[end:]
                if start + len(after) > _MOST_WORDS_AROUND or not all(map(self._begins_around, after)):
                    break
                yield " ".join(words[start:end]), (*words[:start], *after)

    def _begins_around(self, word: str) -> str:
        """The first of the words around that begins so; empty where there is none."""
        position = bisect_left(self._words_around, word)
        found = self._words_around[position] if position < len(self._words_around) else ""
        return found if found.startswith(word) else ""

    def _lies_in(self, slug: str, around: Sequence[str]) -> bool | None:
        """Whether the last word had to be completed, if all words are of what the place lies in; else None."""
        known = self._around[slug]
        if all(word in known for word in around):
            return False
        *whole, last = around
        is_so = all(word in known for word in whole) and any(word.startswith(last) for word in known)
        return True if is_so else None

    def _beginning_with(self, text: str) -> Iterator[str]:
        for position in range(bisect_left(self._keys, text), len(self._keys)):
            if not self._keys[position].startswith(text):
                return
            yield self._keys[position]


def one_error(text: str, letters: str, last: int = MOST_LETTERS) -> Iterator[str]:
    """Every text that is one error away: a letter too many, too few or mistaken, or two neighbours swapped.

    The error is looked for up to the position `last`.
    """
    for position in range(min(len(text), last) + 1):
        before, after = text[:position], text[position:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in letters:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def _grade(kind: Kind, is_whole: bool, has_around: bool, is_short: bool) -> tuple[Match, Kind]:
    """A code counts as a beginning: “in” is more often the first half of India than Indiana."""
    if kind == Kind.WORD:
        return Match.WORD, kind
    if kind == Kind.CODE:
        return (Match.BEGINNING, Kind.NAME) if is_whole else (Match.WORD, kind)
    if is_whole:
        return (Match.ABBREVIATED if is_short else Match.WHOLE), kind
    if kind == Kind.SPELLING:
        return Match.SPELLING_BEGINNING, kind
    return (Match.ABBREVIATED if has_around else Match.BEGINNING), kind


def _keep_best(hits: _Hits, slug: str, match: Match, kind: Kind) -> None:
    known = hits.get(slug)
    if known is None or (match, kind) < known:
        hits[slug] = match, kind


def _note(kinds: dict[str, Kind], slug: str, kind: Kind) -> None:
    kinds[slug] = min(kind, kinds.get(slug, kind))


def _outgrows(first: Place, second: Place) -> bool:
    """Only cities whose people are counted can be told apart by size."""
    if first.kind != "metro" or second.kind != "metro" or not first.population or not second.population:
        return False
    return first.population >= TIMES_AS_LARGE * second.population


def _up(place: Place, places: Mapping[str, Place]) -> Iterator[Place]:
    """The place and everything that it lies in."""
    while True:
        yield place
        if not place.parent:
            return
        place = places[place.parent]
