"""The grades of evidence: what each is called, what it means, and how much of a premium is of which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.engine import TYPICAL
from earnverdict import formatting
from skills.models import Grade

GRADE_WORDS = {
    Grade.A.value: "strong",
    Grade.B.value: "good",
    Grade.C.value: "fair",
    Grade.D.value: "claimed",
    TYPICAL: "typical skill",
}
#: Of a way the worst grade is an editor's reading of little, and no claim.
GRADE_WORDS_OF_WAYS = GRADE_WORDS | {Grade.D.value: "thin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeText:
    """A grade for readers: `A`, `strong`, `other things held equal, and several samples agree`."""

    letter: str
    word: str
    meaning: str


GRADES = tuple(
    GradeText(letter=grade.value, word=GRADE_WORDS[grade.value], meaning=grade.label.partition(" · ")[2])
    for grade in Grade
)
#: Under this share of evidence a figure is mostly our guess about a typical skill, and pages say so next to it.
_THIN_BELOW = 0.5
ASK_FOR_THE_WORK = "ask for the work, not for a course"
#: Why to ask for it, where there is room for a few words.
MEASURED_AT_WORK = "measured on people who do it at work"


def describe_grades(grade_shares: Mapping[str, float]) -> str:
    """Format the shares: 50% strong, 12% fair, 38% typical skill; "" if nothing counts."""
    return ", ".join(f"{formatting.whole_percent(share)} {GRADE_WORDS[grade]}" for grade, share in grade_shares.items())


def label_measured(label: str, grade_shares: Mapping[str, float]) -> str:
    """Name a measured range, with a warning if less than half of it is evidence: Measured, thin evidence."""
    return f"{label}, thin evidence" if 1 - grade_shares.get(TYPICAL, 0.0) < _THIN_BELOW else label
