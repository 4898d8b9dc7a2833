"""What each skill may bring a year: low to high and the expected amount, all on one scale."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.charts.scale import Scale, Tick
from calculator.presenters.verdict import VerdictPresenter

ROW_HEIGHT = 46
AXIS_HEIGHT = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow:
    """One skill's bar, its name above it."""

    name: str
    is_first: bool
    text_y: int
    bar_y: int
    low: str
    width: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeChart:
    """All bars, the axis below, and the chart in a sentence."""

    title: str
    description: str
    rows: tuple[RangeRow, ...]
    ticks: tuple[Tick, ...]
    zero: str
    height: int
    axis_y: int
    label_y: int


def range_chart(presenter: VerdictPresenter) -> RangeChart | None:
    """None where no skill has an amount."""
    gains = [(outlook.slug, outlook.gain.uplift) for outlook in presenter.verdict.outlooks if outlook.gain]
    if not gains:
        return None
    scale = Scale.around([amount for _, uplift in gains for amount in (uplift.low, uplift.high)])
    rows = tuple(
        RangeRow(
            name=presenter.skill(slug),
            is_first=slug == presenter.verdict.first,
            text_y=index * ROW_HEIGHT + 16,
            bar_y=index * ROW_HEIGHT + 30,
            low=scale.across(uplift.low),
            width=f"{(scale.share(uplift.high) - scale.share(uplift.low)) * 100:.2f}%",
            expected=scale.across(uplift.expected),
        )
        for index, (slug, uplift) in enumerate(gains)
    )
    money = presenter.money
    described = [
        f"{presenter.skill(slug)} {amounts.span}, expected {amounts.expected}"
        for slug, amounts in presenter.amounts.items()
    ]
    axis_y = len(rows) * ROW_HEIGHT
    return RangeChart(
        title="Extra pay a year, once an employer pays for it",
        description=f"{'; '.join(described)}.",
        rows=rows,
        ticks=scale.ticks(money),
        zero=scale.across(0),
        height=axis_y + AXIS_HEIGHT,
        axis_y=axis_y,
        label_y=axis_y + 18,
    )
