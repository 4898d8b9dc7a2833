"""Charts of the study: predicted against measured premiums, and each sample's estimate of a skill on one ruler."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from skills.charts.share_scale import ShareScale, ShareTick, Span
from skills.study.records import HiddenFigure

#: The numbers of labels that fit on a phone at twice the text size.
_MAX_TICKS = 3
_MAX_UPRIGHT_TICKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionMark:
    """One hidden figure: its predicted range as an upright line, and a dot for what was measured."""

    across: str
    low: str
    high: str
    measured: str
    is_inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UprightTick:
    """A labelled share on the upright axis."""

    position: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionPlot:
    """Predicted premiums from left to right, measured ones upwards; on the diagonal both are the same."""

    marks: tuple[PredictionMark, ...]
    ticks: tuple[ShareTick, ...]
    upright_ticks: tuple[UprightTick, ...]
    diagonal: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A premium with its range, as shares of pay; `is_pool` is that of all samples together."""

    name: str
    text: str
    low: float
    middle: float
    high: float
    is_pool: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectBar:
    """One premium: its name and figures above, its bar below."""

    name: str
    text: str
    bar: Span
    middle: str
    is_pool: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectsChart:
    """Several premiums of one skill, and the ruler below."""

    title: str
    bars: tuple[EffectBar, ...]
    ticks: tuple[ShareTick, ...]
    zero: str


def prediction_plot(rows: Collection[HiddenFigure]) -> PredictionPlot:
    across = ShareScale.around(math.expm1(row.predicted) for row in rows)
    upright = ShareScale.around(math.expm1(x) for row in rows for x in (row.low, row.high, row.measured))
    marks = tuple(
        PredictionMark(
            across=across.across(math.expm1(row.predicted)),
            low=upright.down(math.expm1(row.low)),
            high=upright.down(math.expm1(row.high)),
            measured=upright.down(math.expm1(row.measured)),
            is_inside=row.is_inside,
        )
        for row in rows
    )
    return PredictionPlot(
        marks=marks,
        ticks=across.ticks(_MAX_TICKS),
        upright_ticks=tuple(
            UprightTick(position=upright.down(share), label=label)
            for share, label in upright.labels(_MAX_UPRIGHT_TICKS)
        ),
        diagonal=("0%", upright.down(across.low), "100%", upright.down(across.high)),
    )


def effects_chart(title: str, effects: Sequence[Effect]) -> EffectsChart:
    scale = ShareScale.around(share for effect in effects for share in (effect.low, effect.high))
    return EffectsChart(
        title=title,
        bars=tuple(
            EffectBar(
                name=effect.name,
                text=effect.text,
                bar=scale.span(effect.low, effect.high),
                middle=scale.across(effect.middle),
                is_pool=effect.is_pool,
            )
            for effect in effects
        ),
        ticks=scale.ticks(_MAX_TICKS),
        zero=scale.across(0),
    )
