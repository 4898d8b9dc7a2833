"""Where the figures of a verdict come from: each skill's evidence, the market's source, and all publications."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.edition import Source
from calculator.engine.verdict import Outlook
from calculator.presenters.market import describe_basis
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.presenters.evidence import SkillFigures, verdict_figures
from skills.presenters.grades import GRADES, GradeText, describe_grades


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillEvidence:
    """The evidence of one skill; it is open where the verdict turns on it."""

    figures: SkillFigures
    lead: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSource:
    """Who says what developers are paid there, of which year and how many people."""

    place: str
    source: Source
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage:
    """The whole page. `grades` explains the letters, which no other part of a verdict has."""

    skills: tuple[SkillEvidence, ...]
    market: MarketSource | None
    sources: tuple[Source, ...]
    grades: tuple[GradeText, ...]


def present_evidence_page(presenter: VerdictPresenter) -> EvidencePage:
    verdict, edition = presenter.verdict, presenter.published.edition
    market = verdict.market
    opened = presenter.decisive_skills
    return EvidencePage(
        skills=tuple(
            _skill_evidence(presenter, outlook, is_open=outlook.slug in opened) for outlook in verdict.outlooks
        ),
        market=None
        if market is None
        else MarketSource(
            place=presenter.place_in_text(market.answered_by.slug),
            source=edition.sources[market.answered_by.source],
            basis=describe_basis(market),
        ),
        sources=tuple(edition.sources[slug] for slug in verdict.sources),
        grades=GRADES,
    )


def _skill_evidence(presenter: VerdictPresenter, outlook: Outlook, *, is_open: bool) -> SkillEvidence:
    profile = presenter.profile
    region = presenter.published.edition.places[profile.location].region
    figures = verdict_figures(presenter.published, outlook.slug, profile.evidence, region)
    return SkillEvidence(figures=figures, lead=_describe_basis(outlook, figures.prior_weight), is_open=is_open)


def _describe_basis(outlook: Outlook, prior_weight: str) -> str:
    """What the skill's figure rests on; and how much of it is not measured for this skill."""
    if not outlook.contributions:
        return "Nothing counts here, so we give no figure."
    count = formatting.plural(len(outlook.contributions), "figure")
    typical = ""
    if prior_weight:
        typical = (
            f" So {prior_weight} of the figure is not measured for this skill: it is what skills bring on average."
        )
    return f"Made from {count}: {describe_grades(outlook.grade_shares)}.{typical}"
