"""Sharing a verdict and opening a shared one, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

FOUR = (
    "location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes&skill=system-design"
    "&edition=1"
)
EXACT, SHARED = f"/verdict/?salary=115000&{FOUR}", f"/verdict/?{FOUR}&pay=p25"
FAKE_SHARE = "navigator.share = async (data) => { window.shared = data; };"


def test_link_is_copied_without_the_salary_and_said(page: Page) -> None:
    page.context.grant_permissions(["clipboard-write"])
    page.goto(EXACT)
    status = page.get_by_role("group", name=re.compile("Share it as about")).get_by_role("status")
    expect(status).to_be_attached()
    expect(status).to_have_text("")

    page.get_by_role("link", name="Copy link").click()

    expect(page.get_by_role("link", name="Copied")).to_be_visible()
    expect(status).to_have_text("Link copied")
    page.goto("/")
    field = page.get_by_label("Where you are paid")
    field.press("Control+V")
    expect(field).to_have_value(re.compile(f"{re.escape(SHARED)}$"))


def test_link_is_a_link_without_javascript(plain_page: Page) -> None:
    plain_page.goto(EXACT)

    plain_page.get_by_role("link", name="Copy link").click()

    expect(plain_page).to_have_url(re.compile(f"{re.escape(SHARED)}$"))
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Learn Kubernetes first")


def test_device_shares_the_same_link(page: Page) -> None:
    page.add_init_script(FAKE_SHARE)
    page.goto(EXACT)

    page.get_by_role("button", name="Share…").click()

    shared = page.evaluate("window.shared")
    assert shared["url"].endswith(SHARED)
    assert shared["title"] == "What should a developer in Austin learn first?"


def test_device_without_a_list_of_apps_has_no_button(page: Page) -> None:
    page.add_init_script("delete Navigator.prototype.share;")
    page.goto(EXACT)

    expect(page.get_by_role("link", name="Copy link")).to_be_visible()
    expect(page.get_by_role("button", name="Share…")).to_be_hidden()


def test_reader_gets_their_own_verdict_without_javascript(plain_page: Page) -> None:
    page = plain_page
    page.goto(SHARED)

    page.get_by_role("textbox", name="And for you?").fill("130k")
    page.get_by_role("button", name="Show mine").click()

    expect(page).to_have_url(re.compile(r"/verdict/\?salary=130000&location=us-austin-tx&skill=.*&edition=\d+$"))
    expect(page.get_by_role("textbox", name="And for you?")).to_have_count(0)
