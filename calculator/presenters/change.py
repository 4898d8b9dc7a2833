"""What the last change of an answer did: the line that stays in view, and the note in the answer card.

A visitor who changes an answer sees the panel replaced. These words say what is recommended now, and what was before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calculator.engine.edition import EvidenceChoice
from calculator.engine.profile import PayLevel
from calculator.engine.verdict import Rating, StayPutReason
from calculator.presenters.headline import describe_recommendation
from calculator.presenters.pay_levels import LEVEL_SHARES
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.places.names import add_article
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


_EVIDENCE = {
    EvidenceChoice.MEASURED: "With measured evidence alone",
    EvidenceChoice.ALL: "With claims counted too",
    EvidenceChoice.HEADLINE: "With claims alone",
}
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
    if before is None or (before.profile, before.published.number) == (presenter.profile, presenter.published.number):
        return LiveLine(lead="Now: ", answer=answer.name, ending=rating)
    if _is_same_answer(presenter, before):
        return LiveLine(
            lead="Still: ", answer=answer.name, ending=f"{rating}.", change=_describe_move(presenter, before)
        )
    return LiveLine(lead="Now: ", answer=answer.name, ending=".", change=_describe_turn(presenter, before))


def describe_difference(presenter: VerdictPresenter, before: VerdictPresenter) -> str:
    """The one answer that differs, as the beginning of a sentence: At 5 hours a week.

    A change also asks for today's figures: where these are others, no answer alone is the reason.
    """
    if presenter.published.number != before.published.number:
        return _NEWER
    differing = [
        describe
        for name, describe in ANSWERS.items()
        if getattr(presenter.profile, name) != getattr(before.profile, name)
    ]
    return differing[0](presenter) if len(differing) == 1 else _SEVERAL


def _is_same_answer(presenter: VerdictPresenter, before: VerdictPresenter) -> bool:
    now, then = presenter.verdict, before.verdict
    return now.first == then.first and (now.first is not None or now.rating == then.rating)


def _describe_turn(presenter: VerdictPresenter, before: VerdictPresenter) -> str:
    """Why another answer is given: what overtook what, what is worth the hours now, or no longer is."""
    now, then, since = presenter.verdict, before.verdict, describe_difference(presenter, before)
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


# How each answer begins a sentence, by its name in a profile.


def _describe_pay(presenter: VerdictPresenter) -> str:
    pay = presenter.profile.pay
    if isinstance(pay, PayLevel):
        return f"For pay where {LEVEL_SHARES[pay]}"
    return f"With {presenter.money.whole(pay)} a year"


def _describe_skills(presenter: VerdictPresenter) -> str:
    return "With all skills considered" if presenter.profile.skills is None else "With this list"


def _describe_experience(presenter: VerdictPresenter) -> str:
    years = presenter.profile.experience_years
    return "Without your years of work" if years is None else f"With {formatting.plural(years, 'year')} of work"


def _describe_hour(presenter: VerdictPresenter) -> str:
    value = presenter.profile.hour_value
    if value is None:
        return "With our value of your hours"
    return (
        f"With an hour of your own at {presenter.money.write(round(value, 2))}"
        if value
        else "With no price on your hours"
    )


def _describe_location(presenter: VerdictPresenter) -> str:
    profile = presenter.profile
    return f"In {profile.town or add_article(presenter.published.edition.places[profile.location].name)}"


#: A new answer needs its words here.
ANSWERS: dict[str, Callable[[VerdictPresenter], str]] = {
    "pay": _describe_pay,
    "location": _describe_location,
    "skills": _describe_skills,
    "held": lambda presenter: "With what you know",
    "weekly_hours": lambda presenter: f"At {formatting.plural(presenter.profile.weekly_hours, 'hour')} a week",
    "horizon_years": lambda presenter: f"Within {presenter.horizon()}",
    "odds_percent": lambda presenter: f"At {presenter.profile.odds_percent}% odds",
    "experience_years": _describe_experience,
    "hour_value": _describe_hour,
    "evidence": lambda presenter: _EVIDENCE[presenter.profile.evidence],
    "study_hours": lambda presenter: "With your own study hours",
}
