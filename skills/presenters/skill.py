"""Presents a skill's page from one edition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from calculator.engine import WORLDWIDE, Edition, Skill
from earnverdict import formatting
from skills.catalogue.premiums import SkillPremium, skill_premium
from skills.charts.premium import PremiumChart, draw_premium_chart, draw_region_chart
from skills.editions.document import PublishedEdition
from skills.models.skill import Skill as SkillRow
from skills.presenters.evidence import EvidenceText, SkillFigures, find_due_reviews, present_evidence, skill_figures
from skills.presenters.grades import ASK_FOR_THE_WORK, describe_grades
from skills.presenters.sample_places import PlaceUplift, place_uplifts
from skills.study.limits import STRICT_TEST

_ADVICE = "At least half of this was measured for people who do this work as part of their job."


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do where the evidence is mostly about doing the work, and why."""

    heading: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLink:
    """Another skill with its measured premium."""

    slug: str
    name: str
    premium: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillPage:
    """Everything the template prints of a skill.

    `expected` is the worldwide measured premium, `estimate` says how it is made, `basis` what it rests on, `limit` what
    a strict test leaves of it; each is empty where there is none. `exam` is empty where no exam is needed.
    """

    slug: str
    name: str
    category: str
    category_name: str
    summary: str
    description: str
    expected: str
    estimate: str
    basis: str
    limit: str
    advice: Advice | None
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
    figures_count: str
    region_chart: PremiumChart | None
    regional: tuple[EvidenceText, ...]


def category_name(category: str) -> str:
    """Return a category's name: `Cloud and operations`."""
    return str(SkillRow.Category(category).label)


def present_skill(published: PublishedEdition, slug: str, today: date) -> SkillPage:
    """Present a skill of the edition; figures whose review is due `today` are marked."""
    edition = published.edition
    found, others = skill_premium(edition, slug), edition.skills.values()
    skill = found.skill
    due = find_due_reviews(published, slug, today)
    figures = skill_figures(edition, slug, found.contributions, WORLDWIDE, due)
    return SkillPage(
        slug=slug,
        name=skill.name,
        category=skill.category,
        category_name=category_name(skill.category),
        summary=skill.summary,
        description=_describe_page(found),
        expected=describe_expected(found),
        estimate=_describe_estimate(figures.prior_weight),
        basis=describe_basis(found),
        limit=STRICT_TEST.get(slug, ""),
        advice=Advice(heading=ASK_FOR_THE_WORK.capitalize(), reason=_ADVICE) if found.rests_on_duties else None,
        is_claimed=found.claim is not None,
        chart=draw_premium_chart(found, edition),
        hours=f"{formatting.group(skill.hours_low)}–{formatting.group(skill.hours_high)} hours, most often about "
        f"{formatting.group(skill.hours_mid)}",
        hours_basis=skill.hours_basis,
        exam=f"${formatting.group(skill.exam_cost_usd)}" if skill.exam_cost_usd else "",
        requires=_list_links(edition, (edition.skills[need] for need in skill.requires)),
        unlocks=_list_links(edition, (other for other in others if slug in other.requires)),
        related=_list_links(
            edition, (other for other in others if other.category == skill.category and other != skill)
        ),
        places=place_uplifts(published, slug),
        figures=figures,
        figures_count=formatting.plural(len(figures.counted) + len(figures.not_counted), "figure"),
        region_chart=draw_region_chart(found),
        regional=tuple(present_evidence(edition, item, due) for item in found.evidence if item.region != WORLDWIDE),
    )


def describe_expected(found: SkillPremium) -> str:
    """Describe the expected premium: 3.6% more pay; empty if nothing is measured."""
    if found.measured is None:
        return ""
    return f"{formatting.more_or_less(found.measured.expected)} pay"


def _describe_estimate(prior_weight: str) -> str:
    """Go on after the premium: what kind of figure it is."""
    who = "is our estimate for developers who know it, other things held equal"
    return (
        f"{who}: {prior_weight} of it is what skills bring on average, the rest was measured."
        if prior_weight
        else f"{who}."
    )


def describe_basis(found: SkillPremium) -> str:
    """Describe what the premium rests on: 2 figures: 50% strong, 12% fair, 38% typical skill; empty for nothing."""
    if not found.contributions:
        return ""
    return f"{formatting.plural(len(found.contributions), 'figure')}: {describe_grades(found.grade_shares)}"


def _describe_page(found: SkillPremium) -> str:
    """Describe the page in two sentences, for search engines."""
    premium, claim = found.measured, found.claim
    measured = f"{formatting.signed_percent(premium.expected)} of pay expected" if premium else "nothing measured yet"
    claimed = f", {formatting.signed_percent_range(*claim)} claimed" if claim else ""
    return (
        f"What {found.skill.name} pays a developer: {measured}{claimed}. "
        "With study hours, amounts in ten places, and the source of every figure."
    )


def _list_links(edition: Edition, skills: Iterable[Skill]) -> tuple[SkillLink, ...]:
    links = []
    for skill in skills:
        premium = skill_premium(edition, skill.slug).measured
        measured = f"{formatting.signed_percent(premium.expected)} measured" if premium else "not measured"
        links.append(SkillLink(slug=skill.slug, name=skill.name, premium=measured))
    return tuple(links)
