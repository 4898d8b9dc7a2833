"""The chart of a skill's evidence: each piece, and the pool below its pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from calculator.engine import WORLDWIDE, EvidenceChoice
from earnverdict import formatting
from earnverdict.chart_scale import AxisLabel, Scale
from skills.catalogue.pooled_premium import REGIONS, PooledPremium
from skills.models.region import Region

_ROW_HEIGHT = 38
_HEADING_HEIGHT = 34
_AXIS_HEIGHT = 26


class Kind(StrEnum):
    """The kind of a bar, which decides its style. A claim does not count."""

    MEASURED = "measured"
    CLAIM = "claim"
    PRIOR = "prior"
    POOL = "pool"


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceBar:
    """One range from low to high with its middle, its name above at the left and its figure at the right."""

    name: str
    text: str
    kind: Kind
    start: str
    width: str
    middle: str
    text_y: int
    bar_y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceGroup:
    """The pieces of one region, with their pool last."""

    name: str
    name_y: int
    bars: tuple[PieceBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesChart:
    """All pieces on one scale, and the chart in a sentence."""

    description: str
    groups: tuple[PieceGroup, ...]
    ticks: tuple[AxisLabel, ...]
    zero: str
    height: int
    axis_y: int
    label_y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A range to draw, in shares of pay."""

    name: str
    kind: Kind
    low: float
    middle: float
    high: float

    @property
    def text(self) -> str:
        return formatting.signed_percent(self.middle)

    def __str__(self) -> str:
        return f"{self.name}: {formatting.signed_percent_range(self.low, self.high)}, middle {self.text}"


def pieces_chart(pooled: PooledPremium) -> PiecesChart | None:
    """Build the chart: worldwide first, then each region with figures; None without evidence."""
    lines = {region: found for region in REGIONS if (found := tuple(_list_lines(pooled, region)))}
    if not lines:
        return None
    drawn = tuple(chain(*lines.values()))
    scale = Scale.around(share for line in drawn for share in (line.low, line.high))
    groups, axis_y = [], 0
    for region, found in lines.items():
        groups.append(_draw_group(scale, region, found, axis_y))
        axis_y += _HEADING_HEIGHT + len(found) * _ROW_HEIGHT
    return PiecesChart(
        description=f"{'; '.join(str(line) for line in drawn)}.",
        groups=tuple(groups),
        ticks=scale.share_axis().labels,
        zero=scale.position(0),
        height=axis_y + _AXIS_HEIGHT,
        axis_y=axis_y,
        label_y=axis_y + 18,
    )


def region_name(region: str) -> str:
    return Region(region).label if region else "Worldwide"


def _list_lines(pooled: PooledPremium, region: str) -> Iterator[_Line]:
    """Yield a region's pieces by grade, the typical skill, and their pool."""
    own = sorted((item for item in pooled.evidence if item.region == region), key=lambda item: (item.grade, item.mid))
    for item in own:
        kind = Kind.MEASURED if EvidenceChoice.MEASURED.counts(item) else Kind.CLAIM
        name = f"{item.grade} · {item.source}"
        yield _Line(name=name, kind=kind, low=item.low, middle=item.mid, high=item.high)
    premium, prior = pooled.premiums.get(region), pooled.constants
    if premium is None:
        return
    if region == WORLDWIDE:
        lows = {"low": prior.prior_low, "middle": prior.prior_mid, "high": prior.prior_high}
        yield _Line(name="The typical skill", kind=Kind.PRIOR, **lows)
    name = f"Pooled: {region_name(region)}"
    yield _Line(name=name, kind=Kind.POOL, low=premium.low, middle=premium.expected, high=premium.high)


def _draw_group(scale: Scale, region: str, lines: Iterable[_Line], top: int) -> PieceGroup:
    first = top + _HEADING_HEIGHT
    return PieceGroup(
        name=region_name(region),
        name_y=top + 22,
        bars=tuple(_draw_bar(scale, line, first + index * _ROW_HEIGHT) for index, line in enumerate(lines)),
    )


def _draw_bar(scale: Scale, line: _Line, top: int) -> PieceBar:
    return PieceBar(
        name=line.name,
        text=line.text,
        kind=line.kind,
        start=scale.position(line.low),
        width=scale.extent(line.low, line.high),
        middle=scale.position(line.middle),
        text_y=top + 12,
        bar_y=top + 24,
    )
