"""How firm a ranking is: exact chances over the equal-probability points of independent premiums."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


def chance_larger(left: Sequence[float], right: Sequence[float]) -> float:
    """The chance that a draw of `left` is larger than one of `right`, ties half; both sorted, rising.

    Equals the count over all pairs, without visiting them: for each of `left`, two bisections of `right`.
    """
    doubled = sum(bisect_left(right, value) + bisect_right(right, value) for value in left)
    return doubled / (2 * len(left) * len(right))
