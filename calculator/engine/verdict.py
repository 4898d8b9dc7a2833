"""The whole answer for one profile and one edition, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from calculator.engine.edition import Grade, Range
from calculator.engine.evidence import Contribution
from calculator.engine.market import Market
from calculator.engine.path import Path
from calculator.engine.profile import Profile

LEARNING_NOTHING = ""


class Rating(StrEnum):
    """How firm the best bet is."""

    FIRM = "firm"
    LEAN = "lean"
    TOSS_UP = "toss-up"
    STAY_PUT = "stay-put"
    NOT_ENOUGH_DATA = "not-enough-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What a skill's grade D figures claim, lowest low to highest high, as shares of pay and times this salary.

    Money is None where the market is unknown.
    """

    low_share: float
    high_share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Learning one skill alone: hours, months and exam cost with its chosen prerequisites.

    `added` are the chosen prerequisites that are counted in; `assumed` those neither chosen nor held, taken as held.
    `exam_cost` is in the market's currency, None where that is unknown.
    """

    own_hours: float
    hours: float
    months: float
    first_pay_month: float
    exam_cost: float | None
    added: tuple[str, ...]
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """One skill's money for this visitor: uplift a year; net gain by the horizon, expected and with the P10 premium."""

    stack_ratio: float
    uplift: Range
    net_gain: float
    net_gain_low: float
    net_gain_per_hour: float
    break_even_month: float | None
    chance_above_zero: float
    chance_against_best: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All that is known of one chosen skill for this visitor; `premium` is a share of pay, after the tilt.

    Without evidence `grade`, `premium` and `gain` are None; without a market `gain` is, and the premium has no tilt.
    """

    slug: str
    grade: Grade | None
    premium: Range | None
    tilt_shift: float
    headline: Headline | None
    study: Study
    gain: Gain | None
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """What the best bet is measured against (`slug`, or LEARNING_NOTHING) and the best bet's chance of beating it."""

    slug: str
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The engine's whole answer. Money is a year in the market's currency, times are months from today.

    `rivals` has every alternative to the best bet, closest first; `confidence` is the chance against the closest.
    `outlooks` are in order of falling net gain. `sources` are the slugs of every publication a figure came from.
    """

    profile: Profile
    edition: int
    model: int
    rating: Rating
    confidence: float | None
    best_bet: str | None
    safest_bet: str | None
    market: Market | None
    outlooks: tuple[Outlook, ...]
    rivals: tuple[Rival, ...]
    path: Path
    worst_path: Path
    sources: tuple[str, ...]

    def outlook(self, slug: str) -> Outlook:
        """The outlook of one chosen skill."""
        return next(outlook for outlook in self.outlooks if outlook.slug == slug)
