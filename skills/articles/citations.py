"""Citations in an article: `[@pooled-2026]` becomes a numbered link to the list of its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from calculator.engine import Edition, Source

# Begins where the spaces begin: from each space in turn it would take time that grows with the square of their number.
_CITATION = re.compile(r"(?<!\s)\s*+\[@(?P<slug>[a-z0-9-]+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The text with numbers for citations, and what the numbers stand for, in order."""

    text: str
    sources: tuple[Source, ...] = field(default=())


def number_citations(text: str, edition: Edition) -> Cited:
    """Sources are numbered as they are first cited; one that the edition does not have leaves no mark."""
    order = list(dict.fromkeys(slug for slug in _cited(text) if slug in edition.sources))

    def numbered(found: re.Match[str]) -> str:
        slug = found["slug"]
        return f"[{order.index(slug) + 1}](#source-{slug})" if slug in order else ""

    return Cited(text=_CITATION.sub(numbered, text), sources=tuple(edition.sources[slug] for slug in order))


def unknown_citations(text: str, edition: Edition) -> Iterator[re.Match[str]]:
    """The citations, in order, whose `slug` is no source of the edition."""
    return (found for found in _CITATION.finditer(text) if found["slug"] not in edition.sources)


def _cited(text: str) -> list[str]:
    return [found["slug"] for found in _CITATION.finditer(text)]
