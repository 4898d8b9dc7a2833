"""Checks of an article before readers see it. Errors stop publication, warnings can be overruled."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from calculator.engine import Edition
from skills.articles.checks import references, structure, style, typed_figures
from skills.articles.checks.findings import Finding, Severity
from skills.articles.passages import Kind, Passage, read_line, read_text
from skills.articles.published import PublishedArticle

__all__ = ["Finding", "Severity", "check_article", "find_contradictions"]


def check_article(
    *, title: str, standfirst: str, text: str, edition: Edition, articles: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Return all findings in reading order. `articles` are the slugs to which the text may link."""
    reading = read_text(text)
    passages = (*_read_lines(title, standfirst), *reading.passages)
    figures = list(typed_figures.find_typed_figures(reading, passages, edition))
    return _in_order(
        [
            *structure.check_fields(title, standfirst, text),
            *(structure.check_headings(reading.headings) if text.strip() else ()),
            *structure.find_open_fences(reading),
            *structure.find_html(reading),
            *references.find_names_out_of_place(title, standfirst),
            *references.find_unknown_names(text, reading.headings, edition),
            *typed_figures.check_cited_figures(reading, passages, edition),
            *(finding for passage in reading.passages for finding in references.find_half_names(passage)),
            *references.check_links(text, reading, edition, articles),
            *references.check_images(reading),
            *figures,
            *style.check_style(passages, reported={(figure.field, figure.line, figure.passage) for figure in figures}),
        ]
    )


def find_contradictions(article: PublishedArticle, edition: Edition) -> tuple[Finding, ...]:
    """Return typed and cited figures that are wrong in another edition. For lost names see `skills.articles.losses`."""
    reading = read_text(article.text)
    passages = (*_read_lines(article.title, article.standfirst), *reading.passages)
    figures = typed_figures.find_typed_figures(reading, passages, edition, only_wrong=True)
    return _in_order([*typed_figures.check_cited_figures(reading, passages, edition), *figures])


def _read_lines(title: str, standfirst: str) -> tuple[Passage, Passage]:
    return read_line("title", Kind.TITLE, title), read_line("standfirst", Kind.STANDFIRST, standfirst)


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.place))
