"""Finds an edition's places by what visitors type.

A place is taken only if all that was typed is accounted for and nothing else can be meant: Parma is one letter from
Palma, and a visitor who types a missing place must not get another one's pay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from operator import attrgetter

from calculator.engine import Place
from skills.places.beginnings import find_beginnings
from skills.places.candidate import Candidate, rank
from skills.places.candidates import Candidates
from skills.places.gazetteer import Gazetteer
from skills.places.guesses import MAX_BEFORE_NEAR, find_guesses
from skills.places.likelihood import (
    MIN_PEOPLE_TO_BE_MEANT,
    TIMES_AS_LARGE,
    TIMES_AS_LARGE_TO_OFFER,
    is_smaller,
    outweighs,
    put_larger_first,
    rank_by_likelihood,
    rank_by_size,
    share_codes,
)
from skills.places.meaning import Found, Meaning
from skills.places.names import Kind, fold, name_with_states, short_name
from skills.places.postal_codes import is_postal_code
from skills.places.reading import (
    MAX_LETTERS_OF_CODE,
    Row,
    find_best_readings,
    leave_codes_out,
    leave_out_regions_of_cities,
    read_rows,
)
from skills.places.typed_text import (
    DIRECTIONS,
    MAX_LETTERS,
    is_short_for_wide_area,
    is_time_zone,
    is_wide_area,
    split_typed,
)

MAX_SUGGESTIONS = 8
_LETTERS_OF_A_CODE = 2
# Where the name of a place with so many people begins as typed, no misspelt names are suggested.
_MIN_PEOPLE_TO_BE_KNOWN = 100_000
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
            if (place.size or 0) >= _MIN_PEOPLE_TO_BE_KNOWN
        )

    def find_town(self, name: str, slug: str) -> Meaning | None:
        """Return the town or region of this name that the place's pay answers for, if there is one."""
        text = fold(name)
        named = self._meanings(self._candidates.find_named([text]).get(text, ()))
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
            named = (*self._meanings(self._candidates.find_named([text]).get(text, ())), *named, *self._meanings(coded))
        beginning = leave_out_regions_of_cities(find_beginnings(words, self._candidates))
        begun = self._meanings(beginning)
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
        if not named and largest < _MIN_PEOPLE_TO_BE_KNOWN:
            near = (*self._meanings(self._candidates.find_near_beginning(text)), *self._offer_guesses(parts).meanings)
        large = [each for each in named if each not in small]
        few = max(0, MAX_SUGGESTIONS - len(large) - len(small))
        return self._unique([*large, *begun[:few], *small, *begun[few:], *near])

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
        words = [word for part in parts for word in part]
        rows = read_rows(parts, self._candidates)
        readings, row = find_best_readings(rows)
        if is_time_zone(words) or is_short_for_wide_area(words):
            return Found(meanings=self._meanings(sorted(readings, key=rank_by_likelihood)), is_wide=True)
        if is_wide_area(" ".join(words)) and not any(
            place.is_own and (place.size or 0) >= MIN_PEOPLE_TO_BE_MEANT for place in readings
        ):
            return Found(is_wide=True)
        if row is None:
            return None
        if row.has_zip:
            return self._judge_with_zip(readings, row, rows, parts)
        if row.has_number:
            return self._judge_with_number(readings, row, parts)
        found = self._judge(readings, row, words)
        return self._doubt_town(found, typed, words, readings) if found.is_clear else found

    def _doubt_town(self, found: Found, typed: str, words: Sequence[str], readings: Sequence[Candidate]) -> Found:
        """Only offer a town whose name may be a code, a short form or a part of a much larger city.

        Who types ORD or “Penn.” hardly means Ord or Penn, and East Berlin is a part of Berlin, too.
        """
        town = min(readings, key=rank_by_likelihood)
        if town.kind != "town" or not town.area:
            return found
        if len(words) == 1:
            is_code = len(words[0]) <= MAX_LETTERS_OF_CODE and typed.isupper() and typed.isascii()
            is_in_doubt = is_code or typed.strip().endswith(".")
            return replace(found, is_clear=False, is_guess=True) if is_in_doubt else found
        text = " ".join(words[1:]) if words[0] in DIRECTIONS else ""
        named = self._candidates.find_named([text]).get(text, ()) if text else ()
        cities = [place for place in named if place.is_city and place.is_own and outweighs(place, town)]
        known = [place for place in cities if (place.size or 0) >= _MIN_PEOPLE_TO_BE_KNOWN]
        elsewhere = [place for place in known if place.slug not in ("", town.slug)]
        return Found(meanings=self._meanings([town, *elsewhere])) if elsewhere else found

    # Judging what was read

    def _judge_with_zip(
        self, readings: list[Candidate], row: Row, rows: Sequence[Row], parts: Sequence[Sequence[str]]
    ) -> Found:
        """Offer much larger places abroad too if the number may be one of theirs: who types 12043 Berlin.

        What has the name in another language alone is only offered: “Albania 12345” is hardly Albany.
        """
        owns = [each for each in readings if each.is_own and row.has_own_name_of(each)]
        if owns or all(segment.is_postal for segment in row.places):
            abroad, _ = find_best_readings([each for each in rows if not each.has_zip])
        else:
            abroad, _ = find_best_readings(read_rows(leave_codes_out(parts, row), self._candidates))
        larger = [
            place for place in abroad if place.slug and place.is_own and all(outweighs(place, each) for each in owns)
        ]
        if larger:
            return Found(meanings=self._meanings(sorted([*larger, *readings], key=rank_by_size)))
        return self._judge(readings, row, [word for part in parts for word in part])

    def _judge_with_number(self, readings: list[Candidate], row: Row, parts: Sequence[Sequence[str]]) -> Found | None:
        """Judge towns by their number. It does not say where in a country or region, so that these are only offered.

        A number alone does not rule out the place that most people mean: it may be mistyped.
        """
        first = min(readings, key=rank_by_likelihood)
        inside = [place for place in readings if place.is_city and place.slug and place.lies_in(first)]
        named = leave_codes_out(parts, row)
        words = [word for part in named for word in part]
        all_readings, bare = find_best_readings(read_rows(named, self._candidates))
        likeliest = min(all_readings, key=rank_by_likelihood, default=first)
        towns = readings if first.is_city else inside
        if towns and (likeliest.is_city or any(place.is_own for place in towns)):
            if not row.has_full_code and all(is_smaller(place, likeliest) for place in towns):
                return Found(meanings=self._meanings(sorted([likeliest, *towns], key=rank_by_likelihood)))
            return self._judge(towns, row, words)
        if bare is None or is_postal_code(parts):
            return None
        found = self._judge(all_readings, bare, words)
        return replace(found, is_clear=False, is_guess=not found.without_pay)

    def _judge(self, readings: list[Candidate], row: Row, words: Sequence[str]) -> Found:
        """Decide whether one reading is meant beyond doubt, or several are offered."""
        first, *others = ranked = sorted(readings, key=rank_by_likelihood)
        if all(place.kind == "postal" for segment in row.places for place in segment.candidates):
            return Found(meanings=self._meanings(ranked), is_postal_code=True)
        country = next((place for place in ranked if place.kind == "country" and place.is_own), None)
        if country and not country.slug:
            return Found(meanings=self._meanings(others), without_pay=country.name)
        if not first.slug:
            return Found(meanings=self._meanings(others), without_pay="" if any(o.slug for o in others) else first.name)
        rivals = [other for other in others if (other.slug, other.is_city) != (first.slug, first.is_city)]
        if not rivals or all(outweighs(first, other) and share_codes(row, first, other) for other in rivals):
            return Found(meanings=self._meanings([first]), is_clear=True)
        offered = put_larger_first(ranked)
        if len(row.places) > 1:
            return Found(meanings=self._meanings(offered))
        large = [place for place in offered if not place.area or (place.size or 0) >= MIN_PEOPLE_TO_BE_MEANT]
        offered = large if len(large) > 1 else offered
        text = " ".join(words)
        if len(text) > MAX_LETTERS_OF_CODE and (longer := self._find_longer(text)):
            offered = sorted([*offered, *longer], key=lambda place: (place.kind != "country", -(place.size or 0)))
        near = self._find_larger_near(ranked, words)
        return Found(meanings=self._meanings([*offered[: MAX_BEFORE_NEAR if near else None], *near]))

    def _find_longer(self, text: str) -> list[Candidate]:
        """Return large cities whose names go on after a text: who types Newcastle may mean Newcastle upon Tyne."""
        return [
            place
            for kind, place in self._candidates.find_beginning_with(f"{text} ")
            if kind <= Kind.NICKNAME and place.is_city and place.slug and (place.size or 0) >= _MIN_PEOPLE_TO_BE_KNOWN
        ]

    def _find_larger_near(self, readings: Sequence[Candidate], words: Sequence[str]) -> list[Candidate]:
        """Return much larger places one error away: who types Pittsburg may mean Pittsburgh."""
        named = self._candidates.find_named(self._candidates.find_near(" ".join(words)))
        largest = max(place.size or 0 for place in readings)
        near = [place for found in named.values() for place in found if place.is_own and place.slug and not place.area]
        return sorted((place for place in near if (place.size or 0) >= TIMES_AS_LARGE_TO_OFFER * largest), key=rank)

    def _offer_guesses(self, parts: Sequence[Sequence[str]]) -> Found:
        """Offer what may be meant, and take nothing."""
        guesses, is_list = find_guesses(parts, self._candidates)
        meanings = self._meanings(guesses)
        return Found(meanings=meanings, is_guess=bool(meanings) and not is_list)

    # Meanings

    def _meanings(self, candidates: Iterable[Candidate]) -> tuple[Meaning, ...]:
        return self._unique(
            Meaning(place=self._places[each.slug], label=self._candidates.write_label(each), area=each.area)
            for each in candidates
            if each.slug
        )

    def _unique(self, meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
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
