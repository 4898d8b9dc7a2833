"""What is claimed next to what is measured, skill by skill, on one scale."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.charts.scale import Scale, Tick
from calculator.presenters.verdict import VerdictPresenter

ROW_HEIGHT = 62
AXIS_HEIGHT = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A bar from low to high."""

    low: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One skill that is claimed something of: the claim above what is measured, which may be missing."""

    name: str
    text_y: int
    claim_y: int
    measured_y: int
    claim: Span
    claimed_by: str
    measured: Span | None
    claim_text: str
    measured_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChart:
    """All skills, the axis below, and the chart in a sentence."""

    title: str
    description: str
    rows: tuple[ClaimRow, ...]
    ticks: tuple[Tick, ...]
    zero: str
    height: int
    axis_y: int
    label_y: int


def claim_chart(presenter: VerdictPresenter) -> ClaimChart | None:
    """None where nothing is claimed, or no market tells of how much."""
    outlooks, money = presenter.verdict.outlooks, presenter.money
    claims = {
        item.slug: (item.headline.low, item.headline.high)
        for item in outlooks
        if item.headline and item.headline.low is not None and item.headline.high is not None
    }
    if not claims:
        return None
    measured = {
        item.slug: (item.gain.uplift.low, item.gain.uplift.high)
        for item in outlooks
        if item.gain and item.slug in claims
    }
    scale = Scale.around([amount for pair in (*claims.values(), *measured.values()) for amount in pair])
    rows = []
    for index, (slug, claim) in enumerate(claims.items()):
        top, pay = index * ROW_HEIGHT, measured.get(slug)
        rows.append(
            ClaimRow(
                name=presenter.skill(slug),
                text_y=top + 16,
                claim_y=top + 25,
                measured_y=top + 41,
                claim=_span(scale, claim),
                claimed_by=presenter.claimed(slug),
                measured=_span(scale, pay) if pay else None,
                claim_text=presenter.claims[slug],
                measured_text=f"{presenter.amounts[slug].span} a year" if pay else "not measured",
            )
        )
    axis_y = len(rows) * ROW_HEIGHT
    described = [
        f"{row.name}: {row.claimed_by.lower()} {row.claim_text}, the evidence says {row.measured_text}" for row in rows
    ]
    return ClaimChart(
        title="What is claimed, and what the evidence says",
        description=f"{'; '.join(described)}.",
        rows=tuple(rows),
        ticks=scale.ticks(money),
        zero=scale.across(0),
        height=axis_y + AXIS_HEIGHT,
        axis_y=axis_y,
        label_y=axis_y + 18,
    )


def _span(scale: Scale, pair: tuple[float, float]) -> Span:
    low, high = pair
    return Span(low=scale.across(low), width=f"{(scale.share(high) - scale.share(low)) * 100:.2f}%")
