"""Finds the skill that would be first if all skills were considered, without computing a whole verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from calculator.engine.answer import HALF, ROUNDING
from calculator.engine.chances import weight_without_gain
from calculator.engine.edition import Edition
from calculator.engine.outcomes import bundle_uplift, find_outcome
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
        self.situation = Situation(profile, edition)
        self.studies = self.situation.studies(profile)
        self.hour_value = self.situation.hour_value(profile) or 0.0
        by_experience = experience_shift(profile.experience_years, edition.constants)
        pools = {slug: edition.pool(slug, profile.evidence, self.situation.region) for slug in self.situation.bundles}
        self.pools = {slug: pool for slug, pool in pools.items() if pool is not None}
        self.shifts = {slug: self.situation.tilt_shifts[slug] + by_experience for slug in self.pools}
        self.betas = {slug: pool.expected + self.shifts[slug] for slug, pool in self.pools.items()}

    def net_gains(self) -> Iterator[FirstOfAll]:
        """Yield each skill in time, computed like `find_outcome`; none without a market."""
        if self.situation.market is None:
            return
        for slug, beta in self.betas.items():
            study = self.studies[slug]
            if not study.is_in_time:
                continue
            annual = uplift(self.situation.capped_salary, add_up(self._betas_before(slug)) + beta)
            exam_cost, hours_cost = study.exam_cost or 0.0, self.hour_value * study.hours
            yield FirstOfAll(
                slug=slug,
                annual_uplift=annual,
                net_gain=annual * study.expected_years - exam_cost - hours_cost,
                study_months=study.months,
            )

    def weight_without_gain(self, slug: str) -> float:
        """Return the weight of a skill's cases at or below 0."""
        premium = shift_pool(self.pools[slug], self.shifts[slug])
        annual = bundle_uplift(premium, self._betas_before(slug), self.situation.capped_salary)
        return weight_without_gain(find_outcome(slug, annual, self.studies[slug], self.hour_value))

    def _betas_before(self, slug: str) -> list[float]:
        return [self.betas[need] for need in self.situation.bundles[slug][1:] if need in self.betas]
