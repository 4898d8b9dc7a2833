"""The calculation: each formula with this visitor's numbers in it, so that a pocket calculator gives the same figures.

`e^x` is the exponential, `ln` the natural logarithm, Φ the normal distribution's share below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

from calculator.engine.constants import Constants
from calculator.engine.market import Market
from calculator.engine.net_gain import Clock
from calculator.engine.profile import PayLevel
from calculator.presenters.calculation_line import (
    CalculationLine,
    write_difference,
    write_discounted_years,
    write_in_sum,
    write_number,
)
from calculator.presenters.calculation_summary import Summary, present_summary
from calculator.presenters.skill_calculation import SkillCalculation, present_skill_calculation
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.formatting import MINUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """A summary, then the market's steps, each skill's, the plan's, and what the chances are counted from.

    `odds` says what the visitor's odds do to the sums.
    """

    summary: Summary | None
    odds: str
    market: tuple[CalculationLine, ...]
    skills: tuple[SkillCalculation, ...]
    plan: tuple[CalculationLine, ...]
    chances: str


def present_calculation(presenter: VerdictPresenter) -> Calculation | None:
    """None without a market: there are no sums to show."""
    market = presenter.verdict.market
    if market is None:
        return None
    summary = present_summary(presenter, market)
    totals = {summary.slug: summary.total[1]} if summary else {}
    return Calculation(
        summary=summary,
        odds=_explain_odds(presenter),
        market=(*_write_market(market, presenter.published.edition.constants), *_write_hour(presenter, market)),
        skills=tuple(
            present_skill_calculation(presenter, market, outlook, outlook.gain, totals.get(outlook.slug))
            for outlook in presenter.verdict.outlooks
            if outlook.gain is not None
        ),
        plan=tuple(_write_plan(presenter)),
        chances=_explain_chances(presenter),
    )


def _explain_odds(presenter: VerdictPresenter) -> str:
    odds = presenter.profile.odds_percent
    if odds == 100:
        return "You are sure to be paid for it, so all of the extra pay counts."
    part = "half" if odds == 50 else f"only {odds}%"
    return f"At {odds}% odds, {part} of the extra pay counts, in every sum and every chance."


def _write_market(market: Market, constants: Constants) -> Iterator[CalculationLine]:
    (low_z, low_pay), (high_z, high_pay) = market.line.segment_at(math.log(market.annual_salary))
    low, high = write_number(math.exp(low_pay)), write_number(math.exp(high_pay))
    z = low_z + (math.log(market.annual_salary) - low_pay) * (high_z - low_z) / (high_pay - low_pay)
    pay = write_number(market.annual_salary)
    yield CalculationLine(
        name="z, your pay in standard deviations from the median",
        sum=f"{write_in_sum(low_z)} + ln({pay} ÷ {low}) ÷ ln({high} ÷ {low}) × {write_in_sum(high_z - low_z)}",
        result=write_number(z),
    )
    share = NormalDist().cdf(z)
    lowest, highest = constants.lowest_percentile, constants.highest_percentile
    is_inside = lowest <= share <= highest
    yield CalculationLine(
        name="Percentile"
        if is_inside
        else f"Percentile, kept between {write_number(lowest)} and {write_number(highest)}",
        sum=f"Φ({write_number(z)})"
        if is_inside
        else f"max({write_number(lowest)}, min({write_number(highest)}, Φ({write_number(z)})))",
        result=write_number(market.percentile, 4),
    )
    if market.annual_salary > market.levels[PayLevel.P90]:
        yield CalculationLine(
            name="Pay that extra pay is a share of: yours, or what one in ten earns more than",
            sum=f"min({pay}, {write_number(market.levels[PayLevel.P90])})",
            result=write_number(market.capped_salary),
        )


def _write_hour(presenter: VerdictPresenter, market: Market) -> Iterator[CalculationLine]:
    """What an hour of the visitor's own is worth, where the visitor does not say it."""
    hour, constants = presenter.verdict.hour_value, presenter.published.edition.constants
    if hour.is_default and hour.amount is not None:
        yield CalculationLine(
            name="An hour of your own: a share of your hourly pay",
            sum=f"{write_number(market.annual_salary)} ÷ {write_number(constants.paid_hours_per_year)} × "
            f"{write_number(constants.free_hour_share)}",
            result=write_number(hour.amount),
        )


def _write_plan(presenter: VerdictPresenter) -> Iterator[CalculationLine]:
    """Each step of the plan: what it adds, and the total."""
    plan = presenter.verdict.plan
    if plan is None:
        return
    constants = presenter.published.edition.constants
    rate, odds = write_number(constants.discount_rate), presenter.profile.odds_percent / 100
    clock, before = Clock.of(presenter.profile, constants), 0.0
    terms: list[float] = []
    for step in plan.best.steps:
        first_pay = clock.first_pay_month(step.done_month)
        years = clock.years_of_pay(first_pay)
        paid = odds * (step.annual_uplift - before) * years
        cost = (step.exam_cost + step.hours_cost) * clock.discount(step.start_month)
        yield CalculationLine(
            name=f"{presenter.skill(step.slug)}: your odds × the extra pay it adds × years, less its exam and hours",
            sum=(
                f"{write_number(odds)} × {write_number(step.annual_uplift - before)} × "
                f"{write_discounted_years(presenter, first_pay) if years else '0'} {MINUS} "
                f"({write_number(step.exam_cost)} + {write_number(step.hours_cost)}) × "
                f"e^({MINUS}{rate} × {write_number(step.start_month)} ÷ 12)"
            ),
            result=write_difference(paid - cost, max(paid, cost)),
        )
        terms.append(paid - cost)
        before = step.annual_uplift
    if len(terms) > 1:
        yield CalculationLine(
            name="The whole plan",
            sum=" + ".join(map(write_in_sum, terms)),
            result=write_difference(plan.best.net_gain, max(map(abs, terms))),
        )


def _explain_chances(presenter: VerdictPresenter) -> str:
    """What the chances are counted from."""
    constants = presenter.published.edition.constants
    points, cases = constants.pool_points, len(constants.hour_case_weights)
    return (
        f"For each skill we take {points} equally likely amounts of extra pay, and {cases} estimates of its hours with "
        f"each: {points * cases} cases. We compare every case of a skill with every case of all others. Its chance to "
        "be the best is how often it leaves you most, and more than nothing. Nothing is drawn at random."
    )
