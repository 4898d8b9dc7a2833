"""What a figure rests on, in words: shares of strong, good and fair evidence, of claims, and of a typical skill."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.engine.edition import Grade
from calculator.engine.evidence import TYPICAL
from earnverdict import figures

GRADE_WORDS = {
    Grade.A.value: "strong",
    Grade.B.value: "good",
    Grade.C.value: "fair",
    Grade.D.value: "claimed",
    TYPICAL: "typical skill",
}


def share_words(grade_shares: Mapping[str, float]) -> str:
    """40% good, 40% fair, 20% typical skill."""
    return ", ".join(f"{figures.whole_percent(share)} {GRADE_WORDS[grade]}" for grade, share in grade_shares.items())
