"""The Jinja2 environment of the public pages, used by TEMPLATES in the settings."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.utils.text import capfirst
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined
from jinja2.ext import Extension

from earnverdict import formatting
from earnverdict.paths import path_of, static_path


class Unindented(Extension):
    """Leaves the indentation of templates out of pages: it is 2 % of a verdict's compressed bytes."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)


def environment(**options: Any) -> Environment:
    """Make an undefined name an error, and leave no blank line where a line holds nothing but a tag."""
    strict = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options | strict)  # noqa: S701 - Django turns autoescape on in `options`
    made.add_extension(Unindented)
    made.globals |= {"url": path_of, "static": static_path, "static_prefix": static_prefix, "htmx_script": htmx_script}
    made.globals |= {"range_chance": formatting.RANGE_CHANCE}
    # Names that a page may leave out: an error page shows no edition, a verdict has its own head.
    made.globals |= {"page": None, "published": None}
    made.filters |= {"day": formatting.day, "iso_day": iso_day, "linebreaksbr": linebreaksbr, "capfirst": capfirst}
    return made


def static_prefix() -> str:
    """Return where static files begin, for pages that must not fail when one of them is missing."""
    return str(settings.STATIC_URL)


def iso_day(when: date) -> str:
    """Write a date for machines: 2026-11-22."""
    return f"{when:%Y-%m-%d}"
