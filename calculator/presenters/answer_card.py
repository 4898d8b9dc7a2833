"""The answer card: what is in the window of a verdict, one kind for each outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst

from calculator.charts.claims import GapChart, gap_chart
from calculator.engine import Assessment
from calculator.engine.profile import MAX_SKILLS, PayLevel
from calculator.engine.verdict import Outlook, Rating
from calculator.presenters.card_notes import describe_cap, describe_claims
from calculator.presenters.chance_link import LinkedText, find_chance_address, link_chance
from calculator.presenters.headline import HeadlineText, close_skills, is_shortlist
from calculator.presenters.no_data_card import NoDataCard, present_no_data
from calculator.presenters.stay_put_card import StayPutCard, present_stay_put
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.study.limits import COULD_BE_ZERO


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


type AnswerCard = RecommendationCard | StayPutCard | NoDataCard


def present_answer_card(presenter: VerdictPresenter, headline: HeadlineText, assessed: Assessment) -> AnswerCard:
    verdict = presenter.verdict
    if verdict.first is not None:
        return _present_recommendation(presenter, headline, verdict.outlook(verdict.first))
    if verdict.rating is Rating.STAY_PUT:
        return present_stay_put(presenter, headline, assessed.way_out())
    return present_no_data(presenter, headline)


def _present_recommendation(
    presenter: VerdictPresenter, headline: HeadlineText, outlook: Outlook
) -> RecommendationCard:
    close = close_skills(presenter)
    firmness, notes = headline.firmness, list(_write_notes(presenter))
    if is_shortlist(presenter):
        firmness, notes = _describe_shortlist(presenter, close), [_chance_in_shortlist(presenter, firmness), *notes]
    elif close:
        firmness = f"{firmness} {_advise(presenter, close)}"
    return RecommendationCard(
        brings=_describe_gain(presenter, outlook),
        caution=_describe_caution(outlook),
        needs=_needs(presenter, outlook),
        worth=_describe_worth(presenter, outlook),
        firmness=link_chance(firmness, presenter.verdict),
        notes=tuple([link_chance(note, presenter.verdict) for note in notes]),
        chance_address=find_chance_address(presenter.verdict),
        gap=gap_chart(presenter, outlook.slug),
        assumptions=tuple(_list_assumptions(presenter, outlook)),
    )


def _describe_gain(presenter: VerdictPresenter, outlook: Outlook) -> str:
    assert outlook.gain is not None  # noqa: S101 - a first skill has one
    you = "" if isinstance(presenter.profile.pay, PayLevel) else " you"
    if formatting.two_digits(outlook.gain.uplift.low) < 0:
        return f"It should bring{you} anything from"
    return f"It should bring{you}"


def _describe_caution(outlook: Outlook) -> str:
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
    verbs = "comes first and is" if len(added) == 1 else "come first and are"
    return f"{capfirst(presenter.listed(added))} {verbs} included."


def _describe_worth(presenter: VerdictPresenter, outlook: Outlook) -> str:
    """What an hour of study brings, and what an hour of free time is counted at.

    A verdict for a pay level is for readers whose free hour has another price.
    """
    gain, money, hour = outlook.gain, presenter.money, presenter.verdict.hour_value
    assert gain is not None  # noqa: S101 - a first skill has one
    worth, price = money.hourly(gain.worth_of_an_hour), money.leave_out_code(money.hourly(hour.amount or 0.0))
    earns = f"At {presenter.profile.odds_percent}% odds an hour of study earns {worth}"
    if isinstance(presenter.profile.pay, PayLevel):
        return f"{earns}." if hour.is_default else f"{earns}; a free hour counts {price}."
    return f"{earns}; {'we' if hour.is_default else 'you'} count yours at {price}."


def _list_assumptions(presenter: VerdictPresenter, outlook: Outlook) -> Iterator[Assumption]:
    """Without a list of skills nothing is assumed, and what is required is among all skills."""
    skills = presenter.profile.skills
    if skills is None:
        return
    for slug in outlook.study.assumed:
        yield Assumption(slug=slug, name=presenter.in_text(slug), is_on=True, can_change=len(skills) < MAX_SKILLS)
    for slug in outlook.study.added:
        yield Assumption(slug=slug, name=presenter.in_text(slug), is_on=False, can_change=True)


def _describe_shortlist(presenter: VerdictPresenter, close: list[str]) -> str:
    """The other skills that are as good a choice among all."""
    if len(close) == 1:
        return f"{capfirst(presenter.listed(close))} is about as good. Take your pick."
    names = [presenter.listed([slug]) for slug in close]
    # A name with an "and" of its own would run into the next one.
    listed = "; ".join(names) if any(" and " in name for name in names) else formatting.listing(names)
    return f"About as good: {listed}."


def _advise(presenter: VerdictPresenter, close: list[str]) -> str:
    """Leave the choice among skills with close chances to the visitor; they are named if other rivals are not close."""
    if close == [rival.slug for rival in presenter.rivals]:
        return "Take your pick."
    return f"Prefer {presenter.listed(close, 'or')}? Then take it."


def _chance_in_shortlist(presenter: VerdictPresenter, firmness: str) -> str:
    """How likely the first skill is to be the best, and how many others have a better chance and yet leave less."""
    likelier = _find_likelier(presenter)
    if not likelier:
        return firmness
    have = "one other has" if len(likelier) == 1 else f"{formatting.count_word(len(likelier))} have"
    return f"{firmness.removesuffix('.')}; {have} more, but {_give_reason(presenter, likelier)}."


def _give_reason(presenter: VerdictPresenter, likelier: list[Outlook]) -> str:
    """Why skills that are likelier to be the best are not first: they bring less pay, or cost more of it."""
    first = presenter.verdict.outlooks[0]
    brings, leaves, its = ("brings", "leaves", "its") if len(likelier) == 1 else ("bring", "leave", "their")
    if all(_read_expected_uplift(each) <= _read_expected_uplift(first) for each in likelier):
        return f"{brings} less"
    if all(_read_expected_uplift(each) > _read_expected_uplift(first) for each in likelier):
        costs = "hours" if all(each.study.hours > first.study.hours for each in likelier) else "costs"
        return f"{leaves} less after {its} {costs}"
    return f"{leaves} less on average"


def _read_expected_uplift(outlook: Outlook) -> float:
    return outlook.gain.uplift.expected if outlook.gain else 0.0


def _write_notes(presenter: VerdictPresenter) -> Iterator[str]:
    if not is_shortlist(presenter):
        yield from _describe_wider(presenter)
    yield from describe_claims(presenter)
    yield from describe_cap(presenter)


def _describe_wider(presenter: VerdictPresenter) -> Iterator[str]:
    """Where another skill has a better chance to be the best and yet leaves less on average."""
    likelier = _find_likelier(presenter)
    if not likelier:
        return
    count = len(likelier)
    if count == 1 and presenter.profile.skills is not None:
        who = presenter.listed([likelier[0].slug])
    else:
        who = f"{formatting.count_word(count)} {'other' if count == 1 else 'others'}"
    are = "is" if count == 1 else "are"
    yield f"{who[0].upper()}{who[1:]} {are} likelier to be the best, but would leave you less on average."


def _find_likelier(presenter: VerdictPresenter) -> list[Outlook]:
    """The skills that have a better chance to be the best than the first, but for what that needs."""
    chance = presenter.verdict.chance_first or 0.0
    needed = presenter.verdict.outlooks[0].study.added
    return [
        outlook
        for outlook in presenter.verdict.outlooks
        if outlook.gain and (outlook.gain.chance or 0.0) > chance and outlook.slug not in needed
    ]
