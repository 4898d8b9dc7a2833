"""The places that a name may mean, from the catalogue and from the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from calculator.engine import Place
from skills.places.candidate import Candidate
from skills.places.catalogue_names import CatalogueNames, find_parents, find_states
from skills.places.gazetteer import MIN_LETTERS_TO_MISSPELL, Gazetteer, NamedPlace
from skills.places.names import Kind, count_people, fold

#: A country without a city on file has the people of its towns divided by this.
_TIMES_AS_LARGE_AS_CITIES = 10
#: Two errors are allowed in a name of this length.
MIN_LETTERS_FOR_TWO_ERRORS = 9


class Candidates:
    """Finds candidates by name, by code, by the beginning of a name and by a name with an error."""

    def __init__(
        self, places: Mapping[str, Place], aliases: Mapping[str, Sequence[str]], gazetteer: Gazetteer | None
    ) -> None:
        self._places, self._gazetteer = places, gazetteer
        self._sizes = count_people(places)
        self._names = CatalogueNames(places, aliases)
        self.labels, self.labelled = self._names.labels, self._names.labelled

    def find_words(self, slug: str) -> list[str]:
        """Return the code and the words of the name of what a place lies in."""
        name = self._places[slug].name if slug in self._places else ""
        return [slug.rpartition("-")[2], *fold(name).split()]

    def count_named(self, name: str) -> int:
        """Return how many of the catalogue's places have this folded name."""
        return len(self._names.find_kinds(name))

    def find_named(self, texts: Iterable[str]) -> dict[str, list[Candidate]]:
        """Return the candidates of each folded name that has any."""
        texts = list(texts)
        known = self._gazetteer.find_named(texts) if self._gazetteer and texts else {}
        found = {text: self._merge_found(text, known.get(text, ())) for text in texts}
        return {text: candidates for text, candidates in found.items() if candidates}

    def find_coded(self, texts: Iterable[str]) -> dict[str, list[Candidate]]:
        """Return the regions and countries with each code."""
        texts = [text for text in texts if text.isalpha() and text.isascii() and 2 <= len(text) <= 3]
        known = self._gazetteer.find_coded(texts) if self._gazetteer and texts else {}
        found: dict[str, list[Candidate]] = {}
        for text in texts:
            slugs = self._names.find_coded(text)
            candidates = [self._make_from_catalogue(slug, is_own=True) for slug in slugs]
            candidates += [
                self._make_from_gazetteer(place) for place in known.get(text, ()) if _find_id(place) not in slugs
            ]
            if candidates:
                found[text] = candidates
        return found

    def find_postal(self, text: str) -> Candidate | None:
        """Return what has an American postal code: its metro area, else its state."""
        found = self._gazetteer.find_postal(text) if self._gazetteer else None
        if found is None:
            return None
        region, slug = f"us-{found[0]}", found[1]
        answer = next((each for each in (slug, region, "us") if each in self._places), "")
        if not answer:
            return None
        candidate = self._make_from_catalogue(answer, is_own=True)
        return replace(candidate, kind="postal", ids=frozenset([answer]), around=frozenset([region, "us"]))

    def find_beginning_with(self, text: str) -> list[tuple[Kind, Candidate]]:
        """Return the candidates whose names begin with a folded text, or continue with it from a later word on, and
        the kind of each name: the likeliest one for a place of the catalogue. A region abroad is a mere word.
        """
        kinds = self._names.find_beginning_with(text)
        sizes: dict[str, int] = {}
        found: list[tuple[Kind, Candidate]] = []
        for place in self._gazetteer.find_beginning_with(text) if self._gazetteer else ():
            candidate = self._make_from_gazetteer(place)
            is_own = place.is_own and (place.kind == "town" or fold(place.name).startswith(text))
            kind = Kind.SPELLING if not is_own else Kind.WORD if place.kind == "region" else Kind.NAME
            if candidate.area or (candidate.slug and candidate.slug not in kinds):
                found.append((kind, candidate))
            elif candidate.slug:
                kinds[candidate.slug] = min(kind, kinds[candidate.slug])
                if place.kind == "country":
                    sizes[candidate.slug] = place.population // _TIMES_AS_LARGE_AS_CITIES
        for slug, kind in kinds.items():
            place_of_slug = self._make_from_catalogue(slug, is_own=kind < Kind.SPELLING)
            found.append((kind, replace(place_of_slug, size=place_of_slug.size or sizes.get(slug))))
        return found

    def find_near(self, text: str) -> list[str]:
        """Return the names with one error, or with two in a long name; the catalogue's and the gazetteer's."""
        if len(text) < MIN_LETTERS_TO_MISSPELL:
            return []
        found = self._names.find_near(text, errors=1)
        if self._gazetteer:
            found.update(self._gazetteer.find_near(text))
        if not found and len(text) >= MIN_LETTERS_FOR_TWO_ERRORS:
            found = {name for name in self._names.find_near(text, errors=2) if name[0] == text[0]}
        return sorted(found)

    def find_near_beginning(self, text: str) -> list[Candidate]:
        """Return the catalogue's places whose names begin like a text with one error, the largest first."""
        if len(text) <= MIN_LETTERS_TO_MISSPELL:
            return []
        found = [self._make_from_catalogue(slug, is_own=True) for slug in sorted(self._names.find_near_beginning(text))]
        return sorted(found, key=lambda place: -(place.size or 0))

    # Making candidates

    def _merge_found(self, text: str, known: Sequence[NamedPlace]) -> list[Candidate]:
        """Return the candidates of a name: each place once, with what the gazetteer knows about where it lies."""
        kinds = self._names.find_kinds(text)
        regions = _find_countries_of_regions(known)
        found = {
            slug: self._make_from_catalogue(
                slug,
                is_own=kind < Kind.SPELLING and (kind == Kind.NAME or slug not in regions),
                is_part=kind == Kind.PART,
            )
            for slug, kind in kinds.items()
        }
        towns: list[Candidate] = []
        for place in known:
            candidate = self._make_from_gazetteer(place)
            same = found.get(candidate.slug)
            if (
                candidate.area
                and same
                and kinds.get(candidate.slug, Kind.NAME) >= Kind.PART
                and place.is_own
                and same.is_city
            ):
                del found[candidate.slug]  # a town of the metro area that has a name of its own
                same = None
            if candidate.area and not (same and same.is_city and candidate.kind == "town"):
                towns.append(candidate)
            elif same is None and candidate.kind == "region" and any(each.is_city for each in found.values()):
                continue  # a city of the catalogue has this name, and the region has it in the gazetteer alone
            elif same is None:
                found[candidate.slug or candidate.key] = candidate
            else:
                ids, around = same.ids | candidate.ids, same.around | candidate.around
                is_own = same.is_own or (place.kind == "town" and place.is_own)
                size = same.size or candidate.size
                found[candidate.slug] = replace(same, ids=ids, around=around, size=size, is_own=is_own)
        return _place_in_namesakes([*found.values(), *towns])

    def _make_from_catalogue(self, slug: str, *, is_own: bool, is_part: bool = False) -> Candidate:
        """Return a place of the catalogue: a metro area's first city is in its first state, other parts are in any."""
        place = self._places[slug]
        around = [*find_parents(place, self._places), *(find_states(place, self._places) if is_part else ())]
        return Candidate(
            slug=slug,
            name=place.name,
            kind=place.kind,
            key=slug,
            city=slug if place.kind == "metro" else "",
            size=self._sizes[slug] or None,
            is_own=is_own,
            ids=frozenset([slug]),
            around=frozenset(around),
        )

    def _make_from_gazetteer(self, place: NamedPlace) -> Candidate:
        region = f"{place.country}-{place.region}" if place.region else ""
        answers = [place.location, region if place.kind == "town" else _find_id(place), place.country]
        slug = next((each for each in answers if each in self._places), "")
        is_itself = bool(slug) and self._is_in_catalogue(place, slug)
        around = set() if place.kind == "country" else {place.country}
        if place.kind == "town":
            counties = (f"county {county}" for county in write_county_names(fold(place.county)))
            around.update([region, place.location, *counties])
        city = slug if slug and self._places[slug].kind == "metro" else ""
        is_district = bool(city) and any(
            fold(place.name).startswith(f"{name} ") for name in self._names.find_own_names(city)
        )
        return Candidate(
            slug=slug,
            name=place.name,
            kind=self._places[slug].kind if is_itself else place.kind,
            key=slug if is_itself else f"{place.id}",
            size=place.population,
            is_own=place.is_own,
            ids=frozenset([slug, _find_id(place)] if is_itself else [_find_id(place)]),
            around=frozenset(around - {""}),
            area="" if is_itself or not slug else place.name,
            city=city,
            known=None if is_itself else place,
            is_district=is_district and not is_itself,
        )

    def _is_in_catalogue(self, place: NamedPlace, slug: str) -> bool:
        """Return whether the catalogue's place is this one, and does not merely answer for it."""
        if place.kind != "town":
            return slug in (place.location, _find_id(place))
        known = self._places[slug]
        if slug != place.location or known.kind != "metro":
            return False
        kind = self._names.find_kinds(fold(place.name)).get(slug, Kind.WORD)
        return kind <= Kind.NICKNAME or (kind == Kind.SPELLING and place.population == known.population)

    def write_label(self, candidate: Candidate) -> str:
        """Return a place's name and what it lies in, with the county where another town there has its name."""
        place = candidate.known
        if place is None:
            return self.labels[candidate.slug]
        region = self._places.get(f"{place.country}-{place.region}")
        country = self._places.get(place.country)
        county = place.county if place.has_namesake else ""
        within = [county, region.name if region else place.region_name] if place.kind == "town" else []
        if place.kind != "country":
            within.append(country.name if country else place.country_name)
        return ", ".join([place.name, *(name for name in within if name)])


def _find_countries_of_regions(known: Sequence[NamedPlace]) -> set[str]:
    """Return the countries of which a region has the name and the country has not: England is no name of the United
    Kingdom.
    """
    owners = [place for place in known if place.is_own]
    countries = {place.country for place in owners if place.kind == "country"}
    return {place.country for place in owners if place.kind == "region"} - countries


def _place_in_namesakes(candidates: list[Candidate]) -> list[Candidate]:
    """Place cities of which no region is known in the region of their name and country."""
    regions = [each for each in candidates if each.kind == "region"]
    placed: list[Candidate] = []
    for each in candidates:
        around = each.around
        for region in regions if each.is_city and not any("-" in id_ for id_ in around - each.ids) else ():
            if not around.isdisjoint(region.around):
                around |= region.ids
        placed.append(replace(each, around=around))
    return placed


def write_county_names(county: str) -> Iterator[str]:
    """Yield how a county may be typed: “santa cruz county”, “santa cruz”."""
    if county:
        yield county
        yield county.removesuffix(" county")


def _find_id(place: NamedPlace) -> str:
    if place.kind == "country":
        return place.country
    return f"{place.country}-{place.code}" if place.kind == "region" else f"{place.country}/{place.region}/{place.name}"
