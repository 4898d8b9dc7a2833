"""The life of an article: saving, scheduling, publishing, withdrawing and moving it.

A text is added, never changed. What is scheduled becomes what readers see by the clock alone, so nothing runs at that
time: whoever changes the article next writes it down first.
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
    """Something that cannot be done with an article as it is; the message says why, and what to do instead."""


def save_revision(
    article: Article, *, title: str, standfirst: str, text: str, author: str, saved_by: str, at: datetime | None = None
) -> Revision:
    """Add a text to the article's history; readers see nothing of it yet."""
    at = at or timezone.now()
    with _changing(article.pk, at) as row:
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
    """Add an old text to the history once more, as a draft. Raises NotPossible if it is the newest."""
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
    """Let readers see this text from now on; every process learns of it within seconds. Raises NotPossible.

    An older text that is scheduled is taken off: no schedule brings readers back to an older text.
    """
    at = at or timezone.now()
    with _changing(revision.article_id, at, Action.PUBLISH) as row:
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
    """Let readers see this text from a time to come on, in place of what was scheduled before. Raises NotPossible."""
    now = now or timezone.now()
    with _changing(revision.article_id, now, Action.SCHEDULE) as row:
        if at <= now:
            raise NotPossible("The time must lie in the future. To publish at once, choose “Publish now”.")
        if row.published_revision and revision.number <= row.published_revision.number:
            raise NotPossible("Readers see this text already, or a newer one. To go back to an old text, restore it.")
        row.scheduled_revision, row.scheduled_at = revision, at
        bump_revision()
    return row


def unschedule(article: Article, *, at: datetime | None = None) -> Article:
    """Take the scheduled text off before its time comes; it stays in the history. Raises NotPossible."""
    with _changing(article.pk, at or timezone.now(), Action.UNSCHEDULE) as row:
        row.scheduled_revision = row.scheduled_at = None
        bump_revision()
    return row


def withdraw_article(article: Article, *, reason: str, at: datetime | None = None) -> Article:
    """Take the article out of sight, and off the schedule; its address says why. Raises NotPossible."""
    at = at or timezone.now()
    with _changing(article.pk, at, Action.WITHDRAW) as row:
        if not (reason := reason.strip()):
            raise NotPossible("A withdrawal needs a reason: it is what readers of the address are told.")
        row.withdrawn_at, row.withdrawal_reason = at, reason
        row.scheduled_revision = row.scheduled_at = None
        bump_revision()
    return row


def take_back_withdrawal(article: Article, *, at: datetime | None = None) -> Article:
    """Show the article again with the text that it had. Raises NotPossible."""
    with _changing(article.pk, at or timezone.now(), Action.TAKE_BACK) as row:
        row.withdrawn_at, row.withdrawal_reason = None, ""
        bump_revision()
    return row


def move_article(article: Article, slug: str, *, at: datetime | None = None) -> Article:
    """Give the article another address; the one that readers know leads there. Raises NotPossible."""
    with _changing(article.pk, at or timezone.now()) as row:
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
    """Write down when somebody last checked the text against the figures; readers see it."""
    with _changing(article.pk, at or timezone.now()) as row:
        row.reviewed_on = reviewed_on
        bump_revision()
    return row


def why_slug_is_taken(slug: str, pk: int = 0) -> str:
    """Why the article cannot have this address; empty where it can. An address is one article's for good."""
    if Article.objects.filter(slug=slug).exclude(pk=pk).exists():
        return f"Another article is at /articles/{slug}/."
    former = FormerSlug.objects.filter(slug=slug).exclude(article=pk).select_related("article").first()
    return f"/articles/{slug}/ was the address of {former.article} and still leads there." if former else ""


@contextmanager
def _changing(pk: int, now: datetime, action: Action | None = None) -> Iterator[Article]:
    """The article's row, locked, as readers see it now, to be saved afterwards. Raises NotPossible."""
    with transaction.atomic():
        row = Article.objects.select_for_update().get(pk=pk)
        settle(row, now)
        if action and (why := why_not(row, action)):
            raise NotPossible(why)
        yield row
        row.save(update_fields=_LIFE)
