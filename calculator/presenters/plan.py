"""The plan as a timeline: it begins with the first skill, then comes what adds most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calculator.charts.timeline import TimelineBar, months_axis, timeline_bar
from calculator.engine.plan import Plan, Step
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from earnverdict.chart_scale import Axis

#: How many steps are open; one more is no reason to close any.
OPEN_STEPS = 3


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
    """The plan's steps on one ruler, and what they come to; `total` alone says it where there is no plan.

    Behind `more` are the later steps of a long plan, another order, and the skills that are not in the plan.
    """

    title: str
    steps: tuple[PlanStep, ...]
    axis: Axis | None
    paid: str
    total: str
    more: str
    later_steps: tuple[PlanStep, ...]
    rest: tuple[str, ...]


def present_plan(presenter: VerdictPresenter) -> PlanText | None:
    """None without a first skill."""
    plan = presenter.verdict.plan
    if plan is None:
        if presenter.verdict.first is None:
            return None
        nothing = "There is none: by our middle estimate of hours, it would cost as much as it brings."
        return PlanText(title="The plan", steps=(), axis=None, paid="", total=nothing, more="", later_steps=(), rest=())
    steps = plan.best.steps
    title = "The plan"
    if len(steps) > 1:
        title = f"The plan: {formatting.count_word(len(steps))} in {formatting.duration(steps[-1].done_month)}"
    shown = [_present_step(presenter, step, is_first=step is steps[0]) for step in steps]
    later = shown[OPEN_STEPS:] if len(shown) > OPEN_STEPS + 1 else []
    rest = tuple(_describe_rest(presenter, plan))
    wait = formatting.plural(round(presenter.published.edition.constants.months_until_pay), "month")
    return PlanText(
        title=title,
        steps=tuple(shown[: len(shown) - len(later)]),
        axis=months_axis(presenter.profile.horizon_years),
        paid=f"paid, {wait} later",
        total=_describe_total(presenter, plan) if len(steps) > 1 else "",
        more=_name_more(later, rest),
        later_steps=tuple(later),
        rest=rest,
    )


def _present_step(presenter: VerdictPresenter, step: Step, *, is_first: bool) -> PlanStep:
    month, amount = formatting.month(step.done_month), presenter.money.rounded(step.annual_uplift)
    first_pay = step.done_month + presenter.published.edition.constants.months_until_pay
    return PlanStep(
        name=presenter.short(step.slug),
        is_recommended=step.slug == presenter.verdict.first,
        amount=amount if is_first else presenter.money.leave_out_code(amount),
        text=_describe_when(presenter, step, month if not is_first else f"by {month}"),
        bar=timeline_bar(step.start_month, step.done_month, first_pay, presenter.profile.horizon_years),
    )


def _describe_when(presenter: VerdictPresenter, step: Step, text: str) -> str:
    """When a step is done; what is learned for the first skill says so, because that is the one to choose."""
    first = presenter.verdict.first
    assert first is not None  # noqa: S101 - a plan has one
    if step.slug not in presenter.verdict.outlook(first).study.added:
        return text
    return f"{formatting.month(step.done_month)}, for {presenter.listed([first])}"


def _name_more(later: Sequence[PlanStep], rest: Sequence[str]) -> str:
    if later:
        return f"{formatting.count_word(len(later)).capitalize()} more steps"
    return "About this plan" if rest else ""


def _describe_total(presenter: VerdictPresenter, plan: Plan) -> str:
    """What one skill leaves is not said: the plan goes by the middle estimate of hours, the card by the average."""
    total, odds = presenter.money.rounded(plan.best.net_gain), presenter.profile.odds_percent
    return f"If each is paid for. At {odds}% odds expect {total} within {presenter.horizon()}, after costs."


def _describe_rest(presenter: VerdictPresenter, plan: Plan) -> Iterator[str]:
    """Another order that leaves more if all is learned anyway, what is left out, and what comes after the plan."""
    money = presenter.money
    if plan.is_free_notable:
        order = ", then ".join([presenter.listed([slug]) for slug in plan.free.slugs])
        yield f"If you learn all of it anyway, another order leaves you {money.rounded(plan.free.net_gain)}: {order}."
    if plan.is_worst_notable:
        yield f"The worst order would leave you {money.rounded(plan.worst.net_gain)}."
    if plan.left_out:
        verb = "is" if len(plan.left_out) == 1 else "are"
        yield f"{_capitalize(presenter.listed(plan.left_out))} {verb} left out: here that would not leave you more."
    if plan.beyond and presenter.profile.skills is not None:
        more = formatting.count_word(plan.beyond).capitalize()
        yield f"{more} more {'skill' if plan.beyond == 1 else 'skills'} would be worth the hours as well."


def _capitalize(text: str) -> str:
    return text[0].upper() + text[1:]
