"""The form of the page of other ways: places are suggested, and it leads to its answers or its mistakes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import find_overflows, find_violations

LEEDS = "/verdict/ways/?salary=32000&location=gb-leeds&experience=2"


def test_second_place_is_suggested_and_its_answer_has_the_focus(page: Page) -> None:
    page.goto(LEEDS)
    field = page.get_by_role("combobox", name="A second place")
    field.press_sequentially("brad")
    page.get_by_role("option").filter(has_text="Bradford").first.click()
    expect(field).to_have_value("Bradford, England, United Kingdom")
    page.get_by_role("button", name="Show it").click()

    expect(page).to_have_url(re.compile(r"&to=gb-leeds&to_town=Bradford#own-answers$"))
    own = page.locator("#own-answers")
    expect(own).to_be_focused()
    expect(own).to_be_in_viewport()
    own.get_by_role("link", name="Move within the country").click()
    expect(page.locator("#way-move-market")).to_be_in_viewport()
    assert find_violations(page, "light", "dark") == []


@pytest.mark.parametrize("width", [320, 1280])
def test_mistakes_are_in_view_each_with_a_link_to_its_field(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(LEEDS)
    page.get_by_label("A second place").fill("Springfield")
    page.get_by_label("Hours of side work a week").fill("10")
    page.get_by_role("button", name="Show it").click()

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#own-answers")).to_be_focused()
    expect(page.locator("#own-answers")).to_be_in_viewport()
    page.get_by_role("link", name="Enter what an hour of side work pays, too.").click()
    expect(page.get_by_label("What an hour of it pays")).to_be_focused()
    assert find_violations(page, "light", "dark") == []
    assert find_overflows(page) == {}


def test_form_leads_to_its_answer_without_javascript(plain_page: Page) -> None:
    plain_page.goto(LEEDS)
    plain_page.get_by_label("Hours of side work a week").fill("10")
    plain_page.get_by_label("What an hour of it pays").fill("30")
    plain_page.get_by_role("button", name="Show it").click()

    expect(plain_page.locator("#own-answers")).to_have_text("Side work: about £16,000 a year")
    expect(plain_page.locator("#own-answers")).to_be_in_viewport()
