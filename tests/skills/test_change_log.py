"""The change log: every change in the admin says who, when, and each field's old and new value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skills.admin.change_log import LogsChanges
from skills.catalogue.resources import EvidenceResource
from skills.change_log import (
    MAX_MESSAGE_CHARACTERS,
    MAX_ROWS_LISTED,
    ImportLog,
    describe_value,
    log_row,
    part_of_changes,
    write_message,
)
from skills.groups import GROUPS, set_up
from skills.models import (
    Evidence,
    ExchangeRate,
    ExperiencePoint,
    Grade,
    Location,
    LocationAlias,
    Skill,
    Source,
    UnmeasuredSkill,
    Way,
    WayEvidence,
    WayRange,
)
from tests.skills.admin_pages import confirm_deletion
from tests.skills.factories import make_csv, make_evidence, make_location, make_skill, make_source

#: What a form's change is called; what is marked asks every database.
pytestmark = pytest.mark.any_database

LOG = "/admin/admin/logentry/"
WAYS = [Way, WayRange, WayEvidence, ExperiencePoint]
CATALOGUE = [Source, Skill, Evidence, Location, LocationAlias, ExchangeRate, UnmeasuredSkill, *WAYS]


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
    return read_entry(row)


def read_entry(row: Any) -> str:
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
            f"Changed Middle (% of pay) from 2 to 2.5 and Grade from “{Grade.B.label}” to “{Grade.A.label}”.",
            id="number-and-choice",
        ),
        pytest.param(make_evidence, {"note": "One, two."}, "Changed Note from nothing to “One, two.”.", id="text"),
        pytest.param(make_skill, {"is_published": ""}, "Changed Published from yes to no.", id="tick"),
        pytest.param(make_skill, {"tilt_percent": "-1.50"}, "Changed Tilt from nothing to -1.5.", id="number"),
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

    assert said == "Changed Skills to have first from “First” to “First” + “Two”."


def test_saving_without_a_change_says_so(editor_client: Client) -> None:
    assert change(editor_client, make_source()) == "No fields changed."


def test_row_of_an_inline_has_a_history_of_its_own(editor_client: Client) -> None:
    evidence = make_evidence(skill=make_skill())
    prefix = "evidence-0"

    said = change(editor_client, evidence.skill, **{f"{prefix}-note": "Looked at."})

    evidence.refresh_from_db()
    assert said == f"Changed Note from nothing to “Looked at.” for evidence “{evidence}”."
    assert read_entry(evidence) == "Changed Note from nothing to “Looked at.”."


def test_row_that_an_inline_deletes_is_kept_in_words(editor_client: Client) -> None:
    evidence = make_evidence(skill=make_skill(), population="Made-up people", note="It said this.")
    evidence.refresh_from_db()

    said = change(editor_client, evidence.skill, **{"evidence-0-DELETE": "on", "removal_reason": "About France."})

    assert not Evidence.objects.filter(pk=evidence.pk).exists()
    assert said.startswith(f"Deleted evidence “{evidence} (because “About France.”: ")
    assert "note “It said this.”" in said
    assert "whom it is about “Made-up people”" in read_entry(evidence)


def test_row_that_an_inline_adds_says_what_it_holds(editor_client: Client) -> None:
    location = make_location()
    added = {"aliases-TOTAL_FORMS": 1, "aliases-0-alias": "Another name", "aliases-0-location": location.pk}

    said = change(editor_client, location, **added)

    alias = LocationAlias.objects.get(location=location)
    assert said.startswith("Added location alias “Another name (")
    assert read_entry(alias) == f"Added location alias “{alias} (location “{location}”, other name “Another name”)”."
    assert LogEntry.objects.get(object_id=alias.pk, content_type__model="locationalias").action_flag == ADDITION


@pytest.mark.parametrize("way", ["page", "list"])
def test_deleted_row_is_kept_in_words_with_what_went_with_it(editor_client: Client, way: str) -> None:
    location = make_location(name="A made place")
    LocationAlias.objects.create(location=location, alias="Another name")

    if way == "page":
        confirm_deletion(editor_client, page_of(location, "delete"))
    else:
        chosen = {"action": "delete_selected", "_selected_action": [location.pk]}
        confirm_deletion(editor_client, reverse("admin:skills_location_changelist"), **chosen)

    entry = LogEntry.objects.get(action_flag=DELETION)
    assert not Location.objects.filter(pk=location.pk).exists()
    deleted = f"Deleted location “{location} (slug “{location.slug}”, name “A made place”, kind "
    assert entry.get_change_message().startswith(deleted)
    assert entry.get_change_message().endswith(
        f"location aliases “Another name (location “{location}”, other name “Another name”)”)”."
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


# Bounds


def test_message_lists_so_many_rows_and_counts_the_others(db: None) -> None:
    parts = [part_of_changes([f"Note from nothing to “{number}”"], make_source()) for number in [1]]
    parts = [*parts * MAX_ROWS_LISTED, *parts * 5, {"deleted": {"name": "source", "object": "It"}}]

    said = LogEntry(change_message=write_message(parts)).get_change_message().replace("\u00a0", " ")

    assert said.count("Changed Note from nothing to “1” for source") == MAX_ROWS_LISTED
    assert said.endswith("Changed 6 more rows (5 changed, 1 deleted).")


def test_message_of_long_values_has_a_bound() -> None:
    parts = [part_of_changes([f"Note from nothing to {describe_value('é“' * 5_000)}"])] * 100

    message = write_message(parts)

    said = LogEntry(change_message=message).get_change_message().replace("\u00a0", " ")
    assert MAX_MESSAGE_CHARACTERS / 2 < len(message) <= MAX_MESSAGE_CHARACTERS
    assert said.startswith("Changed Note from nothing to “é“é“")
    assert re.search(r"é…”\. Changed \d+ more rows \(\d+ changed\)\.$", said)


# The history of a skill


def history_of(client: Client, row: Any) -> list[str]:
    """What a row's history page shows, entry by entry."""
    entries = client.get(page_of(row, "history")).context["action_list"]
    return [f"{entry.object_repr}: {entry.get_change_message()}" for entry in entries]


def test_skill_shows_its_evidence_however_it_was_changed(
    editor_client: Client, editor: User, made_import: Callable[..., None]
) -> None:
    skill, source = make_skill(), make_source()
    evidence = make_evidence(skill=skill, source=source)
    make_evidence(skill=make_skill(slug="made-skill-b"), source=source)
    name = "made-skill · made-source · worldwide"

    change(editor_client, evidence, note="On its page.")
    change(editor_client, skill, **{"evidence-0-note": "In the form."})
    colleague = User.objects.create(username="colleague", is_staff=True)
    made_import(colleague, {"note": "By import."}, {"region": "us", "note": "New."})
    change(editor_client, skill, name="Other name")

    page = editor_client.get(page_of(skill, "history"))
    added = (
        "skill made-skill, source made-source, region us, about skill, low_percent 1, mid_percent 2, high_percent 3, "
        "grade B, population everybody, year 2025, note New."
    )
    assert history_of(editor_client, skill) == [
        "Other name: Changed Name from “Made skill” to “Other name”.",
        f"{name}: Changed note from In the form. to By import. for row 2 of “figures.csv”.",
        f"made-skill · made-source · us: Added row 3 of figures.csv: “{added}”.",
        f"Made skill: Changed Note from “On its page.” to “In the form.” for evidence “{name}”.",
        f"{name}: Changed Note from nothing to “On its page.”.",
    ]
    assert "colleague" in page.content.decode()
    assert "evidence made-skill · made-source · us" in page.content.decode()


def test_skill_shows_evidence_that_it_has_no_more(editor_client: Client) -> None:
    skill, other = make_skill(), make_skill(slug="other", name="Other")
    moved = make_evidence(skill=skill, source=make_source())
    deleted = make_evidence(skill=skill, source=make_source(slug="source-b"))

    change(editor_client, moved, skill=other.pk)
    version = editor_client.get(page_of(deleted, "delete")).context["version"]
    typed = {"post": "yes", "version": version, "removal_reason": "Not pay."}
    editor_client.post(page_of(deleted, "delete"), typed)

    of_deleted, of_moved = history_of(editor_client, skill)
    assert of_deleted.startswith(
        "made-skill · source-b · worldwide: Deleted evidence “made-skill · source-b · worldwide (because “Not pay.”: "
    )
    assert of_moved == "made-skill · made-source · worldwide: Moved to other · made-source · worldwide."
    assert history_of(editor_client, other) == [
        "other · made-source · worldwide: Changed Skill from “Made skill” to “Other”."
    ]


def test_entries_in_the_old_format_are_shown_with_the_name_of_their_evidence(
    editor_client: Client, editor: User
) -> None:
    evidence = make_evidence(skill=make_skill(), source=make_source())
    kind = ContentType.objects.get_for_model(Evidence)
    old = {
        "user": editor,
        "content_type": kind,
        "object_id": evidence.pk,
        "object_repr": "2.00 % · grade B · worldwide",
    }
    message = json.dumps([{"changed": {"fields": ["Note from nothing to “Zürich”"]}}])
    LogEntry.objects.create(**old, action_flag=CHANGE, change_message=message)
    LogEntry.objects.create(**old, action_flag=DELETION, change_message="Deleted: note “It said this.”.")

    name = str(evidence)
    log = editor_client.get(LOG).content.decode()
    index = editor_client.get(reverse("admin:index")).content.decode()
    assert history_of(editor_client, evidence.skill) == [
        f"{name}: Deleted: note “It said this.”.",
        f"{name}: Changed Note from nothing to “Zürich”.",
    ]
    assert "Changed Note from nothing to “Zürich”." in log
    assert log.count(name) == index.count(name) == 2
    assert "grade B" not in log + index


@pytest.mark.each_database
def test_history_is_paged_and_costs_the_same_queries_however_long_it_is(
    editor_client: Client, django_assert_num_queries: Any, many_entries: Skill
) -> None:
    editor_client.get(page_of(many_entries, "history"))  # from now on it is known what waits

    with django_assert_num_queries(11):
        page = editor_client.get(page_of(many_entries, "history"))
    last = editor_client.get(page_of(many_entries, "history"), {"p": 3})

    assert (len(page.context["action_list"]), page.context["action_list"].paginator.count) == (100, 240)
    assert "?p=3" in page.content.decode()
    assert len(last.context["action_list"]) == 40


# The log as a whole


@pytest.mark.each_database
def test_log_is_newest_first_and_costs_the_same_queries_however_long_it_is(
    editor_client: Client, django_assert_num_queries: Any, many_entries: Skill
) -> None:
    editor_client.get(LOG)  # from now on it is known what waits

    with django_assert_num_queries(12):
        page = editor_client.get(LOG)

    entries = page.context["cl"].result_list
    assert len(entries) == 100
    assert [entry.pk for entry in entries] == sorted((entry.pk for entry in entries), reverse=True)


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"skill": "made-skill"}, ["made-skill · made-source · worldwide"], id="skill"),
        pytest.param({"skill": "no-such"}, [], id="no-such-skill"),
        pytest.param({"q": "source-b"}, ["made-skill-b · source-b · worldwide"], id="source"),
        pytest.param({"q": "Zürich"}, ["made-skill-b · source-b · worldwide"], id="words"),
        pytest.param({"q": "Ann"}, ["made-skill-b · source-b · worldwide"], id="person-by-name"),
        pytest.param({"user__id__exact": "ann"}, ["made-skill-b · source-b · worldwide"], id="person"),
        pytest.param({"q": "2024-02-29"}, ["made-skill · made-source · worldwide"], id="day"),
        pytest.param({"q": "2024-02-29 source-b"}, [], id="day-and-source"),
        pytest.param({"q": "2023-02-29"}, [], id="no-day"),
        pytest.param({"q": "9999-12-31"}, [], id="last-day"),
    ],
)
def test_log_is_searched_by_skill_person_and_day(
    editor: User, client: Client, asked: dict[str, Any], found: list[str]
) -> None:
    first = make_evidence(skill=make_skill(), source=make_source())
    second = make_evidence(skill=make_skill(slug="made-skill-b"), source=make_source(slug="source-b"))
    ann = User.objects.create(username="ann", first_name="Ann", is_staff=True, is_superuser=True)
    log_row(editor.pk, first, CHANGE, [part_of_changes(["Note from nothing to “New.”"])])
    LogEntry.objects.update(action_time=datetime(2024, 2, 29, 12, tzinfo=UTC))
    log_row(ann.pk, second, CHANGE, [part_of_changes(["Note from nothing to “Zürich.”"])])
    client.force_login(ann)

    page = client.get(LOG, {name: ann.pk if value == "ann" else value for name, value in asked.items()})

    assert [entry.object_repr for entry in page.context["cl"].result_list] == found


@pytest.mark.parametrize("role", GROUPS)
def test_every_editor_reads_the_log_of_the_tables_that_they_may_see(db: None, client: Client, role: str) -> None:
    boss = User.objects.create(username="boss", is_staff=True, is_superuser=True)
    reader = User.objects.create(username="reader", is_staff=True)
    reader.groups.set([group for group in set_up() if group.name == role])
    source = make_source()
    for row in (source, boss):
        LogEntry.objects.log_actions(boss.pk, [row], CHANGE, "Changed it.")
    client.force_login(reader)

    page = client.get(LOG)

    assert [entry.object_repr for entry in page.context["cl"].result_list] == [
        str(Source.objects.get(slug="made-source"))
    ]


@pytest.mark.each_database
def test_deletion_that_fails_leaves_no_entry(editor_client: Client) -> None:
    source = make_source()
    chosen = {"action": "delete_selected", "_selected_action": [source.pk]}

    def refuse(execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith("DELETE"):
            raise DatabaseError("no")
        return execute(sql, *args)

    with connection.execute_wrapper(refuse), pytest.raises(DatabaseError):
        confirm_deletion(editor_client, reverse("admin:skills_source_changelist"), **chosen)

    assert not LogEntry.objects.exists()


# Imports


@pytest.mark.each_database
def test_import_logs_so_many_rows_and_counts_the_others(
    editor: User, made_import: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skills.change_log.MAX_IMPORTED_ROWS_LOGGED", 2)
    make_skill(), make_source()
    regions = [{"region": region} for region in ["", "us", "western-europe", "eastern-europe"]]
    made_import(editor, *regions[:3])

    made_import(editor, *[region | {"note": "New."} for region in regions])

    first, second = [entry for entry in LogEntry.objects.order_by("pk") if entry.object_repr == "evidence.csv"]
    assert LogEntry.objects.count() == 2 + 1 + 3 + 1
    assert _counts(first) == (
        "3 new rows, 0 changed, 0 unchanged. The first rows have entries of their own, and 1 more row added."
    )
    assert _counts(second) == (
        "1 new rows, 3 changed, 0 unchanged. The first rows have entries of their own, and 1 more row changed."
    )


def _counts(entry: LogEntry) -> str:
    said = entry.get_change_message().replace("\u00a0", " ")
    return said.removeprefix("Imported “figures.csv”: ").removesuffix(" Import 1.")


@pytest.fixture
def made_import() -> Callable[..., None]:
    """Import rows of evidence as an editor."""

    def made_import(user: User, *rows: dict[str, str]) -> None:
        cells = {"skill": "made-skill", "source": "made-source", "region": ""}
        text = make_csv("evidence.csv", *[cells | row for row in rows])
        log = ImportLog()
        outcome = EvidenceResource().import_csv(text, on_changed=log.note)
        log.write(user.pk, Evidence, outcome, file="evidence.csv", upload="figures.csv", signature="Import 1.")

    return made_import


@pytest.fixture
def many_entries(editor: User) -> Skill:
    """A skill with 240 entries about 12 pieces of evidence, half of them in the old format."""
    skill = make_skill()
    for number in range(12):
        evidence = make_evidence(skill=skill, source=make_source(slug=f"made-{number}"))
        name = str(evidence) if number % 2 else "2.00 % · grade B · worldwide"
        kind = ContentType.objects.get_for_model(Evidence)
        LogEntry.objects.bulk_create(
            LogEntry(
                user=editor,
                content_type=kind,
                object_id=str(evidence.pk),
                object_repr=name,
                action_flag=CHANGE,
                change_message=write_message([part_of_changes(["Note from nothing to “New.”"])]),
            )
            for _ in range(20)
        )
    return skill
