"""Turns amounts into positions."""

from __future__ import annotations

import math
from dataclasses import dataclass

from earnverdict.formatting import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A labelled amount on an axis; `anchor` keeps the outermost labels inside the chart."""

    position: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A linear scale of amounts from `low` to `high`."""

    low: float
    high: float

    @classmethod
    def around(cls, amounts: list[float]) -> Scale:
        """Holds every amount and zero, with a little room at the ends that are not zero."""
        low, high = min(0.0, *amounts), max(0.0, *amounts)
        room = (high - low or 1.0) * 0.04
        return cls(low=low - room if low < 0 else 0.0, high=high + room if high > 0 or low == 0 else 0.0)

    def share(self, amount: float) -> float:
        """0 at the low end, 1 at the high end."""
        return (amount - self.low) / (self.high - self.low)

    def across(self, amount: float) -> str:
        """The position from the left."""
        return f"{self.share(amount) * 100:.2f}%"

    def ticks(self, money: Money, most: int = 4) -> tuple[Tick, ...]:
        """`marks` along a horizontal axis."""
        return tuple(self._tick(amount, label) for amount, label in self.marks(money, most))

    def marks(self, money: Money, most: int = 4) -> tuple[tuple[float, str], ...]:
        """Round amounts with their labels, zero among them, about `most`."""
        step = _round_step((self.high - self.low) / most)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return tuple((number * step, money.compact(number * step)) for number in range(first, last + 1))

    def _tick(self, amount: float, label: str) -> Tick:
        share = self.share(amount)
        anchor = "start" if share < 0.08 else "end" if share > 0.92 else "middle"
        return Tick(position=self.across(amount), label=label, anchor=anchor)


def _round_step(step: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= step * (1 - 1e-9))
