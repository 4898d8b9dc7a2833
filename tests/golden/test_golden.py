"""Old answers of an edition are reproduced to the last saved digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from calculator.engine import MODELS, assess
from calculator.engine.edition import Edition
from tests.golden.answers import as_answer, profile_of, read_golden_edition
from tests.golden.files import FOLDER, read_answers

FILES = sorted(FOLDER.glob("edition_*_model_*.json"))


def cases() -> Iterator[Any]:
    for path in FILES:
        golden = read_answers(path)
        for number, answer in enumerate(golden["answers"], start=1):
            yield pytest.param(path, answer, id=f"{path.stem}-{number}-{answer['verdict']['rating']}")


@cache
def golden_edition(path: Path) -> Edition:
    golden = read_answers(path)
    return read_golden_edition(golden["edition"], golden["checksum"])


@pytest.mark.parametrize(("path", "answer"), list(cases()))
def test_an_answer_never_changes(path: Path, answer: dict[str, Any]) -> None:
    verdict = assess(profile_of(answer["profile"]), golden_edition(path))

    words, figures = split_figures(as_answer(verdict))
    expected_words, expected_figures = split_figures(answer["verdict"])
    assert words == expected_words
    # Twelve digits are kept; another computer's exp and log may round the last of them differently.
    assert figures == pytest.approx(expected_figures, rel=2e-12, abs=1e-9)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_file_has_twenty_varied_answers_of_a_model_that_is_still_callable(path: Path) -> None:
    golden = read_answers(path)
    verdicts = [answer["verdict"] for answer in golden["answers"]]
    counts = {len(verdict["skills"]) for verdict in verdicts}

    assert re.fullmatch(f"edition_{golden['edition']}_model_{golden['model']}", path.stem)
    assert golden["model"] in MODELS
    assert golden_edition(path).model == golden["model"]
    assert len(verdicts) == 20
    assert {verdict["rating"] for verdict in verdicts} == {"firm", "lean", "toss-up", "stay-put", "not-enough-data"}
    assert {1, 4, 10} <= counts
    assert max(counts) > 10, "all skills"


def test_every_golden_edition_has_answers() -> None:
    editions = {path.name.partition(".")[0] for path in FOLDER.glob("edition_*.json.z")}
    answered = {path.stem.partition("_model_")[0] for path in FILES}

    assert editions == answered
    assert editions


def split_figures(verdict: dict[str, Any]) -> tuple[dict[str, Any], dict[str, float]]:
    """Words, and figures with a fraction, by where they stand."""
    found = dict(flat(verdict))
    figures = {name: value for name, value in found.items() if isinstance(value, float)}
    return {name: value for name, value in found.items() if name not in figures}, figures


def flat(value: Any, name: str = "verdict") -> Iterator[tuple[str, Any]]:
    """Each figure and word by where it stands; lists and mappings themselves by their length."""
    if isinstance(value, dict):
        yield name, len(value)
        for key, each in value.items():
            yield from flat(each, f"{name}.{key}")
    elif isinstance(value, list):
        yield name, len(value)
        for position, each in enumerate(value):
            yield from flat(each, f"{name}[{position}]")
    else:
        yield name, value
