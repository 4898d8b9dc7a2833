"""A level of a market's pay in words: how many developers earn less or more."""

from __future__ import annotations

from calculator.engine.profile import PayLevel

#: As the second half of a sentence: "pay at which one in four earns less".
LEVEL_SHARES = {
    PayLevel.P10: "one in ten earns less",
    PayLevel.P25: "one in four earns less",
    PayLevel.P50: "half earn more",
    PayLevel.P75: "one in four earns more",
    PayLevel.P90: "one in ten earns more",
}
#: Before what it is a level of: "the middle of pay".
LEVEL_NAMES = {
    PayLevel.P10: "the lowest tenth",
    PayLevel.P25: "the lower quarter",
    PayLevel.P50: "the middle",
    PayLevel.P75: "the upper quarter",
    PayLevel.P90: "the top tenth",
}
#: After an amount of that level: "on about $104,000 in Austin; three in four there earn more". P50 is the middle.
LEVEL_OTHERS = {
    PayLevel.P10: "nine in ten {there} earn more",
    PayLevel.P25: "three in four {there} earn more",
    PayLevel.P75: "one in four {there} earns more",
    PayLevel.P90: "one in ten {there} earns more",
}
#: Before an amount: "One in ten earns less than $96,000".
LEVEL_SENTENCES = {
    PayLevel.P10: "One in ten earns less than",
    PayLevel.P25: "One in four earns less than",
    PayLevel.P50: "Half earn more than",
    PayLevel.P75: "One in four earns more than",
    PayLevel.P90: "One in ten earns more than",
}


def name_level(level: PayLevel) -> str:
    """Name a level in few words: lower quarter of pay."""
    return f"{LEVEL_NAMES[level].removeprefix('the ')} of pay"


def standing_share(percentile: float) -> str:
    """How many developers earn less, of a hundred: "about 34 of 100 developers earn less"."""
    return f"about {round(percentile * 100)} of 100 developers earn less"
