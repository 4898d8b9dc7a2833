"""The address of a verdict: the only parser and writer of its query.

`/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes` holds all of a visitor's answers in readable names.
The canonical form has them in the order of `Name`, sorted and unique where repeated, no defaults, with the edition.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, quote_plus, urlencode

from calculator.engine.profile import (
    DEFAULT_EVIDENCE,
    EXPERIENCE_YEARS,
    HORIZON_YEARS,
    HOUR_VALUE,
    INPUTS,
    ODDS_PERCENT,
    STUDY_HOURS,
    WEEKLY_HOURS,
    PayLevel,
    Profile,
)

HIGHEST_PAY = 10**13
#: No answer of one line is longer; what is longer is not read at all.
LONGEST_ANSWER = 120


class Name(StrEnum):
    """The parameters, in their canonical order."""

    SALARY = "salary"
    LOCATION = "location"
    SKILL = "skill"
    HAVE = "have"
    HOURS = WEEKLY_HOURS.name
    YEARS = HORIZON_YEARS.name
    ODDS = ODDS_PERCENT.name
    EXPERIENCE = EXPERIENCE_YEARS.name
    HOUR = HOUR_VALUE.name
    EVIDENCE = "evidence"
    STUDY = STUDY_HOURS.name
    EDITION = "edition"
    PAY = "pay"


class Side(StrEnum):
    """The parameters of a comparison: each holds the query of one verdict."""

    A = "a"
    B = "b"


#: Own study hours may also come one a skill, as a plain form sends them: `study.kubernetes=90`.
STUDY_PREFIX = f"{Name.STUDY}."


class Unreadable(ValueError):
    """An answer that cannot be understood; the message is for the visitor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMoney:
    """Money as typed: the amount, and the currencies its sign may stand for (empty when it has none)."""

    amount: float
    sign: str
    currencies: frozenset[str]


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
_ENDINGS = re.compile(r"[-/]?(?:per year|a year|/year|yearly|annually|p\.?\s?a\.?|/yr|per annum)\.?$")


def parse_salary(text: str) -> TypedMoney:
    """Pay as people write it: `115000`, `115k`, `115,000`, `115 000`, `115.000`, `$115,000`, `12 lakh`, `90.000 €`.

    A dot or comma before exactly three digits groups; before one or two it is a decimal mark. Raises Unreadable.
    """
    unclear = _unclear(text, "Enter your pay a year in digits, such as 115000 or 115k.")
    plain = _ENDINGS.sub("", _plain_line(text, unclear)).strip()
    if not plain:
        raise Unreadable("Enter your pay a year, before tax.")
    if _is_below_zero(plain):
        raise Unreadable("Your pay must be above zero.")
    pay = _parse_money(plain, unclear)
    if pay.amount <= 0:
        raise Unreadable("Your pay must be above zero.")
    if pay.amount > HIGHEST_PAY:
        raise Unreadable("That is more than anybody earns. Enter your pay a year, in plain digits.")
    return pay


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
    plain = _plain_digits(text[: LONGEST_ANSWER + 1]).strip()
    if not _WHOLE.fullmatch(plain) or len(plain) > 9 or not low <= int(plain) <= high:
        raise Unreadable(f"{what} must be a whole number from {low:,} to {high:,}.")
    return int(plain)


def parse_study(text: str) -> tuple[str, int]:
    """`slug:hours`. Raises Unreadable."""
    slug, colon, hours = text.strip().rpartition(":")
    if not colon or not slug:
        raise Unreadable(f"Write study hours as skill:hours, not “{text}”.")
    return slug.strip(), parse_whole(hours, STUDY_HOURS.low, STUDY_HOURS.high, "Study hours")


def write_query(profile: Profile, edition: int) -> str:
    """The canonical query of a profile's verdict in one edition; the same answers always give the same text."""
    return _encoded(_pairs(profile, edition))


def write_answers(profile: Profile, without: Collection[Name] = ()) -> str:
    """A profile's answers but some, and no edition: for the form, which then asks for what is left out."""
    left_out = {*without, Name.EDITION}
    return _encoded([(name, value) for name, value in _pairs(profile, 0) if name not in left_out])


def write_comparison(a: str, b: str) -> str:
    """The query of a comparison of two verdicts, each given by its own query: canonical when both are."""
    return urlencode([(Side.A, a), (Side.B, b)], safe=":=")


def read_comparison(query: Mapping[str, str]) -> tuple[str, str]:
    """The queries of the two verdicts to compare; a missing one is empty."""
    return read_side(query, Side.A), read_side(query, Side.B)


def read_side(query: Mapping[str, str], side: Side) -> str:
    """The query of one verdict, which may also be given as its whole address."""
    text = query.get(side, "").strip()
    before, _, after = text.partition("?")
    if after and "=" not in before:
        text = after
    return text.removeprefix("?").partition("#")[0]


def is_canonical(query: str, canonical: str) -> bool:
    """Whether a query as it came is the canonical one. Some clients percent-encode what need not be, and would
    otherwise be sent in a circle.
    """
    return query == canonical or parse_qsl(query, keep_blank_values=True) == parse_qsl(canonical)


def write_amount(amount: float) -> str:
    """An amount without a needless fraction: 115000, 50000.5, 0."""
    return f"{amount:.2f}".rstrip("0").rstrip(".")


def _pairs(profile: Profile, edition: int) -> Sequence[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    if not isinstance(profile.pay, PayLevel):
        pairs.append((Name.SALARY, write_amount(profile.pay)))
    pairs.append((Name.LOCATION, profile.location))
    pairs += [(Name.SKILL, slug) for slug in profile.skills or ()]
    pairs += [(Name.HAVE, slug) for slug in profile.held]
    for spec in INPUTS:
        value = getattr(profile, spec.attribute)
        if value != spec.default:
            pairs.append((spec.name, write_amount(value)))
    if profile.evidence != DEFAULT_EVIDENCE:
        pairs.append((Name.EVIDENCE, profile.evidence.value))
    pairs += [(Name.STUDY, f"{slug}:{hours}") for slug, hours in profile.study_hours]
    pairs.append((Name.EDITION, str(edition)))
    if isinstance(profile.pay, PayLevel):
        pairs.append((Name.PAY, profile.pay.value))
    return pairs


def _encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """As `urlencode` writes them: a page has many addresses, and mostly the same values in them."""
    return "&".join([f"{name}={quote_plus(value, safe=':')}" for name, value in pairs])


def _plain_line(text: str, unclear: Unreadable) -> str:
    """What was typed in small letters and plain digits. Raises `unclear` where it is longer than any answer."""
    if len(text.strip()) > LONGEST_ANSWER:
        raise unclear
    return _plain_digits(text).strip().lower()


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
    """What a sign may stand for; a code stands for itself."""
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
