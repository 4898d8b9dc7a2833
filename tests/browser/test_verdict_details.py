"""The closed details of a verdict, and what would change it: loaded into its page, or links to pages of their own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import find_overflows, find_violations

FOUR = (
    "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes"
    "&skill=system-design"
)
FOLDS = {
    "The calculation": "What is left over 3 years",
    "Evidence": "Made from 2 figures",
    "Your market": "One in ten earns less than",
}
FAILED = "This part could not be loaded. Open it as a page"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_flips_are_loaded_after_the_page_and_nothing_jumps(page: Page, width: int) -> None:
    waiting: list[Route] = []
    page.route("**/verdict/flips/**", lambda route: waiting.append(route))
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"/verdict/?{FOUR}")
    section = page.locator(".section--flips")
    expect(section.get_by_role("link", name="See which answers would change it")).to_be_visible()
    page.wait_for_function("() => document.querySelector('.section--flips .htmx-request')")
    before = section.bounding_box()

    waiting[0].continue_()

    expect(section.locator(".flips__link")).to_have_count(2)
    assert section.bounding_box() == before
    section.locator(".flips__link").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Learn Kubernetes first")


def test_detail_is_loaded_once_when_it_is_opened(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/verdict/?{FOUR}")
    page.wait_for_load_state("networkidle")
    assert not any("/calculation/" in url or "/evidence/" in url or "/market/" in url for url in asked)

    for name, said in FOLDS.items():
        fold = page.locator("details.fold", has=page.locator("summary", has_text=name))
        for _ in range(3):
            fold.locator("summary").first.click()
        expect(fold).to_contain_text(said)
        expect(fold.locator("h1, .site-header")).to_have_count(0)

    expect(page).to_have_title("Learn Kubernetes first | EarnVerdict")
    for part in ("calculation", "evidence", "market"):
        assert len([url for url in asked if f"/verdict/{part}/" in url]) == 1
    assert find_overflows(page, 320) == {}
    assert find_violations(page, "light", "dark") == []


@pytest.mark.parametrize("trouble", ["offline", "unavailable"])
def test_part_that_cannot_be_had_says_so_and_keeps_its_link(page: Page, complaints: list[str], trouble: str) -> None:
    def answer(route: Route) -> None:
        route.abort() if trouble == "offline" else route.fulfill(status=503)

    page.route("**/verdict/flips/**", answer)
    page.route("**/verdict/market/**", answer)
    page.goto(f"/verdict/?{FOUR}")
    page.get_by_text("Your market").locator("visible=true").click()

    # The text is there before, hidden: only its sight says that the request has failed.
    expect(page.locator("#fold-market .load-note__failure")).to_be_visible()
    expect(page.locator(".section--flips .load-note__failure")).to_be_visible()
    expect(page.locator("#fold-market .fold__body")).to_have_text(FAILED)
    expect(page.locator(".section--flips .load-note")).to_have_text(
        "This part could not be loaded. See which answers would change it"
    )
    expect(page.locator("#announcer")).to_have_text("This part could not be loaded.")
    page.unroute("**/verdict/market/**")
    page.locator("#fold-market").get_by_role("link", name="Open it as a page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your market")
    complaints.clear()  # htmx logs what failed


def test_without_javascript_every_heading_is_a_link(plain_page: Page) -> None:
    plain_page.goto(f"/verdict/?{FOUR}")
    for name, said in FOLDS.items():
        link = plain_page.get_by_role("link", name=name, exact=True)
        expect(link).to_be_visible()
        expect(plain_page.locator("summary", has_text=name)).to_be_hidden()
        link.click()
        expect(plain_page.get_by_role("heading", level=1)).to_have_text(name)
        expect(plain_page.locator("main")).to_contain_text(said)
        plain_page.get_by_role("link", name="Back to it").click()
        expect(plain_page.get_by_role("heading", level=1)).to_have_text("Learn Kubernetes first")
    plain_page.get_by_text("Limits", exact=True).click()
    expect(plain_page.get_by_text("Study hours are estimates, not measurements.")).to_be_visible()
    plain_page.get_by_role("link", name="See which answers would change it").click()
    expect(plain_page.locator(".flips__link").first).to_be_visible()


@pytest.mark.parametrize("part", ["calculation", "evidence", "market", "flips"])
def test_page_of_a_detail_fits_at_twice_the_text(page: Page, part: str) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(f"/verdict/{part}/?{FOUR}&skill=data-warehouse")  # of the longest name
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
