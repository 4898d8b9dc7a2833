"""The environment of the public pages' templates: what they may call, and that a typo in one is an error."""

from __future__ import annotations

import operator
import sys
from collections.abc import Iterable, MutableMapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from threading import Lock
from types import NoneType
from typing import Any, override

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.template.defaultfilters import linebreaksbr
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django_htmx import jinja as django_htmx
from jinja2 import Environment, StrictUndefined, Undefined, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # `escape`, from text to text

from earnverdict import figures

#: Most addresses that are remembered: a catalogue and its articles have some hundreds.
_MOST_KEPT = 4096
#: Most memory for texts that are kept: the evidence of a skill takes some 8 KB, once for each region and choice.
_MOST_KEPT_BYTES = 1_000_000


def environment(**options: Any) -> Environment:
    """As the settings' TEMPLATES name it; a line that holds nothing but a tag leaves nothing behind."""
    strict = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = _QuickEnvironment(**options | strict)
    made.globals |= {"url": url, "static": static, "static_prefix": static_prefix, "htmx_script": htmx_script}
    # What a page may leave out: one that says what went wrong shows no edition, a verdict has a head of its own.
    made.globals |= {"page": None, "published": None}
    made.filters |= {"kept": kept, "day": day, "iso_day": iso_day, "linebreaksbr": linebreaksbr, "capfirst": capfirst}
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


@pass_context
def kept(context: Context, macro: Macro) -> KeptMacro:
    """`{% set name = macro|kept %}` beside a macro, in a template that others import.

    There a macro sees its arguments and the environment's globals, and nothing of a request. Development keeps nothing:
    it sees each change of a template.
    """
    if context.parent.keys() - context.environment.globals.keys():
        raise TypeError(f"What {macro.name} prints may depend on the page; only an imported macro can be kept.")
    return KeptMacro(macro, KeptTexts(0) if context.environment.auto_reload else _kept_texts)


@lru_cache(maxsize=_MOST_KEPT)
def day(when: date) -> str:
    """22 November 2026; an edition's day stands twice in each page."""
    return figures.day(when)


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


class KeptTexts:
    """Texts by what they were made from, within so many bytes in all: the oldest goes first, a former edition's."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes, self.bytes = most_bytes, 0
        #: What a text was made from is held with it: until then nothing else can have its identity.
        self._kept: dict[tuple[object, ...], tuple[str, tuple[object, ...]]] = {}
        self._lock = Lock()

    def get(self, key: tuple[object, ...]) -> str | None:
        found = self._kept.get(key)
        return found[0] if found else None

    def keep(self, key: tuple[object, ...], text: str, values: tuple[object, ...]) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = text, values
                self.bytes += sys.getsizeof(text)
            while self.bytes > self._most_bytes:
                oldest, _ = self._kept.pop(next(iter(self._kept)))
                self.bytes -= sys.getsizeof(oldest)


class KeptMacro:
    """A macro whose texts are kept, each for the very objects that it was made from: another object is another text.

    They must be of a kind that never changes, and should be an edition's, never a visitor's.
    """

    def __init__(self, macro: Macro, texts: KeptTexts) -> None:
        self._macro, self._texts = macro, texts

    def __call__(self, *values: object) -> str:
        return self._text(values, _site())

    def each(self, values: Iterable[object]) -> list[str]:
        """The text of each value; quicker than to call for each."""
        site = _site()
        return [self._text((value,), site) for value in values]

    def _text(self, values: tuple[object, ...], site: tuple[object, ...]) -> str:
        key = (self._macro, *site, *map(id, values))
        text = self._texts.get(key)
        if text is None:
            if not _is_constant(values):
                raise TypeError(f"{self._macro.name} is kept, and takes only what never changes.")
            text = self._macro(*values)
            self._texts.keep(key, text, values)
        return text


def _site() -> tuple[object, ...]:
    """What `url` and `static` depend on."""
    return settings.ROOT_URLCONF, get_script_prefix(), storages["staticfiles"]


def _is_constant(value: object) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_constant, value))
    if is_dataclass(value):
        is_frozen = type(value).__dataclass_params__.frozen  # type: ignore[union-attr]  # not in the type of a dataclass
        return is_frozen and all(_is_constant(getattr(value, field.name)) for field in fields(value))
    return isinstance(value, (str, int, float, date, Enum, NoneType))


_kept_texts = KeptTexts(_MOST_KEPT_BYTES)


class _QuickGenerator(CodeGenerator):
    """Escapes what is printed with `escaped`, calls without a look at what is called, and takes a name after a dot for
    an attribute. Without these overrides Jinja does the same, only slower: it would look for a key where there is no
    attribute, and for functions that want its context (of filters it knows them beforehand).
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)

    @override
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.write("environment.called(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    @override
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class _QuickEnvironment(Environment):
    code_generator_class = _QuickGenerator
    called: Any = staticmethod(operator.call)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """No template has globals of its own; a dict is compared at each import in a tenth of a chain's time."""
        return super().make_globals(d) if d else self.globals

    @staticmethod
    def escaped(value: object) -> str:
        """As HTML; a plain text need not become an object that says so, for it is printed at once."""
        if type(value) is str:
            return _escape_inner(value)
        if type(value) is Markup:
            return value
        if type(value) is int:
            return str(value)
        if callable(value) and not isinstance(value, Undefined):
            raise TypeError(f"{value!r} is printed where its result is meant.")
        return escape(value)
