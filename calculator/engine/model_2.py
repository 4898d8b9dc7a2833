"""Model 2: the steps from a profile and an edition to a verdict (docs/methodology.md)."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from calculator.engine.answer import (
    Rating,
    Rival,
    StayPutReason,
    find_candidates,
    find_first,
    find_rivals,
    find_stay_put_reason,
    rank,
    rate,
)
from calculator.engine.chances import Chances, find_chances
from calculator.engine.edition import Edition, EvidenceChoice
from calculator.engine.evidence import Known, find_evidence
from calculator.engine.first_of_all import FirstOfAll, find_first_of_all
from calculator.engine.flips import Flip, StudyEstimate, find_flips, find_way_out
from calculator.engine.net_gain import Clock
from calculator.engine.outcomes import MID, Outcome, Study, pays_off, study_hours
from calculator.engine.plan import Learner, Plan, PlanSkill, choose_plan_skills, find_plan
from calculator.engine.profile import Profile
from calculator.engine.situation import Situation
from calculator.engine.uplift import LogPremium, add_up, experience_shift, gain_cap
from calculator.engine.verdict import Gain, Headline, HourValue, Outlook, Verdict


class Assessment:
    """The steps of one verdict, in the order of docs/methodology.md. Each uses the results of earlier ones.

    Raises KeyError for a slug that the edition does not have, ValueError if no skill is left to consider.
    """

    def __init__(self, profile: Profile, edition: Edition) -> None:
        self.profile = profile
        self.edition = edition
        self.constants = edition.constants
        self.situation = Situation(profile, edition)
        self.market = self.situation.market

    def verdict(self) -> Verdict:
        """Return the whole answer."""
        outcomes, chances = self.outcomes, self.chances
        return Verdict(
            profile=self.profile,
            edition=self.edition.number,
            model=self.edition.model,
            considered=self.situation.considered,
            held=self.situation.held,
            hour_value=HourValue(amount=self.hour_value, is_default=self.profile.hour_value is None),
            rating=self._find_rating(),
            stay_put_reason=self.stay_put_reason,
            is_small=self._is_small(),
            first=self.first,
            chance_nothing=chances.of_nothing if outcomes else None,
            rivals=self.rivals,
            candidates=tuple([outcome.slug for outcome in self.candidates]),
            market=self.market,
            outlooks=tuple([self._make_outlook(slug) for slug in self._order()]),
            plan=self._plan(),
            sources=self._collect_sources(),
        )

    def flips(self) -> tuple[Flip, ...]:
        """Return what would change the answer; empty if there is too little data for an answer."""
        if not self.outcomes:
            return ()
        others = [replace(self.profile, evidence=choice) for choice in EvidenceChoice]
        close = [slug for slug in (self.first, *(rival.slug for rival in self.rivals)) if slug]
        return find_flips(
            self.profile,
            self.first,
            lambda profile: find_first(self.situation.outcomes(profile)),
            [other.evidence for other in others if other != self.profile and self.situation.premiums(other)],
            [self._estimate(slug) for slug in close],
        )

    def first_of_all(self) -> FirstOfAll | None:
        """What would be first if all skills were considered: net gains alone, without chances."""
        return find_first_of_all(self.profile, self.edition)

    def way_out(self) -> Flip | None:
        """The nearest longer horizon, else more hours a week, that gives a first skill; None within a few steps."""
        if not self.outcomes:
            return None
        return find_way_out(self.profile, lambda profile: find_first(self.situation.outcomes(profile)))

    # Steps of the answer

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """The outcome of each considered skill with a premium, by slug; empty without a market."""
        return self.situation.outcomes(self.profile)

    @cached_property
    def premiums(self) -> dict[str, LogPremium]:
        """The premium of each considered skill that has one."""
        return self.situation.premiums(self.profile)

    @cached_property
    def experience_shift(self) -> float:
        return experience_shift(self.profile.experience_years, self.constants)

    @cached_property
    def studies(self) -> dict[str, Study]:
        return self.situation.studies(self.profile)

    @cached_property
    def hour_value(self) -> float | None:
        return self.situation.hour_value(self.profile)

    @cached_property
    def chances(self) -> Chances:
        return find_chances([outcome for outcome in self.outcomes if outcome.study.is_in_time])

    @cached_property
    def candidates(self) -> list[Outcome]:
        return find_candidates(self.outcomes)

    @cached_property
    def stay_put_reason(self) -> StayPutReason | None:
        if not self.outcomes:
            return None
        return find_stay_put_reason(self.outcomes, self.candidates, self.chances.of_nothing)

    @cached_property
    def first(self) -> str | None:
        """The recommended skill; None if the answer is to learn nothing, or there is no answer."""
        return None if self.stay_put_reason or not self.outcomes else self.candidates[0].slug

    @cached_property
    def rivals(self) -> tuple[Rival, ...]:
        return () if self.first is None else find_rivals(self.first, self.candidates, self.chances, self.constants)

    def _find_rating(self) -> Rating:
        if self.first is None:
            return Rating.STAY_PUT if self.outcomes else Rating.NOT_ENOUGH_DATA
        return rate(self.chances.of_skills[self.first], self.constants)

    def _is_small(self) -> bool:
        if self.first is None or self.market is None:
            return False
        return self.candidates[0].net_gain < self.constants.small_below * self.market.annual_salary

    # Parts of the verdict

    def _order(self) -> list[str]:
        """Sort by falling net gain, or premium without a market; skills not in time, then without evidence, last."""
        premiums = self.premiums
        if self.market is None:
            ranked = sorted(premiums, key=lambda slug: (-premiums[slug].expected, slug))
        else:
            ranked = [
                outcome.slug
                for outcome in sorted(self.outcomes, key=lambda each: (not each.study.is_in_time, *rank(each)))
            ]
        return [*ranked, *(slug for slug in self.situation.considered if slug not in premiums)]

    @cached_property
    def _outcome_by_slug(self) -> dict[str, Outcome]:
        return {outcome.slug: outcome for outcome in self.outcomes}

    def _make_outlook(self, slug: str) -> Outlook:
        premium, known, outcome = self.premiums.get(slug), self._known[slug], self._outcome_by_slug.get(slug)
        return Outlook(
            slug=slug,
            grade_shares=known.grade_shares,
            rests_on_duties=known.rests_on_duties,
            beta=premium.expected if premium else None,
            premium=premium.as_shares() if premium else None,
            tilt_shift=self.situation.tilt_shifts[slug],
            experience_shift=self.experience_shift,
            headline=self._make_headline(slug),
            study=self.studies[slug],
            gain=self._make_gain(outcome) if outcome else None,
            contributions=known.contributions,
        )

    def _make_gain(self, outcome: Outcome) -> Gain:
        hour_value, study = self.hour_value or 0.0, outcome.study
        return Gain(
            prerequisite_beta=add_up(self.situation.prerequisite_betas(outcome.slug, self.premiums)),
            uplift=outcome.annual.annual,
            net_gain=outcome.net_gain,
            worth_of_an_hour=(outcome.net_gain + hour_value * study.hours) / study.hours,
            pays_off=pays_off(outcome, hour_value, self.profile.odds_percent / 100),
            chance=self.chances.of_skills.get(outcome.slug),
        )

    def _make_headline(self, slug: str) -> Headline | None:
        claimed = self._known[slug].claimed
        if claimed is None:
            return None
        low, high = claimed
        salary = self.market.annual_salary if self.market else None
        return Headline(
            low_share=low,
            high_share=high,
            low=None if salary is None else low * salary,
            high=None if salary is None else high * salary,
        )

    def _plan(self) -> Plan | None:
        """Find the best order that begins with the first skill; None without one, or if the order is worth nothing."""
        if self.first is None:
            return None
        bundles = [self.situation.bundles[outcome.slug] for outcome in self.candidates]
        chosen, beyond = choose_plan_skills(bundles, self.constants.max_plan_skills)
        learner = Learner(
            capped_salary=self.situation.capped_salary,
            gain_cap=gain_cap(self.profile.evidence, self.constants),
            clock=Clock.of(self.profile, self.constants),
            constants=self.constants,
        )
        return find_plan([self._plan_skill(slug, chosen) for slug in sorted(chosen)], self.first, beyond, learner)

    def _plan_skill(self, slug: str, chosen: frozenset[str]) -> PlanSkill:
        premium, hours = self.premiums.get(slug), self._mid_hours(slug)
        return PlanSkill(
            slug=slug,
            beta=premium.expected if premium else None,
            study_hours=hours,
            exam_cost=self.situation.exam_costs[slug],
            hours_cost=hours * (self.hour_value or 0.0),
            requires=tuple([need for need in self.edition.skills[slug].requires if need in chosen]),
        )

    def _estimate(self, slug: str) -> StudyEstimate:
        skill = self.edition.skills[slug]
        return StudyEstimate(skill=slug, now=self._mid_hours(slug), low=skill.hours_low, high=skill.hours_high)

    def _mid_hours(self, slug: str) -> float:
        return study_hours(self.edition.skills[slug], dict(self.profile.study_hours))[MID]

    def _collect_sources(self) -> tuple[str, ...]:
        """Collect the sources of the premiums, the headlines, the market, its inherited spread, the exchange rate."""
        slugs = set[str]().union(*[each.sources for each in self._known.values()])
        if self.market is not None:
            slugs.add(self.market.answered_by.source)
            if self.market.sigma_from:
                slugs.add(self.edition.places[self.market.sigma_from].source)
            if any(self.situation.exam_costs.values()) and self.market.currency != "USD":
                slugs.add(self.edition.rates[self.market.currency].source)
        return tuple(sorted(slugs))

    @cached_property
    def _known(self) -> dict[str, Known]:
        """The evidence that counts for each considered skill."""
        choice, region = self.profile.evidence, self.situation.region
        return {slug: find_evidence(self.edition, slug, choice, region) for slug in self.situation.considered}
