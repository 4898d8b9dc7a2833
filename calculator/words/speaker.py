"""What all parts of a verdict's text share: its edition's names, its currency, its links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse

from calculator.address import write_query
from calculator.engine.profile import Profile
from calculator.engine.verdict import LEARNING_NOTHING, Verdict
from earnverdict.figures import Money, listing, money
from skills.editions.document import PublishedEdition


@dataclass(frozen=True, kw_only=True)
class Speaker:
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

    def skill(self, slug: str) -> str:
        return self.published.edition.skills[slug].name

    def skills(self, slugs: tuple[str, ...] | list[str], joint: str = "and") -> str:
        return listing([self.skill(slug) for slug in slugs], joint)

    def rival(self, slug: str) -> str:
        return "learning nothing" if slug == LEARNING_NOTHING else self.skill(slug)

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

    def horizon(self) -> str:
        years = self.profile.horizon_years
        return "1 year" if years == 1 else f"{years} years"
