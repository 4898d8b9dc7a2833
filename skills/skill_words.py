"""A skill's page as text, drawn from one edition."""

from __future__ import annotations

import math
from dataclasses import dataclass

from calculator.engine.edition import WORLDWIDE, Edition, EvidenceChoice, Pool
from calculator.engine.evidence import contributions
from earnverdict import figures
from skills.evidence_words import FigureWords, SkillFigures, figure_words, skill_figures
from skills.models.region import Region
from skills.models.skill import Skill


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumWords:
    """The pooled premium somewhere."""

    where: str
    span: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillWords:
    """Everything the template prints of a skill."""

    slug: str
    name: str
    category: str
    summary: str
    premiums: tuple[PremiumWords, ...]
    headline: str
    hours: str
    hours_basis: str
    exam: str
    requires: tuple[tuple[str, str], ...]
    unlocks: tuple[tuple[str, str], ...]
    figures: SkillFigures
    regional: tuple[FigureWords, ...]


def skill_words(edition: Edition, slug: str) -> SkillWords:
    skill, evidence = edition.skills[slug], edition.evidence.get(slug, ())
    parts = contributions(evidence, EvidenceChoice.MEASURED, WORLDWIDE, edition.constants)
    return SkillWords(
        slug=slug,
        name=skill.name,
        category=str(Skill.Category(skill.category).label),
        summary=skill.summary,
        premiums=_premiums(edition, slug),
        headline=_headline(edition, slug),
        hours=f"{figures.group(skill.hours_low)}–{figures.group(skill.hours_high)} hours, most often about "
        f"{figures.group(skill.hours_mid)}",
        hours_basis=skill.hours_basis,
        exam=f"${figures.group(skill.exam_cost_usd)}" if skill.exam_cost_usd else "none needed",
        requires=tuple((need, edition.skills[need].name) for need in skill.requires),
        unlocks=tuple((other.slug, other.name) for other in edition.skills.values() if slug in other.requires),
        figures=skill_figures(edition, slug, parts, WORLDWIDE),
        regional=tuple(figure_words(edition, item) for item in evidence if item.region != WORLDWIDE),
    )


def _premiums(edition: Edition, slug: str) -> tuple[PremiumWords, ...]:
    """Worldwide first, then each region that has figures of its own."""
    words = []
    for region in ("", *Region.values):
        pool = edition.pools.get((slug, EvidenceChoice.MEASURED, region))
        if pool is not None:
            words.append(_premium(str(Region(region).label) if region else "Worldwide", pool))
    return tuple(words)


def _premium(where: str, pool: Pool) -> PremiumWords:
    return PremiumWords(
        where=where,
        span=figures.signed_percent_range(math.expm1(pool.low), math.expm1(pool.high)),
        expected=figures.signed_percent(math.expm1(pool.expected)),
    )


def _headline(edition: Edition, slug: str) -> str:
    claims = [item for item in edition.evidence.get(slug, ()) if item.grade in EvidenceChoice.HEADLINE.grades]
    if not claims:
        return "no headline on file"
    return figures.signed_percent_range(min(item.low for item in claims), max(item.high for item in claims))
