"""The words and figures of the share image: what is claimed and what is measured, the recommendation, the place.

It is drawn for a pay level alone: from exact amounts anybody could compute a salary.
"""

from __future__ import annotations

from dataclasses import dataclass

from calculator.charts.claims import describe_evidence
from calculator.engine.profile import PayLevel
from calculator.engine.verdict import Verdict
from calculator.presenters.claims import claimed_range, name_claimants
from calculator.presenters.headline import HeadlineText, present_headline
from calculator.presenters.share import describe_level
from calculator.presenters.updates import date_of
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.chart_scale import Scale
from skills.editions.document import PublishedEdition
from skills.places.names import name_with_states
from skills.presenters.names import name_in_text

IMAGE_WIDTH, IMAGE_HEIGHT = 1200, 630


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareBar:
    """One bar: what it is called, whose figure it is, the amount as text and in figures (`mid` is expected)."""

    label: str
    source: str
    amount: str
    low: float
    high: float
    mid: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChart:
    """The bars on one scale, and what each step of the scale is called. `claim` is None where nothing is claimed."""

    claim: ShareBar | None
    measured: ShareBar
    scale: Scale
    steps: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareImageText:
    """Everything the image says. `reason` is for a verdict without a first skill, which has no chart."""

    heading: str
    chart: ShareChart | None
    reason: str
    conclusion: str
    place: str
    level: str
    date: str


def present_share_image(verdict: Verdict, published: PublishedEdition) -> ShareImageText:
    """Write the image of a verdict for a pay level."""
    assert isinstance(verdict.profile.pay, PayLevel)  # noqa: S101 - a salary is replaced by its level before
    presenter = VerdictPresenter(verdict=verdict, published=published)
    headline, first = present_headline(presenter), verdict.first
    return ShareImageText(
        heading=f"What {name_in_text(presenter.short(first))} pays" if first else headline.heading,
        chart=_present_chart(presenter, first) if first else None,
        reason="" if first else headline.firmness,
        conclusion=conclude(headline),
        place=_name_place(presenter),
        level=describe_level(presenter),
        date=date_of(published),
    )


def _name_place(presenter: VerdictPresenter) -> str:
    """Name an American area by its first city and its states: "Austin, TX"; others as short as no other place is."""
    published, location = presenter.published, presenter.profile.location
    return name_with_states(published.edition.places[location]) or published.places.short_label(location)


def conclude(headline: HeadlineText) -> str:
    """Put the recommendation and its rating in one line: "Learn Kubernetes first. A close call."."""
    label = headline.rating_label
    rating = f"A {label[0].lower()}{label[1:]}." if label.endswith((" lead", " call")) else f"{label}."
    return f"{headline.title}. {rating}" if headline.amount else rating


def _present_chart(presenter: VerdictPresenter, first: str) -> ShareChart:
    outlook, money, claimed = presenter.verdict.outlook(first), presenter.money, claimed_range(presenter, first)
    assert outlook.gain is not None  # noqa: S101 - a first skill has one
    uplift = outlook.gain.uplift
    scale = Scale.around([uplift.low, uplift.high, *(claimed or ())])
    claim = None
    if claimed:
        low, high = claimed
        source = name_claimants(presenter, first)
        claim = ShareBar(label="Claimed", source=source, amount=f"{money.span(low, high)} a year", low=low, high=high)
    return ShareChart(
        claim=claim,
        measured=ShareBar(
            label=describe_evidence(presenter, outlook),
            source="",
            amount=f"{money.span(uplift.low, uplift.high)} a year",
            low=uplift.low,
            high=uplift.high,
            mid=uplift.expected,
        ),
        scale=scale,
        steps=tuple([(amount, money.axis(amount)) for amount in scale.steps(scale.step)]),
    )
