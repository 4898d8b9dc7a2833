"""The place field and its list of places, in a real browser: by keyboard, by mouse, by touch, without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import find_overflows, find_violations

KUBERNETES = "salary=115000&location=us-austin-tx&skill=kubernetes"
SEVERAL = "/compare/with/?a=salary%3D115000%26location%3Dus-austin-tx%26skill%3Dkubernetes&location=Birmingham"


@pytest.fixture
def field(page: Page) -> Locator:
    return page.get_by_label("Where you are paid")


@pytest.fixture
def places(page: Page) -> Locator:
    return page.locator("#place-suggestions")


def type_in(field: Locator, text: str) -> None:
    """Type all of it at once, so that it is asked for once, and wait for its list."""
    field.fill(text)
    expect(field).to_have_attribute("aria-expanded", "true")


def test_keyboard_alone_chooses_a_place(page: Page, field: Locator, places: Locator) -> None:
    page.goto("/")
    type_in(field, "berln")
    first = places.get_by_role("option").first
    expect(first).to_contain_text("Berlin, Germany")
    expect(page.locator("#announcer")).to_have_text(re.compile(r"^Places found: \d\.$"))

    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "none")
    expect(first).to_have_attribute("aria-selected", "true")
    field.press("Enter")

    expect(field).to_have_value("Berlin, Germany")
    expect(field).to_be_focused()
    expect(places).to_be_hidden()
    expect(page.locator("#salary-currency")).to_contain_text("Base pay in euros (€). Half earn more than ")
    expect(page).to_have_url(re.compile("/$"))


def test_arrows_go_round_and_typing_on_lets_go(page: Page, field: Locator, places: Locator) -> None:
    page.goto("/")
    type_in(field, "portland")
    active = places.locator("[aria-selected=true]")

    last = places.get_by_role("option").last
    field.press("ArrowUp")
    expect(last).to_have_attribute("aria-selected", "true")
    expect(active).to_have_count(1)
    field.press("ArrowDown")
    expect(active).to_contain_text("Portland-Vancouver-Hillsboro, OR-WA")
    field.press("Home")
    expect(active).to_have_count(1)
    assert field.evaluate("field => field.selectionStart") == 0
    field.press("End")
    field.press_sequentially(" me")
    expect(active).to_have_count(0)
    expect(places.get_by_role("option")).to_have_count(1)


def test_escape_closes_the_list_then_empties_the_field(page: Page, field: Locator, places: Locator) -> None:
    page.goto("/")
    type_in(field, "austin")

    field.press("Escape")
    expect(places).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("austin")
    field.press("ArrowDown")
    expect(places).to_be_visible()
    field.press("Escape")
    field.press("Escape")

    expect(field).to_have_value("")
    expect(places.get_by_role("option")).to_have_count(0)


def test_enter_without_a_choice_asks_for_the_verdict(page: Page, field: Locator) -> None:
    page.goto(f"/?{KUBERNETES}")
    type_in(field, "munich")

    field.press("Enter")

    expect(page).to_have_url(re.compile("location=de-munich&"))


def test_mouse_chooses_a_place_in_its_chip(page: Page, field: Locator, places: Locator) -> None:
    page.goto(f"/verdict/?{KUBERNETES}")
    page.locator("#chip-location > summary").click()
    type_in(field, "toronto")

    places.get_by_role("option", name="Toronto, Ontario, Canada").click()
    expect(field).to_have_value("Toronto, Ontario, Canada")
    expect(field).to_be_focused()
    expect(places).to_be_hidden()
    expect(page.locator("#salary-currency")).to_contain_text("in Canadian dollars (CA$).")
    page.locator("#chip-location").get_by_role("button", name="Update").click()
    expect(page.locator("#id_location-error")).to_contain_text("What is yours there?")
    page.locator("#chip-location").get_by_role("link", name="US dollars: about").click()

    expect(page).to_have_url(re.compile("location=ca-toronto&"))
    expect(page.locator("#chip-location > summary")).to_have_text("Toronto")


def test_list_works_after_the_form_was_swapped(page: Page, field: Locator, places: Locator) -> None:
    page.goto(f"/verdict/?{KUBERNETES}")
    page.locator("#chip-have > summary").click()
    page.locator("label:has(#have-java)").click()
    expect(page).to_have_url(re.compile("have=java&"))
    page.locator("#chip-location > summary").click()

    type_in(field, "nyc")
    field.press("ArrowDown")
    field.press("Enter")
    field.press("Enter")

    expect(page).to_have_url(re.compile("location=us-new-york-ny&.*have=java&"))


def test_leaving_the_field_closes_the_list(page: Page, field: Locator, places: Locator) -> None:
    page.goto("/")
    type_in(field, "austin")
    page.get_by_role("heading", level=1).click()
    expect(places).to_be_hidden()

    type_in(field, "berlin")
    field.press("Tab")

    expect(places).to_be_hidden()
    expect(field).to_have_value("berlin")


def test_list_says_when_there_is_no_such_place(page: Page, field: Locator, places: Locator) -> None:
    page.goto("/")
    type_in(field, "zzyzland")

    said = "No place found: try a larger city or the country in English."
    expect(places).to_have_text(said)
    expect(page.locator("#announcer")).to_have_text(said)
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "")


def test_other_place_of_a_comparison_is_chosen_from_a_list_too(page: Page) -> None:
    page.goto(SEVERAL)
    field = page.get_by_label("Place city or country")

    type_in(field, "birmingham uk")
    field.press("ArrowDown")
    field.press("Enter")

    expect(field).to_have_value("Birmingham, United Kingdom")


def test_open_list_is_accessible_and_fits(page: Page, field: Locator, places: Locator) -> None:
    page.goto("/")
    type_in(field, "san")
    expect(places.get_by_role("option")).to_have_count(8)
    field.press("ArrowDown")
    expect(places.locator("[aria-selected=true]")).to_have_count(1)

    assert find_overflows(page, 1280, 320) == {}
    assert find_violations(page, "light", "dark", part=".places-field") == []
    heights = places.get_by_role("option").evaluate_all(
        "options => options.map(option => option.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


def test_nothing_moves_when_the_hint_comes(page: Page, field: Locator) -> None:
    page.goto("/")
    skills = page.get_by_text("What you know already")
    before = skills.bounding_box()

    field.fill("Austin")
    field.blur()
    expect(page.locator("#salary-currency")).to_contain_text("Half earn more than $")

    assert skills.bounding_box() == before


def test_without_javascript_what_is_typed_is_understood(plain_page: Page) -> None:
    page = plain_page
    page.goto(f"/?{KUBERNETES}")
    page.get_by_label("Where you are paid").fill("berln")
    expect(page.locator("#place-suggestions")).to_be_hidden()

    page.get_by_label("Where you are paid").press("Enter")
    expect(page.get_by_text("We do not know “berln”. Did you mean one of the places below?").first).to_be_visible()
    page.get_by_role("link", name="Berlin, Germany").click()

    expect(page).to_have_url(re.compile("location=de-berlin&"))
    expect(page.locator("#salary-currency")).to_contain_text("in euros (€). Half earn more")
