"""Study time, discounting and break-even, by hand and by adding up."""

from __future__ import annotations

import math

import pytest

from calculator.engine.constants import MODEL_1
from calculator.engine.net_gain import Clock
from tests import oracle
from tests.engine.factories import make_clock, make_profile


def test_a_clock_takes_the_visitors_time() -> None:
    clock = Clock.of(make_profile(weekly_hours=10, horizon_years=2, odds_percent=80), MODEL_1)

    assert clock == make_clock(weekly_hours=10, horizon_months=24, odds=0.8)


def test_study_months() -> None:
    assert make_clock().study_months(130) == pytest.approx(5)
    assert make_clock(weekly_hours=12).study_months(130) == pytest.approx(2.5)


def test_pay_follows_three_months_after_study() -> None:
    assert make_clock().first_pay_month(5.0) == 8.0


def test_discount_is_three_percent_a_year() -> None:
    assert make_clock().discount(12) == pytest.approx(math.exp(-0.03))
    assert make_clock().discount(0) == 1


@pytest.mark.parametrize(
    "clock",
    [
        pytest.param(make_clock(), id="usual"),
        pytest.param(make_clock(weekly_hours=7, horizon_months=12, odds=0.37), id="short"),
        pytest.param(make_clock(weekly_hours=40, horizon_months=120, odds=1.0), id="long"),
    ],
)
def test_many_at_once_are_the_same_to_the_bit(clock: Clock) -> None:
    study_hours = [hours * 1.7 for hours in range(600)]

    months = [clock.study_months(hours) for hours in study_hours]
    assert clock.discounts_after(study_hours) == [clock.discount(month) for month in months]
    assert clock.years_of_pay(study_hours) == [clock.expected_years(clock.first_pay_month(month)) for month in months]


@pytest.mark.parametrize("first_month", [0.0, 8.0, 20.5, 35.9], ids=str)
def test_expected_years_equal_adding_up(first_month: float) -> None:
    expected = 0.5 * oracle.annuity_by_sum(first_month, 36.0)

    assert make_clock().expected_years(first_month) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("first_month", [36.0, 50.0], ids=["at the horizon", "after it"])
def test_nothing_is_expected_from_the_horizon_on(first_month: float) -> None:
    assert make_clock().expected_years(first_month) == 0.0


@pytest.mark.parametrize(
    ("uplift", "first_month", "exam", "month"),
    [
        pytest.param(5_000, 8.0, 0.0, 8.0, id="without a cost it is the month pay arrives"),
        # Half of 4,800 a year is 200 a month: 400 takes two months, and a little more by the discount.
        pytest.param(4_800, 8.0, 400.0, 10.0, id="with a cost"),
        pytest.param(0.0, 8.0, 0.0, None, id="no uplift"),
        pytest.param(-100.0, 8.0, 0.0, None, id="negative uplift"),
        pytest.param(5_000, 36.0, 0.0, None, id="pay arrives after the horizon"),
        pytest.param(100.0, 8.0, 395.0, None, id="not earned back by the horizon"),
        pytest.param(0.01, 8.0, 1_000_000.0, None, id="not earned back ever"),
    ],
)
def test_break_even_month(uplift: float, first_month: float, exam: float, month: float | None) -> None:
    found = make_clock().break_even_month(uplift, first_month, exam)

    assert found == (None if month is None else pytest.approx(month, abs=0.06))


def test_at_the_break_even_month_the_gain_equals_the_exam() -> None:
    month = make_clock().break_even_month(5_000, 8.0, 395.0)

    assert month is not None
    assert 0.5 * 5_000 * oracle.annuity(8.0, month) == pytest.approx(395)


def test_without_an_exam_the_first_pay_is_the_break_even_to_the_last_bit_however_little_it_is() -> None:
    months = [8.1, 8.3, 9.7, 11.9, 20.3]

    assert [make_clock().break_even_month(0.5, month, 0.0) for month in months] == months


def test_an_exam_of_one_is_earned_back_after_the_first_pay() -> None:
    month = make_clock().break_even_month(1_200, 8.0, 1.0)

    assert month == pytest.approx(8 + 12 / 600, rel=1e-3), "half of 1,200 a year"
