"""Amounts and whole numbers as people type them: the only parser of a typed figure."""

from calculator.money_input.parser import (
    MAX_ANSWER_CHARACTERS,
    MAX_PAY,
    PERIODS,
    NotAnAmount,
    TypedMoney,
    UnclearPay,
    Unreadable,
    parse_hour_rate,
    parse_hour_value,
    parse_salary,
    parse_whole,
)
from calculator.money_input.words import DAY, HOUR, MONTH, WEEK, YEAR, Period

__all__ = [
    "DAY",
    "HOUR",
    "MAX_ANSWER_CHARACTERS",
    "MAX_PAY",
    "MONTH",
    "PERIODS",
    "WEEK",
    "YEAR",
    "NotAnAmount",
    "Period",
    "TypedMoney",
    "UnclearPay",
    "Unreadable",
    "parse_hour_rate",
    "parse_hour_value",
    "parse_salary",
    "parse_whole",
]
