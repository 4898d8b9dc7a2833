"""The check of a range of a way in a real browser: it follows what is typed and chosen, and nothing is saved."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import find_overflows, find_violations
from tests.browser.conftest import Site


@pytest.fixture(scope="module")
def addresses(site: Site) -> tuple[str, str]:
    """The addresses of the pages of a way and of its worldwide range."""
    code = (
        "from skills.models import WayRange;"
        "row = WayRange.objects.get(way__slug='switch-employer', region=''); print(row.way_id, row.pk)"
    )
    way, row = site.python(code).split()
    return f"/admin/skills/way/{way}/change/", f"/admin/skills/wayrange/{row}/change/"


def test_check_follows_what_is_typed_and_chosen(editor: Page, addresses: tuple[str, str]) -> None:
    way, row = addresses
    editor.goto(way)
    assert find_overflows(editor, 320, 1280) == {}
    assert find_violations(editor, "light", "dark", part="#ranges") == []
    editor.locator("#ranges").get_by_role("link", name="Edit this range").first.click()
    editor.wait_for_load_state("load")
    now, found = editor.locator("#range-now"), editor.locator("#check-result")
    expect(now).to_contain_text("Goes with +4%, 0% to +10%")

    editor.get_by_label("High (%)").fill("30")
    expect(now.locator("mark")).to_have_text("+4%, 0% to +30%")
    expect(found).to_contain_text("High, +30.0%, is above all evidence: the highest is +19.0%, of stepstone-de.")
    editor.get_by_label("Grade").select_option("A")
    expect(now).to_contain_text("Publishing refuses it")
    editor.locator("#id_sources + .select2, #id_sources ~ .select2").click()
    editor.keyboard.type("writing assistance")
    expect(editor.locator(".select2-results__option")).to_have_text([re.compile("writing assistance", re.IGNORECASE)])
    editor.keyboard.press("Enter")

    expect(found).not_to_contain_text("not among its sources")
    assert find_overflows(editor, 320, 1280) == {}
    for part in ("#check", "#range-now"):
        assert find_violations(editor, "light", "dark", part=part) == []
    editor.on("dialog", lambda dialog: dialog.accept())  # unsaved edits are warned about
    editor.goto(row)
    expect(now).to_contain_text("Goes with +4%, 0% to +10%")
