"""What would change a verdict: the nearest value of each answer that gives another best bet.

Hours, years and odds are tried outward from the visitor's answer, every whole number they may take. A skill's study
hours move only the net gains of the chosen skills that take these hours; a net gain that matters (one above zero) falls
as hours rise, so in most cases bisection finds the number at which the best bet changes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from calculator.engine.edition import EvidenceChoice
from calculator.engine.net_gain import MONTHS_PER_YEAR, Clock
from calculator.engine.profile import Profile

WEEKLY_HOURS = range(1, 41)
HORIZON_YEARS = range(1, 11)
ODDS_PERCENT = range(10, 101)


class FlipKind(StrEnum):
    """The answer that is changed."""

    HOURS = "hours"
    YEARS = "years"
    ODDS = "odds"
    EVIDENCE = "evidence"
    STUDY = "study"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """One answer's nearest value with another best bet (None: learning nothing).

    `value` is the number, in the answer's own unit; for evidence it is 0 and `choice` is set. `skill` is whose study
    hours.
    """

    kind: FlipKind
    best_bet: str | None
    value: int = 0
    choice: EvidenceChoice | None = None
    skill: str = ""

    def changed(self, profile: Profile) -> Profile:
        """The profile with this one answer in place of its own."""
        if self.kind is FlipKind.HOURS:
            return replace(profile, weekly_hours=self.value)
        if self.kind is FlipKind.YEARS:
            return replace(profile, horizon_years=self.value)
        if self.kind is FlipKind.ODDS:
            return replace(profile, odds_percent=self.value)
        if self.choice is not None:
            return replace(profile, evidence=self.choice)
        hours = dict(profile.study_hours) | {self.skill: self.value}
        return replace(profile, study_hours=tuple(sorted(hours.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A chosen skill with what its net gain depends on; `learned` are the skills whose hours it takes, its own too."""

    slug: str
    annual_uplift: float
    exam_cost: float
    study_hours: float
    learned: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """The skills that may be best, sorted by slug, and the visitor's time."""

    contenders: Sequence[Contender]
    clock: Clock

    def best_bet(self) -> str | None:
        """The contender with the highest positive net gain, ties by slug; None where learning nothing is best.

        Written out, not put together from the clock's methods, for it runs hundreds of times a verdict; a test holds
        it to the verdict's own figures, to the bit.
        """
        clock, constants = self.clock, self.clock.constants
        rate, horizon, odds = constants.discount_rate, clock.horizon_months, clock.odds
        hours_a_year = clock.weekly_hours * constants.weeks_per_year
        end = math.exp(-rate * horizon / MONTHS_PER_YEAR)
        best, highest = None, 0.0
        for contender in self.contenders:
            first_pay = contender.study_hours * MONTHS_PER_YEAR / hours_a_year + constants.months_until_pay
            years = 0.0
            if first_pay < horizon:
                years = odds * (math.exp(-rate * first_pay / MONTHS_PER_YEAR) - end) / rate
            gain = contender.annual_uplift * years - contender.exam_cost
            if gain > highest:
                best, highest = contender.slug, gain
        return best

    def with_study_hours(self, slug: str, more: float) -> Contest:
        """The same contest, when learning `slug` takes `more` hours than it does here."""
        moved = [
            replace(contender, study_hours=contender.study_hours + more) if slug in contender.learned else contender
            for contender in self.contenders
        ]
        return Contest(contenders=moved, clock=self.clock)


def find_flips(
    contest: Contest,
    other_choices: Mapping[EvidenceChoice, Contest],
    study_hours: Mapping[str, tuple[float, int]],
) -> tuple[Flip, ...]:
    """The nearest flip of each answer that has one, in the order of FlipKind, study hours by slug.

    `other_choices` is the same contest under each evidence choice that was not made; `study_hours` has, for each skill
    whose hours may be changed, what they are and the most that are looked at.
    """
    now, clock = contest.best_bet(), contest.clock
    flips = [
        _nearest(FlipKind.HOURS, WEEKLY_HOURS, clock.weekly_hours, now, _with_hours(contest)),
        _nearest(FlipKind.YEARS, HORIZON_YEARS, clock.horizon_months // MONTHS_PER_YEAR, now, _with_years(contest)),
        _nearest(FlipKind.ODDS, ODDS_PERCENT, round(clock.odds * 100), now, _with_odds(contest)),
        _evidence_flip(now, other_choices),
        *(_study_flip(contest, slug, own, most, now) for slug, (own, most) in sorted(study_hours.items())),
    ]
    return tuple(flip for flip in flips if flip is not None)


def outward(values: range, start: int) -> Iterator[int]:
    """Every value but `start`, nearest first, the lower of two equally near ones first."""
    for distance in range(1, max(start - values.start, values.stop - 1 - start) + 1):
        for value in (start - distance, start + distance):
            if value in values:
                yield value


def _nearest(
    kind: FlipKind, values: range, start: int, now: str | None, best_at: Callable[[int], str | None], skill: str = ""
) -> Flip | None:
    for value in outward(values, start):
        if (best := best_at(value)) != now:
            return Flip(kind=kind, value=value, best_bet=best, skill=skill)
    return None


def _with_hours(contest: Contest) -> Callable[[int], str | None]:
    return lambda hours: replace(contest, clock=replace(contest.clock, weekly_hours=hours)).best_bet()


def _with_years(contest: Contest) -> Callable[[int], str | None]:
    return lambda years: replace(contest, clock=replace(contest.clock, horizon_months=years * 12)).best_bet()


def _with_odds(contest: Contest) -> Callable[[int], str | None]:
    return lambda percent: replace(contest, clock=replace(contest.clock, odds=percent / 100)).best_bet()


def _evidence_flip(now: str | None, other_choices: Mapping[EvidenceChoice, Contest]) -> Flip | None:
    """A choice under which nothing is known of any skill changes no best bet: it leaves the question open."""
    for choice, contest in other_choices.items():
        if contest.contenders and (best := contest.best_bet()) != now:
            return Flip(kind=FlipKind.EVIDENCE, choice=choice, best_bet=best)
    return None


def _study_flip(contest: Contest, slug: str, own: float, most: int, now: str | None) -> Flip | None:
    """The nearest whole number of study hours of `slug` with another best bet."""

    def best_at(hours: int) -> str | None:
        return contest.with_study_hours(slug, hours - own).best_bet()

    affected = {contender.slug for contender in contest.contenders if slug in contender.learned}
    if now in affected and len(affected) > 1:
        # The best bet and others move together, each at its own pace: no bisection can be trusted.
        return _nearest(FlipKind.STUDY, range(1, most + 1), round(own), now, best_at, slug)
    # Fewer hours lift a rival over the best bet; more hours let the best bet fall behind.
    hours = _more_hours(math.floor(own), most, best_at, now) if now in affected else _fewer_hours(own, best_at, now)
    return None if hours is None else Flip(kind=FlipKind.STUDY, skill=slug, value=hours, best_bet=best_at(hours))


def _fewer_hours(own: float, best_at: Callable[[int], str | None], now: str | None) -> int | None:
    """The most hours below `own` with another best bet, which every lower number then has too."""
    changed, same = 0, math.ceil(own)
    while same - changed > 1:
        middle = (changed + same) // 2
        if best_at(middle) == now:
            same = middle
        else:
            changed = middle
    return changed or None


def _more_hours(own: int, most: int, best_at: Callable[[int], str | None], now: str | None) -> int | None:
    """The fewest hours above `own`, up to `most`, with another best bet, which every higher number then has too."""
    same, changed = own, most + 1
    while changed - same > 1:
        middle = (changed + same) // 2
        if best_at(middle) == now:
            same = middle
        else:
            changed = middle
    return changed if changed <= most else None
