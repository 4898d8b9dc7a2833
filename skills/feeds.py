"""Atom feeds of the editions and the articles."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from earnverdict import formatting
from earnverdict.build import build
from earnverdict.http import read_only
from skills.articles.published import PublishedArticle
from skills.editions.site_state import site_state
from skills.editions.store import EditionRecord, Withdrawn
from skills.views.missing_edition import explain_missing_edition

PUBLISHER = "EarnVerdict"
# Control characters from pasted text, which XML does not allow.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed; `updated_at` is its last notable change."""

    title: str
    summary: SafeString
    address: str
    author: str
    published_at: datetime
    updated_at: datetime


class _Entries(Feed[Entry, None]):
    """A feed whose addresses are absolute on the request's host."""

    feed_type = Atom1Feed
    author_name = PUBLISHER

    def item_title(self, item: Entry) -> SafeString:
        return SafeString(_NOT_XML.sub("", item.title))  # a title in Atom is plain text

    def item_description(self, item: Entry) -> str:
        return _NOT_XML.sub("", item.summary)

    def item_link(self, item: Entry) -> str:
        return item.address

    def item_author_name(self, item: Entry) -> str:
        return _NOT_XML.sub("", item.author)

    def item_pubdate(self, item: Entry) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated_at


class _Changes(_Entries):
    title = "EarnVerdict: what changed"
    subtitle = "Every edition of the figures, with its changes and corrections."
    link = reverse_lazy("skills:changes")

    def items(self) -> Sequence[Entry]:
        return edition_entries()


class _Articles(_Entries):
    title = "EarnVerdict: articles"
    subtitle = "What developer skills pay, and how we know."
    link = reverse_lazy("skills:articles")

    def items(self) -> Sequence[Entry]:
        return article_entries()


def edition_entries() -> tuple[Entry, ...]:
    """Return all editions, newest first."""
    site = site_state.site()
    records = sorted(site.records.values(), key=lambda record: -record.number)
    return tuple(_present_edition(record, site.withdrawals.get(record.number)) for record in records)


def article_entries() -> tuple[Entry, ...]:
    """Return all articles, newest first."""
    return tuple(map(_present_article, site_state.site().articles))


def _make_feed(
    entries: Callable[[], Sequence[Entry]], answer: Callable[[HttpRequest], HttpResponse]
) -> Callable[[HttpRequest], HttpResponse]:
    """Make the public view of a feed. Its ETag depends on its entries, the host and the build."""

    def tag(request: HttpRequest) -> str:
        shown = f"{build()} {request.build_absolute_uri(request.path)} {entries()!r}"
        return f'W/"{hashlib.sha256(shown.encode()).hexdigest()[:32]}"'

    return read_only(explain_missing_edition(cache_control(public=True, max_age=300)(condition(tag)(answer))))


changes_feed = _make_feed(edition_entries, _Changes())
articles_feed = _make_feed(article_entries, _Articles())


def _present_edition(record: EditionRecord, withdrawn: Withdrawn | None) -> Entry:
    title = f"Edition {record.number}"
    texts = [format_html("{}", record.note)]
    if record.correction:
        title = f"{title}, with a correction"
        texts.append(format_html("<b>Correction:</b> {}", record.correction))
    if withdrawn:
        title = f"{title} (withdrawn)"
        when = formatting.day(withdrawn.withdrawn_at)
        texts.append(format_html("<b>Withdrawn on {}:</b> {}", when, withdrawn.reason))
    return Entry(
        title=title,
        summary=format_html_join("", "<p>{}</p>", ((text,) for text in texts)),
        address=reverse("skills:change", args=[record.number]),
        author=record.publisher,
        published_at=record.published_at,
        updated_at=withdrawn.withdrawn_at if withdrawn else record.published_at,
    )


def _present_article(article: PublishedArticle) -> Entry:
    return Entry(
        title=article.title,
        summary=format_html("<p>{}</p>", article.standfirst),
        address=reverse("skills:article", args=[article.slug]),
        author=article.author,
        published_at=article.published_at,
        updated_at=article.updated_at,
    )
