"""How firm a ranking is: exact chances over the equal-probability points of independent premiums."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from calculator.engine.constants import Constants
from calculator.engine.verdict import Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Of one skill: that it brings in anything, that it beats the best bet, and that the best bet beats it."""

    above_zero: float
    against_best: float
    of_best: float

    @classmethod
    def between(cls, points: Sequence[float], best_points: Sequence[float]) -> Chances:
        """From the net gains of both, sorted and rising; where learning nothing is best, it has one point: zero."""
        of_best, against_best = chances_larger(best_points, points)
        return cls(above_zero=chance_above_zero(points), against_best=against_best, of_best=of_best)


def rating_of(confidence: float, constants: Constants) -> Rating:
    """How firm a best bet is with this chance against its closest rival."""
    if confidence >= constants.firm_from:
        return Rating.FIRM
    return Rating.LEAN if confidence >= constants.lean_from else Rating.TOSS_UP


def chances_larger(left: Sequence[float], right: Sequence[float]) -> tuple[float, float]:
    """The chance that a draw of `left` is larger than one of `right`, and the opposite, ties half; both sorted, rising.

    Equals the count over all pairs, without visiting them: for each of `left`, two bisections of `right`.
    """
    doubled = sum(map(bisect_left, repeat(right), left)) + sum(map(bisect_right, repeat(right), left))
    all_doubled = 2 * len(left) * len(right)
    return doubled / all_doubled, (all_doubled - doubled) / all_doubled


def chance_above_zero(points: Sequence[float]) -> float:
    """The chance that a draw of the points, sorted and rising, is larger than nothing, ties half."""
    below_or_zero, below = bisect_right(points, 0.0), bisect_left(points, 0.0)
    return (2 * len(points) - below_or_zero - below) / (2 * len(points))


def points_above_zero(points: Sequence[float]) -> int:
    """How many of the points, sorted and rising, are above zero."""
    return len(points) - bisect_right(points, 0.0)
