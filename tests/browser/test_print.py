"""Pages on paper, and a verdict on the narrowest phone with everything unfolded."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import find_overflows

TEN = (
    "ai-ml-integration",
    "cloud-architecture",
    "system-design",
    "kubernetes",
    "ci-cd",
    "docker",
    "infrastructure-as-code",
    "site-reliability",
    "application-security",
    "data-warehouse",
)
KRAKOW = "salary=300000&location=pl-krakow&experience=8"
FIND_OVERLAPS = """
() => {
  const boxes = [...document.querySelectorAll(".page > *, .section > *, .answer > *")]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ element, box }) => box.height > 1 && !element.matches(".visually-hidden"));
  return boxes.flatMap(({ element, box }) => boxes
    .filter((other) => other.element.parentElement === element.parentElement && other.element !== element)
    .filter((other) => other.box.top < box.bottom - 1 && box.top < other.box.bottom - 1
      && other.box.left < box.right - 1 && box.left < other.box.right - 1)
    .map((other) => `${element.className} over ${other.element.className}`));
}
"""


def verdict_of(skills: tuple[str, ...]) -> str:
    return "/verdict/?salary=115000&location=us-austin-tx&" + "&".join(f"skill={skill}" for skill in skills)


def count_sheets(page: Page, paper: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


def test_longest_verdict_prints_on_two_sheets_and_nothing_overlaps(page: Page) -> None:
    page.set_viewport_size({"width": 716, "height": 1000})  # as wide as the text on a sheet
    page.goto(verdict_of(TEN))
    page.wait_for_load_state("networkidle")

    assert count_sheets(page, "A4") == 2
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="The plan")).to_be_visible()
    assert page.evaluate(FIND_OVERLAPS) == []


def test_all_rows_and_the_addresses_of_details_are_printed(page: Page) -> None:
    page.goto("/verdict/?salary=115000&location=us-austin-tx")
    page.wait_for_load_state("networkidle")

    assert count_sheets(page, "A4") == 2
    page.emulate_media(media="print")
    rows = page.locator("#fold-skills tbody tr")
    assert rows.count() > 10
    assert all(row.bounding_box() for row in rows.all())
    expect(page.locator("#fold-more")).to_be_hidden()
    notes = page.locator(".fold .load-note a").all()
    assert len(notes) == 3
    for note in notes:
        printed = note.evaluate("link => getComputedStyle(link, '::after').content")
        assert note.evaluate("link => link.href") in printed.replace('" "', "")


def test_verdict_prints_on_two_sheets_of_letter_paper(page: Page) -> None:
    page.goto(verdict_of(TEN[:4]))
    page.wait_for_load_state("networkidle")

    assert count_sheets(page, "Letter") == 2


@pytest.mark.parametrize(
    ("path", "sheets"),
    [
        pytest.param("/", 1, id="home"),
        pytest.param("/skills/", 2, id="skills"),
        pytest.param("/skills/kubernetes/", 2, id="skill"),
        pytest.param("/sources/so-2021/", 2, id="source"),
        pytest.param("/articles/best-backend-skills-2026/", 4, id="article"),
        pytest.param("/privacy/", 2, id="privacy"),
        pytest.param(f"/verdict/ways/?{KRAKOW}", 2, id="ways"),
        pytest.param(f"/verdict/evidence/?{KRAKOW}&skill=kubernetes&skill=kafka", 2, id="evidence"),
        pytest.param(f"/verdict/calculation/?{KRAKOW}&skill=kubernetes&skill=kafka", 2, id="calculation"),
        pytest.param(f"/verdict/market/?{KRAKOW}", 1, id="market"),
    ],
)
def test_page_prints_on_few_sheets_without_what_is_to_be_pressed(page: Page, path: str, sheets: int) -> None:
    page.goto(path)

    assert count_sheets(page, "A4") <= sheets
    page.emulate_media(media="print")
    expect(page.locator("main .button:visible, main form:visible, main nav:visible")).to_have_count(0)
    expect(page.locator("section:has(> form):visible")).to_have_count(0)  # its heading would say nothing


def test_all_ways_that_were_opened_are_printed_as_wide_as_the_sheet(page: Page) -> None:
    page.goto(f"/verdict/?{KRAKOW}&skill=kubernetes&skill=kafka")
    page.locator("#other-ways").get_by_role("link", name=re.compile("^All ")).click()
    page.locator("#ways").wait_for()

    page.emulate_media(media="print")
    assert page.evaluate("document.getElementById('ways').clientWidth") == page.evaluate(
        "document.getElementById('skills').clientWidth"
    )
    assert page.evaluate(FIND_OVERLAPS) == []


def test_unfolded_verdict_fits(page: Page) -> None:
    page.goto(verdict_of(TEN))
    page.wait_for_load_state("networkidle")

    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")

    assert find_overflows(page) == {}
