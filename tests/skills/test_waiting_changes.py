"""What editors hear of what goes on: waiting changes on every page, what a save did, why a page is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connections
from django.test import Client
from django.urls import reverse

from skills import groups
from skills.admin.waiting_changes import preview_cache
from skills.editions.publish import publish_edition
from skills.models import Skill
from tests.skills.admin_pages import fields_of
from tests.skills.factories import make_skill

INDEX = "/admin/"
SAVED = "Saved for the next edition: readers see nothing of it yet."

#: Texts above pages; what is marked asks every database.
pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("db", "published")]


@pytest.mark.parametrize("page", [INDEX, "/admin/skills/skill/", "/admin/search/?q=go"])
def test_every_page_says_what_readers_see_and_how_much_waits(editor_client: Client, page: str) -> None:
    before = _waiting(editor_client, page)
    _rename(editor_client, "Go language")

    after = _waiting(editor_client, page)

    assert (before.text, before.action) == ("Readers see edition 1. Nothing waits.", "")
    assert after.text == "Readers see edition 1. 1\N{NO-BREAK SPACE}change waits for publication."
    assert (after.action, after.address) == ("See and publish", "/admin/skills/edition/publish/")


def test_count_is_of_the_newest_edition_again_once_it_is_published(editor_client: Client) -> None:
    _rename(editor_client, "Go language")
    _waiting(editor_client)

    publish_edition(note="Renamed.", publisher="an editor")

    assert _waiting(editor_client).text == "Readers see edition 2. Nothing waits."


def test_rows_that_prevent_publication_are_counted(editor_client: Client) -> None:
    make_skill()
    preview_cache.forget()

    assert _waiting(editor_client).text.endswith(" 1\N{NO-BREAK SPACE}row must be corrected first.")


def test_count_costs_two_queries_once_it_is_known(editor_client: Client, django_assert_num_queries: Any) -> None:
    _waiting(editor_client)

    with django_assert_num_queries(2):
        assert preview_cache.read()


@pytest.mark.parametrize(
    ("group", "action"),
    [(groups.AUTHOR, None), (groups.DATA_EDITOR, "See what waits"), (groups.PUBLISHER, "See and publish")],
)
def test_each_group_is_offered_what_it_may_do(client: Client, group: str, action: str | None) -> None:
    Skill.objects.filter(slug="go").update(name="Go language")
    preview_cache.forget()
    client.force_login(_member(group))

    waiting = client.get(INDEX).context["waiting"]

    assert (waiting.action if waiting else None) == action


@pytest.mark.each_database
@pytest.mark.django_db(transaction=True)
def test_second_page_does_not_wait_for_the_first_one_s_count(small_site: None) -> None:
    with preview_cache._lock, ThreadPoolExecutor() as threads:
        found = threads.submit(_read_and_close).result(10)

    assert found is None
    assert preview_cache.read() is not None


# After a save


def test_save_says_that_readers_see_nothing_of_it_yet(editor_client: Client) -> None:
    page = _rename(editor_client, "Go language").content.decode()

    assert SAVED in page
    assert '<a href="/admin/skills/edition/publish/">See and publish</a>' in page


def test_save_without_a_change_says_nothing_of_readers(editor_client: Client) -> None:
    address = _form("go")

    answer = editor_client.post(address, fields_of(editor_client.get(address)), follow=True)

    assert SAVED not in answer.content.decode()


# What is refused, and accounts


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/admin/skills/edition/publish/", "publisher"),
        ("/admin/skills/skill/add/", "data editor"),
        ("/admin/skills/skill/import/", "data editor"),
        ("/admin/skills/edition/1/withdraw/", "publisher"),
        ("/admin/skills/withdrawal/", "publisher"),
        ("/admin/auth/user/", ""),
    ],
)
def test_refused_page_says_who_may_and_leads_back(client: Client, address: str, names: str) -> None:
    client.force_login(_member(groups.AUTHOR))

    answer = client.get(address)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert (f"one of these groups: <b>{names}</b>" if names else "for administrators of this site") in page
    assert "Yours is in: <b>author</b>" in page
    assert f'href="{INDEX}"' in page


def test_new_account_may_sign_in_and_its_groups_are_explained(editor_client: Client) -> None:
    groups.set_up()
    address = reverse("admin:auth_user_add")
    page = editor_client.get(address)
    group = Group.objects.get(name=groups.DATA_EDITOR)
    password = "made up for a test"

    answer = editor_client.post(
        address,
        fields_of(page)
        | {"username": "nora", "usable_password": "true", "password1": password, "password2": password}
        | {"groups": [group.pk]},
    )

    nora = User.objects.get(username="nora")
    assert answer.status_code == 302
    assert (nora.is_staff, list(nora.groups.all())) == (True, [group])
    for text in (groups.STAFF_STATUS, *groups.DESCRIPTIONS.values()):
        assert text in page.content.decode()


def _member(group: str) -> User:
    groups.set_up()
    user = User.objects.create(username="member", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def _waiting(client: Client, page: str = INDEX) -> Any:
    answer = client.get(page)
    assert answer.context["waiting"].text in answer.content.decode()
    return answer.context["waiting"]


def _rename(client: Client, name: str) -> Any:
    address = _form("go")
    return client.post(address, fields_of(client.get(address)) | {"name": name}, follow=True)


def _form(slug: str) -> str:
    return reverse("admin:skills_skill_change", args=[Skill.objects.get(slug=slug).pk])


def _read_and_close() -> Any:
    try:
        return preview_cache.read()
    finally:
        connections.close_all()
