"""What is likely a mistake in the text of a cell: characters that nobody sees, and text that was decoded wrongly."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import takewhile

# Zero-width characters that no language needs; joiners and marks of direction have their use.
_NEVER_MEANT = re.compile("[\u00ad\u180e\u200b\u2060\ufeff]")
# Slugs of countries are two letters: each would be close to many.
_MIN_LETTERS_TO_COMPARE = 4


def _misread(byte: int) -> str:
    """The character that a program shows for a byte when it takes the text for Windows-1252."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTES = {_misread(byte): byte for byte in range(0x80, 0x100)}
_AFTER_FIRST = f"[{re.escape(''.join(map(_misread, range(0x80, 0xC0))))}]"
# UTF-8 that was read as Windows-1252: Latin letters, two letters of Greek or Cyrillic, or three and four bytes.
_WRONGLY_DECODED = re.compile(
    f"[Â-Å]{_AFTER_FIRST}|(?:[Î-Ñ]{_AFTER_FIRST}){{2}}|[à-ï]{_AFTER_FIRST}{{2}}|[ð-ô]{_AFTER_FIRST}{{3}}"
)


def invisible_character(text: str, *, any_format: bool = False) -> str:
    """`ZERO WIDTH SPACE, U+200B`, of the first one that cannot be meant; `any_format` finds all that are invisible."""
    if text.isascii():
        return ""
    if any_format:
        found = next((letter for letter in text if unicodedata.category(letter) == "Cf"), "")
    else:
        match = _NEVER_MEANT.search(text)
        found = match[0] if match else ""
    return f"{unicodedata.name(found, 'no name').lower()}, U+{ord(found):04X}" if found else ""


def decode_again(text: str) -> str:
    """What was likely meant by a text such as “ZÃ¼rich”; empty where it looks right."""
    if text.isascii():
        return ""
    meant = _WRONGLY_DECODED.sub(_decode_match, text)
    return meant if meant != text else ""


class SlugIndex:
    """Slugs, to find one that another slug differs from by one letter."""

    def __init__(self, slugs: Iterable[str]) -> None:
        self._with_one_letter_less: Mapping[str, list[str]] = defaultdict(list)
        for slug in slugs:
            for shorter in _with_one_letter_less(slug):
                self._with_one_letter_less[shorter].append(slug)

    def near(self, slug: str) -> str:
        """A slug with one letter more, less, changed, or two neighbours swapped; empty where there is none."""
        if len(slug) < _MIN_LETTERS_TO_COMPARE:
            return ""
        found = {
            known
            for shorter in _with_one_letter_less(slug)
            for known in self._with_one_letter_less.get(shorter, ())
            if _differ_by_one_letter(slug, known)
        }
        return min(found, default="")


def _with_one_letter_less(slug: str) -> set[str]:
    """The slug, and all that it becomes without one of its letters: slugs one letter apart share one of these."""
    return {slug, *(slug[:index] + slug[index + 1 :] for index in range(len(slug)))}


def _differ_by_one_letter(one: str, other: str) -> bool:
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    one, other = one[same:], other[same:]
    is_swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return (one or other) != "" and (one[1:] == other[1:] or one[1:] == other or one == other[1:] or is_swapped)


def _decode_match(match: re.Match[str]) -> str:
    try:
        return bytes(map(_BYTES.__getitem__, match[0])).decode()
    except UnicodeDecodeError:
        return match[0]
