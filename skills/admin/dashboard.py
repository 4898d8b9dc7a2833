"""The editors' first page: drafts, schedules, figures to review, the next edition, and recent changes.

Each section is shown to those who may act on it. The number of queries does not depend on the number of items.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from earnverdict import formatting
from skills.admin.article_losses import describe_loss, form_addresses
from skills.admin.article_status import moment
from skills.admin.change_log import entries_of_tables, visible_tables
from skills.admin.dashboard_articles import list_articles
from skills.admin.dashboard_reviews import list_figures_to_review
from skills.admin.dashboard_section import MAX_ITEMS, Item, Section
from skills.admin.publish_errors import refused_rows
from skills.admin.publishing import may_see_changes
from skills.admin.waiting_changes import preview_cache
from skills.articles.losses import Loss, find_losses
from skills.articles.published import published_articles
from skills.change_log import name_evidence
from skills.editions.document import DamagedEdition, engine_edition
from skills.editions.preview import Preview
from skills.editions.publish import PublishConflict
from skills.editions.site import NothingPublished
from skills.editions.site_state import site_state
from skills.editions.validation import PublishError
from skills.models import Edition, Withdrawal
from skills.presenters.difference import present_difference

MAX_LOG_ENTRIES = 8
NEWEST_EDITIONS = 3
_DONE = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The first page: `todo` has what to do, `editions` and `log` what happened. `calm` is shown if `todo` is empty."""

    todo: Sequence[Section]
    calm: str
    has_next_edition: bool
    editions: Section | None
    log: Section | None


def today(request: HttpRequest, now: datetime) -> Today:
    editions = _list_editions(request)
    return Today(
        todo=[
            section
            for section in (
                *_articles_with_losses(request, now),
                *list_articles(request, now),
                *list_figures_to_review(request, now),
            )
            if section.items
        ],
        calm=_describe_nothing_to_do(editions),
        has_next_edition=may_see_changes(request),
        editions=editions,
        log=_log(request),
    )


def next_edition(request: HttpRequest, now: datetime) -> Sequence[Section]:
    """List what prevents publishing, or what would be published and which articles would lose figures."""
    try:
        preview = preview_cache.read()
    except (DamagedEdition, PublishConflict) as error:
        return [Section(title="The catalogue cannot be read", items=[], lead=str(error))]
    if preview is None:
        more = Item(text="Look again", address=reverse("admin:next_edition"))
        return [Section(title="The next edition", items=[], lead="It is being worked out at this moment.", more=more)]
    sections = [_next_edition(preview, request), *_articles_that_will_lose(preview, request, now)]
    return [section for number, section in enumerate(sections) if number == 0 or section.items]


def _articles_that_will_lose(preview: Preview, request: HttpRequest, now: datetime) -> Iterable[Section]:
    if preview.refusals or preview.is_unchanged or preview.older is None:
        return
    newer, older = engine_edition(preview.newer), engine_edition(preview.older)
    losses = find_losses(published_articles(), newer, now, before=older)
    yield _loss_section(
        f"Articles that lose a figure with edition {preview.latest + 1}",
        "They name what the next edition does not have any more.",
        [loss for loss in losses if loss.lost],
        request,
    )


def _articles_with_losses(request: HttpRequest, now: datetime) -> Iterable[Section]:
    """List published articles with missing figures: from memory, with a query only if there are any."""
    if not (may_see_changes(request) or request.user.has_perm("skills.change_article")):
        return
    try:
        site = site_state.site()
    except NothingPublished:
        return
    yield _loss_section(
        "Articles that lost a figure",
        f"They name what edition {site.newest.number} does not have.",
        find_losses(site.texts, site.newest.edition, now),
        request,
    )


def _loss_section(title: str, lead: str, losses: Sequence[Loss], request: HttpRequest) -> Section:
    """List all articles, because each of them is wrong for its readers."""
    forms = form_addresses((loss.article.slug for loss in losses), request.user)
    items = [
        Item(
            text=loss.article.title,
            address=forms.get(loss.article.slug, ""),
            detail=describe_loss(loss),
        )
        for loss in losses
    ]
    return Section(title=title, items=items, lead=lead, count=len(items))


def _next_edition(preview: Preview, request: HttpRequest) -> Section:
    may_publish = request.user.has_perm("skills.publish_edition")
    more = Item(text="Review it and publish", address=reverse("admin:skills_edition_publish"))
    to_publish = more if may_publish else Item(text="See what waits", address=more.address)
    if preview.refusals:
        return _publish_errors(preview.refusals, request, to_publish)
    if preview.older is None:
        return Section(title="Nothing is published yet", items=[], more=to_publish)
    if preview.is_unchanged:
        number = preview.older["edition"]["number"]
        lead = f"The catalogue says what edition {number} says: there is nothing to publish."
        return Section(title="The next edition", items=[], lead=lead)
    words = present_difference(preview.older, preview.newer)
    moves = [
        Item(text=move.name, address=_search("skill", move.slug), detail=f"{move.old} → {move.new}")
        for move in words.top_moves
    ]
    title = f"Not published yet: edition {preview.latest + 1}"
    return Section(title=title, items=moves, lead=words.count, count=len(preview.changes), more=to_publish)


def _publish_errors(refusals: Sequence[PublishError], request: HttpRequest, to_publish: Item | None) -> Section:
    return Section(
        title="What prevents the next edition",
        items=[
            Item(text=f"{row.table} · {row.row}", address=row.address, detail=row.reason)
            for row in refused_rows(refusals[:MAX_ITEMS], request.user)
        ],
        lead="Nothing can be published before this is corrected.",
        count=len(refusals),
        more=to_publish,
    )


def _list_editions(request: HttpRequest) -> Section | None:
    if not request.user.has_perm("skills.view_edition"):
        return None
    editions = list(Edition.objects.defer("content").order_by("-number")[:NEWEST_EDITIONS])
    withdrawn = set(Withdrawal.objects.values_list("edition_number", flat=True))
    items = [
        Item(
            text=str(edition),
            address=reverse("admin:skills_edition_change", args=[edition.pk]),
            detail=f"{formatting.day(edition.published_at)}, {edition.publisher}"
            f"{' (withdrawn)' if edition.number in withdrawn else ''}: {edition.note}",
        )
        for edition in editions
    ]
    more = Item(text="All editions", address=reverse("admin:skills_edition_changelist"))
    return Section(title="Newest editions", items=items, more=more)


def _describe_nothing_to_do(editions: Section | None) -> str:
    """Return the message for an editor with nothing to do."""
    if editions and editions.items:
        newest = editions.items[0]
        return f"Nothing to do. {newest.text} is of {newest.detail.partition(',')[0]}."
    return "Nothing to do."


def _log(request: HttpRequest) -> Section | None:
    """List the latest changes to tables that the editor may see."""
    if not (seen := visible_tables(request)):
        return None
    items = [
        Item(
            text=entry.object_repr,
            address="" if entry.action_flag == DELETION else entry.get_admin_url() or "",
            detail=f"{_describe_action(entry)} by {entry.user.get_username()}, {moment(entry.action_time)}",
        )
        for entry in name_evidence(entries_of_tables(seen)[:MAX_LOG_ENTRIES])
    ]
    may_see_all = request.user.has_perm("admin.view_logentry")
    more = Item(text="The whole log", address=reverse("admin:admin_logentry_changelist")) if may_see_all else None
    return Section(title="Changed lately", items=items, more=more)


def _describe_action(entry: LogEntry) -> str:
    return f"{capfirst(entry.content_type.name if entry.content_type else 'row')} {_DONE[entry.action_flag]}"


def _search(model: str, words: str) -> str:
    return f"{reverse(f'admin:skills_{model}_changelist')}?{urlencode({'q': words})}"
