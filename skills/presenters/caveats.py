"""What pages say in the same words about figures of ways: that people differ, and why a skill's figure is smaller."""

from __future__ import annotations

DIFFERENCES = (
    "People who changed employer, asked or were promoted are not like those who did not. "
    "So these are differences between people, not what the step alone would bring."
)
#: Why a way and a skill on one chart are not read alike.
TYPICAL_SKILL = (
    "A skill’s figure is drawn towards that of a typical skill, because single findings tend to be too high. "
    "The figure of a way is as we read it."
)
