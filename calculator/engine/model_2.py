"""Model 2: the steps from a profile and an edition to a verdict (docs/methodology.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from calculator.engine.considered import considered_skills, held_skills
from calculator.engine.edition import Edition, EvidenceChoice
from calculator.engine.evidence import Known, known
from calculator.engine.flips import Flip, StudyEstimate, find_flips
from calculator.engine.market import find_market
from calculator.engine.net_gain import Clock
from calculator.engine.outcomes import (
    MID,
    BundleUplift,
    Outcome,
    Study,
    bundle_uplift,
    find_outcome,
    pays_off,
    plan_study,
    study_hours,
)
from calculator.engine.plan import Learner, Plan, PlanSkill, choose_plan_skills, find_plan
from calculator.engine.profile import Profile
from calculator.engine.uplift import LogPremium, added_up, experience_shift, gain_cap, shifted, tilt_shift
from calculator.engine.verdict import Gain, Headline, HourValue, Outlook, Verdict


class Assessment:
    """The steps of one verdict, in the order of docs/methodology.md; each reads what the earlier ones found.

    A step takes the profile it is about, so that flips ask it about other ones; what does not depend on an answer that
    flips change is found once.

    Raises KeyError for a slug that the edition does not have, ValueError where no skill is left to consider.
    """

    def __init__(self, profile: Profile, edition: Edition) -> None:
        self.profile = profile
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

    def verdict(self) -> Verdict:
        """The whole answer."""
        outcomes, chances = self.outcomes, self.chances
        return Verdict(
            profile=self.profile,
            edition=self.edition.number,
            model=self.edition.model,
            considered=self.considered,
            held=self.held,
            hour_value=HourValue(amount=self._hour_value(self.profile), is_default=self.profile.hour_value is None),
            rating=self._rating(),
            stay_put_reason=self.stay_put_reason,
            is_small=self._is_small(),
            first=self.first,
            chance_nothing=chances.of_nothing if outcomes else None,
            rivals=self.rivals,
            candidates=tuple([outcome.slug for outcome in self.candidates]),
            market=self.market,
            outlooks=tuple([self._outlook(slug) for slug in self._order()]),
            plan=self._plan(),
            sources=self._sources(),
        )

    def flips(self) -> tuple[Flip, ...]:
        """What would change the answer; nothing where there is too little data for one."""
        if not self.outcomes:
            return ()
        others = [choice for choice in EvidenceChoice if choice is not self.profile.evidence]
        shift = experience_shift(self.profile.experience_years, self.constants)
        close = [slug for slug in (self.first, *(rival.slug for rival in self.rivals)) if slug]
        return find_flips(
            self.profile,
            self.first,
            lambda profile: find_first(self._outcomes_of(profile)),
            [choice for choice in others if self._premiums_of(choice, shift)],
            [self._estimate(slug) for slug in close],
        )

    # Steps of the answer

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """Of each considered skill with a premium, by slug; none without a market."""
        return self._outcomes_of(self.profile)

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
        """The one recommendation; None where learning nothing is the answer, or there is none."""
        return None if self.stay_put_reason or not self.outcomes else self.candidates[0].slug

    @cached_property
    def rivals(self) -> tuple[Rival, ...]:
        return () if self.first is None else find_rivals(self.first, self.candidates, self.chances, self.constants)

    def _rating(self) -> Rating:
        if self.first is None:
            return Rating.STAY_PUT if self.outcomes else Rating.NOT_ENOUGH_DATA
        return rate(self.chances.of_skills[self.first], self.constants)

    def _is_small(self) -> bool:
        if self.first is None or self.market is None:
            return False
        return self.candidates[0].net_gain < self.constants.small_below * self.market.annual_salary

    # Steps of an outcome, for any profile that differs only in an answer that flips change

    def _outcomes_of(self, profile: Profile) -> list[Outcome]:
        hour_value = self._hour_value(profile)
        if hour_value is None or self.market is None:
            return []
        studies = self._studies_of(profile)
        uplifts = self._uplifts_of(profile.evidence, experience_shift(profile.experience_years, self.constants))
        return [find_outcome(slug, annual, studies[slug], hour_value) for slug, annual in uplifts.items()]

    def _hour_value(self, profile: Profile) -> float | None:
        """The visitor's, or a share of hourly pay."""
        if profile.hour_value is not None:
            return profile.hour_value
        if self.market is None:
            return None
        return self.market.annual_salary / self.constants.paid_hours_per_year * self.constants.free_hour_share

    def _premiums_of(self, choice: EvidenceChoice, by_experience: float) -> dict[str, LogPremium]:
        """The distribution of each considered skill that has one, shifted to this visitor's pay and experience."""
        key = choice, by_experience
        if key not in self._premiums:
            self._premiums[key] = {
                slug: shifted(pool, shift + by_experience)
                for slug, shift in self.tilt_shifts.items()
                if (pool := self.edition.pool(slug, choice, self.region)) is not None
            }
        return self._premiums[key]

    def _uplifts_of(self, choice: EvidenceChoice, by_experience: float) -> dict[str, BundleUplift]:
        key = choice, by_experience
        if key not in self._uplifts:
            premiums = self._premiums_of(choice, by_experience)
            self._uplifts[key] = {
                slug: bundle_uplift(premium, self._prerequisite_betas(slug, premiums), self.capped_salary)
                for slug, premium in premiums.items()
            }
        return self._uplifts[key]

    def _prerequisite_betas(self, slug: str, premiums: Mapping[str, LogPremium]) -> list[float]:
        return [premiums[need].expected for need in self.bundles[slug][1:] if need in premiums]

    def _studies_of(self, profile: Profile) -> dict[str, Study]:
        key = profile.weekly_hours, profile.horizon_years, profile.odds_percent, profile.study_hours
        if key not in self._studies:
            clock, own_hours = Clock.of(profile, self.constants), dict(profile.study_hours)
            self._studies[key] = {
                slug: plan_study(
                    bundle,
                    own_hours,
                    clock,
                    self.edition,
                    assumed=self._assumed[slug],
                    exam_cost=None if self.market is None else sum(self._exam_costs[each] for each in bundle),
                )
                for slug, bundle in self.bundles.items()
            }
        return self._studies[key]

    # What no flip changes

    def _tilt_shift(self, slug: str) -> float:
        if self.market is None:
            return 0.0
        return tilt_shift(self.edition.skills[slug].tilt, self.market.percentile, self.constants)

    @cached_property
    def _assumed(self) -> dict[str, tuple[str, ...]]:
        """Of each bundle, what it requires that is neither considered nor held."""
        answered = {*self.considered, *self.held}
        return {
            slug: tuple(
                sorted({need for each in bundle for need in self.edition.skills[each].requires if need not in answered})
            )
            for slug, bundle in self.bundles.items()
        }

    @cached_property
    def _exam_costs(self) -> dict[str, float]:
        """Of each skill alone, in the market's currency; a cost of nothing needs no exchange rate."""
        costs = {slug: self.edition.skills[slug].exam_cost_usd for slug in self.considered}
        if self.market is None or not any(costs.values()):
            return dict.fromkeys(costs, 0.0)
        rate = self.edition.rates[self.market.currency].units_per_usd
        return {slug: cost * rate for slug, cost in costs.items()}

    # Parts of the verdict

    def _order(self) -> list[str]:
        """Falling net gain, or falling premium without a market; skills not in time, then without evidence, last."""
        premiums = self._own_premiums
        if self.market is None:
            ranked = sorted(premiums, key=lambda slug: (-premiums[slug].expected, slug))
        else:
            ranked = [
                outcome.slug
                for outcome in sorted(self.outcomes, key=lambda each: (not each.study.is_in_time, *rank(each)))
            ]
        return [*ranked, *(slug for slug in self.considered if slug not in premiums)]

    @property
    def _own_premiums(self) -> dict[str, LogPremium]:
        return self._premiums_of(self.profile.evidence, experience_shift(self.profile.experience_years, self.constants))

    @cached_property
    def _outcome_by_slug(self) -> dict[str, Outcome]:
        return {outcome.slug: outcome for outcome in self.outcomes}

    def _outlook(self, slug: str) -> Outlook:
        premium, known, outcome = self._own_premiums.get(slug), self._known(slug), self._outcome_by_slug.get(slug)
        return Outlook(
            slug=slug,
            grade_shares=known.grade_shares,
            rests_on_duties=known.rests_on_duties,
            beta=premium.expected if premium else None,
            premium=premium.as_shares() if premium else None,
            tilt_shift=self.tilt_shifts[slug],
            experience_shift=experience_shift(self.profile.experience_years, self.constants),
            headline=self._headline(slug),
            study=self._studies_of(self.profile)[slug],
            gain=self._gain(outcome) if outcome else None,
            contributions=known.contributions,
        )

    def _gain(self, outcome: Outcome) -> Gain:
        hour_value, study = self._hour_value(self.profile) or 0.0, outcome.study
        return Gain(
            prerequisite_beta=added_up(self._prerequisite_betas(outcome.slug, self._own_premiums)),
            uplift=outcome.annual.annual,
            net_gain=outcome.net_gain,
            worth_of_an_hour=(outcome.net_gain + hour_value * study.hours) / study.hours,
            pays_off=pays_off(outcome, hour_value, self.profile.odds_percent / 100),
            chance=self.chances.of_skills.get(outcome.slug),
        )

    def _headline(self, slug: str) -> Headline | None:
        claims = self._known(slug).claims
        if not claims:
            return None
        low, high = min(claim.low for claim in claims), max(claim.high for claim in claims)
        salary = self.market.annual_salary if self.market else None
        return Headline(
            low_share=low,
            high_share=high,
            low=None if salary is None else low * salary,
            high=None if salary is None else high * salary,
        )

    def _plan(self) -> Plan | None:
        """The best order that begins with the first skill; none without one, or where it is worth nothing."""
        if self.first is None:
            return None
        bundles = [self.bundles[outcome.slug] for outcome in self.candidates]
        chosen, beyond = choose_plan_skills(bundles, self.constants.max_plan_skills)
        learner = Learner(
            capped_salary=self.capped_salary,
            gain_cap=gain_cap(self.profile.evidence, self.constants),
            clock=Clock.of(self.profile, self.constants),
            constants=self.constants,
        )
        return find_plan([self._plan_skill(slug, chosen) for slug in sorted(chosen)], self.first, beyond, learner)

    def _plan_skill(self, slug: str, chosen: frozenset[str]) -> PlanSkill:
        premium, hours = self._own_premiums.get(slug), self._mid_hours(slug)
        return PlanSkill(
            slug=slug,
            beta=premium.expected if premium else None,
            study_hours=hours,
            exam_cost=self._exam_costs[slug],
            hours_cost=hours * (self._hour_value(self.profile) or 0.0),
            requires=tuple([need for need in self.edition.skills[slug].requires if need in chosen]),
        )

    def _estimate(self, slug: str) -> StudyEstimate:
        skill = self.edition.skills[slug]
        return StudyEstimate(skill=slug, now=self._mid_hours(slug), low=skill.hours_low, high=skill.hours_high)

    def _mid_hours(self, slug: str) -> float:
        return study_hours(self.edition.skills[slug], dict(self.profile.study_hours))[MID]

    def _sources(self) -> tuple[str, ...]:
        """Of the premiums, the headlines, the market, its stand-in spread, the exchange rate."""
        found: Sequence[Known] = [self._known(slug) for slug in self.considered]
        slugs = {part.evidence.source for each in found for part in each.contributions}
        slugs |= {claim.source for each in found for claim in each.claims}
        if self.market is not None:
            slugs.add(self.market.answered_by.source)
            if self.market.sigma_from:
                slugs.add(self.edition.places[self.market.sigma_from].source)
            if any(self._exam_costs.values()) and self.market.currency != "USD":
                slugs.add(self.edition.rates[self.market.currency].source)
        return tuple(sorted(slugs))

    def _known(self, slug: str) -> Known:
        return known(self.edition, slug, self.profile.evidence, self.region)
