"""The search over skills, sources, places, ways and articles, from every page of the admin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from skills.admin.article import newest_title
from skills.models import Article, Location, Skill, Source, Way

#: Rows of a table that the page lists; a link leads to the others.
MAX_ROWS = 10
_MODELS: Sequence[type[Model]] = (Skill, Source, Location, Way, Article)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A row with the address of its form."""

    name: str
    slug: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """The rows of a table that match; `more` is the address of its list if there are others."""

    title: str
    rows: Sequence[FoundRow]
    more: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search the tables that the editor may see, each as its own list does."""
    words = request.GET.get("q", "").strip()
    found = [table for model in _MODELS if words and (table := _search_table(request, model, words)).rows]
    context = {"title": "Search", "words": words, "found": found}
    return render(request, "admin/search.html", admin.site.each_context(request) | context)


def _search_table(request: HttpRequest, model: type[Model], words: str) -> FoundTable:
    pages = admin.site.get_model_admin(model)
    title = capfirst(str(model._meta.verbose_name_plural))
    if not pages.has_view_permission(request):
        return FoundTable(title=title, rows=(), more="")
    matching, _ = pages.get_search_results(request, pages.get_queryset(request), words)
    rows = list(matching.distinct()[: MAX_ROWS + 1])
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    more = f"{reverse(f'{name}_changelist')}?{urlencode({'q': words})}"
    return FoundTable(
        title=title,
        rows=[
            FoundRow(
                name=newest_title(row) if isinstance(row, Article) else str(row),
                slug=getattr(row, "slug", ""),
                address=reverse(f"{name}_change", args=[row.pk]),
            )
            for row in rows[:MAX_ROWS]
        ],
        more=more if len(rows) > MAX_ROWS else "",
    )
