"""Presents the pooled study: its samples, and skill by skill what each measured."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

from calculator.engine import Edition, Evidence, EvidenceChoice, cache_per_edition
from earnverdict import formatting
from skills.charts.study import Effect, EffectsChart, draw_effects
from skills.editions.document import PublishedEdition
from skills.presenters.does_it_work import SAMPLE_NAMES
from skills.presenters.grades import GRADE_WORDS
from skills.study.figures import read_figures
from skills.study.limits import STRICT_TEST
from skills.study.pools import pool_skills
from skills.study.records import SOURCE, Coefficient, Sample, Study, read_study
from skills.study.statistics import UPPER_SHARE, PooledEffect

_Z = NormalDist().inv_cdf(UPPER_SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleText:
    """One sample."""

    name: str
    sample: Sample
    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoefficientRow:
    """What one sample measured about a skill: as a share of pay, and as the logarithms of the file."""

    sample: str
    premium: str
    span: str
    estimate: str
    standard_error: str
    people: str
    alone: str
    raw_gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiedSkill:
    """One skill: its rows, their pool computed again, and the edition's figure (`figure` is empty without one)."""

    slug: str
    name: str
    figure: str
    grade: str
    span: str
    pooled: str
    agreement: str
    limit: str
    chart: EffectsChart
    rows: tuple[CoefficientRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPage:
    """Everything that the template prints; `own` of all `measured` skills have a figure of the study."""

    own: str
    measured: str
    estimates: str
    predictions: str
    samples: tuple[SampleText, ...]
    skills: tuple[StudiedSkill, ...]


@cache_per_edition
def present_study(published: PublishedEdition) -> StudyPage:
    study, edition, texts = read_study(), published.edition, read_figures()
    figures = {item.skill: item for items in edition.evidence.values() for item in items if item.source == SOURCE}
    measured = {slug for slug, choice, _ in edition.pools if choice is EvidenceChoice.MEASURED}
    skills = [
        _present_skill(study, edition, slug, pool, figures.get(slug)) for slug, pool in pool_skills(study).items()
    ]
    return StudyPage(
        own=formatting.group(len(measured & set(figures))),
        measured=formatting.group(len(measured)),
        estimates=texts["coefficients"].shown,
        predictions=texts["predictions"].shown,
        samples=tuple(
            SampleText(name=SAMPLE_NAMES[slug], sample=sample, people=formatting.group(sample.people))
            for slug, sample in study.samples.items()
        ),
        skills=tuple(sorted(skills, key=lambda skill: skill.name)),
    )


def _present_skill(
    study: Study, edition: Edition, slug: str, pool: PooledEffect, figure: Evidence | None
) -> StudiedSkill:
    name = edition.skills[slug].name if slug in edition.skills else slug
    rows = study.select_skill(slug)
    again = _write_range(pool.low, pool.high)
    middle = formatting.signed_percent(math.expm1(pool.mean))
    return StudiedSkill(
        slug=slug,
        name=name,
        figure=formatting.signed_percent(figure.mid) if figure else "",
        grade=f"{figure.grade.value}, {GRADE_WORDS[figure.grade]}" if figure else "",
        span=formatting.signed_percent_range(figure.low, figure.high) if figure else "",
        pooled=f"{again}, middle {middle}",
        agreement=f"I² {formatting.whole_percent(pool.inconsistency)}, spread between samples {100 * pool.spread:.1f} "
        f"points, standard error of the mean {100 * pool.standard_error:.1f}",
        limit=STRICT_TEST.get(slug, ""),
        chart=draw_effects(f"{name}: what each sample measured", tuple(_list_effects(rows, pool))),
        rows=tuple(_present_row(row) for row in rows),
    )


def _list_effects(rows: Iterable[Coefficient], pool: PooledEffect) -> Iterable[Effect]:
    for row in rows:
        low, high = row.measured - _Z * row.standard_error, row.measured + _Z * row.standard_error
        yield _make_effect(SAMPLE_NAMES[row.sample], low, row.measured, high)
    yield _make_effect("All together", pool.low, pool.mean, pool.high, is_pool=True)


def _make_effect(name: str, low: float, middle: float, high: float, *, is_pool: bool = False) -> Effect:
    return Effect(
        name=name,
        text=formatting.signed_percent(math.expm1(middle)),
        low=math.expm1(low),
        middle=math.expm1(middle),
        high=math.expm1(high),
        is_pool=is_pool,
    )


def _present_row(row: Coefficient) -> CoefficientRow:
    return CoefficientRow(
        sample=SAMPLE_NAMES[row.sample],
        premium=formatting.signed_percent(math.expm1(row.measured)),
        span=_write_range(row.measured - _Z * row.standard_error, row.measured + _Z * row.standard_error),
        estimate=_write_logarithm(row.measured),
        standard_error=_write_logarithm(row.standard_error),
        people=formatting.group(row.people),
        alone=_write_logarithm(row.alone),
        raw_gap=_write_logarithm(row.raw_gap),
    )


def _write_range(low: float, high: float) -> str:
    return formatting.signed_percent_range(math.expm1(low), math.expm1(high))


def _write_logarithm(value: float) -> str:
    """Write a logarithm with four decimals: .0366, −.0266."""
    return f"{formatting.MINUS if value < 0 else ''}{abs(value):.4f}".replace("0.", ".", 1)
