"""The links to share: first without the salary, then exact."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.profile import PayLevel
from calculator.words.speaker import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareWords:
    """Query-pinned addresses. `exact` is empty where the page itself holds no salary."""

    level: str
    level_text: str
    exact: str


def share_words(speaker: Speaker) -> ShareWords:
    pay = speaker.profile.pay
    level = pay if isinstance(pay, PayLevel) else nearest_level(speaker)
    return ShareWords(
        level=speaker.address(pay=level),
        level_text=f"pay shown as {level.name} of the market, the same for everyone near it",
        exact="" if isinstance(pay, PayLevel) else speaker.address(),
    )


def nearest_level(speaker: Speaker) -> PayLevel:
    """The level nearest to the visitor's percentile; the median where there is no market."""
    market = speaker.verdict.market
    if market is None:
        return PayLevel.P50
    return min(PayLevel, key=lambda level: (abs(level.share - market.percentile), level.share))
