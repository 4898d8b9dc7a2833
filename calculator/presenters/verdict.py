"""What all parts of a verdict's text share: its edition's names, its currency, its links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.urls import reverse

from calculator.engine.edition import Range
from calculator.engine.evidence import known
from calculator.engine.profile import Profile
from calculator.engine.verdict import LEARNING_NOTHING, Headline, Verdict
from calculator.query import write_query
from earnverdict import formatting
from earnverdict.formatting import Money, listing, money, signed_percent_range
from skills.editions.document import PublishedEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Extra pay a year: from low to high, and what is expected."""

    span: str
    expected: str


@dataclass(frozen=True, kw_only=True)
class VerdictPresenter:
    """One verdict and the edition it was made with. What many sentences need is found once."""

    verdict: Verdict
    published: PublishedEdition

    @property
    def profile(self) -> Profile:
        return self.verdict.profile

    @cached_property
    def money(self) -> Money:
        """The market's currency; without a market that of the location."""
        return money(self.published.edition.places[self.profile.location].currency)

    @cached_property
    def query(self) -> str:
        """The verdict's canonical query."""
        return write_query(self.profile, self.published.number)

    @cached_property
    def page(self) -> str:
        """The path of every verdict's page."""
        return reverse("calculator:verdict")

    @cached_property
    def amounts(self) -> dict[str, Amounts]:
        """What each skill may bring a year, where that is known: several parts of the page tell it."""
        return {outlook.slug: self._amounts(outlook.gain.uplift) for outlook in self.verdict.outlooks if outlook.gain}

    @cached_property
    def claims(self) -> dict[str, str]:
        """What headlines claim of each skill."""
        return {outlook.slug: self._claim(outlook.headline) for outlook in self.verdict.outlooks}

    def skill(self, slug: str) -> str:
        return self.published.edition.skills[slug].name

    def skills(self, slugs: tuple[str, ...] | list[str], joint: str = "and") -> str:
        return listing([self.skill(slug) for slug in slugs], joint)

    def alternative(self, slug: str) -> str:
        """The name of a skill, or what learning none of them is called."""
        return "learning none of them" if slug == LEARNING_NOTHING else self.skill(slug)

    @cached_property
    def considered(self) -> str:
        """The skills that the verdict is about, counted: "your four", "all 19"; for more than one."""
        count = len(self.verdict.considered)
        if self.profile.skills is None:
            return f"all {formatting.group(count)}"
        return f"your {formatting.count_word(count)}"

    @property
    def considered_skills(self) -> str:
        """The same with the noun, and the name of one alone: "your four skills", "all 19 skills", "Kubernetes"."""
        if len(self.verdict.considered) == 1:
            return self.skill(self.verdict.considered[0])
        return f"{self.considered} skills"

    @cached_property
    def decisive_skills(self) -> tuple[str, ...]:
        """The skills that the answer turns on: the first and its rivals; without a first the one that comes closest."""
        verdict = self.verdict
        if verdict.first is None:
            return tuple(outlook.slug for outlook in verdict.outlooks[:1])
        return verdict.first, *(rival.slug for rival in verdict.rivals if rival.slug != LEARNING_NOTHING)

    @property
    def none_considered(self) -> str:
        """The same in the negative: "none of your four skills", "none of 19 skills"; for more than one."""
        count = len(self.verdict.considered)
        return f"none of {self.considered if self.profile.skills is not None else formatting.group(count)} skills"

    @cached_property
    def hourly_pay(self) -> str:
        """What an hour at work pays; for a verdict with a market."""
        market = self.verdict.market
        assert market is not None  # noqa: S101 - the caller has checked
        return self.money.rounded(market.annual_salary / self.published.edition.constants.paid_hours_per_year)

    def claimed(self, slug: str) -> str:
        """Who claims what is claimed of a skill: we say so where the only claim is our own."""
        edition, region = self.published.edition, self.published.edition.places[self.profile.location].region
        sources = {claim.source for claim in known(edition, slug, self.profile.evidence, region).claims}
        own = [edition.sources[source] for source in sources if edition.sources[source].publisher == "EarnVerdict"]
        if len(sources) != 1 or not own:
            return "Headlines claim"
        return f"We claimed in {_month_of(own[0].published)}"

    def place(self, slug: str) -> str:
        return self.published.places.label(slug)

    def address(self, **answers: object) -> str:
        """The verdict's own address, or its address with other answers."""
        if not answers:
            return f"{self.page}?{self.query}"
        return self.address_of(replace(self.profile, **answers))  # type: ignore[arg-type]  # they are fields of Profile

    def address_of(self, profile: Profile) -> str:
        """The address of another profile's verdict in the same edition."""
        return f"{self.page}?{write_query(profile, self.published.number)}"

    def _amounts(self, uplift: Range) -> Amounts:
        return Amounts(span=self.money.span(uplift.low, uplift.high), expected=self.money.rounded(uplift.expected))

    def _claim(self, headline: Headline | None) -> str:
        """For this salary; shares where the salary's market is unknown."""
        if headline is None:
            return "no claim on file"
        if headline.low is None or headline.high is None:
            return signed_percent_range(headline.low_share, headline.high_share)
        return f"{self.money.rounded_range(headline.low, headline.high)} a year"

    def horizon(self) -> str:
        years = self.profile.horizon_years
        return "1 year" if years == 1 else f"{years} years"


def _month_of(day: str) -> str:
    """April 2026, of an ISO date; a source may give the year alone."""
    try:
        return f"{date.fromisoformat(day):%B %Y}"
    except ValueError:
        return day
