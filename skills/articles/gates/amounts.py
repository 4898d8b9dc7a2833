"""Amounts that are typed in prose: money, percent, and numbers that may be either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_SYMBOLS = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
    "R$": "BRL", "MX$": "MXN", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₪": "ILS",
    "₺": "TRY", "₱": "PHP", "₽": "RUB", "₴": "UAH", "฿": "THB", "Rs.": "INR", "Rs": "INR",
}  # fmt: skip
# As they are written, in capitals; without TRY and PHP, which are words of developers.
_CODES = (
    "(?-i:USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|INR|JPY|CNY|PLN|CZK|SEK|NOK|DKK|HUF|RON|BGN|UAH|RUB|ILS|ZAR|BRL|MXN|KRW"
    "|MYR|THB)"
)
_NAMES = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "rupee": "INR", "franc": "CHF", "yen": "JPY", "zł": "PLN"}
_UNITS = {
    "k": 1e3, "thousand": 1e3, "grand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9,
    "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "lpa": 1e5, "l": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip

_SPACE = "[ \u00a0\u202f]"
_SIGN = "[+−–-]"
_GROUPED = r"[0-9]{1,3}(?:[,'’\u00a0\u202f][0-9]{2,3}){0,6}[,'’\u00a0\u202f][0-9]{3}(?![0-9])(?:\.[0-9]+)?"
_NUMBER = rf"{_GROUPED}|[0-9]+(?:[.,][0-9]+)?"
_BEFORE = rf"(?:{'|'.join(re.escape(symbol) for symbol in _SYMBOLS)}|(?:{_CODES})){_SPACE}?"
_UNIT = rf"{_SPACE}?(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![^\W_])"
_PERCENT = rf"{_SPACE}?(?:%|per{_SPACE}?cent(?![^\W_]))"
_AFTER = rf"{_SPACE}?(?:€|£|(?:{_CODES}|(?:dollar|euro|pound|rupee|franc)s?|yen|zł)(?![^\W_]))"


def _end(n: int) -> str:
    return (
        rf"(?P<sign{n}>{_SIGN}\u2060?)?(?P<before{n}>{_BEFORE})?(?P<number{n}>{_NUMBER})"
        rf"(?P<unit{n}>{_UNIT})?(?P<percent{n}>{_PERCENT})?(?P<after{n}>{_AFTER})?"
    )


_AMOUNT = re.compile(rf"(?<![\w.,]){_end(1)}(?:(?:{_SPACE}?[-‑–—]{_SPACE}?|\s+to\s+){_end(2)})?", re.IGNORECASE)


class AmountKind(StrEnum):
    """What an amount is of; a bare one may be pay or a count of anything, a thousands one (50K) more likely pay."""

    PERCENT = "percent"
    MONEY = "money"
    THOUSANDS = "thousands"
    BARE = "bare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One end of an amount, in percent or in whole money; `margin` is half of its last digit."""

    value: float
    margin: float
    is_signed: bool

    def equals(self, figure: float) -> bool:
        """Whether the figure may be written like this; without a sign it may stand for a loss too."""
        distance = abs(self.value - figure)
        if not self.is_signed:
            distance = min(distance, abs(self.value + figure))
        return distance <= self.margin * (1 + 1e-9) + 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number or a range as it is typed, from `start` to `end` of the words it was found in."""

    kind: AmountKind
    currency: str
    numbers: tuple[Number, ...]
    start: int
    end: int


def amounts(words: str) -> Iterator[Amount]:
    """All of them, in order. What one end of a range says of its unit holds for the other one too."""
    for found in _AMOUNT.finditer(words):
        ends = (1, 2) if found["number2"] else (1,)
        kind, currency = _kind(found), _currency(found)
        units = [_unit(found[f"unit{end}"]) for end in ends]
        numbers = [_number(found, end, kind, unit) for end, unit in zip(ends, units, strict=True)]
        if len(ends) == 2 and units[0] == 1 < units[1] and numbers[0].value < 1000:
            numbers[0] = _number(found, 1, kind, units[1])
        yield Amount(kind=kind, currency=currency, numbers=tuple(numbers), start=found.start(), end=found.end())


def _kind(found: re.Match[str]) -> AmountKind:
    if found["percent1"] or found["percent2"]:
        return AmountKind.PERCENT
    if _currency(found) or "lpa" in _unit_names(found):
        return AmountKind.MONEY
    return AmountKind.THOUSANDS if {"k", "grand"} & _unit_names(found) else AmountKind.BARE


def _unit_names(found: re.Match[str]) -> set[str]:
    return {found[name].strip().casefold() for name in ("unit1", "unit2") if found[name]}


def _currency(found: re.Match[str]) -> str:
    named = (found["before1"] or found["before2"] or found["after1"] or found["after2"] or "").strip()
    if not named:
        return ""
    return _SYMBOLS.get(named) or _NAMES.get(named.casefold().removesuffix("s")) or named.upper()


def _unit(written: str | None) -> float:
    return _UNITS[written.strip().casefold()] if written else 1


def _number(found: re.Match[str], end: int, kind: AmountKind, unit: float) -> Number:
    written, sign = _plain(found[f"number{end}"], kind), found[f"sign{end}"]
    value = float(written) * unit
    return Number(
        value=-value if sign and sign[0] in "−–-" else value,
        margin=unit * 10 ** -len(written.partition(".")[2]) / 2,
        is_signed=bool(sign),
    )


def _plain(written: str, kind: AmountKind) -> str:
    """30,000.5, 12,34,567 and 30.000 (if it is no share) without their groups; 4,1 with a point."""
    if re.fullmatch(_GROUPED, written):
        return re.sub(r"[^0-9.]", "", written)
    if kind is not AmountKind.PERCENT and re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", written):
        return written.replace(".", "")
    return written.replace(",", ".")
