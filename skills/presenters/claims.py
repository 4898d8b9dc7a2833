"""Names the sources of a claim about pay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from calculator.engine import Source
from earnverdict import formatting
from earnverdict.seo import SITE_NAME

#: Up to this many sources of a claim are named; of more, the first is named and the others are counted.
MAX_NAMED_SOURCES = 2


def name_sources(sources: Iterable[Source]) -> str:
    """Say who claims it and when, our own articles first: "our own article of April 2026", "Lightcast 2025"."""
    ordered = sorted(sources, key=lambda source: source.publisher != SITE_NAME)
    names = [_name_source(source) for source in ordered]
    if len(names) > MAX_NAMED_SOURCES:
        names = [names[0], f"{formatting.count_word(len(names) - 1)} others"]
    return formatting.listing(names)


def _name_source(source: Source) -> str:
    if source.publisher == SITE_NAME:
        return f"our own article of {_month_of(source.published)}"
    return f"{source.publisher} {source.published[:4]}".strip()


def _month_of(day: str) -> str:
    """Write the month of an ISO date: April 2026. A source may give the year alone."""
    try:
        return f"{date.fromisoformat(day):%B %Y}"
    except ValueError:
        return day
