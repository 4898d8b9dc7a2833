"""What a page says about pay as it was typed: how it was read, what else may be meant, what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.numbers import get_territory_currencies

from calculator.engine.edition import Edition, Place
from calculator.engine.market import find_market
from calculator.engine.profile import PayLevel
from calculator.money_input import PERIODS, YEAR, NotAnAmount, Period, TypedMoney, Unreadable
from calculator.pay_check import is_far_out
from earnverdict.formatting import (
    currency_name,
    currency_symbol,
    describe_currency,
    group,
    money,
    two_digits,
)

#: Of currencies with the same sign, the one that more people are paid in comes first.
_PROMINENT = ("USD", "EUR", "GBP", "JPY", "CNY", "INR", "SEK", "NOK", "DKK", "CAD", "AUD")
_MAX_CONVERSIONS = 2
#: Currencies that the euro has replaced not long ago, at rates that are fixed for ever: units for one euro.
_UNITS_PER_EURO = {"BGN": 1.95583, "HRK": 7.5345}
#: About how many units make a US dollar, of money without a rate on file. They say what a visitor may mean and convert
#: nothing: twice as many or half would do.
_ABOUT_PER_USD = {
    "BDT": 120,
    "BYN": 3,
    "DOP": 60,
    "GEL": 2.7,
    "IRR": 1_000_000,
    "KES": 130,
    "KZT": 500,
    "MAD": 9,
    "NGN": 1500,
    "NPR": 140,
    "RSD": 100,
    "RUB": 80,
}
#: Converted pay is likely up to so many times outside the market.
_LIKELY = 2
#: No pay a year is lower in any currency.
LOWEST_PAY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOffer:
    """Pay that may be meant: the amount a year in the place's currency, and its text."""

    annual: float
    text: str


def offer_pay(readings: Iterable[TypedMoney], place: Place | None, edition: Edition) -> tuple[PayOffer, ...]:
    """What may be meant by typed pay. Pay in another currency is offered converted, and as the place's own money; where
    no rate converts it, only if that may be.
    """
    offers: dict[str, PayOffer] = {}
    for reading in readings:
        if place is not None:
            for offer in _convert(reading, place, edition):
                offers.setdefault(offer.text, offer)
        if place is not None and is_without_rate(reading, place, edition) and _is_far_out(reading, place, edition):
            continue
        own = PayOffer(annual=reading.amount, text=_write_pay(reading.paid, reading.period, place))
        offers.setdefault(own.text, own)
    return tuple(offers.values())


def offer_middle(place: Place, edition: Edition) -> str:
    """The offer to answer for the middle of a market, for pay that no rate converts; "" where no pay is known."""
    market = find_market(place.slug, PayLevel.P50, edition)
    if market is None:
        return ""
    middle = money(market.currency).rounded(market.annual_salary)
    return f"I do not know it in {currency_name(market.currency)}: use the middle, {middle} a year"


def is_without_rate(typed: TypedMoney, place: Place, edition: Edition) -> bool:
    """Whether money was typed with the sign of another currency that no rate converts into the place's."""
    has_rate = any(exchange_rate(edition, currency, place.currency) for currency in typed.currencies)
    return is_foreign(typed, place) and not has_rate


def is_foreign(typed: TypedMoney, place: Place) -> bool:
    """Whether money was typed with the sign of another currency than the place's."""
    return bool(typed.sign) and place.currency not in typed.currencies


def find_other_currency(place: Place) -> str:
    """The currency of the place's country, where the catalogue counts pay there in another one; else "".

    Babel may still name one that the euro has replaced.
    """
    listed = get_territory_currencies(place.country)
    currencies = ["EUR" if currency in _UNITS_PER_EURO else currency for currency in listed]
    return "" if not currencies or place.currency in currencies else currencies[0]


def exchange_rate(edition: Edition, currency: str, into: str) -> float:
    """Units of one currency for one of another; 0 where it is the same or a rate is missing."""
    units = {code: rate.units_per_usd for code, rate in edition.rates.items()}
    if "EUR" in units:
        units |= {code: units["EUR"] * per_euro for code, per_euro in _UNITS_PER_EURO.items()}
    if currency == into or currency not in units or into not in units:
        return 0.0
    return units[into] / units[currency]


def guess_exchange_rate(edition: Edition, currency: str, into: str) -> float:
    """The rate that is on file, else its order of magnitude, to tell which money is meant; 0 where neither is known."""
    about = _ABOUT_PER_USD.get(currency)
    guess = (exchange_rate(edition, "USD", into) or float(into == "USD")) / about if about else 0.0
    return exchange_rate(edition, currency, into) or guess


def describe_reading(text: str, pay: TypedMoney, place: Place | None) -> str:
    """How pay was read, in one line; empty where it says the same as what was typed, or less than any pay."""
    if pay.amount < LOWEST_PAY:
        return ""
    annual = _write_pay(pay.amount, None, place)
    if pay.period not in (None, YEAR):
        count = "" if pay.period.name == "month" else f", with {pay.period.times_a_year:,} {pay.period.name}s"
        return f"We read {_write_pay(pay.paid, pay.period, place)} as {annual}{count}."
    digits = "".join([character for character in text if character.isdecimal()])
    return "" if digits == f"{pay.amount:.0f}" else f"We read “{text}” as {annual}."


def describe_mistake(error: Unreadable, place: Place | None, edition: Edition) -> str:
    """What is wrong with typed pay, and what would be right in the money of the place."""
    if place is None or not isinstance(error, NotAnAmount):
        return str(error)
    return f"{error.reason} {_advise(place, edition)}"


def describe_other_currency(typed: TypedMoney, place: Place, label: str, edition: Edition) -> str:
    """That pay is counted in the place's currency, and not in the typed one."""
    sign = typed.sign.upper() if typed.sign.isascii() and len(typed.sign) == 3 else typed.sign
    mistake = f"Pay in {label} is counted in {describe_currency(place.currency)}, but you typed {sign}."
    if not is_without_rate(typed, place, edition):
        return mistake
    return f"{mistake} We have no exchange rate for it. {_advise(place, edition)}"


def write_by_period(annual: float, place: Place) -> str:
    """Pay a year by each shorter period: $9,500 a month, about $518 a day."""
    text = ", ".join([_write_about(annual / period.times_a_year, period, place) for period in PERIODS[1:]])
    return f"{text[:1].upper()}{text[1:]}."


def _write_about(amount: float, period: Period, place: Place) -> str:
    about = "" if amount.is_integer() else "about "
    return f"{about}{_write_pay(round(amount), period, place)}"


def _write_pay(amount: float, period: Period | None, place: Place | None) -> str:
    text = f"{currency_symbol(place.currency)}{_write_digits(amount, place)}" if place else group(amount)
    return f"{text} {(period or YEAR).label}"


def _write_digits(amount: float, place: Place) -> str:
    if not float(amount).is_integer():
        return group(amount)
    return money(place.currency).whole(amount).removeprefix(currency_symbol(place.currency))


def _convert(reading: TypedMoney, place: Place, edition: Edition) -> Iterator[PayOffer]:
    """Pay in another currency at the edition's rates: in the likeliest currencies that its sign may mean."""
    if not is_foreign(reading, place):
        return
    found = [
        (reading.amount * rate, currency)
        for currency in sorted(reading.currencies, key=_by_prominence)
        if (rate := exchange_rate(edition, currency, place.currency))
    ]
    market = find_market(place.slug, PayLevel.P50, edition)
    likely = [
        (annual, currency)
        for annual, currency in found
        if market and market.levels[PayLevel.P10] / _LIKELY <= annual <= market.levels[PayLevel.P90] * _LIKELY
    ]
    for annual, currency in (likely or found[:1])[:_MAX_CONVERSIONS]:
        about = money(place.currency).rounded(annual)
        name = currency_name(currency)
        yield PayOffer(annual=float(round(annual)), text=f"{name[:1].upper()}{name[1:]}: about {about} a year")


def _is_far_out(reading: TypedMoney, place: Place, edition: Edition) -> bool:
    """Whether pay is far outside the place's market, so that its sign is not what is wrong."""
    market = find_market(place.slug, reading.amount, edition)
    return market is not None and is_far_out(market)


def _by_prominence(currency: str) -> tuple[int, str]:
    return (_PROMINENT.index(currency) if currency in _PROMINENT else len(_PROMINENT), currency)


def _advise(place: Place, edition: Edition) -> str:
    """How to write pay in the money of the place: in US dollars, such as 140,000 or 140k."""
    market = find_market(place.slug, PayLevel.P50, edition)
    if market is None:
        return f"Enter it in {currency_name(place.currency)}."
    usual = two_digits(market.annual_salary)
    short = money(place.currency).compact(usual).removeprefix(currency_symbol(place.currency))
    return f"Enter it in {currency_name(place.currency)}, such as {_write_digits(usual, place)} or {short}."
