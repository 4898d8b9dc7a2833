"""The published catalogue as the engine reads it: one immutable, numbered value."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from calculator.engine.constants import Constants
from calculator.engine.edition_cache import cache_per_edition

WORLDWIDE = ""


class Grade(StrEnum):
    """How reliable a figure is; A is best (docs/methodology.md#1-from-evidence-to-a-premium)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class About(StrEnum):
    """What a figure measures: having the skill, doing that work as part of a job, or having that job title."""

    SKILL = "skill"
    DUTY = "duty"
    TITLE = "title"


class EvidenceChoice(StrEnum):
    """Which evidence counts for a visitor."""

    MEASURED = "measured"
    ALL = "all"
    HEADLINE = "headline"

    @property
    def grades(self) -> tuple[Grade, ...]:
        return _GRADES[self]

    def counts(self, evidence: Evidence) -> bool:
        """Return whether a figure counts. That of a job title is not measured, because a title is not a skill."""
        return evidence.grade in self.grades and (self is not self.MEASURED or evidence.about is not About.TITLE)


class WayUnit(StrEnum):
    """What the figures of a way are shares of. Figures of different units are never compared or added."""

    PAY = "pay"  # of today's pay, beyond what staying brings
    OFFER = "offer"  # of an employer's first offer
    GAP = "gap"  # of the difference in pay between two places
    HOUR = "hour"  # no figure: the visitor's own hours and rate
    BASELINE = "baseline"  # no figure: staying, which the experience curve gives


class OnVerdict(StrEnum):
    """Whether verdicts show a way, or the page of all ways alone."""

    NO = "no"
    YES = "yes"
    STEP = "step"  # of the steps up that apply, the last one


_GRADES = {
    EvidenceChoice.MEASURED: (Grade.A, Grade.B, Grade.C),
    EvidenceChoice.ALL: (Grade.A, Grade.B, Grade.C, Grade.D),
    EvidenceChoice.HEADLINE: (Grade.D,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Three figures of one quantity: its P10, its expected or middle value, its P90."""

    low: float
    expected: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication with figures."""

    slug: str
    title: str
    publisher: str
    url: str
    published: str
    licence: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One figure of one source about one skill; `low`, `mid`, `high` are its P10, P50, P90 as shares of pay.

    `region` is WORLDWIDE ("") for a figure that counts everywhere.
    """

    skill: str
    source: str
    region: str
    about: About
    low: float
    mid: float
    high: float
    grade: Grade
    population: str
    year: int
    sample_size: int | None
    note: str


@dataclass(frozen=True, kw_only=True)
class Pool:
    """A skill's premium as a distribution of x = ln(1 + premium).

    `points` are its quantiles at (i + ½)/n in rising order; `low` and `high` its exact P10 and P90.
    """

    low: float
    high: float
    points: tuple[float, ...]

    @cached_property
    def expected(self) -> float:
        """The log of the mean of e^x over the points: the expected premium, in log units."""
        return math.log(math.fsum(map(math.exp, self.points)) / len(self.points))


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """Something learnable. Hours are of study, from an ordinary back-end developer's start; `tilt` is in log units.

    No figure depends on the other names and the related words: a search finds the skill by them.
    """

    slug: str
    name: str
    category: str
    summary: str
    hours_low: float
    hours_mid: float
    hours_high: float
    hours_basis: str
    exam_cost_usd: float
    requires: tuple[str, ...]
    tilt: float
    other_names: tuple[str, ...] = ()
    related_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, region or metro; `quantiles` maps 0.1, 0.25, 0.5, 0.75, 0.9 to pay a year, where published.

    `price_level` is that of prices with rents, where the United States have 100; None where none is published, as in
    editions published before there were price levels. `price_source` names its source, "" for none.
    """

    slug: str
    name: str
    kind: str
    parent: str
    country: str
    region: str
    currency: str
    quantiles: Mapping[float, float]
    source: str
    year: int | None
    sample_size: int | None
    population: int | None
    note: str
    price_level: float | None = None
    price_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate:
    """Units of a currency for one US dollar."""

    currency: str
    units_per_usd: float
    quoted_on: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Another way to more pay than a skill, as an editor reads its evidence for one area.

    `region` is WORLDWIDE, a region, or a country's code in small letters ("ua"); see `Edition.ways_in`. `low`,
    `expected`, `high` are shares of what `unit` says (0.04 is 4 %): P10, middle, P90. All are None where the visitor's
    own figures or the experience curve take their place; `low` and `high` may be None for a share of a gap.
    `odds` are the share of tries that end in more pay, a year where `is_odds_yearly`; nobody measured them unless
    `is_odds_measured`. `months` are low, middle, high. `hours` are of work to get there; None if unknown. Years of
    work from `min_years` to `max_years`, ends included, are those of people for whom it is a next step; None is open.
    `overlaps_skill` names the skill that is, or holds, the same thing; "" for none.
    """

    slug: str
    name: str
    summary: str
    unit: WayUnit
    region: str
    low: float | None
    expected: float | None
    high: float | None
    odds: float | None
    is_odds_measured: bool
    is_odds_yearly: bool
    odds_basis: str
    months: tuple[float, float, float]
    hours: float | None
    lasts: str
    overlap: str
    overlaps_skill: str
    not_compared_with: str
    min_years: int | None
    max_years: int | None
    grade: Grade
    sources: tuple[str, ...]
    note: str
    on_verdict: OnVerdict = OnVerdict.NO


@dataclass(frozen=True, slots=True, kw_only=True)
class WayEvidence:
    """One figure of one source about a way: its P10, P50 and P90 as shares of what `measures` says, where published.

    `region` is WORLDWIDE, a region, or a country's code in small letters. A figure `is_second_hand` if nobody here has
    seen its publication.
    """

    way: str
    source: str
    region: str
    low: float | None
    mid: float | None
    high: float | None
    measures: str
    compared_with: str
    is_second_hand: bool
    grade: Grade
    population: str
    year: int
    sample_size: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperiencePoint:
    """Pay after `years` of work, as a multiple of pay at the sample's median experience.

    A comparison of people, so it holds changes of employer and promotions. `region` is WORLDWIDE, a region, or a
    country's code in small letters; see `Edition.experience_in`. `answers` of the `sample_size` are near these years.
    """

    region: str
    years: int
    multiple: float
    answers: int
    sample_size: int
    source: str
    grade: Grade
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A published snapshot of the catalogue with its pooled premiums and the model it was published under.

    `pools` is keyed by skill, evidence choice and region (WORLDWIDE where no regional figure counts). `ways` are sorted
    by slug, then region; `experience` by region, then years; editions published before there were ways have none.
    `kept` is for values that depend on the edition only and are needed often, as for each sentence of an article that
    is checked.
    """

    number: int
    model: int
    constants: Constants
    skills: Mapping[str, Skill]
    sources: Mapping[str, Source]
    evidence: Mapping[str, tuple[Evidence, ...]]
    pools: Mapping[tuple[str, EvidenceChoice, str], Pool]
    places: Mapping[str, Place]
    rates: Mapping[str, ExchangeRate]
    ways: tuple[Way, ...] = ()
    way_evidence: Mapping[str, tuple[WayEvidence, ...]] = field(default_factory=dict)
    experience: tuple[ExperiencePoint, ...] = ()
    kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def pool(self, skill: str, choice: EvidenceChoice, region: str) -> Pool | None:
        """Return a skill's premium in `region`; None if no evidence of that choice exists."""
        return self.pools.get((skill, choice, region)) or self.pools.get((skill, choice, WORLDWIDE))

    def ways_in(self, place: Place) -> tuple[Way, ...]:
        """Return one row of each way that has one here: the country's, else the region's, else the world's."""
        return self._ways_of(list_areas(place))

    def experience_in(self, place: Place) -> tuple[ExperiencePoint, ...]:
        """Return the experience curve of the country, else the region, else the world, in rising years."""
        return self._experience_of(list_areas(place))

    def prerequisites(self, skill: str, considered: Collection[str]) -> tuple[str, ...]:
        """Return the considered skills that `skill` requires, through considered skills to any depth, sorted."""
        return tuple(sorted(self._find_required([skill], considered))) if self.skills[skill].requires else ()

    def with_prerequisites(self, skills: Iterable[str]) -> frozenset[str]:
        """Return the skills and all that they require, to any depth."""
        known = frozenset(skills)
        return known | self._find_required(known, self.skills)

    @cache_per_edition
    def _ways_of(self, areas: tuple[str, ...]) -> tuple[Way, ...]:
        nearest: dict[str, Way] = {}
        for area in reversed(areas):
            nearest |= {way.slug: way for way in self.ways if way.region == area}
        return tuple(nearest[slug] for slug in sorted(nearest))

    @cache_per_edition
    def _experience_of(self, areas: tuple[str, ...]) -> tuple[ExperiencePoint, ...]:
        for area in areas:
            if curve := tuple(point for point in self.experience if point.region == area):
                return curve
        return ()

    def _find_required(self, skills: Iterable[str], among: Collection[str]) -> set[str]:
        found: set[str] = set()
        queue = list(skills)
        while queue:
            for need in self.skills[queue.pop()].requires:
                if need in among and need not in found:
                    found.add(need)
                    queue.append(need)
        return found

    def ancestry(self, place: str) -> Iterator[Place]:
        """Yield the place itself, then its parent, and so on up to its country."""
        while place:
            current = self.places[place]
            yield current
            place = current.parent


def list_areas(place: Place) -> tuple[str, ...]:
    """Return the areas that a figure about a place may be of, nearest first: country's code, region, world."""
    return tuple(dict.fromkeys((place.country.lower(), place.region, WORLDWIDE)))
