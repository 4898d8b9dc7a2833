"""The home page opens in a real browser."""

from playwright.sync_api import Page, expect


def test_home_page_shows_its_heading(page: Page) -> None:
    page.goto("/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
