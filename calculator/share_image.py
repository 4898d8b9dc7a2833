"""The share image: a verdict's headline as a picture of 1200 × 630 pixels.

It is drawn at twice that size and halved, so that letters and corners come out smooth. Text is wrapped and made smaller
until it fits; none is ever cut. The same words give the same bytes.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from calculator.presenters.link_preview import CARD_HEIGHT, CARD_WIDTH, ShareImageText
from earnverdict.formatting import WORD_JOINER

FONT = Path(__file__).parent / "fonts" / "Inter.woff2"

# The light values of static/css/tokens.css.
PAPER, INK, INK_SOFT, LINE, ACCENT = "#f3f5f0", "#0f1a15", "#46544d", "#d3dad3", "#00644a"
BAR, EDGE = "#6b8a7e", "#66746d"
#: By the name of the rating.
RATING_COLOURS = {
    "clear-lead": "#00644a",
    "slight-lead": "#1b5a86",
    "close-call": "#855000",
    "stay-put": "#5b4f76",
    "too-little": "#545c58",
    "no-data": "#545c58",
}

_SCALE = 2
#: The usual 6 takes half as long again, for a file that is smaller by a twentieth.
_COMPRESSION = 3
_SMALLEST_OPTICAL_SIZE, _LARGEST_OPTICAL_SIZE = 14, 32
_REGULAR, _SEMIBOLD, _BOLD = 400, 600, 700
_LARGEST_TITLE = 74
#: Sizes of the amount, and of how sure it is.
_BODY_SIZES = ((58, 26), (50, 26), (44, 26), (44, 22), (40, 20), (34, 18))
_SMALLEST = 10

_MARGIN = 72
_WIDTH = CARD_WIDTH - 2 * _MARGIN
_BAND = 16
_TICK = 12
_HEADER_MIDDLE = 84
_BODY_TOP, _BODY_BOTTOM = 142, 442
_FACTS_TOP = 466
_FACT_GAP = 56
_FOOTER_BASELINE = 592


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines of one size; `gap` is the space above it."""

    lines: tuple[str, ...]
    size: int
    weight: int
    colour: str
    gap: int

    @property
    def leading(self) -> int:
        return round(self.size * (1.12 if self.size > 40 else 1.36))

    @property
    def width(self) -> float:
        return max(_width(line, self.size, self.weight) for line in self.lines)

    @property
    def height(self) -> int:
        return self.gap + len(self.lines) * self.leading


def draw_share_image(words: ShareImageText) -> bytes:
    """The card as a PNG without metadata."""
    image = Image.new("RGB", (CARD_WIDTH * _SCALE, CARD_HEIGHT * _SCALE), PAPER)
    pen = _Pen(ImageDraw.Draw(image))
    colour = RATING_COLOURS[words.rating]
    pen.rectangle(0, 0, CARD_WIDTH, _BAND, colour)
    _draw_ruler(pen)
    _draw_header(pen, words, colour)
    _draw_body(pen, words, colour)
    _draw_facts(pen, words.facts)
    _draw_footer(pen, words)
    written = io.BytesIO()
    image.reduce(_SCALE).save(written, format="PNG", compress_level=_COMPRESSION)
    return written.getvalue()


class _Pen:
    """Draws in pixels of the finished card."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def rectangle(self, left: float, top: float, right: float, bottom: float, colour: str, radius: float = 0) -> None:
        corners = [left * _SCALE, top * _SCALE, right * _SCALE - 1, bottom * _SCALE - 1]
        self._draw.rounded_rectangle(corners, radius * _SCALE, fill=colour)

    def text(self, x: float, y: float, text: str, size: int, weight: int, colour: str, anchor: str = "ls") -> None:
        self._draw.text((x * _SCALE, y * _SCALE), text, colour, _font(size, weight), anchor)

    def block(self, block: Block, top: int) -> int:
        """Draws below `top` and gives where the block ends."""
        y = top + block.gap
        for line in block.lines:
            # Capitals are in the middle of their line.
            self.text(
                _MARGIN, y + round(block.leading / 2 + block.size * 0.364), line, block.size, block.weight, block.colour
            )
            y += block.leading
        return y


def _draw_ruler(pen: _Pen) -> None:
    """The site's sign, as under the header of its pages."""
    for index, x in enumerate(range(0, CARD_WIDTH, _TICK)):
        is_long = index % 5 == 0
        pen.rectangle(x, _BAND, x + 1, _BAND + (14 if is_long else 7), INK if is_long else EDGE)


def _draw_header(pen: _Pen, words: ShareImageText, colour: str) -> None:
    middle, mark = _HEADER_MIDDLE, 60
    pen.rectangle(_MARGIN, middle - 5, _MARGIN + mark, middle + 5, BAR, radius=5)
    pen.rectangle(_MARGIN + 29, middle - 11, _MARGIN + 51, middle + 11, ACCENT, radius=11)
    x, baseline = _MARGIN + mark + 14, middle + 11
    pen.text(x, baseline, "EarnVerdict", 31, _BOLD, INK)
    width = _width(words.rating_label, 27, _SEMIBOLD) + 52
    right = CARD_WIDTH - _MARGIN
    pen.rectangle(right - width, middle - 26, right, middle + 26, colour, radius=26)
    pen.text(right - width / 2, middle + 10, words.rating_label, 27, _SEMIBOLD, "#fff", "ms")


def _draw_body(pen: _Pen, words: ShareImageText, colour: str) -> None:
    """The answer, how much and how sure, as large as there is room for."""
    bottom = _BODY_BOTTOM if words.facts else _FOOTER_BASELINE - 56
    blocks = _fitting_body(words, colour, bottom - _BODY_TOP)
    top = _BODY_TOP + max(0, (bottom - _BODY_TOP - sum(block.height for block in blocks)) // 3)
    for block in blocks:
        top = pen.block(block, top)


def _fitting_body(words: ShareImageText, colour: str, room: int) -> list[Block]:
    """Long names take room from the amount and from how sure it is, so that the title stays the largest."""
    blocks: list[Block] = []
    for amount, firmness in _BODY_SIZES:
        rest = list(_below_title(words, amount, firmness, colour))
        title = _fitting_title(words.title, room - sum(block.height for block in rest))
        blocks = [title, *rest]
        if title.size > amount:
            break
    return blocks


def _fitting_title(text: str, room: int) -> Block:
    def fits(title: Block) -> bool:
        return len(title.lines) <= 2 and title.height <= room and title.width <= _WIDTH

    size = _largest(range(_LARGEST_TITLE, _SMALLEST - 1, -2), lambda size: fits(_block(text, size, _BOLD, INK)))
    return _block(text, size, _BOLD, INK)


def _below_title(words: ShareImageText, amount: int, firmness: int, colour: str) -> Iterator[Block]:
    if words.amount:
        yield _block(words.amount, _largest_size(words.amount, amount, _WIDTH), _SEMIBOLD, colour, gap=14)
        yield _block(words.amount_note, 26, _REGULAR, INK_SOFT, gap=6)
        yield _block(words.firmness, firmness, _REGULAR, INK, gap=16)
    else:
        yield _block(words.firmness, 32, _REGULAR, INK_SOFT, gap=26)


def _draw_facts(pen: _Pen, facts: Sequence[tuple[str, str]]) -> None:
    """Side by side in one row, each as wide as its text."""
    if not facts:
        return
    pen.rectangle(_MARGIN, _FACTS_TOP, CARD_WIDTH - _MARGIN, _FACTS_TOP + 2, LINE)
    size = _largest(range(27, _SMALLEST - 1, -1), lambda size: _facts_width(facts, size) <= _WIDTH)
    x: float = _MARGIN
    for label, value in facts:
        pen.text(x, _FACTS_TOP + 38, label, 20, _REGULAR, INK_SOFT)
        pen.text(x, _FACTS_TOP + 74, _drawable(value), size, _SEMIBOLD, INK)
        x += _fact_width(label, value, size) + _FACT_GAP


def _draw_footer(pen: _Pen, words: ShareImageText) -> None:
    place = f"{words.place} · {words.pay_level}" if words.pay_level else words.place
    size = _largest_size(place, 22, _WIDTH - _width(words.edition, 22, _REGULAR) - _FACT_GAP)
    pen.text(_MARGIN, _FOOTER_BASELINE, _drawable(place), size, _REGULAR, INK_SOFT)
    pen.text(CARD_WIDTH - _MARGIN, _FOOTER_BASELINE, words.edition, 22, _REGULAR, INK_SOFT, "rs")


def _block(text: str, size: int, weight: int, colour: str, gap: int = 0) -> Block:
    return Block(lines=_wrap(text, size, weight, _WIDTH), size=size, weight=weight, colour=colour, gap=gap)


def _largest_size(text: str, size: int, room: float) -> int:
    """The size at which the text fits into one line."""
    return _largest(range(size, _SMALLEST - 1, -1), lambda size: _width(text, size, _SEMIBOLD) <= room)


def _largest(sizes: Sequence[int], fits: Callable[[int], bool]) -> int:
    """The first of falling sizes at which something fits, else the last; what fits still does when it is smaller.

    Few are tried, for a font of one size takes 2 ms to open.
    """
    return sizes[min(bisect_left(sizes, True, key=fits), len(sizes) - 1)]  # noqa: FBT003 - what is looked for


def _facts_width(facts: Sequence[tuple[str, str]], size: int) -> float:
    return sum(_fact_width(label, value, size) for label, value in facts) + _FACT_GAP * (len(facts) - 1)


def _fact_width(label: str, value: str, size: int) -> float:
    return max(_width(label, 20, _REGULAR), _width(value, size, _SEMIBOLD))


def _wrap(text: str, size: int, weight: int, room: float) -> tuple[str, ...]:
    """Lines no wider than `room`, of about the same width; they break at common spaces, never within a word."""
    space = _width(" ", size, weight)
    words = [(word, _width(word, size, weight)) for word in _drawable(text).split(" ")]
    lines = _break_lines(words, space, room)
    narrow, wide = max(room / 2, *(width for _, width in words)), room
    while len(lines) > 1 and wide - narrow > 4:
        middle = (narrow + wide) / 2
        candidate = _break_lines(words, space, middle)
        if len(candidate) > len(lines):
            narrow = middle
        else:
            lines, wide = candidate, middle
    return tuple(lines)


def _break_lines(words: Sequence[tuple[str, float]], space: float, room: float) -> list[str]:
    """Words with their widths in lines as full as they can be; a word wider than the room has a line of its own."""
    lines: list[str] = []
    filled = 0.0
    for word, width in words:
        if lines and filled + space + width <= room:
            lines[-1] = f"{lines[-1]} {word}"
            filled += space + width
        else:
            lines.append(word)
            filled = width
    return lines


def _drawable(text: str) -> str:
    """Without the characters that have no shape."""
    return text.replace(WORD_JOINER, "")


def _width(text: str, size: int, weight: int) -> float:
    return _font(size, weight).getlength(_drawable(text)) / _SCALE


@lru_cache(maxsize=64)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The font at one size and weight, and at the optical size for it. Cached: each text of an image is measured, and
    opening a font takes 1.4 ms.
    """
    font = ImageFont.truetype(FONT, size * _SCALE)
    font.set_variation_by_axes([max(_SMALLEST_OPTICAL_SIZE, min(_LARGEST_OPTICAL_SIZE, size)), weight])
    return font
