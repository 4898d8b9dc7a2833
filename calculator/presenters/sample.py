"""A real verdict, short, for the home page: what is claimed against what is measured, and the recommendation."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst

from calculator.charts.claims import GapChart, gap_chart
from calculator.engine import assess
from calculator.engine.edition_cache import cache_per_edition
from calculator.engine.evidence import find_evidence
from calculator.engine.profile import Profile
from calculator.engine.verdict import Headline, Outlook
from calculator.presenters.answers import short_place
from calculator.presenters.chance_link import find_chance_address
from calculator.presenters.claims import is_our_claim
from calculator.presenters.headline import describe_recommendation
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.catalogue.skill_sets import STARTING_SETS
from skills.editions.document import PublishedEdition
from skills.presenters.ratings import rating_text

PAY = 115_000.0
PLACE = "us-austin-tx"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleVerdict:
    """The sample's heading, for whom it is, its chart, its rating, what to learn and how long it takes, its address.

    `chance_address` is where readers find what the rating means.
    """

    title: str
    who: str
    gap: GapChart
    rating: str
    rating_label: str
    chance_address: str
    recommendation: str
    details: str
    address: str


@cache_per_edition
def present_sample(published: PublishedEdition) -> SampleVerdict | None:
    """None where the edition knows no pay at the place, or nothing is claimed of the first skill."""
    edition = published.edition
    skills = tuple(slug for slug in STARTING_SETS[0].skills if slug in edition.skills)
    if PLACE not in edition.places or not skills:
        return None
    verdict = assess(Profile(pay=PAY, location=PLACE, skills=skills), edition)
    presenter = VerdictPresenter(verdict=verdict, published=published)
    outlook = verdict.outlook(verdict.first) if verdict.first else None
    if outlook is None or outlook.headline is None or outlook.headline.low is None:
        return None
    rating = rating_text(verdict)
    return SampleVerdict(
        title=_write_title(presenter, outlook, outlook.headline),
        who=f"Extra pay a year for a developer on {presenter.money.whole(PAY)} in {short_place(presenter)}."
        f"{_warn_of_missing_sample(presenter, outlook)}",
        gap=gap_chart(presenter, outlook.slug),
        rating=rating.name,
        rating_label=rating.label,
        chance_address=find_chance_address(verdict),
        recommendation=describe_recommendation(presenter),
        details=_describe_details(presenter, outlook),
        address=presenter.address(),
    )


def _write_title(presenter: VerdictPresenter, outlook: Outlook, claim: Headline) -> str:
    """How much of the claim is measured, in words; both are compared at their middle."""
    assert outlook.premium is not None  # noqa: S101 - a first skill has one
    share = outlook.premium.expected / ((claim.low_share + claim.high_share) / 2)
    name = presenter.skill(outlook.slug)
    if not 0.07 <= share <= 0.85:
        return f"{name}: what is claimed, and what is measured"
    claimed = "we claimed" if is_our_claim(presenter, outlook.slug) else "headlines claim"
    return f"{name} pays about {formatting.fraction(share)} of what {claimed}"


def _warn_of_missing_sample(presenter: VerdictPresenter, outlook: Outlook) -> str:
    """Say of a claim of our own that no sample is behind it, where that is so. The chart says whose it is."""
    if not is_our_claim(presenter, outlook.slug):
        return ""
    profile = presenter.profile
    region = presenter.published.edition.places[profile.location].region
    claims = find_evidence(presenter.published.edition, outlook.slug, profile.evidence, region).claims
    return "" if any(claim.sample_size for claim in claims) else " The scaled claim had no sample."


def _describe_details(presenter: VerdictPresenter, outlook: Outlook) -> str:
    """How long it takes, and what comes close."""
    hours = formatting.plural(presenter.profile.weekly_hours, "hour")
    text = f"{formatting.duration(outlook.study.months)} at {hours} a week."
    close = formatting.listing([presenter.alternative(rival.slug) for rival in presenter.rivals])
    return f"{text} {capfirst(close)} {'comes' if len(presenter.rivals) == 1 else 'come'} close." if close else text
