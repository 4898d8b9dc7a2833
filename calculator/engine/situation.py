"""Collects what the model needs for one visitor: the market, the considered skills, and the outcome of each.

Each step takes a profile as its argument, so that flips can pass profiles with one changed input. What no flip changes
is computed once; each step is computed once for the same inputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from calculator.engine.considered import considered_skills, held_skills
from calculator.engine.edition import Edition, EvidenceChoice
from calculator.engine.market import find_market
from calculator.engine.net_gain import Clock
from calculator.engine.outcomes import BundleUplift, Outcome, Study, bundle_uplift, find_outcome, plan_study
from calculator.engine.profile import Profile
from calculator.engine.uplift import LogPremium, experience_shift, shift_pool, tilt_shift


class Situation:
    """One visitor's market, considered skills and their bundles (each its skill first, then its prerequisites).

    Raises KeyError for a slug that the edition does not have, ValueError if no skill is left to consider.
    """

    def __init__(self, profile: Profile, edition: Edition) -> None:
        self.edition = edition
        self.constants = edition.constants
        self.held = held_skills(profile, edition)
        self.considered = considered_skills(profile, edition)
        if not self.considered:
            raise ValueError("every chosen skill is held")
        self.market = find_market(profile.location, profile.pay, edition)
        self.capped_salary = self.market.capped_salary if self.market else 0.0
        self.region = edition.places[profile.location].region
        among = frozenset(self.considered)
        self.bundles = {slug: (slug, *edition.prerequisites(slug, among)) for slug in self.considered}
        self.tilt_shifts = {slug: self._tilt_shift(slug) for slug in self.considered}
        self._premiums: dict[tuple[EvidenceChoice, float], dict[str, LogPremium]] = {}
        self._uplifts: dict[tuple[EvidenceChoice, float], dict[str, BundleUplift]] = {}
        self._studies: dict[tuple[object, ...], dict[str, Study]] = {}

    def outcomes(self, profile: Profile) -> list[Outcome]:
        """Return the outcome of each considered skill with a premium, by slug; empty without a market."""
        hour_value = self.hour_value(profile)
        if hour_value is None or self.market is None:
            return []
        studies = self.studies(profile)
        return [
            find_outcome(slug, annual, studies[slug], hour_value)
            for slug, annual in self._annual_uplifts(profile).items()
        ]

    def hour_value(self, profile: Profile) -> float | None:
        """Return the visitor's own value of an hour, or a share of hourly pay; None without a market."""
        if profile.hour_value is not None:
            return profile.hour_value
        if self.market is None:
            return None
        return self.market.annual_salary / self.constants.paid_hours_per_year * self.constants.free_hour_share

    def premiums(self, profile: Profile) -> dict[str, LogPremium]:
        """Return the premium of each considered skill that has one, shifted by the visitor's pay and experience."""
        by_experience = experience_shift(profile.experience_years, self.constants)
        key = profile.evidence, by_experience
        if key not in self._premiums:
            self._premiums[key] = {
                slug: shift_pool(pool, shift + by_experience)
                for slug, shift in self.tilt_shifts.items()
                if (pool := self.edition.pool(slug, profile.evidence, self.region)) is not None
            }
        return self._premiums[key]

    def prerequisite_betas(self, slug: str, premiums: Mapping[str, LogPremium]) -> list[float]:
        """Return the expected log premiums of a bundle's prerequisites, as far as they have one."""
        return [premiums[need].expected for need in self.bundles[slug][1:] if need in premiums]

    def studies(self, profile: Profile) -> dict[str, Study]:
        """Return the study of each considered skill's bundle."""
        key = profile.weekly_hours, profile.horizon_years, profile.odds_percent, profile.study_hours
        if key not in self._studies:
            clock, own_hours = Clock.of(profile, self.constants), dict(profile.study_hours)
            costs, assumed = self.exam_costs, self._assumed
            self._studies[key] = {
                slug: plan_study(
                    bundle,
                    own_hours,
                    clock,
                    self.edition,
                    assumed=assumed[slug],
                    exam_cost=None if self.market is None else sum([costs[each] for each in bundle]),
                )
                for slug, bundle in self.bundles.items()
            }
        return self._studies[key]

    @cached_property
    def exam_costs(self) -> dict[str, float]:
        """The exam cost of each considered skill alone, in the market's currency; 0 needs no exchange rate."""
        costs = {slug: self.edition.skills[slug].exam_cost_usd for slug in self.considered}
        if self.market is None or not any(costs.values()):
            return dict.fromkeys(costs, 0.0)
        rate = self.edition.rates[self.market.currency].units_per_usd
        return {slug: cost * rate for slug, cost in costs.items()}

    def _annual_uplifts(self, profile: Profile) -> dict[str, BundleUplift]:
        key = profile.evidence, experience_shift(profile.experience_years, self.constants)
        if key not in self._uplifts:
            premiums = self.premiums(profile)
            self._uplifts[key] = {
                slug: bundle_uplift(premium, self.prerequisite_betas(slug, premiums), self.capped_salary)
                for slug, premium in premiums.items()
            }
        return self._uplifts[key]

    @cached_property
    def _assumed(self) -> dict[str, tuple[str, ...]]:
        """The prerequisites of each bundle that are neither considered nor held."""
        answered = {*self.considered, *self.held}
        if len(answered) == len(self.edition.skills):
            return dict.fromkeys(self.bundles, ())
        return {
            slug: tuple(
                sorted({need for each in bundle for need in self.edition.skills[each].requires if need not in answered})
            )
            for slug, bundle in self.bundles.items()
        }

    def _tilt_shift(self, slug: str) -> float:
        if self.market is None:
            return 0.0
        return tilt_shift(self.edition.skills[slug].tilt, self.market.percentile, self.constants)
