"""The statistics of the study in plain Python: pooling, relations of two lists, and picks among all sets of skills.

Effects, standard errors and errors are logarithms of pay; chances and shares are fractions.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

_NORMAL = NormalDist()
#: A pooled range goes from P10 to P90: 80 % of what another sample may measure.
UPPER_SHARE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledEffect:
    """Several samples' estimates as one, with the range in which another sample's true effect is expected.

    `spread` is the standard deviation between samples (tau), `inconsistency` the share of the differences between the
    estimates that is more than their own noise (I²), `standard_error` that of the mean.
    """

    mean: float
    spread: float
    inconsistency: float
    standard_error: float
    low: float
    high: float


def pool_effects(effects: Sequence[tuple[float, float]]) -> PooledEffect:
    """Pool (estimate, standard error) of one sample each, as random effects.

    Between-sample variance by DerSimonian and Laird (1986). Standard error by Hartung and Knapp (2001), widened: never
    smaller than without their factor (Röver, Knapp and Friede 2015). Range: the 80 % prediction interval of Higgins,
    Thompson and Spiegelhalter (2009) with k − 2 degrees of freedom; of two samples, or one, with normal quantiles.
    Raises ValueError without an estimate.
    """
    if not effects:
        raise ValueError("nothing to pool")
    weights = [1 / error**2 for _, error in effects]
    total, freedom = sum(weights), len(effects) - 1
    fixed = sum(weight * effect for weight, (effect, _) in zip(weights, effects, strict=True)) / total
    q = sum(weight * (effect - fixed) ** 2 for weight, (effect, _) in zip(weights, effects, strict=True))
    excess = max(0.0, q - freedom)
    variance = excess / (total - sum(weight**2 for weight in weights) / total) if freedom else 0.0
    weights = [1 / (error**2 + variance) for _, error in effects]
    total = sum(weights)
    mean = sum(weight * effect for weight, (effect, _) in zip(weights, effects, strict=True)) / total
    residual = sum(weight * (effect - mean) ** 2 for weight, (effect, _) in zip(weights, effects, strict=True))
    standard_error = math.sqrt(max(1.0, residual / freedom if freedom else 1.0) / total)
    quantile = student_t_quantile(UPPER_SHARE, freedom - 1) if freedom > 1 else _NORMAL.inv_cdf(UPPER_SHARE)
    half = quantile * math.sqrt(variance + standard_error**2)
    return PooledEffect(
        mean=mean,
        spread=math.sqrt(variance),
        inconsistency=excess / q if excess else 0.0,
        standard_error=standard_error,
        low=mean - half,
        high=mean + half,
    )


def student_t_cdf(t: float, freedom: int) -> float:
    """Return the chance that Student's t is below `t`, by the finite series for whole degrees of freedom.

    Source: Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
    """
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    is_odd = freedom % 2 == 1
    term, total = (cosine, 0.0) if is_odd else (1.0, 0.0)
    for step in range(3 if is_odd else 2, freedom + 1, 2):
        total += term
        term *= cosine**2 * (step - 1) / step
    central = 2 / math.pi * (angle + sine * total) if is_odd else sine * total
    return 0.5 + central / 2


def student_t_quantile(share: float, freedom: int) -> float:
    """Return the value below which Student's t is with the chance `share`, which is a half or more; by bisection."""
    low, high = 0.0, 1.0
    while student_t_cdf(high, freedom) < share:
        low, high = high, 2 * high
    while low < (middle := (low + high) / 2) < high:
        if student_t_cdf(middle, freedom) < share:
            low = middle
        else:
            high = middle
    return high


def correlate_ranks(first: Sequence[float], second: Sequence[float]) -> float:
    """Return Spearman's rank correlation: 1 for the same order, −1 for the opposite one. Equal values share ranks."""
    return _correlate(_rank(first), _rank(second))


def fit_slope(predicted: Sequence[float], measured: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """Return the slope of measured on predicted by weighted least squares, and its standard error."""
    total = sum(weights)
    mean_x = sum(w * x for w, x in zip(weights, predicted, strict=True)) / total
    mean_y = sum(w * y for w, y in zip(weights, measured, strict=True)) / total
    rows = [(w, x - mean_x, y - mean_y) for w, x, y in zip(weights, predicted, measured, strict=True)]
    spread = sum(w * x * x for w, x, _ in rows)
    slope = sum(w * x * y for w, x, y in rows) / spread
    residual = sum(w * (y - slope * x) ** 2 for w, x, y in rows) / (len(rows) - 2)
    return slope, math.sqrt(residual / spread)


def average_error(errors: Sequence[float], weights: Sequence[float]) -> float:
    """Return the root of the weighted mean of squared errors."""
    return math.sqrt(sum(w * error**2 for w, error in zip(weights, errors, strict=True)) / sum(weights))


def count_ordered_pairs(scores: Sequence[float], truths: Sequence[float]) -> tuple[int, int]:
    """Return how many of all pairs the scores put in the order of the truths, and how many pairs there are."""
    pairs = list(combinations(zip(scores, truths, strict=True), 2))
    return sum((score - other) * (truth - other_truth) > 0 for (score, truth), (other, other_truth) in pairs), len(
        pairs
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Picks:
    """What picking the highest score brings in all sets of one size, as sums over the sets; add them up over samples.

    `best` counts the sets whose pick has the highest truth, `truth` adds the truths of the picks, `blind` the
    mean truth of each set.
    """

    sets: int
    best: int
    truth: float
    blind: float


def pick_highest(scores: Sequence[float], truths: Sequence[float], size: int) -> Picks:
    """Pick the highest score of every set of `size`, without listing the sets.

    An item is picked in as many sets as its company can be chosen from the items of lower score, and is the best in as
    many as it can be chosen from those of lower score and lower truth. Raises ValueError if two scores or two truths
    are equal: there would be no one pick or no one best.
    """
    if len(set(scores)) < len(scores) or len(set(truths)) < len(truths):
        raise ValueError("two items are equal")
    sets = math.comb(len(scores), size)
    best, truth_of_picks = 0, 0.0
    for score, truth in zip(scores, truths, strict=True):
        lower = [other for other, other_score in zip(truths, scores, strict=True) if other_score < score]
        best += math.comb(sum(other < truth for other in lower), size - 1)
        truth_of_picks += truth * math.comb(len(lower), size - 1)
    return Picks(sets=sets, best=best, truth=truth_of_picks, blind=sets * sum(truths) / len(truths))


def add_chances_of_picks(scores: Sequence[float], points: Sequence[Sequence[float]], max_size: int) -> dict[int, float]:
    """Add up the chance that the pick, the highest score, is the highest of its set, over all sets of each size from 2.

    `points` are equally likely values of each item, in rising order; items are independent, and of equal values each is
    as likely to be the higher one. For each value of a pick, the sum over the sets that it leads is the elementary
    symmetric polynomial of the chances that items of lower score are below it.
    """
    totals = dict.fromkeys(range(2, max_size + 1), 0.0)
    for score, values in zip(scores, points, strict=True):
        lower = [other for other, other_score in zip(points, scores, strict=True) if other_score < score]
        for value in values:
            sums = [1.0] + [0.0] * (max_size - 1)
            for other in lower:
                below = _find_share_below(other, value)
                for degree in range(max_size - 1, 0, -1):
                    sums[degree] += sums[degree - 1] * below
            for size in totals:
                totals[size] += sums[size - 1] / len(values)
    return totals


def find_share_inside(points: Sequence[float], noise: float, low: float, high: float) -> float:
    """Return the chance that one of equally likely values is between `low` and `high` once normal noise is added."""
    return sum(_NORMAL.cdf((high - point) / noise) - _NORMAL.cdf((low - point) / noise) for point in points) / len(
        points
    )


def _find_share_below(rising: Sequence[float], value: float) -> float:
    """Return the share of the values that are below `value`; those equal to it count half."""
    return (bisect_left(rising, value) + bisect_right(rising, value)) / (2 * len(rising))


def _correlate(first: Sequence[float], second: Sequence[float]) -> float:
    mean, other_mean = sum(first) / len(first), sum(second) / len(second)
    pairs = [(x - mean, y - other_mean) for x, y in zip(first, second, strict=True)]
    return sum(x * y for x, y in pairs) / math.sqrt(sum(x * x for x, _ in pairs) * sum(y * y for _, y in pairs))


def _rank(values: Sequence[float]) -> list[float]:
    """Return each value's rank from 1, the mean rank where values are equal."""
    return [sum(other < value for other in values) + (values.count(value) + 1) / 2 for value in values]
