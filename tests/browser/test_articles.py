"""An article in the admin in a real browser: written, scheduled, published, corrected, restored, withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.accessibility import Scheme, find_overflows, find_violations
from tests.browser.conftest import sign_in
from tests.browser.test_admin_pages import NOT_OURS

if TYPE_CHECKING:
    from tests.browser.conftest import Site

SLUG = "browser-article"


@pytest.fixture(autouse=True)
def _withdrawn(site: Site) -> Iterator[None]:
    """What the test left for readers is withdrawn after it."""
    yield
    site.python(
        "from skills.articles.workflow import withdraw_article\n"
        "from skills.models import Article\n"
        f"for article in Article.objects.filter(slug__startswith={SLUG!r}, withdrawn_at=None):\n"
        "    article.published_revision_id and withdraw_article(article, reason='The test is over.')"
    )


def preview(page: Page) -> FrameLocator:
    return page.frame_locator("#preview-page")


def text_of(page: Page) -> Locator:
    return page.get_by_label("Text:")


def press(page: Page, button: str) -> None:
    """By keyboard."""
    page.get_by_role("button", name=button).focus()
    page.keyboard.press("Enter")


def is_accessible_and_fits(page: Page, scheme: Scheme) -> None:
    assert find_overflows(page, 320, 1280) == {}
    assert find_violations(page, scheme, not_ours=NOT_OURS) == []


def write(page: Page, slug: str, text: str) -> None:
    """Fill in a new article, field by field, by keyboard."""
    page.goto("/admin/skills/article/add/")
    page.get_by_label("Title:").focus()
    for typed in ("Is Go worth it?", slug, "What two surveys say.", "Ada"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.get_by_label("Text:").focus()
    page.keyboard.insert_text(text)


def test_article_from_its_first_draft_to_its_withdrawal(editor: Page) -> None:
    page, text = editor, text_of(editor)
    write(page, SLUG, "## What Go pays {skill=go}\n\nIt is {{ go.premium }}.")
    expect(preview(page).get_by_role("heading", name="What Go pays")).to_be_visible()
    expect(preview(page).locator(".figures-box")).to_be_visible()

    text.press("Control+End")
    page.keyboard.type(" As typed.")
    expect(preview(page).get_by_text("As typed.")).to_be_visible()
    is_accessible_and_fits(page, "light")
    press(page, "Save draft")
    expect(page.get_by_text("Saved revision 1.", exact=True)).to_be_visible()
    assert page.request.get(f"/articles/{SLUG}/").status == 404

    page.get_by_label("Date and time, in UTC:").fill("2200-01-01T10:00")
    press(page, "Schedule")
    expect(page.get_by_text("Revision 1 is published automatically on 1 January 2200, 10:00 UTC.")).to_be_visible()
    assert page.request.get(f"/articles/{SLUG}/").status == 404

    press(page, "Publish now")
    expect(page.get_by_text("Readers see revision 1, since")).to_be_visible()
    expect(page.get_by_text("appears by itself")).to_have_count(0)
    page.goto(f"/articles/{SLUG}/")
    expect(page.get_by_text("As typed.")).to_be_visible()
    page.go_back()

    text.press("Control+End")
    page.keyboard.type(" Corrected.")
    press(page, "Publish now")
    expect(page.get_by_text("Readers see revision 2, since")).to_be_visible()

    page.get_by_role("link", name="Texts and their differences").press("Enter")
    expect(page.locator("ins")).to_have_text("Corrected.")
    is_accessible_and_fits(page, "dark")
    press(page, "Restore revision 1 as a draft")
    expect(text).to_have_value(re.compile(r"As typed\.\s*$"))
    expect(page.get_by_text("The newest text is revision 3, a draft")).to_be_visible()

    page.get_by_role("link", name="Withdraw", exact=True).press("Enter")
    expect(page.get_by_label("Reason:")).to_be_visible()
    is_accessible_and_fits(page, "light")
    page.get_by_label("Reason:").press_sequentially("It was only a test.")
    press(page, "Withdraw")
    expect(page.get_by_text("Readers see: “It was only a test.”")).to_be_visible()
    gone = page.request.get(f"/articles/{SLUG}/")
    assert (gone.status, "It was only a test." in gone.text()) == (410, True)


def test_preview_keeps_its_reader_s_place_and_its_links_leave_the_form_alone(editor: Page) -> None:
    page, text = editor, text_of(editor)
    long = "\n\n".join(f"Paragraph {number}." for number in range(80))
    write(page, f"{SLUG}-links", f"[Down](#the-end) [Away](/skills/)\n\n{long}\n\n## The end\n\nHere.")
    down = preview(page).get_by_role("link", name="Down")
    down.press("Enter")
    expect(preview(page).get_by_role("heading", name="The end")).to_be_in_viewport()

    text.press("Control+End")
    page.keyboard.type(" And more.")
    expect(preview(page).get_by_text("And more.")).to_be_visible()
    expect(preview(page).get_by_role("heading", name="The end")).to_be_in_viewport()
    with page.context.expect_page() as opened:
        preview(page).get_by_role("link", name="Away").press("Enter")

    expect(opened.value).to_have_url(re.compile("/skills/$"))
    expect(text).to_have_value(re.compile("And more"))


def test_mistake_keeps_what_is_typed_and_is_shown_while_typing(editor: Page) -> None:
    page, text = editor, text_of(editor)
    write(page, f"{SLUG}-wrong", "## Alchemy\n\nIt pays {{ alchemy.premium }}.")
    expect(page.locator("#preview .errorlist")).to_contain_text("alchemy")

    press(page, "Publish now")

    expect(page.locator(".field-text .errorlist")).to_contain_text("alchemy")
    expect(text).to_have_value(re.compile("It pays"))


def test_three_findings_are_mended_or_overruled_and_the_log_says_which(editor: Page) -> None:
    page, standfirst = editor, editor.get_by_label("Standfirst:")
    brief, cut = "reads like an instruction to a writer", "ends in mid-sentence, with a comma"
    write(page, f"{SLUG}-findings", "## AI/ML: $30-50K+\n\nWhat is measured is smaller than what is claimed.")
    standfirst.fill("Write a 600-word article about the best skills. Cover: cloud, Kubernetes, system design,")
    expect(page.locator("#preview .errorlist li")).to_have_count(1)

    press(page, "Publish now")
    expect(page.locator(".field-standfirst .errorlist li")).to_have_count(2)
    expect(page.locator(".field-text .errorlist")).to_contain_text("Line 1: “$30-50K+” is a range without an upper end")
    expect(page.get_by_role("button", name="Publish anyway")).to_have_count(0)

    text_of(page).fill("## AI/ML {skill=ai-ml-integration}\n\nIt is {{ ai-ml-integration.premium }}.")
    press(page, "Publish now")
    expect(page.locator(".field-text .errorlist")).to_have_count(0)
    expect(page.locator(".field-standfirst .errorlist")).to_contain_text(brief)
    expect(page.get_by_role("button", name="Publish anyway")).to_be_visible()
    is_accessible_and_fits(page, "light")

    standfirst.fill("What AI skills pay, measured and claimed,")
    press(page, "Publish now")
    expect(page.locator(".field-standfirst .errorlist li")).to_have_count(1)
    press(page, "Publish anyway")
    expect(page.get_by_text("Readers see revision 1, since")).to_be_visible()
    page.get_by_role("link", name="History", exact=True).press("Enter")

    entry = page.locator("#change-history tbody tr")
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text(f"Overruled 1 warning: standfirst: “… skills pay, measured and claimed,” {cut}.")


def test_warnings_are_overruled_without_a_script(plain_page: Page, site: Site, session_key: str) -> None:
    page = plain_page
    sign_in(page.context, site, session_key)
    page.goto("/admin/skills/article/add/")
    fields = {"Title:": "Go", "Slug:": f"{SLUG}-plain", "Standfirst:": "What it pays,", "Author:": "Ada"}
    for label, typed in (fields | {"Text:": "## Pay\n\nIt is small."}).items():
        page.get_by_label(label).fill(typed)

    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Warning: “What it pays,” ends in mid-sentence")).to_be_visible()
    expect(page.get_by_label("Standfirst:")).to_have_value("What it pays,")
    page.get_by_role("button", name="Publish anyway").click()

    expect(page.get_by_text("Overruled 1 warning: standfirst:")).to_be_visible()
    assert page.request.get(f"/articles/{SLUG}-plain/").status == 200


def test_draft_is_shown_by_its_link_to_a_reader_who_is_not_signed_in(editor: Page) -> None:
    page = editor
    write(page, f"{SLUG}-link", "## Secret\n\nNot yet for readers.")
    press(page, "Save draft")
    address = page.get_by_label("Link to revision 1").input_value()

    page.context.clear_cookies()
    page.goto(address)

    expect(page.get_by_text("Draft, not published.")).to_be_visible()
    expect(page.get_by_text("Not yet for readers.")).to_be_visible()
    assert page.context.cookies() == []
    assert find_violations(page, "dark") == []


def test_narrow_screen_has_the_preview_below_and_scrolls_down_alone(editor: Page) -> None:
    page = editor
    page.set_viewport_size({"width": 320, "height": 700})

    write(page, f"{SLUG}-narrow", "## A heading\n\nSome words.")

    expect(preview(page).get_by_text("Some words.")).to_be_visible()
    form, below = page.locator("#article_form").bounding_box(), page.locator("#preview-page").bounding_box()
    assert form is not None
    assert below is not None
    assert below["y"] >= form["y"] + form["height"]
    assert find_overflows(page, 320) == {}
