"""What nobody types into the admin: it is refused with a message or 404, on each database, and never fails."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.db import connection
from django.db.models import Model
from django.forms import ModelChoiceField
from django.test import Client, RequestFactory
from django.urls import reverse

from skills.admin.odd_input import read_key
from skills.editions.document import PublishedEdition
from skills.models import Article, Evidence, Location, Skill, WayRange
from tests.skills.admin_pages import fields_of

#: What is no row's number.
NONSENSE = {"word": "x", "minus": "-1", "large": "9" * 30, "huge": "9" * 5_000, "nul": "\x00"}


def label(model: type[Model]) -> str:
    return model._meta.label_lower.replace(".", "_")


def test_number_of_a_row_is_read() -> None:
    assert read_key(Skill, "12") == 12


@pytest.mark.parametrize("text", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_no_number_of_a_row(text: str) -> None:
    assert read_key(Skill, text) is None


@pytest.mark.parametrize("model", [Location, Article], ids=label)
def test_address_of_no_row_leads_to_none(
    editor_client: Client, published: PublishedEdition, model: type[Model]
) -> None:
    for number in NONSENSE.values():
        address = reverse(f"admin:{label(model)}_change", args=[number])

        assert {editor_client.get(address).status_code, editor_client.post(address).status_code} <= {302, 404}


@pytest.mark.parametrize("number", ["x", "9" * 30], ids=["word", "large"])
@pytest.mark.parametrize("model", [Skill, Evidence, Location, WayRange, User], ids=label)
def test_form_says_that_a_row_is_none(
    editor_client: Client, published: PublishedEdition, model: type[Model], number: str
) -> None:
    address = reverse(f"admin:{label(model)}_add")
    page = editor_client.get(address)
    form = page.context["adminform"].form
    rows = [name for name, field in form.fields.items() if isinstance(field, ModelChoiceField)]

    answer = editor_client.post(address, fields_of(page) | dict.fromkeys(rows, number))

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors.keys() >= set(rows)


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5_000], ids=["large", "huge"])
def test_inline_that_has_no_row_s_number_is_no_failure(
    editor_client: Client, published: PublishedEdition, number: str
) -> None:
    address = reverse("admin:skills_skill_change", args=[Skill.objects.earliest("pk").pk])
    fields = fields_of(editor_client.get(address))
    rows = {name: number for name in fields if name.endswith(("-id", "-source", "-skill"))}

    assert editor_client.post(address, fields | rows).status_code == 200
    assert editor_client.post(address, fields | {"evidence-TOTAL_FORMS": number}).status_code == 200


def test_action_for_no_row_changes_nothing(editor_client: Client, published: PublishedEdition) -> None:
    address = reverse("admin:skills_location_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [*NONSENSE.values()]}
    before = Location.objects.count()

    answers = [editor_client.post(address, chosen | more) for more in ({}, {"index": "0"}, {"post": "yes"})]

    assert {answer.status_code for answer in answers} <= {200, 302}
    assert Location.objects.count() == before


@pytest.mark.parametrize("page", ["search/", "skills/skill/", "skills/article/", "admin/logentry/"])
def test_search_reads_no_nul(editor_client: Client, published: PublishedEdition, page: str) -> None:
    answer = editor_client.get(f"/admin/{page}", {"q": "py\x00thon"})

    assert (answer.status_code, b"python" in answer.content) == (200, True)


def test_sign_in_reads_no_nul(client: Client, db: None) -> None:
    answer = client.post(reverse("admin:login"), {"username": "some\x00body", "password": "a\x00b"})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "auth/user/?id__range=1",
        "admin/logentry/?action_time__year=0",
        "skills/edition/?published_at__year=99999",
        "skills/skill/?slug__regex=(",
    ],
)
def test_filter_that_cannot_be_read_is_a_bad_request_and_logged(
    editor_client: Client, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert editor_client.get(f"/admin/{address}").status_code == 400
    assert [record.exc_info is not None for record in caplog.records if record.name == "skills.admin.odd_input"] == [
        True
    ]


def test_filter_by_a_key_that_no_row_can_have_is_no_failure(editor_client: Client) -> None:
    """SQLite cannot read so large a number; PostgreSQL finds no row."""
    editor_client.raise_request_exception = False
    expected = {"sqlite": 400, "postgresql": 200}[connection.vendor]

    answer = editor_client.get("/admin/skills/locationalias/?location=9999999999999999999999")

    assert answer.status_code == expected


@pytest.mark.parametrize(("query", "raised"), [({}, ValueError), ({"q": "python"}, BadRequest)], ids=["bare", "query"])
def test_list_s_own_error_is_not_that_of_a_filter(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, query: dict[str, str], raised: type[Exception]
) -> None:
    pages = admin.site.get_model_admin(Skill)

    def fail(request: Any) -> Any:
        raise ValueError("a mistake in the list")

    monkeypatch.setattr(pages, "get_list_display", fail)

    with caplog.at_level(logging.ERROR), pytest.raises(raised):
        pages.get_changelist_instance(RequestFactory().get("/", query))

    assert ("a mistake in the list" in caplog.text) is bool(query)
