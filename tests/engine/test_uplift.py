"""Tilt, stacking and money, by hand."""

from __future__ import annotations

import math

import pytest

from calculator.engine.constants import MODEL_1
from calculator.engine.edition import EvidenceChoice
from calculator.engine.uplift import gain_cap, shifted, stack_ratio, stacked, tilt_shift, uplift
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
    assert tilt_shift(0.031, percentile, MODEL_1) == pytest.approx(shift)


def test_a_shift_moves_the_whole_pool() -> None:
    premium = shifted(make_pool(low=-0.01, high=0.09, points=(0.0, 0.02, 0.07)), 0.01)

    assert premium.low == pytest.approx(0.0)
    assert premium.expected == pytest.approx(0.04)
    assert premium.high == pytest.approx(0.1)
    assert premium.points == pytest.approx((0.01, 0.03, 0.08))
    assert premium.as_shares().expected == pytest.approx(math.exp(0.04) - 1)


@pytest.mark.parametrize(
    ("betas", "worth"),
    [
        pytest.param([], 0.0, id="none"),
        pytest.param([0.05], 0.05, id="one"),
        pytest.param([0.04, 0.05, 0.06], 0.06 + 0.05 + 0.9 * 0.04, id="three, the smallest weighs less"),
        pytest.param([0.01] * 5, 0.01 * (1 + 1 + 0.9 + 0.6 + 0.6), id="five"),
        pytest.param([0.05, -0.03, 0.0], 0.05, id="what is not positive counts nothing"),
    ],
)
def test_stacked(betas: list[float], worth: float) -> None:
    assert stacked(betas, MODEL_1) == pytest.approx(worth)


@pytest.mark.parametrize(
    ("beta", "held", "ratio"),
    [
        pytest.param(0.05, (), 1.0, id="alone"),
        pytest.param(0.05, (0.06, 0.07), 0.9, id="third"),
        pytest.param(0.05, (0.06, 0.07, 0.08), 0.6, id="fourth"),
        # In front of three: 0.08 + 0.07 + 0.9·0.06 + 0.6·0.04 − (0.07 + 0.06 + 0.9·0.04) = 0.062
        pytest.param(0.08, (0.04, 0.06, 0.07), 0.062 / 0.08, id="pushes the others back"),
        pytest.param(0.0, (0.06,), 1.0, id="no premium"),
        pytest.param(-0.02, (0.06,), 1.0, id="negative premium"),
        pytest.param(0.4, (), CAP / 0.4, id="capped"),
    ],
)
def test_stack_ratio(beta: float, held: tuple[float, ...], ratio: float) -> None:
    assert stack_ratio(beta, held, CAP, MODEL_1) == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("choice", "cap"),
    [
        pytest.param(EvidenceChoice.MEASURED, CAP, id="measured"),
        pytest.param(EvidenceChoice.ALL, CAP, id="all"),
        pytest.param(EvidenceChoice.HEADLINE, math.inf, id="headlines are taken at their word"),
    ],
)
def test_gain_cap(choice: EvidenceChoice, cap: float) -> None:
    assert gain_cap(choice, MODEL_1) == pytest.approx(cap)


def test_uplift_is_pay_times_the_premium() -> None:
    assert uplift(100_000, math.log(1.04)) == pytest.approx(4_000)
    assert uplift(100_000, math.log(0.98)) == pytest.approx(-2_000)
