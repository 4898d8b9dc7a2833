"""Changing an answer where it is read: what moves, what is said, where the focus is, and what Back does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.accessibility import find_violations

FOUR = (
    "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes"
    "&skill=system-design"
)
PANEL = "**/verdict/panel/**"
LISTEN = """
() => {
  window.said = [];
  const announcer = document.getElementById("announcer");
  new MutationObserver(() => window.said.push(announcer.textContent)).observe(announcer, { childList: true });
}
"""


def open_chip(page: Page, name: str) -> Locator:
    chip = page.locator(f"#chip-{name}")
    chip.locator("> summary").click()
    return chip


def change(page: Page, name: str, value: str) -> None:
    chip = open_chip(page, name)
    chip.locator(f"#id_{name}").fill(value)
    chip.get_by_role("button", name="Update").click()
    expect(page.locator(".htmx-request")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("years", "1", "Now: learn none of them. Within 1 year Kubernetes is no longer worth the hours."),
        ("hours", "10", "Still: Kubernetes, close call. It now takes 3 months instead of 5 months."),
        ("location", "Albania", "Now: not enough data. In Albania too little is known."),
    ],
    ids=["first changes", "first stays", "no data"],
)
def test_what_the_change_did_is_on_the_screen_and_said_once(page: Page, name: str, value: str, said: str) -> None:
    page.goto(f"/verdict/?{FOUR}")
    page.wait_for_load_state("networkidle")
    page.evaluate(LISTEN)

    change(page, name, value)

    expect(page.locator(".live__text")).to_have_text(said)
    expect(page).to_have_title(page.locator("#verdict").get_attribute("data-title") or "none")
    expect(page.locator("#answer .note")).to_have_text(said)
    page.wait_for_load_state("networkidle")
    assert [text.replace("\u00a0", " ") for text in page.evaluate("window.said")] == [said]
    assert find_violations(page, "light", "dark") == []


def test_another_first_skill_says_what_it_overtook(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")

    evidence = open_chip(page, "more").locator("#id_evidence")
    evidence.focus()
    evidence.select_option("all")

    expect(page.locator(".live__text")).to_have_text(
        "Now: cloud architecture. With claims counted too it overtakes Kubernetes."
    )
    expect(evidence).to_be_focused()
    expect(page.locator("#chip-more")).to_have_attribute("open", "")


def test_update_closes_the_chip_and_its_face_has_the_focus_where_it_was(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    page.wait_for_load_state("networkidle")
    face = page.locator("#chip-hours > summary")
    face.scroll_into_view_if_needed()
    open_chip(page, "hours")
    page.locator("#id_hours").fill("9")
    before = face.bounding_box()

    page.locator("#id_hours").press("Enter")

    expect(face).to_have_text("9 hours a week")
    expect(face).to_be_focused()
    expect(page.locator("#chip-hours")).not_to_have_attribute("open", "")
    after = face.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 2


def test_open_detail_stays_open_with_the_new_figures(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    page.locator("#fold-calculation > summary").click()
    expect(page.locator("#calculation .sum")).to_contain_text("over 3 years")

    change(page, "years", "4")

    expect(page.locator("#calculation .sum")).to_contain_text("over 4 years")


def test_by_keyboard_alone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/verdict/?{FOUR}")
    page.wait_for_load_state("networkidle")
    face = page.locator("#chip-years > summary")
    face.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#id_years")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(face).to_be_focused()
    expect(page.locator("#announcer")).to_have_text(
        "Now: learn none of them. Within 1 year Kubernetes is no longer worth the hours."
    )
    page.wait_for_load_state("networkidle")
    live = page.locator(".live")
    for _ in range(40):
        page.keyboard.press("Tab")
        focused, line = page.locator(":focus").bounding_box(), live.bounding_box()
        if page.evaluate("document.activeElement.closest('.live, footer, body:focus') !== null"):
            break
        assert focused
        assert line
        is_shown = live.evaluate("(element) => getComputedStyle(element).visibility === 'visible'")
        assert not is_shown or focused["y"] + focused["height"] <= line["y"] + 1
    page.locator("#fold-market > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#market")).to_contain_text("One in ten earns less than")


def test_newest_answer_wins(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    held_back: list[Route] = []

    def hold_the_first_back(route: Route) -> None:
        if held_back:
            route.continue_()
        else:
            held_back.append(route)

    page.route(PANEL, hold_the_first_back)
    chip = open_chip(page, "hours")
    with page.expect_request(PANEL):
        chip.locator("#id_hours").fill("2")
        chip.get_by_role("button", name="Update").click()
    with page.expect_event("requestfailed", lambda request: request == held_back[0].request):
        chip.locator("#id_hours").fill("20")
        chip.get_by_role("button", name="Update").click()

    expect(page.locator("#chip-hours > summary")).to_have_text("20 hours a week")
    expect(page).to_have_url(re.compile("hours=20&"))


def test_back_and_forward_show_whole_pages(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    for hours in ("10", "20"):
        change(page, "hours", hours)
        expect(page).to_have_url(re.compile(f"hours={hours}&"))
    face = page.locator("#chip-hours > summary")

    page.go_back()
    expect(face).to_have_text("10 hours a week")
    expect(page.get_by_role("banner")).to_be_visible()
    page.go_back()
    expect(face).to_have_text("6 hours a week")
    page.go_forward()
    expect(face).to_have_text("10 hours a week")
    expect(page.get_by_role("banner")).to_be_visible()
    page.wait_for_load_state()
    change(page, "years", "1")
    expect(page.locator("#announcer")).to_have_text(re.compile("^Now: learn none of them"))


def test_mistake_is_named_and_the_last_verdict_keeps_its_address(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    page.wait_for_load_state("networkidle")
    page.evaluate(LISTEN)

    change(page, "salary", "lots")

    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error"))
    expect(page).to_have_url(re.compile("salary=115000"))
    assert page.evaluate("window.said") == []  # the focus says it


def test_plain_form_is_sent_where_the_panel_cannot_be_had(page: Page, complaints: list[str]) -> None:
    page.route(PANEL, lambda route: route.fulfill(status=503))
    page.goto(f"/verdict/?{FOUR}")

    change(page, "years", "1")

    expect(page).to_have_url(re.compile(r"years=1&edition=\d+$"))
    expect(page.locator("#chip-years > summary")).to_have_text("1 year ahead")
    complaints.clear()  # htmx logs what failed
