"""Describes the grades of a premium's evidence: strong, good, fair, and the typical skill."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.engine import TYPICAL, Grade
from earnverdict import formatting

GRADE_WORDS = {
    Grade.A.value: "strong",
    Grade.B.value: "good",
    Grade.C.value: "fair",
    Grade.D.value: "claimed",
    TYPICAL: "typical skill",
}
ASK_FOR_THE_WORK = "ask for the work, not for a course"


def describe_grades(grade_shares: Mapping[str, float]) -> str:
    """Format the shares: 50% strong, 12% fair, 38% typical skill; "" if nothing counts."""
    return ", ".join(f"{formatting.whole_percent(share)} {GRADE_WORDS[grade]}" for grade, share in grade_shares.items())
