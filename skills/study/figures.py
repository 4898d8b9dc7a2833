"""The study's figures: those that texts print, from `figures.csv`, and the same computed again from the other files."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from statistics import fmean

from calculator.engine import MODEL_2
from skills.study import statistics
from skills.study.predictions import FORMER_PRIOR_WEIGHT, Prediction, predict_hidden
from skills.study.records import FOLDER, HiddenFigure, Key, Study

#: The sizes of sets among which a skill is picked.
SIZES = (2, 3, 4, 5, 6)
#: In weighted figures a hidden figure has the variance of its own noise and that of skills between samples: 2 points.
BETWEEN_SAMPLES = 0.02
#: The skill that the methodology shows measured in three ways, and the sample.
EXAMPLE: Key = ("us-2023", "kubernetes")

type Scores = Callable[[HiddenFigure], float]


class Origin(StrEnum):
    """Where a figure is from: computed from the study's files, from predictions that are made again, or quoted."""

    FILES = "files"
    REBUILT = "rebuilt"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFigure:
    """A figure as texts print it; `noted` is what the study's own note of November 2026 says, empty if nothing."""

    name: str
    what: str
    shown: str
    origin: Origin
    noted: str

    @property
    def differs_from_note(self) -> bool:
        return bool(self.noted) and self.noted != self.shown


@cache
def read_figures(folder: Path = FOLDER) -> dict[str, StudyFigure]:
    """Read the figures that texts print, by name, once a process: they change with the code."""
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: StudyFigure(
                name=row["name"],
                what=row["what"],
                shown=row["shown"],
                origin=Origin(row["origin"]),
                noted=row["noted"],
            )
            for row in csv.DictReader(file)
        }


def compute_figures(study: Study) -> dict[str, float]:
    """Compute every figure that is not quoted, by name. It takes seconds, for two sets of predictions."""
    predictions = predict_hidden(study)
    return {
        **_describe_extent(study),
        **_judge("method", study, lambda row: row.predicted),
        **_judge("gaps", study, lambda row: study.coefficients[row.sample, row.skill].raw_gap),
        **_judge("gaps_elsewhere", study, lambda row: _average_elsewhere(study, row, "raw_gap")),
        **_judge("alone_elsewhere", study, lambda row: _average_elsewhere(study, row, "alone")),
        **_judge_typical(study),
        **dict(_judge_picks(study)),
        **_judge_ranges(study, predictions),
        **_judge_chances(study, predictions),
        **_judge_former_prior(study),
        **_show_example(study),
    }


def name_sample_figure(name: str, sample: str) -> str:
    """Return the name of a figure of one sample: rank_method_us_2023."""
    return f"{name}_{sample.replace('-', '_')}"


def is_shown_by(shown: str, value: float) -> bool:
    """Return whether a printed number, as 64%, .39 or 1,234, is the value rounded to its last digit."""
    found = re.fullmatch(r"(?P<sign>[−+]?)(?P<digits>[\d,]*(?:\.(?P<decimals>\d+))?)(?P<percent>%?)", shown)
    if found is None or not found["digits"]:
        return False
    number = float(found["digits"].replace(",", "")) * (-1 if found["sign"] == "−" else 1)
    scale = 100 if found["percent"] else 1
    return abs(number - value * scale) <= 0.5 * 10.0 ** -len(found["decimals"] or "") + 1e-9


def _describe_extent(study: Study) -> dict[str, float]:
    return {
        "samples": len(study.samples),
        "coefficients": len(study.coefficients),
        "predictions": len(study.hidden),
        "skills": len({row.skill for row in study.coefficients.values()}),
        "pairs": sum(math.comb(len(study.select_hidden(sample)), 2) for sample in study.samples),
    }


def _judge(name: str, study: Study, score: Scores) -> dict[str, float]:
    """Compare a score of each hidden figure with what was measured: order, slope and size of the errors."""
    rows = tuple(study.hidden.values())
    scores, measured, weights = [score(row) for row in rows], [row.measured for row in rows], _weigh(rows)
    slope, slope_error = statistics.fit_slope(scores, measured, weights)
    ranks, shares, right, pairs = {}, {}, 0, 0
    for sample in study.samples:
        of_sample = study.select_hidden(sample)
        both = [score(row) for row in of_sample], [row.measured for row in of_sample]
        ranks[sample] = statistics.correlate_ranks(*both)
        ordered, of = statistics.count_ordered_pairs(*both)
        right, pairs = right + ordered, pairs + of
        shares[sample] = ordered / of
    errors = [mine - true for mine, true in zip(scores, measured, strict=True)]
    return {
        **{name_sample_figure(f"rank_{name}", sample): rank for sample, rank in ranks.items()},
        **{name_sample_figure(f"pairs_{name}", sample): share for sample, share in shares.items()},
        f"rank_{name}": sum(ranks.values()) / len(ranks),
        f"slope_{name}": slope,
        f"slope_error_{name}": slope_error,
        f"error_{name}": 100 * statistics.average_error(errors, weights),
        f"plain_error_{name}": 100 * statistics.average_error(errors, [1.0] * len(errors)),
        f"pairs_right_{name}": right,
        f"pairs_{name}": right / pairs,
    }


def _judge_typical(study: Study) -> dict[str, float]:
    """The error of one figure for every skill, and that which the hidden figures' own noise would give alone."""
    rows = tuple(study.hidden.values())
    errors = [math.log1p(MODEL_2.prior_mid) - row.measured for row in rows]
    noise = [row.standard_error for row in rows]
    return {
        "error_typical": 100 * statistics.average_error(errors, _weigh(rows)),
        "error_noise": 100 * statistics.average_error(noise, _weigh(rows)),
        "plain_error_typical": 100 * statistics.average_error(errors, [1.0] * len(rows)),
    }


def _judge_picks(study: Study) -> Iterator[tuple[str, float]]:
    """How often the highest score of a set is the best of it, and what was measured of it: every set counts once."""
    scores: Mapping[str, Scores] = {
        "method": lambda row: row.predicted,
        "gaps": lambda row: study.coefficients[row.sample, row.skill].raw_gap,
    }
    for size in SIZES:
        for name, score in scores.items():
            picks = [
                statistics.pick_highest([score(row) for row in rows], [row.measured for row in rows], size)
                for rows in map(study.select_hidden, study.samples)
            ]
            sets = sum(each.sets for each in picks)
            yield f"best_of_{size}_{name}", sum(each.best for each in picks) / sets
            yield f"pick_of_{size}_{name}", 100 * sum(each.truth for each in picks) / sets
            yield f"pick_of_{size}_blind", 100 * sum(each.blind for each in picks) / sets
        yield f"best_of_{size}_blind", 1 / size
        yield f"sets_of_{size}", sets


def _judge_ranges(study: Study, predictions: Mapping[Key, Prediction]) -> dict[str, float]:
    """The share of hidden figures inside their ranges, and the share that is expected of figures with such noise."""
    inside = sum(row.is_inside for row in study.hidden.values())
    expected = sum(
        statistics.find_share_inside(predictions[key].points, row.standard_error, row.low, row.high)
        for key, row in study.hidden.items()
    )
    return {
        "inside_count": inside,
        "inside": inside / len(study.hidden),
        "expected_inside": expected / len(study.hidden),
    }


def _judge_chances(study: Study, predictions: Mapping[Key, Prediction]) -> dict[str, float]:
    """The mean chance that the method gives to its picks."""
    totals = dict.fromkeys(SIZES, 0.0)
    sets = dict.fromkeys(SIZES, 0)
    for sample in study.samples:
        found = [predictions[row.sample, row.skill] for row in study.select_hidden(sample)]
        sums = statistics.add_chances_of_picks(
            [each.mean for each in found], [each.points for each in found], max(SIZES)
        )
        for size in SIZES:
            totals[size] += sums[size]
            sets[size] += math.comb(len(found), size)
    return {f"said_{size}": totals[size] / sets[size] for size in SIZES}


def _judge_former_prior(study: Study) -> dict[str, float]:
    """The test with the weight that the typical skill had before this test."""
    former = predict_hidden(study, prior_weight=FORMER_PRIOR_WEIGHT)
    judged = _judge("former", study, lambda row: former[row.sample, row.skill].mean)
    return {name: judged[name] for name in ("rank_former", "slope_former", "error_former", "pairs_former")}


def _show_example(study: Study) -> dict[str, float]:
    row = study.coefficients[EXAMPLE]
    return {
        "example_gap": math.expm1(row.raw_gap),
        "example_alone": math.expm1(row.alone),
        "example_measured": math.expm1(row.measured),
        "example_alone_everywhere": math.expm1(fmean(each.alone for each in study.select_skill(row.skill))),
    }


def _average_elsewhere(study: Study, hidden: HiddenFigure, name: str) -> float:
    """The mean of a column over the other samples that have the skill."""
    others = [getattr(row, name) for row in study.select_skill(hidden.skill) if row.sample != hidden.sample]
    return float(sum(others) / len(others))


def _weigh(rows: tuple[HiddenFigure, ...]) -> list[float]:
    return [1 / (row.standard_error**2 + BETWEEN_SAMPLES**2) for row in rows]
