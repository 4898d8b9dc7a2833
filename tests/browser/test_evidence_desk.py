"""The evidence desk in a real browser: the pooled result follows what is typed, and nothing is saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Site

NAME, PASSWORD = "evidence-editor", "for a test of the desk"
# Kubernetes is measured twice and claimed once; its best figure stands in the first row.
FIRST, SECOND = "evidence-0", "evidence-1"

type Edit = Callable[[Page], None]


@pytest.fixture(scope="module")
def skill(site: Site) -> str:
    """The address of a skill's page, for an editor who may sign in."""
    code = (
        "from django.contrib.auth.models import User; from skills.models import Skill;"
        f"User.objects.filter(username={NAME!r}).exists()"
        f" or User.objects.create_superuser({NAME!r}, 'editor@example.org', {PASSWORD!r});"
        "print(Skill.objects.get(slug='kubernetes').pk)"
    )
    return f"/admin/skills/skill/{site.python(code).split()[-1]}/change/"


@pytest.fixture
def desk(page: Page, skill: str) -> Page:
    """The skill's page, open."""
    open_desk(page, skill)
    return page


@pytest.fixture
def rows(site: Site) -> Callable[[], str]:
    """All that the database holds of the skill and its evidence."""
    code = (
        "from skills.models import Evidence, Skill;"
        "print(list(Skill.objects.filter(slug='kubernetes').values()), list(Evidence.objects.order_by('pk').values()))"
    )
    return lambda: site.python(code)


def open_desk(page: Page, skill: str) -> None:
    page.goto(skill)
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="The pooled result")).to_be_attached()
    page.wait_for_load_state("load")  # what follows the edits is listening from then on


def cell(page: Page, row: str, name: str) -> Locator:
    return page.locator(f"[name={row}-{name}]")


def type_over(field: Locator, text: str) -> None:
    field.press("ControlOrMeta+a")
    field.press_sequentially(text)


def result(page: Page) -> Locator:
    """What the first row of the table says with the edits."""
    return page.locator("#pool-result tbody tr").first.locator("td").last


def test_pooled_result_follows_the_keyboard_and_nothing_is_saved(desk: Page, rows: Callable[[], str]) -> None:
    before = rows()
    expect(desk.locator("#pool-now")).to_contain_text("With these edits +3.6%")
    middle = cell(desk, FIRST, "mid_percent")

    middle.focus()
    type_over(middle, "5.2")

    expect(desk.locator("#pool-now mark")).to_have_text("+3.8%")
    expect(desk.locator("#pool-now")).to_be_in_viewport()
    expect(result(desk)).to_contain_text("+3.8%")
    expect(result(desk).locator("mark")).to_have_count(1)
    expect(middle).to_be_focused()
    expect(middle).to_have_value("5.2")
    desk.reload()
    expect(desk.locator("#pool-now")).to_contain_text("With these edits +3.6%")
    assert rows() == before


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(lambda page: cell(page, FIRST, "grade").select_option("D"), "D", id="grade"),
        pytest.param(lambda page: cell(page, SECOND, "DELETE").check(), "1", id="deletion"),
        pytest.param(lambda page: cell(page, SECOND, "region").select_option("us"), "United States", id="region"),
    ],
)
def test_pooled_result_follows_every_kind_of_edit(desk: Page, edit: Edit, expected: str) -> None:
    edit(desk)

    expect(desk.locator("#pool-now mark")).to_have_count(1)
    expect(desk.locator("#pool-result")).to_contain_text(expected)


def test_row_that_cannot_be_saved_is_named_until_it_is_put_right(desk: Page) -> None:
    middle = cell(desk, SECOND, "mid_percent")

    type_over(middle, "80")
    named = desk.get_by_text(re.compile(r"^Row 2, so-2025-model, Worldwide: The premium must rise"))
    expect(named).to_be_visible()
    expect(desk.locator("#pool-now")).to_contain_text("1 left out")
    type_over(middle, "4.95")

    expect(named).to_have_count(0)
    expect(desk.locator("#pool-now mark")).to_have_count(0)


def test_row_that_is_added_counts_until_it_is_removed(desk: Page) -> None:
    desk.get_by_role("button", name="Add another Evidence").click()
    new = "evidence-3"
    cell(desk, new, "source").select_option(label="dou-2025")
    cell(desk, new, "grade").select_option("A")
    for name, value in (("low", "20"), ("mid", "30"), ("high", "40")):
        cell(desk, new, f"{name}_percent").fill(value)
    cell(desk, new, "population").fill("everybody")
    cell(desk, new, "year").fill("2026")

    expect(desk.locator("#pool-result")).to_contain_text("dou-2025")
    expect(desk.locator("#pool-now mark")).to_have_count(1)
    desk.locator(".inline-deletelink").click()

    expect(desk.locator("#pool-now mark")).to_have_count(0)
    expect(desk.locator("#pool-result")).not_to_contain_text("dou-2025")


def test_edits_are_worked_out_without_javascript(
    browser: Browser, site: Site, skill: str, rows: Callable[[], str]
) -> None:
    before = rows()
    with browser.new_context(java_script_enabled=False, base_url=site.address) as context:
        page = context.new_page()
        open_desk(page, skill)
        cell(page, FIRST, "mid_percent").fill("5.2")

        page.get_by_role("button", name="Work out with these edits").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("The pooled result: Kubernetes")
        expect(page.get_by_role("table", name="Measured premium").get_by_role("row").nth(1)).to_contain_text("+3.8%")
        page.go_back()
        expect(cell(page, FIRST, "mid_percent")).to_have_value("5.2")
    assert rows() == before


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_pooled_result_is_accessible_and_fits(page: Page, skill: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    open_desk(page, skill)
    type_over(cell(page, FIRST, "mid_percent"), "99")
    expect(page.locator("#pool-now")).to_contain_text("1 left out")

    for part in ("#pool", "#pool-now"):
        results = Axe().run(page, context=part)
        assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width
