"""Every kind of page is accessible in light and dark, fits a phone, and says nothing against its own content policy."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PAGES = {
    "home": "/",
    "home with skills": "/?skill=kafka&skill=go",
    "skills": "/skills/",
    "skills found": "/skills/?category=cloud&sort=name",
    "no skills found": "/skills/?text=alchemy",
    "skill": "/skills/ai-ml-integration/",
    "skill that nobody measured": "/skills/application-security/",
    "articles": "/articles/",
    "article": "/articles/best-backend-skills-2026/",
    "article with a long table": "/articles/what-stacking-skills-does/",
    "methodology": "/methodology/",
    "sources": "/sources/",
    "privacy": "/privacy/",
    "changes": "/changes/",
    "change": "/changes/1/",
    "several places": "/verdict/?salary=100000&location=birmingham&skill=go",
    "mistakes": "/verdict/?salary=lots&location=atlantis",
}


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits(page: Page, name: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of the two it knows
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(PAGES[name])

    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_form_is_in_sight_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")

    for label in ("Your pay a year, before tax", "Where you are paid"):
        expect(page.get_by_label(label)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="The usual four")).to_be_in_viewport(ratio=1)


def test_page_can_be_printed_without_what_is_only_of_use_on_a_screen(page: Page) -> None:
    page.goto("/articles/best-backend-skills-2026/")
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for name in ("Main", "Contents", "Breadcrumb"):
        expect(page.get_by_role("navigation", name=name)).to_be_hidden()
    expect(page.locator(".site-footer")).to_be_hidden()
    expect(page.locator(".call")).to_be_hidden()


def test_skip_link_leads_past_the_header(page: Page) -> None:
    page.goto("/skills/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
