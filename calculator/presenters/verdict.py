"""What all parts of a verdict's text share: its edition's names, its currency, its links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from calculator.engine.edition import Range
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import LEARNING_NOTHING, Outlook, Rival, Verdict
from calculator.engine.ways import Move, WayAnswers, find_move
from calculator.query import write_ways_query
from earnverdict import formatting
from earnverdict.formatting import Money, listing, money
from earnverdict.paths import path_of
from skills.editions.document import PublishedEdition
from skills.places.names import add_article
from skills.presenters.names import short_skill_name, skill_in_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Extra pay a year from low to high ("$1,800 to $6,800"), and the same with "more".

    Where it may be less pay, both say so: "€450 less to €3,500 more".
    """

    span: str
    more: str


@dataclass(frozen=True, kw_only=True)
class VerdictPresenter:
    """One verdict and the edition it was made with. What many sentences need is found once.

    `ways` is what the visitor says about other ways: no part of the verdict, but of its address.
    """

    verdict: Verdict
    published: PublishedEdition
    ways: WayAnswers = field(default_factory=WayAnswers)

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
        return write_ways_query(self.profile, self.published.number, self.ways)

    @cached_property
    def page(self) -> str:
        """The path of every verdict's page."""
        return path_of("calculator:verdict")

    def skill(self, slug: str) -> str:
        return self.published.edition.skills[slug].name

    def in_text(self, slug: str) -> str:
        """The name of a skill inside a sentence."""
        return skill_in_text(self.skill(slug))

    def short(self, slug: str) -> str:
        """The name of a skill in few words, where the whole name is near."""
        return short_skill_name(self.skill(slug))

    def listed(self, slugs: Sequence[str], joint: str = "and") -> str:
        """The short names of skills inside a sentence."""
        return listing([skill_in_text(self.short(slug)) for slug in slugs], joint)

    def skills(self, slugs: tuple[str, ...] | list[str], joint: str = "and") -> str:
        return listing([self.skill(slug) for slug in slugs], joint)

    def alternative(self, slug: str) -> str:
        """The name of a skill, or what learning none of them is called, inside a sentence."""
        return f"learning {self.nothing}" if slug == LEARNING_NOTHING else skill_in_text(self.short(slug))

    @property
    def lacks_years(self) -> bool:
        """Whether years of work may be asked for; a verdict for a pay level is for others than its visitor, too."""
        return self.profile.experience_years is None and not isinstance(self.profile.pay, PayLevel)

    @property
    def nothing(self) -> str:
        """What is learned where no skill is: after "learn" or "learning"."""
        return "nothing" if len(self.verdict.considered) == 1 else "none of them"

    @cached_property
    def rivals(self) -> tuple[Rival, ...]:
        """What comes close to the first skill, without what that needs: who learns the first learns this, too."""
        first = self.verdict.first
        needed = self.verdict.outlook(first).study.added if first is not None else ()
        return tuple([rival for rival in self.verdict.rivals if rival.slug not in needed])

    def own_uplift(self, outlook: Outlook) -> Range:
        """What a skill alone may bring a year, without what it needs; for one with a premium in a market."""
        market, premium = self.verdict.market, outlook.premium
        assert market is not None and premium is not None  # noqa: S101, PT018 - the caller has checked
        pay = market.capped_salary
        return Range(low=pay * premium.low, expected=pay * premium.expected, high=pay * premium.high)

    @property
    def first_uplift(self) -> Range | None:
        """What the first skill may bring a year; None without one."""
        first = self.verdict.first
        gain = self.verdict.outlook(first).gain if first is not None else None
        return gain.uplift if gain else None

    @cached_property
    def move(self) -> Move | None:
        """The move to the second place that the visitor named; None without one, or where pay cannot be compared."""
        market, to = self.verdict.market, self.ways.to
        return find_move(self.profile, market, to, self.published.edition) if market and to else None

    @cached_property
    def considered(self) -> str:
        """The skills that the verdict is about, counted: "your four", "all 19"; for more than one.

        A verdict without a salary is for others too: "the four".
        """
        count = len(self.verdict.considered)
        if self.profile.skills is None:
            return f"all {formatting.group(count)}"
        whose = "the" if isinstance(self.profile.pay, PayLevel) else "your"
        return f"{whose} {formatting.count_word(count)}"

    @cached_property
    def ranked_count(self) -> int:
        """How many of the considered skills have a figure, so that one of them may be the best."""
        return sum(outlook.premium is not None for outlook in self.verdict.outlooks)

    @property
    def ranked(self) -> str:
        """Skills with figures, counted: as `considered` where all have one, else "22 skills", "the two with data"."""
        if self.ranked_count == len(self.verdict.considered):
            return self.considered
        if self.profile.skills is None:
            return formatting.plural(self.ranked_count, "skill")
        return f"the {formatting.count_word(self.ranked_count)} with data"

    @property
    def considered_skills(self) -> str:
        """The same with the noun, and the name of one alone: "your four skills", "all 19 skills", "Kubernetes"."""
        if len(self.verdict.considered) == 1:
            return self.in_text(self.verdict.considered[0])
        return f"{self.considered} skills"

    @cached_property
    def decisive_skills(self) -> tuple[str, ...]:
        """The skills that the answer turns on: the first and its closest rival; without a first, what comes closest."""
        verdict = self.verdict
        if verdict.first is None:
            return tuple(outlook.slug for outlook in verdict.outlooks[:1])
        rivals = [rival.slug for rival in self.rivals if rival.slug != LEARNING_NOTHING]
        return verdict.first, *rivals[:1]

    @property
    def none_considered(self) -> str:
        """The same in the negative: "none of your four skills", "none of 19 skills"; for more than one."""
        count = len(self.verdict.considered)
        if self.ranked_count < count:
            return f"none of {self.ranked}"
        return f"none of {self.considered if self.profile.skills is not None else formatting.group(count)} skills"

    @cached_property
    def hourly_pay(self) -> str:
        """What an hour at work pays; for a verdict with a market."""
        market = self.verdict.market
        assert market is not None  # noqa: S101 - the caller has checked
        return self.money.hourly(market.annual_salary / self.published.edition.constants.paid_hours_per_year)

    def place(self, slug: str) -> str:
        return self.published.places.label(slug)

    def place_in_text(self, slug: str) -> str:
        """The place's label inside a sentence: “the United Kingdom”."""
        return add_article(self.place(slug))

    def address(self, **answers: object) -> str:
        """The verdict's own address, or its address with other answers."""
        if not answers:
            return f"{self.page}?{self.query}"
        return self.address_of(replace(self.profile, **answers))  # type: ignore[arg-type]  # they are fields of Profile

    def address_of(self, profile: Profile) -> str:
        """The address of another profile's verdict in the same edition."""
        return f"{self.page}?{write_ways_query(profile, self.published.number, self.ways)}"

    def write_amounts(self, uplift: Range) -> Amounts:
        """What a skill may bring a year."""
        low, high = formatting.two_digits(uplift.low), formatting.two_digits(uplift.high)
        span = self.money.span(low, high)
        more = f"{span} more"
        if low < 0:
            span = more = (
                f"{self.money.write(-low)} less to {self.money.write(abs(high))} {'less' if high < 0 else 'more'}"
            )
        return Amounts(span=span, more=more)

    def horizon(self) -> str:
        years = self.profile.horizon_years
        return "1 year" if years == 1 else f"{years} years"
