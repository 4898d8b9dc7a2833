"""The summary of the calculation: what one skill brings and costs in money, without formulas."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.market import Market
from calculator.engine.verdict import Outlook
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What one skill brings and costs, in money that adds up, for who wants no formulas."""

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
    paid = odds / 100 * gain.uplift.expected * study.years_of_pay
    exam, hours_cost = study.exam_cost or 0.0, (presenter.verdict.hour_value.amount or 0.0) * study.hours
    name, share = presenter.skill(outlook.slug), formatting.percent(outlook.premium.expected)
    years = f"{study.years_of_pay:.2f} years of the {presenter.profile.horizon_years}"
    lines = [
        (
            _describe_extra_pay(presenter, outlook, share, money.whole(market.capped_salary)),
            money.whole(gain.uplift.expected),
        ),
        (f"for {years}, at {odds}% odds", money.whole(paid)),
    ]
    if exam:
        lines.append(("the exam", money.whole(-exam)))
    if hours_cost:
        lines.append((_describe_hours(presenter, study.hours), money.whole(-hours_cost)))
    whose = "other skills held equal" if not outlook.rests_on_duties else "for people who do it in their job"
    worth = money.rounded(gain.worth_of_an_hour)
    includes = f" The costs include a {money.whole(exam)} exam." if exam else ""
    return Summary(
        lead=f"{name} goes with {formatting.more_or_less(outlook.premium.expected)} pay, {whose}.{includes}",
        lines=tuple(lines),
        total=(f"What is left over {presenter.horizon()}", money.whole(gain.net_gain)),
        worth=f"Without the cost of the hours, and divided by the hours: {worth} an hour of study.",
    )


def _describe_extra_pay(presenter: VerdictPresenter, outlook: Outlook, share: str, pay: str) -> str:
    if outlook.study.added:
        return f"{share} of {pay} with what {presenter.skills(outlook.study.added)} adds, a year"
    return f"{share} of {pay}, a year"


def _describe_hours(presenter: VerdictPresenter, hours: float) -> str:
    """The hours of study, and what one of them is counted at."""
    value, money = presenter.verdict.hour_value, presenter.money
    share = presenter.published.edition.constants.free_hour_share
    part = "a quarter" if share == 0.25 else formatting.whole_percent(share)
    whose = f"{part} of the {presenter.hourly_pay} that your work pays" if value.is_default else "as you say"
    return f"{formatting.plural(round(hours), 'hour')} at {money.write(round(value.amount or 0.0, 2))}, {whose}"
