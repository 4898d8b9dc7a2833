"""What a browser makes of a page's head: few requests, and data that no policy refuses."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request

MOST_REQUESTS = 8


def test_first_visit_needs_few_requests(page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)

    page.goto("/")
    page.wait_for_load_state("networkidle")

    assert len(asked) <= MOST_REQUESTS
    assert not [url for url in asked if url.endswith((".webmanifest", ".ico"))]


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        pytest.param("/", ["WebSite"], id="home"),
        pytest.param("/skills/", ["Dataset"], id="skills"),
        pytest.param("/skills/kubernetes/", ["BreadcrumbList"], id="skill"),
        pytest.param("/articles/what-stacking-skills-does/", ["Article", "BreadcrumbList"], id="article"),
    ],
)
def test_data_for_search_engines_is_there_and_not_refused(page: Page, path: str, kinds: list[str]) -> None:
    page.goto(path)

    blocks = page.locator('script[type="application/ld+json"]')
    read = blocks.evaluate_all(
        "blocks => blocks.flatMap(b => JSON.parse(b.textContent)['@graph'].map(t => t['@type']))"
    )
    assert read == kinds


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_breadcrumbs_fit(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})

    page.goto("/articles/best-backend-skills-2026/")

    assert page.get_by_role("navigation", name="Breadcrumb").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
