"""Where everything in the share image is: texts and boxes with their places, sizes and colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.presenters.share_image import IMAGE_WIDTH, ShareBar, ShareChart, ShareImageText
from calculator.share_image.text_size import (
    BOLD,
    MIN_SIZE,
    REGULAR,
    find_largest,
    find_largest_size,
    find_leading,
    measure_width,
    wrap_text,
)
from earnverdict.seo import SITE_NAME

# The light values of static/css/tokens.css. A colour means one thing: green is measured, amber is claimed.
PAPER, SHEET, INK, INK_SOFT, LINE, EDGE = "#f3f5f0", "#fff", "#0f1a15", "#46544d", "#d3dad3", "#66746d"
ACCENT, OTHERS, MEASURED, ON_BAR, CLAIM, CLAIM_WASH = "#00644a", "#6b8a7e", "#0f7a5a", "#fff", "#855000", "#f9eed9"

MARGIN = 72
_RIGHT = IMAGE_WIDTH - MARGIN
_WIDTH = IMAGE_WIDTH - 2 * MARGIN
_HEADER = 72
_TICK = 12
_HEADING_TOP, _HEADING_HEIGHT = 100, 92
_BAR_HEIGHT = 52
#: Baselines of the bars' labels: of two bars, and of one alone.
_LABELS, _LABEL_ALONE = (244, 368), 306
_RULE = 516
_CONCLUSION, _FOOTER = 565, 606
_GAP = 28
#: Sizes of the texts above a bar: the smallest of an amount; those which it leaves room for.
_SMALLEST_AMOUNT, _EASY_LABEL, _EASY_SOURCE = 24, 34, 22
_DASH, _DASH_GAP, _STROKE = 10, 7, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text on its baseline; `anchor` is the end of it that is at `x`: left, middle or right."""

    x: float
    y: float
    text: str
    size: int
    weight: int = REGULAR
    colour: str = INK
    anchor: str = "l"

    @property
    def width(self) -> float:
        return measure_width(self.text, self.size, self.weight)

    @property
    def left(self) -> float:
        return self.x - {"l": 0.0, "m": self.width / 2, "r": self.width}[self.anchor]

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A filled rectangle, with round corners where it has a radius."""

    left: float
    top: float
    right: float
    bottom: float
    colour: str
    radius: float = 0


type Shape = Text | Box


def lay_out(words: ShareImageText) -> list[Shape]:
    """Place everything that the image shows."""
    return [*_lay_out_header(words.date), *_lay_out_body(words), *_lay_out_footer(words)]


def _lay_out_header(date: str) -> Iterator[Shape]:
    """Place the site's sign, name and ruler, as at the top of its pages, with its question and the figures' date."""
    yield Box(left=0, top=0, right=IMAGE_WIDTH, bottom=_HEADER, colour=PAPER)
    middle = _HEADER / 2
    yield Box(left=MARGIN, top=middle - 5, right=MARGIN + 52, bottom=middle + 5, colour=OTHERS, radius=5)
    yield Box(left=MARGIN + 24, top=middle - 10, right=MARGIN + 44, bottom=middle + 10, colour=ACCENT, radius=10)
    name = Text(x=MARGIN + 66, y=middle + 11, text=SITE_NAME, size=31, weight=BOLD)
    yield name
    yield Text(x=name.right + 18, y=middle + 9, text=date, size=24, colour=INK_SOFT)
    question = "Which skill should you learn next?"
    yield Text(x=_RIGHT, y=middle + 9, text=question, size=26, colour=INK_SOFT, anchor="r")
    yield Box(left=0, top=_HEADER, right=IMAGE_WIDTH, bottom=_HEADER + 3, colour=INK)
    for index, x in enumerate(range(0, IMAGE_WIDTH, _TICK)):
        is_long = index % 5 == 0
        bottom = _HEADER + 3 + (16 if is_long else 8)
        yield Box(left=x, top=_HEADER + 3, right=x + 1, bottom=bottom, colour=INK if is_long else EDGE)


def _lay_out_body(words: ShareImageText) -> Iterator[Shape]:
    if words.chart:
        yield from _lay_out_lines(words.heading, _HEADING_TOP, _HEADING_HEIGHT, 62, BOLD, INK, max_lines=2)
        yield from _lay_out_chart(words.chart)
    else:
        yield from _lay_out_lines(words.heading, 130, 200, 74, BOLD, INK, max_lines=2)
        yield from _lay_out_lines(words.reason, 340, 150, 34, REGULAR, INK_SOFT, max_lines=3)


def _lay_out_chart(chart: ShareChart) -> Iterator[Shape]:
    """Place one bar below the other, and the ruler that both share."""
    baselines = _LABELS if len(chart.bars) > 1 else (_LABEL_ALONE,)
    for bar, baseline in zip(chart.bars, baselines, strict=True):
        yield from _lay_out_label(bar, baseline, CLAIM if bar.is_claim else ACCENT)
        yield from (_lay_out_claim if bar.is_claim else _lay_out_measured)(chart, bar, baseline + 16)
    yield from _lay_out_axis(chart, baselines[-1] + 16 + _BAR_HEIGHT + 8)


def _lay_out_measured(chart: ShareChart, bar: ShareBar, top: float) -> Iterator[Shape]:
    """Place a full bar with a mark at what is expected, and one at zero where the scale reaches below it."""
    left, right, bottom = _find_x(chart, bar.low), _find_x(chart, bar.high), top + _BAR_HEIGHT
    yield Box(left=left, top=top, right=max(right, left + 2), bottom=bottom, colour=MEASURED)
    if bar.mid is not None:
        middle = _find_x(chart, bar.mid)
        yield Box(left=middle - 2, top=top, right=middle + 2, bottom=bottom, colour=ON_BAR)
    if chart.scale.low < 0:
        zero = _find_x(chart, 0.0)
        yield Box(left=zero - 1, top=top - 4, right=zero + 1, bottom=bottom + 8, colour=INK)


def _lay_out_label(bar: ShareBar, baseline: int, colour: str) -> Iterator[Shape]:
    """Place what a bar is called and whose figure it is at the left, its amount at the right.

    The amount leaves room for whose figure it is.
    """
    size = find_largest(range(38, _SMALLEST_AMOUNT - 1, -1), lambda size: _has_room(bar, size))
    amount = Text(x=_RIGHT, y=baseline, text=bar.amount, size=size, weight=BOLD, colour=colour, anchor="r")
    yield amount
    size = find_largest_size(bar.label, 38, amount.left - _GAP - MARGIN, BOLD)
    label = Text(x=MARGIN, y=baseline, text=bar.label, size=size, weight=BOLD, colour=colour)
    yield label
    if bar.source:
        left = label.right + _GAP / 2
        size = find_largest_size(bar.source, 26, amount.left - _GAP - left, REGULAR)
        yield Text(x=left, y=baseline, text=bar.source, size=size, colour=INK_SOFT)


def _has_room(bar: ShareBar, size: int) -> bool:
    """Whether the amount at this size leaves room for the other texts of its line at sizes that are easy to read."""
    source = measure_width(bar.source, _EASY_SOURCE, REGULAR) + _GAP / 2 if bar.source else 0.0
    return measure_width(bar.amount, size, BOLD) + _GAP + measure_width(bar.label, _EASY_LABEL, BOLD) + source <= _WIDTH


def _lay_out_claim(chart: ShareChart, bar: ShareBar, top: float) -> Iterator[Shape]:
    """Place a wash with a dashed edge."""
    left, right, bottom = _find_x(chart, bar.low), _find_x(chart, bar.high), top + _BAR_HEIGHT
    yield Box(left=left, top=top, right=right, bottom=bottom, colour=CLAIM_WASH)
    for start, end in _split_into_dashes(left, right):
        yield Box(left=start, top=top, right=end, bottom=top + _STROKE, colour=CLAIM)
        yield Box(left=start, top=bottom - _STROKE, right=end, bottom=bottom, colour=CLAIM)
    for start, end in _split_into_dashes(top, bottom):
        yield Box(left=left, top=start, right=left + _STROKE, bottom=end, colour=CLAIM)
        yield Box(left=right - _STROKE, top=start, right=right, bottom=end, colour=CLAIM)


def _split_into_dashes(start: float, end: float) -> Iterator[tuple[float, float]]:
    """Split a side into dashes and gaps; it begins and ends with a dash."""
    count = max(1, round((end - start + _DASH_GAP) / (_DASH + _DASH_GAP)))
    step = (end - start + _DASH_GAP) / count
    for index in range(count):
        yield start + index * step, start + (index + 1) * step - _DASH_GAP


def _lay_out_axis(chart: ShareChart, top: float) -> Iterator[Shape]:
    scale = chart.scale
    yield Box(left=MARGIN, top=top, right=_RIGHT, bottom=top + 2, colour=INK)
    for amount in scale.steps(scale.step / scale.marks):
        x = _find_x(chart, amount)
        yield Box(left=x - 1, top=top, right=x + 1, bottom=top + 10, colour=EDGE)
    taken = 0.0
    for amount, text in chart.steps:
        x = _find_x(chart, amount)
        yield Box(left=x - 1, top=top, right=x + 1, bottom=top + 20, colour=INK)
        anchor = "l" if scale.share(amount) < 0.03 else "m"
        label = Text(x=x, y=top + 48, text=text, size=26, colour=INK_SOFT, anchor=anchor)
        if label.left > taken and label.right <= IMAGE_WIDTH - MARGIN / 2:
            yield label
            taken = label.right + _GAP


def _lay_out_footer(words: ShareImageText) -> Iterator[Shape]:
    yield Box(left=MARGIN, top=_RULE, right=_RIGHT, bottom=_RULE + 2, colour=LINE)
    size = find_largest_size(words.place, 30, _WIDTH * 0.45, REGULAR)
    place = Text(x=_RIGHT, y=_CONCLUSION, text=words.place, size=size, anchor="r")
    yield place
    size = find_largest_size(words.conclusion, 38, place.left - _GAP - MARGIN, BOLD)
    yield Text(x=MARGIN, y=_CONCLUSION, text=words.conclusion, size=size, weight=BOLD)
    size = find_largest_size(words.level, 24, _WIDTH, REGULAR)
    yield Text(x=MARGIN, y=_FOOTER, text=words.level, size=size, colour=INK_SOFT)


def _find_x(chart: ShareChart, amount: float) -> float:
    """Return where an amount is on the ruler."""
    return MARGIN + chart.scale.share(amount) * _WIDTH


def _lay_out_lines(
    text: str, top: int, height: int, size: int, weight: int, colour: str, *, max_lines: int
) -> Iterator[Text]:
    """Place lines of one size, as large as there is room for, in the middle of the height."""

    def fits(size: int) -> bool:
        lines = wrap_text(text, size, weight, _WIDTH)
        return (
            len(lines) <= max_lines
            and len(lines) * find_leading(size) <= height
            and max(measure_width(line, size, weight) for line in lines) <= _WIDTH
        )

    size = find_largest(range(size, MIN_SIZE - 1, -2), fits)
    lines, leading = wrap_text(text, size, weight, _WIDTH), find_leading(size)
    y = top + (height - len(lines) * leading) / 2
    for line in lines:
        # Capitals are in the middle of their line.
        yield Text(
            x=MARGIN, y=y + round(leading / 2 + size * 0.364), text=line, size=size, weight=weight, colour=colour
        )
        y += leading
