"""Prepares an article for its page: sections with figures, contents, sources, further reading."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.safestring import SafeString

from calculator.engine import Edition, Source
from earnverdict import formatting
from skills.articles import references
from skills.articles.citations import number_citations
from skills.articles.markdown import Section, plain_words, read_sections
from skills.articles.markers import SKILL_MARKER, skill_anchors
from skills.articles.published import PublishedArticle
from skills.articles.references import fill_in
from skills.catalogue.premiums import skill_premium
from skills.charts.premium import PremiumChart, draw_premium_chart
from skills.presenters.grades import ASK_FOR_THE_WORK
from skills.presenters.skill import describe_basis, describe_expected

WORDS_A_MINUTE = 220
MAX_NEXT_READS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresBox:
    """What the edition knows of a skill, next to the section about it; texts are empty where nothing is measured."""

    slug: str
    name: str
    chart: PremiumChart | None
    expected: str
    basis: str
    advice: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionText:
    """A section of the text; the lead has no title."""

    title: str
    anchor: str
    is_nested: bool
    html: SafeString
    box: FiguresBox | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """An article in a list."""

    slug: str
    title: str
    standfirst: str
    author: str
    published_at: datetime
    published: str
    minutes: str
    skills: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """Everything the template prints of an article. Dates that would repeat another are empty."""

    summary: ArticleSummary
    updated: str
    reviewed: str
    sections: tuple[SectionText, ...]
    sources: tuple[Source, ...]
    next_reads: tuple[ArticleSummary, ...]
    skills_query: str


def present_article(article: PublishedArticle, others: Sequence[PublishedArticle], edition: Edition) -> ArticlePage:
    cited = number_citations(fill_in(article.text, edition), edition)
    summary = summarise(article, edition)
    is_updated = article.updated_at.date() != article.published_at.date()
    return ArticlePage(
        summary=summary,
        updated=formatting.day(article.updated_at) if is_updated else "",
        reviewed=formatting.day(article.reviewed_on) if article.reviewed_on else "",
        sections=tuple(_render_section(section, edition) for section in read_sections(cited.text)),
        sources=cited.sources,
        next_reads=_next_reads(article, others, edition),
        skills_query="&".join(f"skill={slug}" for slug, _ in summary.skills),
    )


def summarise(article: PublishedArticle, edition: Edition) -> ArticleSummary:
    words = _count_words(fill_in(article.text, edition))
    return ArticleSummary(
        slug=article.slug,
        title=article.title,
        standfirst=article.standfirst,
        author=article.author,
        published_at=article.published_at,
        published=formatting.day(article.published_at),
        minutes=f"{formatting.plural(max(1, math.ceil(words / WORDS_A_MINUTE)), 'minute')} to read",
        skills=tuple((slug, edition.skills[slug].name) for slug in skills_of(article) if slug in edition.skills),
    )


def skills_of(article: PublishedArticle) -> tuple[str, ...]:
    """Return the skills of its headings' markers, in order."""
    return tuple(skill_anchors(article.text))


@lru_cache(maxsize=64)
def _count_words(text: str) -> int:
    """Count the words, for the reading time in lists. Cached, because counting those of all articles takes 7 ms."""
    return len(plain_words(text))


def _render_section(section: Section, edition: Edition) -> SectionText:
    name, value = section.marker or ("", "")
    return SectionText(
        title=section.title,
        anchor=section.anchor,
        is_nested=section.level > 2,
        html=section.html,
        box=_make_box(value, edition) if name == SKILL_MARKER and value in edition.skills else None,
    )


def _make_box(slug: str, edition: Edition) -> FiguresBox:
    found = skill_premium(edition, slug)
    return FiguresBox(
        slug=slug,
        name=found.skill.name,
        chart=draw_premium_chart(found, edition),
        expected=describe_expected(found),
        basis=describe_basis(found),
        advice=ASK_FOR_THE_WORK if found.rests_on_duties else "",
        hours=references.hours(edition, slug),
    )


def _next_reads(
    article: PublishedArticle, others: Sequence[PublishedArticle], edition: Edition
) -> tuple[ArticleSummary, ...]:
    """Return the articles with the most skills in common first, then the newest."""
    skills = set(skills_of(article))
    ranked = sorted(
        (other for other in others if other.slug != article.slug),
        key=lambda other: (-len(skills & set(skills_of(other))), -other.published_at.timestamp(), other.slug),
    )
    return tuple(summarise(other, edition) for other in ranked[:MAX_NEXT_READS])
