"""The states of an article, and the actions that each state allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from skills.models import Article


class State(StrEnum):
    """What readers find at the article's address: nothing, nothing until a scheduled time, a text, or a withdrawal.

    A published article may also have a scheduled text, and any article a newer draft.
    """

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """Actions that some states do not allow. Saving a draft is always possible."""

    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take back"


_WITHDRAWN = "The article is withdrawn. Undo the withdrawal first."
_UNSEEN = "Readers have not seen the article yet, so there is nothing to withdraw."
_NOT_WITHDRAWN = "The article is not withdrawn."

_WHY_NOT: Mapping[tuple[State, Action], str] = {
    (State.WITHDRAWN, Action.PUBLISH): _WITHDRAWN,
    (State.WITHDRAWN, Action.SCHEDULE): _WITHDRAWN,
    (State.WITHDRAWN, Action.WITHDRAW): "The article is withdrawn already.",
    (State.DRAFT, Action.WITHDRAW): _UNSEEN,
    (State.SCHEDULED, Action.WITHDRAW): f"{_UNSEEN} Take it off the schedule instead.",
    (State.DRAFT, Action.TAKE_BACK): _NOT_WITHDRAWN,
    (State.SCHEDULED, Action.TAKE_BACK): _NOT_WITHDRAWN,
    (State.PUBLISHED, Action.TAKE_BACK): _NOT_WITHDRAWN,
}


def settle(article: Article, now: datetime) -> None:
    """Make a scheduled text whose time has come the row's published one. This does not save the row."""
    if article.scheduled_at is None or article.scheduled_at > now or article.withdrawn_at:
        return
    article.published_revision_id = article.scheduled_revision_id
    article.updated_at = article.scheduled_at
    article.first_published_at = article.first_published_at or article.scheduled_at
    article.scheduled_revision = article.scheduled_at = None


def state_of(article: Article) -> State:
    """Return the state of a settled row."""
    if article.withdrawn_at:
        return State.WITHDRAWN
    if article.published_revision_id:
        return State.PUBLISHED
    return State.SCHEDULED if article.scheduled_revision_id else State.DRAFT


def why_not(article: Article, action: Action) -> str:
    """Return why an action is not possible for a settled row, and what to do instead; empty if it is possible."""
    if action is Action.UNSCHEDULE and not article.scheduled_revision_id:
        return "Nothing is scheduled."
    return _WHY_NOT.get((state_of(article), action), "")
