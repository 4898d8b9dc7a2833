"""The grammar of a typed sum of money: numbers, words and marks, and what they say together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from calculator.money_input.numbers import NUMBER, read_number, split_numbers
from calculator.money_input.words import (
    MAX_PHRASE_WORDS,
    MIL,
    MIL_CURRENCIES,
    VOCABULARY,
    Meaning,
    Note,
    Period,
    Sign,
    Unit,
)

_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
#: What says in place of cents that there are none: 120'000.- or 18,00,000/-
_NO_CENTS = re.compile(r"(?<=\d) ?[.,/:] ?[-=]++(?! ?\d)")
#: A decimal mark with nothing before it: .5 is a number, and no abbreviation as in Rs.5
_BARE_FRACTION = re.compile(r"(?<!\w)(?<!\d )[.,]\d")
#: An apostrophe after a number means thousands in some countries; nothing, where it closes a quotation.
_OPEN_APOSTROPHE = re.compile(r"\d'(?!\d)")
#: Characters that are words by themselves.
_MARKS = r"!-/:-@\[-`{-~¢-¥֏؋৲৳৻૱௹฿៛\u20a0-\u20cf±×÷≈≃≅≤≥·•¦§©®°〜„“”«»「」、。"
#: A dot belongs to no word but one, which means another number without it.
_TOKEN = re.compile(rf"(?P<number>{NUMBER})|\bmil\.|[^\s\d{_MARKS}]+|\S")
_SILENT_MARKS = frozenset(".:'\"!?)]„“”«»「」。")
#: Pay of so many millions or more is unlikely in dollars and euros, so “45 mil” is 45 thousand.
_LIKELY_THOUSANDS = 10
#: Letters that are written before a currency or a period: kEUR, T€, mkr, 60kpa.
_LETTERED_UNITS = {"k": Unit(worth=1_000), "t": Unit(worth=1_000), "m": Unit(worth=1_000_000)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number, its unit, and what comes after it in smaller units: 1 crore 20 lakh."""

    number: str
    unit: Unit | None = None
    rest: float = 0.0

    @property
    def values(self) -> tuple[float, ...]:
        """All that it may mean, to two decimal places; nothing if it is no number."""
        if self.unit is None:
            return tuple([round(value, 2) for value in read_number(self.number)])
        numbers = read_number(self.number, has_unit=True, has_grouping_comma=self.unit.has_grouping_comma)
        worths = [worth for worth in (self.unit.worth, self.unit.other_worth) if worth]
        return tuple([round(number * worth + self.rest, 2) for worth in worths for number in numbers])


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyText:
    """What a text says of money. The currencies are those that all its signs may mean; none where it has no sign."""

    amounts: tuple[Amount, ...]
    period: Period | None
    sign: str
    currencies: frozenset[str]
    notes: frozenset[Note]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    meaning: Meaning


type _Part = Amount | _Word


def read_money(plain: str) -> MoneyText | None:
    """What a plainly written text says of money; None where a part of it is not understood or contradicts another."""
    parts = _read_parts(_NO_CENTS.sub(" ", _HYPHEN.sub(" ", plain)))
    if parts is None or not _periods_follow(parts):
        return None
    signs = _find_signs(parts)
    parts = _join_smaller_units(_join_units(parts))
    amounts = [part for part in parts if isinstance(part, Amount)]
    words = [part for part in parts if isinstance(part, _Word)]
    periods = {word.meaning for word in words if isinstance(word.meaning, Period)}
    currencies = frozenset.intersection(*[currencies for _, currencies in signs]) if signs else frozenset()
    is_clear = (
        all(amount.values for amount in amounts)
        and not any(isinstance(word.meaning, Unit) for word in words)
        and len(periods) < 2
        and bool(currencies) == bool(signs)
        and all(_goes_with(amount.unit, currencies) for amount in amounts)
    )
    if not amounts or not is_clear:
        return None
    return MoneyText(
        amounts=tuple([_ask_about_mil(amount, currencies) for amount in amounts]),
        period=next(iter(periods), None),
        sign=signs[0][0] if signs else "",
        currencies=currencies,
        notes=frozenset([word.meaning for word in words if isinstance(word.meaning, Note)]),
    )


def _find_signs(parts: Sequence[_Part]) -> list[tuple[str, frozenset[str]]]:
    """What names a currency, and the currencies it may mean: signs; without one, units of certain countries."""
    words = [part for part in parts if isinstance(part, _Word)]
    signs = [(word.text.replace(" ", ""), word.meaning.currencies) for word in words if isinstance(word.meaning, Sign)]
    units = [(word.text, word.meaning.at_home) for word in words if isinstance(word.meaning, Unit)]
    return signs or [(text, currencies) for text, currencies in units if currencies]


def _ask_about_mil(amount: Amount, currencies: frozenset[str]) -> Amount:
    """Let “mil” mean a million, too, as in English, where neither the money nor a high number says which."""
    is_thousand = currencies and currencies & MIL.currencies <= MIL_CURRENCIES
    if amount.unit != MIL or is_thousand or min(amount.values) >= _LIKELY_THOUSANDS * MIL.worth:
        return amount
    return replace(amount, unit=replace(MIL, other_worth=1_000_000))


def _read_parts(plain: str) -> list[_Part] | None:
    """The numbers and the longest known phrases of a text, in order; None where something is not known."""
    if _BARE_FRACTION.search(plain) or (_OPEN_APOSTROPHE.search(plain) and not plain.startswith("'")):
        return None
    tokens = [match for match in _TOKEN.finditer(plain) if match[0] not in _SILENT_MARKS]
    parts: list[_Part] = []
    position = 0
    while position < len(tokens):
        if tokens[position]["number"]:
            parts += _read_numbers(tokens[position][0])
            position += 1
            continue
        words, count = _find_phrase([token[0] for token in tokens[position : position + MAX_PHRASE_WORDS]])
        if not words:
            return None
        parts += words
        position += count
    return parts


def _read_numbers(text: str) -> list[_Part]:
    """One number, or two with a blank between them."""
    if (two := split_numbers(text)) is None:
        return [Amount(number=text)]
    return [Amount(number=two[0]), _Word(" ", Note.RANGE), Amount(number=two[1])]


def _find_phrase(words: Sequence[str]) -> tuple[list[_Part], int]:
    """The longest phrase that the words begin with, and how many of them it is; nothing where it is unknown."""
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        if phrase in VOCABULARY:
            return [_Word(phrase, meaning) for meaning in VOCABULARY[phrase]], count
    return _split_word(words[0]), 1


def _split_word(word: str) -> list[_Part]:
    """A unit's letter with the currency or period after it, or words of a script that has no blanks between them."""
    unit, rest = _LETTERED_UNITS.get(word[0]), VOCABULARY.get(word[1:], ())
    if unit and rest and len(word) > 2 and all(isinstance(meaning, Sign | Period) for meaning in rest):
        return [_Word(word[0], unit), *(_Word(word[1:], meaning) for meaning in rest)]
    return [] if word.isascii() else _split_script(word)


def _split_script(word: str) -> list[_Part]:
    """Words without blanks between them, the longest first: 万円, บาทต่อเดือน."""
    parts: list[_Part] = []
    while word:
        size = next((size for size in range(min(len(word), _MAX_WORD), 0, -1) if word[:size] in VOCABULARY), 0)
        if not size:
            return []
        parts += [_Word(word[:size], meaning) for meaning in VOCABULARY[word[:size]]]
        word = word[size:]
    return parts


_MAX_WORD = max(map(len, VOCABULARY))


def _join_units(parts: Sequence[_Part]) -> list[_Part]:
    """Each number with the unit after it; or with one that comes before it with its currency, as in k€ 65."""
    joined: list[_Part] = []
    for part in parts:
        match [*joined[-2:], part]:
            case [*_, Amount(unit=None) as amount, _Word(meaning=Unit() as unit)]:
                joined[-1] = replace(amount, unit=unit)
            case [_Word(meaning=Unit() as unit), _Word(meaning=Sign()) as sign, Amount() as amount]:
                joined[-2:] = [sign, replace(amount, unit=unit)]
            case _:
                joined.append(part)
    return joined


def _join_smaller_units(parts: Sequence[_Part]) -> list[_Part]:
    """1 crore 20 lakh is one amount: each unit is smaller than the one before, and so is what it counts."""
    joined: list[_Part] = []
    for part in reversed(parts):
        match [part, *joined[-1:]]:
            case [Amount(unit=Unit() as unit) as amount, Amount(unit=Unit(), values=(smaller,))] if (
                amount.number.isdigit() and smaller < unit.worth
            ):
                joined[-1] = replace(amount, rest=smaller)
            case _:
                joined.append(part)
    return joined[::-1]


def _periods_follow(parts: Sequence[_Part]) -> bool:
    """Whether each “per” comes before a period."""
    for part, following in pairwise([*parts, None]):
        match part, following:
            case _Word(meaning=Note.PER), _Word(meaning=Period()):
                pass
            case _Word(meaning=Note.PER), _:
                return False
    return True


def _goes_with(unit: Unit | None, currencies: frozenset[str]) -> bool:
    return unit is None or not unit.currencies or not currencies or bool(unit.currencies & currencies)
