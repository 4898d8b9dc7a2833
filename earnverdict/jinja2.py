"""The Jinja2 environment of the public pages, used by TEMPLATES in the settings."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from markupsafe import Markup, escape

from earnverdict import formatting
from earnverdict.paths import path_of, static_path

#: Finds what Markup escapes.
_find_special = re.compile("[&<>\"']").search


class Unindented(Extension):
    """Leaves the indentation of templates out of pages: it is 2 % of a verdict's compressed bytes."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)


class TextGenerator(CodeGenerator):
    """Prints values by `write_text`, which gives the same text as Jinja's `escape` in less time."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Write the beginning of the call around a value, as Jinja's own native types do."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.write_text(")


class PublicEnvironment(Environment):
    """Jinja2's environment, in which no template has globals of its own."""

    code_generator_class = TextGenerator

    @staticmethod
    def write_text(value: object) -> str:
        """Escape a value, once. Text without special characters stays a plain one: Jinja makes a Markup of each, which
        is 5 % of a first verdict.
        """
        if (type(value) is str and not _find_special(value)) or type(value) is Markup:
            return value
        return escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Let templates share one dictionary: to compare chains of two at each import takes 4 % of a first verdict."""
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> Environment:
    """Make an undefined name an error, and leave no blank line where a line holds nothing but a tag."""
    strict = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = PublicEnvironment(**options | strict)  # Django turns autoescape on in `options`
    made.add_extension(Unindented)
    made.globals |= {"static_prefix": static_prefix, "scripts": write_scripts}
    made.globals |= {"range_chance": formatting.RANGE_CHANCE, "range_meaning": formatting.RANGE_MEANING}
    made.globals["way_range_meaning"] = formatting.WAY_RANGE_MEANING
    # Names that a page may leave out: an error page shows no edition, a verdict has its own head.
    made.globals |= {"page": None, "published": None}
    # The path of a view or a file that a template names itself is looked up once, when the template is compiled.
    made.filters |= {"url": path_of, "static": static_path}
    made.filters |= {"day": formatting.day, "iso_day": iso_day, "linebreaksbr": linebreaksbr, "capfirst": capfirst}
    return made


def static_prefix() -> str:
    """Return where static files begin, for pages that must not fail when one of them is missing."""
    return str(settings.STATIC_URL)


@cache
def write_scripts(*names: str) -> str:
    """Write the tags of htmx and of the page's modules in static/js/."""
    paths = ((static_path(f"js/{name}.js"),) for name in names)
    return htmx_script() + format_html_join("", '<script type="module" src="{}"></script>', paths)


def iso_day(when: date) -> str:
    """Write a date for machines: 2026-11-22."""
    return f"{when:%Y-%m-%d}"
