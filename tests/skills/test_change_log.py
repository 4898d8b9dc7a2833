"""The change log: every change in the admin says who, when, and each field's old and new value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import Group, User
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skills.admin.change_log import LogsChanges
from skills.models import Evidence, ExchangeRate, Location, LocationAlias, Skill, Source
from tests.skills.factories import make_evidence, make_location, make_skill, make_source

CATALOGUE = [Source, Skill, Evidence, Location, LocationAlias, ExchangeRate]


def page_of(row: Any, page: str = "change") -> str:
    return reverse(f"admin:skills_{row._meta.model_name}_{page}", args=[row.pk])


def answers_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send of a page of one row, as it is."""
    context = client.get(address).context
    forms: list[BaseForm] = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    answers: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list):
                answers[field.html_name] = [getattr(row, "pk", row) for row in value]
            elif value is not False:
                answers[field.html_name] = "" if value is None else value
    return answers


def change(client: Client, row: Any, **changes: Any) -> str:
    """Change a row on its page; the newest thing that the log says of it."""
    answer = client.post(page_of(row), answers_of(client, page_of(row)) | changes)
    assert answer.status_code == 302, answer.context["errors"]
    return said_of(row)


def said_of(row: Any) -> str:
    entry = LogEntry.objects.filter(content_type__model=row._meta.model_name, object_id=row.pk).first()
    return entry.get_change_message() if entry else ""


@pytest.mark.parametrize("model", CATALOGUE, ids=lambda model: model._meta.model_name)
def test_every_table_of_the_catalogue_is_logged(model: Any) -> None:
    assert isinstance(admin.site._registry[model], LogsChanges)


@pytest.mark.parametrize(
    ("make", "changes", "said"),
    [
        pytest.param(
            make_evidence,
            {"mid_percent": "2.50", "grade": "A"},
            "Changed Middle (% of pay) from 2 to 2.5 and "
            f"Grade from “{Evidence.Grade.B.label}” to “{Evidence.Grade.A.label}”.",
            id="number-and-choice",
        ),
        pytest.param(make_evidence, {"note": "One, two."}, "Changed Note from nothing to “One, two.”.", id="text"),
        pytest.param(make_skill, {"is_published": ""}, "Changed Published from yes to no.", id="tick"),
        pytest.param(make_skill, {"tilt_percent": "-1.50"}, "Changed Tilt (points) from nothing to -1.5.", id="number"),
        pytest.param(make_source, {"note": "{x}"}, "Changed Note from nothing to “{x}”.", id="braces"),
    ],
)
def test_change_says_old_and_new_value(
    editor_client: Client, make: Callable[..., Any], changes: dict[str, Any], said: str
) -> None:
    row = make()

    found = change(editor_client, row, **changes)

    assert found == said


def test_change_says_who_and_when(editor_client: Client, editor: User) -> None:
    row = make_source()

    change(editor_client, row, note="New.")

    entry = LogEntry.objects.get()
    page = editor_client.get(page_of(row, "history")).content.decode()
    assert (entry.user, entry.action_flag) == (editor, CHANGE)
    assert timezone.now() - entry.action_time < timedelta(minutes=1)
    assert "Changed Note from nothing to “New.”." in page
    assert "editor" in page


def test_change_of_what_a_row_points_to_names_both(editor_client: Client) -> None:
    old, new = make_source(slug="old", title="Old"), make_source(slug="new", title="New")
    row = make_evidence(source=old)

    assert change(editor_client, row, source=new.pk) == f"Changed Source from “{old}” to “{new}”."


def test_change_of_prerequisites_names_them(editor_client: Client) -> None:
    skill, first, second = make_skill(), make_skill(slug="first", name="First"), make_skill(slug="two", name="Two")
    skill.prerequisites.set([first])

    said = change(editor_client, skill, prerequisites=[first.pk, second.pk])

    assert said == "Changed Prerequisites from “First” to “First” + “Two”."


def test_saving_without_a_change_says_so(editor_client: Client) -> None:
    assert change(editor_client, make_source()) == "No fields changed."


def test_row_of_an_inline_has_a_history_of_its_own(editor_client: Client) -> None:
    evidence = make_evidence(skill=make_skill())
    prefix = "evidence-0"

    said = change(editor_client, evidence.skill, **{f"{prefix}-note": "Looked at."})

    evidence.refresh_from_db()
    assert said == f"Changed Note from nothing to “Looked at.” for evidence “{evidence}”."
    assert said_of(evidence) == "Changed Note from nothing to “Looked at.”."


def test_row_that_an_inline_deletes_is_kept_in_words(editor_client: Client) -> None:
    evidence = make_evidence(skill=make_skill(), population="Made-up people", note="It said this.")
    evidence.refresh_from_db()

    said = change(editor_client, evidence.skill, **{"evidence-0-DELETE": "on"})

    assert not Evidence.objects.filter(pk=evidence.pk).exists()
    assert said.startswith(f"Deleted evidence “{evidence} (")
    assert "note “It said this.”" in said
    assert "population “Made-up people”" in said_of(evidence)


def test_row_that_an_inline_adds_says_what_it_holds(editor_client: Client) -> None:
    location = make_location()
    added = {"aliases-TOTAL_FORMS": 1, "aliases-0-alias": "Another name", "aliases-0-location": location.pk}

    said = change(editor_client, location, **added)

    alias = LocationAlias.objects.get(location=location)
    assert said.startswith("Added location alias “Another name (")
    assert said_of(alias) == f"Added: location “{location}”, alias “Another name”."
    assert LogEntry.objects.get(object_id=alias.pk, content_type__model="locationalias").action_flag == ADDITION


@pytest.mark.parametrize("way", ["page", "list"])
def test_deleted_row_is_kept_in_words_with_what_went_with_it(editor_client: Client, way: str) -> None:
    location = make_location(name="A made place")
    LocationAlias.objects.create(location=location, alias="Another name")

    if way == "page":
        editor_client.post(page_of(location, "delete"), {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": [location.pk], "post": "yes"}
        editor_client.post(reverse("admin:skills_location_changelist"), chosen)

    entry = LogEntry.objects.get(action_flag=DELETION)
    assert not Location.objects.filter(pk=location.pk).exists()
    assert entry.get_change_message().startswith(f"Deleted: slug “{location.slug}”, name “A made place”, kind ")
    assert entry.get_change_message().endswith(
        f"location aliases “Another name (location “{location}”, alias “Another name”)”."
    )


def test_whole_log_is_read_and_not_changed(editor_client: Client) -> None:
    row = make_source()
    change(editor_client, row, note="New.")
    entry = LogEntry.objects.get()

    page = editor_client.get(reverse("admin:admin_logentry_changelist")).content.decode()
    answers = [
        editor_client.post(reverse("admin:admin_logentry_change", args=[entry.pk]), {}).status_code,
        editor_client.post(reverse("admin:admin_logentry_delete", args=[entry.pk]), {"post": "yes"}).status_code,
    ]

    assert "Changed Note from nothing to “New.”." in page
    assert answers == [403, 403]
    assert LogEntry.objects.get() == entry


def test_account_is_made_inactive_and_never_deleted(editor_client: Client, editor: User) -> None:
    left = User.objects.create(username="left", is_staff=True)
    left.groups.add(Group.objects.create(name="translators"))
    chosen = {"action": "delete_selected", "_selected_action": [left.pk], "post": "yes"}

    refused = editor_client.post(reverse("admin:auth_user_delete", args=[left.pk]), {"post": "yes"})
    editor_client.post(reverse("admin:auth_user_changelist"), chosen)

    assert refused.status_code == 403
    assert User.objects.filter(pk=left.pk).exists()
    assert "translators" in editor_client.get(reverse("admin:auth_user_changelist")).content.decode()
