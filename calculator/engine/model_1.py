"""Model 1: the steps from a profile and an edition to a verdict (docs/methodology.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import expm1

from calculator.engine.confidence import Chances, points_above_zero, rating_of
from calculator.engine.edition import Edition, EvidenceChoice, Range, Skill
from calculator.engine.evidence import Known, known
from calculator.engine.flips import Contender, Contest, Flip, find_flips
from calculator.engine.market import find_market
from calculator.engine.net_gain import Clock
from calculator.engine.path import Candidate, Learner, Path, find_paths
from calculator.engine.profile import Profile
from calculator.engine.uplift import LogPremium, Stack, gain_cap, shifted, tilt_shift, uplift
from calculator.engine.verdict import LEARNING_NOTHING, Gain, Headline, Outlook, Rating, Rival, Study, Verdict

#: Own study hours that would change a verdict are looked for up to this multiple of the edition's high estimate.
STUDY_REACH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A skill with a premium, before it is compared with the others."""

    premium: LogPremium
    ratio: float
    annual: Range
    years: float
    net_gain: float
    net_gain_points: Sequence[float]


class Assessment:
    """The steps of one verdict, in the order of docs/methodology.md; each reads what the earlier ones found.

    Raises KeyError for a slug that the edition does not have.
    """

    def __init__(self, profile: Profile, edition: Edition) -> None:
        self.profile = profile
        self.edition = edition
        self.constants = edition.constants
        self.clock = Clock.of(profile, edition.constants)
        self.market = find_market(profile.location, profile.pay, edition)
        self.capped_salary = self.market.capped_salary if self.market else 0.0
        self.region = edition.places[profile.location].region
        self.own_hours = {slug: edition.skills[slug].hours_mid for slug in profile.skills} | dict(profile.study_hours)
        self.tilt_shifts = {slug: self._tilt_shift(edition.skills[slug]) for slug in (*profile.skills, *profile.held)}
        self.stack = self._stack(profile.evidence)
        self.premiums = self._premiums()
        self.studies = {slug: self._study(edition.skills[slug]) for slug in profile.skills}

    def verdict(self) -> Verdict:
        drafts = self._drafts()
        ranked = sorted(drafts, key=lambda slug: (-drafts[slug].net_gain, slug))
        best_bet = ranked[0] if ranked and drafts[ranked[0]].net_gain > 0 else None
        best_points = drafts[best_bet].net_gain_points if best_bet else (0.0,)
        chances = {slug: Chances.between(drafts[slug].net_gain_points, best_points) for slug in ranked}
        rating, rivals = self._rate(best_bet, chances)
        outlooks = [self._outlook(slug, drafts.get(slug), chances.get(slug)) for slug in self._order(ranked)]
        path, worst_path = self._paths()
        return Verdict(
            profile=self.profile,
            edition=self.edition.number,
            model=self.edition.model,
            rating=rating,
            confidence=rivals[0].chance if rivals else None,
            best_bet=best_bet,
            safest_bet=_safest_bet(drafts),
            market=self.market,
            outlooks=tuple(outlooks),
            rivals=rivals,
            path=path,
            worst_path=worst_path,
            sources=self._sources(outlooks),
        )

    def flips(self) -> tuple[Flip, ...]:
        """Step 10: what would change the verdict."""
        if self.market is None:
            return ()
        others = (
            (choice, self._contest(self._stack(choice)))
            for choice in EvidenceChoice
            if choice is not self.profile.evidence
        )
        study_hours = {
            slug: (self.own_hours[slug], round(STUDY_REACH * self.edition.skills[slug].hours_high))
            for slug in self.profile.skills
            if slug in self.premiums
        }
        return find_flips(self._contest(self.stack), others, study_hours)

    def _contest(self, stack: Stack) -> Contest:
        """What each skill's net gain depends on."""
        contenders = [
            Contender(
                slug=slug,
                annual_uplift=uplift(self.capped_salary, beta * stack.ratio(beta)),
                exam_cost=self.studies[slug].exam_cost or 0.0,
                study_hours=self.studies[slug].hours,
                learned=(slug, *self.studies[slug].added),
            )
            for slug in self.profile.skills
            if (beta := stack.betas.get(slug)) is not None
        ]
        return Contest(contenders=contenders, clock=self.clock)

    def _stack(self, choice: EvidenceChoice) -> Stack:
        """Steps 1 and 3: the pooled premium of each skill that has one, tilted to this visitor's pay."""
        betas = {
            slug: pool.expected + shift
            for slug, shift in self.tilt_shifts.items()
            if (pool := self.edition.pool(slug, choice, self.region)) is not None
        }
        return Stack(
            betas=betas,
            held_betas=tuple([betas[slug] for slug in self.profile.held if slug in betas]),
            cap=gain_cap(choice, self.constants),
            constants=self.constants,
        )

    def _premiums(self) -> dict[str, LogPremium]:
        """The whole distribution of each chosen skill that has one, tilted too."""
        return {
            slug: shifted(pool, self.tilt_shifts[slug])
            for slug in self.profile.skills
            if (pool := self.edition.pool(slug, self.profile.evidence, self.region)) is not None
        }

    def _tilt_shift(self, skill: Skill) -> float:
        if self.market is None:
            return 0.0
        return tilt_shift(skill.tilt, self.market.percentile, self.constants)

    def _study(self, skill: Skill) -> Study:
        """Step 6: time and exam cost of one skill alone."""
        added = self.edition.prerequisites(skill.slug, self.profile.skills)
        learned = (skill.slug, *added)
        known = {*self.profile.skills, *self.profile.held}
        assumed = {need for slug in learned for need in self.edition.skills[slug].requires if need not in known}
        hours = sum(self.own_hours[slug] for slug in learned)
        months = self.clock.study_months(hours)
        return Study(
            own_hours=self.own_hours[skill.slug],
            hours=hours,
            months=months,
            first_pay_month=self.clock.first_pay_month(months),
            exam_cost=None if self.market is None else sum(self._exam_cost(slug) for slug in learned),
            added=added,
            assumed=tuple(sorted(assumed)),
        )

    def _exam_cost(self, slug: str) -> float:
        """In the market's currency; a cost of nothing needs no exchange rate."""
        cost = self.edition.skills[slug].exam_cost_usd
        if not cost or self.market is None:
            return 0.0
        return cost * self.edition.rates[self.market.currency].units_per_usd

    def _drafts(self) -> dict[str, _Draft]:
        """Steps 4, 5 and 7 for every chosen skill with a premium; nothing without a market."""
        if self.market is None:
            return {}
        return {slug: self._draft(premium, self.studies[slug]) for slug, premium in self.premiums.items()}

    def _draft(self, premium: LogPremium, study: Study) -> _Draft:
        ratio, salary = self.stack.ratio(premium.expected), self.capped_salary
        years, exam_cost = self.clock.expected_years(study.first_pay_month), study.exam_cost or 0.0
        annual = Range(
            low=uplift(salary, premium.low * ratio),
            expected=uplift(salary, premium.expected * ratio),
            high=uplift(salary, premium.high * ratio),
        )
        return _Draft(
            premium=premium,
            ratio=ratio,
            annual=annual,
            years=years,
            net_gain=annual.expected * years - exam_cost,
            # `uplift` of each point, without a call each.
            net_gain_points=[salary * expm1(x * ratio) * years - exam_cost for x in premium.points],
        )

    def _rate(self, best_bet: str | None, chances: Mapping[str, Chances]) -> tuple[Rating, tuple[Rival, ...]]:
        """Step 8: the rating, and what the best bet was measured against."""
        if best_bet is None:
            return Rating.STAY_PUT if chances else Rating.NOT_ENOUGH_DATA, ()
        rivals = [Rival(slug=slug, chance=chance.of_best) for slug, chance in chances.items() if slug != best_bet]
        rivals.append(Rival(slug=LEARNING_NOTHING, chance=chances[best_bet].above_zero))
        rivals.sort(key=_closeness)
        return rating_of(rivals[0].chance, self.constants), tuple(rivals)

    def _order(self, ranked: Sequence[str]) -> list[str]:
        """Falling net gain, or falling premium without a market; skills without evidence last; ties by slug."""
        if self.market is None:
            ranked = sorted(
                (slug for slug in self.profile.skills if slug in self.premiums),
                key=lambda slug: (-self.premiums[slug].expected, slug),
            )
        return [*ranked, *(slug for slug in self.profile.skills if slug not in self.premiums)]

    def _outlook(self, slug: str, draft: _Draft | None, chances: Chances | None) -> Outlook:
        premium, known = self.premiums.get(slug), self._known(slug)
        return Outlook(
            slug=slug,
            grade=known.grade,
            premium=premium.as_shares() if premium else None,
            tilt_shift=self.tilt_shifts[slug],
            headline=self._headline(slug),
            study=self.studies[slug],
            gain=self._gain(slug, draft, chances) if draft and chances else None,
            contributions=known.contributions,
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

    def _gain(self, slug: str, draft: _Draft, chances: Chances) -> Gain:
        study, annual = self.studies[slug], draft.annual
        exam_cost = study.exam_cost or 0.0
        return Gain(
            stack_ratio=draft.ratio,
            uplift=annual,
            net_gain=draft.net_gain,
            net_gain_low=annual.low * draft.years - exam_cost,
            net_gain_per_hour=draft.net_gain / study.hours,
            break_even_month=self.clock.break_even_month(annual.expected, study.first_pay_month, exam_cost),
            chance_above_zero=chances.above_zero,
            chance_against_best=chances.against_best,
        )

    def _paths(self) -> tuple[Path, Path]:
        """Step 9; without a market nothing can be put in order."""
        if self.market is None:
            nothing = Path(steps=(), net_gain=0.0, left_out=self.profile.skills)
            return nothing, nothing
        candidates = [
            Candidate(
                slug=slug,
                beta=self.premiums[slug].expected if slug in self.premiums else None,
                study_hours=self.own_hours[slug],
                exam_cost=self._exam_cost(slug),
                requires=tuple(need for need in self.edition.skills[slug].requires if need in self.profile.skills),
            )
            for slug in self.profile.skills
        ]
        learner = Learner(
            capped_salary=self.capped_salary,
            held_betas=self.stack.held_betas,
            gain_cap=self.stack.cap,
            clock=self.clock,
            constants=self.constants,
        )
        return find_paths(candidates, learner)

    def _sources(self, outlooks: Sequence[Outlook]) -> tuple[str, ...]:
        """Of the premiums (held skills' too), the headlines, the market, its stand-in spread, the exchange rate."""
        slugs = {part.evidence.source for slug in self.tilt_shifts for part in self._known(slug).contributions}
        slugs |= {claim.source for slug in self.profile.skills for claim in self._known(slug).claims}
        if self.market is not None:
            slugs.add(self.market.answered_by.source)
            if self.market.sigma_from:
                slugs.add(self.edition.places[self.market.sigma_from].source)
            if any(outlook.study.exam_cost for outlook in outlooks) and self.market.currency != "USD":
                slugs.add(self.edition.rates[self.market.currency].source)
        return tuple(sorted(slugs))

    def _known(self, slug: str) -> Known:
        return known(self.edition, slug, self.profile.evidence, self.region)


def _closeness(rival: Rival) -> tuple[float, str]:
    return rival.chance, rival.slug


def _safest_bet(drafts: Mapping[str, _Draft]) -> str | None:
    """Among positive net gains, the one with most points above zero, then the higher net gain, then by slug."""
    positive = [slug for slug, draft in drafts.items() if draft.net_gain > 0]
    return min(
        positive,
        key=lambda slug: (-points_above_zero(drafts[slug].net_gain_points), -drafts[slug].net_gain, slug),
        default=None,
    )
