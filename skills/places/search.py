"""Finds an edition's places by what visitors type.

A place is taken only if all that was typed is accounted for and nothing else can be meant: Parma is one letter from
Palma, and a visitor who types a missing place must not get another one's pay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from operator import attrgetter

from calculator.engine import Place
from skills.places.beginnings import find_beginnings
from skills.places.candidate import Candidate
from skills.places.candidates import Candidates
from skills.places.gazetteer import Gazetteer
from skills.places.guesses import find_guesses
from skills.places.judging import Judgement, judge
from skills.places.likelihood import MIN_PEOPLE_TO_BE_KNOWN, TIMES_AS_LARGE
from skills.places.meaning import Found, Meaning
from skills.places.names import fold, name_with_states, short_name
from skills.places.postal_codes import is_postal_code
from skills.places.reading import leave_out_regions_of_cities
from skills.places.typed_text import MAX_LETTERS, split_typed

MAX_SUGGESTIONS = 8
_LETTERS_OF_A_CODE = 2
# The fields that a search depends on; the others are figures.
_NAME_FIELDS = attrgetter("name", "kind", "parent", "country", "population")


def have_same_names(one: Mapping[str, Place], other: Mapping[str, Place]) -> bool:
    """Return whether both give the same slugs for every search; pay and its sources may differ."""
    return one.keys() == other.keys() and all(_NAME_FIELDS(one[slug]) == _NAME_FIELDS(other[slug]) for slug in one)


class PlaceIndex:
    """A search index of one edition's place names, and of the gazetteer's, if there is one."""

    def __init__(
        self, places: Mapping[str, Place], aliases: Mapping[str, Sequence[str]], gazetteer: Gazetteer | None = None
    ) -> None:
        self._places = places
        self._candidates = Candidates(places, aliases, gazetteer)
        self._only_cities = _find_only_cities(places)
        self._short_labels: dict[str, str] = {}  # each page asks for one

    @property
    def names_id(self) -> int:
        """An id shared by all indexes made with `with_figures`, valid while one of them exists."""
        return id(self._candidates)

    def with_figures(self, places: Mapping[str, Place]) -> PlaceIndex:
        """Return an index for places with the same names; it shares all that is expensive to build."""
        index = copy(self)
        index._places = places
        return index

    def label(self, slug: str) -> str:
        """Return the place's name with its region and country. It is unique, and `find` finds it."""
        return self._candidates.labels[slug]

    def short_label(self, slug: str) -> str:
        """Return the place's short name where it is clear, with its states where that is, else its label."""
        if slug not in self._short_labels:
            place = self._places[slug]
            short, with_states = short_name(place), name_with_states(place)
            is_only = self._candidates.count_named(fold(short)) == 1 and self._is_found(slug, short)
            if is_only and not self._has_known_namesake(slug, fold(short)):
                self._short_labels[slug] = short
            else:
                self._short_labels[slug] = with_states if self._is_found(slug, with_states) else self.label(slug)
        return self._short_labels[slug]

    def _is_found(self, slug: str, name: str) -> bool:
        """Return whether a name means this place beyond doubt, and no town within it."""
        found = self.find(name)
        return found.is_clear and found.meanings[0].place.slug == slug and not found.meanings[0].area

    def _has_known_namesake(self, slug: str, name: str) -> bool:
        """Return whether a city elsewhere that many know has this name as its own too: Santiago, Sydney."""
        return any(
            place.is_city and place.is_own and slug not in (place.slug, *place.around)
            for place in self._candidates.find_named([name]).get(name, ())
            if (place.size or 0) >= MIN_PEOPLE_TO_BE_KNOWN
        )

    def find_town(self, name: str, slug: str) -> Meaning | None:
        """Return the town or region of this name that the place's pay answers for, if there is one."""
        text = fold(name)
        named = self._make_meanings(self._candidates.find_named([text]).get(text, ()))
        return next((each for each in named if each.place.slug == slug and fold(each.area) == text), None)

    def find(self, typed: str) -> Found:
        """Find places by slug, by label, then by name."""
        parts = split_typed(typed)
        if found := self._find_exactly(typed, parts):
            return found
        return Found(is_postal_code=True) if is_postal_code(parts) else self._offer_guesses(parts)

    def suggest(self, typed: str) -> tuple[Meaning, ...]:
        """Return suggestions while a visitor types: what the whole text means, what it begins, else what is near."""
        parts = split_typed(typed)
        words = [word for part in parts for word in part]
        found = self._find_exactly(typed, parts)
        if found.is_postal_code if found else is_postal_code(parts):
            return ()
        named = found.meanings if found else ()
        text = " ".join(words)
        if len(text) == _LETTERS_OF_A_CODE and typed.strip() in self._places:
            coded = [place for place in self._candidates.find_coded([text]).get(text, ()) if not place.area]
            named = (
                *self._make_meanings(self._candidates.find_named([text]).get(text, ())),
                *named,
                *self._make_meanings(coded),
            )
        beginning = leave_out_regions_of_cities(find_beginnings(words, self._candidates))
        begun = self._make_meanings(beginning)
        largest = max((place.size or 0 for place in beginning), default=0)
        sizes = self._sizes_by_label(text)
        is_clear = found is not None and found.is_clear
        small = [
            meaning
            for meaning in named
            if meaning.area
            and ((not is_clear and len(begun) > 1) or sizes.get(meaning.label, largest) * TIMES_AS_LARGE < largest)
        ]
        near: tuple[Meaning, ...] = ()
        if not named and largest < MIN_PEOPLE_TO_BE_KNOWN:
            near = (
                *self._make_meanings(self._candidates.find_near_beginning(text)),
                *self._offer_guesses(parts).meanings,
            )
        large = [each for each in named if each not in small]
        few = max(0, MAX_SUGGESTIONS - len(large) - len(small))
        return self._leave_out_repeated([*large, *begun[:few], *small, *begun[few:], *near])

    def _sizes_by_label(self, text: str) -> dict[str, int]:
        """Return the people of the towns and regions within others that have a name."""
        named = self._candidates.find_named([text]).get(text, ())
        return {self._candidates.write_label(place): place.size or 0 for place in named if place.area}

    def _find_exactly(self, typed: str, parts: Sequence[Sequence[str]]) -> Found | None:
        """Return what the whole text means; None if some of it means nothing."""
        slug = typed.strip()
        if slug not in self._places:
            slug = self._candidates.labelled.get(fold(typed[:MAX_LETTERS]), "")
        if slug:
            return Found(meanings=(Meaning(place=self._places[slug], label=self.label(slug)),), is_clear=True)
        judgement = judge(typed, parts, self._candidates)
        return self._write_found(judgement) if judgement else None

    def _write_found(self, judgement: Judgement) -> Found:
        """Return what was judged with the places and labels that pages need."""
        meanings = self._make_meanings(judgement.places)
        return Found(
            meanings=meanings,
            is_clear=judgement.is_clear,
            is_guess=judgement.is_guess,
            is_wide=judgement.is_wide,
            is_postal_code=judgement.is_postal_code,
            without_pay=judgement.without_pay,
        )

    def _offer_guesses(self, parts: Sequence[Sequence[str]]) -> Found:
        """Offer what may be meant, and take nothing."""
        guesses, is_list = find_guesses(parts, self._candidates)
        meanings = self._make_meanings(guesses)
        return Found(meanings=meanings, is_guess=bool(meanings) and not is_list)

    # Meanings

    def _make_meanings(self, candidates: Iterable[Candidate]) -> tuple[Meaning, ...]:
        return self._leave_out_repeated(
            Meaning(place=self._places[each.slug], label=self._candidates.write_label(each), area=each.area)
            for each in candidates
            if each.slug
        )

    def _leave_out_repeated(self, meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
        """Keep the first of each label, and a country and the city of its name once: Singapore."""
        found: dict[str, Meaning] = {}
        labels: set[str] = set()
        for meaning in meanings:
            place = meaning.place
            is_city_state = not meaning.area and place.slug in self._only_cities
            key = self.label(place.parent) if is_city_state else meaning.label
            if key not in found and meaning.label not in labels:
                found[key] = meaning
                labels.add(meaning.label)
        return tuple(found.values())[:MAX_SUGGESTIONS]


def _find_only_cities(places: Mapping[str, Place]) -> set[str]:
    """Return the cities that are the only one of their country and have its name."""
    cities = Counter(place.parent for place in places.values() if place.kind == "metro")
    return {
        place.slug
        for place in places.values()
        if cities[place.parent] == 1 and place.kind == "metro" and place.name == places[place.parent].name
    }
