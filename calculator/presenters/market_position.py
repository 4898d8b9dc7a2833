"""A question back about pay that is far outside its market."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.market import Market
from calculator.engine.profile import PayLevel
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class PayQuestion:
    """A question back about pay; `yearly` offers to count it as a month's, at `address`, where that is likely."""

    text: str
    yearly: str
    address: str


#: Pay this many times below P10 or above P90 is likelier a slip than a salary.
_FAR_OUT = 5
_MONTHS = 12


def far_out(presenter: VerdictPresenter) -> PayQuestion | None:
    """A question back, where pay is so far outside its market that a month's pay or another currency may be meant."""
    market, money = presenter.verdict.market, presenter.money
    if market is None or _is_likely(market, market.annual_salary):
        return None
    lowest, highest = market.levels[PayLevel.P10], market.levels[PayLevel.P90]
    pay, counted = money.whole(market.annual_salary), formatting.describe_currency(market.currency)
    if market.annual_salary > highest:
        return PayQuestion(
            text=f"{pay} a year is far above what developers there are paid (one in ten gets more than "
            f"{money.rounded(highest)}). Is it in another currency? Pay there is counted in {counted}.",
            yearly="",
            address="",
        )
    annual = market.annual_salary * _MONTHS
    is_likely = _is_likely(market, annual)
    return PayQuestion(
        text=f"{pay} a year is far below what developers there are paid (one in ten gets less than "
        f"{money.rounded(lowest)}). Is it a month’s pay, or in another currency? Pay there is counted in {counted}.",
        yearly=f"Count it as a month’s pay: {money.whole(annual)} a year" if is_likely else "",
        address=presenter.address(pay=annual) if is_likely else "",
    )


def _is_likely(market: Market, annual_salary: float) -> bool:
    return market.levels[PayLevel.P10] / _FAR_OUT <= annual_salary <= market.levels[PayLevel.P90] * _FAR_OUT
