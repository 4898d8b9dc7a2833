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
#: From this share on a figure is mostly what skills bring on average, and pages say so next to it.
_PARTLY_FROM = 0.5
ASK_FOR_THE_WORK = "ask for the work, not for a course"
#: Why to ask for it, where there is room for a few words.
MEASURED_AT_WORK = "measured on people who do it at work"


def describe_grades(grade_shares: Mapping[str, float]) -> str:
    """Format the shares: 50% strong, 12% fair, 38% typical skill; "" if nothing counts."""
    return ", ".join(f"{formatting.whole_percent(share)} {GRADE_WORDS[grade]}" for grade, share in grade_shares.items())


def label_measured(label: str, grade_shares: Mapping[str, float]) -> str:
    """Name a range by the evidence in it; if half or more of it is not about the skill: Partly measured."""
    return f"Partly {label[0].lower()}{label[1:]}" if grade_shares.get(TYPICAL, 0.0) >= _PARTLY_FROM else label
