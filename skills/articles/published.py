"""An article as readers see it: the text of its published revision, with its times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from skills.models import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedArticle:
    """`updated_at` is when its present text was published; `reviewed_on`, when it was last checked."""

    slug: str
    title: str
    standfirst: str
    text: str
    author: str
    published_at: datetime
    updated_at: datetime
    reviewed_on: date | None


def published_articles() -> tuple[PublishedArticle, ...]:
    """All of them as the database has them, newest first; one query."""
    return tuple(
        PublishedArticle(
            slug=article.slug,
            title=revision.title,
            standfirst=revision.standfirst,
            text=revision.text,
            author=revision.author,
            published_at=article.first_published_at,
            updated_at=article.updated_at,
            reviewed_on=article.reviewed_on,
        )
        for article in Article.objects.published().select_related("published_revision")
        if (revision := article.published_revision) and article.first_published_at and article.updated_at
    )


def write_article(article: PublishedArticle) -> dict[str, Any]:
    """As JSON knows it."""
    return {
        "slug": article.slug,
        "title": article.title,
        "standfirst": article.standfirst,
        "text": article.text,
        "author": article.author,
        "published_at": article.published_at.isoformat(),
        "updated_at": article.updated_at.isoformat(),
        "reviewed_on": article.reviewed_on.isoformat() if article.reviewed_on else None,
    }


def read_article(saved: Mapping[str, Any]) -> PublishedArticle:
    """What `write_article` wrote. Raises KeyError, TypeError, ValueError."""
    return PublishedArticle(
        slug=str(saved["slug"]),
        title=str(saved["title"]),
        standfirst=str(saved["standfirst"]),
        text=str(saved["text"]),
        author=str(saved["author"]),
        published_at=datetime.fromisoformat(saved["published_at"]),
        updated_at=datetime.fromisoformat(saved["updated_at"]),
        reviewed_on=date.fromisoformat(saved["reviewed_on"]) if saved["reviewed_on"] else None,
    )
