"""What the plan brings by each month: in its own order, in the worst one where that matters, and learning nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.charts.scale import Scale, Tick
from calculator.engine.net_gain import Clock
from calculator.engine.plan import gain_by_month
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting

HEIGHT = 220
PLOT_HEIGHT = 190
#: The lines are drawn in a box of their own, 1000 by 1000, stretched over the plot.
BOX = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class GainChart:
    """Lines of points in the box, ticks of both axes, the first extra pay, and a table of each year's end."""

    title: str
    description: str
    plan: str
    worst: str
    zero_y: str
    amounts: tuple[Tick, ...]
    months: tuple[Tick, ...]
    first_pay: str
    first_pay_text: str
    table: tuple[tuple[str, str, str], ...]
    nothing: str


def gain_chart(presenter: VerdictPresenter) -> GainChart | None:
    """None where there is no plan."""
    verdict, money, plan = presenter.verdict, presenter.money, presenter.verdict.plan
    if plan is None:
        return None
    clock = Clock.of(verdict.profile, presenter.published.edition.constants)
    gains = gain_by_month(plan.best, clock)
    worst = gain_by_month(plan.worst, clock) if plan.is_worst_notable else gains
    scale, months = Scale.around([*gains, *worst]), _month_axis(clock.horizon_months)
    first_pay = clock.first_pay_month(plan.best.steps[0].done_month)
    of_worst = f"The worst order of the same skills comes to {money.rounded(worst[-1])}. "
    return GainChart(
        title="What the plan leaves you by each month",
        description=(
            f"It comes to {money.rounded(gains[-1])} by the end of {presenter.horizon()}. "
            f"{of_worst if plan.is_worst_notable else ''}"
            f"Learning nothing costs and brings nothing. First extra pay about {formatting.month(first_pay)}."
        ),
        plan=_points(months, gains, scale),
        worst=_points(months, worst, scale) if plan.is_worst_notable else "",
        zero_y=f"{(1 - scale.share(0.0)) * BOX:.0f}",
        amounts=tuple(
            Tick(position=f"{(1 - scale.share(amount)) * PLOT_HEIGHT:.1f}", label=label, anchor="start")
            for amount, label in scale.marks(money)
        ),
        months=months.ticks,
        first_pay=months.scale.across(first_pay) if first_pay < clock.horizon_months else "",
        first_pay_text=f"first extra pay, {formatting.month(first_pay)}",
        table=tuple(
            (formatting.plural(year, "year"), money.rounded(gains[year * 12]), money.rounded(worst[year * 12]))
            for year in range(1, verdict.profile.horizon_years + 1)
        ),
        nothing=money.rounded(0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _MonthAxis:
    """The months up to a horizon: where each stands in the box, and the ticks."""

    scale: Scale
    across: tuple[str, ...]
    ticks: tuple[Tick, ...]


def _points(months: _MonthAxis, gains: Sequence[float], scale: Scale) -> str:
    low, height = scale.low, scale.high - scale.low  # `scale.share` of each, without a call each
    return " ".join(
        [f"{x},{(1 - (gain - low) / height) * BOX:.0f}" for x, gain in zip(months.across, gains, strict=True)]
    )


def _month_axis(horizon_months: int) -> _MonthAxis:
    scale = Scale(low=0.0, high=float(horizon_months))
    return _MonthAxis(
        scale=scale,
        across=tuple(f"{scale.share(month) * BOX:.0f}" for month in range(horizon_months + 1)),
        ticks=_month_ticks(horizon_months, scale),
    )


def _month_ticks(horizon_months: int, months: Scale) -> tuple[Tick, ...]:
    """At most six, at whole years or half of a single one."""
    years = horizon_months // 12
    step = 6 if years == 1 else 12 if years <= 5 else 24
    ticks = []
    for month in range(0, horizon_months + 1, step):
        label = "today" if month == 0 else f"month {month}" if years == 1 else f"year {month // 12}"
        anchor = "start" if month == 0 else "end" if month == horizon_months else "middle"
        ticks.append(Tick(position=months.across(month), label=label, anchor=anchor))
    return tuple(ticks)
