"""A place that a name may mean."""

from __future__ import annotations

from dataclasses import dataclass

from skills.places.gazetteer import NamedPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name may mean.

    `slug` is the catalogue's place that answers, empty if none does; `city` is the same if it is a metro area. `area`
    is the name of the town or region within it that was meant, empty if the catalogue's place itself was; `known` is
    then the gazetteer's row. `is_district` if a town has the name of its city before its own, as Berlin Köpenick. `key`
    is unique. `ids` are its own ids, `around` those of what it lies in. `size` is None
    for a place of the catalogue whose population is not known. `is_own` if it was found by its own name and not by one
    in another language.
    """

    slug: str
    name: str
    kind: str
    key: str
    size: int | None
    is_own: bool
    ids: frozenset[str]
    around: frozenset[str]
    area: str = ""
    city: str = ""
    known: NamedPlace | None = None
    is_district: bool = False

    @property
    def is_city(self) -> bool:
        return self.kind in ("metro", "town")

    @property
    def is_region_of_unknown_size(self) -> bool:
        """Whether it is a region abroad that the gazetteer knows no town of, such as a British county."""
        return self.kind == "region" and bool(self.area) and not self.size

    @property
    def country(self) -> str:
        return self.known.country if self.known else self.slug[:2]

    def lies_in(self, other: Candidate) -> bool:
        """Return whether the other place contains this one, is the same, or is the city whose pay is used."""
        return not self.around.isdisjoint(other.ids) or not self.ids.isdisjoint(other.ids) or self._shares_city(other)

    def _shares_city(self, other: Candidate) -> bool:
        is_metro = not (self.area and other.area)
        return is_metro and self.is_city and other.is_city and bool(self.city) and self.city == other.city


def rank(candidate: Candidate) -> tuple[object, ...]:
    """Return the order among equals: countries first, then the larger; places of unknown size last."""
    return (candidate.kind != "country", -(candidate.size or 0), candidate.slug, candidate.key)
