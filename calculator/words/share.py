"""The links to share: first without the salary, then exact."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.profile import PayLevel
from calculator.words.pay_levels import LEVEL_SHARES
from calculator.words.speaker import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareWords:
    """Query-pinned addresses. `exact` is empty where the page itself holds no salary."""

    level: str
    level_text: str
    exact: str


def share_words(speaker: Speaker) -> ShareWords:
    pay, market = speaker.profile.pay, speaker.verdict.market
    level = pay if isinstance(pay, PayLevel) else market.nearest_level if market else PayLevel.P50
    return ShareWords(
        level=speaker.address(pay=level),
        level_text=f"It is for pay at which {LEVEL_SHARES[level]}, the same for everyone near that",
        exact="" if isinstance(pay, PayLevel) else speaker.address(),
    )
