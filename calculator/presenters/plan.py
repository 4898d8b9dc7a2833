"""The plan as a timeline: it begins with the first skill, then comes what adds most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.charts.timeline import TimelineBar, months_axis, timeline_bar
from calculator.engine.plan import Plan, Step
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from earnverdict.chart_scale import Axis


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One step: the skill, when it is learned, and the extra pay a year of all that is learned by then.

    `is_recommended` marks the first skill: what it requires is learned before it.
    """

    name: str
    is_recommended: bool
    amount: str
    text: str
    bar: TimelineBar


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """The plan's steps on one ruler, and what they come to; the sentences alone say it where there is no plan."""

    title: str
    steps: tuple[PlanStep, ...]
    axis: Axis | None
    paid: str
    sentences: tuple[str, ...]


def present_plan(presenter: VerdictPresenter) -> PlanText | None:
    """None without a first skill."""
    plan = presenter.verdict.plan
    if plan is None:
        if presenter.verdict.first is None:
            return None
        nothing = "There is none: by our middle estimate of hours, it would cost as much as it brings."
        return PlanText(title="The plan", steps=(), axis=None, paid="", sentences=(nothing,))
    steps = plan.best.steps
    title = "The plan"
    if len(steps) > 1:
        title = f"The plan: {formatting.count_word(len(steps))} in {formatting.duration(steps[-1].done_month)}"
    wait = formatting.plural(round(presenter.published.edition.constants.months_until_pay), "month")
    return PlanText(
        title=title,
        steps=tuple([_step(presenter, step, is_first=step is steps[0]) for step in steps]),
        axis=months_axis(presenter.profile.horizon_years),
        paid=f"paid, {wait} later",
        sentences=tuple(_sentences(presenter, plan)),
    )


def _step(presenter: VerdictPresenter, step: Step, *, is_first: bool) -> PlanStep:
    month = formatting.month(step.done_month)
    first_pay = step.done_month + presenter.published.edition.constants.months_until_pay
    return PlanStep(
        name=presenter.short(step.slug),
        is_recommended=step.slug == presenter.verdict.first,
        amount=presenter.money.rounded(step.annual_uplift),
        text=f"learned by {month}" if is_first else month,
        bar=timeline_bar(step.start_month, step.done_month, first_pay, presenter.profile.horizon_years),
    )


def _sentences(presenter: VerdictPresenter, plan: Plan) -> Iterator[str]:
    """What one skill leaves is not said: the plan goes by the middle estimate of hours, the card by the average."""
    money = presenter.money
    if len(plan.best.steps) > 1:
        worst = f"; worst order {money.rounded(plan.worst.net_gain)}" if plan.is_worst_notable else ""
        total = money.rounded(plan.best.net_gain)
        yield f"They should leave you {total} within {presenter.horizon()}, after costs{worst}."
    if plan.is_free_notable:
        order = ", then ".join([presenter.listed([slug]) for slug in plan.free.slugs])
        yield f"If you learn all of it anyway, another order leaves you {money.rounded(plan.free.net_gain)}: {order}."
    if plan.left_out:
        verb = "is" if len(plan.left_out) == 1 else "are"
        yield f"{_capital(presenter.listed(plan.left_out))} {verb} left out: here that would not leave you more."
    if plan.beyond and presenter.profile.skills is not None:
        more = formatting.count_word(plan.beyond).capitalize()
        yield f"{more} more {'skill' if plan.beyond == 1 else 'skills'} would be worth the hours as well."


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
