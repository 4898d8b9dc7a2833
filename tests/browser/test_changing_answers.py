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


def test_another_first_skill_says_what_it_overtook(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")

    evidence = open_chip(page, "more").locator("#id_evidence")
    evidence.focus()
    page.keyboard.press("ArrowDown")

    expect(page.locator(".live__text")).to_have_text(
        "Now: cloud architecture. With claims counted too it overtakes Kubernetes."
    )
    expect(page).to_have_url(re.compile(r"&evidence=all&edition=\d+$"))
    expect(evidence).to_be_focused()
    expect(page.locator("#chip-more")).to_have_attribute("open", "")
    page.wait_for_load_state("networkidle")
    assert find_violations(page, "light", "dark") == []


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


def test_last_of_two_quick_changes_counts_everywhere(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    held: list[Route] = []
    page.route(PANEL, lambda route: held.append(route))

    page.get_by_role("button", name="0–1").click()
    page.get_by_role("button", name="10+").click()
    for route in held:
        route.continue_()

    expect(page.locator("#id_experience")).to_have_value("12")
    expect(page).to_have_url(re.compile("&experience=12&"))
    expect(page.locator("[data-copy]").first).to_have_attribute("href", re.compile("experience=12"))


def test_change_that_is_on_its_way_is_sent_with_the_next(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    held: list[Route] = []
    page.route(PANEL, lambda route: held.append(route))

    for name, value in (("years", "4"), ("hours", "10")):
        chip = open_chip(page, name)
        chip.locator(f"#id_{name}").fill(value)
        chip.get_by_role("button", name="Update").click()
    for route in held:
        route.continue_()

    expect(page).to_have_url(re.compile("&hours=10&years=4&"))


def test_detail_opened_before_its_script_was_there_is_loaded(page: Page) -> None:
    held: list[Route] = []
    page.route("**/htmx*", lambda route: held.append(route))
    page.goto(f"/verdict/?{FOUR}", wait_until="commit")
    page.locator("#fold-calculation > summary").click()

    for route in held:
        route.continue_()

    expect(page.locator("#calculation .sum")).to_contain_text("over 3 years")


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


def test_mistake_is_shown_in_its_chip_and_the_verdict_stays(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/verdict/?{FOUR}")
    page.wait_for_load_state("networkidle")
    page.evaluate(LISTEN)

    change(page, "salary", "lots")

    pay, mistake = page.locator("#id_salary"), page.locator("#id_salary-error")
    expect(pay).to_be_focused()
    expect(pay).to_have_value("lots")
    expect(pay).to_have_accessible_description(re.compile("“lots” is not an amount"))
    expect(mistake).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_have_text("Learn Kubernetes first")
    expect(page).to_have_url(re.compile("salary=115000"))
    assert page.evaluate("window.said") == []  # the focus says it
    assert find_violations(page, "light", "dark", part="#answers") == []

    change(page, "hours", "10")

    expect(page.locator("#chip-hours > summary")).to_have_text("10 hours a week")
    expect(page.locator("#chip-salary > summary")).to_have_text("$115,000 a year")
    expect(mistake).to_have_count(0)


def test_one_skill_too_many_keeps_the_focus_and_is_said_once(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}&skill=go&skill=rust&skill=java&skill=kotlin&skill=scala&skill=cpp")
    page.wait_for_load_state("networkidle")
    page.evaluate(LISTEN)
    open_chip(page, "skill")

    page.locator("#skill-kafka").focus()
    page.keyboard.press("Space")

    said = "Error: You chose 11 skills; compare up to 10."
    expect(page.locator("#announcer")).to_have_text(said)
    expect(page.locator("#skill-kafka")).to_be_focused()
    assert [text.replace("\u00a0", " ") for text in page.evaluate("window.said")] == [said]


def test_what_was_typed_and_not_sent_goes_when_its_chip_closes(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    page.wait_for_load_state("networkidle")
    open_chip(page, "salary").locator("#id_salary").fill("90k")
    page.locator("#id_period").select_option("month")

    change(page, "hours", "10")

    expect(page.locator("#chip-salary")).not_to_have_attribute("open", "")
    expect(page.locator("#chip-hours > summary")).to_have_text("10 hours a week")
    expect(page.locator("#chip-salary > summary")).to_have_text("$115,000 a year")


def test_escape_closes_the_chip_after_what_is_open_in_it(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    page.wait_for_load_state("networkidle")
    chip = open_chip(page, "location")
    chip.locator("#id_location").fill("berl")
    expect(page.locator("#place-suggestions")).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.locator("#place-suggestions")).to_be_hidden()
    expect(chip).to_have_attribute("open", "")
    page.keyboard.press("Escape")

    expect(chip).not_to_have_attribute("open", "")
    expect(chip.locator("> summary")).to_be_focused()
    expect(chip.locator("#id_location")).to_have_value("Austin")


def test_face_of_the_chip_is_in_view_after_a_change_below_it(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/verdict/?{FOUR}")
    page.wait_for_load_state("networkidle")
    chip = open_chip(page, "more")
    chip.locator("#id_odds").fill("60")
    update = chip.get_by_role("button", name="Update")
    update.scroll_into_view_if_needed()
    expect(chip.locator("> summary")).not_to_be_in_viewport()

    update.click()

    expect(page).to_have_url(re.compile("odds=60"))
    expect(chip.locator("> summary")).to_be_focused()
    expect(chip.locator("> summary")).to_be_in_viewport(ratio=1)


def test_what_is_typed_while_an_answer_is_on_its_way_stays(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    held_back: list[Route] = []
    page.route(PANEL, lambda route: held_back.append(route))
    chip = open_chip(page, "hours")
    with page.expect_request(PANEL):
        chip.locator("#id_hours").fill("9")
        chip.locator("#id_hours").press("Enter")
    chip.locator("#id_hours").fill("12")

    held_back[0].continue_()

    expect(chip.locator("> summary")).to_have_text("9 hours a week")
    expect(chip.locator("#id_hours")).to_have_value("12")
    expect(chip.locator("#id_hours")).to_be_focused()


def test_switch_keeps_the_focus(page: Page) -> None:
    page.goto("/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes")
    page.wait_for_load_state("networkidle")
    switch = page.get_by_role("switch")
    switch.focus()

    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("skill=docker&skill=kubernetes"))
    expect(switch).to_be_focused()
    expect(switch).not_to_be_checked()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Space")

    expect(page).not_to_have_url(re.compile("docker"))
    expect(switch).to_be_focused()
    expect(switch).to_be_checked()


@pytest.mark.parametrize("press", ["tap", "Enter"])
def test_button_that_vanishes_leaves_the_focus_to_its_card_and_what_changed_in_sight(page: Page, press: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/verdict/?salary=110000&location=ch-zurich")
    page.wait_for_load_state("networkidle")
    years = page.get_by_role("button", name="5–9")
    years.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")

    if press == "tap":
        years.click()
    else:
        years.press("Enter")

    expect(page).to_have_url(re.compile("experience=7"))
    expect(years).to_have_count(0)
    expect(page.locator("#answer")).to_be_focused()
    expect(page.locator("#answer .note--change")).to_be_in_viewport()
    assert page.evaluate("scrollY") <= before


def test_styles_that_others_set_are_not_copied_into_the_new_panel(page: Page) -> None:
    """Extensions, and screenshots by Playwright, leave `style` attributes. The policy forbids to write them as text."""
    page.goto(f"/verdict/?{FOUR}")
    page.locator("#id_odds").evaluate("field => { field.style.color = 'red'; }")

    change(page, "hours", "10")

    expect(page.locator("#chip-hours > summary")).to_have_text("10 hours a week")
    expect(page.locator("#id_odds")).not_to_have_attribute("style", re.compile("."))


def test_live_line_is_one_line_at_rest_and_leaves_room_when_the_text_is_large(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/verdict/?{FOUR}")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    live = page.locator(".live")
    height = "line => line.getBoundingClientRect().height"
    assert live.evaluate(height) < 740 / 8

    change(page, "hours", "10")

    expect(page.locator(".live__text")).to_have_text(re.compile("It now takes"))
    assert live.evaluate(height) <= 740 / 4


def test_plain_form_is_sent_where_the_panel_cannot_be_had(page: Page, complaints: list[str]) -> None:
    page.route(PANEL, lambda route: route.fulfill(status=503))
    page.goto(f"/verdict/?{FOUR}")

    change(page, "years", "1")

    expect(page).to_have_url(re.compile(r"years=1&edition=\d+$"))
    expect(page.locator("#chip-years > summary")).to_have_text("1 year ahead")
    complaints.clear()  # htmx logs what failed


@pytest.mark.parametrize("trouble", ["offline", "unavailable"])
def test_years_of_work_are_sent_where_the_panel_cannot_be_had(page: Page, complaints: list[str], trouble: str) -> None:
    page.route(PANEL, lambda route: route.abort() if trouble == "offline" else route.fulfill(status=503))
    page.goto(f"/verdict/?{FOUR}")

    page.get_by_role("button", name="5–9").click()

    expect(page).to_have_url(re.compile(r"experience=7&edition=\d+$"))
    expect(page.locator("#other-ways")).to_contain_text("Promotion from senior to staff or lead")
    complaints.clear()


def test_switch_is_sent_where_the_panel_cannot_be_had(page: Page, complaints: list[str]) -> None:
    page.route(PANEL, lambda route: route.fulfill(status=503))
    page.goto(f"/verdict/?{FOUR}")

    page.get_by_role("switch", name="Assumes you know Docker").uncheck()

    expect(page).to_have_url(re.compile(r"skill=docker&skill=kubernetes&"))
    complaints.clear()


def test_all_ways_open_as_a_page_where_they_cannot_be_loaded(page: Page, complaints: list[str]) -> None:
    page.goto(f"/verdict/?{FOUR}")
    page.route("**/verdict/ways/**", lambda route: route.fulfill(status=503), times=1)

    page.get_by_role("link", name=re.compile(r"All \d+ ways")).click()

    expect(page).to_have_url(re.compile("/verdict/ways/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Other ways to more pay")
    complaints.clear()
