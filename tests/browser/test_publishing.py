"""From a corrected figure to what readers see, in the admin as an editor uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

NAME, PASSWORD = "publishing-editor", "a pass phrase that is long"
QUESTION = "/verdict/?location=us-austin-tx&skill=go&skill=kubernetes&pay=p50"
FIGURE = "Evidence.objects.filter(skill__slug='kubernetes', source__slug='pooled-2026', region='')"
MOST_TABS = 80
MILLISECONDS_TO_PUBLISH = 30_000
SECONDS_TO_BE_SHOWN = 10


@pytest.fixture(scope="module")
def editor(site: Any) -> None:
    """An account that may sign in and do everything."""
    site.python(
        f"from django.contrib.auth.models import User; User.objects.create_superuser('{NAME}', password='{PASSWORD}')"
    )


@pytest.fixture(scope="module")
def evidence(site: Any, editor: None) -> Iterator[str]:
    """The address, in the admin, of a figure of Kubernetes' that is put back, and published, in the end."""
    values = site.python(
        f"from skills.models import Evidence; row = {FIGURE}.get(); "
        "print(row.pk, row.low_percent, row.mid_percent, row.high_percent)"
    )
    key, low, middle, high = values.split()
    yield f"/admin/skills/evidence/{key}/change/"
    site.python(
        f"from skills.models import Evidence; "
        f"{FIGURE}.update(low_percent='{low}', mid_percent='{middle}', high_percent='{high}')"
    )
    site.manage("publish_edition", "--note", "As it was.")


@pytest.fixture(scope="module")
def corrected(site: Any, evidence: str) -> None:
    """A figure that differs from the newest edition's, whichever test published last."""
    site.python(f"from skills.models import Evidence; {FIGURE}.update(low_percent=16, mid_percent=20, high_percent=28)")


def test_a_figure_is_corrected_and_published(page: Page, evidence: str) -> None:
    page.goto(QUESTION)
    old_address, old_answer = page.url, page.locator("#verdict section.block").first.inner_text()
    _sign_in(page, evidence)
    _correct(page)

    page.goto("/admin/skills/edition/")
    _tab_to(page, "Publish an edition")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/skills/edition/publish/$"))
    _see_what_changes(page)
    _publish_by_keyboard(page)

    page.get_by_role("link", name="what it changed").click()
    expect(page.get_by_role("main")).to_contain_text("The middle figure was read off the wrong column.")
    _wait_until_shown(page, old_address)
    assert page.locator("#verdict section.block").first.inner_text() != old_answer
    page.goto(old_address)
    assert page.locator("#verdict section.block").first.inner_text() == old_answer
    page.goto("/changes/")
    expect(page.get_by_role("main")).to_contain_text("Correction: The middle figure was read off the wrong column.")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (768, "dark"), (1280, "light")])
def test_page_fits_and_is_accessible(page: Page, corrected: None, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    _sign_in(page, "/admin/skills/edition/publish/")
    while (folded := page.locator("details:not([open]) > summary")).count():
        folded.first.click()

    report = Axe().run(page)

    assert report.response["violations"] == [], report.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"^[^?]*{address}$"))


def _correct(page: Page) -> None:
    for name, percent in (("low", "8"), ("mid", "12"), ("high", "18")):
        page.locator(f"#id_{name}_percent").fill(percent)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/skills/evidence/(\?.*)?$"))


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the link, the field or the button of that name has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()")
        if focused == name:
            return
    pytest.fail(f"“{name}” cannot be reached by keyboard")


def _see_what_changes(page: Page) -> None:
    main = page.get_by_role("main")
    expect(main.get_by_role("row", name=re.compile("^Kubernetes"))).to_contain_text("→")
    expect(main).to_contain_text("middle: +4.1% → +12.0%")
    expect(main).to_contain_text(re.compile(r"\d+ of 288.verdicts in the sample change"))


def _publish_by_keyboard(page: Page) -> None:
    _tab_to(page, "Go to the form")
    page.keyboard.press("Enter")
    _tab_to(page, "What changed, and why")
    page.keyboard.type("Kubernetes was put right.")
    _tab_to(page, "Correction (optional)")
    page.keyboard.type("The middle figure was read off the wrong column.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("is published", timeout=MILLISECONDS_TO_PUBLISH)


def _wait_until_shown(page: Page, old_address: str) -> None:
    for _ in range(SECONDS_TO_BE_SHOWN * 5):
        page.goto(QUESTION)
        if page.url != old_address:
            return
        page.wait_for_timeout(200)
    pytest.fail("the new edition is not shown")
