"""The paths of views and static files, looked up once in a process: a verdict's page has forty of them."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.templatetags import static as static_files
from django.urls import reverse


def path_of(name: str, *args: str | int) -> str:
    """The path of the view with this name."""
    return _path_of(settings.ROOT_URLCONF, name, args)


def static_path(name: str) -> str:
    """The path of a static file, with its hash where files are collected."""
    return _static_path(settings.STATIC_URL, name)


@lru_cache(maxsize=4096)
def _path_of(urlconf: str, name: str, args: tuple[str | int, ...]) -> str:
    return reverse(name, urlconf, args=args)


@lru_cache(maxsize=256)
def _static_path(prefix: str, name: str) -> str:
    return static_files.static(name)
