"""The pool preview in a real browser: the pooled result follows the edits, and nothing is saved."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import find_overflows, find_violations
from tests.browser.conftest import Site, sign_in

# Kubernetes is measured twice and claimed once; its best figure is in the first row.
FIRST, SECOND = "evidence-0", "evidence-1"


@pytest.fixture(scope="module")
def skill(site: Site) -> str:
    """The address of a skill's page."""
    key = site.python("from skills.models import Skill; print(Skill.objects.get(slug='kubernetes').pk)")
    return f"/admin/skills/skill/{key.strip()}/change/"


@pytest.fixture
def form(editor: Page, skill: str) -> Page:
    """The skill's page, open."""
    open_desk(editor, skill)
    return editor


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


def test_pooled_result_follows_the_keyboard_and_nothing_is_saved(form: Page, rows: Callable[[], str]) -> None:
    before = rows()
    expect(form.locator("#pool-now")).to_contain_text("With these edits +3.6%")
    middle = cell(form, FIRST, "mid_percent")

    middle.focus()
    type_over(middle, "5.2")

    expect(form.locator("#pool-now mark")).to_have_text("+3.8%")
    expect(form.locator("#pool-now")).to_be_in_viewport()
    expect(result(form)).to_contain_text("+3.8%")
    expect(result(form).locator("mark")).to_have_count(1)
    expect(middle).to_be_focused()
    expect(middle).to_have_value("5.2")
    form.reload()
    expect(form.locator("#pool-now")).to_contain_text("With these edits +3.6%")
    assert rows() == before


def test_pooled_result_follows_every_kind_of_edit(form: Page) -> None:
    now, table = form.locator("#pool-now mark"), form.locator("#pool-result")

    cell(form, FIRST, "grade").select_option("D")
    expect(now).to_have_count(1)
    expect(table).to_contain_text("D")
    cell(form, FIRST, "grade").select_option("A")
    expect(now).to_have_count(0)
    cell(form, SECOND, "DELETE").check()
    expect(now).to_have_count(1)
    cell(form, SECOND, "DELETE").uncheck()
    expect(now).to_have_count(0)
    cell(form, SECOND, "region").select_option("us")

    expect(now).to_have_count(1)
    expect(table).to_contain_text("United States")


def test_row_that_cannot_be_saved_is_named_until_it_is_put_right(form: Page) -> None:
    middle = cell(form, SECOND, "mid_percent")

    middle.fill("80")
    named = form.get_by_text(re.compile(r"^Row 2, so-2025-model, Worldwide: The premium must rise"))
    expect(named).to_be_visible()
    expect(form.locator("#pool-now")).to_contain_text("1 left out")
    assert find_overflows(form, 320, 1280) == {}
    for part in ("#pool", "#pool-now"):
        assert find_violations(form, "light", "dark", part=part) == []
    middle.fill("4.95")

    expect(named).to_have_count(0)
    expect(form.locator("#pool-now mark")).to_have_count(0)


def test_row_that_is_added_counts_until_it_is_removed(form: Page) -> None:
    form.get_by_role("button", name="Add another Evidence").click()
    new = "evidence-3"
    cell(form, new, "source").select_option(label="dou-2025")
    cell(form, new, "grade").select_option("A")
    for name, value in (("low", "20"), ("mid", "30"), ("high", "40")):
        cell(form, new, f"{name}_percent").fill(value)
    cell(form, new, "population").fill("everybody")
    cell(form, new, "year").fill("2026")

    expect(form.locator("#pool-result")).to_contain_text("dou-2025")
    expect(form.locator("#pool-now mark")).to_have_count(1)
    form.locator(".inline-deletelink").click()

    expect(form.locator("#pool-now mark")).to_have_count(0)
    expect(form.locator("#pool-result")).not_to_contain_text("dou-2025")


def test_edits_are_worked_out_without_javascript(
    plain_page: Page, site: Site, session_key: str, skill: str, rows: Callable[[], str]
) -> None:
    page, before = plain_page, rows()
    sign_in(page.context, site, session_key)
    open_desk(page, skill)
    cell(page, FIRST, "mid_percent").fill("5.2")

    page.get_by_role("button", name="Recalculate with these edits").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The pooled result: Kubernetes")
    expect(page.get_by_role("table", name="Measured premium").get_by_role("row").nth(1)).to_contain_text("+3.8%")
    page.go_back()
    expect(cell(page, FIRST, "mid_percent")).to_have_value("5.2")
    assert rows() == before
