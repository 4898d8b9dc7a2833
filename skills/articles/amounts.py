"""Finds amounts in prose: money, percentages, and numbers that may be either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# Currency codes, in capitals; without TRY and PHP, which developers use as words.
_CODES = (
    "(?-i:USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|INR|JPY|CNY|PLN|CZK|SEK|NOK|DKK|HUF|RON|BGN|UAH|RUB|ILS|ZAR|BRL|MXN|KRW"
    "|MYR|THB)"
)
_SPACE = "[ \u00a0\u202f]"
_SIGN = "[+−–-]"
_NUMBER = r"[0-9]+(?:[.,'’\u00a0\u202f][0-9]+){0,6}"
_BEFORE = rf"(?:(?-i:[A-Z]{{0,2}})\$|[€£¥₹₩₪₺₱₽₴฿]|Rs\.?|{_CODES}){_SPACE}?"
_THOUSANDS = rf"{_SPACE}?(?:k|grand)(?![^\W_])"
_LAKHS = rf"{_SPACE}?lpa(?![^\W_])"
_UNIT = rf"{_SPACE}?(?:thousand|million|billion|lakhs?|lacs?|crores?|bn|mn|m|l)(?![^\W_])"
_PERCENT = rf"{_SPACE}?(?:%|per{_SPACE}?cent(?![^\W_]))"
_AFTER = rf"{_SPACE}?(?:[€£]|(?:{_CODES}|(?:dollar|euro|pound|rupee|franc)s?|yen|zł)(?![^\W_]))"


def _write_end(n: int) -> str:
    return (
        rf"(?P<sign{n}>{_SIGN}\u2060?)?(?P<before{n}>{_BEFORE})?(?P<number{n}>{_NUMBER})"
        rf"(?:(?P<lakhs{n}>{_LAKHS})|(?P<thousands{n}>{_THOUSANDS})|{_UNIT})?"
        rf"(?P<percent{n}>{_PERCENT})?(?P<after{n}>{_AFTER})?"
    )


_A_TIME = (
    r"(?:\s+(?:a|an|per|each|every)\s+(?:year|month|week|day|hour|annum)|\s*/\s*(?:year|yr|month|mo|hour|hr|h)\b)?"
)
_IS_LAST = r"(?=\s*(?:$|[.,;:!?)|]|(?:a|per)\s))"
# “$50K+$10K” and “$395 and more time” are sums.
_OPEN_AFTER = re.compile(
    rf"{_A_TIME}(?:\s?[+＋⁺](?![\w$€£¥₹])|(?P<words>[\s-]+(?:or|and)[\s-]+(?:up(?!\s+to\b)|upwards?|beyond)\b"
    rf"|[\s-]+or[\s-]+(?:more|higher|above|over|better|greater)\b"
    rf"|[\s-]+and[\s-]+(?:more|higher|above|over)\b{_IS_LAST}|-plus\b|\s+plus\b{_IS_LAST}))",
    re.IGNORECASE,
)
_OPEN_BEFORE = re.compile(
    r"(?:\b(?:upwards?\s+of|north\s+of|in\s+excess\s+of)\s+(?:about\s+|around\s+|some\s+)?|(?:≥|⩾|>=|>)\s?)$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+)?$", re.IGNORECASE)
_UP = re.compile(r"(?:\s+(?:on\s+)?(?:up|upwards?))\b(?!\s+to\b)", re.IGNORECASE)
# “if you earn $200,000 or more” describes a group and promises nothing.
_CONDITION = re.compile(r"\b(?:if|who|whose|those|when|where|unless|once)\b", re.IGNORECASE)
_CLAUSE_ENDS = ".;:!?"
#: Characters before an amount that may show that it is open-ended.
_NEAR = 40

_AMOUNT = re.compile(
    rf"(?<![\w.,]){_write_end(1)}(?:(?:{_SPACE}?[-‑–—]{_SPACE}?|\s+to\s+){_write_end(2)})?", re.IGNORECASE
)
_MONEY_PARTS = ("before1", "before2", "after1", "after2", "lakhs1", "lakhs2")


class AmountKind(StrEnum):
    """What an amount measures. A bare number may be pay or any count; one in thousands (50K) is more likely pay."""

    PERCENT = "percent"
    MONEY = "money"
    THOUSANDS = "thousands"
    BARE = "bare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Percent:
    """One end of a percentage; `margin` is half of its last digit."""

    value: float
    margin: float
    is_signed: bool

    def equals(self, figure: float) -> bool:
        """Return whether the figure may be written like this. Without a sign it may also mean a loss."""
        distance = abs(self.value - figure)
        if not self.is_signed:
            distance = min(distance, abs(self.value + figure))
        return distance <= self.margin * (1 + 1e-9) + 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number or a range as typed, from `start` to `end` of the text; `percents` are the ends of a percentage."""

    kind: AmountKind
    is_signed: bool
    percents: tuple[Percent, ...]
    start: int
    end: int


def find_amounts(words: str) -> Iterator[Amount]:
    """Yield all amounts in order. The unit of one end of a range holds for both."""
    for found in _AMOUNT.finditer(words):
        kind = _find_kind(found)
        ends = (1, 2) if found["number2"] else (1,)
        yield Amount(
            kind=kind,
            is_signed=bool(found["sign1"] or found["sign2"]),
            percents=tuple(_read_percent(found, end) for end in ends) if kind is AmountKind.PERCENT else (),
            start=found.start(),
            end=found.end(),
        )


def written_with_open_end(words: str, amount: Amount) -> str:
    """Return an open-ended amount with its words, such as “$30-50K+” or “50K or more”; empty if it has an upper end."""
    before, start, end = words[max(0, amount.start - _NEAR) : amount.start], amount.start, amount.end
    if found := _OPEN_AFTER.match(words, end):
        is_condition = found["words"] and _CONDITION.search(words, _clause_start(words, start), start)
        return "" if is_condition else words[start : found.end()]
    if found := _OPEN_BEFORE.search(before):
        return words[start - len(found[0]) : end]
    since, up = _FROM.search(before), _UP.match(words, end)
    return words[start - len(since[0]) : up.end()] if since and up else ""


def _clause_start(words: str, position: int) -> int:
    return max(words.rfind(mark, max(0, position - 300), position) for mark in _CLAUSE_ENDS) + 1


def _find_kind(found: re.Match[str]) -> AmountKind:
    if found["percent1"] or found["percent2"]:
        return AmountKind.PERCENT
    if any(found[part] for part in _MONEY_PARTS):
        return AmountKind.MONEY
    return AmountKind.THOUSANDS if found["thousands1"] or found["thousands2"] else AmountKind.BARE


def _read_percent(found: re.Match[str], end: int) -> Percent:
    """Read a percentage. A comma or point before the last digits is decimal: no premium is thousands of percent."""
    whole, _, decimals = re.sub("[^0-9]", ".", found[f"number{end}"]).rpartition(".")
    sign = found[f"sign{end}"]
    written = f"{whole.replace('.', '')}.{decimals}" if whole else decimals
    return Percent(
        value=float(written) * (-1 if sign and sign[0] in "−–-" else 1),
        margin=10 ** -(len(decimals) if whole else 0) / 2,
        is_signed=bool(sign),
    )
