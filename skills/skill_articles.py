"""Which articles have a section about a skill."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from skills.articles.published import PublishedArticle
from skills.markdown import read_sections

_MARKER = "skill"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLink:
    """An article, and where in it the skill is spoken of."""

    slug: str
    title: str
    standfirst: str
    anchor: str


def articles_about(articles: Iterable[PublishedArticle], slug: str) -> tuple[ArticleLink, ...]:
    """Those with a heading marked `{skill=slug}`, in the order given."""
    found = ((article, _anchors(article.text).get(slug)) for article in articles)
    return tuple(
        ArticleLink(slug=article.slug, title=article.title, standfirst=article.standfirst, anchor=anchor)
        for article, anchor in found
        if anchor is not None
    )


@lru_cache(maxsize=128)
def _anchors(text: str) -> dict[str, str]:
    """The first heading about each skill that a text marks; texts are parsed once."""
    anchors: dict[str, str] = {}
    for section in read_sections(text):
        if section.marker and section.marker[0] == _MARKER:
            anchors.setdefault(section.marker[1], section.anchor)
    return anchors
