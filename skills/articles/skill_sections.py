"""Finds articles with a section about a skill."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from skills.articles.markers import skill_anchors
from skills.articles.published import PublishedArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLink:
    """An article, and the anchor of its section about the skill."""

    slug: str
    title: str
    standfirst: str
    anchor: str


def articles_about(articles: Iterable[PublishedArticle], slug: str) -> tuple[ArticleLink, ...]:
    """Return the articles with a heading marked `{skill=slug}`, in the order given."""
    found = ((article, skill_anchors(article.text).get(slug)) for article in articles)
    return tuple(
        ArticleLink(slug=article.slug, title=article.title, standfirst=article.standfirst, anchor=anchor)
        for article, anchor in found
        if anchor is not None
    )
