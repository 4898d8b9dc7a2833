"""Finds the skill that would be first if all skills were considered, without computing a whole verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import fsum

from calculator.engine.answer import HALF, ROUNDING
from calculator.engine.chances import weight_without_gain
from calculator.engine.edition import Edition
from calculator.engine.net_gain import Clock
from calculator.engine.outcomes import MID, bundle_uplift, find_outcome, plan_study, study_hours
from calculator.engine.profile import Profile
from calculator.engine.situation import Situation
from calculator.engine.uplift import add_up, experience_shift, shift_pool, uplift


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstOfAll:
    """A recommended skill, its expected uplift a year, its net gain by the horizon, and its months of study."""

    slug: str
    annual_uplift: float
    net_gain: float
    study_months: float


def find_first_of_all(profile: Profile, edition: Edition) -> FirstOfAll | None:
    """Return the first skill of `assess` with all skills considered; None if there is none.

    Net gains need only expected premiums. The answer is to learn nothing if it is likelier than not that no skill gains
    anything: skills are multiplied in until that is no longer so. Raises what `assess` raises.
    """
    search = _Search(replace(profile, skills=None), edition)
    found = sorted(search.net_gains(), key=lambda each: (-each.net_gain, each.slug))
    if not found or found[0].net_gain <= 0:
        return None
    of_nothing = 1.0
    for each in found:
        of_nothing *= search.weight_without_gain(each.slug)
        if of_nothing <= HALF + ROUNDING:
            return found[0]
    return None


class _Search:
    """All skills for one visitor; a skill's cases are computed only when needed."""

    def __init__(self, profile: Profile, edition: Edition) -> None:
        self.edition, self.constants = edition, edition.constants
        self.situation = Situation(profile, edition)
        self.clock = Clock.of(profile, edition.constants)
        self.own_hours = dict(profile.study_hours)
        self.hour_value = self.situation.hour_value(profile) or 0.0
        by_experience = experience_shift(profile.experience_years, edition.constants)
        pools = {slug: edition.pool(slug, profile.evidence, self.situation.region) for slug in self.situation.bundles}
        self.pools = {slug: pool for slug, pool in pools.items() if pool is not None}
        self.shifts = {slug: self.situation.tilt_shifts[slug] + by_experience for slug in self.pools}
        self.betas = {slug: pool.expected + self.shifts[slug] for slug, pool in self.pools.items()}
        self.estimates = {slug: study_hours(edition.skills[slug], self.own_hours) for slug in self.situation.bundles}

    def net_gains(self) -> Iterator[FirstOfAll]:
        """Yield each skill in time, computed like `find_outcome`; none without a market."""
        if self.situation.market is None:
            return
        weights, clock = self.constants.hour_case_weights, self.clock
        for slug, beta in self.betas.items():
            bundle = self.situation.bundles[slug]
            hours = [fsum(each) for each in zip(*[self.estimates[need] for need in bundle], strict=True)]
            years = [clock.expected_years(clock.first_pay_month(clock.study_months(each))) for each in hours]
            if years[MID] <= 0:
                continue
            annual = uplift(self.situation.capped_salary, add_up(self._betas_before(slug)) + beta)
            expected_years = fsum([weight * each for weight, each in zip(weights, years, strict=True)])
            hours_cost = self.hour_value * fsum([weight * each for weight, each in zip(weights, hours, strict=True)])
            yield FirstOfAll(
                slug=slug,
                annual_uplift=annual,
                net_gain=annual * expected_years - self._exam_cost(slug) - hours_cost,
                study_months=clock.study_months(hours[MID]),
            )

    def weight_without_gain(self, slug: str) -> float:
        """Return the weight of a skill's cases at or below 0."""
        premium = shift_pool(self.pools[slug], self.shifts[slug])
        annual = bundle_uplift(premium, self._betas_before(slug), self.situation.capped_salary)
        study = plan_study(
            self.situation.bundles[slug],
            self.own_hours,
            self.clock,
            self.edition,
            assumed=(),
            exam_cost=self._exam_cost(slug),
        )
        return weight_without_gain(find_outcome(slug, annual, study, self.hour_value))

    def _betas_before(self, slug: str) -> list[float]:
        return [self.betas[need] for need in self.situation.bundles[slug][1:] if need in self.betas]

    def _exam_cost(self, slug: str) -> float:
        return sum(self.situation.exam_costs[need] for need in self.situation.bundles[slug])
