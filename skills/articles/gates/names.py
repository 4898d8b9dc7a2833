"""Figures, sources and skills that a text names and the edition does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
    position = 0
    for written in unknown_references(text, edition):
        position = text.index(written, position)
        advice = "Correct the name, or write the sentence without it."
        yield _problem(text, position, f"Edition {edition.number} has no figure for “{written}”. {advice}")
        position += len(written)


def _citations(text: str, edition: Edition) -> Iterator[Problem]:
    for slug in unknown_citations(text, edition):
        for found in re.finditer(re.escape(f"[@{slug}]"), text):
            advice = "Cite one of its sources, or cut the citation."
            yield _problem(text, found.start(), f"Edition {edition.number} has no source “{slug}”. {advice}")


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


def _problem(text: str, position: int, message: str) -> Problem:
    line = len(_LINE_END.findall(text, 0, position)) + 1
    return Problem(field="text", line=line, message=message)
