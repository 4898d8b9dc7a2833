"""Importing a table in the browser: mistakes by row and column, a dry run, progress, and the end."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import Scheme, find_overflows, find_violations
from tests.browser.conftest import Site, sign_in
from tests.spreadsheets import read_rows, save_in_excel_in_germany, write_rows

MANY = 300
ROWS = "from skills.models import LocationAlias as Alias; rows = Alias.objects.filter(alias__startswith='Made ')"


@pytest.fixture(autouse=True)
def _put_back(site: Site) -> Iterator[None]:
    """The table is put back at the end."""
    yield
    site.python(f"{ROWS}; rows.delete()")


@contextmanager
def busy_database(site: Site) -> Iterator[None]:
    """Hold the right to write: what an import does next waits until this ends."""
    with closing(sqlite3.connect(site.database, autocommit=True, timeout=60)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_mistakes_are_shown_by_row_and_column_and_nothing_changes(site: Site, editor: Page) -> None:
    page = editor
    page.goto("/admin/skills/locationalias/")
    page.get_by_role("link", name="Import CSV").click()

    send(page, "alias,location\nMade A,us\nMade B,nowhere\n,us\n")

    mistakes = page.get_by_role("region", name="What is wrong")
    expect(mistakes.get_by_role("row")).to_have_count(3)
    expect(mistakes.get_by_role("row", name="3 location “nowhere” is not among the locations.")).to_be_visible()
    expect(mistakes.get_by_role("row", name="4 alias This field cannot be blank.")).to_be_visible()
    expect(page.get_by_role("button", name="Import these changes")).to_have_count(0)
    assert names(site) == 0


def test_a_file_of_many_rows_is_checked_imported_and_shows_its_progress(site: Site, editor: Page) -> None:
    page = editor
    page.goto("/admin/skills/locationalias/import/")

    send(page, "alias,location\n" + "".join(f"Made {number},us\n" for number in range(MANY)))
    expect(page.get_by_text(f"Nothing is changed yet: {MANY} new rows, 0 changed, 0 unchanged.")).to_be_visible()
    assert names(site) == 0
    with busy_database(site):
        page.get_by_role("button", name="Import these changes").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        expect(page.get_by_text(re.compile(rf"of {MANY} rows · \d+ seconds?$"))).to_be_visible()
        assert_accessible_and_narrow(page, "dark")
    expect(page.get_by_text(f"In the catalogue: {MANY} new rows, 0 changed, 0 unchanged.")).to_be_visible()
    assert names(site) == MANY


def test_figures_of_one_country_go_through_excel_in_germany_and_back(site: Site, editor: Page) -> None:
    page = editor
    places = "from skills.models import Location; rows = Location.objects.filter(country='DE')"
    count = int(site.python(f"{places}; print(rows.count())"))
    page.goto("/admin/skills/location/?country=DE")
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Export the {count} listed as CSV").click()

    exported = download.value.path().read_text(encoding="utf-8-sig")
    rows = read_rows(save_in_excel_in_germany(exported), ";")
    germany = next(row for row in rows if row[0] == "de")
    median, level = rows[0].index("p50"), rows[0].index("price_level")
    before = germany[median], germany[level]
    germany[median], germany[level] = "81000", "71,5"
    page.goto("/admin/skills/location/import/")
    send(page, "\ufeff" + write_rows(rows, delimiter=";", lineterminator="\r\n"))

    expect(page.get_by_text(f"Nothing is changed yet: 0 new rows, 1 changed, {count - 1} unchanged.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=f"p50 {before[0]} → 81000")).to_be_visible()
    level_before = before[1].replace(",", ".")
    expect(page.get_by_role("listitem").filter(has_text=f"price_level {level_before} → 71.5")).to_be_visible()
    page.get_by_role("button", name="Import these changes").click()
    expect(page.get_by_text("In the catalogue: 0 new rows, 1 changed")).to_be_visible()
    assert site.python(f"{places}; row = rows.get(slug='de'); print(row.p50, row.price_level)").split() == [
        "81000",
        "71.5",
    ]
    site.python(f"{places}; rows.filter(slug='de').update(p50={before[0]}, price_level='{level_before}')")


def test_a_likely_mistake_is_a_warning_that_does_not_stop_the_import(site: Site, editor: Page) -> None:
    page = editor
    page.goto("/admin/skills/locationalias/import/")

    send(page, "alias,location\nMade ZÃ¼rich,ch-zurich\n")

    warnings = page.get_by_role("region", name="What may be wrong")
    expect(warnings.get_by_role("row", name="2 alias “Made ZÃ¼rich” looks wrongly decoded.")).to_be_visible()
    expect(page.get_by_role("button", name="Import these changes")).to_be_visible()
    assert_accessible_and_narrow(page, "light")


def test_pages_of_an_import_are_accessible_and_fit_a_small_screen(editor: Page) -> None:
    page = editor
    page.goto("/admin/skills/locationalias/import/")
    assert_accessible_and_narrow(page, "light")

    send(page, "alias|location\n")
    expect(page.get_by_text("The cells of this file are separated by pipes, “|”.")).to_be_visible()
    assert_accessible_and_narrow(page, "dark")

    send(page, f"alias,location\nMade {'long' * 18},us\nMade B,nowhere\n")
    expect(page.get_by_text("“nowhere” is not among the locations.")).to_be_visible()
    assert_accessible_and_narrow(page, "light")


def test_without_scripts_one_looks_again(site: Site, plain_page: Page, session_key: str) -> None:
    page = plain_page
    sign_in(page.context, site, session_key)
    page.goto("/admin/skills/locationalias/import/")

    with busy_database(site):
        send(page, "alias,location\nMade A,us\n")
        page.get_by_role("link", name="Look again").click()
    look_again_until(page, "Nothing is changed yet: 1 new row, 0 changed, 0 unchanged.")
    page.get_by_role("button", name="Import these changes").click()
    look_again_until(page, "In the catalogue: 1 new row, 0 changed, 0 unchanged.")
    assert names(site) == 1


def send(page: Page, text: str) -> None:
    page.get_by_label("CSV file").set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": text.encode()})
    page.get_by_role("button", name="Check this file").click()


def look_again_until(page: Page, text: str) -> None:
    """Follow the link that is on the page for as long as the import continues."""
    again, done = page.get_by_role("link", name="Look again"), page.get_by_text(text)
    for _ in range(200):
        expect(again.or_(done).first).to_be_visible()  # the page that was asked for last may still be on its way
        if done.is_visible():
            return
        again.click()
    pytest.fail(f"“{text}” is not shown")


def assert_accessible_and_narrow(page: Page, scheme: Scheme) -> None:
    assert find_overflows(page, 320) == {}
    assert find_violations(page, scheme, part="#content-main") == []


def names(site: Site) -> int:
    """How many of the rows of these tests are in the catalogue."""
    return int(site.python(f"{ROWS}; print(rows.count())"))
