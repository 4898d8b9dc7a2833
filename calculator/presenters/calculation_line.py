"""One line of the calculation: a sum with this visitor's numbers in it, and how each number is written.

Every operand is printed to six significant digits; a result has as many as follow from them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from calculator.engine.net_gain import MONTHS_PER_YEAR
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.formatting import MINUS


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationLine:
    """One step: what it is, the sum with numbers in it, and its result."""

    name: str
    sum: str
    result: str


def write_number(value: float, digits: int = 6) -> str:
    """Return significant digits with a true minus and no exponent: 115000, 0.0419914, −0.00317."""
    if value == 0:
        return "0"
    text = f"{value:.6g}" if digits == 6 else f"{value:.{digits}g}"  # a page has hundreds: Python reads the first once
    if "e" in text:
        places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        text = f"{value:.{places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", MINUS)


def write_difference(value: float, largest: float) -> str:
    """Return a result of terms up to `largest`: with the decimals that five digits of that one have."""
    places = max(0, 4 - math.floor(math.log10(largest))) if largest > 0 else 4
    return f"{value:.{places}f}".replace("-", MINUS)


def write_in_sum(value: float) -> str:
    """Return a number inside a sum: negative ones in brackets."""
    return f"({write_number(value)})" if value < 0 else write_number(value)


def write_discounted_years(presenter: VerdictPresenter, first_pay_month: float) -> str:
    """Return the years from the first pay to the horizon; the month is exact where little time is between them."""
    rate = write_number(presenter.published.edition.constants.discount_rate)
    horizon = presenter.profile.horizon_years * MONTHS_PER_YEAR
    month = write_number(first_pay_month, 6 if horizon - first_pay_month > MONTHS_PER_YEAR / 2 else 10)
    return f"(e^({MINUS}{rate} × {month} ÷ 12) {MINUS} e^({MINUS}{rate} × {horizon} ÷ 12)) ÷ {rate}"
