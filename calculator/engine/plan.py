"""Finds the best order in which to learn the first skill and others after it.

It is exact, by dynamic programming over subsets (Held and Karp 1962). The time at which a set of skills is finished
does not depend on their order. So the best value of a set is the maximum, over its last skill, of the best value of the
rest plus the value of that step. `n` skills take `n·2ⁿ` steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from calculator.engine.constants import Constants
from calculator.engine.net_gain import Clock
from calculator.engine.uplift import add_up, compute_uplift

type Lasts = list[int]
type Values = list[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSkill:
    """A skill to put in order. `beta` is its expected log premium (None without evidence), `requires` skills of the
    same plan. `cost` is the worth of its exam and its hours, paid when its study starts.
    """

    slug: str
    beta: float | None
    study_hours: float
    exam_cost: float
    hours_cost: float
    requires: tuple[str, ...]

    @property
    def cost(self) -> float:
        return self.exam_cost + self.hours_cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One skill of an order: the first and last month of its study, its exam's cost and its hours' worth (both at the
    start, not discounted), and the uplift a year of all skills learned by its end.
    """

    slug: str
    start_month: float
    done_month: float
    exam_cost: float
    hours_cost: float
    annual_uplift: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyOrder:
    """Skills in order, and their total worth by the horizon."""

    steps: tuple[Step, ...]
    net_gain: float

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple([step.slug for step in self.steps])


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The best order that begins with the first skill, the worst order of the same skills, and the best of all orders.

    `left_out` are the skills that would add nothing (sorted); `beyond` counts the candidates that were not considered.
    `is_worst_notable`: the worst order begins with another skill and is worth much less. `is_free_notable`: the best of
    all orders is worth much more.
    """

    best: StudyOrder
    worst: StudyOrder
    free: StudyOrder
    left_out: tuple[str, ...]
    beyond: int
    is_worst_notable: bool
    is_free_notable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """The inputs that all orders of one visitor share."""

    capped_salary: float
    gain_cap: float
    clock: Clock
    constants: Constants


def choose_plan_skills(bundles: Sequence[Sequence[str]], most: int) -> tuple[frozenset[str], int]:
    """Return the skills of a plan, and the number of candidates that do not fit in.

    `bundles` are the candidates by falling net gain, each with its prerequisites, the candidate first. The first bundle
    is always taken, then the next ones, up to one that would exceed `most` skills.
    """
    chosen = set(bundles[0])
    for bundle in bundles[1:]:
        if len(chosen.union(bundle)) > most:
            break
        chosen.update(bundle)
    return frozenset(chosen), len([bundle for bundle in bundles if bundle[0] not in chosen])


def find_plan(skills: Sequence[PlanSkill], first: str, beyond: int, learner: Learner) -> Plan | None:
    """Find the plan of `skills` (sorted by slug) that begins with `first`; None if it is worth nothing or less.

    In a valid order each prerequisite comes before the skill that needs it, and only prerequisites of `first` come
    before it. A skill is left out if it does not raise the total by more than `least_gain`.
    """
    subsets = _Subsets(skills, learner)
    own, least_gain = subsets.bits[first], learner.constants.least_gain
    before_first = subsets.needed_by(own)

    def begins_with_first(mask: int) -> bool:
        return bool(mask & own) or mask & before_first == mask

    best, best_lasts = subsets.find_best(begins_with_first)
    mask = _smallest_best({each: value for each, value in enumerate(best) if each & own}, least_gain)
    if best[mask] <= 0:
        return None
    free, free_lasts = subsets.find_best()
    free_mask = _smallest_best(dict(enumerate(free)), least_gain)
    worst, worst_lasts = subsets.find_best(sign=-1)
    plan, worst_order = subsets.order(mask, best[mask], best_lasts), subsets.order(mask, -worst[mask], worst_lasts)
    free_order = subsets.order(free_mask, free[free_mask], free_lasts)
    share = learner.constants.notable_share
    return Plan(
        best=plan,
        worst=worst_order,
        free=free_order,
        left_out=tuple([skill.slug for skill in skills if not mask & subsets.bits[skill.slug]]),
        beyond=beyond,
        is_worst_notable=worst_order.slugs[0] != plan.slugs[0] and worst_order.net_gain < (1 - share) * plan.net_gain,
        is_free_notable=free_order.net_gain > (1 + share) * plan.net_gain,
    )


class _Subsets:
    """Values of a set of skills that do not depend on its order. A set is a bit mask."""

    def __init__(self, skills: Sequence[PlanSkill], learner: Learner) -> None:
        self.skills = skills
        self.clock = learner.clock
        self.bits: Mapping[str, int] = {skill.slug: 1 << index for index, skill in enumerate(skills)}
        self.needs = [sum(self.bits[slug] for slug in skill.requires) for skill in skills]
        masks = range(1 << len(skills))
        members = [[skill for skill in skills if mask & self.bits[skill.slug]] for mask in masks]
        self.months = [self.clock.study_months(math.fsum([each.study_hours for each in group])) for group in members]
        self.discounts = [self.clock.discount(month) for month in self.months]
        self.expected_years = [self.clock.expected_years(self.clock.first_pay_month(month)) for month in self.months]
        gains = [min(learner.gain_cap, add_up([each.beta or 0.0 for each in group])) for group in members]
        self.uplifts = [compute_uplift(learner.capped_salary, gain) for gain in gains]
        self.steps = [self._find_steps(mask) for mask in masks]

    def needed_by(self, mask: int) -> int:
        """Return all skills that a set requires, to any depth."""
        needed = 0
        while True:
            more = needed
            for index, needs in enumerate(self.needs):
                if (mask | needed) & (1 << index):
                    more |= needs
            if more == needed:
                return needed
            needed = more

    def find_best(self, may_be_learned: Callable[[int], bool] | None = None, sign: int = 1) -> tuple[Values, Lasts]:
        """Return, for each set, the highest value of an order times `sign`, and the last skill of that order.

        A set without a valid order has minus infinity and −1; so has one that `may_be_learned` excludes.
        """
        count = 1 << len(self.skills)
        best, lasts = [0.0] + [-math.inf] * (count - 1), [-1] * count
        for mask in range(1, count):
            if may_be_learned is not None and not may_be_learned(mask):
                continue
            highest, last = -math.inf, -1
            for index, before, worth in self.steps[mask]:
                value = best[before] + sign * worth
                if value > highest:
                    highest, last = value, index
            best[mask], lasts[mask] = highest, last
        return best, lasts

    def _find_steps(self, mask: int) -> list[tuple[int, int, float]]:
        """Return the skills that may be the last of a set: each with the rest of the set, and the worth of its step."""
        steps = []
        for index, skill in enumerate(self.skills):
            if mask & (1 << index) and self.needs[index] & mask == self.needs[index]:
                before = mask ^ (1 << index)
                added = (self.uplifts[mask] - self.uplifts[before]) * self.expected_years[mask]
                steps.append((index, before, added - skill.cost * self.discounts[before]))
        return steps

    def order(self, mask: int, net_gain: float, lasts: Lasts) -> StudyOrder:
        """Reconstruct a set's best order from its last skill, then the last skill of the rest, and so on."""
        steps: list[Step] = []
        while mask:
            last = lasts[mask]
            before = mask ^ (1 << last)
            steps.append(
                Step(
                    slug=self.skills[last].slug,
                    start_month=self.months[before],
                    done_month=self.months[mask],
                    exam_cost=self.skills[last].exam_cost,
                    hours_cost=self.skills[last].hours_cost,
                    annual_uplift=self.uplifts[mask],
                )
            )
            mask = before
        return StudyOrder(steps=tuple(reversed(steps)), net_gain=net_gain)


def _smallest_best(values: Mapping[int, float], least_gain: float) -> int:
    """Return the smallest set among those whose value is within `least_gain` of the best."""
    enough = max(values.values()) - least_gain
    return min([mask for mask, value in values.items() if value >= enough], key=lambda mask: (mask.bit_count(), mask))
