"""Finds the skill that would be first if all skills were considered, without computing a whole verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calculator.engine.answer import HALF, ROUNDING
from calculator.engine.chances import weight_without_gain
from calculator.engine.edition import Edition
from calculator.engine.outcomes import bundle_uplift, find_outcome
from calculator.engine.profile import Profile
from calculator.engine.situation import Situation
from calculator.engine.uplift import add_up, compute_uplift, experience_shift, shift_pool


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
    net_gains = search.find_net_gains()
    ranked = sorted(net_gains, key=lambda slug: (-net_gains[slug], slug))
    if not ranked or net_gains[ranked[0]] <= 0:
        return None
    first = ranked[0]
    of_nothing = 1.0
    for slug in ranked:
        of_nothing *= search.weight_without_gain(slug)
        if of_nothing <= HALF + ROUNDING:
            return FirstOfAll(
                slug=first,
                annual_uplift=search.annual_uplift(first),
                net_gain=net_gains[first],
                study_months=search.studies[first].months,
            )
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

    def find_net_gains(self) -> dict[str, float]:
        """Return the net gain of each skill in time, computed like `find_outcome`; none without a market."""
        if self.situation.market is None:
            return {}
        in_time = [(slug, study) for slug in self.betas if (study := self.studies[slug]).is_in_time]
        return {
            slug: self.annual_uplift(slug) * study.expected_years
            - (study.exam_cost or 0.0)
            - self.hour_value * study.hours
            for slug, study in in_time
        }

    def annual_uplift(self, slug: str) -> float:
        """Return the expected uplift a year of a skill with its bundle."""
        return compute_uplift(self.situation.capped_salary, add_up(self._betas_before(slug)) + self.betas[slug])

    def weight_without_gain(self, slug: str) -> float:
        """Return the weight of a skill's cases at or below 0."""
        premium = shift_pool(self.pools[slug], self.shifts[slug])
        annual = bundle_uplift(premium, self._betas_before(slug), self.situation.capped_salary)
        return weight_without_gain(find_outcome(slug, annual, self.studies[slug], self.hour_value))

    def _betas_before(self, slug: str) -> list[float]:
        return [self.betas[need] for need in self.situation.bundles[slug][1:] if need in self.betas]
