"""Turns a premium into one visitor's money: shifts by pay and experience, adding skills up, uplift a year."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from calculator.engine.constants import Constants
from calculator.engine.edition import EvidenceChoice, Pool, Range


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPremium:
    """A skill's premium for one visitor, in log units, after the shifts."""

    low: float
    expected: float
    high: float
    points: tuple[float, ...]

    def as_shares(self) -> Range:
        """Return the premium as shares of pay, `e^x − 1`."""
        return Range(low=math.expm1(self.low), expected=math.expm1(self.expected), high=math.expm1(self.high))


def tilt_shift(tilt: float, percentile: float, constants: Constants) -> float:
    """Return `tilt·(p′ − ½)/½` in log units; p′ is the percentile (0 to 1), clamped to where tilt was measured."""
    clamped = max(constants.tilt_from, min(constants.tilt_to, percentile))
    return tilt * (clamped - 0.5) / 0.5


def experience_shift(years: int | None, constants: Constants) -> float:
    """Return the shift of all premiums by years of work, in log units; 0 if they are not given."""
    if years is None:
        return 0.0
    return next((shift for start, shift in reversed(constants.experience_shifts) if years >= start), 0.0)


def shift_pool(pool: Pool, shift: float) -> LogPremium:
    """Shift a pool by `shift` log units."""
    return LogPremium(
        low=pool.low + shift,
        expected=pool.expected + shift,
        high=pool.high + shift,
        points=tuple([point + shift for point in pool.points]),
    )


def add_up(betas: Iterable[float]) -> float:
    """Return `Σ max(0, β)` over expected log premiums: skills add up, and those at or below zero add nothing."""
    return math.fsum([beta for beta in betas if beta > 0])


def gain_cap(choice: EvidenceChoice, constants: Constants) -> float:
    """Return the maximum that a set of skills can add, in log units; headlines have no such limit."""
    return math.inf if choice is EvidenceChoice.HEADLINE else math.log1p(constants.stack_cap)


def compute_uplift(capped_salary: float, log_gain: float) -> float:
    """Return money a year, before tax, once an employer pays for it: `U(x) = min(salary, P90)·(eˣ − 1)`."""
    return capped_salary * math.expm1(log_gain)
