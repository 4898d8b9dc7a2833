"""The scale of every chart: it is the viewBox of its bars, and has the ruler below them.

A bar's `x` and `width` are amounts in the scale's unit, so a chart holds figures and no arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from earnverdict.formatting import WORD_JOINER, Money, signed_percent

#: Steps between the labels of a ruler, so that labels have room at 200 % text.
MAX_STEPS = 4.0
#: The last label is centred on its mark and stays inside.
LAST_LABEL_WITHIN = 0.88
#: A wide character's width as a share of the narrowest ruler: 0.7 em of 11 em, on a phone of 320 px at 200 % text.
CHARACTER_WIDTH = 0.7 / 11
#: More labels say no more.
MAX_LABELS = 3
#: Steps that are tried until two labels have room.
MAX_SMALLER_STEPS = 3
#: How far a label may reach beyond the ruler's ends: the page's margin is wider.
MAX_OVERHANG = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisLabel:
    """A label of a ruler: where it is, and which of its ends is there."""

    position: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A ruler: all its marks as one path, in the scale's units, and a few labels that are apart.

    `is_zero_inside` says whether bars need a line at zero, which is at the ruler's left end otherwise.
    """

    view_box: str
    path: str
    labels: tuple[AxisLabel, ...]
    is_zero_inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar from low to high, with a mark at the expected amount ("" for none)."""

    x: str
    width: str
    mid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From `low` to `high`; coordinates are in `unit`. A ruler has labels at each `step`, and `marks` between two."""

    low: float
    high: float
    unit: float
    step: float
    marks: int

    @classmethod
    def around(cls, amounts: Iterable[float]) -> Scale:
        """Holds every amount and zero; its last step is at or beyond the highest amount and has room for its label."""
        found = [0.0, *amounts]
        low, high = min(found), max(found)
        room = (high - low or 1.0) * 0.04
        step = _round_step((high - low or 1.0) / MAX_STEPS)
        last = math.ceil(high / step - 1e-9) * step
        if low == high:
            last = step
        low = low - room if low < 0 else 0.0
        return cls._with_step(low, max(high + room, low + (last - low) / LAST_LABEL_WITHIN), step)

    @classmethod
    def between(cls, low: float, high: float) -> Scale:
        """From one amount to another, with round steps."""
        return cls._with_step(low, high, _round_step((high - low) / MAX_STEPS))

    @classmethod
    def _with_step(cls, low: float, high: float, step: float) -> Scale:
        leading = round(step / 10.0 ** math.floor(math.log10(step)))
        unit = 10.0 ** math.floor(math.log10((high - low) / 10))
        return cls(low=low, high=high, unit=unit, step=step, marks=5 if leading == 5 else 10)

    def share(self, amount: float) -> float:
        """0 at the low end, 1 at the high end."""
        return (amount - self.low) / (self.high - self.low)

    @property
    def view_box(self) -> str:
        return f"{self.at(self.low)} 0 {self.at(self.high - self.low)} 1"

    def position(self, amount: float) -> str:
        """Where an amount is, as a share of the width, for what is drawn without the viewBox."""
        return f"{self.share(amount) * 100:.1f}%"

    def extent(self, low: float, high: float) -> str:
        """How wide a range is, as a share of the width."""
        return f"{(self.share(high) - self.share(low)) * 100:.1f}%"

    def at(self, amount: float) -> str:
        """The coordinate of an amount, or the length of one."""
        return f"{round(amount / self.unit, 2):g}"

    def bar(self, low: float, high: float, mid: float | None = None) -> Bar:
        return Bar(x=self.at(low), width=self.at(high - low), mid="" if mid is None else self.at(mid))

    def money_axis(self, money: Money) -> Axis:
        return self.step_axis(money.axis)

    def share_axis(self) -> Axis:
        """A ruler of shares of pay: −20%, 0, +20%."""
        return self.step_axis(write_share)

    def step_axis(self, write: Callable[[float], str]) -> Axis:
        """A ruler with as many labels as have room, all as far apart: at each step, each second one and so on.

        The last step keeps its label where that is possible; steps are smaller where zero alone would have one.
        """
        step = self.step
        for _ in range(MAX_SMALLER_STEPS):
            for labels in self._choose_labels(step):
                axis = self.axis([(amount, write(amount)) for amount in labels])
                if len(axis.labels) == len(labels):
                    return axis
            step = _round_step(step / 2.5)
        return self.axis([(amount, write(amount)) for amount in self.steps(self.step)])

    def _choose_labels(self, step: float) -> Iterator[list[float]]:
        """Yield a few amounts, zero among them: at all steps, then at fewer; first those with the last step."""
        steps = self._find_steps(step)
        apart = sorted(range(1, len(steps)), key=lambda count: (steps[-1] % count != 0, count))
        for count in apart:
            chosen = [number * step for number in steps if number % count == 0]
            if 1 < len(chosen) <= MAX_LABELS:
                yield chosen

    def steps(self, step: float) -> list[float]:
        """The multiples of a step that are on the scale."""
        return [number * step for number in self._find_steps(step)]

    def axis(self, labels: Iterable[tuple[float, str]]) -> Axis:
        """A ruler with these labels, each at its amount, as far as they have room: those near zero come first."""
        ticks = f"M{self.at(self.low)} 0H{self.at(self.high)}"
        path = ticks + self._place_marks(self.step / self.marks, ".6") + self._place_marks(self.step, "1")
        kept: dict[tuple[float, float], AxisLabel] = {}
        for amount, text in sorted(labels, key=lambda label: (abs(label[0]), -label[0])):
            label = self.label(amount, text)
            start, end = _find_span(label)
            if all(end <= other_start or other_end <= start for other_start, other_end in kept):
                kept[start, end] = label
        shown = tuple([kept[span] for span in sorted(kept)])
        return Axis(view_box=self.view_box, path=path, labels=shown, is_zero_inside=self.low < 0)

    def label(self, amount: float, text: str) -> AxisLabel:
        """A label at its amount; near an end it is inside."""
        share = self.share(amount)
        room = max(0.06, _measure_width(text) / 2 - MAX_OVERHANG)
        anchor = "start" if share < room else "end" if share > 1 - room else "middle"
        return AxisLabel(position=self.position(amount), text=text, anchor=anchor)

    def _place_marks(self, step: float, length: str) -> str:
        """A mark at each step: the first by its place, the others by their distance."""
        steps = self._find_steps(step)
        first, following = steps.start * step, f"m{self.at(step)} {length}V0" * (len(steps) - 1)
        return f"M{self.at(first)} {length}V0{following}"

    def _find_steps(self, step: float) -> range:
        """The multiples of a step that are on the scale."""
        return range(math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9) + 1)


def write_share(share: float) -> str:
    """Write a share of pay on a ruler: −20%, 0, +20%."""
    return signed_percent(share).replace(".0%", "%") if share else "0"


def _measure_width(text: str) -> float:
    """A label's width as a share of the narrowest ruler."""
    return len(text.replace(WORD_JOINER, "")) * CHARACTER_WIDTH


def _find_span(label: AxisLabel) -> tuple[float, float]:
    """Where a label begins and ends on the narrowest ruler, as shares of it."""
    share, width = float(label.position.removesuffix("%")) / 100, _measure_width(label.text)
    start = share - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return start, start + width


def _round_step(step: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= step * (1 - 1e-9))
