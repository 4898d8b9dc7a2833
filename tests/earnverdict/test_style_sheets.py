"""Style sheets take their colours from one file, and every class of a page has a rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR, "static", "css")
PAGES = Path(settings.BASE_DIR, "templates", "public")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b(?![^{};]*\{)|\b(?:rgb|hsl|oklch|light-dark)\(", re.IGNORECASE)
PRINTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
#: What scripts and tests find an element by; they have no look of their own.
HOOKS = {"article__text", "latest", "latest__link"}


@pytest.mark.parametrize("sheet", [path.name for path in CSS.glob("*.css") if path.name != "tokens.css"])
def test_colours_stand_in_one_file(sheet: str) -> None:
    assert COLOUR.findall(_without_comments(CSS / sheet)) == []


def test_every_value_that_is_asked_for_is_declared() -> None:
    text = "".join(_without_comments(path) for path in CSS.glob("*.css"))

    assert set(re.findall(r"var\((--[\w-]+)", text)) - set(re.findall(r"(--[\w-]+):", text)) == set()


def test_every_class_of_a_page_has_a_rule() -> None:
    rules = set(re.findall(r"\.([a-z][\w-]*)", "".join(_without_comments(path) for path in CSS.glob("*.css"))))
    used = {
        name
        for path in PAGES.rglob("*.html")
        for value in re.findall(r'class="([^"]*)"', PRINTED.sub(" ", path.read_text()))
        for name in value.split()
        if not name.endswith(("-", "_"))
    }

    assert sorted(used - rules - HOOKS) == []


def _without_comments(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
