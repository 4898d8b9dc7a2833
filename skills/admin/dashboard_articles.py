"""What the editors' first page lists of articles: drafts, scheduled and withdrawn ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from skills.admin.article_status import moment
from skills.admin.dashboard_section import MAX_ITEMS, Item, Section
from skills.articles.article_status import settle
from skills.models import Article, Revision

#: How long a withdrawn article is listed.
WITHDRAWN_LATELY = timedelta(days=30)


def list_articles(request: HttpRequest, now: datetime) -> Iterable[Section]:
    """List drafts, scheduled and withdrawn articles, with one query for all three."""
    if not request.user.has_perm("skills.change_article"):
        return
    articles = list(_articles_to_look_at(now))
    for article in articles:
        settle(article, now)
    drafts = [article for article in articles if article.newest_pk not in (None, *_finished_revisions(article))]
    scheduled = sorted((article for article in articles if article.scheduled_at), key=lambda each: each.scheduled_at)
    lately = now - WITHDRAWN_LATELY
    withdrawn = [article for article in articles if article.withdrawn_at and article.withdrawn_at > lately]
    yield _article_section("Drafts", "Texts that are newer than what readers see.", drafts, _describe_draft)
    yield _article_section("Scheduled", "Readers see it once its time has come.", scheduled, _describe_scheduled)
    yield _article_section("Withdrawn lately", "With the reason that readers see.", withdrawn, _describe_withdrawn)


def _articles_to_look_at(now: datetime) -> QuerySet[Any]:
    """Return articles with their newest text, latest first."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    articles = Article.objects.annotate(
        newest_pk=Subquery(newest.values("pk")[:1]),
        newest_title=Subquery(newest.values("title")[:1]),
        saved_by=Subquery(newest.values("saved_by")[:1]),
        saved_at=Subquery(newest.values("saved_at")[:1]),
    ).select_related("scheduled_revision")
    is_published = Q(published_revision__isnull=False, published_revision=F("newest_pk"))
    is_news = Q(scheduled_at__isnull=False) | Q(withdrawn_at__gt=now - WITHDRAWN_LATELY)
    return articles.filter(~is_published | is_news).order_by("-saved_at", "slug")


def _finished_revisions(article: Any) -> tuple[int | None, ...]:
    """Return the revisions that need no work: the published and the scheduled one."""
    return article.published_revision_id, article.scheduled_revision_id


def _article_section(title: str, lead: str, articles: Sequence[Any], detail: Callable[[Any], str]) -> Section:
    items = [
        Item(
            text=article.newest_title or article.slug,
            address=reverse("admin:skills_article_change", args=[article.pk]),
            detail=detail(article),
        )
        for article in articles[:MAX_ITEMS]
    ]
    more = Item(text="All articles", address=reverse("admin:skills_article_changelist"))
    has_more = len(articles) > MAX_ITEMS
    return Section(title=title, items=items, lead=lead, count=len(articles), more=more if has_more else None)


def _describe_draft(article: Any) -> str:
    saved = f"Saved by {article.saved_by} on {moment(article.saved_at)}."
    if article.withdrawn_at:
        return f"{saved} The article is withdrawn."
    return f"{saved} Readers see {'an older text' if article.published_revision_id else 'nothing of it yet'}."


def _describe_scheduled(article: Any) -> str:
    return f"Revision {article.scheduled_revision.number} on {moment(article.scheduled_at)}."


def _describe_withdrawn(article: Any) -> str:
    return f"“{article.withdrawal_reason}” Since {moment(article.withdrawn_at)}."
