"""What editors do in a day, in a real browser: each journey with its clicks counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from tests.browser.accessibility import find_overflows, find_violations, unfold
from tests.browser.conftest import MILLISECONDS_TO_WAIT, Site, sign_in
from tests.browser.test_admin_pages import NOT_OURS

MAX_CLICKS_TO_CORRECT = 7
MAX_CLICKS_TO_ADD = 8
SKILL = "browser-skill"

#: The catalogue as edition 1 has it, and nothing else of what a test changed.
PUT_BACK = """
from decimal import Decimal
from skills.editions.preview import read_preview
from skills.editions.publish import publish_edition
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from skills.models import Evidence, Skill, Source
Evidence.objects.filter(source__slug="browser-source").delete()
Source.objects.filter(slug="browser-source").delete()
Skill.objects.filter(slug="browser-skill").delete()
Skill.objects.filter(slug="go").update(is_published=True)
row = Evidence.objects.get(skill__slug="kubernetes", source__slug="pooled-2026", region="")
row.low_percent, row.mid_percent, row.high_percent = Decimal("2.8"), Decimal("4.1"), Decimal("5.4")
row.year, row.note = values
row.save()
# The line that counts what waits follows the log.
LogEntry.objects.create(user=User.objects.get(username="walker"), object_repr="all", action_flag=2)
if not read_preview().is_unchanged:
    publish_edition(note="As it was.", publisher="a test")
"""
READ_VALUES = """
from skills.models import Evidence
row = Evidence.objects.get(skill__slug="kubernetes", source__slug="pooled-2026", region="")
print(repr((row.year, row.note)))
"""
SIGN_COLLEAGUE_IN = """
from django.contrib.auth.models import User
from django.test import Client
client = Client()
client.force_login(User.objects.create_superuser("colleague"))
print(client.session.session_key)
"""


class Clicks:
    """Clicks, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, target: Locator) -> None:
        target.click()
        self.count += 1


@pytest.fixture
def clicks() -> Clicks:
    return Clicks()


@pytest.fixture(autouse=True)
def _catalogue_as_it_was(site: Site) -> Iterator[None]:
    values = site.python(READ_VALUES).strip()
    yield
    site.python(f"values = {values}\n{PUT_BACK}")


@pytest.fixture
def skill(site: Site) -> str:
    key = site.python("from skills.models import Skill; print(Skill.objects.get(slug='kubernetes').pk)")
    return f"/admin/skills/skill/{key.strip()}/change/"


def test_figure_is_corrected_and_published(editor: Page, site: Site, clicks: Clicks) -> None:
    page = editor
    page.goto("/admin/")
    clicks(page.get_by_role("searchbox", name="Search skills"))
    page.keyboard.type("kubernetes")
    page.keyboard.press("Enter")
    clicks(page.get_by_role("link", name="Kubernetes", exact=True))
    for name, percent in (("low", "8"), ("mid", "12"), ("high", "18")):
        page.locator(f"[name=evidence-0-{name}_percent]").fill(percent)
    page.keyboard.press("Enter")
    expect(page.locator("#pool-now mark")).to_have_count(1)  # Enter in a figure stays on the page
    clicks(page.get_by_role("button", name="Save", exact=True).first)

    expect(page.locator("#waiting")).to_contain_text("1 change waits for publication.")
    clicks(page.locator(".messagelist").get_by_role("link", name="See and publish"))
    expect(page.get_by_role("main")).to_contain_text("walker, ")
    expect(page.get_by_role("main")).to_contain_text("middle (% of pay): +4.1% → +12.0%")
    clicks(page.get_by_label("What changed, and why"))
    page.keyboard.type("Kubernetes was corrected.")
    clicks(page.get_by_role("button", name=re.compile("^Publish edition")))

    expect(page.locator(".messagelist .success")).to_contain_text("is published")
    expect(page.get_by_role("region", name=re.compile("^Nothing changed since edition"))).to_be_visible()
    assert clicks.count <= MAX_CLICKS_TO_CORRECT


def test_skill_with_two_figures_and_a_new_source_is_made_on_one_page(editor: Page, site: Site, clicks: Clicks) -> None:
    page = editor
    page.goto("/admin/skills/skill/add/")
    for label, text in (
        ("Name:", "Browser skill"),
        ("Summary:", "Drives a browser."),
        ("Study hours, low:", "10"),
        ("Study hours, middle:", "20"),
        ("Study hours, high:", "40"),
        ("Basis of the hours:", "a guess"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("Category:").select_option("data")
    for number in range(2):
        clicks(page.get_by_role("button", name="Add another Evidence"))
        page.locator(f"[name=evidence-{number}-grade]").select_option("C")
        cells = {"low_percent": 1, "mid_percent": 2, "high_percent": 3, "population": "everybody", "year": 2025}
        for name, value in cells.items():
            page.locator(f"[name=evidence-{number}-{name}]").fill(str(value))
    page.locator("[name=evidence-0-source]").select_option(label="pooled-2026")
    with page.expect_popup() as opened:
        clicks(page.locator("#add_id_evidence-1-source"))
    _add_source(opened.value, clicks)
    expect(page.locator("[name=evidence-1-source] option:checked")).to_contain_text("A browser’s title")
    clicks(page.get_by_role("button", name="Save", exact=True).first)

    expect(page.locator(".messagelist .success")).to_contain_text("was added")
    expect(page.locator("#waiting")).to_contain_text("4 changes wait")  # the skill, its two figures, their source
    assert clicks.count <= MAX_CLICKS_TO_ADD


def _add_source(popup: Page, clicks: Clicks) -> None:
    for label, text in (
        ("Slug:", "browser-source"),
        ("Title:", "A browser’s title"),
        ("Publisher:", "A browser"),
        ("Link:", "https://example.org/"),
        ("Published:", "2026"),
        ("Licence:", "citation"),
    ):
        popup.get_by_label(label, exact=True).fill(text)
    popup.get_by_label("Kind:").select_option("controlled")
    clicks(popup.get_by_role("button", name="Save", exact=True))


def test_two_editors_at_once_lose_nothing(editor: Page, site: Site, skill: str, browser: Browser) -> None:
    ben = editor
    ben.goto(skill)
    with browser.new_context(base_url=site.address) as other:
        sign_in(other, site, _sign_in_anna(site))
        anna = other.new_page()
        anna.goto(skill)
        anna.locator("[name=evidence-0-note]").fill("Anna’s note")
        anna.locator("[name=evidence-0-year]").fill("2023")
        anna.get_by_role("button", name="Save", exact=True).first.click()
        expect(anna.locator(".messagelist .success")).to_be_visible()

    ben.locator("[name=evidence-0-note]").fill("Ben’s note")
    ben.get_by_role("button", name="Save", exact=True).first.click()

    conflict = ben.get_by_role("region", name="What changed meanwhile")
    expect(conflict).to_contain_text("Saved by anna, ")
    expect(conflict).to_contain_text("saved now: “Anna’s note”")
    expect(conflict).to_contain_text("yours: “Ben’s note”")
    expect(ben.locator("[name=evidence-0-note]")).to_have_value("Ben’s note")
    assert find_overflows(ben, 320, 1280) == {}
    assert find_violations(ben, "light", "dark", not_ours=NOT_OURS) == []
    conflict.get_by_role("group", name=re.compile(": Note$")).get_by_label("Take mine").check()
    ben.get_by_role("button", name="Save", exact=True).first.click()

    expect(ben.locator(".messagelist .success")).to_contain_text("was changed successfully")
    ben.goto(skill)
    expect(ben.locator("[name=evidence-0-note]")).to_have_value("Ben’s note")
    expect(ben.locator("[name=evidence-0-year]")).to_have_value("2023")


def _sign_in_anna(site: Site) -> str:
    return site.python(
        "from django.contrib.auth.models import User\n"
        "from django.test import Client\n"
        "anna, _ = User.objects.get_or_create(username='anna', is_staff=True, is_superuser=True)\n"
        "client = Client()\n"
        "client.force_login(anna)\n"
        "print(client.session.session_key)"
    ).strip()


def test_mistakes_are_undone(editor: Page, site: Site, skill: str, clicks: Clicks) -> None:
    page = editor
    key = site.python("from skills.models import Skill; print(Skill.objects.get(slug='go').pk)").strip()
    page.goto(f"/admin/skills/skill/{key}/change/")
    page.get_by_label("published").uncheck()
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.goto(skill)
    page.locator("[name=evidence-0-DELETE]").check()
    page.get_by_label("Why it is removed").fill("It was about pay a month.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.locator("#waiting").get_by_role("link", name="See and publish").click()

    leaving = page.get_by_role("region", name="Leaves the site")
    expect(leaving).to_contain_text("Go")
    unfold(page)
    assert find_overflows(page) == {}
    assert find_violations(page, "light", "dark", not_ours=NOT_OURS) == []
    clicks(page.get_by_role("button", name=re.compile(r"^Put back .*: Go$")))
    expect(page.locator(".messagelist .success")).to_contain_text("Go is as in edition")
    clicks(page.get_by_role("button", name=re.compile(r"^Put back .*: Kubernetes, ")))

    expect(page.get_by_role("region", name=re.compile("^Nothing changed since edition"))).to_be_visible()
    assert clicks.count == 2


def test_text_that_was_typed_survives_the_end_of_the_session(editor: Page, site: Site, session_key: str) -> None:
    page = editor
    page.goto("/admin/skills/article/add/")
    page.get_by_label("Title:").fill("Typed for an hour")
    page.get_by_label("Text:").fill("## A long text")
    page.get_by_label("Slug:").fill("browser-draft")
    page.get_by_label("Standfirst:").fill("What the reader will know.")
    page.get_by_label("Author:").fill("Ada")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    sign_in(page.context, site, session_key)
    page.goto("/admin/skills/article/add/")
    page.get_by_role("button", name="Restore it").click()

    expect(page.get_by_label("Title:")).to_have_value("Typed for an hour")
    expect(page.get_by_label("Text:")).to_have_value("## A long text")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved revision 1.", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Restore it")).to_be_hidden()


def test_draft_is_offered_to_nobody_else_and_forgotten_at_sign_out(editor: Page, site: Site) -> None:
    page = editor
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/skills/article/add/")
    page.get_by_label("Title:").fill("Only for me")
    _wait_for_drafts(page, 1)
    offer = page.get_by_role("button", name="Restore it")

    sign_in(page.context, site, site.python(SIGN_COLLEAGUE_IN).strip())
    page.goto("/admin/skills/article/add/")
    expect(page.get_by_label("Title:")).to_have_value("")
    expect(offer).to_be_hidden()
    _wait_for_drafts(page, 1)

    page.goto("/admin/")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    _wait_for_drafts(page, 0)


def _wait_for_drafts(page: Page, count: int) -> None:
    """Wait until the browser keeps so many drafts. The content policy forbids Playwright's own way to wait."""
    for _ in range(MILLISECONDS_TO_WAIT // 100):
        if page.evaluate("Object.keys(localStorage).length") == count:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"The browser never kept {count} drafts.")


def test_leaving_with_unsaved_edits_is_warned_about(editor: Page, skill: str) -> None:
    page = editor
    warned: list[str] = []

    def leave(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto(skill)
    page.get_by_role("link", name="Home").click()
    page.goto(skill)
    page.locator("[name=evidence-0-note]").click()
    page.keyboard.type("Typed")

    page.get_by_role("link", name="Home").click()

    expect(page).to_have_url(re.compile("/admin/$"))
    assert warned == ["beforeunload"]
