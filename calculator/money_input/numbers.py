"""Numbers in digits as people type them, with the marks of any country."""

from __future__ import annotations

import re

#: A digit, and what follows up to the last digit before something else.
NUMBER = r"(?>\d(?:[\d.,'_٫ ]*\d)?)"
# Groups of three, or the Indian way: three, then twos.
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,'_ ])\d{3})(?:(?P=mark)\d{3})*|\d{1,2}(?:,\d{2})*,\d{3}")
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_LEADING_ZERO = re.compile(r"0+[.,'_ ]")
#: A comma with a blank around it groups only what is no number by itself: 95, 000.
_LOOSE_COMMA = re.compile(r" ?, ?(?=0\d\d(?!\d))")
#: Two amounts are so many times apart at most: 100 000 120 000.
_MAX_RATIO = 5


def read_number(text: str, *, has_unit: bool = False, has_grouping_comma: bool = False) -> tuple[float, ...]:
    """What a number may mean: nothing if it is none, and two numbers where its mark may group or not.

    Blanks, apostrophes and underscores group. A dot or comma groups before three digits, unless a unit follows: 1.250
    million may be either. Before one or two digits it is a decimal mark.
    """
    digits = _LOOSE_COMMA.sub(",", text)
    if digits.isdigit():
        return (float(digits),)
    if _GROUPED.fullmatch(digits) and not _LEADING_ZERO.match(digits):
        grouped = float(re.sub(r"\D", "", digits))
        is_either = has_unit and _ONE_GROUP.fullmatch(digits) and not (has_grouping_comma and "," in digits)
        return (grouped, grouped / 1_000) if is_either else (grouped,)
    return _read_fraction(digits, has_unit=has_unit)


def _read_fraction(digits: str, *, has_unit: bool) -> tuple[float, ...]:
    """A number with a decimal mark, which is the last mark and differs from those that group."""
    cut = max(digits.rfind(mark) for mark in ".,٫")
    whole, mark, fraction = digits[:cut], digits[cut : cut + 1], digits[cut + 1 :]
    is_grouped = _GROUPED.fullmatch(whole) is not None and mark not in whole
    is_clear = (
        len(fraction) <= 2 or (is_grouped and len(fraction) == 3) or has_unit or mark == "٫" or not whole.strip("0")
    )
    if cut < 1 or not fraction.isdigit() or not is_clear or not (is_grouped or whole.isdigit()):
        return ()
    return (float(f"{re.sub(r'\D', '', whole)}.{fraction}"),)


def split_numbers(text: str) -> tuple[str, str] | None:
    """Two numbers with only blanks, or a comma and a blank, between them: 100 000 120 000. None where it is one."""
    is_one = bool(read_number(text))
    for gap in re.finditer(r",? ", text):
        low, high = text[: gap.start()], text[gap.end() :]
        numbers = (read_number(low), read_number(high))
        is_split = not is_one or (" " in low and " " in high)
        if is_split and all(numbers) and numbers[0][0] <= numbers[1][0] <= numbers[0][0] * _MAX_RATIO:
            return low, high
    return None
