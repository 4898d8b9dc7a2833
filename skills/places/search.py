"""Finds the place that somebody means by what they typed, in one edition; in memory, without the database."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import islice, takewhile
from operator import attrgetter

from calculator.engine import Place
from skills.places.matches import Hit, Hits, Match, PlaceSet, grade
from skills.places.names import Kind, code, label, names, normalise, sizes
from skills.places.spellings import CROWD, Spellings
from skills.places.surroundings import ANYWHERE, MOST_WORDS_AROUND, Surroundings, Within

MOST_OFFERED = 8
# A city is meant by its bare name alone where it is so many times as large as the next one of that name.
TIMES_AS_LARGE = 10
# Longer than every name; what is longer still is no place, and would only take time.
MOST_LETTERS = 160
# What a search depends on; the other fields are figures.
_NAME_FIELDS = attrgetter("name", "kind", "parent", "country", "population")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Places for what was typed, likeliest first; `is_clear` when the first is meant beyond doubt.

    `is_guess` when no place calls itself so: the places are one error away, around an unknown name, or begin so in
    another language.
    """

    places: tuple[Place, ...]
    is_clear: bool
    is_guess: bool = False


def have_same_names(one: Mapping[str, Place], other: Mapping[str, Place]) -> bool:
    """Whether a search of both finds the same slugs for every text; pay and its sources may differ."""
    return one.keys() == other.keys() and all(_NAME_FIELDS(one[slug]) == _NAME_FIELDS(other[slug]) for slug in one)


class PlaceIndex:
    """The names of one edition's places, ready to be searched.

    `_named` has every name from each of its words on, and `_names` the same in order. Places have numbers, the larger
    the lower, so that many of them are one set: `_crowds` has those of each beginning that a crowd of names has.
    """

    def __init__(self, places: Mapping[str, Place], aliases: Mapping[str, Sequence[str]]) -> None:
        self._places = places
        size = sizes(places)
        self._numbered = sorted(places.values(), key=lambda place: (-size[place.slug], place.slug))
        self._numbers = {place.slug: number for number, place in enumerate(self._numbered)}
        self._countries = self._set_of("country")
        self._metros = self._set_of("metro")
        self._surroundings = Surroundings(places, aliases, self._numbers)
        self._labels: dict[str, str] = {}
        self._labelled: dict[str, str] = {}
        self._named = self._name_all(aliases)
        self._names = Spellings(self._named)
        self._crowds = {beginning: self._sets(names) for beginning, names in self._names.crowds.items()}
        self._most_words = max((name.count(" ") + 1 for name in self._names.texts), default=0)

    @property
    def names_id(self) -> int:
        """The same for all that share their names, see `with_figures`; only while one of them exists."""
        return id(self._named)

    def with_figures(self, places: Mapping[str, Place]) -> PlaceIndex:
        """A search for these places, whose names must be the same; it shares all that is costly to build."""
        index = copy(self)
        index._places = places
        index._numbered = [places[place.slug] for place in self._numbered]
        return index

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
        name = _as_compared(typed)
        slug = typed.strip() if typed.strip() in self._places else self._labelled.get(name)
        if slug is not None:
            return Found(places=(self._places[slug],), is_clear=True)
        hits = self._search(name)
        if not hits:
            return Found(places=(), is_clear=False)
        ranked: list[Hit] = list(islice(hits.in_order(), MOST_OFFERED))
        best, kind, _ = ranked[0]
        if best >= Match.MISSPELT:
            return Found(places=self._numbered_so(ranked), is_clear=False, is_guess=True)
        meant = list(takewhile(lambda hit: hit[0] == best, hits.in_order() if best == Match.WHOLE else ranked))
        first, *others = self._numbered_so(meant)
        # Of those that match as well the likelier kinds come first: where the next is no rival, no further one is.
        is_own = kind <= Kind.NICKNAME
        rivals = [
            other
            for other, (_, its_kind, _) in zip(others, meant[1:], strict=True)
            if not (is_own and its_kind == Kind.SPELLING)
        ]
        if not rivals or (best == Match.WHOLE and all(_outgrows(first, other) for other in rivals)):
            return Found(places=(first,), is_clear=True)
        return Found(places=(first, *others)[:MOST_OFFERED], is_clear=False)

    def suggest(self, typed: str) -> tuple[Place, ...]:
        """What to offer while somebody is still typing: the better it matches, then the larger, the earlier."""
        slug = typed.strip()
        given = (self._places[slug],) if slug in self._places and "-" in slug else ()
        hits = self._search(_as_compared(typed))
        ranked = self._numbered_so(islice(hits.in_order(), MOST_OFFERED))
        return (*given, *(place for place in ranked if place not in given))[:MOST_OFFERED]

    def _numbered_so(self, hits: Iterable[Hit]) -> tuple[Place, ...]:
        return tuple(self._numbered[number] for _, _, number in hits)

    def _set_of(self, kind: str) -> PlaceSet:
        return sum(1 << number for number, place in enumerate(self._numbered) if place.kind == kind)

    def _name_all(self, aliases: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[Kind, int], ...]]:
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
        return {
            name: tuple((kind, self._numbers[slug]) for slug, kind in kinds.items()) for name, kinds in named.items()
        }

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

    def _search(self, name: str) -> Hits:
        """Errors count only where no place calls itself as typed, an unknown name only where they are no help."""
        words = name.split()
        hits = Hits(self._countries)
        if words:
            after = self._surroundings.after(words)
            self._add_named(hits, words, after)
            if not hits.has_better_than(Match.MISSPELT):
                self._add_misspelt(hits, words, after)
                self._add_with_last_respelt(hits, words)
            if not hits:
                self._add_unknown_within(hits, words)
        return hits

    def _add_named(self, hits: Hits, words: Sequence[str], after: Mapping[int, Within]) -> None:
        for text, begun, within in self._readings(words, after):
            has_around = within is not ANYWHERE
            for kind, number in self._named.get(text, ()):
                place = 1 << number
                hits.add(*grade(kind, is_whole=True, has_around=has_around), place & within.whole)
                hits.add(*grade(kind, is_whole=True, has_around=True, is_short=True), place & within.completed)
            for kind, places in self._beginning_with(text, begun).items():
                hits.add(*grade(kind, is_whole=False, has_around=has_around), places & within.either)

    def _add_misspelt(self, hits: Hits, words: Sequence[str], after: Mapping[int, Within]) -> None:
        """Names, and beginnings of names, that are one error away from the first words, others standing around."""
        within = {len(" ".join(words[:count])): after[count].either for count in sorted(after)}
        for near in self._names.one_error_from(" ".join(words), list(within)):
            for kind, number in self._named.get(near.text, ()):
                if kind != Kind.CODE:
                    hits.add(Match.MISSPELT, kind, 1 << number & within[near.end])
            if near.span:
                for kind, places in self._beginning_with(near.text, near.span).items():
                    if kind != Kind.CODE:
                        hits.add(Match.MISSPELT_BEGINNING, kind, places & within[near.end])

    def _add_with_last_respelt(self, hits: Hits, words: Sequence[str]) -> None:
        """Whole names with one error in the last word of what they lie in."""
        for respelt in self._surroundings.one_error_from(words[-1]) if len(words) > 1 else ():
            corrected = [*words[:-1], respelt]
            for text, _, within in self._readings(corrected, self._surroundings.after(corrected)):
                for kind, number in self._named.get(text, ()):
                    if kind < Kind.CODE:
                        hits.add(Match.MISSPELT, kind, 1 << number & within.whole)

    def _add_unknown_within(self, hits: Hits, words: Sequence[str]) -> None:
        for start in range(max(1, len(words) - self._most_words), len(words)):
            for kind, number in self._named.get(" ".join(words[start:]), ()):
                if kind != Kind.WORD:
                    hits.add(Match.AROUND, kind, 1 << number & ~self._metros)
            if hits:
                return

    def _readings(self, words: Sequence[str], after: Mapping[int, Within]) -> Iterator[tuple[str, range, Within]]:
        """The text as a name, then each way to take words at its ends for what the place lies in.

        With where the names stand that begin so; a text with which none begins is left out.
        """
        for start, before in enumerate(self._surroundings.before(words)):
            for end, within in after.items():
                if start < end and (end == len(words) or start + len(words) - end <= MOST_WORDS_AROUND):
                    text = " ".join(words[start:end])
                    names = self._names.beginning_with(text)
                    if not names:
                        break
                    yield text, names, before if end == len(words) else before.then(within)

    def _beginning_with(self, text: str, names: range) -> dict[Kind, PlaceSet]:
        """The places of the names that begin with a text, by kind."""
        return self._crowds[text] if len(names) > CROWD else self._sets(names)

    def _sets(self, names: range) -> dict[Kind, PlaceSet]:
        sets: dict[Kind, PlaceSet] = {}
        for name in self._names.texts[names.start : names.stop]:
            for kind, number in self._named[name]:
                sets[kind] = sets.get(kind, 0) | 1 << number
        return sets


def _as_compared(typed: str) -> str:
    """No letter of a name has more than three marks; signs that stand for a whole line would only take time."""
    text = typed[:MOST_LETTERS]
    return normalise(text if text.isascii() else unicodedata.normalize("NFKD", text)[: 4 * MOST_LETTERS])


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
