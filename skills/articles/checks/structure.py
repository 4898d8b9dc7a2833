"""Checks an article's structure: required fields, headings, code blocks, and raw HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from skills.articles.checks.findings import Finding, make_error, make_warning, shorten
from skills.articles.passages import Heading, MarkKind, Reading

_HIGHEST = 2


def check_fields(title: str, standfirst: str, text: str) -> Iterator[Finding]:
    """Find missing fields."""
    if not title.strip():
        yield make_error("title", None, "", "There is no title.", "Name what the article is about.")
    if not standfirst.strip():
        suggestion = "Say in one or two sentences what the reader will learn."
        yield make_error("standfirst", None, "", "There is no standfirst.", suggestion)
    if not text.strip():
        yield make_error("text", None, "", "There is no text.", "Write it before publishing.")


def find_html(reading: Reading) -> Iterator[Finding]:
    """Find tags and comments, which the page prints as typed."""
    for passage in reading.passages:
        for mark in passage.marks:
            if mark.kind is MarkKind.HTML:
                tag = shorten(mark.target)
                message = f"“{tag}” is HTML, and readers would see it as typed."
                suggestion = "Write Markdown instead, as **bold** or [a link](/skills/), or put code between `marks`."
                yield make_error("text", mark.line, tag, message, suggestion)


def check_headings(headings: Sequence[Heading]) -> Iterator[Finding]:
    """Find problems of the headings, in a text that is not empty."""
    if not any(heading.level == _HIGHEST for heading in headings):
        suggestion = "Begin each part with a heading, as “## What is measured”."
        yield make_warning("text", None, "", "There is no section.", suggestion)
    for heading in headings:
        yield from _check_heading(heading)
    yield from _find_skipped(headings)
    yield from _find_repeated(headings)


def find_open_fences(reading: Reading) -> Iterator[Finding]:
    for line in reading.open_fences:
        suggestion = "Close it with the same marks on a line of their own."
        yield make_warning("text", line, "", "The code block that begins here has no end.", suggestion)


def _check_heading(heading: Heading) -> Iterator[Finding]:
    if not heading.title.strip():
        suggestion = "Write what its section says, or cut it."
        yield make_warning("text", heading.line, "", "This heading has no words.", suggestion)
        return
    if heading.level < _HIGHEST:
        message = "is a heading of level 1, which is the title's alone."
        yield _warn(heading, message, "Begin it with ##.")
    if heading.is_empty:
        yield _warn(heading, "has nothing below it.", "Write the section, or cut its heading.")


def _find_skipped(headings: Sequence[Heading]) -> Iterator[Finding]:
    levels = [1, *(heading.level for heading in headings)]
    for heading, (above, level) in zip(headings, pairwise(levels), strict=True):
        if level > above + 1:
            yield _warn(heading, "skips a level below the heading before it.", f"Write {'#' * (above + 1)}.")


def _find_repeated(headings: Sequence[Heading]) -> Iterator[Finding]:
    seen = dict[str, int]()
    for heading in headings:
        title = " ".join(heading.title.casefold().split())
        if title and title in seen:
            message = f"is a heading in line {seen[title]} already."
            yield _warn(heading, message, "Say what sets this section apart.")
        seen.setdefault(title, heading.line)


def _warn(heading: Heading, message: str, suggestion: str) -> Finding:
    title = shorten(heading.title)
    return make_warning("text", heading.line, title, f"“{title}” {message}", suggestion)
