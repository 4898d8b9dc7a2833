"""The pay of a market as a strip: eight in ten, the middle half, the middle, and the visitor's own pay."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.charts.scale import Scale
from calculator.engine.market import Market
from calculator.engine.profile import PayLevel
from earnverdict.formatting import Money

#: The strip is this many times as wide as eight in ten are apart, so that pay outside of them has room.
_ROOM = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketStrip:
    """The viewBox is the scale: whole amounts of pay. A line has its two ends, a bar its beginning and its width."""

    view_box: str
    eight_in_ten: tuple[str, str]
    middle_half: tuple[str, str]
    middle: str
    you: str
    ticks: str
    marks: tuple[tuple[str, str], ...]


def market_strip(market: Market, money: Money) -> MarketStrip:
    levels = market.levels
    room = (levels[PayLevel.P90] - levels[PayLevel.P10]) * _ROOM
    scale = Scale.between(max(0.0, min(levels[PayLevel.P10], market.capped_salary) - room), levels[PayLevel.P90] + room)
    marks = [(amount, money.axis(amount)) for amount in scale.steps(scale.step)]
    you = min(max(market.annual_salary, scale.low), scale.high)
    return MarketStrip(
        view_box=f"{scale.low:.0f} 0 {scale.high - scale.low:.0f} 1",
        eight_in_ten=(f"{levels[PayLevel.P10]:.0f}", f"{levels[PayLevel.P90]:.0f}"),
        middle_half=(f"{levels[PayLevel.P25]:.0f}", f"{levels[PayLevel.P75] - levels[PayLevel.P25]:.0f}"),
        middle=f"{levels[PayLevel.P50]:.0f}",
        you=f"{you:.0f}",
        ticks=f"M{scale.low:.0f} 0H{scale.high:.0f}" + "".join(f"M{amount:.0f} 0V1" for amount, _ in marks),
        marks=tuple(
            (f"{scale.share(amount) * 100:.1f}%", label) for amount, label in marks if 0.08 < scale.share(amount) < 0.92
        ),
    )
