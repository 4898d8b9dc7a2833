"""What the last change of an answer did: the line that stays in view, and the note in the answer card.

A visitor who changes an answer sees the panel replaced. These words say what is recommended now, and what was before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.engine.verdict import Rating, StayPutReason
from calculator.presenters.answers import ANSWERS
from calculator.presenters.headline import describe_recommendation
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.presenters.ratings import rating_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A verdict's answer: `name` inside a sentence, `sentence` alone; the name is a skill's if `is_skill`."""

    name: str
    sentence: str
    is_skill: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveLine:
    """The line in three parts, of which the middle is set off, and what the last change of an answer did."""

    lead: str
    answer: str
    ending: str
    change: str = ""

    @property
    def text(self) -> str:
        """The whole line."""
        return f"{self.lead}{self.answer}{self.ending}{f' {self.change}' if self.change else ''}"


_SEVERAL = "With these answers"
_NEWER = "With these answers and today’s figures"


def answer_of(presenter: VerdictPresenter) -> Answer:
    verdict = presenter.verdict
    if verdict.first is not None:
        return Answer(
            name=presenter.alternative(verdict.first), sentence=describe_recommendation(presenter), is_skill=True
        )
    if verdict.rating is Rating.STAY_PUT:
        return Answer(name=f"learn {presenter.nothing}", sentence=f"Learn {presenter.nothing}", is_skill=False)
    label = rating_text(verdict).label
    return Answer(name=label.lower(), sentence=label, is_skill=False)


def present_live_line(presenter: VerdictPresenter, before: VerdictPresenter | None = None) -> LiveLine:
    """What is recommended now; `before` is the verdict that the visitor saw last, if an answer was changed there."""
    answer = answer_of(presenter)
    rating = f", {rating_text(presenter.verdict).label.lower()}" if answer.is_skill else ""
    if before is None:
        return LiveLine(lead="Now: ", answer=answer.name, ending=rating)
    if _is_same_answer(presenter, before):  # an answer that was sent twice is no news either
        return LiveLine(
            lead="Still: ", answer=answer.name, ending=f"{rating}.", change=_describe_move(presenter, before)
        )
    return LiveLine(lead="Now: ", answer=answer.name, ending=".", change=_describe_turn(presenter, before))


def describe_change(presenter: VerdictPresenter, before: VerdictPresenter) -> str:
    """The one answer that differs, as the beginning of a sentence: At 5 hours a week.

    A change also asks for today's figures: where these are others, no answer alone is the reason.
    """
    if presenter.published.number != before.published.number:
        return _NEWER
    profile, earlier = presenter.profile, before.profile
    differing = [each for each in ANSWERS if getattr(profile, each.attribute) != getattr(earlier, each.attribute)]
    return differing[0].begin(presenter) if len(differing) == 1 else _SEVERAL


def _is_same_answer(presenter: VerdictPresenter, before: VerdictPresenter) -> bool:
    now, then = presenter.verdict, before.verdict
    return now.first == then.first and (now.first is not None or now.rating == then.rating)


def _describe_turn(presenter: VerdictPresenter, before: VerdictPresenter) -> str:
    """Why another answer is given: what overtook what, what is worth the hours now, or no longer is."""
    now, then, since = presenter.verdict, before.verdict, describe_change(presenter, before)
    if now.rating is Rating.NOT_ENOUGH_DATA:
        return f"{since} too little is known."
    if then.rating is Rating.NOT_ENOUGH_DATA:
        return f"{since} enough is known."
    if now.first is None:
        name = before.alternative(then.first) if then.first else presenter.alternative(now.outlooks[0].slug)
        is_considered = then.first is None or then.first in now.considered
        if not is_considered:
            return f"{since} no skill is worth the hours."
        if now.stay_put_reason is StayPutReason.NO_TIME:
            return f"{since} {name} would come too late."
        return f"{since} {f'{name} is no longer' if then.first else 'no skill is'} worth the hours."
    if then.first is None:
        return f"{since} it is worth the hours."
    name = before.alternative(then.first)
    if then.first in now.held:
        return f"You know {name} already."
    if then.first not in now.considered:
        return f"{before.short(then.first)} is no longer on your list."
    return f"{since} it overtakes {name}."


def _describe_move(presenter: VerdictPresenter, before: VerdictPresenter) -> str:
    """What changed about the same answer: the extra pay, else the time it takes."""
    return next(_describe_moves(presenter, before), "")


def _describe_moves(presenter: VerdictPresenter, before: VerdictPresenter) -> Iterator[str]:
    first, uplift, earlier_uplift = presenter.verdict.first, presenter.first_uplift, before.first_uplift
    if first is None or uplift is None or earlier_uplift is None:
        return
    now, then = presenter.write_amounts(uplift).span, before.write_amounts(earlier_uplift).span
    if now != then:
        yield f"It should now bring {now} a year instead of {then}."
    months, earlier = (formatting.duration(each.verdict.outlook(first).study.months) for each in (presenter, before))
    if months != earlier:
        yield f"It now takes {months} instead of {earlier}."
