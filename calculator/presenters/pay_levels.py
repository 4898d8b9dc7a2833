"""A level of a market's pay in words: how many developers earn less or more."""

from __future__ import annotations

from calculator.engine.market import Market
from calculator.engine.profile import PayLevel
from earnverdict.formatting import count_word

#: As the second half of a sentence: "pay at which one in four earns less".
LEVEL_SHARES = {
    PayLevel.P10: "one in ten earns less",
    PayLevel.P25: "one in four earns less",
    PayLevel.P50: "half earn more",
    PayLevel.P75: "one in four earns more",
    PayLevel.P90: "one in ten earns more",
}
#: What the pay of a shared verdict is.
NEAREST = f"the nearest of {count_word(len(PayLevel))} pay levels"
#: Before an amount: "One in ten earns less than $96,000".
LEVEL_SENTENCES = {
    PayLevel.P10: "One in ten earns less than",
    PayLevel.P25: "One in four earns less than",
    PayLevel.P50: "Half earn more than",
    PayLevel.P75: "One in four earns more than",
    PayLevel.P90: "One in ten earns more than",
}


def standing_share(percentile: float) -> str:
    """How many developers earn less, of a hundred: "about 34 of 100 developers earn less"."""
    return f"about {round(percentile * 100)} of 100 developers earn less"


def say_if_estimated(market: Market, sentence: str, *levels: PayLevel) -> str:
    """Begin a sentence about levels of pay with "we estimate that", unless the source publishes all of them."""
    is_published = all(market.is_published(level) for level in levels)
    return sentence if is_published else f"we estimate that {sentence}"
