"""Figures, sources and skills that a text names and the edition does not know."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from calculator.engine.edition import Edition
from skills.articles.citations import unknown_citations
from skills.articles.gates.passages import Heading, Passage
from skills.articles.gates.problem import Problem
from skills.articles.markers import SKILL_MARKER
from skills.articles.references import unknown_references

# Whole references are no prose any more where this is looked for.
_HALF = re.compile(r"\{\{[^\n]{0,40}|\[@(?![a-z0-9-]+\])[^\]\n]{0,40}\]?")
_LINE_END = re.compile(r"\r\n?|\n")


def unknown_names(text: str, headings: Sequence[Heading], edition: Edition) -> Iterator[Problem]:
    yield from _references(text, edition)
    yield from _citations(text, edition)
    for heading in headings:
        yield from _marker(heading, edition)


def half_names(passage: Passage) -> Iterator[Problem]:
    """What was meant to name a figure or a source and names nothing, so that readers would see its brackets."""
    for found in _HALF.finditer(passage.words):
        example = "{{ kubernetes.premium }}" if found[0].startswith("{{") else "[@pooled-2026]"
        message = f"“{found[0].strip()}” names nothing. Write it as {example}."
        yield Problem(field=passage.field, line=passage.line_at(found.start()), message=message)


def names_out_of_place(field: str, words: str) -> Iterator[Problem]:
    """Titles and standfirsts are printed as they are."""
    if found := re.search(r"\{\{[^{}]*\}?\}?|\[@[^\]\s]*\]?", words):
        message = f"“{found[0]}” is not filled in here. Write it in the text, and the {field} without it."
        yield Problem(field=field, line=None, message=message)


def _references(text: str, edition: Edition) -> Iterator[Problem]:
    position, line_at = 0, _line_numbers(text)
    for written in unknown_references(text, edition):
        position = text.index(written, position)
        advice = "Correct the name, or write the sentence without it."
        yield _problem(line_at(position), f"Edition {edition.number} has no figure for “{written}”. {advice}")
        position += len(written)


def _citations(text: str, edition: Edition) -> Iterator[Problem]:
    line_at = _line_numbers(text)
    for found in unknown_citations(text, edition):
        advice = "Cite one of its sources, or cut the citation."
        message = f"Edition {edition.number} has no source “{found['slug']}”. {advice}"
        yield _problem(line_at(found.start("slug")), message)


def _marker(heading: Heading, edition: Edition) -> Iterator[Problem]:
    if heading.marker is None:
        if found := re.search(r"(?<!\{)\{(?!\{)[^{}]*\}?\s*$", heading.written):
            message = f"“{found[0]}” marks nothing. End the heading in {{skill=kubernetes}}, or cut it."
            yield Problem(field="text", line=heading.line, message=message)
        return
    name, value = heading.marker
    if name != SKILL_MARKER:
        message = f"“{{{name}={value}}}” marks nothing. Write {{skill={value}}}, or cut it."
        yield Problem(field="text", line=heading.line, message=message)
    elif value not in edition.skills:
        message = f"Edition {edition.number} has no skill “{value}”. Correct {{skill={value}}}, or cut it."
        yield Problem(field="text", line=heading.line, message=message)


def _line_numbers(text: str) -> Callable[[int], int]:
    """Finds the line, from 1, that a position of the text is in."""
    starts = [found.end() for found in _LINE_END.finditer(text)]
    return lambda position: bisect_right(starts, position) + 1


def _problem(line: int, message: str) -> Problem:
    return Problem(field="text", line=line, message=message)
