"""The answer card of a verdict that recommends nothing: why, and when the pay would come."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.charts.timeline import TimelineBar, months_axis, timeline_bar
from calculator.engine.flips import Flip, FlipKind
from calculator.engine.profile import ODDS_PERCENT
from calculator.engine.verdict import Outlook, StayPutReason
from calculator.presenters.card_notes import describe_cap, describe_claims
from calculator.presenters.chance_link import LinkedText, find_chance_address, link_chance
from calculator.presenters.headline import HeadlineText, weekly_hours
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from earnverdict.chart_scale import Axis

#: How many skills the picture of staying put shows.
MAX_TIMELINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """When one skill's pay would come."""

    name: str
    amount: str
    text: str
    bar: TimelineBar


@dataclass(frozen=True, slots=True, kw_only=True)
class StayPutCard:
    """Learning nothing: the reason in three parts, of which `marked` is the figure, the nearest way out, a picture.

    The chance in `firmness` leads to `chance_address`.
    """

    template = "calculator/_card_stay_put.html"
    before: str
    marked: str
    after: str
    firmness: LinkedText
    notes: tuple[str, ...]
    chance_address: str
    way_out: str
    way_out_address: str
    timelines_title: str
    timelines: tuple[Timeline, ...]
    axis: Axis


def present_stay_put(presenter: VerdictPresenter, headline: HeadlineText, way_out: Flip | None) -> StayPutCard:
    before, marked, after = _describe_reason(presenter)
    timed = [outlook for outlook in presenter.verdict.outlooks if outlook.gain][:MAX_TIMELINES]
    years = presenter.profile.horizon_years
    return StayPutCard(
        before=before,
        marked=marked,
        after=after,
        firmness=link_chance(headline.firmness, presenter.verdict),
        chance_address=find_chance_address(presenter.verdict),
        notes=(
            *describe_claims(presenter),
            *describe_cap(presenter),
        ),
        way_out=_describe_way_out(presenter, way_out) if way_out else "",
        way_out_address=presenter.address_of(way_out.changed(presenter.profile)) if way_out else "",
        timelines_title=_timelines_title(presenter, timed),
        timelines=tuple([_present_timeline(presenter, outlook) for outlook in timed]),
        axis=months_axis(years),
    )


def _timelines_title(presenter: VerdictPresenter, timed: list[Outlook]) -> str:
    years = presenter.profile.horizon_years
    if not any(outlook.is_in_time for outlook in timed):
        return f"No pay comes within {presenter.horizon()}"
    if all(outlook.study.first_pay_month > years * 6 for outlook in timed):
        return f"Most of the {'year goes' if years == 1 else f'{years} years go'} by before the pay comes"
    return "When the pay would come"


def _describe_reason(presenter: VerdictPresenter) -> tuple[str, str, str]:
    """Why no skill is recommended, in three parts; the one in the middle is the figure."""
    verdict, horizon = presenter.verdict, presenter.horizon()
    is_one = len(verdict.considered) == 1
    if verdict.stay_put_reason is StayPutReason.NO_TIME:
        soonest = min(
            (outlook for outlook in verdict.outlooks if outlook.gain), key=lambda each: each.study.first_pay_month
        )
        select_skill = "" if is_one else f", for {presenter.in_text(soonest.slug)},"
        return (
            f"The first extra pay{select_skill} would come in",
            formatting.month(soonest.study.first_pay_month),
            f"at {weekly_hours(presenter)} a week. You look {horizon} ahead.",
        )
    nearest, odds = verdict.outlooks[0], presenter.profile.odds_percent
    at_odds = "" if odds == ODDS_PERCENT.default else f" At {odds}% odds."
    assert nearest.gain is not None  # noqa: S101 - it is in time and has a premium
    if verdict.stay_put_reason is StayPutReason.NO_GAIN:
        loss = presenter.money.rounded(-nearest.gain.net_gain)
        who = "It would" if is_one else f"Even {presenter.in_text(nearest.slug)}, which comes closest, would"
        return who, f"cost {loss} more", f"than it brings within {horizon}, your time included.{at_odds}"
    gain = presenter.money.rounded(nearest.gain.net_gain)
    return (
        f"On average {presenter.in_text(nearest.slug)} would bring",
        f"{gain} more",
        f"than it costs, but in most cases less than it costs.{at_odds}",
    )


def _describe_way_out(presenter: VerdictPresenter, flip: Flip) -> str:
    if flip.kind is FlipKind.YEARS:
        change = f"Look {formatting.plural(flip.value or 0, 'year')} ahead"
    else:
        change = f"Study {formatting.plural(flip.value or 0, 'hour')} a week"
    return f"{change}: {presenter.in_text(flip.first or '')}"


def _present_timeline(presenter: VerdictPresenter, outlook: Outlook) -> Timeline:
    study, years, gain = outlook.study, presenter.profile.horizon_years, outlook.gain
    assert gain is not None  # noqa: S101 - the caller has checked
    month = formatting.month(study.first_pay_month)
    return Timeline(
        name=presenter.skill(outlook.slug),
        amount=presenter.money.rounded(gain.uplift.expected),
        text=f"paid from {month}" if outlook.is_in_time else f"would be paid from {month}",
        bar=timeline_bar(0.0, study.months, study.first_pay_month, years),
    )
