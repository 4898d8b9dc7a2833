"""Tells apart what a first verdict spends its time on: each part's own time, without what it calls of another."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from typing import Any

#: Where each part begins. What is not there is passed over: its time is then the rest's, and no figure is wrong.
ENTRIES: Mapping[str, tuple[str, ...]] = {
    "form": ("calculator.views.responses:verdict_form", "calculator.forms:VerdictForm.full_clean"),
    "engine": (
        "calculator.engine:assess",
        "calculator.engine:assessment",
        "calculator.engine:Assessment.verdict",
        "calculator.engine.model_1:_Assessment.verdict",
        "calculator.engine.model_1:Assessment.verdict",
    ),
    "flips": (
        "calculator.engine:flips",
        "calculator.engine:Assessment.flips",
        "calculator.engine.model_1:Assessment.flips",
        "calculator.engine.flips:find_flips",
    ),
    "words": (
        "calculator.words.page:verdict_words",
        "calculator.words.social:social_words",
        "calculator.words.picker:skill_lines",
        "calculator.words.picker:skill_options",
        "calculator.views.places:pay_hint",
    ),
    "charts": (
        "calculator.charts.claims:claim_chart",
        "calculator.charts.gains:gain_chart",
        "calculator.charts.ranges:range_chart",
        "calculator.charts.standing:standing_chart",
    ),
    "template": (
        "django.template.backends.django:Template.render",
        "django.template.backends.jinja2:Template.render",
        "jinja2:Template.render",
        "jinja2:Template.generate",
    ),
    "compression": ("earnverdict.page_cache:compress",),
}
REST = "rest"
_OURS = ("calculator", "skills", "earnverdict")


def own_seconds(call: Callable[[], object], calls: int) -> dict[str, float]:
    """CPU seconds a call that each part takes itself; `rest` is what is in none."""
    spent: defaultdict[str, float] = defaultdict(float)
    with _measured(spent):
        call()
        spent.clear()
        begin = time.thread_time()
        for _ in range(calls):
            call()
        whole = time.thread_time() - begin
    parts = {part: spent[part] / calls for part in ENTRIES}
    return parts | {REST: whole / calls - sum(parts.values())}


@contextmanager
def _measured(spent: defaultdict[str, float]) -> Iterator[None]:
    """Set a stopwatch before every entry, wherever a module of ours holds it, and take it away again."""
    inner: list[float] = []
    replaced: list[tuple[Any, str, Any]] = []
    for part, entries in ENTRIES.items():
        for entry in entries:
            for owner, name, function in _holders(entry):
                replaced.append((owner, name, function))
                setattr(owner, name, _timed(part, function, spent, inner))
    try:
        yield
    finally:
        for owner, name, function in reversed(replaced):
            setattr(owner, name, function)


def _holders(entry: str) -> list[tuple[Any, str, Any]]:
    """Where an entry is looked up when it is called: its class, or every module that imported it."""
    module_name, _, path = entry.partition(":")
    try:
        owner: Any = import_module(module_name)
    except ModuleNotFoundError:
        return []
    *classes, name = path.split(".")
    for step in classes:
        owner = getattr(owner, step, None)
    function = getattr(owner, name, None)
    if function is None:
        return []
    if classes:
        return [(owner, name, function)]
    return [
        (module, held, value)
        for module_of, module in list(sys.modules.items())
        if module_of.partition(".")[0] in _OURS
        for held, value in list(vars(module).items())
        if value is function
    ]


def _timed(part: str, function: Any, spent: defaultdict[str, float], inner: list[float]) -> Any:
    clock = time.thread_time

    @wraps(function)
    def timed(*arguments: Any, **named: Any) -> Any:
        inner.append(0.0)
        begin = clock()
        try:
            return function(*arguments, **named)
        finally:
            whole = clock() - begin
            spent[part] += whole - inner.pop()
            if inner:
                inner[-1] += whole

    return timed
