"""The environment of the public pages' templates: what they may call, and that a typo in one is an error."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.template.defaultfilters import linebreaksbr
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django_htmx import jinja as django_htmx
from jinja2 import Environment, StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from earnverdict import figures

#: Most addresses that are remembered: a catalogue and its articles have some hundreds.
_MOST_KEPT = 4096

_is_special = re.compile("[&<>\"']").search


def environment(**options: Any) -> Environment:
    """As the settings' TEMPLATES name it; a line that holds nothing but a tag leaves nothing behind."""
    strict = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = _QuickEnvironment(**options | strict)
    made.globals |= {"url": url, "static": static, "static_prefix": static_prefix, "htmx_script": htmx_script}
    # What a page may leave out: one that says what went wrong shows no edition, a verdict has a head of its own.
    made.globals |= {"page": None, "published": None}
    made.filters |= {"day": figures.day, "iso_day": iso_day, "linebreaksbr": linebreaksbr, "capfirst": capfirst}
    return made


def url(name: str, *args: str | int) -> str:
    """The address of the view of this name."""
    return _url(settings.ROOT_URLCONF, get_script_prefix(), name, args)


def static(path: str) -> str:
    """The address of a static file."""
    return _static(storages["staticfiles"], path)


def static_prefix() -> str:
    """Where static files begin: for pages that must not fail when one of them is missing."""
    return str(settings.STATIC_URL)


def htmx_script() -> SafeString:
    return _htmx_script(storages["staticfiles"], settings.DEBUG)


def iso_day(when: date) -> str:
    """2026-11-22, for machines."""
    return f"{when:%Y-%m-%d}"


@lru_cache(maxsize=_MOST_KEPT)
def _url(urlconf: str, prefix: str, name: str, args: tuple[str | int, ...]) -> str:
    return reverse(name, urlconf=urlconf, args=args)


@lru_cache(maxsize=_MOST_KEPT)
def _static(storage: Storage, path: str) -> str:
    """Another storage, in a test or after the settings changed, has other addresses."""
    return storage.url(path)


@lru_cache(maxsize=_MOST_KEPT)
def _htmx_script(storage: Storage, is_development: bool) -> SafeString:
    return django_htmx.htmx_script()


class _QuickGenerator(CodeGenerator):
    """Escapes what is printed with `escaped`; without this override Jinja's own `escape` does it, only slower."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _QuickEnvironment(Environment):
    code_generator_class = _QuickGenerator

    @staticmethod
    def escaped(value: object) -> str:
        """Most texts have nothing to escape: they need not become an object that says so (a fifth of a page's time)."""
        if type(value) is str and not _is_special(value):
            return value
        if callable(value) and not isinstance(value, Undefined):
            raise TypeError(f"{value!r} is printed where its result is meant.")
        return escape(value)
