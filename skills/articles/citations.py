"""Citations in an article: `[@pooled-2026]` becomes a replace_citation link to the list of its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from calculator.engine import Edition, Source

# Must start at the first space: trying each space would take quadratic time.
_CITATION = re.compile(r"(?<!\s)\s*+\[@(?P<slug>[a-z0-9-]+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A text with numbers for citations, and the sources in the order of the numbers."""

    text: str
    sources: tuple[Source, ...] = field(default=())


def number_citations(text: str, edition: Edition) -> Cited:
    """Number sources in the order of their first citation; citations of unknown sources are removed."""
    order = list(dict.fromkeys(slug for slug in _find_cited(text) if slug in edition.sources))

    def replace_citation(found: re.Match[str]) -> str:
        slug = found["slug"]
        return f"[{order.index(slug) + 1}](#source-{slug})" if slug in order else ""

    return Cited(text=_CITATION.sub(replace_citation, text), sources=tuple(edition.sources[slug] for slug in order))


def unknown_citations(text: str, edition: Edition) -> Iterator[re.Match[str]]:
    """Return the citations, in order, whose `slug` is no source of the edition."""
    return (found for found in _CITATION.finditer(text) if found["slug"] not in edition.sources)


def _find_cited(text: str) -> list[str]:
    return [found["slug"] for found in _CITATION.finditer(text)]
