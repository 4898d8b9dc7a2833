"""System check: the admin's path must not hide a public page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver


def check_admin_path(app_configs: Sequence[AppConfig] | None, **options: object) -> list[checks.Error]:
    """Check at each start that no public page begins with EARNVERDICT_ADMIN_PATH."""
    taken = {*_first_parts(get_resolver().url_patterns), *settings.STATIC_URL.strip("/").split("/")[:1]}
    if settings.ADMIN_PATH.strip("/") not in taken:
        return []
    return [
        checks.Error(
            f"EARNVERDICT_ADMIN_PATH must not be {settings.ADMIN_PATH}: pages of the site are there.",
            hint=f"These words are taken: {', '.join(sorted(taken))}.",
            id="earnverdict.E001",
        )
    ]


def _first_parts(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    """Yield the first part of each URL pattern, without the admin's."""
    for pattern in patterns:
        first = str(pattern.pattern).partition("/")[0]
        if isinstance(pattern, URLResolver) and not first:
            yield from _first_parts(pattern.url_patterns)
        elif first and getattr(pattern, "namespace", None) != "admin":
            yield first
