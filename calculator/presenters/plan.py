"""The plan in words: it begins with the first skill, then what adds most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.engine.plan import Plan, StudyOrder
from calculator.engine.verdict import Rating
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One step: the skill, when its study is done, and the extra pay a year of all that is learned by then."""

    name: str
    done: str
    uplift: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """The plan's steps and what they come to; `sentences` alone say it where there is no plan."""

    title: str
    steps: tuple[PlanStep, ...]
    sentences: tuple[str, ...]


def present_plan(presenter: VerdictPresenter) -> PlanText:
    plan = presenter.verdict.plan
    if plan is None:
        return PlanText(title="The plan", steps=(), sentences=(_no_plan(presenter),))
    steps = tuple(
        PlanStep(
            name=presenter.skill(step.slug),
            done=formatting.month(step.done_month),
            uplift=f"{presenter.money.rounded(step.annual_uplift)} a year{_with_all(number)}",
        )
        for number, step in enumerate(plan.best.steps, start=1)
    )
    if len(steps) == 1:
        title = f"The plan: {steps[0].name}"
    else:
        title = (
            f"The plan: {formatting.count_word(len(steps))} in {formatting.duration(plan.best.steps[-1].done_month)}"
        )
    return PlanText(title=title, steps=steps, sentences=tuple(_sentences(presenter, plan)))


def _with_all(number: int) -> str:
    """What an amount is for, from the second step on."""
    if number == 1:
        return ""
    return " with both" if number == 2 else f" with all {formatting.count_word(number)}"


def _no_plan(presenter: VerdictPresenter) -> str:
    if presenter.verdict.market is None:
        return "Without pay figures for the place we cannot say which order is worth more."
    if presenter.verdict.rating is Rating.STAY_PUT:
        return f"There is none: within {presenter.horizon()} staying put is the better choice."
    if presenter.verdict.first is None:
        return "There is too little data for a plan."
    return "There is none: by our middle estimate of hours, it would cost as much as it brings."


def _sentences(presenter: VerdictPresenter, plan: Plan) -> Iterator[str]:
    money, horizon, odds = presenter.money, presenter.horizon(), presenter.profile.odds_percent
    all_of_it = "It" if len(plan.best.steps) == 1 else "Together they"
    yield (
        f"{all_of_it} should leave you {money.rounded(plan.best.net_gain)} within {horizon}, after exams and your "
        f"hours, at your odds of {odds}% and by our middle estimate of hours."
    )
    if plan.is_worst_notable:
        worst = plan.worst
        yield (
            f"The order matters: the worst one, with {_order(presenter, worst)}, would leave you "
            f"{money.rounded(worst.net_gain)}."
        )
    if plan.is_free_notable:
        yield (
            f"If you learn all of it anyway, another order would leave you more, {money.rounded(plan.free.net_gain)}: "
            f"{_order(presenter, plan.free)}."
        )
    if plan.left_out:
        verb = "is" if len(plan.left_out) == 1 else "are"
        yield f"{presenter.skills(plan.left_out)} {verb} left out: in this plan that would not leave you more."
    if plan.beyond:
        more = formatting.count_word(plan.beyond).capitalize()
        yield f"{more} more {'skill would pay' if plan.beyond == 1 else 'skills would pay'} as well."
    yield from _cost_more(presenter)


def _cost_more(presenter: VerdictPresenter) -> Iterator[str]:
    """Considered skills that are in no plan, for they cost more than they bring; only where they are few."""
    verdict = presenter.verdict
    costly = [
        outlook.slug
        for outlook in verdict.outlooks
        if outlook.gain and outlook.is_in_time and outlook.gain.net_gain <= 0
    ]
    if costly and verdict.profile.skills is not None:
        yield f"{presenter.skills(costly)} {'costs' if len(costly) == 1 else 'cost'} more than {
            'it brings' if len(costly) == 1 else 'they bring'
        }."


def _order(presenter: VerdictPresenter, order: StudyOrder) -> str:
    return ", then ".join(presenter.skill(slug) for slug in order.slugs)
