"""The editors' pages in a browser: accessible in light and dark, on a phone too, and clean under the content policy."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

PASSWORD = "made up for a test"
SIGN_IN = f"""
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
client = Client()
client.force_login(User.objects.create_superuser("walker", password="{PASSWORD}"))
print(client.session.session_key)
"""
EVERY_PAGE = """
import json
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse
request = RequestFactory().get("/")
request.user = User.objects.get(username="walker")
pages = ["/admin/", "/admin/next-edition/", "/admin/password_change/", "/admin/skills/", "/admin/auth/"]
for model, tables in admin.site._registry.items():
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    pages.append(reverse(f"{name}_changelist"))
    if tables.has_add_permission(request):
        pages.append(reverse(f"{name}_add"))
    row = model._default_manager.first()
    if row is not None:
        pages += [reverse(f"{name}_change", args=[row.pk]), reverse(f"{name}_history", args=[row.pk])]
        if tables.has_delete_permission(request, row):
            pages.append(reverse(f"{name}_delete", args=[row.pk]))
print(json.dumps(pages))
"""

PAGES = {
    "first page": "/admin/",
    "list": "/admin/skills/location/?q=us",
    "list without filters": "/admin/skills/locationalias/?q=new",
    "skill with its evidence": "/admin/skills/skill/1/change/",
    "place": "/admin/skills/location/1/change/",
    "article": "/admin/skills/article/1/change/",
    "log": "/admin/admin/logentry/",
    "password": "/admin/password_change/",
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


@pytest.fixture(scope="session")
def session_key(site: Site) -> str:
    """Of an editor with every permission who has signed in."""
    return site.python(SIGN_IN).strip()


@pytest.fixture
def editors_page(page: Page, site: Site, session_key: str) -> Page:
    """The first page, as that editor sees it."""
    page.context.add_cookies([{"name": "sessionid", "value": session_key, "url": site.address}])
    page.goto("/admin/")
    return page


def test_every_page_is_clean_under_the_content_policy(editors_page: Page, site: Site) -> None:
    pages = json.loads(site.python(EVERY_PAGE))

    statuses = {}
    for address in pages:
        response = editors_page.goto(address)
        statuses[address] = response.status if response else None

    assert len(pages) > 40
    assert {address: status for address, status in statuses.items() if status != 200} == {}


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits(editors_page: Page, name: str, scheme: str, width: int) -> None:
    editors_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of the two
    editors_page.set_viewport_size({"width": width, "height": 740})
    editors_page.goto(PAGES[name])
    editors_page.wait_for_load_state("networkidle")

    assert _violations(editors_page) == []
    assert editors_page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sign_in_is_accessible_and_names_its_mistake(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto("/admin/login/")

    assert _violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_label("Username")).to_be_focused()


def test_next_edition_is_looked_up_after_the_page(editors_page: Page) -> None:
    expect(editors_page.get_by_text("there is nothing to publish")).to_be_visible()


def test_keyboard_reaches_the_first_thing_to_do(editors_page: Page) -> None:
    editors_page.keyboard.press("Tab")
    expect(editors_page.get_by_role("link", name="Skip to main content")).to_be_focused()
    editors_page.keyboard.press("Enter")
    editors_page.keyboard.press("Tab")

    focused = editors_page.locator("main :focus")
    expect(focused).to_be_visible()
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_signing_in_leads_to_the_first_page_and_out_again(page: Page, session_key: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("walker")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("What needs you today")
    page.get_by_role("button", name="Log out").click()

    expect(title).to_have_text("You are signed out")
    assert _violations(page) == []
    page.get_by_role("link", name="Sign in again").click()
    expect(title).to_have_text("Sign in")


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
        if rule["id"] not in NOT_OURS or NOT_OURS[rule["id"]] not in node["html"]
    ]
