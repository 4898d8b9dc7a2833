"""Computes exactly how likely each skill is to be the best, over independent cases of all skills.

The cases of all skills are visited once, in rising order. At a case of one skill, `F` of another skill is the weight
of its cases visited so far. The product of all other `F` is the chance that this case is the highest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from calculator.engine.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """The chance of each skill, and of learning nothing, to be best. They add up to 1."""

    of_skills: Mapping[str, float]
    of_nothing: float


def find_chances(outcomes: Sequence[Outcome]) -> Chances:
    """Return the chance that each outcome is the highest and above 0. `outcomes` are sorted by slug.

    Learning nothing is one case at 0. Among equal values learning nothing wins, then the earlier slug.
    """
    backwards = list(reversed(outcomes))  # the winner among equals is visited last, because sorting is stable
    passed = [weight_without_gain(outcome) for outcome in backwards]
    of_nothing = prod(passed)
    values, cases = _cases_above_zero(backwards)
    # The product of the visited weights above 0, and how many are still 0: so that one can be divided out.
    product, missing = prod(share for share in passed if share > 0), passed.count(0.0)
    chances = [0.0] * len(backwards)
    for owner, weight in map(cases.__getitem__, sorted(range(len(values)), key=values.__getitem__)):
        before = passed[owner]
        if before:
            others = product / before
        else:
            others = product
            missing -= 1
        if not missing:
            chances[owner] += weight * others
        passed[owner] = after = before + weight
        product = others * after
    of_skills = {outcome.slug: chance for outcome, chance in zip(backwards, chances, strict=True)}
    return Chances(of_skills=dict(sorted(of_skills.items())), of_nothing=of_nothing)


def find_chance_of_nothing(outcomes: Sequence[Outcome]) -> float:
    """Return the chance that no skill gains anything, as in `find_chances`."""
    return prod([weight_without_gain(outcome) for outcome in reversed(outcomes)])


def weight_without_gain(outcome: Outcome) -> float:
    """Return the weight of a skill's cases at or below 0; exactly 1 if all are."""
    counts = [bisect_right(gains, 0.0) for gains in outcome.case_gains]
    points = len(outcome.annual.points)
    if sum(counts) == points * len(counts):
        return 1.0
    return sum(count * case.weight for count, case in zip(counts, outcome.study.cases, strict=True)) / points


def _cases_above_zero(outcomes: Sequence[Outcome]) -> tuple[list[float], list[tuple[int, float]]]:
    """Return each case's net gain, and for each its skill's position in `outcomes` and its weight."""
    values: list[float] = []
    cases: list[tuple[int, float]] = []
    for owner, outcome in enumerate(outcomes):
        points = len(outcome.annual.points)
        for gains, case in zip(outcome.case_gains, outcome.study.cases, strict=True):
            above = gains[bisect_right(gains, 0.0) :]
            values += above
            cases += [(owner, case.weight / points)] * len(above)
    return values, cases
