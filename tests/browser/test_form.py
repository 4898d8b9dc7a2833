"""Filling in the form, in a real browser: pay, starting sets, the count, the search; with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from calculator.address import parse_salary

if TYPE_CHECKING:
    from tests.browser.conftest import Site

VERDICT = "/verdict/?salary=115000&location=us-austin-tx&skill=kafka"
FOUR = "skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes&skill=system-design"
PAY = "Your pay a year, before tax"
PLACE = "Where you are paid"


def ticked(page: Page) -> list[str]:
    values: list[str] = page.locator("#skills [name=skill]:checked").evaluate_all(
        "boxes => boxes.map(box => box.value)"
    )
    return sorted(values)


def count(page: Page) -> Locator:
    """What the count says: one of its two texts is hidden."""
    return page.locator(".skills__count > :visible")


def open_skills(page: Page) -> None:
    page.locator("#skills-fold > summary").click()


def test_landing_to_verdict_takes_at_most_eight_interactions(page: Page) -> None:
    page.goto("/")
    interactions: list[Callable[[], object]] = [
        lambda: page.get_by_label(PAY).click(),
        lambda: page.keyboard.type("115k"),
        lambda: page.get_by_label(PLACE).click(),
        lambda: page.keyboard.type("Austin"),
        lambda: page.get_by_role("option", name=re.compile("^Austin")).first.click(),
        lambda: page.get_by_role("button", name="The usual four").click(),
        lambda: page.get_by_role("button", name="Get my verdict").click(),
    ]

    for interact in interactions:
        interact()

    expect(page).to_have_url(re.compile(rf"/verdict/\?salary=115000&location=us-austin-tx&{FOUR}&edition=\d+$"))
    assert len(interactions) <= 8


def test_set_ticks_its_skills_alone_and_counts_them(page: Page) -> None:
    page.goto("/?skill=rust")
    expect(count(page)).to_have_text("1 of 10 chosen")

    page.get_by_role("button", name="The usual four").click()

    assert ticked(page) == ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]
    expect(count(page)).to_have_text("4 of 10 chosen")
    expect(page).to_have_url(re.compile(r"/\?skill=rust$"))


def test_set_asks_for_the_new_verdict_once(page: Page) -> None:
    page.goto(VERDICT)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/verdict/panel/" in request.url else None)
    open_skills(page)

    for name, skills in (("The usual four", FOUR), ("A new language", "skill=go&skill=kotlin&skill=python")):
        page.get_by_role("button", name=name).click()
        expect(page).to_have_url(re.compile(rf"location=us-austin-tx&{skills}"))
        expect(page.get_by_role("button", name=name)).to_be_focused()
        expect(page.locator(".htmx-request")).to_have_count(0)

    assert len(asked) == 2
    assert "set=" not in "".join(asked)
    expect(count(page)).to_have_text("5 of 10 chosen")


def test_count_follows_and_warns_beyond_ten(page: Page) -> None:
    page.goto("/")
    expect(count(page)).to_have_text("0 of 10 chosen")
    boxes = page.locator("#skills [name=skill]")

    for number in range(10):
        boxes.nth(number).check()
    expect(count(page)).to_have_text("10 of 10 chosen")
    boxes.nth(10).check()
    expect(count(page)).to_have_text("11 chosen, 10 are the most: take some away")
    boxes.nth(0).uncheck()

    expect(count(page)).to_have_text("10 of 10 chosen")


def test_count_is_right_after_going_back(page: Page) -> None:
    page.goto("/")
    page.locator("#skill-go").check()
    page.get_by_role("button", name="Get my verdict").click()
    expect(page.locator("#error-summary")).to_be_visible()

    page.go_back()

    expect(page.locator("#skill-go")).to_be_checked()
    expect(count(page)).to_have_text("1 of 10 chosen")


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        pytest.param("kube", ["Kubernetes"], id="name"),
        pytest.param("VECTOR search", ["AI/ML integration"], id="summary-of-two-words"),
        pytest.param(
            "architecture", ["Cloud architecture (AWS/GCP)", "Application security", "System design"], id="category"
        ),
        pytest.param("cobol", [], id="nothing"),
    ],
)
def test_search_shows_what_fits(page: Page, text: str, skills: list[str]) -> None:
    page.goto("/")

    page.get_by_label("Find a skill").fill(text)

    expect(page.locator(".skill__name:visible")).to_have_text(skills)
    expect(page.locator("#skills-found")).to_have_text(f"{len(skills)} of 23 skills shown")
    assert (
        page.locator(".skills__group:visible").count()
        == page.locator(".skills__group:visible:has(.skill:visible)").count()
    )
    page.get_by_label("Find a skill").press("Escape")
    expect(page.get_by_label("Find a skill")).to_have_value("")
    expect(page.locator(".skill:visible")).to_have_count(23)
    expect(page.locator("#skills-found")).to_be_empty()


def test_search_is_no_answer(page: Page) -> None:
    page.goto("/?salary=115000&location=us-austin-tx&skill=go")
    search = page.get_by_label("Find a skill")

    search.fill("rust")
    search.press("Enter")
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile(r"/\?salary=115000"))
    page.get_by_role("button", name="Get my verdict").click()

    expect(page).to_have_url(re.compile(r"/verdict/\?salary=115000&location=us-austin-tx&skill=go&edition=\d+$"))


def test_search_outlives_a_new_verdict(page: Page) -> None:
    page.goto(VERDICT)
    open_skills(page)

    page.get_by_label("Find a skill").fill("rust")
    page.locator("#skill-rust").check()

    expect(page).to_have_url(re.compile("skill=kafka&skill=rust&"))
    expect(page.get_by_label("Find a skill")).to_have_value("rust")
    expect(page.locator(".skill__name:visible")).to_have_text(["Rust"])
    expect(page.locator("#skill-rust")).to_be_focused()
    expect(count(page)).to_have_text("2 of 10 chosen")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
@pytest.mark.parametrize("label", [PAY, PLACE])
def test_enter_asks_for_the_verdict(browser: Browser, site: Site, javascript: bool, label: str) -> None:
    with browser.new_context(java_script_enabled=javascript, base_url=site.address) as context:
        page = context.new_page()
        page.goto("/?salary=115000&location=us-austin-tx&skill=go")

        page.get_by_label(label).press("Enter")

        expect(page).to_have_url(re.compile(r"/verdict/\?salary=115000&location=us-austin-tx&skill=go&edition=\d+$"))


def test_set_without_javascript_keeps_what_was_typed(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False, base_url=site.address) as context:
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_label("Find a skill")).to_be_hidden()
        page.get_by_label(PAY).fill("115k")
        page.get_by_label(PLACE).fill("Austin")
        page.locator("#skill-rust").check()

        page.get_by_role("button", name="The usual four").click()

        expect(page).to_have_url(re.compile(r"/\?salary=115k&location=Austin&set=usual-four&.*#skills$"))
        assert ticked(page) == ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]
        expect(count(page)).to_have_text("4 of 10 chosen")
        expect(page.get_by_label(PLACE)).to_have_value("Austin")
        page.get_by_role("button", name="Get my verdict").click()
        expect(page).to_have_url(re.compile(rf"/verdict/\?salary=115000&location=us-austin-tx&{FOUR}&edition=\d+$"))


GROUPED = {
    "115000": "115,000",
    "115k": "115,000",
    "115 K": "115,000",
    "1.2m": "1,200,000",
    "1,25m": "1,250,000",
    "$115000": "$115,000",
    "US$ 90.5k": "US$ 90,500",
    "90000 €": "90,000 €",
    " 115000 ": "115,000",
    "900": "900",
}
LEFT = (
    "",
    "lots",
    "115,000",
    "115.000",
    "115 000",
    "50000.5",
    "1.255k",
    "₹1800000",
    "12 lakh",
    "115000 USD",
    "-5000",
    "0115000",
)


def test_pay_is_grouped_when_its_field_is_left(page: Page) -> None:
    page.goto("/")
    pay = page.get_by_label(PAY)

    for typed, shown in [*GROUPED.items(), *((text, text) for text in LEFT)]:
        pay.fill(typed)
        pay.blur()
        assert pay.input_value() == shown


@pytest.mark.parametrize("typed", GROUPED)
def test_grouped_pay_means_what_was_typed(typed: str) -> None:
    assert parse_salary(GROUPED[typed]) == parse_salary(typed)


@pytest.mark.parametrize("leave", ["Tab", "Enter"])
def test_grouped_pay_is_sent_once(page: Page, leave: str) -> None:
    page.goto(VERDICT)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/verdict/panel/" in request.url else None)

    page.get_by_label(PAY).fill("120k")
    page.get_by_label(PAY).press(leave)

    expect(page).to_have_url(re.compile("salary=120000&"))
    expect(page.get_by_label(PAY)).to_have_value("120,000")
    page.wait_for_timeout(600)
    assert all("salary=120%2C000&" in url for url in asked)
    assert len(asked) == 1 or leave == "Enter"


def test_keyboard_alone_takes_a_set_and_finds_a_skill(page: Page) -> None:
    page.goto("/?salary=115000&location=us-austin-tx")

    page.get_by_label(PLACE).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="The usual four")).to_be_focused()
    page.keyboard.press("Enter")
    assert len(ticked(page)) == 4
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Find a skill")).to_be_focused()
    page.keyboard.type("rust")
    page.keyboard.press("Tab")
    expect(page.locator("#skill-rust")).to_be_focused()
    page.keyboard.press("Space")
    expect(count(page)).to_have_text("5 of 10 chosen")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(rf"{FOUR.replace('&skill=system', '&skill=rust&skill=system')}&edition=\d+$"))


def test_month_of_pay_is_counted_as_a_year(page: Page) -> None:
    page.goto("/verdict/?salary=9000&location=us-austin-tx&skill=go")

    page.get_by_role("link", name="Count it as a month’s pay: $108,000 a year").click()

    expect(page).to_have_url(re.compile("salary=108000&"))
    expect(page.locator(".headline__question")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_open_picker_is_accessible_and_fits(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two it knows
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(VERDICT)
    open_skills(page)
    page.get_by_label("Find a skill").fill("cloud")

    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_count_covers_no_skill_that_is_in_use(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")  # nothing is still on its way when it is measured
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/?skill=ai-ml-integration")
    boxes = page.locator("#skills [name=skill]")
    boxes.first.focus()

    for number in range(1, boxes.count()):
        page.keyboard.press("Tab")
        box, bar = boxes.nth(number).bounding_box(), page.locator(".skills__count").bounding_box()
        assert box is not None
        assert bar is not None
        assert box["y"] + box["height"] <= bar["y"]
