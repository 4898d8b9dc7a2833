"""The methodology as the page shows it: `docs/methodology.md`, read once a process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.safestring import SafeString

from earnverdict import figures
from skills.markdown import Section, read_sections

# No line breaks between a number and its sign.
_PERCENT = re.compile(r"(?<=\d) (?=%)")

FILE = settings.BASE_DIR / "docs" / "methodology.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Methodology:
    """Its title, what stands under it, and the chapters."""

    title: str
    lead: SafeString
    chapters: tuple[Section, ...]


def methodology() -> Methodology:
    """In development a change of the file shows at once."""
    return _read(FILE.stat().st_mtime_ns if settings.DEBUG else 0)


@lru_cache(maxsize=1)
def _read(changed_at: int) -> Methodology:
    text = _PERCENT.sub(figures.NO_BREAK_SPACE, FILE.read_text(encoding="utf-8"))
    first, *chapters = read_sections(text)
    return Methodology(title=first.title, lead=first.html, chapters=tuple(chapters))
