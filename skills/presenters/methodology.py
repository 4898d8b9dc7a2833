"""Reads `docs/methodology.md` for its page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString

from earnverdict.formatting import NO_BREAK_SPACE
from skills.articles.markdown import Section, read_sections

# No line break between a number and its sign.
_PERCENT = re.compile(r"(?<=\d) (?=%)")

FILE = settings.BASE_DIR / "docs" / "methodology.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Methodology:
    """The title, the introduction, and the chapters."""

    title: str
    lead: SafeString
    chapters: tuple[Section, ...]


def methodology() -> Methodology:
    """Read the file."""
    text = _PERCENT.sub(NO_BREAK_SPACE, FILE.read_text(encoding="utf-8"))
    first, *chapters = read_sections(text)
    return Methodology(title=first.title, lead=first.html, chapters=tuple(chapters))
