"""A real verdict, short, to show on the home page what one gets."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.charts.claims import GapChart, gap_chart
from calculator.engine import assess
from calculator.engine.profile import PayLevel, Profile
from calculator.presenters.headline import HeadlineText, present_headline
from calculator.presenters.verdict import VerdictPresenter
from calculator.starting_sets import STARTING_SETS
from skills.editions.document import PublishedEdition
from skills.per_edition import per_edition

PLACE = "us-austin-tx"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleVerdict:
    """The verdict's first lines and its chart, for whom it is, and its address."""

    who: str
    headline: HeadlineText
    chart: GapChart
    address: str


@per_edition
def present_sample(published: PublishedEdition) -> SampleVerdict | None:
    """None where the edition does not know the place, or what its developers are paid."""
    edition = published.edition
    skills = tuple(sorted(slug for slug in STARTING_SETS[0].skills if slug in edition.skills))
    if PLACE not in edition.places or not skills:
        return None
    verdict = assess(Profile(pay=PayLevel.P50, location=PLACE, skills=skills), edition)
    presenter = VerdictPresenter(verdict=verdict, published=published)
    if verdict.first is None or verdict.market is None:
        return None
    pay = presenter.money.whole(verdict.market.annual_salary)
    return SampleVerdict(
        who=f"Middle pay in Austin, Texas ({pay}), {presenter.profile.weekly_hours} hours of study a week",
        headline=present_headline(presenter),
        chart=gap_chart(presenter, verdict.first),
        address=presenter.address(),
    )
