"""The visitor's place in the market: a strip from P10 to P90."""

from __future__ import annotations

import math
from dataclasses import dataclass

from calculator.engine.profile import PayLevel
from calculator.presenters.pay_levels import LEVEL_SENTENCES, standing_share
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting

_EDGE = 0.06
#: The levels that have a label, and where it begins or ends, so that all stay inside.
_LABELLED = {PayLevel.P10: "start", PayLevel.P50: "middle", PayLevel.P90: "end"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One level of the market on the strip; `name` is its pay, empty where a label would be too much."""

    name: str
    position: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketPositionChart:
    """The strip on a scale of ratios: equal distances are equal factors of pay."""

    title: str
    description: str
    marks: tuple[Mark, ...]
    inner: str
    inner_width: str
    outer: str
    outer_width: str
    you: str
    you_anchor: str
    you_text: str


def market_position_chart(presenter: VerdictPresenter) -> MarketPositionChart | None:
    market, money = presenter.verdict.market, presenter.money
    if market is None:
        return None
    low, high = math.log(market.levels[PayLevel.P10]), math.log(market.levels[PayLevel.P90])

    def share(pay: float) -> float:
        """P10 and P90 stand a little inside, so that pay beyond them has room."""
        across = (math.log(pay) - low) / (high - low)
        return max(0.0, min(1.0, 2 * _EDGE + across * (1 - 4 * _EDGE)))

    positions = {level: share(pay) for level, pay in market.levels.items()}
    you = share(market.annual_salary)
    described = [f"{LEVEL_SENTENCES[level]} {money.rounded(pay)}" for level, pay in market.levels.items()]
    is_level = isinstance(presenter.profile.pay, PayLevel)
    who = "This pay level" if is_level else "Your pay"
    return MarketPositionChart(
        title=f"Pay of developers in {presenter.place(market.answered_by.slug)}",
        description=(
            f"{'. '.join(described)}. {who} is {money.whole(market.annual_salary)}: "
            f"{standing_share(market.percentile)}."
        ),
        marks=tuple(
            Mark(
                name=money.compact(formatting.two_digits(market.levels[level])) if level in _LABELLED else "",
                position=_percent(at),
                anchor=_LABELLED.get(level, "middle"),
            )
            for level, at in positions.items()
        ),
        inner=_percent(positions[PayLevel.P25]),
        inner_width=_percent(positions[PayLevel.P75] - positions[PayLevel.P25]),
        outer=_percent(positions[PayLevel.P10]),
        outer_width=_percent(positions[PayLevel.P90] - positions[PayLevel.P10]),
        you=_percent(you),
        you_anchor="start" if you < 0.4 else "end" if you > 0.6 else "middle",
        you_text=f"{'Here' if is_level else 'You'}: {money.compact(formatting.two_digits(market.annual_salary))}",
    )


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
