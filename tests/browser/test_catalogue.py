"""The list of skills and their pages on a phone, in short and with scripts off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.mark.parametrize(
    ("path", "max_screens"),
    [
        pytest.param("/skills/", 6, id="skills"),
        pytest.param("/skills/kubernetes/", 5, id="skill"),
        pytest.param("/skills/site-reliability/", 5, id="skill by region"),
        pytest.param("/sources/", 11, id="sources"),
        pytest.param("/privacy/", 4, id="privacy"),
    ],
)
def test_page_is_short_on_a_phone(page: Page, path: str, max_screens: int) -> None:
    page.set_viewport_size(PHONE)
    page.goto(path)

    height = page.evaluate("document.documentElement.scrollHeight")

    assert height <= max_screens * PHONE["height"], height


def test_list_shows_figures_at_once_and_is_sorted_and_filtered_without_a_script(
    plain_page: Page, base_url: str
) -> None:
    plain_page.set_viewport_size(PHONE)
    plain_page.goto(f"{base_url}/skills/")
    table = plain_page.get_by_role("table", name="All 23 skills")

    expect(table.get_by_role("row").nth(1)).to_be_in_viewport(ratio=1)
    expect(plain_page.get_by_label("Category")).to_be_hidden()
    expect(table.get_by_role("columnheader", name="Measured")).to_have_attribute("aria-sort", "descending")

    table.get_by_role("link", name="Study hours").click()
    expect(plain_page).to_have_url(f"{base_url}/skills/?sort=hours")
    expect(table.get_by_role("columnheader", name="Study hours")).to_have_attribute("aria-sort", "ascending")
    expect(table.get_by_role("rowheader").first.get_by_role("link")).to_have_text("Docker")

    plain_page.get_by_text("Filter", exact=True).click()
    plain_page.get_by_label("Category").select_option("Data")
    plain_page.get_by_role("button", name="Show").click()
    expect(plain_page.get_by_role("heading", name="skills, Data, fewest study hours first")).to_be_visible()


def test_ruler_of_the_list_stays_in_view(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/skills/")

    page.get_by_role("link", name="PostgreSQL").scroll_into_view_if_needed()

    expect(page.locator(".skill-table__heads .axis")).to_be_in_viewport(ratio=1)


def test_evidence_is_closed_and_opens_at_its_address(page: Page) -> None:
    page.goto("/skills/kubernetes/")
    expect(page.get_by_role("table", name="Evidence for Kubernetes")).to_be_hidden()

    page.goto("/skills/kubernetes/#evidence")

    expect(page.get_by_role("table", name="Evidence for Kubernetes")).to_be_visible()
