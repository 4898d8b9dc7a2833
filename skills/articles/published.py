"""Published and scheduled articles, moved and withdrawn ones, as values that are independent of the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from skills.models import Article, FormerSlug, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedArticle:
    """A text that readers see from `updated_at` on. `reviewed_on` is the date of its last check."""

    slug: str
    title: str
    standfirst: str
    text: str
    author: str
    published_at: datetime
    updated_at: datetime
    reviewed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnArticle:
    """A withdrawn article and the reason."""

    title: str
    reason: str
    withdrawn_at: datetime


def published_articles() -> tuple[PublishedArticle, ...]:
    """Read all published and scheduled texts with one query.

    A live article with another scheduled text has two. `articles_at` selects the current one.
    """
    rows = Article.objects.published().select_related("published_revision", "scheduled_revision")
    return tuple(text for row in rows for text in _list_texts(row))


def articles_at(texts: Iterable[PublishedArticle], now: datetime) -> tuple[PublishedArticle, ...]:
    """Return each article's newest text whose time has come, newest article first."""
    seen: dict[str, PublishedArticle] = {}
    for text in texts:
        if text.updated_at <= now and (text.slug not in seen or seen[text.slug].updated_at <= text.updated_at):
            seen[text.slug] = text
    return tuple(sorted(seen.values(), key=lambda article: (-article.published_at.timestamp(), article.slug)))


def withdrawn_articles() -> dict[str, WithdrawnArticle]:
    """Read withdrawn articles by slug with one query."""
    rows = Article.objects.filter(withdrawn_at__isnull=False).select_related("published_revision")
    return {
        row.slug: WithdrawnArticle(
            title=row.published_revision.title, reason=row.withdrawal_reason, withdrawn_at=row.withdrawn_at
        )
        for row in rows
        if row.published_revision and row.withdrawn_at
    }


def moved_articles() -> dict[str, str]:
    """Read the present slug of each former slug with one query."""
    return dict(FormerSlug.objects.values_list("slug", "article__slug"))


def write_article(article: PublishedArticle) -> dict[str, Any]:
    """Convert to JSON types."""
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
    """Read what `write_article` wrote. Raises KeyError, TypeError, ValueError."""
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


def write_withdrawn(article: WithdrawnArticle) -> dict[str, str]:
    """Convert to JSON types."""
    return {"title": article.title, "reason": article.reason, "withdrawn_at": article.withdrawn_at.isoformat()}


def read_withdrawn(saved: Mapping[str, Any]) -> WithdrawnArticle:
    """Read what `write_withdrawn` wrote. Raises KeyError, TypeError, ValueError."""
    return WithdrawnArticle(
        title=str(saved["title"]),
        reason=str(saved["reason"]),
        withdrawn_at=datetime.fromisoformat(saved["withdrawn_at"]),
    )


def _list_texts(row: Article) -> Iterator[PublishedArticle]:
    if row.published_revision and row.first_published_at and row.updated_at:
        yield published_article(row, row.published_revision, row.first_published_at, row.updated_at)
    if row.scheduled_revision and row.scheduled_at:
        first = row.first_published_at or row.scheduled_at
        yield published_article(row, row.scheduled_revision, first, row.scheduled_at)


def published_article(row: Article, revision: Revision, first: datetime, updated_at: datetime) -> PublishedArticle:
    """Return the article with this text."""
    return PublishedArticle(
        slug=row.slug,
        title=revision.title,
        standfirst=revision.standfirst,
        text=revision.text,
        author=revision.author,
        published_at=first,
        updated_at=updated_at,
        reviewed_on=row.reviewed_on,
    )
