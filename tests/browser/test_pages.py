"""Every kind of page is accessible in light and dark, fits every width, and keeps to its own content policy."""

from __future__ import annotations

import pytest
from django.urls import resolve
from playwright.sync_api import Page, expect

from calculator.query import write_comparison
from tests.browser.accessibility import HEIGHT, Scheme, find_overflows, find_violations, unfold
from tests.skills.test_trust_pages import public_addresses

FOUR = (
    "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes"
    "&skill=system-design"
)
AUSTIN = "salary=115000&location=us-austin-tx"
RUST = f"{AUSTIN}&skill=rust&skill=scala&edition=1"
BERLIN = "salary=70000&location=de-berlin&skill=go&skill=rust&skill=scala&have=docker&hours=10&edition=1"
STAY_PUT = "salary=115000&location=us&skill=cpp&hours=1&years=1&edition=1"
#: Each template is seen in both schemes, by one page or by two. The states of a verdict
#: are in test_verdict_content, and its details, which the pages of details repeat, in test_verdict_details.
PAGES: dict[str, tuple[str, tuple[Scheme, ...]]] = {
    "home": ("/", ("light",)),
    "home with skills": ("/?skill=kafka&skill=go", ("dark",)),
    "skills": ("/skills/", ("light", "dark")),
    "no skills found": ("/skills/?text=alchemy", ("light",)),
    "skill": ("/skills/ai-ml-integration/", ("light", "dark")),
    "skill with two figures": ("/skills/data-warehouse/", ("light",)),
    "skill that nobody measured": ("/skills/application-security/", ("dark",)),
    "articles": ("/articles/", ("light", "dark")),
    "article": ("/articles/best-backend-skills-2026/", ("light",)),
    "article with a long table": ("/articles/what-stacking-skills-does/", ("dark",)),
    "article preview that has ended": ("/articles/preview/none/", ("light",)),
    "methodology": ("/methodology/", ("light", "dark")),
    "does it work": ("/does-it-work/", ("light", "dark")),
    "study": ("/studies/pooled-2026/", ("light", "dark")),
    "ways": ("/ways/", ("light", "dark")),
    "way": ("/ways/switch-employer/", ("light", "dark")),
    "sources": ("/sources/", ("light", "dark")),
    "source": ("/sources/so-2021/", ("light", "dark")),
    "privacy": ("/privacy/", ("light", "dark")),
    "changes": ("/changes/", ("light", "dark")),
    "change": ("/changes/1/", ("light", "dark")),
    "not there": ("/nothing/", ("light", "dark")),
    "several places": ("/verdict/?salary=100000&location=birmingham&skill=go", ("light",)),
    "mistakes": ("/verdict/?salary=lots&location=Birmingham&skill=cobol&hours=99", ("dark",)),
    "no such edition": (f"/verdict/?{FOUR}&edition=999", ("light",)),
    "what would change it": (f"/verdict/flips/?{FOUR}", ("light",)),
    "calculation": (f"/verdict/calculation/?{FOUR}", ("dark",)),
    "evidence": (f"/verdict/evidence/?{FOUR}", ("light",)),
    "where pay stands": (f"/verdict/market/?{FOUR}", ("dark",)),
    "other ways": (f"/verdict/ways/?{FOUR}", ("light", "dark")),
    "what changed": (f"/verdict/changes/?{RUST}", ("light", "dark")),
    "comparison": (f"/compare/?{write_comparison(RUST, BERLIN)}", ("light", "dark")),
    "comparison of staying put": (f"/compare/?{write_comparison(STAY_PUT, STAY_PUT)}", ("light",)),
    "comparison, one question first": (
        f"/compare/?{write_comparison(RUST.replace('115000', '9500'), BERLIN)}",
        ("light",),
    ),
    "comparison of nothing": ("/compare/", ("dark",)),
    "comparison, mistakes": (f"/compare/?{write_comparison('salary=lots', RUST)}", ("dark",)),
    "comparison, several places": (
        f"/compare/with/?{write_comparison(RUST, '')}&location=Birmingham&salary=lots&skill=cobol",
        ("light",),
    ),
}
#: Seen with everything unfolded.
UNFOLDED = {"skills", "skill", "skill with two figures", "does it work", "sources", "privacy"}
#: Chromium saves these, or shows them by a page of its own.
NOT_PAGES = (".csv", ".atom", ".xml", ".png", ".json", ".txt")
#: An address whose question mark was escaped leads on to its page.
ESCAPED = "%3F"
#: What pages fetch: the tests of the form and of a verdict have it fetched.
PARTS = {
    f"calculator:{name}"
    for name in (
        "verdict_panel",
        "verdict_latest",
        "place_suggestions",
        "place_currency",
        "pay_reading",
        "skill_search",
    )
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits(page: Page, name: str) -> None:
    address, schemes = PAGES[name]
    page.goto(address)
    page.wait_for_load_state("networkidle")  # what a page fetches comes after it

    assert find_overflows(page) == {}
    if name in UNFOLDED:
        unfold(page)
        assert find_overflows(page) == {}
    page.set_viewport_size({"width": 320 if schemes[0] == "light" else 1280, "height": HEIGHT})
    assert find_violations(page, *schemes) == []
    if name in UNFOLDED:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert find_overflows(page, 320) == {}


def test_every_kind_of_page_is_among_these() -> None:
    pages = (each for each in public_addresses() if not _path(each).endswith(NOT_PAGES) and ESCAPED not in _path(each))
    public = {_view(address) for address in pages}
    seen = {_view(address) for address, _ in PAGES.values() if address != "/nothing/"}

    assert public - seen - PARTS == set()


def test_article_is_printed_without_what_is_only_of_use_on_a_screen(page: Page) -> None:
    page.goto("/articles/best-backend-skills-2026/")
    expect(page.get_by_role("navigation", name="Breadcrumb")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for name in ("Main", "Contents", "Breadcrumb"):
        expect(page.get_by_role("navigation", name=name)).to_be_hidden()
    expect(page.locator(".site-footer__links")).to_be_hidden()
    expect(page.locator(".credits")).to_be_hidden()
    expect(page.locator(".call")).to_be_hidden()


def test_script_and_style_that_the_policy_forbids_are_noticed(page: Page, complaints: list[str]) -> None:
    page.goto("/skills/")

    for breach in (
        "document.body.setAttribute('style', 'color: red')",
        "document.body.append(Object.assign(new Image(), {src: 'https://example.org/'}))",
        "document.body.insertAdjacentHTML('beforeend', '<b onclick=\"0\">b</b>')",
    ):
        with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
            page.evaluate(breach)
        assert complaints != []
        complaints.clear()


def _path(address: str) -> str:
    return address.split("?")[0]


def _view(address: str) -> str:
    return resolve(_path(address)).view_name
