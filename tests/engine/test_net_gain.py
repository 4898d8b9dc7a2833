"""Study time, discounting and years of pay, by hand and by adding up."""

from __future__ import annotations

import math

import pytest

from calculator.engine.constants import MODEL_2
from calculator.engine.net_gain import Clock
from tests import oracle
from tests.engine.factories import make_clock, make_profile


def test_a_clock_takes_the_visitors_time() -> None:
    clock = Clock.of(make_profile(weekly_hours=10, horizon_years=2, odds_percent=80), MODEL_2)

    assert clock == make_clock(weekly_hours=10, horizon_months=24, odds=0.8)


def test_study_months() -> None:
    assert make_clock().study_months(130) == pytest.approx(5)
    assert make_clock(weekly_hours=12).study_months(130) == pytest.approx(2.5)


def test_pay_follows_three_months_after_study() -> None:
    assert make_clock().first_pay_month(5.0) == 8.0


def test_discount_is_three_percent_a_year() -> None:
    assert make_clock().discount(12) == pytest.approx(math.exp(-0.03))
    assert make_clock().discount(0) == 1


@pytest.mark.parametrize("first_month", [0.0, 8.0, 20.5, 35.9], ids=str)
def test_years_of_pay_equal_adding_up(first_month: float) -> None:
    added_up = oracle.annuity(first_month, 36.0)

    assert make_clock().years_of_pay(first_month) == pytest.approx(added_up, rel=1e-9)
    assert make_clock().expected_years(first_month) == pytest.approx(0.5 * added_up, rel=1e-9)


@pytest.mark.parametrize("first_month", [36.0, 50.0], ids=["at the horizon", "after it"])
def test_nothing_is_expected_from_the_horizon_on(first_month: float) -> None:
    assert make_clock().years_of_pay(first_month) == make_clock().expected_years(first_month) == 0.0
