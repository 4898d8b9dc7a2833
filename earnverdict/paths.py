"""The paths of views and static files, looked up once in a process: a verdict's page has forty of them."""

from __future__ import annotations

from functools import lru_cache

from django.templatetags import static as static_files
from django.urls import reverse


@lru_cache(maxsize=4096)
def path_of(name: str, *args: str | int) -> str:
    """The path of the view with this name."""
    return reverse(name, args=args)


@lru_cache(maxsize=256)
def static_path(name: str) -> str:
    """The path of a static file, with its hash where files are collected."""
    return static_files.static(name)
