"""The question about pay that is far outside its market: it takes the place of an answer until it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log
from urllib.parse import parse_qsl

from calculator.engine.edition import Edition
from calculator.engine.market import Market
from calculator.engine.profile import PayLevel
from calculator.money_input import PERIODS
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import Name
from earnverdict import formatting
from earnverdict.chart_scale import Axis, AxisLabel, Bar, Scale
from earnverdict.formatting import Money

#: Pay this many times below P10 or above P90 is likelier a slip than a salary.
_FAR_OUT = 5
#: Other readings of it are offered within the market; where there is none, the likeliest up to this many times outside.
_LIKELY = 2
_MONTHS, _THOUSAND, _LAKH = 12, 1_000, 100_000
#: The currencies that people name their pay in besides the place's, with what a visitor calls them.
_CURRENCIES = {"EUR": "euros", "USD": "dollars", "GBP": "pounds", "INR": "rupees"}
_MAX_CURRENCIES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Another way to read what was typed: the pay a year it would be, the question, the answer, a short label."""

    annual: float
    question: str
    answer: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer, a tap away: the address that gives it."""

    text: str
    address: str
    is_main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PayStrip:
    """Eight in ten of a place's pay as a bar, with what was typed and the likeliest other reading ("" for none).

    `summary` says the same to those who do not see it.
    """

    label: str
    amounts: str
    summary: str
    bar: Bar
    typed: str
    typed_label: AxisLabel
    other: str
    other_label: AxisLabel | None
    axis: Axis


@dataclass(frozen=True, slots=True, kw_only=True)
class PayQuestion:
    """The question, its answers, a field with the other answers to correct it in, and the strip that explains it."""

    template = "calculator/_card_question.html"
    heading: str
    text: str
    choices: tuple[Choice, ...]
    salary: str
    periods: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    strip: PayStrip


def ask_about_pay(presenter: VerdictPresenter) -> PayQuestion | None:
    """None where pay is likely, is a level of its market, has no market, or was called right."""
    market, profile = presenter.verdict.market, presenter.profile
    if market is None or profile.is_pay_confirmed or _is_within(market, market.annual_salary, _FAR_OUT):
        return None
    money, pay = presenter.money, market.annual_salary
    middle = market.levels[PayLevel.P50]
    readings = sorted(_readings(presenter, market), key=lambda each: abs(log(each.annual / middle)))
    readings = [each for each in readings if _is_within(market, each.annual, 1)] or readings[:1]
    typed = money.whole(pay)
    choices = [
        Choice(
            text=f"Yes: {_amount(reading, money)} a year" if number == 0 else reading.answer,
            address=presenter.address(pay=float(round(reading.annual, 2))),
            is_main=number == 0,
        )
        for number, reading in enumerate(readings)
    ]
    sure = presenter.address_of(replace(profile, confirmed_pay=float(pay)))
    choices.append(Choice(text=f"{'No' if readings else 'Yes'}: {typed} a year is right", address=sure))
    return PayQuestion(
        heading=readings[0].question if readings else f"Is {typed} your pay a year?",
        text=_text(presenter, market),
        choices=tuple(choices),
        salary=formatting.group(pay),
        periods=tuple([(period.name, period.label) for period in PERIODS]),
        others=tuple([pair for pair in parse_qsl(presenter.query) if pair[0] not in (Name.SALARY, Name.SURE)]),
        strip=_strip(presenter, market, readings[0] if readings else None),
    )


def _is_within(market: Market, pay: float, times: float) -> bool:
    return market.levels[PayLevel.P10] / times <= pay <= market.levels[PayLevel.P90] * times


def _amount(reading: Reading, money: Money) -> str:
    """A sum as it is; one that an exchange rate gives is rounded."""
    return f"about {money.rounded(reading.annual)}" if "about" in reading.answer else money.whole(reading.annual)


def _readings(presenter: VerdictPresenter, market: Market) -> Iterator[Reading]:
    """What else may be meant, where it would be a likely pay there."""
    pay, money = market.annual_salary, presenter.money
    typed = money.whole(pay)
    times = [
        (_MONTHS, f"Is {typed} your pay a month?", "A month’s pay", "if a month"),
        (_THOUSAND, "", "In thousands", "if thousands"),
    ]
    if market.currency == "INR":
        times.append((_LAKH, "", "In lakhs", "if lakhs"))
    for factor, question, answer, label in times:
        annual = pay * factor
        if _is_within(market, annual, _LIKELY):
            amount = f"{money.whole(annual)} a year"
            yield Reading(
                annual=annual,
                question=question or f"Is your pay {amount}?",
                answer=f"{answer}: {amount}",
                label=label,
            )
    yield from list(_other_currencies(presenter, market))[:_MAX_CURRENCIES]


def _other_currencies(presenter: VerdictPresenter, market: Market) -> Iterator[Reading]:
    edition, amount = presenter.published.edition, market.annual_salary
    for currency, name in _CURRENCIES.items():
        rate = _rate(edition, currency, market.currency)
        if rate and _is_within(market, amount * rate, _LIKELY):
            about = f"about {presenter.money.rounded(amount * rate)} a year"
            yield Reading(
                annual=amount * rate,
                question=f"Is {formatting.group(amount)} your pay in {name}?",
                answer=f"{name.capitalize()}: {about}",
                label=f"if {name}",
            )


def _rate(edition: Edition, currency: str, into: str) -> float:
    """Units of one currency for one of another; 0 where it is the same or a rate is missing."""
    rates = edition.rates
    if currency == into or currency not in rates or into not in rates:
        return 0.0
    return rates[into].units_per_usd / rates[currency].units_per_usd


def _text(presenter: VerdictPresenter, market: Market) -> str:
    money, place = presenter.money, _place(presenter, market)
    typed = f"You wrote {money.whole(market.annual_salary)} a year."
    if market.annual_salary < market.levels[PayLevel.P10]:
        return f"{typed} Nine in ten developers in {place} earn over {money.rounded(market.levels[PayLevel.P10])}."
    return f"{typed} Nine in ten developers in {place} earn under {money.rounded(market.levels[PayLevel.P90])}."


def _place(presenter: VerdictPresenter, market: Market) -> str:
    return presenter.published.edition.places[market.answered_by.slug].name


def _strip(presenter: VerdictPresenter, market: Market, reading: Reading | None) -> PayStrip:
    money, pay, levels = presenter.money, market.annual_salary, market.levels
    low, high = levels[PayLevel.P10], levels[PayLevel.P90]
    scale = Scale.around([high, pay, *([reading.annual] if reading else [])])
    label, amounts = f"Eight in ten in {_place(presenter, market)}", money.span(low, high)
    other = f"; {_amount(reading, money)} {reading.label}" if reading else ""
    return PayStrip(
        label=label,
        amounts=amounts,
        summary=f"{label}: {amounts}. You typed {money.whole(pay)}{other}.",
        bar=scale.bar(low, high),
        typed=scale.at(pay),
        typed_label=scale.label(pay, "you typed"),
        other=scale.at(reading.annual) if reading else "",
        other_label=scale.label(reading.annual, reading.label) if reading else None,
        axis=scale.money_axis(money),
    )
