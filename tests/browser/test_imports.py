"""Importing a table in the browser: mistakes by row and column, a rehearsal, progress, and the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Site

PASSWORD = "a password of a test"
NARROW: ViewportSize = {"width": 320, "height": 700}
MANY = 20_000
ROWS = "from skills.models import LocationAlias as Alias; rows = Alias.objects.filter(alias__startswith='Made ')"


@pytest.fixture
def editor(site: Site) -> Iterator[None]:
    """Somebody who may import; the table is put back at the end."""
    site.python(
        "from django.contrib.auth.models import User\n"
        "user, _ = User.objects.get_or_create(username='importer', is_staff=True, is_superuser=True)\n"
        f"user.set_password('{PASSWORD}')\n"
        "user.save()\n"
    )
    yield
    site.python(f"{ROWS}; rows.delete()")


@pytest.fixture
def signed_in(editor: None, page: Page) -> Page:
    sign_in(page)
    return page


def test_mistakes_are_shown_by_row_and_column_and_nothing_changes(site: Site, signed_in: Page) -> None:
    page = signed_in
    page.goto("/admin/skills/locationalias/")
    page.get_by_role("link", name="Import CSV").click()

    send(page, "alias,location\nMade A,us\nMade B,nowhere\n,us\n")

    mistakes = page.get_by_role("region", name="What is wrong")
    expect(mistakes.get_by_role("row")).to_have_count(3)
    expect(mistakes.get_by_role("row", name="3 location “nowhere” is not among the locations.")).to_be_visible()
    expect(mistakes.get_by_role("row", name="4 alias This field cannot be blank.")).to_be_visible()
    expect(page.get_by_role("button", name="Import these changes")).to_have_count(0)
    assert names(site) == 0


def test_a_file_of_many_rows_is_rehearsed_imported_and_shows_its_progress(site: Site, signed_in: Page) -> None:
    page = signed_in
    page.goto("/admin/skills/locationalias/import/")

    send(page, "alias,location\n" + "".join(f"Made {number},us\n" for number in range(MANY)))

    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text(re.compile(r"of 20,000 rows · \d+ seconds?$"))).to_be_visible()
    expect(page.get_by_text("Nothing is changed yet: 20,000 new rows, 0 changed, 0 as they were.")).to_be_visible(
        timeout=60_000
    )
    assert names(site) == 0
    page.get_by_role("button", name="Import these changes").click()
    expect(page.get_by_text("In the catalogue: 20,000 new rows, 0 changed, 0 as they were.")).to_be_visible(
        timeout=60_000
    )
    assert names(site) == MANY


def test_pages_of_an_import_are_accessible_and_fit_a_small_screen(signed_in: Page) -> None:
    page = signed_in
    page.set_viewport_size(NARROW)
    page.goto("/admin/skills/locationalias/import/")
    assert_accessible_and_narrow(page)

    send(page, "alias;location\n")
    expect(page.get_by_text("The cells of this file are parted by semicolons.")).to_be_visible()
    assert_accessible_and_narrow(page)

    send(page, f"alias,location\nMade {'long' * 18},us\nMade B,nowhere\n")
    expect(page.get_by_text("“nowhere” is not among the locations.")).to_be_visible()
    assert_accessible_and_narrow(page)


def test_without_scripts_one_looks_again(site: Site, editor: None, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, base_url=site.address) as context:
        page = context.new_page()
        sign_in(page)
        page.goto("/admin/skills/locationalias/import/")

        send(page, "alias,location\nMade A,us\n")

        look_again_until(page, "Nothing is changed yet: 1 new row, 0 changed, 0 as they were.")
        page.get_by_role("button", name="Import these changes").click()
        look_again_until(page, "In the catalogue: 1 new row, 0 changed, 0 as they were.")
        assert names(site) == 1


def sign_in(page: Page) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("importer")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def send(page: Page, text: str) -> None:
    page.get_by_label("CSV file").set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": text.encode()})
    page.get_by_role("button", name="Check this file").click()


def look_again_until(page: Page, text: str) -> None:
    """Follow the link that stands on the page for as long as the work goes on."""
    again, done = page.get_by_role("link", name="Look again"), page.get_by_text(text)
    for _ in range(100):
        expect(again.or_(done).first).to_be_visible()  # the page that was asked for last may still be on its way
        if done.is_visible():
            break
        page.wait_for_timeout(200)
        again.click()
    expect(page.get_by_text(text)).to_be_visible()


def assert_accessible_and_narrow(page: Page) -> None:
    found = Axe().run(page, context="#content-main")
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def names(site: Site) -> int:
    """How many of the rows of these tests are in the catalogue."""
    return int(site.python(f"{ROWS}; print(rows.count())"))
