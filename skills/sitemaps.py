"""The sitemap: the pages for search engines, with the date of each one's last change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as write_sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from earnverdict.http import read_only
from skills.editions.site import Site
from skills.editions.site_state import site_state
from skills.views.missing_edition import explain_missing_edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page's path; `changed_at` is None if unknown."""

    path: str
    changed_at: datetime | None = None


class Pages(Sitemap[Entry]):
    """All public pages except verdicts, which are personal."""

    def items(self) -> list[Entry]:
        return list(_list_entries(site_state.site()))

    def location(self, item: Entry) -> str:
        return item.path

    def lastmod(self, item: Entry) -> datetime | None:
        return item.changed_at


@read_only
@explain_missing_edition
@cache_control(public=True, max_age=300)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Serve `/sitemap.xml` with absolute addresses on the request's host."""
    return write_sitemap(request, {"pages": Pages}).render()


def _list_entries(site: Site) -> Iterator[Entry]:
    figures, changes = _figures_changed_at(site), _changes_changed_at(site)
    articles = max((article.updated_at for article in site.articles), default=None)
    yield Entry(path=reverse("calculator:home"), changed_at=_find_latest(figures, articles))
    yield Entry(path=reverse("skills:skills"), changed_at=figures)
    for slug in sorted(site.newest.edition.skills):
        yield Entry(path=reverse("skills:skill", args=[slug]), changed_at=figures)
    yield Entry(path=reverse("skills:ways"), changed_at=figures)
    for slug in sorted({way.slug for way in site.newest.edition.ways}):
        yield Entry(path=reverse("skills:way", args=[slug]), changed_at=figures)
    yield Entry(path=reverse("skills:articles"), changed_at=articles)
    for article in site.articles:
        yield Entry(path=reverse("skills:article", args=[article.slug]), changed_at=article.updated_at)
    yield Entry(path=reverse("skills:methodology"))
    yield Entry(path=reverse("skills:does_it_work"))
    yield Entry(path=reverse("skills:study"), changed_at=figures)
    yield Entry(path=reverse("skills:sources"), changed_at=figures)
    for slug in sorted(site.newest.edition.sources):
        yield Entry(path=reverse("skills:source", args=[slug]), changed_at=figures)
    yield Entry(path=reverse("skills:changes"), changed_at=changes)
    for number in sorted(site.checksums):
        yield Entry(path=reverse("skills:change", args=[number]), changed_at=_edition_changed_at(site, number))
    yield Entry(path=reverse("skills:privacy"))


def _figures_changed_at(site: Site) -> datetime:
    """Return when the current edition became current: at its publication, or when its successor was withdrawn."""
    later = (withdrawn.withdrawn_at for number, withdrawn in site.withdrawals.items() if number > site.newest.number)
    return max((site.newest.published_at, *later))


def _changes_changed_at(site: Site) -> datetime | None:
    return _find_latest(*(_edition_changed_at(site, number) for number in site.checksums))


def _edition_changed_at(site: Site, number: int) -> datetime | None:
    """Return when an edition's page last changed: at its publication or withdrawal."""
    if number in site.withdrawals:
        return site.withdrawals[number].withdrawn_at
    return site.records[number].published_at if number in site.records else None


def _find_latest(*times: datetime | None) -> datetime | None:
    return max((time for time in times if time), default=None)
