"""The answer card: what stands in the window of a verdict, one kind for each outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from calculator.charts.claims import GapChart, gap_chart
from calculator.charts.scale import Axis
from calculator.charts.timeline import TimelineBar, months_axis, timeline_bar
from calculator.engine import Assessment
from calculator.engine.edition import EvidenceChoice
from calculator.engine.flips import Flip, FlipKind
from calculator.engine.profile import MAX_SKILLS, PayLevel
from calculator.engine.verdict import Outlook, Rating, StayPutReason
from calculator.presenters.headline import HeadlineText, close_skills, is_shortlist, weekly_hours
from calculator.presenters.pay_levels import LEVEL_OTHERS, LEVEL_SHARES
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.presenters.grades import ASK_FOR_THE_WORK

_IF_CLAIMS_ARE_RIGHT = {
    EvidenceChoice.ALL: "Claims count here as well as what is measured.",
    EvidenceChoice.HEADLINE: "Claims alone count here: all of this holds if they are right.",
}
_DUTIES = f"{ASK_FOR_THE_WORK.capitalize()}: the evidence is about people who do it."
#: How many skills the picture of staying put shows.
MAX_TIMELINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A skill that the first one requires. It can change unless it is known and there is no room to consider it."""

    slug: str
    name: str
    is_known: bool
    can_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationCard:
    """The first skill. `notes` are said small: a shortlist in a close call, what the figures are about."""

    template = "calculator/_card_recommendation.html"
    brings: str
    worth: str
    advice: str
    notes: tuple[str, ...]
    gap: GapChart
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """When one skill's pay would come."""

    name: str
    amount: str
    text: str
    bar: TimelineBar


@dataclass(frozen=True, slots=True, kw_only=True)
class StayPutCard:
    """Learning nothing: the reason in three parts, of which `marked` is the figure, the nearest way out, a picture."""

    template = "calculator/_card_stay_put.html"
    before: str
    marked: str
    after: str
    notes: tuple[str, ...]
    way_out: str
    way_out_address: str
    timelines_title: str
    timelines: tuple[Timeline, ...]
    axis: Axis


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDataCard:
    """What is missing, and the addresses of what can be done instead."""

    template = "calculator/_card_no_data.html"
    missing: str
    advice: str
    choices: tuple[tuple[str, str], ...]


type AnswerCard = RecommendationCard | StayPutCard | NoDataCard


def present_answer_card(presenter: VerdictPresenter, headline: HeadlineText, assessed: Assessment) -> AnswerCard:
    verdict = presenter.verdict
    if verdict.first is not None:
        return _recommendation(presenter, verdict.outlook(verdict.first))
    if verdict.rating is Rating.STAY_PUT:
        return _stay_put(presenter, assessed.way_out())
    return _no_data(presenter, headline)


def describe_level(presenter: VerdictPresenter) -> str:
    """Whom a verdict without a salary is for; "" for one with a salary."""
    level, market = presenter.profile.pay, presenter.verdict.market
    if not isinstance(level, PayLevel):
        return ""
    place = presenter.published.edition.places[presenter.profile.location].name
    if market is None:
        return f"For a developer in {place}, where {LEVEL_SHARES[level]}."
    pay = presenter.money.rounded(market.annual_salary)
    return f"For a developer on about {pay} in {place}; {LEVEL_OTHERS[level]}."


def _recommendation(presenter: VerdictPresenter, outlook: Outlook) -> RecommendationCard:
    gain, money = outlook.gain, presenter.money
    assert gain is not None  # noqa: S101 - a first skill has one
    skills = presenter.profile.skills
    has_room = skills is not None and len(skills) < MAX_SKILLS
    return RecommendationCard(
        brings="It should bring" if isinstance(presenter.profile.pay, PayLevel) else "It should bring you",
        worth=(
            f"Given {presenter.profile.odds_percent}% odds of that, an hour of study is worth about "
            f"{money.hourly(gain.worth_of_an_hour)}; an hour at work pays {presenter.hourly_pay}."
        ),
        advice=_advice(presenter),
        notes=tuple(_notes(presenter, outlook)),
        gap=gap_chart(presenter, outlook.slug),
        assumptions=(
            *(_assumption(presenter, slug, is_known=True, can_change=has_room) for slug in outlook.study.assumed),
            *(
                _assumption(presenter, slug, is_known=False, can_change=True)
                for slug in outlook.study.added
                if slug in (skills or ())
            ),
        ),
    )


def _assumption(presenter: VerdictPresenter, slug: str, *, is_known: bool, can_change: bool) -> Assumption:
    return Assumption(slug=slug, name=presenter.in_text(slug), is_known=is_known, can_change=can_change)


def _advice(presenter: VerdictPresenter) -> str:
    """What to do where few chosen skills are close."""
    close = close_skills(presenter)
    if not close or presenter.profile.skills is None:
        return ""
    return _prefer(presenter, close)


def _prefer(presenter: VerdictPresenter, close: list[str]) -> str:
    return f"Prefer {presenter.listed(close, 'or')}? Then take it."


def _notes(presenter: VerdictPresenter, outlook: Outlook) -> Iterator[str]:
    close = close_skills(presenter)
    if is_shortlist(presenter):
        yield f"That is usual among so many. {_prefer(presenter, close)}"
    if outlook.rests_on_duties:
        yield _DUTIES
    yield from _wider(presenter)
    if text := _IF_CLAIMS_ARE_RIGHT.get(presenter.profile.evidence):
        yield text


def _wider(presenter: VerdictPresenter) -> Iterator[str]:
    """Where another skill is likelier to be the best and yet leaves less on average."""
    chance = presenter.verdict.chance_first or 0.0
    likelier = [
        outlook.slug
        for outlook in presenter.verdict.outlooks
        if outlook.gain and outlook.gain.chance is not None and outlook.gain.chance > chance
    ]
    if len(likelier) > 1 and presenter.profile.skills is None:
        count = formatting.count_word(len(likelier)).capitalize()
        yield f"{count} others have a higher chance but leave less on average."
    elif likelier:
        names, is_one = presenter.listed(likelier), len(likelier) == 1
        yield (
            f"{names[0].upper()}{names[1:]} {'is' if is_one else 'are'} likelier to be the best, but on average "
            f"{'it leaves' if is_one else 'they leave'} you less, and we go by the average."
        )


def _stay_put(presenter: VerdictPresenter, way_out: Flip | None) -> StayPutCard:
    before, marked, after = _reason(presenter)
    timed = [outlook for outlook in presenter.verdict.outlooks if outlook.gain][:MAX_TIMELINES]
    years = presenter.profile.horizon_years
    late = all(outlook.study.first_pay_month > years * 6 for outlook in timed)
    span = "year goes" if years == 1 else f"{years} years go"
    return StayPutCard(
        before=before,
        marked=marked,
        after=after,
        notes=tuple([text] if (text := _IF_CLAIMS_ARE_RIGHT.get(presenter.profile.evidence)) else []),
        way_out=_way_out(presenter, way_out) if way_out else "",
        way_out_address=presenter.address_of(way_out.changed(presenter.profile)) if way_out else "",
        timelines_title=f"Most of the {span} by before the pay comes" if late else "When the pay would come",
        timelines=tuple([_timeline(presenter, outlook) for outlook in timed]),
        axis=months_axis(years),
    )


def _reason(presenter: VerdictPresenter) -> tuple[str, str, str]:
    """Why no skill is recommended, in three parts; the one in the middle is the figure."""
    verdict, horizon = presenter.verdict, presenter.horizon()
    is_one = len(verdict.considered) == 1
    if verdict.stay_put_reason is StayPutReason.NO_TIME:
        soonest = min(
            (outlook for outlook in verdict.outlooks if outlook.gain), key=lambda each: each.study.first_pay_month
        )
        of_skill = "" if is_one else f", for {presenter.in_text(soonest.slug)},"
        return (
            f"At {weekly_hours(presenter)} a week the earliest extra pay{of_skill} would come about",
            formatting.month(soonest.study.first_pay_month),
            f"after the {horizon} you look ahead.",
        )
    nearest = verdict.outlooks[0]
    assert nearest.gain is not None  # noqa: S101 - it is in time and has a premium
    if verdict.stay_put_reason is StayPutReason.NO_GAIN:
        loss = presenter.money.rounded(-nearest.gain.net_gain)
        who = "It would" if is_one else f"Even {presenter.in_text(nearest.slug)}, which comes closest, would"
        return who, f"cost {loss} more", f"than it brings within {horizon}, your time included."
    gain = presenter.money.rounded(nearest.gain.net_gain)
    return (
        f"On average {presenter.in_text(nearest.slug)} would bring",
        f"{gain} more",
        "than it costs, but in most cases less than it costs.",
    )


def _way_out(presenter: VerdictPresenter, flip: Flip) -> str:
    if flip.kind is FlipKind.YEARS:
        change = f"Look {formatting.plural(flip.value or 0, 'year')} ahead"
    else:
        change = f"Study {formatting.plural(flip.value or 0, 'hour')} a week"
    return f"{change}: {presenter.in_text(flip.first or '')}"


def _timeline(presenter: VerdictPresenter, outlook: Outlook) -> Timeline:
    study, years, gain = outlook.study, presenter.profile.horizon_years, outlook.gain
    assert gain is not None  # noqa: S101 - the caller has checked
    month = formatting.month(study.first_pay_month)
    return Timeline(
        name=presenter.skill(outlook.slug),
        amount=presenter.money.rounded(gain.uplift.expected),
        text=f"paid from {month}" if outlook.is_in_time else f"would be paid from {month}",
        bar=timeline_bar(0.0, study.months, study.first_pay_month, years),
    )


def _no_data(presenter: VerdictPresenter, headline: HeadlineText) -> NoDataCard:
    if presenter.verdict.market is None:
        return NoDataCard(
            missing=f"{headline.firmness} So we print no amounts.",
            advice="Below: shares of pay. For amounts, choose a place where pay is like yours.",
            choices=(),
        )
    choices = []
    if presenter.profile.evidence is EvidenceChoice.MEASURED and any(
        each.headline for each in presenter.verdict.outlooks
    ):
        choices.append(("Let claims count too", presenter.address(evidence=EvidenceChoice.ALL)))
    if presenter.profile.evidence is EvidenceChoice.HEADLINE:
        choices.append(("Let measured evidence count", presenter.address(evidence=EvidenceChoice.MEASURED)))
    if presenter.profile.skills is not None:
        choices.append(("Consider all skills", presenter.address_of(replace(presenter.profile, skills=None))))
    return NoDataCard(missing=headline.firmness, advice="", choices=tuple(choices))
