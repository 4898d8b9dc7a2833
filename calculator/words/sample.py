"""A real verdict, short, to show on the home page what one gets."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.charts.ranges import RangeChart, range_chart
from calculator.engine import assess
from calculator.engine.profile import PayLevel, Profile
from calculator.starting_sets import STARTING_SETS
from calculator.words.headline import HeadlineWords, headline_words
from calculator.words.speaker import Speaker
from skills.editions.document import PublishedEdition
from skills.per_edition import per_edition

PLACE = "us-austin-tx"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWords:
    """The verdict's first lines and its chart, for whom it is, and its address."""

    who: str
    headline: HeadlineWords
    chart: RangeChart
    address: str


@per_edition
def sample_words(published: PublishedEdition) -> SampleWords | None:
    """None where the edition does not know the place, or what its developers are paid."""
    edition = published.edition
    skills = tuple(sorted(slug for slug in STARTING_SETS[0].skills if slug in edition.skills))
    if PLACE not in edition.places or not skills:
        return None
    verdict = assess(Profile(pay=PayLevel.P50, location=PLACE, skills=skills), edition)
    speaker = Speaker(verdict=verdict, published=published)
    chart = range_chart(speaker)
    if verdict.first is None or verdict.market is None or chart is None:
        return None
    pay = speaker.money.whole(verdict.market.annual_salary)
    return SampleWords(
        who=f"Middle pay in Austin, Texas ({pay}), {speaker.profile.weekly_hours} hours of study a week",
        headline=headline_words(speaker),
        chart=chart,
        address=speaker.address(),
    )
