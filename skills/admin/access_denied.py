"""The page of the admin that says why an editor may not do something, and who may."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from earnverdict import formatting
from skills.groups import GROUPS

#: Pages that need a permission which their name does not say.
_PERMISSIONS: Mapping[str, str] = {
    "next_edition": "publish_edition",
    "next_edition_part": "publish_edition",
    "skills_edition_publish": "publish_edition",
    "skills_edition_withdraw": "publish_edition",
    "skills_article_withdraw": "publish_article",
    "skills_article_take_back": "publish_article",
    "skills_article_unschedule": "publish_article",
    "skills_article_preview": "change_article",
    "skills_article_restore": "change_article",
}
_ACTIONS = {"changelist": "view", "history": "view", "export": "view", "pool": "change", "import": "add"}


def explain_access_denied(request: HttpRequest, context: Mapping[str, object]) -> HttpResponse:
    """Return the page, with status 403."""
    permission = _find_permission(request)
    groups = [name for name, rights in GROUPS.items() if permission in rights]
    own = sorted(group.name for group in request.user.groups.all()) if request.user.is_authenticated else []
    explained = {
        "title": "Your account may not do this",
        "groups": formatting.listing(groups) if groups else "",
        "own_groups": formatting.listing(own) if own else "",
    }
    return render(request, "admin/403.html", {**context, **explained}, status=403)


def _find_permission(request: HttpRequest) -> str:
    """Return the permission that the page asks for, by the name of its address; empty if that does not say."""
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    if name in _PERMISSIONS:
        return _PERMISSIONS[name]
    parts = name.split("_")
    if len(parts) < 3:
        return ""
    _, model, page = parts[0], parts[1], parts[2]
    if page == "change" and request.method in ("GET", "HEAD"):
        page = "view"
    return f"{_ACTIONS.get(page, page)}_{model}"
