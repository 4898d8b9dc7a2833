"""Shifts, adding up and money, by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from calculator.engine.constants import MODEL_2
from calculator.engine.edition import EvidenceChoice
from calculator.engine.uplift import add_up, compute_uplift, experience_shift, gain_cap, shift_pool, tilt_shift
from tests.engine.factories import make_pool

CAP = math.log(1.25)


@pytest.mark.parametrize(
    ("percentile", "shift"),
    [
        pytest.param(0.5, 0.0, id="at the median nothing"),
        pytest.param(0.75, 0.0155, id="at P75 half"),
        pytest.param(0.25, -0.0155, id="at P25 minus half"),
        pytest.param(0.9, 0.0248, id="at P90"),
        pytest.param(0.99, 0.0248, id="above P90 no more"),
        pytest.param(0.01, -0.0248, id="below P10 no less"),
    ],
)
def test_tilt_shift(percentile: float, shift: float) -> None:
    assert tilt_shift(0.031, percentile, MODEL_2) == pytest.approx(shift)


def test_a_shift_moves_the_whole_pool() -> None:
    premium = shift_pool(make_pool(low=-0.01, high=0.09, points=(0.0, 0.02, 0.07)), 0.01)

    assert premium.low == pytest.approx(0.0)
    mean = math.log((1 + math.exp(0.02) + math.exp(0.07)) / 3)
    assert premium.expected == pytest.approx(mean + 0.01)
    assert premium.high == pytest.approx(0.1)
    assert premium.points == pytest.approx((0.01, 0.03, 0.08))
    assert premium.as_shares().expected == pytest.approx(math.exp(mean + 0.01) - 1)


@pytest.mark.parametrize(
    ("years", "shift"),
    [
        pytest.param(None, 0.0, id="not given"),
        pytest.param(0, -0.0065, id="none"),
        pytest.param(4, -0.0065, id="under 5"),
        pytest.param(5, -0.003, id="5"),
        pytest.param(9, -0.003, id="under 10"),
        pytest.param(10, 0.0045, id="10"),
        pytest.param(50, 0.0045, id="the most"),
    ],
)
def test_experience_shift(years: int | None, shift: float) -> None:
    assert experience_shift(years, MODEL_2) == shift


def test_experience_below_the_first_band_shifts_nothing() -> None:
    assert experience_shift(1, replace(MODEL_2, experience_shifts=((2, 0.01),))) == 0.0


@pytest.mark.parametrize(
    ("betas", "together"),
    [
        pytest.param([], 0.0, id="none"),
        pytest.param([0.05], 0.05, id="one"),
        pytest.param([0.04, 0.05, 0.06, 0.01], 0.16, id="all in full"),
        pytest.param([0.05, -0.03, 0.0], 0.05, id="what is not positive adds nothing"),
    ],
)
def test_added_up(betas: list[float], together: float) -> None:
    assert add_up(betas) == pytest.approx(together)


@pytest.mark.parametrize(
    ("choice", "cap"),
    [
        pytest.param(EvidenceChoice.MEASURED, CAP, id="measured"),
        pytest.param(EvidenceChoice.ALL, CAP, id="all"),
        pytest.param(EvidenceChoice.HEADLINE, math.inf, id="headlines are taken at their word"),
    ],
)
def test_gain_cap(choice: EvidenceChoice, cap: float) -> None:
    assert gain_cap(choice, MODEL_2) == pytest.approx(cap)


def test_uplift_is_pay_times_the_premium() -> None:
    assert compute_uplift(100_000, math.log(1.04)) == pytest.approx(4_000)
    assert compute_uplift(100_000, math.log(0.98)) == pytest.approx(-2_000)
