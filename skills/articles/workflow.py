"""Saves, schedules, publishes, withdraws and moves articles.

Texts are added, never changed. A scheduled text is published by the clock alone: nothing runs at that time, and the
next change of the article records it first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from skills.articles.article_status import Action, settle, why_not
from skills.editions.publish import bump_revision
from skills.models import Article, FormerSlug, Revision

_LIFE = (
    "slug",
    "published_revision",
    "scheduled_revision",
    "scheduled_at",
    "withdrawn_at",
    "withdrawal_reason",
    "first_published_at",
    "updated_at",
    "reviewed_on",
)


class NotPossible(ValueError):
    """The article's state does not allow this; the message says why, and what to do instead."""


def save_revision(
    article: Article, *, title: str, standfirst: str, text: str, author: str, saved_by: str, at: datetime | None = None
) -> Revision:
    """Add a draft to the article's history."""
    at = at or timezone.now()
    with _change_article(article.pk, at) as row:
        newest = row.revisions.aggregate(newest=Max("number"))["newest"] or 0
        return Revision.objects.create(
            article=row,
            number=newest + 1,
            title=title,
            standfirst=standfirst,
            text=text,
            author=author,
            saved_by=saved_by,
            saved_at=at,
        )


def restore_revision(revision: Revision, *, saved_by: str, at: datetime | None = None) -> Revision:
    """Add an old text to the history again, as a draft. Raises NotPossible if it is the newest."""
    newest = Revision.objects.filter(article=revision.article_id).order_by("-number").first()
    if newest == revision:
        raise NotPossible(f"{revision} is the newest text already.")
    return save_revision(
        revision.article,
        title=revision.title,
        standfirst=revision.standfirst,
        text=revision.text,
        author=revision.author,
        saved_by=saved_by,
        at=at,
    )


def publish_revision(revision: Revision, *, at: datetime | None = None) -> Article:
    """Publish this text now; every process shows it within seconds. Raises NotPossible.

    A scheduled older text is unscheduled: a schedule never returns to an older text.
    """
    at = at or timezone.now()
    with _change_article(revision.article_id, at, Action.PUBLISH) as row:
        if row.published_revision_id == revision.pk:
            raise NotPossible("Readers see this text already.")
        row.published_revision = revision
        row.updated_at = at
        row.first_published_at = row.first_published_at or at
        if row.scheduled_revision and row.scheduled_revision.number <= revision.number:
            row.scheduled_revision = row.scheduled_at = None
        bump_revision()
    return row


def schedule_revision(revision: Revision, *, at: datetime, now: datetime | None = None) -> Article:
    """Schedule this text, in place of one that was scheduled before. Raises NotPossible."""
    now = now or timezone.now()
    with _change_article(revision.article_id, now, Action.SCHEDULE) as row:
        if at <= now:
            raise NotPossible("The time must be in the future. To publish at once, choose “Publish now”.")
        if row.published_revision and revision.number <= row.published_revision.number:
            raise NotPossible("Readers see this text already, or a newer one. To go back to an old text, restore it.")
        row.scheduled_revision, row.scheduled_at = revision, at
        bump_revision()
    return row


def unschedule(article: Article, *, at: datetime | None = None) -> Article:
    """Unschedule the text; it stays in the history. Raises NotPossible."""
    with _change_article(article.pk, at or timezone.now(), Action.UNSCHEDULE) as row:
        row.scheduled_revision = row.scheduled_at = None
        bump_revision()
    return row


def withdraw_article(article: Article, *, reason: str, at: datetime | None = None) -> Article:
    """Withdraw and unschedule the article; its address shows the reason. Raises NotPossible."""
    at = at or timezone.now()
    with _change_article(article.pk, at, Action.WITHDRAW) as row:
        if not (reason := reason.strip()):
            raise NotPossible("A withdrawal needs a reason, which readers see at the article’s address.")
        row.withdrawn_at, row.withdrawal_reason = at, reason
        row.scheduled_revision = row.scheduled_at = None
        bump_revision()
    return row


def take_back_withdrawal(article: Article, *, at: datetime | None = None) -> Article:
    """Undo a withdrawal. Raises NotPossible."""
    with _change_article(article.pk, at or timezone.now(), Action.TAKE_BACK) as row:
        row.withdrawn_at, row.withdrawal_reason = None, ""
        bump_revision()
    return row


def move_article(article: Article, slug: str, *, at: datetime | None = None) -> Article:
    """Change the article's address; the former one redirects to it. Raises NotPossible."""
    with _change_article(article.pk, at or timezone.now()) as row:
        if slug == row.slug:
            return row
        if why := why_slug_is_taken(slug, row.pk):
            raise NotPossible(why)
        FormerSlug.objects.filter(slug=slug, article=row).delete()
        if row.first_published_at:
            FormerSlug.objects.create(slug=row.slug, article=row)
        row.slug = slug
        bump_revision()
    return row


def review_article(article: Article, reviewed_on: date | None, *, at: datetime | None = None) -> Article:
    """Record when an editor last checked the text against the figures; readers see it."""
    with _change_article(article.pk, at or timezone.now()) as row:
        row.reviewed_on = reviewed_on
        bump_revision()
    return row


def why_slug_is_taken(slug: str, pk: int = 0) -> str:
    """Return why the article cannot have this slug; empty if it can. A slug belongs to one article for ever."""
    if Article.objects.filter(slug=slug).exclude(pk=pk).exists():
        return f"Another article is at /articles/{slug}/."
    former = FormerSlug.objects.filter(slug=slug).exclude(article=pk).select_related("article").first()
    return f"/articles/{slug}/ was the address of {former.article} and still leads there." if former else ""


@contextmanager
def _change_article(pk: int, now: datetime, action: Action | None = None) -> Iterator[Article]:
    """Lock the article's row, settle it, and save it afterwards. Raises NotPossible."""
    with transaction.atomic():
        row = Article.objects.select_for_update().get(pk=pk)
        settle(row, now)
        if action and (why := why_not(row, action)):
            raise NotPossible(why)
        yield row
        row.save(update_fields=_LIFE)
