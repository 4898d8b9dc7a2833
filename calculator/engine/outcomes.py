"""Computes the outcome of learning one skill: its bundle, three cases of study hours, and all cases of its premium.

An outcome is a distribution: the 40 points of the premium times the three hour cases, independent of each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import expm1, fsum

from calculator.engine.edition import Edition, Range, Skill
from calculator.engine.net_gain import Clock
from calculator.engine.uplift import LogPremium, add_up, compute_uplift

#: The hour case whose months a page shows.
MID = 1

type Hours = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCase:
    """One estimate of a bundle's study: weight, hours, months, and the present value of 1 a year from its first pay.

    `years_of_pay` is without the odds; `expected_years` is `years_of_pay` times the odds (`Y` in the methodology).
    """

    weight: float
    hours: float
    months: float
    first_pay_month: float
    years_of_pay: float
    expected_years: float


@dataclass(frozen=True, kw_only=True)
class Study:
    """The study of one skill's bundle: the considered prerequisites are `added`; others are `assumed` to be held.

    `hours` is the weighted mean of the three `cases`; `months` and `first_pay_month` are those of the mid case.
    `own_hours` is for the skill alone, in the mid case. `exam_cost` is the bundle's in the market's currency, None if
    unknown.
    """

    own_hours: float
    hours: float
    months: float
    first_pay_month: float
    exam_cost: float | None
    added: tuple[str, ...]
    assumed: tuple[str, ...]
    cases: tuple[HourCase, HourCase, HourCase]

    @cached_property
    def is_in_time(self) -> bool:
        """Whether pay begins before the horizon, with the mid estimate of hours."""
        return self.cases[MID].expected_years > 0

    @cached_property
    def years_of_pay(self) -> float:
        """The weighted mean of the cases: `ΣwY/odds`."""
        return fsum([case.weight * case.years_of_pay for case in self.cases])

    @cached_property
    def expected_years(self) -> float:
        """The weighted mean of the cases: `ΣwY`."""
        return fsum([case.weight * case.expected_years for case in self.cases])


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleUplift:
    """Uplift a year of a skill with its bundle: P10, expected and P90, and the uplift at each point of the premium."""

    annual: Range
    points: Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One skill's result by the horizon: its expected net gain, and the net gain of each case.

    `case_gains` has the net gain of each point of the premium for each hour case: three rows, each in rising order.
    """

    slug: str
    net_gain: float
    case_gains: tuple[Sequence[float], ...]
    study: Study
    annual: BundleUplift


def study_hours(skill: Skill, own_hours: Mapping[str, int]) -> Hours:
    """Return the low, mid and high estimate of one skill's hours; the visitor's own figure replaces all three."""
    own = own_hours.get(skill.slug)
    return (skill.hours_low, skill.hours_mid, skill.hours_high) if own is None else (own, own, own)


def plan_study(
    bundle: Sequence[str],
    own_hours: Mapping[str, int],
    clock: Clock,
    edition: Edition,
    *,
    assumed: tuple[str, ...],
    exam_cost: float | None,
) -> Study:
    """Compute the study time of a bundle (its skill first) in all three cases."""
    estimates = tuple([study_hours(edition.skills[slug], own_hours) for slug in bundle])
    return _plan_once(estimates, clock, tuple(bundle[1:]), assumed, exam_cost)


def bundle_uplift(premium: LogPremium, prerequisite_betas: Sequence[float], capped_salary: float) -> BundleUplift:
    """Compute the uplift a year of a premium on top of its prerequisites' premiums."""
    below = add_up(prerequisite_betas)
    return BundleUplift(
        annual=Range(
            low=compute_uplift(capped_salary, below + premium.low),
            expected=compute_uplift(capped_salary, below + premium.expected),
            high=compute_uplift(capped_salary, below + premium.high),
        ),
        points=[capped_salary * expm1(below + x) for x in premium.points],  # `uplift`, inlined for speed
    )


def find_outcome(slug: str, annual: BundleUplift, study: Study, hour_value: float) -> Outcome:
    """Compute the net gain, expected and by case: uplift times expected years, less the exam and the hours' worth."""
    exam_cost = study.exam_cost or 0.0
    costs = [(case.expected_years, exam_cost + hour_value * case.hours) for case in study.cases]
    return Outcome(
        slug=slug,
        net_gain=annual.annual.expected * study.expected_years - exam_cost - hour_value * study.hours,
        case_gains=tuple([[point * years - cost for point in annual.points] for years, cost in costs]),
        study=study,
        annual=annual,
    )


def pays_off(outcome: Outcome, hour_value: float, odds: float) -> float:
    """Return the chance that an employer pays, and pays more than the exam and the hours cost."""
    exam_cost, points = outcome.study.exam_cost or 0.0, outcome.annual.points
    weight = 0.0
    for case in outcome.study.cases:
        cost, years = exam_cost + hour_value * case.hours, case.years_of_pay
        weight += case.weight * (len(points) - bisect_right(points, cost, key=years.__mul__))
    return odds * weight / len(points)


@lru_cache(maxsize=2048)
def _plan_once(
    estimates: Sequence[Hours], clock: Clock, added: tuple[str, ...], assumed: tuple[str, ...], exam_cost: float | None
) -> Study:
    """Plan once for the same answers: most visitors leave hours, years and odds as they are."""
    weights = clock.constants.hour_case_weights
    low, mid, high = (
        _hour_case(weight, fsum(hours), clock) for weight, *hours in zip(weights, *estimates, strict=True)
    )
    return Study(
        own_hours=estimates[0][MID],
        hours=fsum([case.weight * case.hours for case in (low, mid, high)]),
        months=mid.months,
        first_pay_month=mid.first_pay_month,
        exam_cost=exam_cost,
        added=added,
        assumed=assumed,
        cases=(low, mid, high),
    )


def _hour_case(weight: float, hours: float, clock: Clock) -> HourCase:
    months = clock.study_months(hours)
    first_pay_month = clock.first_pay_month(months)
    years = clock.years_of_pay(first_pay_month)
    return HourCase(
        weight=weight,
        hours=hours,
        months=months,
        first_pay_month=first_pay_month,
        years_of_pay=years,
        expected_years=clock.odds * years,
    )
