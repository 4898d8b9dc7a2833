"""The words and figures of the share image: what is claimed and what is measured, the recommendation, the place.

It is drawn for a pay level alone: from exact amounts anybody could compute a salary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calculator.charts.claims import describe_evidence
from calculator.engine.profile import ODDS_PERCENT, WEEKLY_HOURS, PayLevel
from calculator.engine.verdict import Verdict
from calculator.presenters.claims import claimed_range, name_claimants
from calculator.presenters.headline import NAMED_IN_HEADING, HeadlineText, present_headline, weekly_hours
from calculator.presenters.share import describe_level
from calculator.presenters.updates import date_of
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from earnverdict.chart_scale import Scale
from skills.editions.document import PublishedEdition
from skills.places.names import name_with_states

IMAGE_WIDTH, IMAGE_HEIGHT = 1200, 630


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareBar:
    """One bar: what it is called, whose figure it is, the amount as text and in figures (`mid` is expected).

    A claim is drawn in another way than what is measured.
    """

    label: str
    source: str
    amount: str
    low: float
    high: float
    mid: float | None = None
    is_claim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChart:
    """One bar or two on one scale, and what each step of the scale is called."""

    bars: tuple[ShareBar, ...]
    scale: Scale
    steps: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareImageText:
    """Everything the image says. `reason` is said where there is no chart, because no skill is first."""

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
        heading=_name_subject(presenter.short(first)) if first else headline.heading,
        chart=_present_chart(presenter, first) if first else None,
        reason="" if first else _give_reason(presenter, headline),
        conclusion=conclude(headline),
        place=_name_place(presenter),
        level=" ".join([describe_level(presenter), *_describe_other_answers(presenter)]),
        date=date_of(published),
    )


def _name_subject(skill: str) -> str:
    """Name what the picture is about: "Kubernetes and pay"; the skill need not be the reason for the pay."""
    return f"{skill}{',' if ' and ' in skill else ''} and pay"


def _give_reason(presenter: VerdictPresenter, headline: HeadlineText) -> str:
    """How sure it is that no skill is first, and the names of a few skills that the heading only counts."""
    considered = presenter.verdict.considered
    is_counted = presenter.profile.skills is not None and len(considered) > NAMED_IN_HEADING
    names = [f"Compared: {presenter.listed(considered)}."] if is_counted else []
    return " ".join([text for text in (headline.firmness, *names) if text])


def _describe_other_answers(presenter: VerdictPresenter) -> Iterator[str]:
    """The hours a week and the odds, where they are not the usual ones: the recommendation rests on them."""
    profile = presenter.profile
    changed = []
    if profile.weekly_hours != WEEKLY_HOURS.default:
        changed.append(f"{weekly_hours(presenter)} a week")
    if profile.odds_percent != ODDS_PERCENT.default:
        changed.append(f"{profile.odds_percent}% odds")
    if changed:
        yield f"At {formatting.listing(changed)}."


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
    uplift = presenter.own_uplift(outlook)
    scale = Scale.around([uplift.low, uplift.high, *(claimed or ())])
    bars = []
    if claimed:
        low, high = claimed
        source = name_claimants(presenter, first)
        amount = f"{money.span(low, high)} a year"
        bars.append(ShareBar(label="Claimed", source=source, amount=amount, low=low, high=high, is_claim=True))
    bars.append(
        ShareBar(
            label=describe_evidence(presenter, outlook),
            source="",
            amount=f"{money.span(uplift.low, uplift.high)} a year",
            low=uplift.low,
            high=uplift.high,
            mid=uplift.expected,
        )
    )
    return draw_on_scale(bars, scale, money.axis)


def draw_on_scale(bars: list[ShareBar], scale: Scale, write: Callable[[float], str]) -> ShareChart:
    """Put the bars on a scale whose steps are written by `write`."""
    steps = tuple([(amount, write(amount)) for amount in scale.steps(scale.step)])
    return ShareChart(bars=tuple(bars), scale=scale, steps=steps)
