"""What pages say about figures in the same words everywhere: what a range is, and what a difference is not."""

from __future__ import annotations

from earnverdict.formatting import RANGE_CHANCE

#: A range is how unsure we are about the average of people alike; single people differ much more.
RANGE_MEANING = f"{RANGE_CHANCE} to hold the true average"
DIFFERENCES = (
    "People who changed employer, asked or were promoted are not like those who did not. "
    "So these are differences between people, not what the step alone would bring."
)
#: Why a way and a skill on one chart are not read alike.
TYPICAL_SKILL = (
    "A skill’s figure is drawn towards that of a typical skill, because single findings tend to be too high. "
    "The figure of a way is as we read it."
)
