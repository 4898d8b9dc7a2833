"""Checks a page with axe-core, and measures whether it fits its window."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

type Scheme = Literal["light", "dark"]

WIDTHS = (320, 768, 1280)
HEIGHT = 740
#: Django's admin fades from one scheme's colours to the other's.
SETTLED = """
(scheme) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches
  && !document.getAnimations().some((animation) => animation instanceof CSSTransition)
"""


def find_violations(
    page: Page, *schemes: Scheme, part: str = "", not_ours: Mapping[str, str] | None = None
) -> list[str]:
    """List what axe finds: every rule in the first colour scheme, and colour contrast alone in the others.

    `part` is a selector that narrows the search. `not_ours` names rules with a text: an element whose HTML holds it
    is left out.
    """
    found: list[str] = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(SETTLED, arg=scheme)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if scheme != schemes[0]:
            options["runOnly"] = ["color-contrast"]
        call = f"axe.run({json.dumps(part) if part else 'document'}, {json.dumps(options)})"
        found += [
            f"{scheme}: {rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
            for rule in page.evaluate(f"{call}.then(({{ violations }}) => violations)")
            for node in rule["nodes"]
            if rule["id"] not in (not_ours or {}) or (not_ours or {})[rule["id"]] not in node["html"]
        ]
    return found


def unfold(page: Page) -> None:
    """Open all that is folded in the page's main part."""
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")


def find_overflows(page: Page, *widths: int) -> dict[int, int]:
    """Give the width of the page's content at each window width at which it is wider than the window."""
    found = {}
    for width in widths or WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.wait_for_function("width => innerWidth === width", arg=width)
        found[width] = page.evaluate("document.documentElement.scrollWidth")
    return {width: content for width, content in found.items() if content > width}
