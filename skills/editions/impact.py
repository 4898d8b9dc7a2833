"""Measures an edition's impact: a fixed sample of profiles, assessed with both editions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.engine import Edition, PayLevel, Profile, Verdict, assess
from skills.catalogue.skill_sets import OTHER_SETS, STARTING_SETS

# The sample: every place × every pay level × every set of skills. It never changes, so that the impact of different
# editions can be compared.

#: Places with pay of their own, from every region of the evidence, in ten currencies.
PLACES = (
    "us-san-francisco-ca",
    "us-austin-tx",
    "ca-toronto",
    "gb-london",
    "de",
    "ch",
    "pl",
    "ua",
    "in",
    "br",
    "jp",
    "au",
)
PAY_LEVELS = (PayLevel.P25, PayLevel.P50, PayLevel.P75, PayLevel.P90)
#: Choices that a visitor may have: a few skills (each of the first edition's is in one set), or all (None).
SKILL_SETS: Mapping[str, tuple[str, ...] | None] = {
    **{each.name: each.skills for each in (*STARTING_SETS, *OTHER_SETS)},
    "All skills": None,
}
#: A relative change of the expected uplift above this share is reported.
NOTABLE_MOVE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class UpliftMove:
    """A skill's expected uplift a year in both editions; None if unknown."""

    skill: str
    old: float | None
    new: float | None

    @property
    def size(self) -> float:
        """The change as a share of the old uplift; infinite if either is unknown or the old one is 0."""
        if self.old == self.new:
            return 0.0
        if not self.old or self.new is None:
            return math.inf
        return abs(self.new - self.old) / abs(self.old)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A profile whose verdict differs between the editions; `uplift` is its largest notable move."""

    skill_set: str
    before: Verdict
    after: Verdict
    uplift: UpliftMove | None

    @property
    def is_other_first(self) -> bool:
        """Whether the first skill changes, appears or disappears."""
        return self.before.first != self.after.first

    @property
    def is_other_rating(self) -> bool:
        return self.before.rating is not self.after.rating

    @property
    def is_other_size(self) -> bool:
        """Whether the gain is too small to decide by in only one of the editions."""
        return self.before.is_small != self.after.is_small

    @property
    def is_other_plan(self) -> bool:
        return plan_of(self.before) != plan_of(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """The result for the sample: `assessed` profiles, those that `moved`, and what could not be compared.

    `missing_places` and `missing_skills` are in the sample, but not in both editions.
    """

    assessed: int
    moved: tuple[Moved, ...]
    missing_places: tuple[str, ...]
    missing_skills: tuple[str, ...]


def compute_impact(older: Edition, newer: Edition) -> Impact:
    """Assess every profile of the sample with both editions. The result is deterministic."""
    skills = older.skills.keys() & newer.skills.keys()
    sampled = {slug for slugs in SKILL_SETS.values() for slug in slugs or ()}
    profiles = list(_list_sample(older, newer))
    pairs = ((name, assess(profile, older), assess(profile, newer)) for name, profile in profiles)
    compared = (
        Moved(skill_set=name, before=before, after=after, uplift=_uplift_move(before, after))
        for name, before, after in pairs
    )
    return Impact(
        assessed=len(profiles),
        moved=tuple(moved for moved in compared if _is_notable(moved)),
        missing_places=tuple(slug for slug in PLACES if slug not in older.places or slug not in newer.places),
        missing_skills=tuple(sorted(sampled - skills)),
    )


def plan_of(verdict: Verdict) -> tuple[str, ...]:
    """Return the slugs of the plan in order; empty without a plan."""
    return verdict.plan.best.slugs if verdict.plan else ()


def _list_sample(older: Edition, newer: Edition) -> Iterator[tuple[str, Profile]]:
    """Yield every profile that both editions can answer, with the name of its set of skills."""
    for place in PLACES:
        if place not in older.places or place not in newer.places:
            continue
        for level in PAY_LEVELS:
            for name, slugs in SKILL_SETS.items():
                if slugs is None:
                    yield name, Profile(pay=level, location=place, skills=None)
                elif known := tuple(slug for slug in slugs if slug in older.skills and slug in newer.skills):
                    yield name, Profile(pay=level, location=place, skills=known)


def _uplift_move(before: Verdict, after: Verdict) -> UpliftMove | None:
    """Return the largest move among the skills that both consider, if it is notable."""
    moves = [
        UpliftMove(skill=slug, old=_find_uplift(before, slug), new=_find_uplift(after, slug))
        for slug in before.considered
        if slug in after.considered
    ]
    largest = max(moves, key=lambda move: move.size, default=None)  # the first by slug, among equals
    return largest if largest and largest.size > NOTABLE_MOVE else None


def _find_uplift(verdict: Verdict, slug: str) -> float | None:
    gain = verdict.outlook(slug).gain
    return gain.uplift.expected if gain else None


def _is_notable(moved: Moved) -> bool:
    is_other_answer = moved.is_other_first or moved.is_other_rating or moved.is_other_size or moved.is_other_plan
    return is_other_answer or moved.uplift is not None
