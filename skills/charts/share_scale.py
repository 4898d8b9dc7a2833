"""Turns shares of pay into positions on a chart's horizontal axis."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from earnverdict import formatting

_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A bar's start and width."""

    start: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTick:
    """A labelled share on the axis; `anchor` keeps the outermost labels inside the drawing."""

    position: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareScale:
    """A linear scale of shares from `low` to `high`."""

    low: float
    high: float

    @classmethod
    def around(cls, shares: Iterable[float]) -> ShareScale:
        """Make a scale that contains every share and zero, with a margin at both ends."""
        held = (0.0, *shares)
        low, high = min(held), max(held)
        room = max(high - low, 0.01) * 0.04
        return cls(low=low - room, high=high + room)

    def across(self, share: float) -> str:
        """Return the position from the left."""
        return f"{self._part(share) * 100:.2f}%"

    def down(self, share: float) -> str:
        """Return the position from the top, of a scale that is drawn upright."""
        return f"{(1 - self._part(share)) * 100:.2f}%"

    def span(self, low: float, high: float) -> Span:
        return Span(start=self.across(low), width=f"{(self._part(high) - self._part(low)) * 100:.2f}%")

    def ticks(self, most: int) -> tuple[ShareTick, ...]:
        """Return about `most` ticks at round shares, zero among them."""
        return tuple(self._tick(share) for share in self._round_shares(most))

    def labels(self, most: int) -> tuple[tuple[float, str], ...]:
        """Return the shares of the same ticks, each with its label, for a scale that is drawn upright."""
        return tuple((share, _round_percent(share)) for share in self._round_shares(most))

    def _round_shares(self, most: int) -> list[float]:
        room = (self.high - self.low) / most
        step = next((step for step in _STEPS if step >= room), math.ceil(room))
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return [number * step for number in range(first, last + 1)]

    def _part(self, share: float) -> float:
        return (share - self.low) / (self.high - self.low)

    def _tick(self, share: float) -> ShareTick:
        part = self._part(share)
        anchor = "start" if part < 0.06 else "end" if part > 0.94 else "middle"
        return ShareTick(position=self.across(share), label=_round_percent(share), anchor=anchor)


def _round_percent(share: float) -> str:
    """Format a tick's share, a whole percentage: +20%, 0%."""
    return formatting.signed_percent(share).replace(".0%", "%")
