"""The editors' pages in a browser: accessible in light and dark, on a phone too, and clean under the content policy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import HEIGHT, Scheme, find_overflows, find_violations
from tests.browser.conftest import PASSWORD, Site

#: Each template is seen in both schemes, by one page or by two.
PAGES: dict[str, tuple[str, tuple[Scheme, ...]]] = {
    "first page": ("/admin/", ("light", "dark")),
    "next edition": ("/admin/next-edition/", ("dark",)),
    "list": ("/admin/skills/location/?q=austin", ("light", "dark")),
    "list without filters": ("/admin/skills/locationalias/?q=new", ("dark",)),
    "skill with its evidence": ("/admin/skills/skill/1/change/", ("light",)),
    "place": ("/admin/skills/location/1/change/", ("dark",)),
    "evidence": ("/admin/skills/evidence/1/change/", ("light",)),
    "edition": ("/admin/skills/edition/1/change/", ("dark",)),
    "article": ("/admin/skills/article/1/change/", ("light", "dark")),
    "history": ("/admin/skills/location/1/history/", ("light", "dark")),
    "deletion": ("/admin/skills/locationalias/1/delete/", ("light", "dark")),
    "log": ("/admin/admin/logentry/", ("light",)),
    "tables": ("/admin/skills/", ("light",)),
    "password": ("/admin/password_change/", ("light", "dark")),
}
#: What Django's own templates and widgets get wrong, and why it stands: each rule with what its elements match.
NOT_OURS: Mapping[str, str] = {
    # The head of the column in which each row of an inline is named.
    "empty-table-header": 'class="original"',
    # What is typed to find a row is written by select2: its search, its list of what was chosen, its combobox.
    "label": "select2-search__field",
    "list": "select2-selection__rendered",
    "aria-input-field-name": "select2-selection",
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits(editor: Page, name: str) -> None:
    address, schemes = PAGES[name]
    editor.goto(address)
    editor.wait_for_load_state("networkidle")

    assert find_overflows(editor, 320, 1280) == {}
    editor.set_viewport_size({"width": 320 if schemes[0] == "light" else 1280, "height": HEIGHT})
    assert find_violations(editor, *schemes, not_ours=NOT_OURS) == []


@pytest.fixture
def evidence(site: Site) -> Iterator[str]:
    """The address of a figure, in the admin, whose population is put back in the end."""
    population = site.python("from skills.models import Evidence; print(Evidence.objects.get(pk=1).population, end='')")
    yield "/admin/skills/evidence/1/change/"
    site.python(f"from skills.models import Evidence; Evidence.objects.filter(pk=1).update(population={population!r})")


def test_history_of_a_skill_is_accessible_and_fits_with_entries_in_it(editor: Page, evidence: str) -> None:
    editor.goto(evidence)
    editor.get_by_label("Whom it is about").fill("Developers")
    editor.get_by_role("button", name="Save", exact=True).click()

    editor.goto("/admin/skills/skill/1/history/")

    expect(editor.get_by_role("cell", name="ai-ml-integration · alekseeva-2021 · worldwide")).to_be_visible()
    assert find_overflows(editor, 320, 1280) == {}
    assert find_violations(editor, "light", "dark", not_ours=NOT_OURS) == []


def test_next_edition_is_looked_up_after_the_page(editor: Page) -> None:
    editor.goto("/admin/")

    # Another test may have changed a row and put it back by a command, which counts a minute later.
    part = editor.get_by_role("region", name=re.compile("next edition|Not published yet", re.IGNORECASE))
    expect(part).to_contain_text(re.compile("there is nothing to publish|Review it and publish"))


def test_keyboard_reaches_the_first_thing_to_do(editor: Page) -> None:
    editor.goto("/admin/")
    editor.keyboard.press("Tab")
    expect(editor.get_by_role("link", name="Skip to main content")).to_be_focused()
    editor.keyboard.press("Enter")
    editor.keyboard.press("Tab")

    focused = editor.locator("main :focus")
    expect(focused).to_be_visible()
    expect(focused).to_have_css("outline-style", "solid")


def test_signing_in_leads_to_the_first_page_and_out_again(page: Page, session_key: str) -> None:
    page.goto("/admin/login/")
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Sign in")
    expect(page.get_by_label("Username")).to_be_focused()
    assert find_overflows(page, 320) == {}
    assert find_violations(page, "light", "dark", not_ours=NOT_OURS) == []

    page.get_by_label("Username").fill("walker")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(title).to_have_text("What to do today")
    page.get_by_role("button", name="Log out").click()

    expect(title).to_have_text("You are signed out")
    assert find_violations(page, "dark", "light", not_ours=NOT_OURS) == []
    page.get_by_role("link", name="Sign in again").click()
    expect(title).to_have_text("Sign in")
