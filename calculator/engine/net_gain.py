"""What learning is worth over the horizon: study time, discounting, net gain, break-even."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from calculator.engine.constants import Constants
from calculator.engine.profile import Profile

MONTHS_PER_YEAR = 12


def discount(rate: float, month: float) -> float:
    """Today's worth of one unit of money paid in `month`: `e^(−r·t)`, t in years."""
    return math.exp(-rate * month / MONTHS_PER_YEAR)


def monthly_discounts(rate: float, last_month: int) -> tuple[float, ...]:
    """`discount` of each month from 0 to the last."""
    return tuple([discount(rate, month) for month in range(last_month + 1)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One visitor's time: months from today, the horizon, and the rate that later money is discounted at."""

    weekly_hours: int
    horizon_months: int
    odds: float
    constants: Constants

    @classmethod
    def of(cls, profile: Profile, constants: Constants) -> Clock:
        return cls(
            weekly_hours=profile.weekly_hours,
            horizon_months=profile.horizon_years * MONTHS_PER_YEAR,
            odds=profile.odds_percent / 100,
            constants=constants,
        )

    def study_months(self, hours: float) -> float:
        """Months of study: hours ÷ (hours a week × 52/12)."""
        return hours * MONTHS_PER_YEAR / (self.weekly_hours * self.constants.weeks_per_year)

    def first_pay_month(self, done_month: float) -> float:
        """The month extra pay can arrive: a job search or a review after study is done."""
        return done_month + self.constants.months_until_pay

    def discount(self, month: float) -> float:
        """Today's worth of one unit of money paid in `month`: `e^(−r·t)`, t in years."""
        return discount(self.constants.discount_rate, month)

    def expected_years(self, first_pay_month: float) -> float:
        """Today's worth of 1 a year, paid evenly from `first_pay_month` to the horizon, times the odds."""
        if first_pay_month >= self.horizon_months:
            return 0.0
        paid = self.discount(first_pay_month) - self.discount(self.horizon_months)
        return self.odds * paid / self.constants.discount_rate

    # The next two are written out, not put together from the methods above, for a verdict asks them for thousands of
    # values; a test holds them to those methods, to the bit.

    def discounts_after(self, study_hours: Iterable[float]) -> list[float]:
        """`discount` when each of these hours of study is done."""
        rate, hours_a_year = self.constants.discount_rate, self.weekly_hours * self.constants.weeks_per_year
        return [math.exp(-rate * (hours * MONTHS_PER_YEAR / hours_a_year) / MONTHS_PER_YEAR) for hours in study_hours]

    def years_of_pay(self, study_hours: Iterable[float]) -> list[float]:
        """`expected_years` after each of these hours of study and the wait for pay."""
        rate, wait = self.constants.discount_rate, self.constants.months_until_pay
        horizon, odds, hours_a_year = self.horizon_months, self.odds, self.weekly_hours * self.constants.weeks_per_year
        end = math.exp(-rate * horizon / MONTHS_PER_YEAR)
        return [
            odds * (math.exp(-rate * month / MONTHS_PER_YEAR) - end) / rate
            if (month := hours * MONTHS_PER_YEAR / hours_a_year + wait) < horizon
            else 0.0
            for hours in study_hours
        ]

    def break_even_month(self, annual_uplift: float, first_pay_month: float, exam_cost: float) -> float | None:
        """When the discounted gain reaches the exam cost (a fraction of months); None if not within the horizon."""
        if annual_uplift <= 0 or first_pay_month >= self.horizon_months:
            return None
        if exam_cost == 0:
            return first_pay_month
        rate = self.constants.discount_rate
        left = self.discount(first_pay_month) - exam_cost * rate / (self.odds * annual_uplift)
        if left < self.discount(self.horizon_months):
            return None
        return -math.log(left) * MONTHS_PER_YEAR / rate
