"""The summary of the calculation: what one skill brings and costs in money, without formulas."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.edition import EvidenceChoice
from calculator.engine.market import Market
from calculator.engine.outcomes import MID, Study
from calculator.engine.verdict import Outlook
from calculator.presenters.calculation_line import write_number
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from earnverdict.formatting import MINUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What one skill brings and costs, in money that adds up, for who wants no formulas."""

    slug: str
    lead: str
    lines: tuple[tuple[str, str], ...]
    total: tuple[str, str]
    worth: str


def present_summary(presenter: VerdictPresenter, market: Market) -> Summary | None:
    """Of the first skill; without one, of the skill that comes closest."""
    outlook = presenter.verdict.outlook(presenter.decisive_skills[0])
    gain, money = outlook.gain, presenter.money
    if gain is None or outlook.premium is None:
        return None
    study, odds = outlook.study, presenter.profile.odds_percent
    pay, exam = round(market.capped_salary), round(study.exam_cost or 0.0)
    hours_cost = _count_hours_cost(presenter, market, study)
    uplift, years = _find_factors(
        gain.uplift.expected, study.years_of_pay, odds, round(gain.net_gain) + exam + hours_cost
    )
    paid = round(uplift * years * odds / 100)
    lines = [
        (_describe_extra_pay(presenter, outlook, uplift, pay), money.cents(uplift)),
        (f"for {years:.6g} years of the {presenter.profile.horizon_years}, at {odds}% odds", money.whole(paid)),
    ]
    if exam:
        lines.append(("the exam", money.whole(-exam)))
    if hours_cost:
        lines.append((_describe_hours(presenter, market, study), money.whole(-hours_cost)))
    worth = money.hourly(gain.worth_of_an_hour)
    includes = f" The costs include a {money.whole(exam)} exam." if exam else ""
    return Summary(
        slug=outlook.slug,
        lead=f"{_describe_premium(presenter, outlook, outlook.premium.expected)}{includes}",
        lines=tuple(lines),
        total=(f"What is left over {presenter.horizon()}", money.whole(paid - exam - hours_cost)),
        worth=f"Without the cost of the hours, and divided by the hours: {worth} an hour of study.",
    )


def _describe_premium(presenter: VerdictPresenter, outlook: Outlook, premium: float) -> str:
    """Say what share of pay goes with the skill, and what it was compared with; or that it is claimed alone."""
    share = f"{formatting.more_or_less(premium)} pay"
    if presenter.profile.evidence is EvidenceChoice.HEADLINE:
        claim = "A claim says" if len(outlook.contributions) == 1 else "Claims say"
        return f"{claim} {presenter.in_text(outlook.slug)} brings {share}."
    whose = "for people who do it in their job" if outlook.rests_on_duties else "other skills held equal"
    return f"{presenter.skill(outlook.slug)} goes with {share}, {whose}."


def _find_factors(uplift: float, years: float, odds: int, paid: int) -> tuple[float, float]:
    """Round both to the fewest decimals with which they, and the odds, give what is paid; money to cents if needed."""
    for decimals in (0, 2):
        short = round(uplift, decimals)
        fitting = _shorten(years, short * odds / 100, paid, 0)
        if fitting is not None:
            return short, fitting
    return round(uplift, 2), round(years, 5)


def _shorten(factor: float, other: float, product: float, decimals: int) -> float | None:
    """Round to the fewest decimals, two at least, with which both factors give the rounded product; None for no way."""
    shorter = (round(factor, places) for places in range(2, 8))
    return next((each for each in shorter if round(each * other, decimals) == product), None)


def _describe_extra_pay(presenter: VerdictPresenter, outlook: Outlook, uplift: float, pay: int) -> str:
    """The share of pay, with as many digits as give the extra pay."""
    percent = 100 * uplift / pay
    share = _shorten(percent, pay / 100, uplift, 2 if uplift % 1 else 0) or percent
    added = presenter.skills(outlook.study.added)
    included = f"{added} included, " if added else ""
    return f"{share:.9g}% of {presenter.money.whole(pay)}, {included}a year".replace("-", MINUS)


def _describe_hours(presenter: VerdictPresenter, market: Market, study: Study) -> str:
    """The hours of study, which of our estimates they are, and what one of them is counted at."""
    value, money = presenter.verdict.hour_value, presenter.money
    hours = f"{write_number(study.hours)} hour{'' if study.hours == 1 else 's'}"
    if len({case.hours for case in study.cases}) > 1:
        hours = f"{hours} (our three estimates weighted; the middle one is {write_number(study.cases[MID].hours)})"
    if not value.is_default:
        return f"{hours} at {money.cents(value.amount or 0.0)}, as you say"
    share = presenter.published.edition.constants.free_hour_share
    part = "a quarter" if share == 0.25 else formatting.whole_percent(share)
    return f"{hours} at {part} of the {money.cents(_find_hourly_pay(presenter, market))} that an hour of your work pays"


def _find_hourly_pay(presenter: VerdictPresenter, market: Market) -> float:
    return market.annual_salary / presenter.published.edition.constants.paid_hours_per_year


def _count_hours_cost(presenter: VerdictPresenter, market: Market, study: Study) -> int:
    """What the hours of study are counted at, by the amounts that are shown."""
    value, constants = presenter.verdict.hour_value, presenter.published.edition.constants
    hour = (
        round(_find_hourly_pay(presenter, market), 2) * constants.free_hour_share if value.is_default else value.amount
    )
    return round((hour or 0.0) * study.hours)
