"""Amounts and whole numbers as people type them: the only parser of a typed figure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from calculator.engine.profile import HOUR_VALUE

MAX_PAY = 10**13
#: No answer of one line is longer; what is longer is not read at all.
MAX_ANSWER_CHARACTERS = 120


class Unreadable(ValueError):
    """An answer that cannot be understood; the message is for the visitor."""


class TwoPeriods(Unreadable):
    """Pay with one period in the text and another chosen next to it; `amount` is what each is paid by."""

    def __init__(self, amount: float, typed: Period, chosen: Period) -> None:
        super().__init__(f"You typed pay {typed.label} and chose {chosen.label}. Which is right?")
        self.amount = amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How often pay is paid: its name in a query and on a page, how many there are in a year, how people write it."""

    name: str
    label: str
    times_a_year: int
    endings: re.Pattern[str]


YEAR = Period(
    name="year",
    label="a year",
    times_a_year=1,
    endings=re.compile(r"[-/]?(?:per year|a year|/year|yearly|annually|p\.?\s?a\.?|/yr|per annum)\.?$"),
)
MONTH = Period(
    name="month",
    label="a month",
    times_a_year=12,
    endings=re.compile(r"[-/]?(?:per month|a month|/month|monthly|p\.?\s?m\.?|/mo)\.?$"),
)
#: A salary is counted by the first of these unless something else is said.
PERIODS = (YEAR, MONTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMoney:
    """Money as typed: the amount, and the currencies its sign may stand for (empty when it has none).

    A salary is the amount a year, and has the period that was typed with it.
    """

    amount: float
    sign: str
    currencies: frozenset[str]
    period: Period | None = None


_DOLLARS = frozenset(
    "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU XCD BBD BZD FJD GYD JMD LRD NAD SBD SRD TTD BND".split()  # noqa: SIM905 - 24 short codes
)
_KRONER = frozenset(["SEK", "NOK", "DKK", "ISK", "CZK"])
_SIGNS = {
    "us$": frozenset(["USD"]),
    "a$": frozenset(["AUD"]),
    "au$": frozenset(["AUD"]),
    "c$": frozenset(["CAD"]),
    "ca$": frozenset(["CAD"]),
    "nz$": frozenset(["NZD"]),
    "s$": frozenset(["SGD"]),
    "hk$": frozenset(["HKD"]),
    "nt$": frozenset(["TWD"]),
    "mx$": frozenset(["MXN"]),
    "r$": frozenset(["BRL"]),
    "$": _DOLLARS,
    "€": frozenset(["EUR"]),
    "£": frozenset(["GBP", "EGP", "LBP"]),
    "¥": frozenset(["JPY", "CNY"]),
    "₹": frozenset(["INR"]),
    "rs": frozenset(["INR", "PKR", "LKR"]),
    "rs.": frozenset(["INR", "PKR", "LKR"]),
    "₽": frozenset(["RUB"]),
    "₺": frozenset(["TRY"]),
    "₴": frozenset(["UAH"]),
    "₩": frozenset(["KRW"]),
    "₪": frozenset(["ILS"]),
    "₫": frozenset(["VND"]),
    "₱": frozenset(["PHP"]),
    "฿": frozenset(["THB"]),
    "₦": frozenset(["NGN"]),
    "zł": frozenset(["PLN"]),
    "kč": frozenset(["CZK"]),
    "ft": frozenset(["HUF"]),
    "lei": frozenset(["RON", "MDL"]),
    "kr": _KRONER,
    "kr.": _KRONER,
    "fr.": frozenset(["CHF"]),
    "sfr.": frozenset(["CHF"]),
    "r": frozenset(["ZAR"]),
    "rp": frozenset(["IDR"]),
    "rm": frozenset(["MYR"]),
}
_UNITS = {
    "": 1,
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mio": 1_000_000,
    "million": 1_000_000,
    "l": 100_000,
    "lac": 100_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "lpa": 100_000,
    "cr": 10_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
}
_PAY = re.compile(
    r"(?P<before>[^\d.,\s]*+\.?)\s*+(?P<number>(?>\d(?:[\d.,'’\s]*\d)?))[.,]?\s*+(?P<unit>[^\d\s.,]*+)\s*+(?P<after>\D*+)"
)
_WHOLE = re.compile(r"\d+")
# Groups of three, or the Indian way: three, then twos.
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,' ])\d{3})(?:(?P=mark)\d{3})*|\d{1,2}(?:,\d{2})*,\d{3}")


def parse_salary(text: str, period: Period | None = None) -> TypedMoney:
    """Pay as people write it: `115000`, `115k`, `115,000`, `115 000`, `115.000`, `$115,000`, `12 lakh`, `90.000 €`.

    A dot or comma before exactly three digits groups; before one or two it is a decimal mark. `period` is what was
    chosen next to it. A year is chosen by default, so a period that is typed beats it. Raises Unreadable, or TwoPeriods
    where another one was chosen than the text names.
    """
    unclear = _unclear(text, "Enter your pay in digits, such as 115000 or 115k.")
    typed_period, plain = _without_period(_plain_line(text, unclear))
    if not plain:
        raise Unreadable("Enter your pay before tax.")
    if _is_below_zero(plain):
        raise Unreadable("Your pay must be above zero.")
    pay = _parse_money(plain, unclear)
    if typed_period and period not in (None, YEAR, typed_period):
        raise TwoPeriods(pay.amount, typed_period, period)
    amount = round(pay.amount * (typed_period or period or YEAR).times_a_year, 2)
    if amount <= 0:
        raise Unreadable("Your pay must be above zero.")
    if amount > MAX_PAY:
        raise Unreadable("That is more than anybody earns. Enter your pay in plain digits.")
    return replace(pay, amount=amount, period=typed_period)


def parse_hour_value(text: str) -> TypedMoney:
    """What an hour of free time is worth, written like pay: `15`, `12.50`, `$20`, `0`. Raises Unreadable."""
    unclear = _unclear(text, "Enter what an hour of your own is worth in digits, such as 15 or 12.50.")
    plain = _plain_line(text, unclear)
    outside = Unreadable(f"An hour of your own must be worth from {HOUR_VALUE.low:,} to {HOUR_VALUE.high:,}.")
    if _is_below_zero(plain):
        raise outside
    worth = _parse_money(plain, unclear)
    if not HOUR_VALUE.accepts(worth.amount):
        raise outside
    return worth


def parse_whole(text: str, low: int, high: int, what: str) -> int:
    """A whole number from `low` to `high`. Raises Unreadable, naming `what`."""
    plain = _plain_digits(text[: MAX_ANSWER_CHARACTERS + 1]).strip()
    if not _WHOLE.fullmatch(plain) or len(plain) > 9 or not low <= int(plain) <= high:
        raise Unreadable(f"{what} must be a whole number from {low:,} to {high:,}.")
    return int(plain)


def _plain_line(text: str, unclear: Unreadable) -> str:
    """What was typed in small letters and plain digits. Raises `unclear` where it is longer than any answer."""
    if len(text.strip()) > MAX_ANSWER_CHARACTERS:
        raise unclear
    return _plain_digits(text).strip().lower()


def _without_period(plain: str) -> tuple[Period | None, str]:
    """The period that the text ends in, and the text before it. LPA is lakhs a year: a unit and a period in one."""
    for period in PERIODS:
        if ending := period.endings.search(plain):
            return period, plain[: ending.start()].strip()
    return (YEAR if plain.endswith("lpa") else None), plain


def _is_below_zero(plain: str) -> bool:
    return plain[:1] in "-−–" and any(character.isdigit() for character in plain)


def _parse_money(plain: str, unclear: Unreadable) -> TypedMoney:
    """An amount with its unit and sign, to two decimal places. Raises `unclear`."""
    match = _PAY.fullmatch(plain.removeprefix("+").strip())
    if match is None:
        raise unclear
    before, unit, after = match["before"], match["unit"], match["after"].strip()
    if unit not in _UNITS:
        unit, after = "", match.string[match.start("unit") :].strip()
    sign = before or after
    if (before and after and _currencies(before) != _currencies(after)) or (sign and not _currencies(sign)):
        raise unclear
    amount = round(_number(match["number"], unclear, has_unit=bool(unit)) * _UNITS[unit], 2)
    return TypedMoney(amount=amount, sign=sign, currencies=_currencies(sign))


def _number(text: str, unclear: Unreadable, *, has_unit: bool) -> float:
    """Digits with marks: spaces and apostrophes group, a dot or comma groups before exactly three digits."""
    digits = " ".join(text.replace("’", "'").split())
    if digits.isdigit():
        return float(digits)
    if _GROUPED.fullmatch(digits) and not re.match(r"0+[.,' ]", digits):
        return float(re.sub(r"\D", "", digits))
    whole, mark, fraction = (
        digits[: (cut := max(digits.rfind("."), digits.rfind(",")))],
        digits[cut : cut + 1],
        digits[cut + 1 :],
    )
    is_fraction = bool(mark) and fraction.isdigit() and (len(fraction) <= 2 or has_unit or re.fullmatch(r"0+", whole))
    if is_fraction and mark not in whole and (whole.isdigit() or _GROUPED.fullmatch(whole)):
        return float(f"{re.sub(r'\D', '', whole)}.{fraction}")
    raise unclear


def _currencies(sign: str) -> frozenset[str]:
    """The currencies that a sign may mean; a code means itself."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    return frozenset([sign.upper()]) if re.fullmatch(r"[a-z]{3}", sign) else frozenset()


def _unclear(text: str, advice: str) -> Unreadable:
    shown = text.strip()
    shown = f"{shown[:40]}…" if len(shown) > 40 else shown
    return Unreadable(f"“{shown}” is not an amount. {advice}")


def _plain_digits(text: str) -> str:
    """Every script's digits as 0–9, every kind of space as a space; wide and styled letters as plain ones."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else " " if character.isspace() else character
        for character in plain
    )
