"""The charts of a skill's premium: measured against claimed, and region by region."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calculator.engine import Edition, Range
from earnverdict import formatting
from earnverdict.chart_scale import Axis, Bar, Scale
from skills.catalogue.premiums import SkillPremium
from skills.presenters.claims import name_sources
from skills.presenters.grades import label_measured


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeBar:
    """One range: its name and figures above, its bar below; a claim has no middle."""

    name: str
    text: str
    bar: Bar
    is_claim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumChart:
    """Ranges above each other, and the ruler below."""

    title: str
    bars: tuple[RangeBar, ...]
    axis: Axis


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A range to draw; a claim has no expected value."""

    name: str
    text: str
    low: float
    high: float
    expected: float | None


def draw_premium_chart(found: SkillPremium, edition: Edition) -> PremiumChart | None:
    """Draw what is claimed, and by whom, above what is measured; None without either."""
    lines = []
    if found.claim:
        low, high = found.claim
        claimants = name_sources(edition.sources[slug] for slug in dict.fromkeys(item.source for item in found.claims))
        text = formatting.signed_percent_range(low, high)
        lines.append(_Line(name=f"Claimed by {claimants}", text=text, low=low, high=high, expected=None))
    if found.measured:
        text = formatting.signed_percent_range(found.measured.low, found.measured.high)
        lines.append(_draw_premium(label_measured("Measured", found.grade_shares), text, found.measured))
    return _draw_chart(f"What {found.skill.name} pays: claimed and measured", lines)


def draw_region_chart(found: SkillPremium) -> PremiumChart | None:
    """Draw the measured premium of each region that has figures of its own; None without any."""
    return _draw_chart(
        f"What {found.skill.name} pays, by region",
        [
            _draw_premium(region.label, f"{formatting.signed_percent(premium.expected)} expected", premium)
            for region, premium in found.regions.items()
        ],
    )


def _draw_premium(name: str, text: str, premium: Range) -> _Line:
    return _Line(name=name, text=text, low=premium.low, high=premium.high, expected=premium.expected)


def _draw_chart(title: str, lines: Sequence[_Line]) -> PremiumChart | None:
    if not lines:
        return None
    scale = Scale.around(share for line in lines for share in (line.low, line.high))
    return PremiumChart(title=title, bars=tuple(_draw_bars(scale, lines)), axis=scale.share_axis())


def _draw_bars(scale: Scale, lines: Iterable[_Line]) -> Iterable[RangeBar]:
    for line in lines:
        bar = scale.bar(line.low, line.high, line.expected)
        yield RangeBar(name=line.name, text=line.text, bar=bar, is_claim=line.expected is None)
