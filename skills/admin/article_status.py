"""Describes an article's status in the admin: what readers see, what is scheduled, and newer drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from skills.articles.article_status import Action, State, settle, state_of, why_not
from skills.models import Article, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleStatus:
    """An article's status at this moment; texts are empty where there is nothing to say.

    `address` is the article's public page, or its preview; `newest` is the latest revision.
    """

    state: State
    readers: str
    coming: str
    draft: str
    address: str
    newest: Revision | None
    can_withdraw: bool
    can_take_back: bool
    can_unschedule: bool


def describe_status(article: Article, now: datetime | None = None) -> ArticleStatus:
    """Describe the row's status. The row is settled in memory only, not saved."""
    settle(article, now or timezone.now())
    state, newest = state_of(article), article.revisions.first()
    return ArticleStatus(
        state=state,
        readers=_describe_readers(article),
        coming=_describe_coming(article),
        draft=_describe_draft(article, newest),
        address=reverse("skills:article", args=[article.slug]) if article.first_published_at else "",
        newest=newest,
        can_withdraw=not why_not(article, Action.WITHDRAW),
        can_take_back=not why_not(article, Action.TAKE_BACK),
        can_unschedule=not why_not(article, Action.UNSCHEDULE),
    )


def moment(when: datetime) -> str:
    return f"{when:%-d %B %Y, %H:%M} UTC"


def _describe_readers(article: Article) -> str:
    if article.withdrawn_at:
        return f"Withdrawn since {moment(article.withdrawn_at)}. Readers see: “{article.withdrawal_reason}”"
    if article.published_revision and article.updated_at:
        return f"Readers see revision {article.published_revision.number}, since {moment(article.updated_at)}."
    return "Readers have not seen it yet."


def _describe_coming(article: Article) -> str:
    if article.scheduled_revision is None or article.scheduled_at is None:
        return ""
    return f"Revision {article.scheduled_revision.number} is published automatically on {moment(article.scheduled_at)}."


def _describe_draft(article: Article, newest: Revision | None) -> str:
    if newest is None or newest.pk in (article.published_revision_id, article.scheduled_revision_id):
        return ""
    saved = f"{newest.saved_by} on {moment(newest.saved_at)}"
    return f"The newest text is revision {newest.number}, a draft saved by {saved}."
