"""The chart of a skill's premium: measured ranges and the headline claim on one ruler."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from earnverdict import formatting
from earnverdict.chart_scale import Axis, Bar, Scale
from skills.catalogue.premiums import SkillPremium


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeBar:
    """One range: its name and figures above, its bar below; a claim has no middle."""

    name: str
    text: str
    bar: Bar
    is_claim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumChart:
    """All ranges of a skill and the ruler below."""

    title: str
    bars: tuple[RangeBar, ...]
    axis: Axis


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A range to draw; a headline claim has no expected value."""

    name: str
    low: float
    high: float
    expected: float | None

    @property
    def text(self) -> str:
        span = formatting.signed_percent_range(self.low, self.high)
        return span if self.expected is None else f"{span}, expected {formatting.signed_percent(self.expected)}"


def premium_chart(found: SkillPremium) -> PremiumChart | None:
    """Build the chart: the measured premium, the headline claim, then each region; None without any of them."""
    lines = tuple(_lines(found))
    if not lines:
        return None
    scale = Scale.around(share for line in lines for share in (line.low, line.high))
    return PremiumChart(
        title=f"What {found.skill.name} adds to pay: measured and claimed",
        bars=tuple(_bar(scale, line) for line in lines),
        axis=scale.share_axis(),
    )


def _lines(found: SkillPremium) -> Iterator[_Line]:
    premium, claim = found.measured, found.claim
    if premium:
        yield _Line(name="Measured worldwide", low=premium.low, high=premium.high, expected=premium.expected)
    if claim:
        yield _Line(name="Headlines claim", low=claim[0], high=claim[1], expected=None)
    for region, regional in found.regions.items():
        name = f"Measured: {region.label}"
        yield _Line(name=name, low=regional.low, high=regional.high, expected=regional.expected)


def _bar(scale: Scale, line: _Line) -> RangeBar:
    return RangeBar(
        name=line.name,
        text=line.text,
        bar=scale.bar(line.low, line.high, line.expected),
        is_claim=line.expected is None,
    )
