"""Reads the study's three CSV files: samples, coefficients, and predictions of hidden samples."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import skills

FOLDER = Path(skills.__file__).parent / "data" / "study"
#: The slug of the study as a source of evidence.
SOURCE = "pooled-2026"
#: The files that readers download.
FILES = ("samples.csv", "coefficients.csv", "held_out.csv", "figures.csv")

type Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample of developers or adverts; `people` counts what its regression is about."""

    slug: str
    what: str
    country: str
    year: int
    people: int
    held_constant: str
    standard_errors: str
    terms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """What one sample measured about one skill, in logarithms of pay.

    `measured` holds the other skills constant, `alone` does not; `raw_gap` is the gap between the medians of those with
    the skill and those without.
    """

    sample: str
    skill: str
    measured: float
    standard_error: float
    people: int
    alone: float
    raw_gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenFigure:
    """What the method predicted for a skill in a sample that it had not seen, with its P10 and P90, and what came."""

    sample: str
    skill: str
    predicted: float
    low: float
    high: float
    measured: float
    standard_error: float

    @property
    def is_inside(self) -> bool:
        """Whether the measured figure is inside the predicted range."""
        return self.low <= self.measured <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """All three files; coefficients and hidden figures by sample and skill, in the order of the files."""

    samples: Mapping[str, Sample]
    coefficients: Mapping[Key, Coefficient]
    hidden: Mapping[Key, HiddenFigure]

    def select_skill(self, skill: str) -> tuple[Coefficient, ...]:
        """Return what each sample measured about a skill."""
        return tuple(row for row in self.coefficients.values() if row.skill == skill)

    def select_hidden(self, sample: str) -> tuple[HiddenFigure, ...]:
        """Return the predictions for one hidden sample."""
        return tuple(row for row in self.hidden.values() if row.sample == sample)


@cache
def read_study(folder: Path = FOLDER) -> Study:
    """Read the files, once a process: they change with the code."""
    return Study(
        samples={row.slug: row for row in _read_samples(folder)},
        coefficients={(row.sample, row.skill): row for row in _read_coefficients(folder)},
        hidden={(row.sample, row.skill): row for row in _read_hidden_figures(folder)},
    )


def _read_samples(folder: Path) -> Iterator[Sample]:
    return (
        Sample(
            slug=row["sample"],
            what=row["what"],
            country=row["country"],
            year=int(row["year"]),
            people=int(row["people"]),
            held_constant=row["held_constant"],
            standard_errors=row["standard_errors"],
            terms=row["terms"],
        )
        for row in _read_rows(folder / "samples.csv")
    )


def _read_coefficients(folder: Path) -> Iterator[Coefficient]:
    return (
        Coefficient(
            sample=row["sample"],
            skill=row["skill"],
            measured=float(row["log_premium"]),
            standard_error=float(row["standard_error"]),
            people=int(row["people_with_skill"]),
            alone=float(row["log_single_skill"]),
            raw_gap=float(row["log_raw_median_gap"]),
        )
        for row in _read_rows(folder / "coefficients.csv")
    )


def _read_hidden_figures(folder: Path) -> Iterator[HiddenFigure]:
    return (
        HiddenFigure(
            sample=row["hidden_sample"],
            skill=row["skill"],
            predicted=float(row["predicted_log_premium"]),
            low=float(row["predicted_low"]),
            high=float(row["predicted_high"]),
            measured=float(row["measured_log_premium"]),
            standard_error=float(row["measured_standard_error"]),
        )
        for row in _read_rows(folder / "held_out.csv")
    )


def _read_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
