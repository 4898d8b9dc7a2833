"""Reads article files: a few named lines, then Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from skills.line_ends import normalize_line_ends

_NAMES = ("title", "standfirst", "author", "published_on", "reviewed_on")


class BadArticle(ValueError):
    """The file is not an article; the message says what is missing or wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    """The content of an article file."""

    title: str
    standfirst: str
    author: str
    published_at: datetime
    reviewed_on: date
    text: str


def read_file(content: str) -> ArticleFile:
    """Read the named lines between two `---`, and the text after them. Raises BadArticle."""
    start, head, text = (*normalize_line_ends(content).split("---\n", 2), "", "")[:3]
    pairs = (line.split(": ", 1) for line in head.splitlines() if ": " in line)
    named = {name: _without_quotes(value.strip()) for name, value in pairs}
    if start or set(named) != set(_NAMES):
        raise BadArticle(f"An article begins with `---`, one line each of {', '.join(_NAMES)}, and `---`.")
    if not text.strip():
        raise BadArticle("There is no text.")
    try:
        published_on = date.fromisoformat(named["published_on"])
        reviewed_on = date.fromisoformat(named["reviewed_on"])
    except ValueError as error:
        raise BadArticle(f"Dates are written as 2026-11-22: {error}") from None
    return ArticleFile(
        title=named["title"],
        standfirst=named["standfirst"],
        author=named["author"],
        published_at=datetime.combine(published_on, time(), UTC),
        reviewed_on=reviewed_on,
        text=text.strip() + "\n",
    )


def _without_quotes(value: str) -> str:
    """The value without the quotation marks around the whole of it, which other tools put there because of a colon."""
    mark, inner = value[:1], value[1:-1]
    is_quoted = len(value) > 1 and mark in ('"', "'") and value.endswith(mark) and mark not in inner
    return inner if is_quoted else value
