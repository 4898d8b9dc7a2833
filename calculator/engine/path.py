"""The best order to learn the chosen skills.

Exact by dynamic programming over subsets (Held and Karp 1962): the time at which a set of skills is finished does not
depend on its order, so the best value of a set is the best over its last skill of the rest's best value plus that
step's. `n` skills cost `n·2ⁿ` steps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from calculator.engine.constants import Constants
from calculator.engine.net_gain import Clock
from calculator.engine.uplift import stack_weight, uplift


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A skill to put in order. `beta` is its mean log premium (None without evidence), `requires` chosen skills."""

    slug: str
    beta: float | None
    study_hours: float
    exam_cost: float
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One skill of a path: its study's first and last month, its exam's cost (paid at the start, not discounted), and
    the uplift a year of all learned by its end.
    """

    slug: str
    start_month: float
    done_month: float
    exam_cost: float
    annual_uplift: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """An order of skills, what it is worth by the horizon, and the chosen skills that it leaves out (sorted)."""

    steps: tuple[Step, ...]
    net_gain: float
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """What every path of one visitor shares."""

    capped_salary: float
    held_betas: tuple[float, ...]
    gain_cap: float
    clock: Clock
    constants: Constants


def find_paths(candidates: Sequence[Candidate], learner: Learner) -> tuple[Path, Path]:
    """The best path, and the worst permitted order of the same skills.

    `candidates` are sorted by slug. A permitted order has each chosen prerequisite before the skill that needs it. Of
    paths worth the same, the one with fewer skills wins, then the one whose last different step comes first by slug.
    """
    subsets = _Subsets(candidates, learner)
    best_value, best_last = subsets.extreme_values(sign=1)
    reachable = [mask for mask, last in enumerate(best_last) if last >= 0 or mask == 0]
    best = max(reachable, key=lambda mask: (best_value[mask], -mask.bit_count(), -mask))
    worst_value, worst_last = subsets.extreme_values(sign=-1, within=best)
    return (
        subsets.path(best, best_value[best], best_last),
        subsets.path(best, worst_value[best], worst_last),
    )


def gain_by_month(path: Path, clock: Clock) -> tuple[float, ...]:
    """Today's worth of what a path has brought by each month, from 0 to the horizon, where it is the net gain."""
    return tuple(_gain_by(path, clock, month) for month in range(clock.horizon_months + 1))


def _gain_by(path: Path, clock: Clock, month: int) -> float:
    until = replace(clock, horizon_months=month)
    gain, earlier_uplift = 0.0, 0.0
    for step in path.steps:
        if step.start_month <= month:
            gain -= step.exam_cost * clock.discount(step.start_month)
        gain += (step.annual_uplift - earlier_uplift) * until.expected_years(clock.first_pay_month(step.done_month))
        earlier_uplift = step.annual_uplift
    return gain


class _Subsets:
    """Everything about a set of candidates that does not depend on its order; a set is a bit mask."""

    def __init__(self, candidates: Sequence[Candidate], learner: Learner) -> None:
        self.candidates = candidates
        clock = learner.clock
        bits = {candidate.slug: 1 << index for index, candidate in enumerate(candidates)}
        self.needs = [sum(bits[slug] for slug in candidate.requires) for candidate in candidates]
        self.exam_costs = [candidate.exam_cost for candidate in candidates]
        sizes = range(1 << len(candidates))
        hours = [0.0] * len(sizes)
        for mask in sizes[1:]:
            lowest = mask & -mask
            hours[mask] = hours[mask ^ lowest] + candidates[lowest.bit_length() - 1].study_hours
        self.done_months = [clock.study_months(total) for total in hours]
        self.discounts = [clock.discount(month) for month in self.done_months]
        self.expected_years = [clock.expected_years(clock.first_pay_month(month)) for month in self.done_months]
        self.uplifts = [uplift(learner.capped_salary, gain) for gain in _log_gains(candidates, learner)]

    def extreme_values(self, *, sign: int, within: int | None = None) -> tuple[list[float], list[int]]:
        """For each set the highest (`sign` 1) or lowest (−1) value of an order, and that order's last skill.

        The last skill is −1 for a set without a permitted order, or not within the set `within`.
        """
        count = 1 << len(self.candidates)
        outside = 0 if within is None else ~within
        values, lasts = [0.0] * count, [-1] * count
        members = [(1 << index, index) for index in range(len(self.candidates))]
        for mask in range(1, count):
            if mask & outside:
                continue
            chosen_score, chosen_value, chosen = -math.inf, 0.0, -1
            years, own_uplift = self.expected_years[mask], self.uplifts[mask]
            for bit, index in members:
                if not mask & bit:
                    continue
                before = mask ^ bit
                if self.needs[index] & ~before or (before and lasts[before] < 0):
                    continue
                gain = (own_uplift - self.uplifts[before]) * years
                value = values[before] + gain - self.exam_costs[index] * self.discounts[before]
                if sign * value > chosen_score:
                    chosen_score, chosen_value, chosen = sign * value, value, index
            values[mask], lasts[mask] = chosen_value, chosen
        return values, lasts

    def path(self, mask: int, net_gain: float, lasts: Sequence[int]) -> Path:
        left_out = tuple(candidate.slug for index, candidate in enumerate(self.candidates) if not mask & (1 << index))
        steps: list[Step] = []
        while mask:
            last = lasts[mask]
            before = mask ^ (1 << last)
            steps.append(
                Step(
                    slug=self.candidates[last].slug,
                    start_month=self.done_months[before],
                    done_month=self.done_months[mask],
                    exam_cost=self.exam_costs[last],
                    annual_uplift=self.uplifts[mask],
                )
            )
            mask = before
        return Path(steps=tuple(reversed(steps)), net_gain=net_gain, left_out=left_out)


def _log_gains(candidates: Sequence[Candidate], learner: Learner) -> list[float]:
    """`G(A) = min(cap, L(held ∪ A) − L(held))` of every set A, without sorting each: the premiums are sorted once."""
    ranked = [(beta, 0) for beta in learner.held_betas if beta > 0]
    ranked += [
        (candidate.beta, 1 << i) for i, candidate in enumerate(candidates) if candidate.beta and candidate.beta > 0
    ]
    ranked.sort(reverse=True)
    weights = [stack_weight(rank, learner.constants) for rank in range(len(ranked))]

    def stack(mask: int) -> float:
        total, rank = 0.0, 0
        for beta, bit in ranked:
            if not bit or mask & bit:
                total += weights[rank] * beta
                rank += 1
        return total

    held = stack(0)
    return [min(learner.gain_cap, stack(mask) - held) for mask in range(1 << len(candidates))]
