"""A verdict on paper, and on the narrowest phone with everything unfolded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOUR = ("ai-ml-integration", "cloud-architecture", "system-design", "kubernetes")
TEN = (*FOUR, "ci-cd", "docker", "infrastructure-as-code", "site-reliability", "application-security", "data-warehouse")
FIND_OVERLAPS = """
() => {
  const boxes = [...document.querySelectorAll(".verdict > *, .block > *")]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ element, box }) => box.height > 1 && !element.matches(".visually-hidden"));
  return boxes.flatMap(({ element, box }) => boxes
    .filter((other) => other.element.parentElement === element.parentElement && other.element !== element)
    .filter((other) => other.box.top < box.bottom - 1 && box.top < other.box.bottom - 1
      && other.box.left < box.right - 1 && box.left < other.box.right - 1)
    .map((other) => `${element.className} over ${other.element.className}`));
}
"""


def verdict_of(skills: tuple[str, ...]) -> str:
    return "/verdict/?salary=115000&location=us-austin-tx&" + "&".join(f"skill={skill}" for skill in skills)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("skills", [FOUR, TEN], ids=["four", "ten"])
def test_verdict_prints_on_two_sheets(page: Page, skills: tuple[str, ...], paper: str) -> None:
    page.goto(verdict_of(skills))

    printed = page.pdf(format=paper)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


def test_printed_publications_are_named_and_nothing_overlaps(page: Page) -> None:
    page.set_viewport_size({"width": 716, "height": 1000})  # as wide as the text on a sheet
    page.goto(verdict_of(TEN))

    page.emulate_media(media="print")

    assert page.locator("#sources .sources").bounding_box() is not None
    assert page.evaluate(FIND_OVERLAPS) == []


@pytest.mark.parametrize("skills", [FOUR, TEN], ids=["four", "ten"])
def test_unfolded_verdict_fits_a_phone(page: Page, skills: tuple[str, ...]) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(verdict_of(skills))

    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")

    assert page.evaluate("document.documentElement.scrollWidth") == 320
