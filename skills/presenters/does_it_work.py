"""Presents the test on hidden samples: how often the method was right, and where it fails."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from earnverdict import formatting
from skills.charts.study import PredictionPlot, draw_predictions
from skills.editions.document import PublishedEdition
from skills.presenters.names import short_skill_name
from skills.study.figures import SIZES, StudyFigure, name_sample_figure, read_figures
from skills.study.records import HiddenFigure, Study, read_study
from skills.study.texts import ComparisonRow, compare_methods

SAMPLE_NAMES = {
    "us-2023": "US survey, 2023",
    "us-adverts-2023": "US adverts, 2023",
    "pl-2021": "Polish adverts, 2021",
    "pl-2024": "Polish adverts, 2024",
    "de-2020": "German survey, 2020",
}
#: When the study was done whose figures are quoted.
STUDIED_IN = "November 2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightBar:
    """How often the better of two skills was named, and by what (`kind`). The share is the bar's width."""

    name: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """How often a call among so many skills came true; the figures are empty where nothing was tested."""

    anchor: str
    skills: str
    said: str
    came: str
    sets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionRow:
    """One skill of a hidden sample."""

    skill: str
    predicted: str
    span: str
    measured: str
    noise: str
    is_inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenSample:
    """All predictions for one sample, and the shares of its pairs that the method and raw gaps put in order."""

    name: str
    rank: str
    pairs: str
    gaps: str
    inside: str
    rows: tuple[PredictionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoesItWorkPage:
    """Everything that the template prints; `shown` has the study's figures as text, by name."""

    shown: Mapping[str, str]
    right: tuple[RightBar, ...]
    comparison: tuple[ComparisonRow, ...]
    plot: PredictionPlot
    calls: tuple[Call, ...]
    samples: tuple[HiddenSample, ...]
    differing: tuple[StudyFigure, ...]
    studied_in: str


def present_test(published: PublishedEdition) -> DoesItWorkPage:
    """Present the test, with the names that skills have in the edition."""
    study, figures = read_study(), read_figures()
    names = {slug: short_skill_name(skill.name) for slug, skill in published.edition.skills.items()}
    return DoesItWorkPage(
        shown={name: figure.shown for name, figure in figures.items()},
        right=(
            RightBar(name="This method", text=figures["pairs_method"].shown, kind="first"),
            RightBar(name="Raw gaps, as articles print them", text=figures["pairs_gaps"].shown, kind="claim"),
            RightBar(name="A coin", text=figures["best_of_2_blind"].shown, kind="other"),
        ),
        comparison=compare_methods(),
        plot=_draw_plot(),
        calls=tuple(_list_calls(figures)),
        samples=tuple(_present_sample(study, figures, sample, names) for sample in study.samples),
        differing=tuple(figure for figure in figures.values() if figure.differs_from_note),
        studied_in=STUDIED_IN,
    )


def find_call_anchor(skills: int) -> str:
    """Return the anchor of the row about a call among so many skills, which are two or more."""
    return f"of-{skills}" if skills in SIZES else "of-more"


@cache
def _draw_plot() -> PredictionPlot:
    return draw_predictions(read_study().hidden.values())


def _list_calls(figures: Mapping[str, StudyFigure]) -> list[Call]:
    tested = [
        Call(
            anchor=find_call_anchor(size),
            skills=formatting.count_word(size),
            said=figures[f"said_{size}"].shown,
            came=figures[f"best_of_{size}_method"].shown,
            sets=figures[f"sets_of_{size}"].shown,
        )
        for size in SIZES
    ]
    more = max(SIZES) + 1
    return [
        *tested,
        Call(anchor=find_call_anchor(more), skills=f"{formatting.count_word(more)} or more", said="", came="", sets=""),
    ]


def _present_sample(
    study: Study, figures: Mapping[str, StudyFigure], sample: str, names: Mapping[str, str]
) -> HiddenSample:
    rows = sorted(study.select_hidden(sample), key=lambda row: (-row.predicted, row.skill))
    return HiddenSample(
        name=SAMPLE_NAMES[sample],
        rank=figures[name_sample_figure("rank_method", sample)].shown,
        pairs=figures[name_sample_figure("pairs_method", sample)].shown,
        gaps=figures[name_sample_figure("pairs_gaps", sample)].shown,
        inside=f"{sum(row.is_inside for row in rows)} of {len(rows)}",
        rows=tuple(_present_prediction(row, names) for row in rows),
    )


def _present_prediction(row: HiddenFigure, names: Mapping[str, str]) -> PredictionRow:
    return PredictionRow(
        skill=names.get(row.skill, row.skill),
        predicted=formatting.signed_percent(math.expm1(row.predicted)),
        span=formatting.signed_percent_range(math.expm1(row.low), math.expm1(row.high)),
        measured=formatting.signed_percent(math.expm1(row.measured)),
        noise=f"{100 * row.standard_error:.1f}",
        is_inside=row.is_inside,
    )
