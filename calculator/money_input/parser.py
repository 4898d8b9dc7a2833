"""Reads pay, the worth of an hour and whole numbers, and says why one cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from calculator.engine.profile import HOUR_VALUE, InputSpec
from calculator.engine.ways import SIDE_RATE
from calculator.money_input.grammar import Amount, MoneyText, read_money
from calculator.money_input.plain_text import write_plainly
from calculator.money_input.words import DAY, HOUR, MONTH, YEAR, Note, Period

MAX_PAY = 10**13
#: No answer of one line is longer; what is longer is not read at all.
MAX_ANSWER_CHARACTERS = 120
#: The periods to choose from. A salary is counted by the first of these unless something else is said.
PERIODS = (YEAR, MONTH, DAY, HOUR)
#: How many times a year some employers pay a month's pay.
_PAYMENTS_A_YEAR = range(12, 17)
#: The ends of a range of pay are so many times apart at most.
_MAX_RATIO = 5
#: A number below this shares the unit of the other end of its range: 100-120k.
_MIN_OWN_UNIT = 1_000

_WHOLE = re.compile(r"\d+")
_BELOW_ZERO = re.compile(r"-\D*\d|\D*?(?:-[^\w\s]?|\(\W?)\d")
_EXAMPLE_OF_PAY = "Enter your pay in digits, such as 115000 or 115k."
_EXAMPLE_OF_HOUR = "Enter what {what} in digits, such as 15 or 12.50."
_ABOVE_ZERO = "Your pay must be above zero."
_TWO_AMOUNTS = "You typed two amounts. Choose one, or enter the one that you are paid."
_TWO_MEANINGS = "“{typed}” may mean either of these. Choose one, or enter it in plain digits."
_TWO_PERIODS = "You typed pay {typed} and chose {chosen}. Which is right?"
_PAYMENTS = "You typed an amount and {count} payments a year. Choose what you are paid a year."
_AFTER_TAX = "You typed pay after tax. We count pay before tax: enter that, or choose it below if it is before tax."
_WITH_EXTRA = "We count base pay, without bonus or shares. Choose it, or enter what you are paid."
_TOTAL = (
    "You typed total pay. We count base pay, without bonus or shares: enter that, or choose it below if it is the same."
)


class Unreadable(ValueError):
    """An answer that cannot be understood; the message is for the visitor."""


class NotAnAmount(Unreadable):
    """What is no amount: `reason` says so, and the message gives an example too."""

    def __init__(self, text: str, example: str) -> None:
        self.reason = f"“{_shorten(text)}” is not an amount."
        super().__init__(f"{self.reason} {example}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMoney:
    """Money as typed: the amount, and the currencies its sign may stand for (empty when it has none).

    The amount of a salary is that of a year; `paid` is what is paid each `period`, which is None where it was neither
    typed nor chosen.
    """

    amount: float
    paid: float
    period: Period | None = None
    sign: str = ""
    currencies: frozenset[str] = frozenset()


class UnclearPay(Unreadable):
    """Pay that has several meanings, or is pay after tax: the visitor chooses one of the readings."""

    def __init__(self, message: str, readings: Sequence[TypedMoney]) -> None:
        super().__init__(message)
        self.readings = tuple(dict.fromkeys(readings))


def parse_salary(text: str, period: Period | None = None) -> TypedMoney:
    """Pay a year as people write it: `115000`, `115k`, `115.000 €`, `12 lakh`, `R$ 12.000/mês`, `£450 a day`.

    `period` is what was chosen next to it. A year is chosen by default, so a period that is typed beats it. Raises
    UnclearPay where it has several meanings, NotAnAmount where it has none, Unreadable where nobody is paid it.
    """
    if not text.strip():
        raise Unreadable("Enter your pay before tax.")
    unclear = NotAnAmount(text, _EXAMPLE_OF_PAY)
    money = _read_text(text, unclear, Unreadable(_ABOVE_ZERO))
    question, meanings = _find_meanings(money, text)
    typed = money.period
    money = replace(money, sign=_write_sign(money, text))
    readings = [_make_salary(money, paid, each or period) for paid, each in meanings]
    if typed and period not in (None, YEAR, typed):
        question = _TWO_PERIODS.format(typed=typed.label, chosen=period.label)
        readings += [_make_salary(money, paid, period) for paid, _ in meanings]
    if not readings:
        raise unclear
    for reading in readings:
        _check_salary(reading.amount)
    if question:
        raise UnclearPay(question, readings)
    return readings[0]


def parse_hour_value(text: str) -> TypedMoney:
    """What an hour of free time is worth, written like pay: `15`, `12.50`, `$20`, `0`. Raises Unreadable."""
    example = _EXAMPLE_OF_HOUR.format(what="an hour of your own is worth")
    return _parse_hour(text, HOUR_VALUE, "An hour of your own must be worth", example)


def parse_hour_rate(text: str) -> TypedMoney:
    """What an hour of side work pays, written in the same way. Raises Unreadable."""
    example = _EXAMPLE_OF_HOUR.format(what="an hour of side work pays")
    return _parse_hour(text, SIDE_RATE, "An hour of side work must pay", example)


def parse_whole(text: str, low: int, high: int, what: str) -> int:
    """A whole number from `low` to `high`. Raises Unreadable, naming `what`."""
    plain = write_plainly(text[: MAX_ANSWER_CHARACTERS + 1])
    if not _WHOLE.fullmatch(plain) or len(plain) > 9 or not low <= int(plain) <= high:
        raise Unreadable(f"{what} must be a whole number from {low:,} to {high:,}.")
    return int(plain)


def _parse_hour(text: str, spec: InputSpec, must: str, example: str) -> TypedMoney:
    outside = Unreadable(f"{must} from {spec.low:,} to {spec.high:,}.")
    unclear = NotAnAmount(text, example)
    money = _read_text(text, unclear, outside)
    question, meanings = _find_meanings(money, text)
    if question or len(meanings) != 1 or money.period not in (None, HOUR):
        raise unclear
    worth = meanings[0][0]
    if not spec.accepts(worth):
        raise outside
    sign = _write_sign(money, text)
    return TypedMoney(amount=worth, paid=worth, period=money.period, sign=sign, currencies=money.currencies)


def _read_text(text: str, unclear: NotAnAmount, below_zero: Unreadable) -> MoneyText:
    if len(text.strip()) > MAX_ANSWER_CHARACTERS:
        raise unclear
    plain = write_plainly(text)
    if _is_below_zero(plain):
        raise below_zero
    money = read_money(plain.removeprefix("+"))
    if money is None:
        raise unclear
    return money


def _is_below_zero(plain: str) -> bool:
    """A minus at the beginning or right before the first digit or its sign; accountants use brackets for it."""
    return _BELOW_ZERO.match(plain) is not None


def _find_meanings(money: MoneyText, text: str) -> tuple[str, list[tuple[float, Period | None]]]:
    """What is paid and how often, and what to ask where that is unclear. Nothing where the text has no one meaning."""
    question = ""
    if Note.EXTRA in money.notes:
        return _WITH_EXTRA, _find_base_pay(money)
    match money.amounts:
        case [amount]:
            meanings = [(value, money.period) for value in amount.values]
            question = _TWO_MEANINGS.format(typed=_shorten(text)) if len(meanings) > 1 else ""
            if {Note.RANGE, Note.TIMES} & money.notes:
                return "", []
        case [amount, other] if Note.TIMES in money.notes:
            question, meanings = _find_yearly_pay(money, amount, other)
        case [low, high] if Note.TIMES not in money.notes:
            question, meanings = _TWO_AMOUNTS, _find_range(money, low, high)
        case _:
            return "", []
    if Note.TOTAL in money.notes and meanings:
        question = _TOTAL
    if Note.NET in money.notes and meanings:
        question = _AFTER_TAX
    return question, meanings


def _find_base_pay(money: MoneyText) -> list[tuple[float, Period | None]]:
    """The largest amount: 100k + 20k bonus, 120k + 10%. Nothing where there is no pay next to the extra."""
    *_, extra, pay = [0.0, *sorted([amount.values[0] for amount in money.amounts])]
    is_clear = 0 < extra < pay and not {Note.RANGE, Note.TIMES, Note.NET} & money.notes
    return [(pay, money.period)] if is_clear else []


def _find_yearly_pay(money: MoneyText, paid: Amount, times: Amount) -> tuple[str, list[tuple[float, Period | None]]]:
    """4000 x 14 is a month's pay, paid 14 times a year; but 65k x 13 may be a year's pay."""
    count, amount = times.values[0], paid.values[0]
    if count not in _PAYMENTS_A_YEAR or money.period:
        return "", []
    return _PAYMENTS.format(count=int(count)), [(amount * count, YEAR), (amount, YEAR)]


def _find_range(money: MoneyText, low: Amount, high: Amount) -> list[tuple[float, Period | None]]:
    """Both ends of a range, which share a unit and a period: 100-120k, £400-450 a day. Nothing where they are none."""
    ends = [_share_unit(low, high), _share_unit(high, low)]
    values = [end.values[0] for end in ends]
    if not min(values) or max(values) <= min(values) * _MAX_RATIO:
        return [(value, money.period) for value in values]
    first, second = values[0], values[1]
    return [(first, YEAR)] if money.period and first == second * money.period.times_a_year else []


def _share_unit(amount: Amount, other: Amount) -> Amount:
    is_bare = amount.unit is None and other.unit is not None and amount.values[0] < _MIN_OWN_UNIT
    return replace(amount, unit=other.unit) if is_bare else amount


def _make_salary(money: MoneyText, paid: float, period: Period | None) -> TypedMoney:
    amount = round(paid * (period or YEAR).times_a_year, 2)
    return TypedMoney(amount=amount, paid=paid, period=period, sign=money.sign, currencies=money.currencies)


def _write_sign(money: MoneyText, text: str) -> str:
    """The sign as it was typed, but for capital letters; a code in place of what has lost its accents."""
    return money.sign if money.sign in text.lower() else min(money.currencies)


def _check_salary(amount: float) -> None:
    if amount <= 0:
        raise Unreadable(_ABOVE_ZERO)
    if amount > MAX_PAY:
        raise Unreadable("That is more than anybody earns. Enter your pay in plain digits.")


def _shorten(text: str) -> str:
    shown = text.strip()
    return f"{shown[:40]}…" if len(shown) > 40 else shown
