"""The calculation of one skill: its extra pay, its hours and years of pay, and what is left after all costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.engine.edition import Pool
from calculator.engine.market import Market
from calculator.engine.outcomes import MID
from calculator.engine.verdict import Gain, HourCase, Outlook
from calculator.presenters.calculation_line import (
    CalculationLine,
    write_difference,
    write_discounted_years,
    write_in_sum,
    write_number,
)
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.formatting import MINUS

_HOUR_CASES = ("low", "middle", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillCalculation:
    """All steps of one skill; `left` is what it leaves after all costs, by which skills are sorted."""

    slug: str
    name: str
    left: str
    lines: tuple[CalculationLine, ...]


def present_skill_calculation(
    presenter: VerdictPresenter, market: Market, outlook: Outlook, gain: Gain, total: str | None
) -> SkillCalculation:
    """Return all steps of a skill whose gain is known; `total` is that of the summary, where this is its skill."""
    return SkillCalculation(
        slug=outlook.slug,
        name=presenter.skill(outlook.slug),
        left=f"{total or presenter.money.whole(gain.net_gain)} left",
        lines=tuple(_write_skill(presenter, market, outlook, gain)),
    )


def compare_with_average(shift: float) -> str:
    """Say in which direction the visitor's pay moves the extra pay."""
    return f"{'Less' if shift < 0 else 'More'} at your pay than on average"


def _write_skill(
    presenter: VerdictPresenter, market: Market, outlook: Outlook, gain: Gain
) -> Iterator[CalculationLine]:
    pool = presenter.published.edition.pool(outlook.slug, presenter.profile.evidence, market.region)
    if pool is not None and outlook.premium is not None:
        yield from _write_tilt(presenter, market, outlook)
        yield from _write_premium(presenter, outlook, pool)
        yield from _write_uplift(presenter, market, outlook, gain, pool)
        yield from _write_study(presenter, outlook)
        yield from _write_worth(presenter, outlook, gain)


def _write_tilt(presenter: VerdictPresenter, market: Market, outlook: Outlook) -> Iterator[CalculationLine]:
    constants, tilt = presenter.published.edition.constants, presenter.published.edition.skills[outlook.slug].tilt
    if not tilt:
        return
    low, high = constants.tilt_from, constants.tilt_to
    clamped = max(low, min(high, market.percentile))
    kept = (
        ""
        if clamped == market.percentile
        else f", the percentile kept between {write_number(low)} and {write_number(high)}"
    )
    yield CalculationLine(
        name=f"{compare_with_average(outlook.tilt_shift)}, by half of what one American survey of 2023 shows, as a "
        f"logarithm{kept}",
        sum=f"{write_in_sum(tilt)} × ({write_number(clamped)} {MINUS} 0.5) ÷ 0.5",
        result=write_number(outlook.tilt_shift, 4),
    )


def _write_premium(presenter: VerdictPresenter, outlook: Outlook, pool: Pool) -> Iterator[CalculationLine]:
    """The expected premium after the shifts, as a logarithm and as a share of pay."""
    assert outlook.beta is not None and outlook.premium is not None  # noqa: S101, PT018 - the caller has checked
    has_years = presenter.profile.experience_years is not None
    shifts = f"what your pay {'and your years of work change' if has_years else 'changes'}"
    yield CalculationLine(
        name=f"Extra pay as a logarithm: the average of {len(pool.points)} equally likely amounts, plus {shifts}",
        sum=f"{write_in_sum(pool.expected)}{_write_shifts(presenter, outlook)}",
        result=write_number(outlook.beta),
    )
    yield CalculationLine(
        name="The same as a share of pay",
        sum=f"e^({write_in_sum(outlook.beta)}) {MINUS} 1",
        result=write_number(outlook.premium.expected, 4),
    )


def _write_shifts(presenter: VerdictPresenter, outlook: Outlook) -> str:
    """What is added to every figure of the pool."""
    experience = "" if presenter.profile.experience_years is None else f" + {write_in_sum(outlook.experience_shift)}"
    return f" + {write_in_sum(outlook.tilt_shift)}{experience}"


def _write_uplift(
    presenter: VerdictPresenter, market: Market, outlook: Outlook, gain: Gain, pool: Pool
) -> Iterator[CalculationLine]:
    """The expected extra pay, then its low and high ends; what comes before the skill adds its own pay above zero."""
    assert outlook.beta is not None  # noqa: S101 - the caller has checked
    before = ""
    if outlook.study.added:
        betas = [presenter.verdict.outlook(slug).beta or 0.0 for slug in outlook.study.added]
        yield CalculationLine(
            name=f"What {presenter.skills(outlook.study.added)} adds: it comes first",
            sum=" + ".join(f"max(0, {write_number(beta)})" for beta in betas),
            result=write_number(gain.prerequisite_beta),
        )
        before = f"{write_number(gain.prerequisite_beta)} + "
    salary, shifts = write_number(market.capped_salary), _write_shifts(presenter, outlook)
    for name, x, amount in (
        ("Extra pay a year, once an employer pays for it", write_in_sum(outlook.beta), gain.uplift.expected),
        (
            "Its low end: 1 chance in 10 that the true average is less",
            f"{write_in_sum(pool.low)}{shifts}",
            gain.uplift.low,
        ),
        (
            "Its high end: 1 chance in 10 that the true average is more",
            f"{write_in_sum(pool.high)}{shifts}",
            gain.uplift.high,
        ),
    ):
        yield CalculationLine(name=name, sum=f"{salary} × (e^({before}{x}) {MINUS} 1)", result=write_number(amount, 5))


def _write_study(presenter: VerdictPresenter, outlook: Outlook) -> Iterator[CalculationLine]:
    """Hours, then for each estimate of them the years of pay that are left."""
    study, weekly = outlook.study, presenter.profile.weekly_hours
    constants = presenter.published.edition.constants
    yield CalculationLine(
        name="Hours of study: our low, middle and high estimate, weighted",
        sum=" + ".join(f"{write_number(case.weight)} × {write_number(case.hours)}" for case in study.cases),
        result=write_number(study.hours),
    )
    yield CalculationLine(
        name="Months of study, by the middle estimate",
        sum=f"{write_number(study.cases[MID].hours)} ÷ ({weekly} × {write_number(constants.weeks_per_year)} ÷ 12)",
        result=write_number(study.months),
    )
    yield CalculationLine(
        name="Month of first extra pay",
        sum=f"{write_number(study.months)} + {write_number(constants.months_until_pay)}",
        result=write_number(study.first_pay_month),
    )
    for name, case in zip(_HOUR_CASES, study.cases, strict=True):
        yield CalculationLine(
            name=f"Years of pay within {presenter.horizon()}, later ones counting less: {name} estimate",
            sum=_write_years(presenter, case),
            result=write_number(case.years_of_pay),
        )
    yield CalculationLine(
        name="Years of pay, weighted",
        sum=" + ".join(f"{write_number(case.weight)} × {write_number(case.years_of_pay)}" for case in study.cases),
        result=write_number(study.years_of_pay),
    )


def _write_years(presenter: VerdictPresenter, case: HourCase) -> str:
    if not case.years_of_pay:
        return "0"
    return write_discounted_years(presenter, case.first_pay_month)


def _write_worth(presenter: VerdictPresenter, outlook: Outlook, gain: Gain) -> Iterator[CalculationLine]:
    """What is left after all costs, and what that makes an hour of study worth."""
    study, odds = outlook.study, presenter.profile.odds_percent / 100
    exam, hour = study.exam_cost or 0.0, presenter.verdict.hour_value.amount or 0.0
    paid, hours_cost = odds * gain.uplift.expected * study.years_of_pay, hour * study.hours
    net_gain = write_difference(gain.net_gain, max(abs(paid), exam, hours_cost))
    cost_of_hours = f"{write_number(hour)} × {write_number(study.hours)}"
    yield CalculationLine(
        name="What is left: your odds × extra pay × years, less the exam and your hours",
        sum=f"{write_number(odds)} × {write_in_sum(gain.uplift.expected)} × {write_number(study.years_of_pay)} "
        f"{MINUS} {write_number(exam)} {MINUS} {cost_of_hours}",
        result=net_gain,
    )
    worth = gain.worth_of_an_hour
    yield CalculationLine(
        name="Worth of an hour of study: the hours put back in, divided by them",
        sum=f"({write_in_sum(gain.net_gain)} + {cost_of_hours}) ÷ {write_number(study.hours)}",
        result=write_difference(worth, max(abs(gain.net_gain), hours_cost) / study.hours),
    )
