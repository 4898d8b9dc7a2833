"""Where the figures of a verdict come from: each skill's evidence, the market's source, and all publications."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.edition import EvidenceChoice, Source
from calculator.engine.verdict import Outlook
from calculator.presenters.market import describe_basis
from calculator.presenters.skill_calculation import compare_with_average
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.presenters.evidence import SkillFigures, verdict_figures
from skills.presenters.grades import GRADES, GradeText, describe_grades

_MEASURED = "Each figure says how much more people with the skill are paid, other things held equal."
_CLAIMED = "The figures that count are claims: how much more people with the skill are said to be paid."
_TILT_SOURCE = "so-2023-us"
_PAY_SHIFT = (
    "Some skills bring more, as a share of pay, to people with high pay, others to people with low pay. So your place "
    "among the pays there moves each figure. That was measured once, on 5,535 back-end and full-stack developers in "
    "the United States: how much more a skill brings at pay that one in four earns more than, compared with pay that "
    "one in four earns less than. Noisy figures were drawn towards the average, and all were halved, because they come "
    "from one country and one year."
)
_YEARS_SHIFT = (
    "Your years of work move the figure of every skill by {shift} of pay: half of what was once measured, and we have "
    "not measured it again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillEvidence:
    """The evidence of one skill; it is open where the verdict turns on it.

    `at_your_pay` is what the visitor's pay adds to the figure ("" for nothing), `why_at_your_pay` says why.
    """

    figures: SkillFigures
    lead: str
    at_your_pay: str
    why_at_your_pay: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSource:
    """Who says what developers are paid there, of which year and how many people."""

    place: str
    source: Source
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """What moves figures to the visitor's pay and years of work ("" where these are not given), and who measured it."""

    pay: str
    source: Source | None
    years_of_work: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage:
    """The whole page. `grades` explains the letters, which no other part of a verdict has."""

    lead: str
    skills: tuple[SkillEvidence, ...]
    shifts: Shifts | None
    market: MarketSource | None
    sources: tuple[Source, ...]
    grades: tuple[GradeText, ...]


def present_evidence_page(presenter: VerdictPresenter) -> EvidencePage:
    verdict, edition = presenter.verdict, presenter.published.edition
    market = verdict.market
    opened, shifts = presenter.decisive_skills, _describe_shifts(presenter)
    sources = dict.fromkeys([*verdict.sources, *([shifts.source.slug] if shifts and shifts.source else [])])
    return EvidencePage(
        lead=_CLAIMED if presenter.profile.evidence is EvidenceChoice.HEADLINE else _MEASURED,
        skills=tuple(
            _skill_evidence(presenter, outlook, is_open=outlook.slug in opened) for outlook in verdict.outlooks
        ),
        shifts=shifts,
        market=None
        if market is None
        else MarketSource(
            place=presenter.place_in_text(market.answered_by.slug),
            source=edition.sources[market.answered_by.source],
            basis=describe_basis(market),
        ),
        sources=tuple(edition.sources[slug] for slug in sources),
        grades=GRADES,
    )


def _skill_evidence(presenter: VerdictPresenter, outlook: Outlook, *, is_open: bool) -> SkillEvidence:
    profile = presenter.profile
    region = presenter.published.edition.places[profile.location].region
    figures = verdict_figures(presenter.published, outlook.slug, profile.evidence, region)
    shift = formatting.signed_percent(outlook.tilt_shift) if outlook.premium else ""
    return SkillEvidence(
        figures=figures,
        lead=_describe_basis(outlook, figures.prior_weight),
        at_your_pay="" if shift == formatting.signed_percent(0) else shift,
        why_at_your_pay=f"{compare_with_average(outlook.tilt_shift)}: it moves the figure by so much.",
        is_open=is_open,
    )


def _describe_shifts(presenter: VerdictPresenter) -> Shifts | None:
    """None where nothing moves a figure: without a market and without years of work."""
    verdict, years = presenter.verdict, presenter.profile.experience_years
    has_tilt = any(outlook.tilt_shift for outlook in verdict.outlooks)
    if not has_tilt and years is None:
        return None
    by_years = "" if years is None else formatting.signed_percent(verdict.outlooks[0].experience_shift)
    return Shifts(
        pay=_PAY_SHIFT if has_tilt else "",
        source=presenter.published.edition.sources.get(_TILT_SOURCE) if has_tilt else None,
        years_of_work=_YEARS_SHIFT.format(shift=by_years) if by_years else "",
    )


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
