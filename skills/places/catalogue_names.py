"""The names, codes and labels of the catalogue's places, to be found by name, by beginning or with an error."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from calculator.engine import Place
from skills.places.names import Kind, find_code, fold, list_names, shorten_words, write_label

_LAST = "\U0010ffff"
_STATES = re.compile(r", ([A-Z]{2}(?:-[A-Z]{2})*)$")
#: A later word of a name is as good as its beginning from this length on: “francisco”.
MIN_LETTERS_OF_A_WORD = 5


class CatalogueNames:
    """All names of the catalogue's places, folded; each place has a kind of each of its names."""

    def __init__(self, places: Mapping[str, Place], aliases: Mapping[str, Sequence[str]]) -> None:
        self._places = places
        self._kinds: dict[str, dict[str, Kind]] = defaultdict(dict)
        self._own_names: dict[str, set[str]] = defaultdict(set)
        self._tails: dict[str, set[str]] = defaultdict(set)
        self._codes: dict[str, list[str]] = defaultdict(list)
        for slug, place in places.items():
            self._add_names(slug, place, aliases.get(slug, ()))
            if find_code(place):
                self._codes[find_code(place)].append(slug)
        for name, kinds in self._kinds.items():
            self._add_tails(name, kinds)
            for slug, kind in kinds.items():
                if kind <= Kind.NICKNAME:
                    self._own_names[slug].add(name)
        self._sorted_names, self._sorted_tails = sorted(self._kinds), sorted(self._tails)
        self.labels = self._label_all()
        self.labelled = {fold(text): slug for slug, text in self.labels.items()}

    def find_kinds(self, name: str) -> Mapping[str, Kind]:
        """Return the places that have this folded name, with its kind."""
        return self._kinds.get(name, {})

    def find_own_names(self, slug: str) -> Collection[str]:
        """Return the folded names of a place in its own language, and its nicknames."""
        return self._own_names.get(slug, ())

    def find_coded(self, text: str) -> list[str]:
        """Return the regions and countries with this code."""
        return [*self._codes.get(text, ()), *([text] if text in self._places else ())]

    def find_beginning_with(self, text: str) -> dict[str, Kind]:
        """Return the places with a name that begins with a folded text, or continues with it from a later word on.

        Each has the likeliest kind of these names.
        """
        kinds: dict[str, Kind] = {}
        for name in _find_between(self._sorted_names, text):
            for slug, kind in self._kinds[name].items():
                kinds[slug] = min(kind, kinds.get(slug, kind))
        of_word = Kind.PART if len(text) >= MIN_LETTERS_OF_A_WORD else Kind.WORD
        for name in _find_between(self._sorted_tails, text):
            for slug in self._tails[name]:
                known = kinds.get(slug, of_word)
                kinds[slug] = of_word if known >= Kind.SPELLING else min(of_word, known)
        return kinds

    def find_near(self, text: str, errors: int) -> set[str]:
        """Return the names with at most so many errors."""
        near = extract(text, self._sorted_names, scorer=OSA.distance, score_cutoff=errors, limit=None, processor=None)
        return {name for name, distance, _ in near if distance}

    def find_near_beginning(self, text: str) -> set[str]:
        """Return the places whose names begin like a text with one error: “san frnc”."""
        found: set[str] = set()
        for length in (len(text) - 1, len(text), len(text) + 1):
            begun = {name[:length] for name in self._sorted_names if len(name) >= length}
            near = extract(text, begun, scorer=OSA.distance, score_cutoff=1, limit=None, processor=None)
            for beginning in [beginning for beginning, distance, _ in near if distance]:
                for name in _find_between(self._sorted_names, beginning):
                    found.update(slug for slug, kind in self._kinds[name].items() if kind < Kind.SPELLING)
        return found

    def _add_names(self, slug: str, place: Place, aliases: Sequence[str]) -> None:
        country = next((self._places[each].name for each in find_parents(place, self._places) if "-" not in each), "")
        for name, kind in list_names(place, place.name if place.kind == "country" else country, aliases):
            if text := shorten_words(name):
                kinds = self._kinds[text]
                kinds[slug] = min(kind, kinds.get(slug, kind))

    def _add_tails(self, name: str, kinds: Mapping[str, Kind]) -> None:
        words, slugs = name.split(), [slug for slug, kind in kinds.items() if kind < Kind.SPELLING]
        for start in range(1, len(words)) if slugs else ():
            self._tails[" ".join(words[start:])].update(slugs)

    def _label_all(self) -> dict[str, str]:
        """Return a unique label for each place. A country with the name of another place, as Georgia, says so."""
        labels: dict[str, str] = {}
        taken: set[str] = set()
        for slug, place in self._places.items():
            shown = write_label(place, self._places)
            if any(self._places[other].country != place.country for other in self._kinds.get(fold(shown), ())):
                shown = f"{shown} ({place.kind})"
            if fold(shown) in taken:
                shown = f"{shown} ({slug})"
            taken.add(fold(shown))
            labels[slug] = shown
        return labels


def find_states(place: Place, places: Mapping[str, Place]) -> list[str]:
    """Return the regions in a metro's name: us-or and us-wa of “Portland-Vancouver-Hillsboro, OR-WA”."""
    listed = _STATES.search(place.name)
    slugs = [f"{place.country}-{item}".lower() for item in listed[1].split("-")] if listed else []
    return [slug for slug in slugs if slug in places]


def find_parents(place: Place, places: Mapping[str, Place]) -> Iterator[str]:
    """Yield what a place lies in, the smallest first."""
    while place.parent:
        yield place.parent
        place = places[place.parent]


def _find_between(names: Sequence[str], text: str) -> Sequence[str]:
    """Return the sorted names that begin with a text."""
    return names[bisect_left(names, text) : bisect_left(names, text + _LAST)]
