"""Time and money: study months, discounting, expected years of pay."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

from calculator.engine.constants import Constants
from calculator.engine.profile import Profile

MONTHS_PER_YEAR = 12


def discount(rate: float, month: float) -> float:
    """Return the present value of one unit of money paid in `month`: `e^(−r·t)`, t in years."""
    return math.exp(-rate * month / MONTHS_PER_YEAR)


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One visitor's time: months from today, the horizon, and the discount rate."""

    weekly_hours: int
    horizon_months: int
    odds: float
    constants: Constants = field(hash=False)

    @classmethod
    def of(cls, profile: Profile, constants: Constants) -> Clock:
        return cls(
            weekly_hours=profile.weekly_hours,
            horizon_months=profile.horizon_years * MONTHS_PER_YEAR,
            odds=profile.odds_percent / 100,
            constants=constants,
        )

    def study_months(self, hours: float) -> float:
        """Return months of study: hours ÷ (hours a week × 52/12)."""
        return hours * MONTHS_PER_YEAR / (self.weekly_hours * self.constants.weeks_per_year)

    def first_pay_month(self, done_month: float) -> float:
        """Return the first month with extra pay: after the study, and a job search or review."""
        return done_month + self.constants.months_until_pay

    def discount(self, month: float) -> float:
        """Return the present value of one unit of money paid in `month`: `e^(−r·t)`, t in years."""
        return discount(self.constants.discount_rate, month)

    @cached_property
    def _discount_at_horizon(self) -> float:
        return self.discount(self.horizon_months)

    def years_of_pay(self, first_pay_month: float) -> float:
        """Return the present value of 1 a year, paid evenly from `first_pay_month` to the horizon; 0 after it."""
        if first_pay_month >= self.horizon_months:
            return 0.0
        return (self.discount(first_pay_month) - self._discount_at_horizon) / self.constants.discount_rate

    def expected_years(self, first_pay_month: float) -> float:
        """Return `years_of_pay` times the odds that an employer pays."""
        return self.odds * self.years_of_pay(first_pay_month)
