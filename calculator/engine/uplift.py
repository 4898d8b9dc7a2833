"""From a premium to money for one visitor: tilt along the pay scale, stacking of skills, uplift a year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calculator.engine.constants import Constants
from calculator.engine.edition import EvidenceChoice, Pool, Range


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPremium:
    """A skill's premium for one visitor, in log units: the pool after the tilt's shift."""

    low: float
    expected: float
    high: float
    points: tuple[float, ...]

    def as_shares(self) -> Range:
        """The premium as shares of pay, `e^x − 1`."""
        return Range(low=math.expm1(self.low), expected=math.expm1(self.expected), high=math.expm1(self.high))


def tilt_shift(tilt: float, percentile: float, constants: Constants) -> float:
    """`tilt·(p′ − ½)/½` in log units, p′ the percentile (0 to 1) clamped to where tilt was measured."""
    clamped = max(constants.tilt_from, min(constants.tilt_to, percentile))
    return tilt * (clamped - 0.5) / 0.5


def shifted(pool: Pool, shift: float) -> LogPremium:
    """The pool moved by `shift` log units."""
    return LogPremium(
        low=pool.low + shift,
        expected=pool.expected + shift,
        high=pool.high + shift,
        points=tuple([point + shift for point in pool.points]),
    )


def stacked(betas: Iterable[float], constants: Constants) -> float:
    """`L(A) = Σ wᵢ·max(0, βᵢ)` over mean log premiums in falling order: later skills add less."""
    total = 0.0
    for rank, beta in enumerate(sorted([beta for beta in betas if beta > 0], reverse=True)):
        total += stack_weight(rank, constants) * beta
    return total


def stack_weight(rank: int, constants: Constants) -> float:
    """The weight of the skill at `rank` (0 is the largest premium); the last weight goes on."""
    weights = constants.stack_weights
    return weights[rank] if rank < len(weights) else weights[-1]


def gain_cap(choice: EvidenceChoice, constants: Constants) -> float:
    """The most that learning can add, in log units; headlines are taken at their word."""
    return math.inf if choice is EvidenceChoice.HEADLINE else math.log1p(constants.stack_cap)


def stack_ratio(beta: float, held_betas: Iterable[float], cap: float, constants: Constants) -> float:
    """`G({skill})/β`: how much of a skill's own premium is left beside the held ones (1 where β ≤ 0)."""
    if beta <= 0:
        return 1.0
    held = tuple(held_betas)
    return min(cap, stacked((*held, beta), constants) - stacked(held, constants)) / beta


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """The mean log premiums that one choice of evidence gives a visitor, by skill, and what lets less of each count."""

    betas: Mapping[str, float]
    held_betas: tuple[float, ...]
    cap: float
    constants: Constants

    def ratio(self, beta: float) -> float:
        return stack_ratio(beta, self.held_betas, self.cap, self.constants)


def uplift(capped_salary: float, log_gain: float) -> float:
    """`U(x) = min(salary, P90)·(eˣ − 1)`: money a year, before tax, if an employer pays for it."""
    return capped_salary * math.expm1(log_gain)
