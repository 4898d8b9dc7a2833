"""What an article must be before readers see it; each problem says what is wrong, where, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from calculator.engine.edition import Edition
from skills.articles.gates.claims import false_figures
from skills.articles.gates.endings import cut_off, left_open, open_fences
from skills.articles.gates.instructions import instruction
from skills.articles.gates.names import half_names, names_out_of_place, unknown_names
from skills.articles.gates.open_ranges import open_amounts, open_range
from skills.articles.gates.passages import Kind, Passage, read_line, read_text
from skills.articles.gates.problem import Problem
from skills.articles.gates.structure import badly_built, missing
from skills.articles.published import PublishedArticle

__all__ = ["Problem", "check_text", "contradictions"]


def check_text(*, title: str, standfirst: str, text: str, edition: Edition) -> tuple[Problem, ...]:
    """Why this text may not be published under the edition; nothing if it may. Sorted as an article is read."""
    reading = read_text(text)
    lines = _lines(title, standfirst)
    problems = [
        *missing(title, standfirst, text),
        *(badly_built(reading.headings) if text.strip() else ()),
        *names_out_of_place("title", title),
        *names_out_of_place("standfirst", standfirst),
        *unknown_names(text, reading.headings, edition),
        *open_fences(reading),
        *_of_prose(lines, edition),
        *_of_prose(reading.passages, edition),
        *(problem for passage in reading.passages for problem in half_names(passage)),
    ]
    return tuple(sorted(problems, key=lambda problem: problem.place))


def contradictions(article: PublishedArticle, edition: Edition) -> tuple[Problem, ...]:
    """Which figures that are typed in an article another edition contradicts; names: skills.articles.losses."""
    passages = (*_lines(article.title, article.standfirst), *read_text(article.text).passages)
    problems = [problem for passage in passages for problem in false_figures(passage, edition)]
    return tuple(sorted(problems, key=lambda problem: problem.place))


def _lines(title: str, standfirst: str) -> tuple[Passage, Passage]:
    return read_line("title", Kind.TITLE, title), read_line("standfirst", Kind.STANDFIRST, standfirst)


def _of_prose(passages: Sequence[Passage], edition: Edition) -> Iterator[Problem]:
    for passage, following in zip_longest(passages, passages[1:]):
        yield from instruction(passage)
        yield from cut_off(passage)
        yield from left_open(passage, following)
        open_ones = list(open_amounts(passage))
        yield from (open_range(passage, amount, written) for amount, written in open_ones)
        yield from false_figures(passage, edition, besides={amount.start for amount, _ in open_ones})
