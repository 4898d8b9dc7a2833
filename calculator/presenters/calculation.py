"""The calculation: each formula with this visitor's numbers in it, so that a pocket calculator gives the same figures.

Every operand is printed to six significant digits; a result has as many as follow from them. `e^x` is the exponential,
`ln` the natural logarithm, Φ the normal distribution's share below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

from calculator.engine.constants import Constants
from calculator.engine.edition import Pool
from calculator.engine.market import Market
from calculator.engine.net_gain import MONTHS_PER_YEAR, Clock
from calculator.engine.outcomes import MID
from calculator.engine.profile import PayLevel
from calculator.engine.verdict import Gain, HourCase, Outlook
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from earnverdict.formatting import MINUS

_HOUR_CASES = ("low", "middle", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationLine:
    """One step: what it is, the sum with numbers in it, and its result."""

    name: str
    sum: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillCalculation:
    """All steps of one skill."""

    slug: str
    name: str
    lines: tuple[CalculationLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What one skill brings and costs, in money that adds up, for who wants no formulas."""

    lead: str
    lines: tuple[tuple[str, str], ...]
    total: tuple[str, str]
    worth: str


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
    return Calculation(
        summary=_summary(presenter, market),
        odds=_odds(presenter),
        market=(*_market(market, presenter.published.edition.constants), *_hour(presenter, market)),
        skills=tuple(
            SkillCalculation(
                slug=outlook.slug,
                name=presenter.skill(outlook.slug),
                lines=tuple(_skill(presenter, market, outlook, outlook.gain)),
            )
            for outlook in presenter.verdict.outlooks
            if outlook.gain is not None
        ),
        plan=tuple(_plan(presenter)),
        chances=_chances(presenter),
    )


def number(value: float, digits: int = 6) -> str:
    """Significant digits with a true minus and no exponent: 115000, 0.0419914, −0.00317."""
    if value == 0:
        return "0"
    text = f"{value:.6g}" if digits == 6 else f"{value:.{digits}g}"  # a page has hundreds: Python reads the first once
    if "e" in text:
        places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        text = f"{value:.{places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", MINUS)


def _difference(value: float, largest: float) -> str:
    """A result of terms up to `largest`: with the decimals that five digits of that one have."""
    places = max(0, 4 - math.floor(math.log10(largest))) if largest > 0 else 4
    return f"{value:.{places}f}".replace("-", MINUS)


def _in_sum(value: float) -> str:
    """A number inside a sum: negative ones in brackets."""
    return f"({number(value)})" if value < 0 else number(value)


def _summary(presenter: VerdictPresenter, market: Market) -> Summary | None:
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
            _extra_pay_of(presenter, outlook, share, money.whole(market.capped_salary)),
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


def _odds(presenter: VerdictPresenter) -> str:
    odds = presenter.profile.odds_percent
    if odds == 100:
        return "You are sure to be paid for it, so all of the extra pay counts."
    return f"Odds of {odds}% mean that every sum and every chance counts {odds}% of the extra pay."


def _extra_pay_of(presenter: VerdictPresenter, outlook: Outlook, share: str, pay: str) -> str:
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


def _market(market: Market, constants: Constants) -> Iterator[CalculationLine]:
    (low_z, low_pay), (high_z, high_pay) = market.line.segment_at(math.log(market.annual_salary))
    low, high = number(math.exp(low_pay)), number(math.exp(high_pay))
    z = low_z + (math.log(market.annual_salary) - low_pay) * (high_z - low_z) / (high_pay - low_pay)
    pay = number(market.annual_salary)
    yield CalculationLine(
        name="z, your pay in standard deviations from the median",
        sum=f"{_in_sum(low_z)} + ln({pay} ÷ {low}) ÷ ln({high} ÷ {low}) × {_in_sum(high_z - low_z)}",
        result=number(z),
    )
    share = NormalDist().cdf(z)
    lowest, highest = constants.lowest_percentile, constants.highest_percentile
    is_inside = lowest <= share <= highest
    yield CalculationLine(
        name="Percentile" if is_inside else f"Percentile, kept between {number(lowest)} and {number(highest)}",
        sum=f"Φ({number(z)})" if is_inside else f"max({number(lowest)}, min({number(highest)}, Φ({number(z)})))",
        result=number(market.percentile, 4),
    )
    if market.annual_salary > market.levels[PayLevel.P90]:
        yield CalculationLine(
            name="Pay that extra pay is a share of: yours, or what one in ten earns more than",
            sum=f"min({pay}, {number(market.levels[PayLevel.P90])})",
            result=number(market.capped_salary),
        )


def _hour(presenter: VerdictPresenter, market: Market) -> Iterator[CalculationLine]:
    """What an hour of the visitor's own is worth, where the visitor does not say it."""
    hour, constants = presenter.verdict.hour_value, presenter.published.edition.constants
    if hour.is_default and hour.amount is not None:
        yield CalculationLine(
            name="An hour of your own: a share of your hourly pay",
            sum=f"{number(market.annual_salary)} ÷ {number(constants.paid_hours_per_year)} × "
            f"{number(constants.free_hour_share)}",
            result=number(hour.amount),
        )


def _skill(presenter: VerdictPresenter, market: Market, outlook: Outlook, gain: Gain) -> Iterator[CalculationLine]:
    pool = presenter.published.edition.pool(outlook.slug, presenter.profile.evidence, market.region)
    if pool is not None and outlook.premium is not None:
        yield from _tilt(presenter, market, outlook)
        yield from _premium(presenter, outlook, pool)
        yield from _uplift(presenter, market, outlook, gain, pool)
        yield from _study(presenter, outlook)
        yield from _worth(presenter, outlook, gain)


def _tilt(presenter: VerdictPresenter, market: Market, outlook: Outlook) -> Iterator[CalculationLine]:
    constants, tilt = presenter.published.edition.constants, presenter.published.edition.skills[outlook.slug].tilt
    if not tilt:
        return
    low, high = constants.tilt_from, constants.tilt_to
    clamped = max(low, min(high, market.percentile))
    kept = "" if clamped == market.percentile else f", the percentile kept between {number(low)} and {number(high)}"
    yield CalculationLine(
        name=f"Tilt: how the extra pay changes with your place among the pays there, as a logarithm{kept}",
        sum=f"{_in_sum(tilt)} × ({number(clamped)} {MINUS} 0.5) ÷ 0.5",
        result=number(outlook.tilt_shift, 4),
    )


def _premium(presenter: VerdictPresenter, outlook: Outlook, pool: Pool) -> Iterator[CalculationLine]:
    """The expected premium after the shifts, as a logarithm and as a share of pay."""
    assert outlook.beta is not None and outlook.premium is not None  # noqa: S101, PT018 - the caller has checked
    shifts = "the tilt" if presenter.profile.experience_years is None else "the tilt and a part for your years of work"
    yield CalculationLine(
        name=f"Extra pay as a logarithm: the average of {len(pool.points)} equally likely amounts, plus {shifts}",
        sum=f"{_in_sum(pool.expected)}{_shifts(presenter, outlook)}",
        result=number(outlook.beta),
    )
    yield CalculationLine(
        name="The same as a share of pay",
        sum=f"e^({_in_sum(outlook.beta)}) {MINUS} 1",
        result=number(outlook.premium.expected, 4),
    )


def _shifts(presenter: VerdictPresenter, outlook: Outlook) -> str:
    """What is added to every figure of the pool."""
    experience = "" if presenter.profile.experience_years is None else f" + {_in_sum(outlook.experience_shift)}"
    return f" + {_in_sum(outlook.tilt_shift)}{experience}"


def _uplift(
    presenter: VerdictPresenter, market: Market, outlook: Outlook, gain: Gain, pool: Pool
) -> Iterator[CalculationLine]:
    """The expected extra pay, then its low and high ends; what comes before the skill adds its own pay above zero."""
    assert outlook.beta is not None  # noqa: S101 - the caller has checked
    before = ""
    if outlook.study.added:
        betas = [presenter.verdict.outlook(slug).beta or 0.0 for slug in outlook.study.added]
        yield CalculationLine(
            name=f"What {presenter.skills(outlook.study.added)} adds: it comes first",
            sum=" + ".join(f"max(0, {number(beta)})" for beta in betas),
            result=number(gain.prerequisite_beta),
        )
        before = f"{number(gain.prerequisite_beta)} + "
    salary, shifts = number(market.capped_salary), _shifts(presenter, outlook)
    for name, x, amount in (
        ("Extra pay a year, once an employer pays for it", _in_sum(outlook.beta), gain.uplift.expected),
        ("Its low end: 1 chance in 10 that the true average is less", f"{_in_sum(pool.low)}{shifts}", gain.uplift.low),
        (
            "Its high end: 1 chance in 10 that the true average is more",
            f"{_in_sum(pool.high)}{shifts}",
            gain.uplift.high,
        ),
    ):
        yield CalculationLine(name=name, sum=f"{salary} × (e^({before}{x}) {MINUS} 1)", result=number(amount, 5))


def _study(presenter: VerdictPresenter, outlook: Outlook) -> Iterator[CalculationLine]:
    """Hours, then for each estimate of them the years of pay that are left."""
    study, weekly = outlook.study, presenter.profile.weekly_hours
    constants = presenter.published.edition.constants
    yield CalculationLine(
        name="Hours of study: our low, middle and high estimate, weighted",
        sum=" + ".join(f"{number(case.weight)} × {number(case.hours)}" for case in study.cases),
        result=number(study.hours),
    )
    yield CalculationLine(
        name="Months of study, by the middle estimate",
        sum=f"{number(study.cases[MID].hours)} ÷ ({weekly} × {number(constants.weeks_per_year)} ÷ 12)",
        result=number(study.months),
    )
    yield CalculationLine(
        name="Month of first extra pay",
        sum=f"{number(study.months)} + {number(constants.months_until_pay)}",
        result=number(study.first_pay_month),
    )
    for name, case in zip(_HOUR_CASES, study.cases, strict=True):
        yield CalculationLine(
            name=f"Years of pay within {presenter.horizon()}, later ones counting less: {name} estimate",
            sum=_years(presenter, case),
            result=number(case.years_of_pay),
        )
    yield CalculationLine(
        name="Years of pay, weighted",
        sum=" + ".join(f"{number(case.weight)} × {number(case.years_of_pay)}" for case in study.cases),
        result=number(study.years_of_pay),
    )


def _years(presenter: VerdictPresenter, case: HourCase) -> str:
    if not case.years_of_pay:
        return "0"
    return _discounted_years(presenter, case.first_pay_month)


def _discounted_years(presenter: VerdictPresenter, first_pay_month: float) -> str:
    """From the first pay to the horizon; the month is exact where little time is between them."""
    rate = number(presenter.published.edition.constants.discount_rate)
    horizon = presenter.profile.horizon_years * MONTHS_PER_YEAR
    month = number(first_pay_month, 6 if horizon - first_pay_month > MONTHS_PER_YEAR / 2 else 10)
    return f"(e^({MINUS}{rate} × {month} ÷ 12) {MINUS} e^({MINUS}{rate} × {horizon} ÷ 12)) ÷ {rate}"


def _worth(presenter: VerdictPresenter, outlook: Outlook, gain: Gain) -> Iterator[CalculationLine]:
    """What is left after all costs, and what that makes an hour of study worth."""
    study, odds = outlook.study, presenter.profile.odds_percent / 100
    exam, hour = study.exam_cost or 0.0, presenter.verdict.hour_value.amount or 0.0
    paid, hours_cost = odds * gain.uplift.expected * study.years_of_pay, hour * study.hours
    net_gain = _difference(gain.net_gain, max(abs(paid), exam, hours_cost))
    yield CalculationLine(
        name="What is left: your odds × extra pay × years, less the exam and your hours",
        sum=f"{number(odds)} × {_in_sum(gain.uplift.expected)} × {number(study.years_of_pay)} {MINUS} {number(exam)} "
        f"{MINUS} {number(hour)} × {number(study.hours)}",
        result=net_gain,
    )
    worth = gain.worth_of_an_hour
    yield CalculationLine(
        name="Worth of an hour of study: the hours put back in, divided by them",
        sum=f"({_in_sum(gain.net_gain)} + {number(hour)} × {number(study.hours)}) ÷ {number(study.hours)}",
        result=_difference(worth, max(abs(gain.net_gain), hours_cost) / study.hours),
    )


def _plan(presenter: VerdictPresenter) -> Iterator[CalculationLine]:
    """Each step of the plan: what it adds, and the total."""
    plan = presenter.verdict.plan
    if plan is None:
        return
    constants = presenter.published.edition.constants
    rate, odds = number(constants.discount_rate), presenter.profile.odds_percent / 100
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
                f"{number(odds)} × {number(step.annual_uplift - before)} × "
                f"{_discounted_years(presenter, first_pay) if years else '0'} {MINUS} "
                f"({number(step.exam_cost)} + {number(step.hours_cost)}) × "
                f"e^({MINUS}{rate} × {number(step.start_month)} ÷ 12)"
            ),
            result=_difference(paid - cost, max(paid, cost)),
        )
        terms.append(paid - cost)
        before = step.annual_uplift
    if len(terms) > 1:
        yield CalculationLine(
            name="The whole plan",
            sum=" + ".join(map(_in_sum, terms)),
            result=_difference(plan.best.net_gain, max(map(abs, terms))),
        )


def _chances(presenter: VerdictPresenter) -> str:
    """What the chances are counted from."""
    constants = presenter.published.edition.constants
    points, cases = constants.pool_points, len(constants.hour_case_weights)
    return (
        f"For each skill we take {points} equally likely amounts of extra pay, and {cases} estimates of its hours with "
        f"each: {points * cases} cases. We compare every case of a skill with every case of all others. Its chance to "
        "be the best is how often it leaves you most, and more than nothing. Nothing is drawn at random."
    )
