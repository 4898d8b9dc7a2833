"""Whether pay is likely in its market: what is not is asked about before it is answered."""

from __future__ import annotations

from calculator.engine.market import Market
from calculator.engine.profile import PayLevel
from calculator.money_input import MONTH

#: Pay this many times below P10 or above P90 is likelier a slip than a salary.
_FAR_OUT = 5
#: Where the market is counted in another money than people there think in, fewer times above P90 are enough.
_FAR_ABOVE = 2


def is_within(market: Market, pay: float, times: float) -> bool:
    """Whether pay is from P10 to P90, or up to so many times outside."""
    return market.levels[PayLevel.P10] / times <= pay <= market.levels[PayLevel.P90] * times


def is_far_out(market: Market) -> bool:
    """Whether the visitor's pay is so far outside the market that something else must be meant."""
    return not is_within(market, market.annual_salary, _FAR_OUT)


def is_likelier_a_month(market: Market) -> bool:
    """Whether the visitor's pay is likelier in this market as a month's than as a year's."""
    pay = market.annual_salary
    return market.likelihood(pay * MONTH.times_a_year) > market.likelihood(pay)


def is_likelier_as(market: Market, other: float) -> bool:
    """Whether the visitor's pay is above P90, and another pay a year is likelier in this market."""
    pay = market.annual_salary
    return pay > market.levels[PayLevel.P90] and market.likelihood(other) > market.likelihood(pay)


def is_far_above(market: Market) -> bool:
    """Whether the visitor's pay is so far above the market that another money may be meant."""
    return market.annual_salary > market.levels[PayLevel.P90] * _FAR_ABOVE
