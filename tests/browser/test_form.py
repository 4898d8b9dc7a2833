"""Filling in the form, in a real browser: pay, starting sets, the count, the search; with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import find_overflows, find_violations
from tests.grouped_pay import GROUPED, LEFT

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


def count_questions(page: Page) -> None:
    """Note in the page what is asked for the panel; a request that a newer one replaces counts too."""
    page.add_init_script(
        """
        window.asked = [];
        document.addEventListener("htmx:beforeRequest", ({ detail }) => {
          if (detail.target.id !== "verdict") return;
          const { formData } = detail.requestConfig;
          window.asked.push([formData.has("set"), formData.get("salary")]);
        });
        """
    )


def questions(page: Page) -> list[tuple[bool, str]]:
    """Whether each question named a starting set, and the pay it named."""
    return [(has_set, salary) for has_set, salary in page.evaluate("window.asked")]


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


def test_set_asks_for_the_new_verdict_once(page: Page) -> None:
    count_questions(page)
    page.goto(VERDICT)
    open_skills(page)

    for name, skills in (("The usual four", FOUR), ("A new language", "skill=go&skill=kotlin&skill=python")):
        page.get_by_role("button", name=name).click()
        expect(page).to_have_url(re.compile(rf"location=us-austin-tx&{skills}"))
        expect(page.get_by_role("button", name=name)).to_be_focused()
        expect(page.locator(".htmx-request")).to_have_count(0)

    asked = questions(page)
    assert len(asked) == 2
    assert not any(has_set for has_set, _ in asked)
    expect(count(page)).to_have_text("5 of 10 chosen")


def test_count_follows_sets_and_ticks_and_warns_beyond_ten(page: Page) -> None:
    page.goto("/?skill=rust")
    expect(count(page)).to_have_text("1 of 10 chosen")
    page.get_by_role("button", name="The usual four").click()
    expect(count(page)).to_have_text("4 of 10 chosen")
    assert ticked(page) == ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]
    expect(page).to_have_url(re.compile(r"/\?skill=rust$"))
    boxes = page.locator("#skills [name=skill]")

    for number in range(boxes.count()):
        boxes.nth(number).set_checked(number < 10)
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


def test_search_shows_what_fits(page: Page) -> None:
    page.goto("/")
    search = page.get_by_label("Find a skill")

    for text, skills in {
        "kube": ["Kubernetes"],
        "VECTOR search": ["AI/ML integration"],  # two words of its summary
        "architecture": ["Cloud architecture (AWS/GCP)", "Application security", "System design"],  # and a category's
        "cobol": [],
    }.items():
        search.fill(text)
        expect(page.locator(".skill__name:visible")).to_have_text(skills)
        expect(page.locator("#skills-found")).to_have_text(f"{len(skills)} of 23 skills shown")
        expect(page.locator(".skills__group:visible:not(:has(.skill:visible))")).to_have_count(0)
    search.press("Escape")

    expect(search).to_have_value("")
    expect(page.locator(".skill:visible")).to_have_count(23)
    expect(page.locator("#skills-found")).to_be_empty()


def test_search_is_no_answer(page: Page) -> None:
    page.goto("/?salary=115000&location=us-austin-tx&skill=go")
    search = page.get_by_label("Find a skill")
    opened: list[str] = []
    page.on("framenavigated", lambda frame: opened.append(frame.url))

    search.fill("rust")
    search.press("Enter")
    page.get_by_role("button", name="Get my verdict").click()

    expect(page).to_have_url(re.compile(r"/verdict/\?salary=115000&location=us-austin-tx&skill=go&edition=\d+$"))
    assert len(opened) == 1


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


def test_set_without_javascript_keeps_what_was_typed(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    expect(page.get_by_label("Find a skill")).to_be_hidden()
    page.get_by_label(PAY).fill("115k")
    page.get_by_label(PLACE).fill("Austin")
    page.locator("#skill-rust").check()

    page.get_by_role("button", name="The usual four").click()

    expect(page).to_have_url(re.compile(r"/\?salary=115k&location=Austin&set=usual-four&.*#skills$"))
    expect(count(page)).to_have_text("4 of 10 chosen")
    assert ticked(page) == ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]
    expect(page.get_by_label(PLACE)).to_have_value("Austin")
    page.get_by_role("button", name="Get my verdict").click()
    expect(page).to_have_url(re.compile(rf"/verdict/\?salary=115000&location=us-austin-tx&{FOUR}&edition=\d+$"))


def test_pay_is_grouped_when_its_field_is_left(page: Page) -> None:
    page.goto("/")
    pay = page.get_by_label(PAY)

    for typed, shown in [*GROUPED.items(), *((text, text) for text in LEFT)]:
        pay.fill(typed)
        pay.blur()
        expect(pay).to_have_value(shown)


@pytest.mark.parametrize("leave", ["Tab", "Enter"])
def test_grouped_pay_is_sent_once(page: Page, leave: str) -> None:
    count_questions(page)
    page.clock.install()
    page.goto(VERDICT)

    page.get_by_label(PAY).fill("120k")
    page.get_by_label(PAY).press(leave)

    expect(page).to_have_url(re.compile("salary=120000&"))
    expect(page.get_by_label(PAY)).to_have_value("120,000")
    page.clock.run_for(2000)
    asked = questions(page)
    assert {salary for _, salary in asked} == {"120,000"}
    assert len(asked) == 1 or leave == "Enter"


def test_keyboard_alone_reaches_a_verdict(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label(PAY)).to_be_focused()
    page.keyboard.type("115k")
    page.keyboard.press("Tab")
    expect(page.get_by_label(PLACE)).to_be_focused()
    page.keyboard.type("Austin")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="The usual four")).to_be_focused()
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("4 of 10 chosen")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Find a skill")).to_be_focused()
    page.keyboard.type("rust")
    expect(page.locator(".skill__name:visible")).to_have_text(["Rust"])
    page.keyboard.press("Tab")
    expect(page.locator("#skill-rust")).to_be_focused()
    page.keyboard.press("Space")
    expect(count(page)).to_have_text("5 of 10 chosen")
    page.keyboard.press("Enter")

    expect(page).to_have_url(
        re.compile(rf"us-austin-tx&{FOUR.replace('&skill=system', '&skill=rust&skill=system')}&edition=\d+$")
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Best bet: Kubernetes")


def test_open_picker_is_accessible_and_fits(page: Page) -> None:
    page.goto(VERDICT)
    open_skills(page)
    page.get_by_label("Find a skill").fill("cloud")
    expect(page.locator(".skill__name:visible")).not_to_have_count(23)

    assert find_overflows(page) == {}
    assert find_violations(page, "light", "dark", part="#skills") == []


def test_count_covers_no_skill_that_is_in_use(page: Page) -> None:
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
