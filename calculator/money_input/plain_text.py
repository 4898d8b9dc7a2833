"""Typed text in plain characters: one alphabet's case, digits and blanks, without what nobody sees."""

from __future__ import annotations

import re
import unicodedata

#: Accents and the marks that choose how a character looks.
_ACCENTS = re.compile(r"[\u0300-\u036f\ufe00-\ufe0f]+")
#: Letters with a stroke, which are no accents to Unicode; and the signs that people type for an apostrophe or a minus.
_ALIKE = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "ı": "i",
        **dict.fromkeys("’‘‛′ʼʹ`", "'"),
        **dict.fromkeys("‐‑‒–—―−﹘", "-"),
        "٬": ",",
        "،": ",",
        # Blanks that Unicode counts as letters or signs.
        **dict.fromkeys("\u2800\u3164\u115f\u1160", " "),
    }
)
#: Is in no word and no number, so what has it is not understood.
_NOT_PLAIN = "\ufffd"


def write_plainly(text: str) -> str:
    """Small letters without accents, digits of all scripts as 0–9, each blank as one space, no invisible characters.

    What hides a digit is not read as one: 10² is not 102.
    """
    if not text.isascii():
        text = "".join([_NOT_PLAIN if hides_digit(each) else each for each in text])
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFKC", text).lower().translate(_ALIKE)
        text = "".join([_plain_character(each) for each in text])
    return " ".join(text.lower().replace("`", "'").split())


def hides_digit(character: str) -> bool:
    """Whether a character is no digit, but Unicode would write it with one: raised, in a circle, in a fraction."""
    category = unicodedata.category(character)
    if category == "So":
        return any(map(str.isdecimal, unicodedata.normalize("NFKD", character)))
    return category in ("No", "Nl")


def _plain_character(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "" if unicodedata.category(character) == "Cf" else character
