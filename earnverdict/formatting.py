"""Formats figures as text: money, shares, chances, times. Everything a page prints is rounded here, once."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import NumberFormatError, format_compact_currency, get_currency_name, get_currency_symbol

NO_BREAK_SPACE = "\u00a0"
MINUS = "−"
# Without this invisible character a line may break between a minus sign and its currency.
WORD_JOINER = "\u2060"
WEEKS_PER_MONTH = 52 / 12

# Numbers are grouped as readers of the currency expect; the words around them are English.
_ENGLISH, _INDIAN = Locale("en"), Locale("en", "IN")
_LOCALES = {"INR": _INDIAN, "PKR": Locale("en", "PK"), "BDT": _INDIAN, "NPR": _INDIAN}
#: From P10 to P90: a range is how unsure we are about the average of people alike; single people differ much more.
RANGE_CHANCE = "8 chances in 10"
RANGE_MEANING = f"{RANGE_CHANCE} to hold the true average"
#: The same of a way's range: it is a reading, often of other countries' figures or of titles, and nothing was counted.
WAY_RANGE_MEANING = f"we think the true average is inside, with {RANGE_CHANCE}"
_FRACTIONS = {
    0.1: "a tenth",
    0.2: "a fifth",
    0.25: "a quarter",
    1 / 3: "a third",
    0.5: "half",
    2 / 3: "two thirds",
    0.75: "three quarters",
}
_COUNT_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IN_LAKHS = frozenset(["INR", "BDT", "NPR"])
# Commas in 12,34,567: before the last three digits, and before each two digits above them.
_LAKH_MARKS = re.compile(r"(?<=\d)(?=(?:\d\d)*\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Money:
    """Formats amounts of one currency: `whole` as given, the others to two significant digits.

    Cents are for what an hour is worth, and are always two: $0.60. Other sums are whole.
    """

    currency: str

    def whole(self, amount: float) -> str:
        """Format an amount from the visitor, or a published one: $115,000."""
        return self.write(round(amount))

    def rounded(self, amount: float) -> str:
        """Format a computed amount without a plus sign: $4,900, −$1,400."""
        return self.write(two_digits(amount))

    def hourly(self, amount: float) -> str:
        """What an hour is worth, without cents: $31, $9; below one with them: $0.60."""
        return self.rounded(amount) if abs(amount) >= 1 else self.cents(amount)

    def cents(self, amount: float) -> str:
        """What an hour is worth to the cent, where others are compared or multiplied with it: $6.90, $23.08, $7."""
        return self.write(round(amount, 2))

    def signed(self, amount: float) -> str:
        """Format a change: +$4,900, −$1,400."""
        rounded = two_digits(amount)
        return f"+{WORD_JOINER}{self.write(rounded)}" if rounded > 0 else self.write(rounded)

    def signed_range(self, low: float, high: float) -> str:
        """+$2,700 to +$7,200."""
        return f"{self.signed(low)} to {self.signed(high)}"

    def span(self, low: float, high: float) -> str:
        """$2,700 to $7,200, −$300 to $4,000; a currency that is a word is said once: CHF 2,700 to 7,200."""
        return f"{self.rounded(low)} to {self.leave_out_code(self.rounded(high))}"

    def compact(self, amount: float) -> str:
        """In few letters: $5K, ₹1L, −$2.5K."""
        written = _write_compact(self.currency, abs(amount))
        return f"{MINUS}{WORD_JOINER}{written}" if amount < 0 else written

    def axis(self, amount: float) -> str:
        """For the labels of an axis: the same without a sign of several characters, which would need much room."""
        symbol = currency_symbol(self.currency)
        written = self.compact(amount)
        return written.replace(symbol.strip(), "").lstrip(NO_BREAK_SPACE) if len(symbol) > 1 else written

    def leave_out_code(self, written: str) -> str:
        """Remove a currency that is a word of its own (`PLN 11,000`): for amounts after one that has it."""
        symbol = currency_symbol(self.currency)
        return written.replace(symbol, "") if symbol.endswith(NO_BREAK_SPACE) else written

    def write(self, amount: float) -> str:
        """Format an amount that is already rounded."""
        sign = f"{MINUS}{WORD_JOINER}" if amount < 0 else ""
        return f"{sign}{currency_symbol(self.currency)}{self._group_digits(abs(amount))}"

    def _group_digits(self, amount: float) -> str:
        digits = group(amount) if amount == int(amount) else f"{amount:,.2f}"
        return _LAKH_MARKS.sub(",", digits.replace(",", "")) if self.currency in _IN_LAKHS else digits


@lru_cache(maxsize=1024)
def _write_compact(currency: str, amount: float) -> str:
    """Babel takes a tenth of a millisecond for one, and axes have few different ones."""
    locale = _LOCALES.get(currency, _ENGLISH)
    return str(format_compact_currency(amount, currency, locale=locale, fraction_digits=1))


def money(currency: str) -> Money:
    return Money(currency)


@lru_cache(maxsize=256)
def currency_symbol(currency: str) -> str:
    """Return `$`, `€`, `CA$`; a symbol of letters is followed by a space: `CHF `."""
    symbol = str(get_currency_symbol(currency, locale=_ENGLISH))
    return f"{symbol}{NO_BREAK_SPACE}" if symbol[-1].isalpha() else symbol


#: Money that has a plural in Babel's data, which nobody uses: 100 naira.
_WITHOUT_PLURAL = frozenset({"NGN"})


@lru_cache(maxsize=256)
def currency_name(currency: str) -> str:
    """`US dollars`."""
    try:
        count = 1 if currency in _WITHOUT_PLURAL else 2
        return str(get_currency_name(currency, count=count, locale=_ENGLISH))
    except (LookupError, NumberFormatError):
        return currency


def describe_currency(currency: str) -> str:
    """`US dollars ($)`, `Swiss francs (CHF)`."""
    return f"{currency_name(currency)} ({currency_symbol(currency).strip()})"


def plain_text(text: str) -> str:
    """Replace special spaces and signs, for titles and descriptions, where fonts may lack them."""
    return text.replace(WORD_JOINER, "").replace(NO_BREAK_SPACE, " ")


def group(number: float) -> str:
    """Format as 12,345 with at most two decimals, rounding half to even: as Babel does, in a thirtieth of the time."""
    whole = int(number)
    if whole == number:
        return f"{whole:,}"
    return f"{Decimal(str(number)):,.2f}".rstrip("0").removesuffix(".")


def two_digits(amount: float) -> float:
    """Round to two significant digits; below ten, to a whole number."""
    size = abs(amount)
    return round(amount, max(-12, min(0, 1 - math.floor(math.log10(size))))) if size > 0.5 else 0.0


def round_down(amount: float) -> float:
    """Round an amount of one or more down to three significant digits, or to a whole number."""
    unit = max(1, 10 ** (math.floor(math.log10(amount)) - 2))
    return float(amount // unit * unit)


def percent(share: float) -> str:
    """4.3%, −1.2%."""
    return signed_percent(share).removeprefix("+")


def more_or_less(share: float) -> str:
    """3.9% more, 2.0% less, no more: what goes before “pay” or “than”."""
    written = percent(abs(share))
    return "no more" if written == "0.0%" else f"{written} {'less' if share < 0 else 'more'}"


def fraction(share: float) -> str:
    """Write the nearest of the usual fractions in words: half, three quarters."""
    return _FRACTIONS[min(_FRACTIONS, key=lambda known: abs(known / share - 1))]


def part(share: float) -> str:
    """Write a part of a whole as one of the usual fractions if it is one: two thirds, 60%."""
    words = next((words for known, words in _FRACTIONS.items() if math.isclose(known, share)), "")
    return words or percent(share).replace(".0%", "%")


def signed_percent(share: float) -> str:
    """+4.3%, −1.2%, 0.0%."""
    value = round(share * 100, 1)
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{abs(value):.1f}%"


def signed_percent_range(low: float, high: float) -> str:
    """+2.4% to +6.3%."""
    return f"{signed_percent(low)} to {signed_percent(high)}"


def signed_whole_percent(share: float) -> str:
    """+12%, −2%, 0%: for figures that are an editor’s reading and no measurement."""
    value = round(share * 100)
    return f"{'+' if value > 0 else MINUS if value < 0 else ''}{abs(value)}%"


def chance(share: float) -> str:
    """Format as 61%: whole percentages, never 0 or 100."""
    if share < 0.005:
        return "under 1%"
    return "over 99%" if share >= 0.995 else f"{round(share * 100)}%"


def whole_percent(share: float) -> str:
    """Format a part of a whole: 61%, 100%; a small one is “under 1%”."""
    return "under 1%" if 0 < share < 0.005 else f"{round(share * 100)}%"


def with_article(number: str) -> str:
    """Put “a” or “an” before a number, by its pronunciation: a 60%, an 82%, an 11%."""
    return f"an {number}" if re.match(r"8|1[18]\b", number) else f"a {number}"


def duration(months: float) -> str:
    """5 months; short times in weeks, long ones in years."""
    if months < 1.75:
        return plural(max(1, round(months * WEEKS_PER_MONTH)), "week")
    if months < 23.5:
        return plural(round(months), "month")
    years = round(months / 12, 1)
    return f"{years:g} years"


def month(number: float) -> str:
    """Format a time as the month it falls in, counted from today: month 8."""
    return f"month{NO_BREAK_SPACE}{max(1, round(number))}"


def day(when: date) -> str:
    """22 November 2026."""
    return f"{when:%-d %B %Y}"


def plural(number: int, noun: str) -> str:
    """1 month, 5 months."""
    return f"{group(number)}{NO_BREAK_SPACE}{noun}" + ("" if number == 1 else "s")


def count_word(number: int) -> str:
    """Write numbers up to ten as words: two, four, 19."""
    return _COUNT_WORDS[number] if number < len(_COUNT_WORDS) else group(number)


def listing(items: list[str], joint: str = "and") -> str:
    """a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


def possessive(name: str) -> str:
    """Austin’s, United States’."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"
