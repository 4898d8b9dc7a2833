"""The working: each formula with this visitor's numbers in it, so that a pocket calculator gives the printed figures.

Every operand is printed to six significant digits and every result to four or more, so that results follow from what is
printed. `e^x` is the exponential, `ln` the natural logarithm, Φ the normal distribution's share below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

from calculator.engine.market import Market, pay_line
from calculator.engine.net_gain import MONTHS_PER_YEAR
from calculator.engine.profile import PayLevel
from calculator.engine.verdict import LEARNING_NOTHING, Gain, Outlook
from calculator.words.speaker import Speaker
from earnverdict import figures
from earnverdict.figures import MINUS


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingLine:
    """One step: what it is, the sum with numbers in it, and its result. `anchor` is its paragraph of the method."""

    name: str
    sum: str
    result: str
    anchor: str


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
    chances: tuple[str, ...]


def working_words(speaker: Speaker) -> WorkingWords | None:
    """None without a market: there are no sums to show."""
    market = speaker.verdict.market
    if market is None:
        return None
    return WorkingWords(
        market=tuple(_market(market)),
        skills=tuple(
            SkillWorking(name=speaker.skill(outlook.slug), lines=tuple(_skill(speaker, market, outlook, outlook.gain)))
            for outlook in speaker.verdict.outlooks
            if outlook.gain is not None
        ),
        chances=tuple(_chances(speaker)),
    )


def number(value: float, digits: int = 6) -> str:
    """Significant digits with a true minus and no exponent: 115000, 0.0419914, −0.00317."""
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{abs(value):.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{MINUS}{text}" if value < 0 else text


def _in_sum(value: float) -> str:
    """A number inside a sum: negative ones in brackets."""
    return f"({number(value)})" if value < 0 else number(value)


def _market(market: Market) -> Iterator[WorkingLine]:
    line = pay_line(market.answered_by.quantiles, market.sigma)
    (low_z, low_pay), (high_z, high_pay) = line.segment_at(math.log(market.annual_salary))
    low, high = number(math.exp(low_pay)), number(math.exp(high_pay))
    z = low_z + (math.log(market.annual_salary) - low_pay) * (high_z - low_z) / (high_pay - low_pay)
    pay = number(market.annual_salary)
    yield WorkingLine(
        name="z, your pay in standard deviations from the median",
        sum=f"{_in_sum(low_z)} + ln({pay} ÷ {low}) ÷ ln({high} ÷ {low}) × {_in_sum(high_z - low_z)}",
        result=number(z),
        anchor="2-where-your-pay-stands",
    )
    yield WorkingLine(
        name="Percentile",
        sum=f"Φ({number(z)})",
        result=f"{number(NormalDist().cdf(z), 4)}",
        anchor="2-where-your-pay-stands",
    )
    if market.annual_salary > market.levels[PayLevel.P90]:
        yield WorkingLine(
            name="Pay that premiums apply to: the lower of yours and P90",
            sum=f"min({pay}, {number(market.levels[PayLevel.P90])})",
            result=number(market.capped_salary),
            anchor="5-uplift",
        )


def _skill(speaker: Speaker, market: Market, outlook: Outlook, gain: Gain) -> Iterator[WorkingLine]:
    edition, profile, study = speaker.published.edition, speaker.profile, outlook.study
    constants, tilt = edition.constants, edition.skills[outlook.slug].tilt
    pool = edition.pool(outlook.slug, profile.evidence, market.region)
    if pool is None or outlook.premium is None:
        return
    shifted = pool.expected + outlook.tilt_shift
    if tilt:
        clamped = max(constants.tilt_from, min(constants.tilt_to, market.percentile))
        yield WorkingLine(
            name="Tilt: how the premium changes at your pay (log units)",
            sum=f"{_in_sum(tilt)} × ({number(clamped)} {MINUS} 0.5) ÷ 0.5",
            result=number(outlook.tilt_shift, 4),
            anchor="3-tilt",
        )
    yield WorkingLine(
        name="Expected premium: mean of the pool’s 40 points, plus tilt",
        sum=f"e^({_in_sum(pool.expected)} + {_in_sum(outlook.tilt_shift)}) {MINUS} 1",
        result=number(outlook.premium.expected, 4),
        anchor="1-from-evidence-to-a-premium",
    )
    if gain.stack_ratio != 1:
        yield WorkingLine(
            name="What is left of it beside your skills and under the cap (log units)",
            sum=f"{_in_sum(shifted)} × {number(gain.stack_ratio)}",
            result=number(shifted * gain.stack_ratio, 4),
            anchor="4-stacking",
        )
    yield WorkingLine(
        name="Uplift a year, if an employer pays for it",
        sum=f"{number(market.capped_salary)} × (e^{_in_sum(shifted * gain.stack_ratio)} {MINUS} 1)",
        result=number(gain.uplift.expected, 5),
        anchor="5-uplift",
    )
    yield WorkingLine(
        name="Months of study",
        sum=f"{number(study.hours)} ÷ ({profile.weekly_hours} × {number(constants.weeks_per_year)} ÷ 12)",
        result=number(study.months),
        anchor="6-time",
    )
    yield WorkingLine(
        name="Month of first extra pay",
        sum=f"{number(study.months)} + {number(constants.months_until_pay)}",
        result=number(study.first_pay_month),
        anchor="6-time",
    )
    yield _net_gain(speaker, outlook, gain)


def _chances(speaker: Speaker) -> Iterator[str]:
    """How many of all combinations of points the best bet wins against each alternative, ties half."""
    points = speaker.published.edition.constants.pool_points
    for rival in speaker.verdict.rivals:
        combinations = points if rival.slug == LEARNING_NOTHING else points * points
        wins = f"{figures.group(rival.chance * combinations)} of {figures.group(combinations)}"
        yield f"against {speaker.rival(rival.slug)} it wins {wins} combinations"


def _net_gain(speaker: Speaker, outlook: Outlook, gain: Gain) -> WorkingLine:
    """Nothing is paid before the horizon if study takes longer."""
    rate = number(speaker.published.edition.constants.discount_rate)
    horizon, first_pay = speaker.profile.horizon_years * MONTHS_PER_YEAR, outlook.study.first_pay_month
    exam = number(outlook.study.exam_cost or 0.0)
    name = f"Net gain within {speaker.horizon()}: odds × uplift × discounted years, minus the exam"
    paid = (
        f"{number(speaker.profile.odds_percent / 100)} × {_in_sum(gain.uplift.expected)} × "
        f"(e^({MINUS}{rate} × {number(first_pay)} ÷ 12) {MINUS} e^({MINUS}{rate} × {horizon} ÷ 12)) ÷ {rate}"
        if first_pay < horizon
        else "0"
    )
    return WorkingLine(name=name, sum=f"{paid} {MINUS} {exam}", result=number(gain.net_gain, 4), anchor="7-net-gain")
