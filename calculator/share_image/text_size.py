"""How wide a text is in the image's font, and the size and the lines in which it fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from earnverdict.formatting import WORD_JOINER

FONT = Path(__file__).parents[1] / "fonts" / "Inter.woff2"
#: The image is drawn this many times as large.
SCALE = 2
_SMALLEST_OPTICAL_SIZE, _LARGEST_OPTICAL_SIZE = 14, 32
REGULAR, BOLD = 400, 700
MIN_SIZE = 10


def find_leading(size: int) -> int:
    """Return the height of a line; large letters take less room between lines."""
    return round(size * (1.12 if size > 40 else 1.36))


def find_largest_size(text: str, size: int, room: float, weight: int) -> int:
    """Return the largest size up to `size` at which the text fits into one line."""
    return find_largest(range(size, MIN_SIZE - 1, -1), lambda size: measure_width(text, size, weight) <= room)


def find_largest(sizes: Sequence[int], fits: Callable[[int], bool]) -> int:
    """Return the first of falling sizes at which something fits, else the last; what fits still does when smaller.

    Few are tried, for a font of one size takes 2 ms to open.
    """
    return sizes[min(bisect_left(sizes, True, key=fits), len(sizes) - 1)]  # noqa: FBT003 - what is looked for


def wrap_text(text: str, size: int, weight: int, room: float) -> tuple[str, ...]:
    """Return lines no wider than `room`, of about the same width; they break at common spaces, never within a word."""
    space = measure_width(" ", size, weight)
    words = [(word, measure_width(word, size, weight)) for word in leave_out_shapeless(text).split(" ")]
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
    """Put words with their widths in lines as full as they can be; a word wider than the room has a line of its own."""
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


def leave_out_shapeless(text: str) -> str:
    """Return the text without the characters that have no shape."""
    return text.replace(WORD_JOINER, "")


def measure_width(text: str, size: int, weight: int) -> float:
    """Return how wide a text is in the image."""
    return open_font(size, weight).getlength(leave_out_shapeless(text)) / SCALE


@lru_cache(maxsize=64)
def open_font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Return the font at one size and weight, and at the optical size for it.

    Cached: each text of an image is measured, and opening a font takes 1.4 ms.
    """
    font = ImageFont.truetype(FONT, size * SCALE)
    font.set_variation_by_axes([max(_SMALLEST_OPTICAL_SIZE, min(_LARGEST_OPTICAL_SIZE, size)), weight])
    return font
