"""Golden files: answers that may never change, with the edition that they were given from.

`edition_N.json.z` is a published edition as it is kept, `edition_N_model_M.json` has profiles and the figures of their
verdicts to twelve significant digits. Both are only ever added, never rewritten.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

type Answer = dict[str, Any]


def edition_file(number: int) -> Path:
    return FOLDER / f"edition_{number}.json.z"


def answers_file(number: int, model: int) -> Path:
    return FOLDER / f"edition_{number}_model_{model}.json"


def read_answers(path: Path) -> Answer:
    """`edition`, `model`, the edition's `checksum`, and `answers`: a list of `profile` and `verdict`."""
    answers: Answer = json.loads(path.read_text(encoding="utf-8"))
    return answers
