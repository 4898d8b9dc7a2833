"""The pay of a market as a strip: eight in ten, the middle half, the middle, and the visitor's own pay."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.market import Market
from calculator.engine.profile import PayLevel
from earnverdict.chart_scale import Axis, Bar, Scale
from earnverdict.formatting import Money

#: The strip is this many times as wide as eight in ten are apart, so that pay outside of them has room.
_ROOM = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketStrip:
    """A line has its two ends; the bar's mark is the middle."""

    eight_in_ten: tuple[str, str]
    middle_half: Bar
    you: str
    axis: Axis


def market_strip(market: Market, money: Money) -> MarketStrip:
    levels = market.levels
    room = (levels[PayLevel.P90] - levels[PayLevel.P10]) * _ROOM
    scale = Scale.between(max(0.0, min(levels[PayLevel.P10], market.capped_salary) - room), levels[PayLevel.P90] + room)
    you = min(max(market.annual_salary, scale.low), scale.high)
    return MarketStrip(
        eight_in_ten=(scale.at(levels[PayLevel.P10]), scale.at(levels[PayLevel.P90])),
        middle_half=scale.bar(levels[PayLevel.P25], levels[PayLevel.P75], levels[PayLevel.P50]),
        you=scale.at(you),
        axis=scale.money_axis(money),
    )
