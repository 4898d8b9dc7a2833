"""No public page, whatever its kind or its answer, does anything that its own content policy forbids."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import Page

from tests.skills.test_trust_pages import ANSWERS, public_addresses

#: Beside one of each route: what is not there, cannot be understood, or is empty.
OTHERS = ["/nothing/", "/verdict/?salary=lots", "/compare/", "/verdict/?edition=99", "/skills/nothing/"]
#: Chromium saves these, or shows them by a page of its own.
NOT_SHOWN = (".csv", ".atom", ".xml", ".png")


def test_no_public_page_breaks_the_content_policy(page: Page, policy_breaches: list[str]) -> None:
    shown = [address for address in [*public_addresses(), *OTHERS] if not address.split("?")[0].endswith(NOT_SHOWN)]
    statuses: Counter[int] = Counter()

    for address in shown:
        response = page.goto(address)
        if "?" in address:  # what the form and the verdict fetch comes after the page
            page.wait_for_load_state("networkidle")
        statuses[response.status if response else 0] += 1

    assert len(shown) > 25
    assert statuses[200] > 20
    assert statuses[0] == 0
    assert policy_breaches == []


@pytest.mark.parametrize(
    "breach",
    [
        pytest.param("document.body.setAttribute('style', 'color: red')", id="style"),
        pytest.param("document.body.append(Object.assign(new Image(), {src: 'https://example.org/'}))", id="elsewhere"),
        pytest.param("document.body.insertAdjacentHTML('beforeend', '<b onclick=\"0\">b</b>')", id="handler"),
    ],
)
def test_breach_is_noticed(page: Page, policy_breaches: list[str], complaints: list[str], breach: str) -> None:
    page.goto(f"/verdict/?{ANSWERS}")

    page.evaluate(breach)
    page.wait_for_function("performance.now() > 0")

    assert policy_breaches != []
    policy_breaches.clear()
    complaints.clear()
