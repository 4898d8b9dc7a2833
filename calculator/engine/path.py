"""The best order to learn the chosen skills.

Exact by dynamic programming over subsets (Held and Karp 1962): the time at which a set of skills is finished does not
depend on its order, so the best value of a set is the best over its last skill of the rest's best value plus that
step's. `n` skills cost `n·2ⁿ` steps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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
    values, best_last = subsets.highest_values(sign=1)
    highest = max(values)
    best = min(
        (mask for mask, value in enumerate(values) if value == highest), key=lambda mask: (mask.bit_count(), mask)
    )
    negated, worst_last = subsets.highest_values(sign=-1, within=best)
    return subsets.path(best, highest, best_last), subsets.path(best, 0.0 - negated[best], worst_last)


def gain_by_month(path: Path, clock: Clock) -> tuple[float, ...]:
    """Today's worth of what a path has brought by each month, from 0 to the horizon, where it is the net gain."""
    parts = []
    earlier_uplift = 0.0
    for step in path.steps:
        first_pay = clock.first_pay_month(step.done_month)
        exam_cost = step.exam_cost * clock.discount(step.start_month)
        added = step.annual_uplift - earlier_uplift
        parts.append((step.start_month, exam_cost, first_pay, clock.discount(first_pay), added))
        earlier_uplift = step.annual_uplift
    rate, gains = clock.constants.discount_rate, []
    for month in range(clock.horizon_months + 1):
        gain, now = 0.0, clock.discount(month)
        for start, exam_cost, first_pay, at_first_pay, added in parts:
            if start <= month:
                gain -= exam_cost
            if first_pay < month:
                gain += added * (clock.odds * (at_first_pay - now) / rate)
        gains.append(gain)
    return tuple(gains)


class _Subsets:
    """Everything about a set of candidates that does not depend on its order; a set is a bit mask."""

    def __init__(self, candidates: Sequence[Candidate], learner: Learner) -> None:
        self.candidates = candidates
        self.clock = learner.clock
        bits = {candidate.slug: 1 << index for index, candidate in enumerate(candidates)}
        self.needs = [sum(bits[slug] for slug in candidate.requires) for candidate in candidates]
        self.exam_costs = [candidate.exam_cost for candidate in candidates]
        self.hours = [0.0]
        for candidate in reversed(candidates):
            self.hours = [total for before in self.hours for total in (before, before + candidate.study_hours)]
        self.discounts = self.clock.discounts_after(self.hours)
        self.expected_years = self.clock.years_of_pay(self.hours)
        self.uplifts = [uplift(learner.capped_salary, gain) for gain in _log_gains(candidates, learner)]

    def highest_values(self, *, sign: int, within: int | None = None) -> tuple[list[float], list[int]]:
        """For each set the highest value of an order, times `sign` (−1 finds the lowest), and that order's last skill.

        A set without a permitted order, or not within the set `within`, has minus infinity and −1.
        """
        count = 1 << len(self.candidates)
        outside = 0 if within is None else ~within
        values, lasts = [0.0] + [-math.inf] * (count - 1), [-1] * count
        uplifts, discounts = self.uplifts, self.discounts
        members = [
            (index, 1 << index, needs, sign * cost)
            for index, (needs, cost) in enumerate(zip(self.needs, self.exam_costs, strict=True))
        ]
        for mask in range(1, count):
            if mask & outside:
                continue
            highest, last = -math.inf, -1
            own_uplift, years = uplifts[mask], sign * self.expected_years[mask]
            for index, bit, needs, cost in members:
                if mask & bit and needs & mask == needs:
                    before = mask ^ bit
                    value = values[before] + (own_uplift - uplifts[before]) * years
                    if cost:
                        value -= cost * discounts[before]
                    if value > highest:
                        highest, last = value, index
            values[mask], lasts[mask] = highest, last
        return values, lasts

    def month(self, mask: int) -> float:
        """When study of the whole set is done."""
        return self.clock.study_months(self.hours[mask])

    def path(self, mask: int, net_gain: float, lasts: Sequence[int]) -> Path:
        left_out = tuple(candidate.slug for index, candidate in enumerate(self.candidates) if not mask & (1 << index))
        steps: list[Step] = []
        while mask:
            last = lasts[mask]
            before = mask ^ (1 << last)
            steps.append(
                Step(
                    slug=self.candidates[last].slug,
                    start_month=self.month(before),
                    done_month=self.month(mask),
                    exam_cost=self.exam_costs[last],
                    annual_uplift=self.uplifts[mask],
                )
            )
            mask = before
        return Path(steps=tuple(reversed(steps)), net_gain=net_gain, left_out=left_out)


def _log_gains(candidates: Sequence[Candidate], learner: Learner) -> list[float]:
    """`G(A) = min(cap, L(held ∪ A) − L(held))` of every set A, without sorting each.

    All premiums are sorted once. From the largest on, a held one is added to every stack there is, a candidate's to a
    copy of every stack: sets that begin alike share their sums. What is not above zero adds nothing.
    """
    betas = [(beta, 0) for beta in learner.held_betas]
    betas += [(candidate.beta or 0.0, 1 << index) for index, candidate in enumerate(candidates)]
    weights = [stack_weight(rank, learner.constants) for rank in range(len(betas))]
    stacks = [(0, 0, 0.0)]  # a set, how many premiums it stacks, their sum
    for beta, bit in sorted(betas, reverse=True):
        if beta > 0:
            grown = [(mask | bit, rank + 1, total + weights[rank] * beta) for mask, rank, total in stacks]
        else:
            grown = [(mask | bit, rank, total) for mask, rank, total in stacks]
        stacks = stacks + grown if bit else grown
    gains, held, cap = [0.0] * len(stacks), stacks[0][2], learner.gain_cap
    for mask, _, total in stacks:
        gains[mask] = total - held if total - held < cap else cap
    return gains
