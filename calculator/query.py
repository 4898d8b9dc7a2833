"""The address of a verdict: the only parser and writer of its query.

`/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes` holds all of a visitor's answers in readable names.
The canonical form has them in the order of `Name`, sorted and unique where repeated, no defaults, with the edition.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, quote_plus, urlencode

from calculator.engine.profile import (
    EVIDENCE,
    EXPERIENCE_YEARS,
    HORIZON_YEARS,
    HOUR_VALUE,
    INPUTS,
    ODDS_PERCENT,
    STUDY_HOURS,
    WEEKLY_HOURS,
    ChoiceSpec,
    PayLevel,
    Profile,
)
from calculator.engine.ways import SIDE_HOURS, SIDE_RATE, WayAnswers
from calculator.money_input import Unreadable, parse_whole


class Name(StrEnum):
    """The parameters, in their canonical order."""

    SALARY = "salary"
    LOCATION = "location"
    TOWN = "town"
    SKILL = "skill"
    HAVE = "have"
    HOURS = WEEKLY_HOURS.name
    YEARS = HORIZON_YEARS.name
    ODDS = ODDS_PERCENT.name
    EXPERIENCE = EXPERIENCE_YEARS.name
    HOUR = HOUR_VALUE.name
    EVIDENCE = EVIDENCE.name
    STUDY = STUDY_HOURS.name
    SURE = "sure"
    EDITION = "edition"
    PAY = "pay"


class WayName(StrEnum):
    """The parameters that the page of other ways has in addition, in their canonical order."""

    TO = "to"
    TO_TOWN = "to_town"
    SIDE = SIDE_HOURS.name
    RATE = SIDE_RATE.name


class Side(StrEnum):
    """The parameters of a comparison: each holds the query of one verdict."""

    A = "a"
    B = "b"


#: How often the salary is paid, as a form sends it; the canonical query holds pay a year.
PERIOD = "period"
#: The currency of the amounts that a form sends again, unless the place is changed: it is in no address.
CURRENCY = "currency"
#: The currency of the salary that a verdict's form sends with a changed place; it is in no address.
SALARY_CURRENCY = "salary_currency"
#: What a search for a skill was given; it is no answer, and in no address.
FIND = "find"
#: Holds the query of the verdict that was on the screen; the script sends it with a changed answer. No page has it in
#: its address.
WAS = "was"
#: Own study hours may also come one a skill, as a plain form sends them: `study.kubernetes=90`.
STUDY_PREFIX = f"{Name.STUDY}."
#: The visitor's own odds of a way, on the page of other ways: `odds.switch-employer=40`.
WAY_ODDS_PREFIX = f"{Name.ODDS}."


def parse_study(text: str) -> tuple[str, int]:
    """`slug:hours`. Raises Unreadable."""
    slug, colon, hours = text.strip().rpartition(":")
    if not colon or not slug:
        raise Unreadable(f"Write study hours as skill:hours, not “{text}”.")
    return slug.strip(), parse_whole(hours, STUDY_HOURS.low, STUDY_HOURS.high, "Study hours")


def write_query(profile: Profile, edition: int) -> str:
    """The canonical query of a profile's verdict in one edition; the same answers always give the same text."""
    return _encode(_write_pairs(profile, edition))


def write_ways_query(profile: Profile, edition: int, answers: WayAnswers) -> str:
    """The canonical query of the page of other ways: the verdict's, then what the visitor says about ways."""
    return _encode([*_write_pairs(profile, edition), *write_way_answers(answers)])


def write_way_answers(answers: WayAnswers) -> list[tuple[str, str]]:
    """What the visitor says about ways, as parameters in their canonical order."""
    pairs: list[tuple[str, str]] = []
    if answers.to:
        pairs.append((WayName.TO, answers.to))
    if answers.to_town:
        pairs.append((WayName.TO_TOWN, answers.to_town))
    if answers.side_hours is not None:
        pairs.append((WayName.SIDE, str(answers.side_hours)))
    if answers.side_rate is not None:
        pairs.append((WayName.RATE, write_amount(answers.side_rate)))
    return [*pairs, *((f"{WAY_ODDS_PREFIX}{slug}", str(percent)) for slug, percent in answers.odds)]


def write_answers(profile: Profile, without: Collection[Name] = ()) -> str:
    """A profile's answers but some, and no edition: for the form, which then asks for what is left out."""
    left_out = {*without, Name.EDITION}
    return _encode([(name, value) for name, value in _write_pairs(profile, 0) if name not in left_out])


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
    otherwise be sent in a circle. No client adds blank parameters.
    """
    if query == canonical:
        return True
    is_same = parse_qsl(query, keep_blank_values=True) == parse_qsl(canonical)
    return is_same and query.count("&") == canonical.count("&")


def names_other_currency(query: Mapping[str, str], currency: str) -> bool:
    """Whether a form's amounts were given in another currency than this, so that they mean nothing in it."""
    return query.get(CURRENCY, "") not in ("", currency)


def write_amount(amount: float) -> str:
    """An amount without a needless fraction: 115000, 50000.5, 0."""
    return f"{amount:.2f}".rstrip("0").rstrip(".")


def _write_pairs(profile: Profile, edition: int) -> Sequence[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    if not isinstance(profile.pay, PayLevel):
        pairs.append((Name.SALARY, write_amount(profile.pay)))
    pairs.append((Name.LOCATION, profile.location))
    if profile.town:
        pairs.append((Name.TOWN, profile.town))
    pairs += [(Name.SKILL, slug) for slug in profile.skills or ()]
    pairs += [(Name.HAVE, slug) for slug in profile.held]
    for spec in INPUTS:
        value = getattr(profile, spec.attribute)
        if value != spec.default:
            word = spec.find_word(value) if isinstance(spec, ChoiceSpec) else write_amount(value)
            pairs.append((spec.name, word))
    pairs += [(Name.STUDY, f"{slug}:{hours}") for slug, hours in profile.study_hours]
    if profile.is_pay_confirmed:
        pairs.append((Name.SURE, write_amount(float(profile.pay))))
    pairs.append((Name.EDITION, str(edition)))
    if isinstance(profile.pay, PayLevel):
        pairs.append((Name.PAY, profile.pay.value))
    return pairs


def _encode(pairs: Iterable[tuple[str, str]]) -> str:
    """As `urlencode` writes them: a page has many addresses, and mostly the same values in them."""
    return "&".join([f"{name}={_quote(value)}" for name, value in pairs])


@lru_cache(maxsize=1024)
def _quote(value: str) -> str:
    return quote_plus(value, safe=":")
