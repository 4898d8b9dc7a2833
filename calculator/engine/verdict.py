"""The verdict: the whole answer for one profile and one edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.engine.answer import LEARNING_NOTHING, Rating, Rival, StayPutReason
from calculator.engine.edition import Range
from calculator.engine.evidence import Contribution
from calculator.engine.market import Market
from calculator.engine.outcomes import HourCase, Study
from calculator.engine.plan import Plan
from calculator.engine.profile import Profile

__all__ = [
    "LEARNING_NOTHING",
    "Gain",
    "Headline",
    "HourCase",
    "HourValue",
    "Outlook",
    "Rating",
    "Rival",
    "StayPutReason",
    "Study",
    "Verdict",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class HourValue:
    """The worth of an hour of free time, in the location's currency (None if there is no market)."""

    amount: float | None
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The range that a skill's grade D figures claim, lowest low to highest high, as shares of pay and as money.

    Money is None if there is no market.
    """

    low_share: float
    high_share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """One skill's money for this visitor: uplift a year with its bundle, net gain by the horizon, earnings per hour.

    `worth_of_an_hour` is what an hour of study earns, its own worth not subtracted. `prerequisite_beta` is the sum of
    the prerequisites' premiums, in log units. `pays_off` is the chance that an employer pays, and pays more than the
    exam and the hours cost. `chance` is the chance to be the best, None for a skill not in time.
    """

    prerequisite_beta: float
    uplift: Range
    net_gain: float
    worth_of_an_hour: float
    pays_off: float
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The results for one considered skill; `premium` is a share of pay, after the shifts.

    `beta` is the expected premium in log units. Without evidence `beta`, `premium` and `gain` are None and
    `grade_shares` is empty; without a market `gain` is None, and the premium has no tilt.
    """

    slug: str
    grade_shares: Mapping[str, float]
    rests_on_duties: bool
    beta: float | None
    premium: Range | None
    tilt_shift: float
    experience_shift: float
    headline: Headline | None
    study: Study
    gain: Gain | None
    contributions: tuple[Contribution, ...]

    @property
    def is_in_time(self) -> bool:
        return self.study.is_in_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The engine's whole answer. Money is in the market's currency (pay is a year's), times are months from now.

    `considered` are the compared skills, `held` all that count as known, both sorted. `first` is the recommended skill;
    `chance_nothing` is the chance that learning nothing is best, None if there is too little data. `candidates` are
    the slugs that could be recommended and `outlooks` all considered skills, by falling net gain; skills not in time
    follow, skills without evidence come last. `sources` are the slugs of all publications used.
    """

    profile: Profile
    edition: int
    model: int
    considered: tuple[str, ...]
    held: tuple[str, ...]
    hour_value: HourValue
    rating: Rating
    stay_put_reason: StayPutReason | None
    is_small: bool
    first: str | None
    chance_nothing: float | None
    rivals: tuple[Rival, ...]
    candidates: tuple[str, ...]
    market: Market | None
    outlooks: tuple[Outlook, ...]
    plan: Plan | None
    sources: tuple[str, ...]

    def outlook(self, slug: str) -> Outlook:
        """Return the outlook of one considered skill."""
        return next(outlook for outlook in self.outlooks if outlook.slug == slug)

    @property
    def chance_first(self) -> float | None:
        """The first skill's chance to be best; None without a first skill."""
        gain = self.outlook(self.first).gain if self.first is not None else None
        return gain.chance if gain else None
