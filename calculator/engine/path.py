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
from calculator.engine.net_gain import Clock, monthly_discounts
from calculator.engine.uplift import stack_weight


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
    (highest, best_last), (lowest, worst_last) = subsets.best_and_worst_values()
    most = max(highest)
    best = min([mask for mask, value in enumerate(highest) if value == most], key=lambda mask: (mask.bit_count(), mask))
    return subsets.path(best, most, best_last), subsets.path(best, 0.0 + lowest[best], worst_last)


def gain_by_month(path: Path, clock: Clock) -> tuple[float, ...]:
    """Today's worth of what a path has brought by each month, from 0 to the horizon, where it is the net gain."""
    rate, odds, months = clock.constants.discount_rate, clock.odds, range(clock.horizon_months + 1)
    worth, gains, earlier_uplift = monthly_discounts(rate, clock.horizon_months), [0.0] * len(months), 0.0
    for step in path.steps:
        if step.exam_cost:
            exam_cost = step.exam_cost * clock.discount(step.start_month)
            for month in months[math.ceil(step.start_month) :]:
                gains[month] -= exam_cost
        first_pay, added = clock.first_pay_month(step.done_month), step.annual_uplift - earlier_uplift
        at_first_pay = clock.discount(first_pay)
        for month in months[math.floor(first_pay) + 1 :]:
            gains[month] += added * (odds * (at_first_pay - worth[month]) / rate)
        earlier_uplift = step.annual_uplift
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
        self.discounts = self.clock.discounts_after(self.hours) if any(self.exam_costs) else [1.0] * len(self.hours)
        self.expected_years = self.clock.years_of_pay(self.hours)
        salary = learner.capped_salary  # `uplift` of each set, without a call each
        self.uplifts = [salary * math.expm1(gain) for gain in _log_gains(candidates, learner)]

    def best_and_worst_values(self) -> tuple[tuple[list[float], list[int]], tuple[list[float], list[int]]]:
        """For each set the highest value of an order and that order's last skill, and the same of the lowest value.

        A set without a permitted order has minus infinity, infinity and −1.
        """
        count = 1 << len(self.candidates)
        best, best_last = [0.0] + [-math.inf] * (count - 1), [-1] * count
        worst, worst_last = [0.0] + [math.inf] * (count - 1), [-1] * count
        uplifts, discounts = self.uplifts, self.discounts
        members = [
            (index, 1 << index, needs, cost)
            for index, (needs, cost) in enumerate(zip(self.needs, self.exam_costs, strict=True))
        ]
        for mask in range(1, count):
            highest, lowest = -math.inf, math.inf
            own_uplift, years = uplifts[mask], self.expected_years[mask]
            for index, bit, needs, cost in members:
                if mask & bit and needs & mask == needs:
                    before = mask ^ bit
                    added = (own_uplift - uplifts[before]) * years
                    value, least = best[before] + added, worst[before] + added
                    if cost:
                        value -= cost * discounts[before]
                        least -= cost * discounts[before]
                    if value > highest:
                        highest, best_last[mask] = value, index
                    if least < lowest:
                        lowest, worst_last[mask] = least, index
            best[mask], worst[mask] = highest, lowest
        return (best, best_last), (worst, worst_last)

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
