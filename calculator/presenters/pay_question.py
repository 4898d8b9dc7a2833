"""The question about pay that is far outside its market: it takes the place of an answer until it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from django.utils.text import capfirst

from calculator.engine.market import Market
from calculator.engine.profile import PayLevel
from calculator.money_input import DAY, HOUR, MONTH, PERIODS, YEAR
from calculator.pay_check import is_far_above, is_far_out, is_likelier_a_month, is_likelier_as, is_within
from calculator.presenters.pay_input import (
    exchange_rate,
    find_other_currency,
    guess_exchange_rate,
    offer_middle,
)
from calculator.presenters.pay_levels import say_if_estimated
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import Name
from earnverdict import formatting
from earnverdict.chart_scale import Axis, AxisLabel, Bar, Scale
from earnverdict.formatting import Money
from skills.places.names import add_article

#: Another reading of pay is possible up to this many times outside the market.
_POSSIBLE = 2
#: The currencies that people name their pay in besides the place's, with what a visitor calls them.
_CURRENCIES = {"EUR": "euros", "USD": "dollars", "GBP": "pounds", "INR": "rupees"}
#: How common other readings are next to a month's pay: most people who write no sign mean the money of their place.
_OFTEN, _SOMETIMES, _RARELY = 1.0, 0.3, 0.1
#: As many readings are offered, and no currency that is so many times less likely than the likeliest.
_MAX_READINGS, _TOO_UNLIKELY = 3, 20
#: Pay this many times below P10 is a slip, which nobody can call right.
_SENSELESS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Another way to read what was typed: the pay a year it would be, the question, the answer, a short label.

    `frequency` is how common it is to type pay like this.
    """

    annual: float
    frequency: float
    question: str
    answer: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMoney:
    """The money of a country whose market is counted in another one: its exchange rate, 0 if none is on file.

    `is_possible` if pay above the market may be in it, `is_likelier` if it must be asked about.
    """

    currency: str
    rate: float
    is_possible: bool
    is_likelier: bool


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
    if market is None or isinstance(profile.pay, PayLevel) or profile.is_pay_confirmed:
        return None
    own = _find_other_money(presenter, market)
    if not (is_far_out(market) or is_likelier_a_month(market) or (own and own.is_likelier)):
        return None
    money, pay = presenter.money, market.annual_salary
    own_readings = list(_read_in_other_money(presenter, market, own)) if own and own.rate else []
    is_without_rate = own is not None and own.is_possible and not own.rate
    readings = _find_readings(presenter, market, own_readings, has_others=own is None or own.rate > 0)
    typed = money.write(pay)
    choices = [
        Choice(
            text=f"Yes: {_write_amount(reading, money)} a year" if number == 0 else reading.answer,
            address=presenter.address(pay=float(round(reading.annual, 2))),
            is_main=number == 0,
        )
        for number, reading in enumerate(readings)
    ]
    if is_without_rate:
        edition = presenter.published.edition
        middle = offer_middle(edition.places[profile.location], edition)
        choices.append(Choice(text=middle, address=presenter.address(pay=PayLevel.P50)))
    sure = presenter.address_of(replace(profile, confirmed_pay=float(pay)))
    no = "No" if readings or is_without_rate else "Yes"
    choices.append(Choice(text=f"{no}: {typed} a year is right", address=sure))
    heading = f"Is {typed} your pay a year?"
    text = _write_text(presenter, market)
    if not readings and pay * _SENSELESS < market.levels[PayLevel.P10]:
        heading = f"{typed} a year cannot be your pay"
        choices = []
    if readings:
        heading = readings[0].question
    elif own and is_without_rate:
        heading = f"Is {formatting.group(pay)} your pay in {formatting.currency_name(own.currency)}?"
        text = f"{text} We have no exchange rate: enter it in {formatting.currency_name(market.currency)}."
    return PayQuestion(
        heading=heading,
        text=text,
        choices=tuple(choices),
        salary=formatting.group(pay),
        periods=tuple([(period.name, period.label) for period in PERIODS]),
        others=tuple([pair for pair in parse_qsl(presenter.query) if pair[0] not in (Name.SALARY, Name.SURE)]),
        strip=_strip(presenter, market, readings[0] if readings else None),
    )


def _write_amount(reading: Reading, money: Money) -> str:
    """A sum as it is; one that an exchange rate gives is rounded."""
    return f"about {money.rounded(reading.annual)}" if "about" in reading.answer else money.whole(reading.annual)


def _find_readings(
    presenter: VerdictPresenter, market: Market, own: list[Reading], *, has_others: bool
) -> list[Reading]:
    """What else may be meant, the likeliest first: by how common it is, and how well it fits the market.

    Where pay may be in the country's own money, other currencies are not offered.
    """
    units = [*_other_units(presenter, market), *own]
    currencies = list(_other_currencies(presenter, market)) if has_others and not own else []
    likelihoods = {each: each.frequency * market.likelihood(each.annual) for each in (*units, *currencies)}
    least = max(likelihoods.values(), default=0.0) / _TOO_UNLIKELY
    readings = [*units, *(each for each in currencies if likelihoods[each] >= least)]
    return sorted(readings, key=lambda reading: -likelihoods[reading])[:_MAX_READINGS]


def _other_units(presenter: VerdictPresenter, market: Market) -> Iterator[Reading]:
    """Pay for another period than a year, and pay with its thousands, lakhs or millions left out."""
    pay, money = market.annual_salary, presenter.money
    typed = money.write(pay)
    units = [
        (MONTH.times_a_year, _OFTEN, f"Is {typed} your pay a month?", "A month’s pay", "if a month"),
        (1_000, _OFTEN, "", "In thousands", "if thousands"),
        (10_000, _OFTEN if market.currency in ("CNY", "JPY", "KRW") else 0, "", "In ten thousands", "if 10,000s"),
        (100_000, _OFTEN if market.currency == "INR" else 0, "", "In lakhs", "if lakhs"),
        (1_000_000, _OFTEN, "", "In millions", "if millions"),
        (HOUR.times_a_year, _SOMETIMES, f"Is {typed} your pay an hour?", "An hour’s pay", "if an hour"),
        (DAY.times_a_year, _SOMETIMES, f"Is {typed} your pay a day?", "A day’s pay", "if a day"),
    ]
    for factor, frequency, question, answer, label in units:
        annual = pay * factor
        is_asked = factor == MONTH.times_a_year and not is_far_out(market) and is_likelier_a_month(market)
        if frequency and (is_asked or is_within(market, annual, _POSSIBLE)):
            amount = f"{money.whole(annual)} a year"
            yield Reading(
                annual=annual,
                frequency=frequency,
                question=question or f"Is your pay {amount}?",
                answer=f"{answer}: {amount}",
                label=label,
            )


def _other_currencies(presenter: VerdictPresenter, market: Market) -> Iterator[Reading]:
    edition, amount = presenter.published.edition, market.annual_salary
    for currency, name in _CURRENCIES.items():
        rate = exchange_rate(edition, currency, market.currency)
        if rate and is_within(market, amount * rate, _POSSIBLE):
            about = f"about {presenter.money.rounded(amount * rate)} a year"
            yield Reading(
                annual=amount * rate,
                frequency=_RARELY,
                question=f"Is {formatting.group(amount)} your pay in {name}?",
                answer=f"{name.capitalize()}: {about}",
                label=f"if {name}",
            )


def _find_other_money(presenter: VerdictPresenter, market: Market) -> OtherMoney | None:
    """The country's own money, where the catalogue counts in another currency; pay in it would be above the market."""
    edition, pay = presenter.published.edition, market.annual_salary
    currency = find_other_currency(edition.places[presenter.profile.location])
    if not currency:
        return None
    about = guess_exchange_rate(edition, currency, market.currency)
    readings = [pay * about * period.times_a_year for period in (YEAR, MONTH)] if about else []
    possible = [annual for annual in readings if is_within(market, annual, _POSSIBLE)]
    return OtherMoney(
        currency=currency,
        rate=exchange_rate(edition, currency, market.currency),
        is_possible=pay > market.levels[PayLevel.P90] and (bool(possible) or not about),
        is_likelier=is_far_above(market) or any(is_likelier_as(market, annual) for annual in possible),
    )


def _read_in_other_money(presenter: VerdictPresenter, market: Market, own: OtherMoney) -> Iterator[Reading]:
    """Pay a year or a month in the country's own money."""
    for period in (YEAR, MONTH):
        annual = market.annual_salary * own.rate * period.times_a_year
        if is_within(market, annual, _POSSIBLE):
            name = formatting.currency_name(own.currency)
            yield Reading(
                annual=annual,
                frequency=_OFTEN,
                question=f"Is {formatting.group(market.annual_salary)} your pay {period.label} in {name}?",
                answer=f"{name} {period.label}: about {presenter.money.rounded(annual)} a year",
                label=f"if {own.currency} {period.label}",
            )


def _write_text(presenter: VerdictPresenter, market: Market) -> str:
    money, pay, levels = presenter.money, market.annual_salary, market.levels
    if pay < levels[PayLevel.P10]:
        who, level, word = "nine in ten developers", PayLevel.P10, "over"
    elif pay < levels[PayLevel.P90]:
        who, level, word = "half of the developers", PayLevel.P50, "over"
    else:
        who, level, word = "nine in ten developers", PayLevel.P90, "under"
    usual = f"{who} in {_place(presenter, market)} earn {word} {money.rounded(levels[level])}"
    return f"We read it as {money.write(pay)} a year. {capfirst(say_if_estimated(market, usual, level))}."


def _place(presenter: VerdictPresenter, market: Market) -> str:
    return add_article(presenter.published.edition.places[market.answered_by.slug].name)


def _strip(presenter: VerdictPresenter, market: Market, reading: Reading | None) -> PayStrip:
    money, pay, levels = presenter.money, market.annual_salary, market.levels
    low, high = levels[PayLevel.P10], levels[PayLevel.P90]
    scale = Scale.around([high, pay, *([reading.annual] if reading else [])])
    who = f"eight in ten in {_place(presenter, market)} earn"
    label = capfirst(say_if_estimated(market, who, PayLevel.P10, PayLevel.P90))
    amounts = money.span(low, high)
    other = f"; {_write_amount(reading, money)} {reading.label}" if reading else ""
    return PayStrip(
        label=label,
        amounts=amounts,
        summary=f"{label} {amounts}. You typed {money.write(pay)}{other}.",
        bar=scale.bar(low, high),
        typed=scale.at(pay),
        typed_label=scale.label(pay, "you typed"),
        other=scale.at(reading.annual) if reading else "",
        other_label=scale.label(reading.annual, reading.label) if reading else None,
        axis=scale.money_axis(money),
    )
