"""What would change a verdict: the nearest value of each answer that gives another best bet.

Hours and years are tried outward from the visitor's answer, every whole number they may take. Over the odds each net
gain is a straight line, so bisection on either side finds where the best bet changes. A skill's study hours move only
the net gains of the chosen skills that take these hours; a net gain that matters (one above zero) falls as hours rise,
so in most cases bisection finds the number here too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from math import ceil, exp, floor

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
    learned: Collection[str]


@dataclass(frozen=True, kw_only=True)
class Contest:
    """The skills that may be best, sorted by slug, and the visitor's time."""

    contenders: Sequence[Contender]
    clock: Clock

    @cached_property
    def study_hours(self) -> list[float]:
        return [contender.study_hours for contender in self.contenders]

    @cached_property
    def net_gains(self) -> list[float]:
        """Step 7, with the visitor's own time."""
        return self.net_gains_after(self.study_hours)

    def net_gains_after(self, study_hours: Iterable[float], weekly_hours: int | None = None) -> list[float]:
        """With other hours of study, or other hours a week; `Clock.years_of_pay`, of which a search keeps most."""
        rate, wait, weeks, horizon, odds, end = self._terms
        hours_a_year = (weekly_hours or self.clock.weekly_hours) * weeks
        return [
            gain * (odds * (exp(-rate * month / MONTHS_PER_YEAR) - end) / rate) - cost
            if (month := hours * MONTHS_PER_YEAR / hours_a_year + wait) < horizon
            else gain * 0.0 - cost
            for (gain, cost), hours in zip(self._money, study_hours, strict=True)
        ]

    def net_gains_with(self, *, horizon_months: int, odds: float) -> list[float]:
        """With other odds or another horizon: neither moves the first pay, so what it is worth today stays the same."""
        rate, end = self.clock.constants.discount_rate, self.clock.discount(horizon_months)
        return [
            gain * (odds * (worth - end) / rate if month < horizon_months else 0.0) - cost
            for (gain, cost), (month, worth) in zip(self._money, self._first_pays, strict=True)
        ]

    def best_of(self, net_gains: Sequence[float]) -> str | None:
        """The contender with the highest positive net gain, ties by slug; None where learning nothing is best."""
        highest = max(net_gains, default=0.0)
        return self.contenders[net_gains.index(highest)].slug if highest > 0 else None

    @cached_property
    def _terms(self) -> tuple[float, float, float, int, float, float]:
        clock, constants = self.clock, self.clock.constants
        rate, wait, weeks = constants.discount_rate, constants.months_until_pay, constants.weeks_per_year
        return rate, wait, weeks, clock.horizon_months, clock.odds, clock.discount(clock.horizon_months)

    @cached_property
    def _money(self) -> list[tuple[float, float]]:
        """What each brings a year and what its exam costs."""
        return [(contender.annual_uplift, contender.exam_cost) for contender in self.contenders]

    @cached_property
    def _first_pays(self) -> list[tuple[float, float]]:
        """The month of each one's first pay, and what money of that month is worth today."""
        months = [self.clock.first_pay_month(self.clock.study_months(hours)) for hours in self.study_hours]
        return [(month, self.clock.discount(month)) for month in months]


def find_flips(
    contest: Contest,
    other_choices: Iterable[tuple[EvidenceChoice, Contest]],
    study_hours: Mapping[str, tuple[float, int]],
) -> tuple[Flip, ...]:
    """The nearest flip of each answer that has one, in the order of FlipKind, study hours by slug.

    `other_choices` is the same contest under each evidence choice that was not made; `study_hours` has, for each skill
    whose hours may be changed, what they are and the most that are looked at.
    """
    clock, now = contest.clock, contest.best_of(contest.net_gains)
    years = clock.horizon_months // MONTHS_PER_YEAR

    def best_with_hours(hours: int) -> str | None:
        return contest.best_of(contest.net_gains_after(contest.study_hours, hours))

    def best_with_years(years: int) -> str | None:
        months = years * MONTHS_PER_YEAR
        return contest.best_of(contest.net_gains_with(horizon_months=months, odds=clock.odds))

    flips = [
        _nearest(FlipKind.HOURS, WEEKLY_HOURS, clock.weekly_hours, now, best_with_hours),
        _nearest(FlipKind.YEARS, HORIZON_YEARS, years, now, best_with_years),
        _odds_flip(contest, now),
        _evidence_flip(now, other_choices),
        *(_study_flip(contest, slug, hours, now) for slug, hours in sorted(study_hours.items())),
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


def _evidence_flip(now: str | None, other_choices: Iterable[tuple[EvidenceChoice, Contest]]) -> Flip | None:
    """A choice under which nothing is known of any skill changes no best bet: it leaves the question open."""
    for choice, contest in other_choices:
        if contest.contenders and (best := contest.best_of(contest.net_gains)) != now:
            return Flip(kind=FlipKind.EVIDENCE, choice=choice, best_bet=best)
    return None


def _odds_flip(contest: Contest, now: str | None) -> Flip | None:
    """Net gains are straight lines over the odds, so the odds at which one skill is best are one unbroken stretch."""
    own, months = round(contest.clock.odds * 100), contest.clock.horizon_months

    def best_at(percent: int) -> str | None:
        return contest.best_of(contest.net_gains_with(horizon_months=months, odds=percent / 100))

    edges = [_edge(own, beyond, best_at, now) for beyond in (ODDS_PERCENT.start - 1, ODDS_PERCENT.stop)]
    found = [percent for percent in edges if percent is not None]
    if not found:
        return None
    nearest = min(found, key=lambda percent: abs(percent - own))
    return Flip(kind=FlipKind.ODDS, value=nearest, best_bet=best_at(nearest))


def _study_flip(contest: Contest, slug: str, hours: tuple[float, int], now: str | None) -> Flip | None:
    """The nearest whole number of study hours of `slug`, which are `hours[0]` now, up to `hours[1]`."""
    own, most = hours
    affected = [index for index, contender in enumerate(contest.contenders) if slug in contender.learned]
    moved = Contest(contenders=[contest.contenders[index] for index in affected], clock=contest.clock)
    gains = contest.net_gains.copy()

    def best_at(hours: int) -> str | None:
        more = hours - own
        for index, gain in zip(
            affected, moved.net_gains_after([taken + more for taken in moved.study_hours]), strict=True
        ):
            gains[index] = gain
        return contest.best_of(gains)

    is_best_moved = any(contender.slug == now for contender in moved.contenders)
    if is_best_moved and len(affected) > 1:
        # The best bet and others move together, each at its own pace: no bisection can be trusted.
        return _nearest(FlipKind.STUDY, range(1, most + 1), round(own), now, best_at, slug)
    # Fewer hours lift a rival over the best bet; more hours let the best bet fall behind.
    if is_best_moved:
        value = _edge(floor(own), max(floor(own), most) + 1, best_at, now)
    else:
        value = _edge(ceil(own), 0, best_at, now)
    return None if value is None else Flip(kind=FlipKind.STUDY, skill=slug, value=value, best_bet=best_at(value))


def _edge(same: int, beyond: int, best_at: Callable[[int], str | None], now: str | None) -> int | None:
    """The value nearest to `same`, before `beyond`, with another best bet, which all further ones then have too."""
    changed = beyond - 1 if beyond > same else beyond + 1
    if changed == same or best_at(changed) == now:  # mostly: so the furthest one is tried first
        return None
    while abs(changed - same) > 1:
        middle = (changed + same) // 2
        if best_at(middle) == now:
            same = middle
        else:
            changed = middle
    return changed
