"""The skeleton of an article: what it must have, and headings that readers and contents lists can rely on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from skills.articles.gates.passages import Heading
from skills.articles.gates.problem import Problem

_HIGHEST = 2


def missing(title: str, standfirst: str, text: str) -> Iterator[Problem]:
    if not title.strip():
        yield Problem(field="title", line=None, message="There is no title. Name what the article is about.")
    if not standfirst.strip():
        message = "There is no standfirst. Say in one or two sentences what the reader will know."
        yield Problem(field="standfirst", line=None, message=message)
    if not text.strip():
        yield Problem(field="text", line=None, message="There is no text. Write it before publishing.")


def badly_built(headings: Sequence[Heading]) -> Iterator[Problem]:
    """Problems of the headings of a text that is not empty."""
    if not any(heading.level == _HIGHEST for heading in headings):
        message = "There is no section. Begin each part with a heading, as “## What is measured”."
        yield Problem(field="text", line=None, message=message)
    for heading in headings:
        yield from _wrong(heading)
    yield from _skipped(headings)
    yield from _repeated(headings)


def _wrong(heading: Heading) -> Iterator[Problem]:
    if not heading.title.strip():
        yield _problem(heading, "This heading has no words. Write what its section says, or cut it.")
        return
    if heading.level < _HIGHEST:
        advice = "is a heading of level 1, which is the title's alone. Begin it with ##."
        yield _problem(heading, f"“{heading.title}” {advice}")
    if heading.is_empty:
        yield _problem(heading, f"“{heading.title}” has nothing below it. Write the section, or cut its heading.")


def _skipped(headings: Sequence[Heading]) -> Iterator[Problem]:
    levels = [1, *(heading.level for heading in headings)]
    for heading, (above, level) in zip(headings, pairwise(levels), strict=True):
        if level > above + 1:
            fitting = "#" * (above + 1)
            yield _problem(heading, f"“{heading.title}” skips a level below the heading before it. Write {fitting}.")


def _repeated(headings: Sequence[Heading]) -> Iterator[Problem]:
    seen = dict[str, int]()
    for heading in headings:
        title = " ".join(heading.title.casefold().split())
        if title and title in seen:
            advice = f"is a heading in line {seen[title]} already. Say what sets this section apart."
            yield _problem(heading, f"“{heading.title}” {advice}")
        seen.setdefault(title, heading.line)


def _problem(heading: Heading, message: str) -> Problem:
    return Problem(field="text", line=heading.line, message=message)
