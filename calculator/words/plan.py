"""The plan in words: it begins with the first skill, then what adds most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.engine.plan import Plan, StudyOrder
from calculator.engine.verdict import Rating
from calculator.words.speaker import Speaker
from earnverdict import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """One step: the skill, when its study is done, and the extra pay a year of all that is learned by then."""

    name: str
    done: str
    uplift: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWords:
    """The plan's steps and what they come to; `sentences` alone say it where there is no plan."""

    title: str
    steps: tuple[StepWords, ...]
    sentences: tuple[str, ...]


def plan_words(speaker: Speaker) -> PlanWords:
    plan = speaker.verdict.plan
    if plan is None:
        return PlanWords(title="The plan", steps=(), sentences=(_no_plan(speaker),))
    steps = tuple(
        StepWords(
            name=speaker.skill(step.slug),
            done=formatting.month(step.done_month),
            uplift=f"{speaker.money.rounded(step.annual_uplift)} a year{_with_all(number)}",
        )
        for number, step in enumerate(plan.best.steps, start=1)
    )
    if len(steps) == 1:
        title = f"The plan: {steps[0].name}"
    else:
        title = (
            f"The plan: {formatting.count_word(len(steps))} in {formatting.duration(plan.best.steps[-1].done_month)}"
        )
    return PlanWords(title=title, steps=steps, sentences=tuple(_sentences(speaker, plan)))


def _with_all(number: int) -> str:
    """What an amount is for, from the second step on."""
    if number == 1:
        return ""
    return " with both" if number == 2 else f" with all {formatting.count_word(number)}"


def _no_plan(speaker: Speaker) -> str:
    if speaker.verdict.market is None:
        return "Without pay figures for the place we cannot say which order is worth more."
    if speaker.verdict.rating is Rating.STAY_PUT:
        return f"There is none: within {speaker.horizon()} staying put is the better choice."
    if speaker.verdict.first is None:
        return "There is too little data for a plan."
    return "There is none: by our middle estimate of hours, it would cost as much as it brings."


def _sentences(speaker: Speaker, plan: Plan) -> Iterator[str]:
    money, horizon, odds = speaker.money, speaker.horizon(), speaker.profile.odds_percent
    all_of_it = "It" if len(plan.best.steps) == 1 else "Together they"
    yield (
        f"{all_of_it} should leave you {money.rounded(plan.best.net_gain)} within {horizon}, after exams and your "
        f"hours, at your odds of {odds}% and by our middle estimate of hours."
    )
    if plan.is_worst_notable:
        worst = plan.worst
        yield (
            f"The order matters: the worst one, with {_order(speaker, worst)}, would leave you "
            f"{money.rounded(worst.net_gain)}."
        )
    if plan.is_free_notable:
        yield (
            f"If you learn all of it anyway, another order would leave you more, {money.rounded(plan.free.net_gain)}: "
            f"{_order(speaker, plan.free)}."
        )
    if plan.left_out:
        verb = "is" if len(plan.left_out) == 1 else "are"
        yield f"{speaker.skills(plan.left_out)} {verb} left out: in this plan that would not leave you more."
    if plan.beyond:
        more = formatting.count_word(plan.beyond).capitalize()
        yield f"{more} more {'skill would pay' if plan.beyond == 1 else 'skills would pay'} as well."
    yield from _cost_more(speaker)


def _cost_more(speaker: Speaker) -> Iterator[str]:
    """Considered skills that are in no plan, for they cost more than they bring; only where they are few."""
    verdict = speaker.verdict
    costly = [
        outlook.slug
        for outlook in verdict.outlooks
        if outlook.gain and outlook.is_in_time and outlook.gain.net_gain <= 0
    ]
    if costly and verdict.profile.skills is not None:
        yield f"{speaker.skills(costly)} {'costs' if len(costly) == 1 else 'cost'} more than {
            'it brings' if len(costly) == 1 else 'they bring'
        }."


def _order(speaker: Speaker, order: StudyOrder) -> str:
    return ", then ".join(speaker.skill(slug) for slug in order.slugs)
