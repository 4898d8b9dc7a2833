"""Signed links to previews of saved texts, valid for a week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from skills.articles.article_status import settle
from skills.articles.published import PublishedArticle, published_article
from skills.models import Revision

LIFETIME = timedelta(days=7)

_signer = Signer(salt="skills.articles.preview")


class NoSuchPreview(LookupError):
    """The link is not valid."""


class PreviewExpired(LookupError):
    """The link was valid until `expired_at`."""

    def __init__(self, expired_at: datetime) -> None:
        super().__init__("The link is too old.")
        self.expired_at = expired_at


def preview_token(revision: Revision, now: datetime | None = None) -> str:
    """Sign the revision and the expiry time."""
    until = (now or timezone.now()) + LIFETIME
    return _signer.sign_object([revision.pk, int(until.timestamp())])


def previewed_revision(token: str, now: datetime | None = None) -> Revision:
    """Return the revision of a link, from the database. Raises NoSuchPreview, PreviewExpired."""
    try:
        number, until = _signer.unsign_object(token)
    except (BadSignature, ValueError, UnicodeDecodeError) as error:
        raise NoSuchPreview("The link is not complete.") from error
    expired_at = datetime.fromtimestamp(until, UTC)
    if (now or timezone.now()) >= expired_at:
        raise PreviewExpired(expired_at)
    revision: Revision | None = Revision.objects.select_related("article").filter(pk=number).first()
    if revision is None:
        raise NoSuchPreview("The text is gone.")
    return revision


def as_published(revision: Revision, now: datetime | None = None) -> PublishedArticle:
    """Return the article as if this text were published now."""
    now = now or timezone.now()
    settle(revision.article, now)
    return published_article(revision.article, revision, revision.article.first_published_at or now, now)


def is_shown(revision: Revision, now: datetime | None = None) -> bool:
    """Return whether this text is the published one."""
    settle(revision.article, now or timezone.now())
    return revision.article.published_revision_id == revision.pk and revision.article.withdrawn_at is None
