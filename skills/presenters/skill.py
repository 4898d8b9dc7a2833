"""Presents a skill's page from one edition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from calculator.engine import WORLDWIDE, Edition, Skill
from earnverdict import formatting
from skills.catalogue.premiums import SkillPremium, skill_premium
from skills.charts.premium import PremiumChart, premium_chart
from skills.editions.document import PublishedEdition
from skills.models.skill import Skill as SkillRow
from skills.presenters.evidence import EvidenceText, SkillFigures, due_for_a_look, present_evidence, skill_figures
from skills.presenters.grades import ASK_FOR_THE_WORK, describe_grades
from skills.presenters.sample_places import PlaceUplift, place_uplifts

_ADVICE = f"At least half of this was measured for people who do this work as part of their job: {ASK_FOR_THE_WORK}."


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumText:
    """The worldwide measured premium; `advice` is empty unless the evidence is mostly about duties."""

    span: str
    expected: str
    basis: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLink:
    """Another skill with its measured premium."""

    slug: str
    name: str
    premium: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillPage:
    """Everything the template prints of a skill."""

    slug: str
    name: str
    category: str
    category_name: str
    summary: str
    description: str
    premium: PremiumText | None
    is_claimed: bool
    chart: PremiumChart | None
    hours: str
    hours_basis: str
    exam: str
    requires: tuple[SkillLink, ...]
    unlocks: tuple[SkillLink, ...]
    related: tuple[SkillLink, ...]
    places: tuple[PlaceUplift, ...]
    figures: SkillFigures
    regional: tuple[EvidenceText, ...]


def category_name(category: str) -> str:
    """Return a category's name: `Cloud and operations`."""
    return str(SkillRow.Category(category).label)


def present_skill(published: PublishedEdition, slug: str, today: date) -> SkillPage:
    """Present a skill of the edition; figures whose review is due `today` are marked."""
    edition = published.edition
    found, others = skill_premium(edition, slug), edition.skills.values()
    skill = found.skill
    due = due_for_a_look(published, slug, today)
    return SkillPage(
        slug=slug,
        name=skill.name,
        category=skill.category,
        category_name=category_name(skill.category),
        summary=skill.summary,
        description=_description(found),
        premium=_premium(found),
        is_claimed=found.claim is not None,
        chart=premium_chart(found),
        hours=f"{formatting.group(skill.hours_low)}–{formatting.group(skill.hours_high)} hours, most often about "
        f"{formatting.group(skill.hours_mid)}",
        hours_basis=skill.hours_basis,
        exam=f"${formatting.group(skill.exam_cost_usd)}" if skill.exam_cost_usd else "none needed",
        requires=_links(edition, (edition.skills[need] for need in skill.requires)),
        unlocks=_links(edition, (other for other in others if slug in other.requires)),
        related=_links(edition, (other for other in others if other.category == skill.category and other != skill)),
        places=place_uplifts(published, slug),
        figures=skill_figures(edition, slug, found.contributions, WORLDWIDE, due),
        regional=tuple(present_evidence(edition, item, due) for item in found.evidence if item.region != WORLDWIDE),
    )


def _description(found: SkillPremium) -> str:
    """Describe the page in two sentences, for search engines."""
    premium, claim = found.measured, found.claim
    measured = f"{formatting.signed_percent(premium.expected)} of pay expected" if premium else "nothing measured yet"
    claimed = f", {formatting.signed_percent_range(*claim)} claimed by headlines" if claim else ""
    return (
        f"What {found.skill.name} pays a developer: {measured}{claimed}. "
        "With study hours, amounts in ten places, and the source of every figure."
    )


def _premium(found: SkillPremium) -> PremiumText | None:
    premium = found.measured
    if premium is None:
        return None
    number = formatting.plural(len(found.contributions), "figure")
    return PremiumText(
        span=formatting.signed_percent_range(premium.low, premium.high),
        expected=formatting.signed_percent(premium.expected),
        basis=f"from {number}: {describe_grades(found.grade_shares)}",
        advice=_ADVICE if found.rests_on_duties else "",
    )


def _links(edition: Edition, skills: Iterable[Skill]) -> tuple[SkillLink, ...]:
    links = []
    for skill in skills:
        premium = skill_premium(edition, skill.slug).measured
        measured = f"{formatting.signed_percent(premium.expected)} measured" if premium else "not measured"
        links.append(SkillLink(slug=skill.slug, name=skill.name, premium=measured))
    return tuple(links)
