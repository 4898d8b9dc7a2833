"""The second side of a comparison in the money of the first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculator.presenters.compare_sides import ComparedSide
from earnverdict import formatting
from earnverdict.formatting import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Writes amounts of the second side in the first one's money. `text` is the rate in words, with its day."""

    into: Money
    rate: float
    text: str

    def amount(self, amount: float) -> str:
        return f"about {self.into.rounded(amount * self.rate)}"


def find_exchange(one: ComparedSide, other: ComparedSide) -> Exchange | None:
    """By the rates of the first one's edition; None without a rate, or when both are paid in the same money."""
    rates = one.presenter.published.edition.rates
    into, given = rates.get(one.money.currency), rates.get(other.money.currency)
    if one.money == other.money or into is None or given is None:
        return None
    rate = into.units_per_usd / given.units_per_usd
    days = sorted({each.quoted_on for each in (into, given) if each.currency != "USD"})
    quoted = formatting.listing([formatting.day(date.fromisoformat(day)) for day in days])
    unit, worth, units = (other.money, one.money, rate) if rate >= 1 else (one.money, other.money, 1 / rate)
    text = f"{unit.whole(1)} was {worth.write(_three_digits(units))} on {quoted}"
    return Exchange(into=one.money, rate=rate, text=text)


def _three_digits(rate: float) -> float:
    """Round a rate of at least one to three significant digits: 1.14, 87.4, 126,000."""
    return float(f"{rate:.3g}")
