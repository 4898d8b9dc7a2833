"""Which state an article is in at a moment, and what can be done with it then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from skills.models import Article


class State(StrEnum):
    """What readers find at the article's address: nothing yet, nothing until a time, a text, or why it is gone.

    A published article may have a scheduled text besides, and any article a newer draft.
    """

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What is not possible in every state; drafts are saved in any."""

    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take back"


_WITHDRAWN = "The article is withdrawn. Take the withdrawal back first."
_UNSEEN = "No reader has seen the article yet, so there is nothing to withdraw."
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
    """Make the row say what readers see: a scheduled text whose time has come is the published one. Saves nothing."""
    if article.scheduled_at is None or article.scheduled_at > now or article.withdrawn_at:
        return
    article.published_revision_id = article.scheduled_revision_id
    article.updated_at = article.scheduled_at
    article.first_published_at = article.first_published_at or article.scheduled_at
    article.scheduled_revision = article.scheduled_at = None


def state_of(article: Article) -> State:
    """Of a settled row."""
    if article.withdrawn_at:
        return State.WITHDRAWN
    if article.published_revision_id:
        return State.PUBLISHED
    return State.SCHEDULED if article.scheduled_revision_id else State.DRAFT


def why_not(article: Article, action: Action) -> str:
    """Why something cannot be done with a settled row, and what to do instead; empty where it can."""
    if action is Action.UNSCHEDULE and not article.scheduled_revision_id:
        return "Nothing is scheduled."
    return _WHY_NOT.get((state_of(article), action), "")
