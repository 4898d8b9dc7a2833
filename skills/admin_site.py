"""The admin site: its title, its groups of tables, and the editors' first page.

It is not in skills.admin, whose modules register their tables with it on import.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone

#: The groups of tables; tables in no group follow under their app's name.
_GROUPS = {
    "Articles": ("article", "revision", "formerslug"),
    "Skills and evidence": ("skill", "evidence", "unmeasuredskill"),
    "Other ways to more pay": ("way", "wayrange", "wayevidence", "experiencepoint"),
    "Places and pay": ("location", "locationalias"),
    "Sources and rates": ("source", "exchangerate"),
    "Editions": ("edition", "withdrawal"),
    "Accounts and their changes": ("user", "group", "logentry"),
}

#: Longer than any name. The search field shows the shortened text.
MAX_SEARCH_CHARACTERS = 200


class EditorsAdminSite(admin.AdminSite):
    """Django's admin with the editors' dashboard as its first page."""

    site_header = site_title = "EarnVerdict"
    index_title = "What to do today"
    empty_value_display = "–"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        page, part = self.admin_view(self.next_edition), self.admin_view(self.next_edition_part)
        from skills.admin.search import search

        return [
            path("search/", self.admin_view(search), name="search"),
            path("next-edition/", page, name="next_edition"),
            path("next-edition/part/", part, name="next_edition_part"),
            *super().get_urls(),
        ]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Explain a 403, and read parameters as Django's pages can: without NUL, at which PostgreSQL fails."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def readable(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            _clean_parameters(request)
            try:
                return inner(request, *args, **kwargs)
            except PermissionDenied:
                from skills.admin.access_denied import explain_access_denied

                return explain_access_denied(request, self.each_context(request))

        return readable

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add how many changes wait for publication."""
        from skills.admin.waiting_changes import count_waiting_changes

        context: dict[str, Any] = super().each_context(request)
        return context | {"waiting": count_waiting_changes(request) if self.has_permission(request) else None}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        from skills.admin.dashboard import today

        return super().index(request, {"today": today(request, timezone.now()), **(extra_context or {})})

    def next_edition(self, request: HttpRequest) -> HttpResponse:
        context = self.each_context(request) | {"title": "The next edition", "sections": _next_edition(request)}
        return render(request, "admin/next_edition.html", context)

    def next_edition_part(self, request: HttpRequest) -> HttpResponse:
        """Render the section about the next edition, which htmx loads later: it may read the whole catalogue."""
        return render(request, "admin/_next_edition.html", {"sections": _next_edition(request)})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Group the tables in the editors' order; the page of one app is Django's."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        tables = {table["object_name"].lower(): table for app in apps for table in app["models"]}
        groups = [
            {"name": name, "app_label": "skills", "app_url": "", "has_module_perms": True, "models": found}
            for name, members in _GROUPS.items()
            if (found := [tables[member] for member in members if member in tables])
        ]
        grouped = {member for members in _GROUPS.values() for member in members}
        others = [
            app | {"models": rest}
            for app in apps
            if (rest := [table for table in app["models"] if table["object_name"].lower() not in grouped])
        ]
        return [*groups, *others]


def _clean_parameters(request: HttpRequest) -> None:
    """Remove NUL and a blank `_to_field`, and shorten the search text.

    Each word of a search nests the statement deeper, and SQLite allows 1,000 levels.
    """
    query: Any = _without_odd_values(request.GET)
    if len(query.get(SEARCH_VAR, "")) > MAX_SEARCH_CHARACTERS:
        query = query.copy()
        query[SEARCH_VAR] = query[SEARCH_VAR][:MAX_SEARCH_CHARACTERS]
    request.GET, request.POST = query, _without_odd_values(request.POST)


def _without_odd_values(given: QueryDict) -> Any:
    has_nul = any("\0" in value for values in given.lists() for value in values[1])
    if not has_nul and given.get(TO_FIELD_VAR) != "":
        return given
    clean = given.copy()
    for name, values in given.lists():
        clean.setlist(name, [value.replace("\0", "") for value in values])
    if clean.get(TO_FIELD_VAR) == "":
        del clean[TO_FIELD_VAR]
    return clean


def _next_edition(request: HttpRequest) -> Any:
    from skills.admin.dashboard import next_edition
    from skills.admin.publishing import may_see_changes

    if not may_see_changes(request):
        raise PermissionDenied
    return next_edition(request, timezone.now())
