"""From a corrected figure to what readers see, in the admin as an editor uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, turn_cache_off

QUESTION = "/verdict/?location=us-austin-tx&skill=go&skill=kubernetes&pay=p50"
FIGURE = "Evidence.objects.filter(skill__slug='kubernetes', source__slug='pooled-2026', region='')"
ANSWER = "#answer"
MAX_TABS = 80


@pytest.fixture
def evidence(site: Site) -> Iterator[str]:
    """The address, in the admin, of a figure of Kubernetes' that is put back, and published, in the end."""
    values = site.python(
        f"from skills.models import Evidence; row = {FIGURE}.get(); "
        "print(row.pk, row.low_percent, row.mid_percent, row.high_percent)"
    )
    key, low, middle, high = values.split()
    yield f"/admin/skills/evidence/{key}/change/"
    site.python(
        "from django.core.management import call_command\n"
        "from skills.models import Evidence\n"
        f"{FIGURE}.update(low_percent='{low}', mid_percent='{middle}', high_percent='{high}')\n"
        "call_command('publish_edition', note='As it was.')"
    )
    site.wait_until_shown("/changes/", "As it was.")


def test_a_figure_is_corrected_and_published(site: Site, editor: Page, evidence: str) -> None:
    page = editor
    turn_cache_off(page)
    page.goto(QUESTION)
    old_address, old_answer = page.url, page.locator(ANSWER).inner_text()
    page.goto(evidence)
    _correct(page)

    page.goto("/admin/skills/edition/")
    _tab_to(page, "Publish an edition")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/skills/edition/publish/$"))
    _see_what_changes(page)
    _publish_by_keyboard(page)

    page.get_by_role("link", name="what it changed").click()
    expect(page.get_by_role("main")).to_contain_text("The middle figure was read off the wrong column.")
    site.wait_until_shown("/changes/", "Kubernetes was put right.")
    page.goto(QUESTION)
    assert page.url != old_address
    assert page.locator(ANSWER).inner_text() != old_answer
    page.goto(old_address)
    assert page.locator(ANSWER).inner_text() == old_answer
    page.goto("/changes/")
    expect(page.get_by_role("main")).to_contain_text("Correction: The middle figure was read off the wrong column.")


def _correct(page: Page) -> None:
    for name, percent in (("low", "8"), ("mid", "12"), ("high", "18")):
        page.locator(f"#id_{name}_percent").fill(percent)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/skills/evidence/(\?.*)?$"))


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the link, the field or the button of that name has the focus."""
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()")
        if focused == name:
            return
    pytest.fail(f"“{name}” cannot be reached by keyboard")


def _see_what_changes(page: Page) -> None:
    main = page.get_by_role("main")
    expect(main.get_by_role("row", name=re.compile("^Kubernetes"))).to_contain_text("→")
    expect(main).to_contain_text("middle (% of pay): +4.1% → +12.0%")
    expect(main).to_contain_text(re.compile(r"\d+ of 336.verdicts in the sample change"))


def _publish_by_keyboard(page: Page) -> None:
    _tab_to(page, "Go to the form")
    page.keyboard.press("Enter")
    _tab_to(page, "What changed, and why")
    page.keyboard.type("Kubernetes was put right.")
    _tab_to(page, "Correction (optional)")
    page.keyboard.type("The middle figure was read off the wrong column.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("is published")
