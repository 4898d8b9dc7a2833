"""The study's statistics against slow, obvious versions of themselves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from itertools import combinations, product
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills.study import statistics

NUMBERS = st.lists(st.integers(-1000, 1000).map(lambda number: number / 100), min_size=4, max_size=8, unique=True)


@st.composite
def scores_and_truths(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    scores = draw(NUMBERS)
    truths = draw(st.lists(st.floats(-1, 1), min_size=len(scores), max_size=len(scores), unique=True))
    return scores, truths


# Student's t


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("t", [-2.5, -0.3, 0.0, 0.7, 1.886, 4.0])
def test_student_t_is_the_area_under_its_density(freedom: int, t: float) -> None:
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    steps = 2000
    heights = [scale * (1 + (t * i / steps) ** 2 / freedom) ** (-(freedom + 1) / 2) for i in range(steps + 1)]
    area = t / steps * (sum(heights) - (heights[0] + heights[-1]) / 2)

    assert statistics.student_t_cdf(t, freedom) == pytest.approx(0.5 + area, abs=1e-6)


@pytest.mark.parametrize(
    ("share", "freedom", "printed"),
    [(0.9, 1, 3.078), (0.9, 2, 1.886), (0.9, 3, 1.638), (0.975, 4, 2.776), (0.95, 10, 1.812)],
)
def test_quantiles_of_student_t_are_those_of_printed_tables(share: float, freedom: int, printed: float) -> None:
    assert statistics.student_t_quantile(share, freedom) == pytest.approx(printed, abs=5e-4)


# Pools


def test_samples_that_agree_are_pooled_by_their_precision() -> None:
    pooled = statistics.pool_effects([(0.04, 0.01), (0.05, 0.02), (0.045, 0.01)])

    weights = [1 / 0.01**2, 1 / 0.02**2, 1 / 0.01**2]
    mean = (0.04 * weights[0] + 0.05 * weights[1] + 0.045 * weights[2]) / sum(weights)
    standard_error = 1 / math.sqrt(sum(weights))
    half = statistics.student_t_quantile(0.9, 1) * standard_error
    expected = statistics.PooledEffect(
        mean=mean, spread=0, inconsistency=0, standard_error=standard_error, low=mean - half, high=mean + half
    )
    assert asdict(pooled) == pytest.approx(asdict(expected))


def test_the_spread_makes_the_differences_of_the_samples_as_large_as_expected() -> None:
    """Of equally precise samples DerSimonian and Laird's spread is that of analysis of variance."""
    effects = [0.0, 0.02, 0.07, 0.11]
    mean = sum(effects) / 4
    variance = sum((effect - mean) ** 2 for effect in effects) / 3

    pooled = statistics.pool_effects([(effect, 0.01) for effect in effects])

    assert pooled.mean == pytest.approx(mean)
    assert pooled.spread**2 == pytest.approx(variance - 0.01**2)
    assert pooled.standard_error == pytest.approx(math.sqrt(variance / 4))
    assert pooled.inconsistency == pytest.approx(1 - 0.01**2 / variance)


def test_hartung_and_knapp_only_widens() -> None:
    """The samples differ by less than their noise, and more than it weighted by another way: never a smaller error."""
    alike = statistics.pool_effects([(0.03, 0.02), (0.03, 0.02), (0.03, 0.02)])
    uneven = statistics.pool_effects([(0.00, 0.005), (0.05, 0.03), (0.06, 0.03), (-0.04, 0.03)])

    assert alike.standard_error == pytest.approx(0.02 / math.sqrt(3))
    weights = [1 / (error**2 + uneven.spread**2) for error in (0.005, 0.03, 0.03, 0.03)]
    assert uneven.standard_error >= 1 / math.sqrt(sum(weights))


def test_two_samples_or_one_have_a_normal_range() -> None:
    z = NormalDist().inv_cdf(0.9)

    one = statistics.pool_effects([(0.03, 0.01)])
    two = statistics.pool_effects([(0.03, 0.01), (0.03, 0.01)])

    assert (one.low, one.high) == pytest.approx((0.03 - z * 0.01, 0.03 + z * 0.01))
    assert two.high == pytest.approx(0.03 + z * 0.01 / math.sqrt(2))


def test_nothing_cannot_be_pooled() -> None:
    with pytest.raises(ValueError, match="nothing to pool"):
        statistics.pool_effects([])


# Two lists


@given(scores_and_truths())
def test_rank_correlation_is_that_of_squared_rank_differences(lists: tuple[list[float], list[float]]) -> None:
    first, second = lists
    n = len(first)
    differences = sum(
        (sorted(first).index(x) - sorted(second).index(y)) ** 2 for x, y in zip(first, second, strict=True)
    )

    assert statistics.correlate_ranks(first, second) == pytest.approx(1 - 6 * differences / (n * (n * n - 1)))


def test_equal_values_share_their_ranks() -> None:
    assert statistics.correlate_ranks([1, 1, 2], [5, 6, 7]) == pytest.approx(math.sqrt(3) / 2)


def test_slope_of_a_line_is_its_own_without_error() -> None:
    slope, error = statistics.fit_slope([0, 1, 2, 4], [1, 3, 5, 9], [1, 5, 2, 3])

    assert slope == pytest.approx(2)
    assert error == pytest.approx(0, abs=1e-7)


def test_slope_of_equal_weights_is_that_of_a_textbook() -> None:
    """Anscombe's first set: slope 0.500, standard error 0.118."""
    x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]

    slope, error = statistics.fit_slope(x, y, [3.0] * 11)

    assert slope == pytest.approx(0.500, abs=5e-4)
    assert error == pytest.approx(0.118, abs=5e-4)


def test_weighted_error_counts_an_error_as_often_as_its_weight() -> None:
    assert statistics.average_error([3, 1], [1, 3]) == pytest.approx(math.sqrt((9 + 1 + 1 + 1) / 4))


# Picks


@given(scores_and_truths(), st.integers(2, 4))
def test_picks_are_those_of_every_set(lists: tuple[list[float], list[float]], size: int) -> None:
    scores, truths = lists
    best, truth, blind, sets = 0, 0.0, 0.0, 0
    for chosen in combinations(zip(scores, truths, strict=True), size):
        pick = max(chosen)
        best += pick[1] == max(true for _, true in chosen)
        truth += pick[1]
        blind += sum(true for _, true in chosen) / size
        sets += 1

    picks = statistics.pick_highest(scores, truths, size)

    assert (picks.sets, picks.best) == (sets, best)
    assert (picks.truth, picks.blind) == pytest.approx((truth, blind))


@given(scores_and_truths())
def test_picks_of_two_are_the_pairs_in_the_right_order(lists: tuple[list[float], list[float]]) -> None:
    picks = statistics.pick_highest(*lists, 2)

    assert statistics.count_ordered_pairs(*lists) == (picks.best, picks.sets)


def test_no_pick_is_the_best_of_equals() -> None:
    with pytest.raises(ValueError, match="equal"):
        statistics.pick_highest([1, 1, 2], [1, 2, 3], 2)


def test_chances_of_picks_are_those_of_every_outcome_of_every_set() -> None:
    scores = [0.3, 0.1, 0.2, 0.0]
    points = [[0.0, 0.3, 0.6], [-0.1, 0.1, 0.3], [0.1, 0.2, 0.25], [-0.5, 0.05, 0.4]]

    chances = statistics.add_chances_of_picks(scores, points, 4)

    assert chances == {size: pytest.approx(add_slowly(scores, points, size)) for size in (2, 3, 4)}


def add_slowly(scores: Sequence[float], points: Sequence[Sequence[float]], size: int) -> float:
    """Compare the pick with the others in every outcome; a value that equals the pick's is lower in half of them."""
    total = 0.0
    for chosen in combinations(range(len(scores)), size):
        pick = max(chosen, key=lambda item: scores[item])
        for outcome in product(*(points[item] for item in chosen)):
            mine = outcome[chosen.index(pick)]
            others = [value for item, value in zip(chosen, outcome, strict=True) if item != pick]
            total += math.prod(1.0 if value < mine else 0.5 if value == mine else 0.0 for value in others) / math.prod(
                len(points[item]) for item in chosen
            )
    return total


def test_share_inside_has_the_noise_in_it() -> None:
    without_noise = statistics.find_share_inside([0.0, 0.5, 2.0, -2.0], 1e-9, -1, 1)
    with_noise = statistics.find_share_inside([0.0], 1.0, -1.2816, 1.2816)

    assert without_noise == 0.5
    assert with_noise == pytest.approx(0.8, abs=1e-4)
