"""What changed since a verdict, and two verdicts side by side, in a real browser, with and without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from calculator.address import write_comparison

if TYPE_CHECKING:
    from tests.browser.conftest import Site

RUST = "salary=115000&location=us-austin-tx&skill=rust&skill=scala&edition=1"
BERLIN = "salary=70000&location=de-berlin&skill=go&skill=rust&skill=scala&have=docker&hours=10&edition=1"
STAY_PUT = "salary=115000&location=us&skill=cpp&hours=1&years=1&edition=1"
STATES = {
    "changes": f"/verdict/changes/?{RUST}",
    "changes-none": "/verdict/changes/?salary=115000&location=us&skill=scala",
    "changes-mistakes": "/verdict/changes/?salary=lots",
    "compare": f"/compare/?{write_comparison(RUST, BERLIN)}",
    "compare-none": f"/compare/?{write_comparison(STAY_PUT, STAY_PUT)}",
    "compare-mistakes": f"/compare/?{write_comparison('salary=lots', RUST)}",
    "compare-place": f"/compare/with/?{write_comparison(RUST, '')}&location=Birmingham&salary=lots&skill=cobol",
}
COUNT_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifts += entry.value; }))
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="session")
def without_rust(site: Site, browser: Browser) -> None:
    """Publish an edition in which Rust is worth nothing, and wait until it is shown."""
    site.python(
        "from skills.models import Evidence; "
        "Evidence.objects.filter(skill__slug='rust').update(low_percent=-9, mid_percent=-8, high_percent=-7)"
    )
    site.manage("publish_edition", "--note", "Rust was mismeasured.")
    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        for _ in range(50):
            page.goto(f"/verdict/latest/?{RUST}")
            if "Newer figures" in page.content():
                return
            page.wait_for_timeout(200)
    pytest.fail("the new edition is not shown")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("answer", ["today", "newer"])
def test_what_changed_is_filled_in_without_moving_anything(
    page: Page, without_rust: None, width: int, answer: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(COUNT_SHIFTS)
    page.goto(f"/verdict/?{RUST if answer == 'newer' else RUST.replace('&edition=1', '')}")

    said = {"today": "These are today’s figures.", "newer": "Newer figures, another skill first."}[answer]
    expect(page.locator("#latest")).to_contain_text(said)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") <= 0.01


def test_what_changed_opens_in_place(page: Page, without_rust: None) -> None:
    page.goto(f"/verdict/?{RUST}")

    page.locator("#latest").get_by_text("What changed", exact=True).click()

    latest = page.locator("#latest")
    expect(latest).to_contain_text("Rust was mismeasured.")
    expect(latest.locator("dd").first).to_be_visible()
    expect(latest.locator("dd").first).to_have_text("was Rust now Scala")
    latest.get_by_role("link", name="Today’s answer").click()
    expect(page).to_have_url(re.compile(r"/verdict/\?.*&edition=\d+$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Learn Scala first")


def test_what_changed_without_javascript_is_a_page(browser: Browser, site: Site, without_rust: None) -> None:
    with browser.new_context(java_script_enabled=False, base_url=site.address) as context:
        page = context.new_page()
        page.goto(f"/verdict/?{RUST}")

        page.get_by_role("link", name="Has anything changed since edition 1?").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Has anything changed since edition 1?")
        expect(page.get_by_text("Rust was mismeasured.")).to_be_visible()
        page.get_by_role("link", name="The verdict of edition 1").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Learn Rust first")


@pytest.mark.parametrize("has_script", [True, False], ids=["javascript", "plain"])
def test_verdict_is_compared_with_another_place(browser: Browser, site: Site, has_script: bool) -> None:
    with browser.new_context(java_script_enabled=has_script, base_url=site.address) as context:
        page = context.new_page()
        page.goto(f"/verdict/?{RUST}")

        page.get_by_label("Another place").fill("Birmingham")
        page.get_by_label("Your pay there, if you know it").fill("70k")
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Compare with what?")
        expect(page.get_by_label("Another place")).to_have_value("Birmingham")
        page.get_by_role("link", name="Birmingham, United Kingdom").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("The same answer in both: Rust first")
        expect(page.get_by_role("table", name="What was asked differently")).to_contain_text("£70,000")
        expect(page.get_by_role("table", name="What comes out")).to_contain_text("about ")
        page.get_by_role("link", name="Whole verdict of B").click()
        expect(page).to_have_url(re.compile(r"/verdict/\?salary=70000&location=gb-birmingham&.*&edition=1$"))


def test_verdict_is_compared_with_other_skills(page: Page) -> None:
    page.goto(f"/verdict/?{RUST}")

    page.locator("#compare-skills summary").click()
    skills = page.get_by_role("group", name="Skills to compare with")
    skills.get_by_label("Rust").uncheck()
    skills.get_by_label("Docker").check()
    page.get_by_role("button", name="Compare").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Different answers: Rust first in A, Docker in B")
    expect(
        page.get_by_role("table", name="Skill by skill").get_by_role("row", name=re.compile("^Docker"))
    ).to_contain_text("not among the skills")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible_and_fits_a_phone(page: Page, without_rust: None, state: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two it knows
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(STATES[state])

    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
