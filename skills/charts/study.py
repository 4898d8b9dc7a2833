"""Charts of the study: predicted against measured premiums, and each sample's estimate of a skill on one ruler."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from earnverdict.chart_scale import Axis, Bar, Scale, write_share
from skills.study.records import HiddenFigure


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
    """Predicted premiums from left to right, measured ones upwards.

    Both are the same on a line across the plot; `diagonal` has the heights of its ends.
    """

    marks: tuple[PredictionMark, ...]
    axis: Axis
    upright_ticks: tuple[UprightTick, ...]
    diagonal: tuple[str, str]


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
    bar: Bar
    is_pool: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectsChart:
    """Several premiums of one skill, and the ruler below."""

    title: str
    bars: tuple[EffectBar, ...]
    axis: Axis


def draw_predictions(rows: Collection[HiddenFigure]) -> PredictionPlot:
    across = Scale.around(math.expm1(row.predicted) for row in rows)
    upright = Scale.around(math.expm1(x) for row in rows for x in (row.low, row.high, row.measured))
    marks = tuple(
        PredictionMark(
            across=across.position(math.expm1(row.predicted)),
            low=_find_height(upright, math.expm1(row.low)),
            high=_find_height(upright, math.expm1(row.high)),
            measured=_find_height(upright, math.expm1(row.measured)),
            is_inside=row.is_inside,
        )
        for row in rows
    )
    return PredictionPlot(
        marks=marks,
        axis=across.share_axis(),
        upright_ticks=tuple(
            UprightTick(position=_find_height(upright, share), label=write_share(share))
            for share in upright.steps(upright.step / 2)
        ),
        diagonal=(_find_height(upright, across.low), _find_height(upright, across.high)),
    )


def draw_effects(title: str, effects: Sequence[Effect]) -> EffectsChart:
    scale = Scale.around(share for effect in effects for share in (effect.low, effect.high))
    return EffectsChart(
        title=title,
        bars=tuple(
            EffectBar(
                name=effect.name,
                text=effect.text,
                bar=scale.bar(effect.low, effect.high, effect.middle),
                is_pool=effect.is_pool,
            )
            for effect in effects
        ),
        axis=scale.share_axis(),
    )


def _find_height(scale: Scale, share: float) -> str:
    """Where a share is from the top of an upright scale."""
    return f"{(1 - scale.share(share)) * 100:.1f}%"
