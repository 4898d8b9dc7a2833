"""How likely each skill is to be the best one, exactly, over independent cases of all of them.

The cases of all skills are passed once, in rising order. When a case of one skill is passed, `F` of another skill is
the weight of its cases that were passed before: the product of all other `F` is the chance that this case is highest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from calculator.engine.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """The chance of each skill, and of learning nothing, to be best; together they are 1."""

    of_skills: Mapping[str, float]
    of_nothing: float


def find_chances(outcomes: Sequence[Outcome]) -> Chances:
    """The chance that each outcome is the highest of all and above 0. `outcomes` are sorted by slug.

    Learning nothing is one case at 0. Of equal values nothing wins, then the earlier slug.
    """
    backwards = list(reversed(outcomes))  # of equals the winner is passed last, and a sort keeps their order
    passed = [weight_without_gain(outcome) for outcome in backwards]
    of_nothing = prod(passed)
    values, cases = _cases_above_zero(backwards)
    # The product of all weights passed that are above 0 yet, and how many are not: no other way to leave one out of it.
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
        passed[owner] = before + weight
        product = others * (before + weight)
    of_skills = {outcome.slug: chance for outcome, chance in zip(backwards, chances, strict=True)}
    return Chances(of_skills=dict(sorted(of_skills.items())), of_nothing=of_nothing)


def find_chance_of_nothing(outcomes: Sequence[Outcome]) -> float:
    """The chance that no skill gains anything: as in `find_chances`, without the rest."""
    return prod([weight_without_gain(outcome) for outcome in reversed(outcomes)])


def weight_without_gain(outcome: Outcome) -> float:
    """The weight of a skill's cases at or below 0; exactly 1 where all are."""
    counts = [bisect_right(gains, 0.0) for gains in outcome.case_gains]
    points = len(outcome.annual.points)
    if sum(counts) == points * len(counts):
        return 1.0
    return sum(count * case.weight for count, case in zip(counts, outcome.study.cases, strict=True)) / points


def _cases_above_zero(outcomes: Sequence[Outcome]) -> tuple[list[float], list[tuple[int, float]]]:
    """The net gain of each case, skill by skill, and whose it is (a position in `outcomes`) with its weight."""
    values: list[float] = []
    cases: list[tuple[int, float]] = []
    for owner, outcome in enumerate(outcomes):
        points = len(outcome.annual.points)
        for gains, case in zip(outcome.case_gains, outcome.study.cases, strict=True):
            above = gains[bisect_right(gains, 0.0) :]
            values += above
            cases += [(owner, case.weight / points)] * len(above)
    return values, cases
