"""Makes the predictions of hidden samples again, from the other samples and with the engine's mixture.

A prediction is the engine's pool of three pieces: the other samples as one figure, the typical skill, and for most
skills the figure of one published model.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from calculator.engine import MODEL_2, Grade, Piece, pool_pieces
from skills.study.records import FOLDER, Key, Study
from skills.study.statistics import pool_effects

#: The other samples are grade A if there are at least so many and they agree at least so well, else grade B.
MIN_SAMPLES_OF_A = 3
MAX_INCONSISTENCY_OF_A = 0.3
#: The published model: a survey of 2025, of grade C.
PUBLISHED_MODEL = "so-2025-model"
#: What the first version of the model gave the typical skill.
FORMER_PRIOR_WEIGHT = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A skill's predicted log premium in a sample that was hidden: mean, P10, P90, and 40 equally likely values."""

    mean: float
    low: float
    high: float
    points: tuple[float, ...]


def predict_hidden(study: Study, *, prior_weight: float = MODEL_2.prior_weight) -> dict[Key, Prediction]:
    """Predict each sample's skills from the other samples; `prior_weight` is that of the typical skill."""
    published = _read_published_pieces()
    return {key: _predict(study, key, published, prior_weight) for key in study.hidden}


def _predict(study: Study, key: Key, published: Mapping[str, Piece], prior_weight: float) -> Prediction:
    sample, skill = key
    others = [(row.measured, row.standard_error) for row in study.select_skill(skill) if row.sample != sample]
    pooled = pool_effects(others)
    agree = len(others) >= MIN_SAMPLES_OF_A and pooled.inconsistency < MAX_INCONSISTENCY_OF_A
    weight = MODEL_2.grade_weights[Grade.A if agree else Grade.B]
    pieces = [
        _make_piece(math.expm1(pooled.low), math.expm1(pooled.mean), math.expm1(pooled.high), weight),
        _make_piece(MODEL_2.prior_low, MODEL_2.prior_mid, MODEL_2.prior_high, prior_weight),
    ]
    if skill in published:
        pieces.append(published[skill])
    pool = pool_pieces(pieces, MODEL_2.pool_points)
    return Prediction(mean=sum(pool.points) / len(pool.points), low=pool.low, high=pool.high, points=pool.points)


@cache
def _read_published_pieces() -> dict[str, Piece]:
    """Read the published model's worldwide figures from the catalogue's first evidence, by skill."""
    weight = MODEL_2.grade_weights[Grade.C]
    with (FOLDER.parent / "evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["source"] == PUBLISHED_MODEL and not row["region"]]
    ends = {row["skill"]: [float(row[f"{end}_percent"]) / 100 for end in ("low", "mid", "high")] for row in rows}
    return {skill: _make_piece(low, mid, high, weight) for skill, (low, mid, high) in ends.items()}


def _make_piece(low: float, mid: float, high: float, weight: float) -> Piece:
    return Piece.of(low=low, mid=mid, high=high, weight=weight)
