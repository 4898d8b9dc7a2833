"""The answer card: what is in the window of a verdict, one kind for each outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from calculator.charts.claims import GapChart, gap_chart
from calculator.charts.timeline import TimelineBar, months_axis, timeline_bar
from calculator.engine import Assessment
from calculator.engine.edition import EvidenceChoice
from calculator.engine.flips import Flip, FlipKind
from calculator.engine.profile import MAX_SKILLS, ODDS_PERCENT, PayLevel
from calculator.engine.verdict import Outlook, Rating, StayPutReason
from calculator.presenters.chance_link import LinkedText, find_chance_address, link_chance
from calculator.presenters.headline import HeadlineText, close_skills, is_shortlist, weekly_hours
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from earnverdict.chart_scale import Axis
from skills.study.limits import COULD_BE_ZERO

_IF_CLAIMS_ARE_RIGHT = {
    EvidenceChoice.ALL: "Claims count here, too.",
    EvidenceChoice.HEADLINE: "Claims alone count here: all of this holds if they are right.",
}
#: How many skills the picture of staying put shows.
MAX_TIMELINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A skill that the first one requires: whether it is taken as known (`is_on`) or learned before.

    `can_change` is whether the visitor can say otherwise here: a list of skills may be full.
    """

    slug: str
    name: str
    is_on: bool
    can_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationCard:
    """The first skill. `brings` begins the sentence of its amount, `caution` says what may explain
    it instead, `needs` is what comes before it.

    `notes` are said small: how sure a close call among all skills is, what the figures are about. The chance in these
    texts leads to `chance_address`.
    """

    template = "calculator/_card_recommendation.html"
    brings: str
    caution: str
    needs: str
    worth: str
    firmness: LinkedText
    notes: tuple[LinkedText, ...]
    chance_address: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDataCard:
    """What is missing, and the addresses of what can be done instead."""

    template = "calculator/_card_no_data.html"
    chance_address = ""
    missing: str
    advice: str
    choices: tuple[tuple[str, str], ...]


type AnswerCard = RecommendationCard | StayPutCard | NoDataCard


def present_answer_card(presenter: VerdictPresenter, headline: HeadlineText, assessed: Assessment) -> AnswerCard:
    verdict = presenter.verdict
    if verdict.first is not None:
        return _recommendation(presenter, headline, verdict.outlook(verdict.first))
    if verdict.rating is Rating.STAY_PUT:
        return _present_stay_put(presenter, headline, assessed.way_out())
    return _no_data(presenter, headline)


def _recommendation(presenter: VerdictPresenter, headline: HeadlineText, outlook: Outlook) -> RecommendationCard:
    close = close_skills(presenter)
    firmness, notes = headline.firmness, list(_notes(presenter))
    if is_shortlist(presenter):
        firmness, notes = _shortlist(presenter, close), [_chance_in_shortlist(presenter, firmness), *notes]
    elif close:
        firmness = f"{firmness} {_advise(presenter, close)}"
    return RecommendationCard(
        brings=_brings(presenter, outlook),
        caution=_caution(outlook),
        needs=_needs(presenter, outlook),
        worth=_worth(presenter, outlook),
        firmness=link_chance(firmness, presenter.verdict),
        notes=tuple([link_chance(note, presenter.verdict) for note in notes]),
        chance_address=find_chance_address(presenter.verdict),
        gap=gap_chart(presenter, outlook.slug),
        assumptions=tuple(_assumptions(presenter, outlook)),
    )


def _brings(presenter: VerdictPresenter, outlook: Outlook) -> str:
    assert outlook.gain is not None  # noqa: S101 - a first skill has one
    you = "" if isinstance(presenter.profile.pay, PayLevel) else " you"
    if formatting.two_digits(outlook.gain.uplift.low) < 0:
        return f"It should bring{you} anything from"
    return f"It should bring{you}"


def _caution(outlook: Outlook) -> str:
    """Say that the skill may not be the reason for the pay: of some, a strict test may leave nothing. Of others the
    evidence is about people who have it as a duty.
    """
    work = " Learn it by asking for the work." if outlook.rests_on_duties else ""
    if outlook.slug in COULD_BE_ZERO:
        return f"By a strict test, it could be zero.{work}"
    return f"People who {'do' if work else 'know'} it earn more, perhaps for other reasons.{work}"


def _needs(presenter: VerdictPresenter, outlook: Outlook) -> str:
    """What the skill requires and the visitor does not know: the plan begins with it."""
    added = outlook.study.added
    if not added:
        return ""
    return f"It needs {presenter.listed(added)} first, which {'is' if len(added) == 1 else 'are'} counted in."


def _worth(presenter: VerdictPresenter, outlook: Outlook) -> str:
    """What an hour of study brings, and what an hour of free time is counted at.

    A verdict for a pay level is for readers whose free hour has another price.
    """
    gain, money, hour = outlook.gain, presenter.money, presenter.verdict.hour_value
    assert gain is not None  # noqa: S101 - a first skill has one
    worth, price = money.hourly(gain.worth_of_an_hour), money.hourly(hour.amount or 0.0)
    brings = f"An hour of study brings about {worth} at {presenter.profile.odds_percent}% odds"
    if isinstance(presenter.profile.pay, PayLevel):
        return f"{brings}." if hour.is_default else f"{brings}; a free hour counts {price}."
    return f"{brings}; {'we' if hour.is_default else 'you'} count your free hour at {price}."


def _assumptions(presenter: VerdictPresenter, outlook: Outlook) -> Iterator[Assumption]:
    """Without a list of skills nothing is assumed, and what is required is among all skills."""
    skills = presenter.profile.skills
    if skills is None:
        return
    for slug in outlook.study.assumed:
        yield Assumption(slug=slug, name=presenter.in_text(slug), is_on=True, can_change=len(skills) < MAX_SKILLS)
    for slug in outlook.study.added:
        yield Assumption(slug=slug, name=presenter.in_text(slug), is_on=False, can_change=True)


def _shortlist(presenter: VerdictPresenter, close: list[str]) -> str:
    """The other skills that are as good a choice among all."""
    names = presenter.listed(close)
    if len(close) == 1:
        return f"{names[0].upper()}{names[1:]} is about as good. Take the one you like."
    return f"About as good: {names}. Take the one you like."


def _advise(presenter: VerdictPresenter, close: list[str]) -> str:
    """Leave the choice among skills with close chances to the visitor; they are named if other rivals are not close."""
    if close == [rival.slug for rival in presenter.verdict.rivals]:
        return "Take the one you like."
    return f"Prefer {presenter.listed(close, 'or')}? Then take it."


def _chance_in_shortlist(presenter: VerdictPresenter, firmness: str) -> str:
    """How likely the first skill is to be the best, and how many others have a better chance and yet leave less."""
    count = len(_likelier(presenter))
    if not count:
        return firmness
    have, bring = ("one other has", "brings") if count == 1 else (f"{formatting.count_word(count)} have", "bring")
    return f"{firmness.removesuffix('.')}; {have} more, but {bring} less on average."


def _notes(presenter: VerdictPresenter) -> Iterator[str]:
    if not is_shortlist(presenter):
        yield from _wider(presenter)
    if text := _IF_CLAIMS_ARE_RIGHT.get(presenter.profile.evidence):
        yield text
    yield from _describe_cap(presenter)


def _describe_cap(presenter: VerdictPresenter) -> Iterator[str]:
    """Say which pay is counted for a visitor who earns more than the sources show."""
    market = presenter.verdict.market
    if market is not None and market.annual_salary > market.capped_salary:
        yield f"We have no data above {presenter.money.rounded(market.capped_salary)}, so we count with that."


def _wider(presenter: VerdictPresenter) -> Iterator[str]:
    """Where another skill has a better chance to be the best and yet leaves less on average."""
    likelier = _likelier(presenter)
    if not likelier:
        return
    count = len(likelier)
    if count == 1 and presenter.profile.skills is not None:
        who = presenter.listed(likelier)
    else:
        who = f"{formatting.count_word(count)} {'other' if count == 1 else 'others'}"
    are = "is" if count == 1 else "are"
    yield f"{who[0].upper()}{who[1:]} {are} likelier to be the best, but would leave you less on average."


def _likelier(presenter: VerdictPresenter) -> list[str]:
    """The skills that have a better chance to be the best than the first."""
    chance = presenter.verdict.chance_first or 0.0
    return [
        outlook.slug
        for outlook in presenter.verdict.outlooks
        if outlook.gain and outlook.gain.chance is not None and outlook.gain.chance > chance
    ]


def _present_stay_put(presenter: VerdictPresenter, headline: HeadlineText, way_out: Flip | None) -> StayPutCard:
    before, marked, after = _reason(presenter)
    timed = [outlook for outlook in presenter.verdict.outlooks if outlook.gain][:MAX_TIMELINES]
    years = presenter.profile.horizon_years
    return StayPutCard(
        before=before,
        marked=marked,
        after=after,
        firmness=link_chance(headline.firmness, presenter.verdict),
        chance_address=find_chance_address(presenter.verdict),
        notes=(
            *([text] if (text := _IF_CLAIMS_ARE_RIGHT.get(presenter.profile.evidence)) else []),
            *_describe_cap(presenter),
        ),
        way_out=_describe_way_out(presenter, way_out) if way_out else "",
        way_out_address=presenter.address_of(way_out.changed(presenter.profile)) if way_out else "",
        timelines_title=_timelines_title(presenter, timed),
        timelines=tuple([_timeline(presenter, outlook) for outlook in timed]),
        axis=months_axis(years),
    )


def _timelines_title(presenter: VerdictPresenter, timed: list[Outlook]) -> str:
    years = presenter.profile.horizon_years
    if not any(outlook.is_in_time for outlook in timed):
        return f"No pay comes within {presenter.horizon()}"
    if all(outlook.study.first_pay_month > years * 6 for outlook in timed):
        return f"Most of the {'year goes' if years == 1 else f'{years} years go'} by before the pay comes"
    return "When the pay would come"


def _reason(presenter: VerdictPresenter) -> tuple[str, str, str]:
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
            advice=f"{_goes_with_most(presenter)}For amounts, choose a place where pay is like yours.",
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


def _goes_with_most(presenter: VerdictPresenter) -> str:
    """The share of pay that is known without a market: the highest, ending in a space; "" where nothing is known."""
    highest = presenter.verdict.outlooks[0]
    if highest.premium is None:
        return ""
    name, share = presenter.short(highest.slug), formatting.percent(highest.premium.expected)
    if len(presenter.verdict.considered) == 1:
        return f"{name} goes with {share} more pay. "
    return f"{name} goes with most: {share} more pay. "
