"""The chance that one distribution of points is larger than another, against counting all pairs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.engine.confidence import chance_above_zero, chances_larger, points_above_zero

# Few different values, so that ties are common; and any floats.
POINTS = st.one_of(
    st.lists(st.integers(-3, 3).map(float), min_size=1, max_size=40),
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=40),
).map(sorted)


@settings(derandomize=True)
@given(left=POINTS, right=POINTS)
def test_chances_equal_counting_all_pairs(left: list[float], right: list[float]) -> None:
    halves = sum(2 * (x > y) + (x == y) for x in left for y in right)
    opposite = sum(2 * (y > x) + (x == y) for x in left for y in right)

    pairs = 2 * len(left) * len(right)
    assert chances_larger(left, right) == (float(Fraction(halves, pairs)), float(Fraction(opposite, pairs)))


@settings(derandomize=True)
@given(points=POINTS)
def test_chance_above_zero_is_that_against_a_single_nothing(points: list[float]) -> None:
    assert chance_above_zero(points) == chances_larger(points, [0.0])[0]


@pytest.mark.parametrize(
    ("left", "right", "chance"),
    [
        pytest.param([1.0], [0.0], 1.0, id="larger"),
        pytest.param([0.0], [1.0], 0.0, id="smaller"),
        pytest.param([0.0], [0.0], 0.5, id="tie"),
        pytest.param([-1.0, 0.0, 1.0, 2.0], [0.0], 0.625, id="against zero, one tie"),
        pytest.param([1.0, 3.0], [2.0, 2.0, 4.0], 1 / 3, id="of different lengths"),
    ],
)
def test_chances_by_hand(left: list[float], right: list[float], chance: float) -> None:
    assert chances_larger(left, right) == pytest.approx((chance, 1 - chance))


@pytest.mark.parametrize(
    ("points", "above"),
    [
        pytest.param((-2.0, -0.5, 0.0, 0.0, 0.5, 2.0), 2, id="some, and zero is not above"),
        pytest.param((-2.0, -1.0), 0, id="none"),
        pytest.param((0.1, 0.2, 3.0), 3, id="all"),
    ],
)
def test_points_above_zero(points: tuple[float, ...], above: int) -> None:
    assert points_above_zero(points) == above
