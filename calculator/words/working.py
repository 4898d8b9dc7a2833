"""The working: each formula with this visitor's numbers in it, so that a pocket calculator gives the printed figures.

Every operand is printed to six significant digits and every result to four or more, so that results follow from what is
printed. `e^x` is the exponential, `ln` the natural logarithm, Φ the normal distribution's share below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

from calculator.engine.constants import Constants
from calculator.engine.edition import Pool
from calculator.engine.market import Market, pay_line
from calculator.engine.net_gain import MONTHS_PER_YEAR, Clock
from calculator.engine.profile import PayLevel
from calculator.engine.uplift import gain_cap, stack_weight, tilt_shift
from calculator.engine.verdict import LEARNING_NOTHING, Gain, Outlook
from calculator.words.speaker import Speaker
from earnverdict import figures
from earnverdict.figures import MINUS


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingLine:
    """One step: what it is, the sum with numbers in it, and its result."""

    name: str
    sum: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillWorking:
    """All steps of one skill."""

    name: str
    lines: tuple[WorkingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingWords:
    """The market's steps, then each skill's."""

    market: tuple[WorkingLine, ...]
    skills: tuple[SkillWorking, ...]
    path: tuple[WorkingLine, ...]
    chances: tuple[str, ...]


def working_words(speaker: Speaker) -> WorkingWords | None:
    """None without a market: there are no sums to show."""
    market = speaker.verdict.market
    if market is None:
        return None
    return WorkingWords(
        market=tuple(_market(market, speaker.published.edition.constants)),
        skills=tuple(
            SkillWorking(name=speaker.skill(outlook.slug), lines=tuple(_skill(speaker, market, outlook, outlook.gain)))
            for outlook in speaker.verdict.outlooks
            if outlook.gain is not None
        ),
        path=tuple(_path(speaker)),
        chances=tuple(_chances(speaker)),
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


def _in_sum(value: float) -> str:
    """A number inside a sum: negative ones in brackets."""
    return f"({number(value)})" if value < 0 else number(value)


def _market(market: Market, constants: Constants) -> Iterator[WorkingLine]:
    line = pay_line(market.answered_by.quantiles, market.sigma)
    (low_z, low_pay), (high_z, high_pay) = line.segment_at(math.log(market.annual_salary))
    low, high = number(math.exp(low_pay)), number(math.exp(high_pay))
    z = low_z + (math.log(market.annual_salary) - low_pay) * (high_z - low_z) / (high_pay - low_pay)
    pay = number(market.annual_salary)
    yield WorkingLine(
        name="z, your pay in standard deviations from the median",
        sum=f"{_in_sum(low_z)} + ln({pay} ÷ {low}) ÷ ln({high} ÷ {low}) × {_in_sum(high_z - low_z)}",
        result=number(z),
    )
    share = NormalDist().cdf(z)
    lowest, highest = constants.lowest_percentile, constants.highest_percentile
    is_inside = lowest <= share <= highest
    yield WorkingLine(
        name="Percentile" if is_inside else f"Percentile, kept between {number(lowest)} and {number(highest)}",
        sum=f"Φ({number(z)})" if is_inside else f"max({number(lowest)}, min({number(highest)}, Φ({number(z)})))",
        result=number(market.percentile, 4),
    )
    if market.annual_salary > market.levels[PayLevel.P90]:
        yield WorkingLine(
            name="Pay that premiums apply to: the lower of yours and P90",
            sum=f"min({pay}, {number(market.levels[PayLevel.P90])})",
            result=number(market.capped_salary),
        )


def _skill(speaker: Speaker, market: Market, outlook: Outlook, gain: Gain) -> Iterator[WorkingLine]:
    pool = speaker.published.edition.pool(outlook.slug, speaker.profile.evidence, market.region)
    if pool is not None and outlook.premium is not None:
        yield from _tilt(speaker, market, outlook)
        yield from _uplift(speaker, market, outlook, gain, pool)
        yield from _time(speaker, outlook)
        yield from _worth(speaker, outlook, gain)


def _tilt(speaker: Speaker, market: Market, outlook: Outlook) -> Iterator[WorkingLine]:
    constants, tilt = speaker.published.edition.constants, speaker.published.edition.skills[outlook.slug].tilt
    if not tilt:
        return
    low, high = constants.tilt_from, constants.tilt_to
    clamped = max(low, min(high, market.percentile))
    kept = "" if clamped == market.percentile else f", the percentile kept between {number(low)} and {number(high)}"
    yield WorkingLine(
        name=f"Tilt: how the premium changes at your pay, in log units{kept}",
        sum=f"{_in_sum(tilt)} × ({number(clamped)} {MINUS} 0.5) ÷ 0.5",
        result=number(outlook.tilt_shift, 4),
    )


def _uplift(speaker: Speaker, market: Market, outlook: Outlook, gain: Gain, pool: Pool) -> Iterator[WorkingLine]:
    """The expected amount step by step, then its low and high ends in one sum each."""
    shift, ratio = outlook.tilt_shift, gain.stack_ratio
    if outlook.premium is not None:
        yield WorkingLine(
            name=f"Expected premium: mean of the pool’s {len(pool.points)} points, plus tilt",
            sum=f"e^({_in_sum(pool.expected)} + {_in_sum(shift)}) {MINUS} 1",
            result=number(outlook.premium.expected, 4),
        )
    if ratio != 1:
        yield from _stack(speaker, pool.expected + shift, ratio)
    salary, tilt, kept = number(market.capped_salary), _in_sum(shift), "" if ratio == 1 else f" × {number(ratio)}"
    for name, x, amount in (
        ("Uplift a year, if an employer pays for it", pool.expected, gain.uplift.expected),
        ("Its low end, from the pool’s P10", pool.low, gain.uplift.low),
        ("Its high end, from the pool’s P90", pool.high, gain.uplift.high),
    ):
        exponent = f"({_in_sum(x)} + {tilt}){kept}"
        yield WorkingLine(name=name, sum=f"{salary} × (e^({exponent}) {MINUS} 1)", result=number(amount, 5))


def _stack(speaker: Speaker, own: float, ratio: float) -> Iterator[WorkingLine]:
    """What the held skills and the cap leave of a premium: the stack with it less the stack without it."""
    constants, choice = speaker.published.edition.constants, speaker.profile.evidence
    held = list(_held_premiums(speaker))
    stack = f"({_stack_sum([*held, own], constants)}) {MINUS} ({_stack_sum(held, constants)})"
    cap = gain_cap(choice, constants)
    yield WorkingLine(
        name="What counts of it beside the skills you have, and under the cap (log units)",
        sum=stack if math.isinf(cap) else f"min({number(cap)}, {stack})",
        result=number(own * ratio, 4),
    )


def _held_premiums(speaker: Speaker) -> Iterator[float]:
    edition, profile, market = speaker.published.edition, speaker.profile, speaker.verdict.market
    for slug in profile.held:
        pool = edition.pool(slug, profile.evidence, edition.places[profile.location].region)
        if pool is not None and market is not None:
            yield pool.expected + tilt_shift(edition.skills[slug].tilt, market.percentile, edition.constants)


def _stack_sum(premiums: list[float], constants: Constants) -> str:
    """Each premium above zero times its weight, the largest first."""
    ranked = sorted((premium for premium in premiums if premium > 0), reverse=True)
    terms = [f"{number(stack_weight(rank, constants))} × {number(premium)}" for rank, premium in enumerate(ranked)]
    return " + ".join(terms) or "0"


def _time(speaker: Speaker, outlook: Outlook) -> Iterator[WorkingLine]:
    constants, study = speaker.published.edition.constants, outlook.study
    months = number(study.months)
    yield WorkingLine(
        name="Months of study",
        sum=f"{number(study.hours)} ÷ ({speaker.profile.weekly_hours} × {number(constants.weeks_per_year)} ÷ 12)",
        result=months,
    )
    yield WorkingLine(
        name="Month of first extra pay",
        sum=f"{months} + {number(constants.months_until_pay)}",
        result=number(study.first_pay_month),
    )


def _worth(speaker: Speaker, outlook: Outlook, gain: Gain) -> Iterator[WorkingLine]:
    """Net gain, per hour of study, and when the exam is paid back; nothing is paid if study takes longer."""
    profile, study, exam = speaker.profile, outlook.study, number(outlook.study.exam_cost or 0.0)
    rate, odds = number(speaker.published.edition.constants.discount_rate), number(profile.odds_percent / 100)
    horizon, first_pay = profile.horizon_years * MONTHS_PER_YEAR, number(study.first_pay_month)
    paid = (
        f"{odds} × {_in_sum(gain.uplift.expected)} × "
        f"(e^({MINUS}{rate} × {first_pay} ÷ 12) {MINUS} e^({MINUS}{rate} × {horizon} ÷ 12)) ÷ {rate}"
        if study.first_pay_month < horizon
        else "0"
    )
    yield WorkingLine(
        name=f"Net gain within {speaker.horizon()}: odds × uplift × discounted years, minus the exam",
        sum=f"{paid} {MINUS} {exam}",
        result=number(gain.net_gain, 4),
    )
    yield WorkingLine(
        name="Net gain per hour of study",
        sum=f"{_in_sum(gain.net_gain)} ÷ {number(study.hours)}",
        result=number(gain.net_gain_per_hour, 4),
    )
    if study.exam_cost and gain.break_even_month is not None:
        yield WorkingLine(
            name="Month in which the exam is paid back",
            sum=(
                f"{MINUS}12 × ln(e^({MINUS}{rate} × {first_pay} ÷ 12) {MINUS} {exam} × {rate} ÷ "
                f"({odds} × {number(gain.uplift.expected)})) ÷ {rate}"
            ),
            result=number(gain.break_even_month, 4),
        )


def _path(speaker: Speaker) -> Iterator[WorkingLine]:
    """Each step of the best order: what it adds, and the total."""
    profile, constants = speaker.profile, speaker.published.edition.constants
    rate, odds = number(constants.discount_rate), number(profile.odds_percent / 100)
    horizon, before = profile.horizon_years * MONTHS_PER_YEAR, 0.0
    clock = Clock.of(profile, constants)
    terms = []
    for step in speaker.verdict.path.steps:
        first_pay = clock.first_pay_month(step.done_month)
        years = clock.expected_years(first_pay)
        added = (step.annual_uplift - before) * years - step.exam_cost * clock.discount(step.start_month)
        discounted = (
            f"(e^({MINUS}{rate} × {number(first_pay)} ÷ 12) {MINUS} e^({MINUS}{rate} × {horizon} ÷ 12)) ÷ {rate}"
            if years
            else "0"
        )
        yield WorkingLine(
            name=f"{speaker.skill(step.slug)}: odds × what it adds to the uplift × discounted years, less its exam",
            sum=(
                f"{odds} × {number(step.annual_uplift - before)} × {discounted} {MINUS} "
                f"{number(step.exam_cost)} × e^({MINUS}{rate} × {number(step.start_month)} ÷ 12)"
            ),
            result=number(added, 4),
        )
        terms.append(_in_sum(added))
        before = step.annual_uplift
    if len(terms) > 1:
        yield WorkingLine(
            name="All in the best order", sum=" + ".join(terms), result=number(speaker.verdict.path.net_gain, 5)
        )


def _chances(speaker: Speaker) -> Iterator[str]:
    """How many of all combinations of points the best bet wins against each alternative, ties half."""
    points = speaker.published.edition.constants.pool_points
    for rival in speaker.verdict.rivals:
        combinations = points if rival.slug == LEARNING_NOTHING else points * points
        wins = f"{figures.group(rival.chance * combinations)} of {figures.group(combinations)}"
        yield f"against {speaker.rival(rival.slug)} it wins {wins} combinations"
