"""Draws the site's icons and the default share image: `python -m ops.icons`.

`static/img/icon.svg` is the same mark, drawn by hand: a range with the expected value off its middle.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PROJECT = Path(__file__).parent.parent
IMAGES, ROOT = PROJECT / "static" / "img", PROJECT / "static" / "root"
FONT = PROJECT / "calculator" / "fonts" / "Inter.woff2"

# The light values of static/css/tokens.css.
PAPER, SHEET, INK, INK_SOFT, ACCENT, MARK = "#f3f5f0", "#ffffff", "#0f1a15", "#46544d", "#00644a", "#ffe15c"
LINE, EDGE, MEASURED, OTHERS, CLAIM = "#d3dad3", "#66746d", "#0f7a5a", "#6b8a7e", "#855000"
#: The range on the icon: half-transparent white on green.
ICON_RANGE = "#8cbbaf"

_SCALE = 4
_UNITS = 32
_CORNER = 7
#: Masks of any shape keep a circle of four fifths of the icon's width.
_SAFE = 0.78
_CARD = (1200, 630)
_MARGIN = 72


def main() -> None:
    ROOT.mkdir(exist_ok=True)
    small = [draw_icon(16), draw_icon(32)]
    small[1].save(ROOT / "favicon.ico", sizes=[icon.size for icon in small], append_images=small[:1])
    _save(draw_icon(180, corner=0), IMAGES / "apple-touch-icon.png", colours=64)
    _save(draw_icon(192), IMAGES / "icon-192.png", colours=64)
    _save(draw_icon(512, corner=0, part=_SAFE), IMAGES / "icon-512.png", colours=64)
    _save(draw_share_image(), IMAGES / "share.png", colours=128)


def draw_icon(size: int, *, corner: float = _CORNER, part: float = 1) -> Image.Image:
    """Draw the mark on green; it takes `part` of the width."""
    unit = size * _SCALE / _UNITS
    image = Image.new("RGBA", (size * _SCALE, size * _SCALE))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, size * _SCALE - 1, size * _SCALE - 1), corner * unit, fill=ACCENT)
    middle = _UNITS / 2

    def place(units: float) -> float:
        return (middle + (units - middle) * part) * unit

    pen.rounded_rectangle((place(3), place(13.5), place(29), place(18.5)), 2.5 * unit * part, fill=ICON_RANGE)
    pen.ellipse((place(13), place(10.5), place(24), place(21.5)), fill=MARK)
    return image.reduce(_SCALE)


def draw_share_image() -> Image.Image:
    """Draw the site's question below its ruler."""
    width, height = _CARD
    image = Image.new("RGB", (width * _SCALE, height * _SCALE), PAPER)
    pen = ImageDraw.Draw(image)
    _draw_ruler(pen)
    _draw_round(pen, (_MARGIN, 86, _MARGIN + 78, 101), 7.5, OTHERS)
    _dot(pen, _MARGIN + 50, 93.5, 15, ACCENT)
    _write(pen, _MARGIN + 96, 108, "EarnVerdict", 42, 700, INK)
    _write(pen, _MARGIN, 248, "Which skill should", 92, 700, INK)
    x = _MARGIN + _width("you learn ", 92, 700)
    _box(pen, (x - 8, 306, x + _width("next?", 92, 700) + 8, 352), MARK)
    _write(pen, _MARGIN, 346, "you learn next?", 92, 700, INK)
    _write(pen, _MARGIN, 416, "For your pay, your place and your time, and how sure that is.", 32, 450, INK_SOFT)
    _draw_ranges(pen)
    return image.reduce(_SCALE)


def _draw_ruler(pen: ImageDraw.ImageDraw) -> None:
    _box(pen, (0, 0, _CARD[0], 4), INK)
    for tick in range(_CARD[0] // 12):
        is_long = tick % 5 == 0
        _box(pen, (tick * 12, 4, tick * 12 + 2, 32 if is_long else 18), INK if is_long else EDGE)


def _draw_ranges(pen: ImageDraw.ImageDraw) -> None:
    """Draw a measured range as a bar with its middle, and a headline claim as a dashed box."""
    for row, (start, end, middle, claim) in enumerate(((180, 640, 440, (520, 980)), (60, 520, 250, (660, 1056)))):
        y = 482 + row * 68
        _box(pen, (_MARGIN, y + 16, _CARD[0] - _MARGIN, y + 18), LINE)
        _draw_dashes(pen, (_MARGIN + claim[0], y - 4, _MARGIN + claim[1], y + 38))
        _box(pen, (_MARGIN + start, y + 6, _MARGIN + end, y + 28), OTHERS if row else MEASURED)
        _box(pen, (_MARGIN + middle - 2, y + 6, _MARGIN + middle + 2, y + 28), SHEET)


def _draw_dashes(pen: ImageDraw.ImageDraw, corners: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = corners
    for x in range(left, right - 3, 18):
        for y in (top, bottom - 3):
            _box(pen, (x, y, min(x + 10, right), y + 3), CLAIM)
    for y in range(top, bottom - 3, 18):
        for x in (left, right - 3):
            _box(pen, (x, y, x + 3, min(y + 10, bottom)), CLAIM)


def _box(pen: ImageDraw.ImageDraw, corners: tuple[float, float, float, float], colour: str) -> None:
    _draw_round(pen, corners, 0, colour)


def _draw_round(
    pen: ImageDraw.ImageDraw, corners: tuple[float, float, float, float], radius: float, colour: str
) -> None:
    left, top, right, bottom = (corner * _SCALE for corner in corners)
    pen.rounded_rectangle((left, top, right - 1, bottom - 1), radius * _SCALE, fill=colour)


def _dot(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: str) -> None:
    _draw_round(pen, (x - radius, y - radius, x + radius, y + radius), radius, colour)


def _write(pen: ImageDraw.ImageDraw, x: float, y: float, text: str, size: int, weight: int, colour: str) -> None:
    pen.text((x * _SCALE, y * _SCALE), text, colour, _font(size, weight), "ls")


def _width(text: str, size: int, weight: int) -> float:
    return _font(size, weight).getlength(text) / _SCALE


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size * _SCALE)
    font.set_variation_by_axes([32, weight])
    return font


def _save(image: Image.Image, path: Path, *, colours: int) -> None:
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    image.quantize(colours, method).save(path, optimize=True)


if __name__ == "__main__":
    main()
