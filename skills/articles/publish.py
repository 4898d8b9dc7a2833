"""Saving and publishing articles: a text is added, never changed, and readers see the one that was published."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from skills.editions.publish import bump_revision
from skills.models import Article, Revision


def save_revision(
    article: Article, *, title: str, standfirst: str, text: str, author: str, saved_by: str, at: datetime | None = None
) -> Revision:
    """Add a text to the article's history; readers see nothing of it yet."""
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)  # two who save at once get a number each
        newest = article.revisions.aggregate(newest=Max("number"))["newest"] or 0
        return Revision.objects.create(
            article=article,
            number=newest + 1,
            title=title,
            standfirst=standfirst,
            text=text,
            author=author,
            saved_by=saved_by,
            saved_at=at or timezone.now(),
        )


def publish_revision(revision: Revision, *, at: datetime | None = None) -> Article:
    """Let readers see this text from now on; every process learns of it within seconds."""
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=revision.article_id)
        article.published_revision = revision
        article.updated_at = at or timezone.now()
        article.first_published_at = article.first_published_at or article.updated_at
        article.save(update_fields=["published_revision", "updated_at", "first_published_at"])
        bump_revision()
        return article
