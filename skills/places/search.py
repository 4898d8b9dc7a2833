"""Finds an edition's places by name, in memory."""

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
from skills.places.names import Kind, code, is_wide_area, label, names, normalise, short_name, sizes
from skills.places.spellings import CROWD, Spellings
from skills.places.surroundings import ANYWHERE, MAX_WORDS_AROUND, Surroundings, Within

MAX_SUGGESTIONS = 8
# A bare name means a city that is this many times as large as the next one of that name.
TIMES_AS_LARGE = 10
# Shorter beginnings of names are guesses: “EU” is no way to write Eugene.
MIN_LETTERS_TO_BEGIN = 4
# Longer than any name. Longer texts are not searched.
MAX_LETTERS = 160
# The fields that a search depends on; the others are figures.
_NAME_FIELDS = attrgetter("name", "kind", "parent", "country", "population")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The places found, likeliest first; `is_clear` if the first is meant beyond doubt.

    `is_guess` if no place has this name: these places are one error away, contain the unknown name, begin like this in
    another language, or begin with these one to three letters.
    `is_wide` if the text means an area of many labour markets, such as Europe, or none, as remote.
    """

    places: tuple[Place, ...]
    is_clear: bool
    is_guess: bool = False
    is_wide: bool = False


def have_same_names(one: Mapping[str, Place], other: Mapping[str, Place]) -> bool:
    """Return whether both give the same slugs for every search; pay and its sources may differ."""
    return one.keys() == other.keys() and all(_NAME_FIELDS(one[slug]) == _NAME_FIELDS(other[slug]) for slug in one)


class PlaceIndex:
    """A search index of one edition's place names.

    `_named` has the places of every name, from each of its words on; `_names` has the names in order. Places are
    numbered by falling size, so that sets of them are bits; `_crowds` has the set of each prefix that many names share.
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
        """An id shared by all indexes made with `with_figures`, valid while one of them exists."""
        return id(self._named)

    def with_figures(self, places: Mapping[str, Place]) -> PlaceIndex:
        """Return an index for places with the same names; it shares all that is expensive to build."""
        index = copy(self)
        index._places = places
        index._numbered = [places[place.slug] for place in self._numbered]
        return index

    def label(self, slug: str) -> str:
        """Return the place's name with its region and country. It is unique, and `find` finds it."""
        return self._labels[slug]

    def short_label(self, slug: str) -> str:
        """Return the place's short name where no other place has that name, else its label."""
        short = short_name(self._places[slug])
        named = {number for kind, number in self._named.get(normalise(short), ()) if kind != Kind.WORD}
        return short if named == {self._numbers[slug]} else self._labels[slug]

    def find(self, typed: str) -> Found:
        """Find places by slug, by label, then by name. Only the best matches count.

        The result is clear if there is only one place, or a city at least ten times as large as each other one of that
        name: “London” is the one in the United Kingdom, and the page says so. Countries and regions are never clear by
        size, and one to three letters that only begin a name are a guess. A name in another language does not compete
        with a place's own name.
        A guess is never clear, not even a single one: Parma is one letter from Palma, and a visitor who types a missing
        place must not get another one's pay.
        """
        name = _normalise_typed(typed)
        slug = typed.strip() if typed.strip() in self._places else self._labelled.get(name)
        if slug is not None:
            return Found(places=(self._places[slug],), is_clear=True)
        is_name = any(kind != Kind.WORD for kind, _ in self._named.get(name, ()))
        if not is_name and is_wide_area(name):
            return Found(places=(), is_clear=False, is_wide=True)
        hits = self._search(name)
        if not hits:
            return Found(places=(), is_clear=False)
        ranked: list[Hit] = list(islice(hits.in_order(), MAX_SUGGESTIONS))
        best, kind, _ = ranked[0]
        if best >= Match.MISSPELT:
            return Found(places=self._places_of(ranked), is_clear=False, is_guess=True)
        meant = list(takewhile(lambda hit: hit[0] == best, hits.in_order() if best == Match.WHOLE else ranked))
        first, *others = self._places_of(meant)
        # Among equal matches likelier kinds come first: if the next one is no rival, later ones are not either.
        is_own = kind <= Kind.NICKNAME
        rivals = [
            other
            for other, (_, its_kind, _) in zip(others, meant[1:], strict=True)
            if not (is_own and its_kind == Kind.SPELLING)
        ]
        if not rivals or (best == Match.WHOLE and all(_is_much_larger(first, other) for other in rivals)):
            is_clear = is_name or len(name) >= MIN_LETTERS_TO_BEGIN
            return Found(places=(first,), is_clear=is_clear, is_guess=not is_clear)
        return Found(places=(first, *others)[:MAX_SUGGESTIONS], is_clear=False)

    def suggest(self, typed: str) -> tuple[Place, ...]:
        """Return suggestions while a visitor types: best matches first, then larger places."""
        slug = typed.strip()
        given = (self._places[slug],) if slug in self._places and "-" in slug else ()
        hits = self._search(_normalise_typed(typed))
        ranked = self._places_of(islice(hits.in_order(), MAX_SUGGESTIONS))
        return (*given, *(place for place in ranked if place not in given))[:MAX_SUGGESTIONS]

    def _places_of(self, hits: Iterable[Hit]) -> tuple[Place, ...]:
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
        """Add the place's label. A country with the name of another place, as Georgia, is labelled as a country."""
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
        """Search exact names first, then names with one error, then unknown names in known surroundings."""
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
        """Add names and prefixes that are one error away from the first words; other words may be surroundings."""
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
        """Add whole names with one error in the last word of their surroundings."""
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
        """Yield the text as a name, then each way to read words at its ends as surroundings.

        Each comes with the range of names that begin like it; texts without such names are left out.
        """
        for start, before in enumerate(self._surroundings.before(words)):
            for end, within in after.items():
                if start < end and (end == len(words) or start + len(words) - end <= MAX_WORDS_AROUND):
                    text = " ".join(words[start:end])
                    names = self._names.beginning_with(text)
                    if not names:
                        break
                    yield text, names, before if end == len(words) else before.then(within)

    def _beginning_with(self, text: str, names: range) -> dict[Kind, PlaceSet]:
        """Return the places whose names begin with a text, by kind."""
        return self._crowds[text] if len(names) > CROWD else self._sets(names)

    def _sets(self, names: range) -> dict[Kind, PlaceSet]:
        sets: dict[Kind, PlaceSet] = {}
        for name in self._names.texts[names.start : names.stop]:
            for kind, number in self._named[name]:
                sets[kind] = sets.get(kind, 0) | 1 << number
        return sets


def _normalise_typed(typed: str) -> str:
    """Normalise a search text. Letters in names have at most three marks; more would only take time."""
    text = typed[:MAX_LETTERS]
    return normalise(text if text.isascii() else unicodedata.normalize("NFKD", text)[: 4 * MAX_LETTERS])


def _note(kinds: dict[str, Kind], slug: str, kind: Kind) -> None:
    kinds[slug] = min(kind, kinds.get(slug, kind))


def _is_much_larger(first: Place, second: Place) -> bool:
    """Return whether the first is a much larger city. Only cities with a known population can be compared."""
    if first.kind != "metro" or second.kind != "metro" or not first.population or not second.population:
        return False
    return first.population >= TIMES_AS_LARGE * second.population


def _up(place: Place, places: Mapping[str, Place]) -> Iterator[Place]:
    """Yield the place and all places that contain it."""
    while True:
        yield place
        if not place.parent:
            return
        place = places[place.parent]
