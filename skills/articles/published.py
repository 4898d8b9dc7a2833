"""Articles as readers see them, now and from the time that a text is scheduled for; where they moved, why they went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from skills.models import Article, FormerSlug, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedArticle:
    """A text, and from when on readers see it: `updated_at`. `reviewed_on` is when it was last checked."""

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
    """What is still told of an article that readers do not see any more."""

    title: str
    reason: str
    withdrawn_at: datetime


def published_articles() -> tuple[PublishedArticle, ...]:
    """All texts that readers see or are going to see, as the database has them; one query.

    An article has two while it is live and another text is scheduled. `articles_at` says which of them counts.
    """
    rows = Article.objects.published().select_related("published_revision", "scheduled_revision")
    return tuple(text for row in rows for text in _texts(row))


def articles_at(texts: Iterable[PublishedArticle], now: datetime) -> tuple[PublishedArticle, ...]:
    """What readers see at a moment: of each article the newest text whose time has come; the newest article first."""
    seen: dict[str, PublishedArticle] = {}
    for text in texts:
        if text.updated_at <= now and (text.slug not in seen or seen[text.slug].updated_at <= text.updated_at):
            seen[text.slug] = text
    return tuple(sorted(seen.values(), key=lambda article: (-article.published_at.timestamp(), article.slug)))


def withdrawn_articles() -> dict[str, WithdrawnArticle]:
    """By slug, as the database has them; one query."""
    rows = Article.objects.filter(withdrawn_at__isnull=False).select_related("published_revision")
    return {
        row.slug: WithdrawnArticle(
            title=row.published_revision.title, reason=row.withdrawal_reason, withdrawn_at=row.withdrawn_at
        )
        for row in rows
        if row.published_revision and row.withdrawn_at
    }


def moved_articles() -> dict[str, str]:
    """The present slug of an article by each that it had before; one query."""
    return dict(FormerSlug.objects.values_list("slug", "article__slug"))


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


def write_withdrawn(article: WithdrawnArticle) -> dict[str, str]:
    """As JSON knows it."""
    return {"title": article.title, "reason": article.reason, "withdrawn_at": article.withdrawn_at.isoformat()}


def read_withdrawn(saved: Mapping[str, Any]) -> WithdrawnArticle:
    """What `write_withdrawn` wrote. Raises KeyError, TypeError, ValueError."""
    return WithdrawnArticle(
        title=str(saved["title"]),
        reason=str(saved["reason"]),
        withdrawn_at=datetime.fromisoformat(saved["withdrawn_at"]),
    )


def _texts(row: Article) -> Iterator[PublishedArticle]:
    if row.published_revision and row.first_published_at and row.updated_at:
        yield published_article(row, row.published_revision, row.first_published_at, row.updated_at)
    if row.scheduled_revision and row.scheduled_at:
        first = row.first_published_at or row.scheduled_at
        yield published_article(row, row.scheduled_revision, first, row.scheduled_at)


def published_article(row: Article, revision: Revision, first: datetime, updated_at: datetime) -> PublishedArticle:
    """The article as it looks with this text."""
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
