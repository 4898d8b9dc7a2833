"""How firm a ranking is: exact chances over the equal-probability points of independent premiums."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import repeat


def chance_larger(left: Sequence[float], right: Sequence[float]) -> float:
    """The chance that a draw of `left` is larger than one of `right`, ties half; both sorted, rising.

    Equals the count over all pairs, without visiting them: for each of `left`, two bisections of `right`.
    """
    doubled = sum(map(bisect_left, repeat(right), left)) + sum(map(bisect_right, repeat(right), left))
    return doubled / (2 * len(left) * len(right))


def points_above_zero(points: Sequence[float]) -> int:
    """How many of the points, sorted and rising, are above zero."""
    return len(points) - bisect_right(points, 0.0)
