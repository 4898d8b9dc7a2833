"""What texts say with the study's figures: the rows of a comparison, and sentences of the methodology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skills.study.figures import read_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """A question, and its answer by the method, by raw gaps, and by a blind guess; each as texts print it."""

    question: str
    method: str
    gaps: str
    blind: str


def compare_methods() -> tuple[ComparisonRow, ...]:
    """Return the rows of the page that compares the method with raw gaps and with a blind guess."""
    shown = {name: figure.shown for name, figure in read_figures().items()}
    questions = (
        ("rank relation with the hidden sample (1 = the same order, 0 = none)", "rank_{}", "0"),
        ("pairs of skills in the right order", "pairs_{}", shown["best_of_2_blind"]),
        ("the pick of four skills is the best of them", "best_of_4_{}", shown["best_of_4_blind"]),
        ("the pick of six skills is the best of them", "best_of_6_{}", shown["best_of_6_blind"]),
        ("measured premium of the pick of four, in points", "pick_of_4_{}", shown["pick_of_4_blind"]),
        ("error of the premiums, in points", "error_{}", "–"),
    )
    return tuple(
        ComparisonRow(
            question=question, method=shown[name.format("method")], gaps=shown[name.format("gaps")], blind=blind
        )
        for question, name, blind in questions
    )


def find_missing_lines(methodology: str) -> Iterator[str]:
    """Yield what the text of the methodology should say and does not, whatever its line breaks."""
    spaced = " ".join(methodology.replace(" %", "%").split())
    return (line for line in _list_expected_lines() if line not in spaced)


def _list_expected_lines() -> Iterator[str]:
    shown = {name: figure.shown for name, figure in read_figures().items()}
    yield (
        f"{shown['pairs_method']} of the pairs of skills were in the right order (raw gaps {shown['pairs_gaps']}, a "
        f"blind guess {shown['best_of_2_blind']}). The pick of six was the best of them in {shown['best_of_6_method']} "
        f"({shown['best_of_6_gaps']}, {shown['best_of_6_blind']})"
    )
    yield (
        f"The error of the premiums was {shown['error_method']} points, hundredths of a logarithm of pay (raw gaps "
        f"{shown['error_gaps']})"
    )
    yield f"{shown['inside']} of the hidden figures were inside its ranges of 80%"
    yield f"With so much noise of their own, {shown['expected_inside']} is what to expect"
    yield f"One figure for every skill, 2.5%, has an error of {shown['error_typical']} points"
    said = ", ".join(shown[f"said_{size}"].removesuffix("%") for size in (4, 5))
    came = ", ".join(shown[f"best_of_{size}_method"].removesuffix("%") for size in (4, 5))
    yield (
        f"where they said {said} and {shown['said_6']} on average for the first of four, five and six skills, it was "
        f"the best in {came} and {shown['best_of_6_method']}"
    )
    yield f"| people with it compared with people without it | {shown['example_gap']} |"
    yield f"| with experience, role and firm held constant | {shown['example_alone']} |"
    yield f"| with the other skills held constant too | {shown['example_measured']} |"
