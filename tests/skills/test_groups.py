"""Groups, tested through the admin's pages: each can open and change its own tables, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from skills.admin.imports import ImportsCsv
from skills.groups import AUTHOR, DATA_EDITOR, EDITOR, GROUPS, PUBLISHER
from skills.imports.job import job_folder, now
from skills.models import Article, Edition, Evidence, FormerSlug, Skill, Withdrawal
from tests.skills.factories import make_revision, withdrawal_fields

NO_GROUP, SUPERUSER, READER, NOBODY = "staff without a group", "superuser", "account that is no staff", "nobody"

NOT_ONE: frozenset[str] = frozenset()
ADMIN = frozenset({SUPERUSER})
EDITORS = ADMIN | {EDITOR}
WRITERS = EDITORS | {AUTHOR}
DATA = ADMIN | {DATA_EDITOR}
PUBLISHERS = ADMIN | {PUBLISHER}
ALL_ROLES = ADMIN | {AUTHOR, EDITOR, DATA_EDITOR, PUBLISHER}
STAFF = ALL_ROLES | {NO_GROUP}
EVERYBODY = STAFF | {READER, NOBODY}


class Page(NamedTuple):
    """Who may open an address, and who may send a form to it."""

    opens: Collection[str]
    sends: Collection[str]


def table(
    name: str, *, see: Collection[str], write: Collection[str] = NOT_ONE, delete: Collection[str] = NOT_ONE
) -> dict[str, Page]:
    """The pages that Django makes for one table; each action of a list asks for a permission of its own."""
    return {
        f"{name}_changelist": Page(see, see),
        f"{name}_history": Page(see, see),
        f"{name}_change": Page(see, write),
        f"{name}_add": Page(write, write),
        f"{name}_delete": Page(delete, delete),
    }


def csv_table(name: str, delete: Collection[str] = ADMIN) -> dict[str, Page]:
    """A table of the catalogue, which is a CSV file too."""
    return {
        **table(name, see=ALL_ROLES, write=DATA, delete=delete),
        f"{name}_export": Page(ALL_ROLES, NOT_ONE),
        f"{name}_import": Page(DATA, DATA),
        f"{name}_import_job": Page(DATA, DATA),
        f"{name}_import_progress": Page(DATA, NOT_ONE),
    }


#: Every address of the admin. A page that is not in here fails a test until it is.
PAGES: Mapping[str, Page] = {
    "index": Page(STAFF, STAFF),
    "app_list": Page(ALL_ROLES, ALL_ROLES),
    "login": Page(EVERYBODY, EVERYBODY),
    "password_change": Page(STAFF, STAFF),
    "password_change_done": Page(STAFF, NOT_ONE),
    "jsi18n": Page(STAFF, NOT_ONE),
    "autocomplete": Page(ALL_ROLES, NOT_ONE),
    "view_on_site": Page(STAFF, STAFF),
    "search": Page(STAFF, NOT_ONE),
    "next_edition": Page(DATA | PUBLISHERS, DATA | PUBLISHERS),
    "next_edition_part": Page(DATA | PUBLISHERS, DATA | PUBLISHERS),
    **table("skills_article", see=WRITERS, write=WRITERS),
    "skills_article_preview": Page(NOT_ONE, WRITERS),
    "skills_article_revisions": Page(WRITERS, NOT_ONE),
    "skills_article_restore": Page(NOT_ONE, WRITERS),
    "skills_article_withdraw": Page(EDITORS, EDITORS),
    "skills_article_take_back": Page(EDITORS, EDITORS),
    "skills_article_unschedule": Page(EDITORS, EDITORS),
    **table("skills_revision", see=WRITERS),
    **csv_table("skills_source"),
    **csv_table("skills_skill"),
    "skills_skill_pool": Page(NOT_ONE, DATA),
    **csv_table("skills_evidence", delete=DATA),
    **csv_table("skills_location"),
    **csv_table("skills_locationalias"),
    **csv_table("skills_exchangerate"),
    **csv_table("skills_unmeasuredskill"),
    **csv_table("skills_way"),
    **csv_table("skills_wayrange", delete=DATA),
    "skills_wayrange_check": Page(NOT_ONE, DATA),
    **csv_table("skills_wayevidence", delete=DATA),
    **csv_table("skills_experiencepoint", delete=DATA),
    **table("skills_edition", see=DATA | PUBLISHERS),
    "skills_edition_publish": Page(DATA | PUBLISHERS, PUBLISHERS),
    # Without the button of a row nothing is put back; tests/skills/test_put_back.py sends one.
    "skills_edition_put_back": Page(NOT_ONE, STAFF),
    "skills_edition_withdraw": Page(PUBLISHERS, PUBLISHERS),
    **table("skills_withdrawal", see=PUBLISHERS),
    **table("auth_user", see=ADMIN, write=ADMIN),
    "auth_user_password_change": Page(ADMIN, ADMIN),
    **table("auth_group", see=ADMIN, write=ADMIN, delete=ADMIN),
    **table("admin_logentry", see=ALL_ROLES),
    # The last, for it signs its sender out; who is not signed in is only sent on.
    "logout": Page({READER, NOBODY}, EVERYBODY),
}
#: Who may do everything opens each page and sends each form on PostgreSQL too.
ONE_ON_EACH_DATABASE = [
    pytest.param(group, marks=() if group == SUPERUSER else pytest.mark.any_database) for group in sorted(EVERYBODY)
]
#: Redirects of old addresses and the page for none: `…/object_id/` and whatever else.
WITHOUT_A_NAME = ("<path:object_id>/", "(?P<url>.*)$")


@pytest.fixture
def rows(small_site: None) -> dict[str, Any]:
    """One row of each table that has a page, by how its pages are called; a catalogue of hardly more is quick."""
    article = make_revision().article
    FormerSlug.objects.create(article=article, slug="made-before")
    Withdrawal.objects.create(**withdrawal_fields(edition_number=1))
    user = User.objects.create(username="colleague", is_staff=True)
    Group.objects.create(name="a group of one's own")
    skill = ContentType.objects.get_for_model(Skill)
    LogEntry.objects.create(user=user, content_type=skill, object_id="1", object_repr="a row", action_flag=2)
    models = [model for model in admin.site._registry if model is not Article]
    found = {f"{model._meta.app_label}_{model._meta.model_name}": model._default_manager.last() for model in models}
    return found | {"skills_article": article}


@pytest.fixture
def groups(db: None) -> None:
    call_command("set_up_groups", stdout=io.StringIO())


def member(group: str) -> Client:
    """A browser that an editor of the group has signed in with."""
    client = Client()
    if group != NOBODY:
        user = User.objects.create(username=group, is_staff=group != READER, is_superuser=group == SUPERUSER)
        user.groups.set(Group.objects.filter(name=group))
        client.force_login(user)
    return client


def leave_pages_empty(monkeypatch: pytest.MonkeyPatch, group: str) -> None:
    """Write no page: who may open it is known before. All are written for the superuser, who may open all."""
    if group != SUPERUSER:
        monkeypatch.setattr(Template, "render", lambda *_: "")


def jobs_of(group: str) -> dict[str, Any]:
    """An import of each table that the account has begun and that is under way, by how its pages are called."""
    user = User.objects.filter(username=group).first()
    jobs = {}
    for model, pages in admin.site._registry.items():
        if isinstance(pages, ImportsCsv):
            job = job_folder().add(
                file=pages.table.file, upload_name="made.csv", content=b"", user=user.pk if user else 0
            )
            # On a slow machine a test takes longer than a job that is under way may be silent.
            job_folder().write(replace(job, beat_at=now() + timedelta(days=1)))
            jobs[f"{model._meta.app_label}_{model._meta.model_name}_import"] = job
    return jobs


# The table


def test_every_address_of_the_admin_is_in_the_table() -> None:
    assert {name for name, _ in _addresses()} - {None} == set(PAGES)


def test_addresses_without_a_name_are_the_ones_that_are_known() -> None:
    assert {shape for name, shape in _addresses() if name is None} == set(WITHOUT_A_NAME)


@pytest.mark.parametrize("group", ONE_ON_EACH_DATABASE)
def test_each_opens_its_pages_and_no_other(
    groups: None, rows: dict[str, Any], monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    client = member(group)
    rows |= jobs_of(group)
    leave_pages_empty(monkeypatch, group)

    opened = {name for name in PAGES if not _is_refused(client.get(_address(name, rows)), name)}

    assert opened == {name for name, page in PAGES.items() if group in page.opens}


@pytest.mark.parametrize("group", ONE_ON_EACH_DATABASE)
def test_each_may_send_its_forms_and_no_other(
    groups: None, rows: dict[str, Any], monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    client = member(group)
    rows |= jobs_of(group)
    leave_pages_empty(monkeypatch, group)

    taken = {name for name in PAGES if not _is_refused(client.post(_address(name, rows)), name)}

    assert taken == {name for name, page in PAGES.items() if group in page.sends}


# What the forms do


@pytest.mark.any_database  # permissions are checked before a query
@pytest.mark.parametrize("group", [AUTHOR, EDITOR, DATA_EDITOR, PUBLISHER, NO_GROUP])
def test_no_role_deletes_rows_from_a_list(groups: None, rows: dict[str, Any], group: str) -> None:
    client = member(group)
    models = [model for model in apps.get_app_config("skills").get_models() if model in admin.site._registry]
    before = {model: model._default_manager.count() for model in models}

    for model in models:
        keys = list(model._default_manager.values_list("pk", flat=True)[:3])
        address = reverse(f"admin:skills_{model._meta.model_name}_changelist")
        client.post(address, {"action": "delete_selected", "_selected_action": keys, "post": "yes"})

    assert {model: model._default_manager.count() for model in models} == before


def test_data_editor_changes_a_skills_evidence_and_removes_it_with_a_reason(groups: None, small_site: None) -> None:
    evidence = Evidence.objects.get()
    client = member(DATA_EDITOR)
    address = reverse("admin:skills_skill_change", args=[evidence.skill.pk])
    answers = _form_of(client.get(address))
    row = next(name for name, value in answers.items() if name.endswith("-id") and value == evidence.pk).removesuffix(
        "-id"
    )

    changed = client.post(address, answers | {f"{row}-note": "Looked at again."})
    evidence.refresh_from_db()
    removed = client.post(address, _form_of(client.get(address)) | {f"{row}-DELETE": "on", "removal_reason": "Wrong."})

    assert (changed.status_code, removed.status_code) == (302, 302)
    assert evidence.note == "Looked at again."
    assert not Evidence.objects.exists()


def test_staff_without_a_role_sees_that_there_is_nothing_for_them(groups: None, small_site: None) -> None:
    page = member(NO_GROUP).get(reverse("admin:index")).content.decode()

    assert "/admin/skills/" not in page


# Setting up


def test_setting_up_again_changes_nothing(groups: None) -> None:
    before = _permissions()

    call_command("set_up_groups", stdout=io.StringIO())

    assert _permissions() == before
    assert set(before) == set(GROUPS)


def test_setting_up_puts_the_roles_right_and_leaves_other_groups_and_members(groups: None) -> None:
    author, own = Group.objects.get(name=AUTHOR), Group.objects.create(name="translators")
    wrong = Permission.objects.get(codename="delete_user")
    author.permissions.set([wrong])
    own.permissions.set([wrong])
    writer = User.objects.create(username="writer")
    writer.groups.set([author, own])

    call_command("set_up_groups", stdout=io.StringIO())

    assert _permissions()[AUTHOR] == set(GROUPS[AUTHOR])
    assert _permissions()["translators"] == {"delete_user"}
    assert set(writer.groups.all()) == {author, own}


def test_command_names_the_roles(db: None) -> None:
    said = io.StringIO()

    call_command("set_up_groups", stdout=said)

    assert said.getvalue() == "The groups are set up: author, editor, data editor, publisher.\n"


def test_every_permission_is_one_that_there_is(db: None) -> None:
    known = set(Permission.objects.values_list("codename", flat=True))

    assert set().union(*GROUPS.values()) <= known


def _permissions() -> dict[str, set[str]]:
    return {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.prefetch_related("permissions")
    }


def _addresses() -> Iterator[tuple[str | None, str]]:
    """Every address of the admin with its name, in the end however deeply it is included."""
    waiting: list[URLPattern | URLResolver] = list(admin.site.get_urls())
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, URLResolver):
            waiting += pattern.url_patterns
        else:
            yield pattern.name, str(pattern.pattern)


def _address(name: str, rows: Mapping[str, Any]) -> str:
    match name:
        case "app_list":
            return reverse("admin:app_list", args=["skills"])
        case "autocomplete":
            asked = "app_label=skills&model_name=evidence&field_name=skill"
            return f"{reverse('admin:autocomplete')}?{asked}"
        case "view_on_site":
            skill = ContentType.objects.get_for_model(Skill)
            return reverse("admin:view_on_site", args=[skill.pk, rows["skills_skill"].pk])
        case "skills_article_restore":
            return reverse("admin:skills_article_restore", args=[rows["skills_article"].pk, 1])
        case "skills_edition_withdraw":
            return reverse("admin:skills_edition_withdraw", args=[Edition.objects.get().number])
    prefix = next((prefix for prefix in rows if name in _of_one_row(prefix)), None)
    row = rows[prefix] if prefix else None
    return reverse(f"admin:{name}", args=[] if row is None else [row.id])


def _of_one_row(prefix: str) -> set[str]:
    pages = "change history delete password_change pool check revisions take_back unschedule withdraw job progress"
    return {f"{prefix}_{page}" for page in pages.split()}


def _is_refused(response: Any, name: str) -> bool:
    """The answer says that it may not, that there is nothing, that it is not done so, or asks to sign in as another."""
    if response.status_code == 302:
        return bool(response.url.startswith(reverse("admin:login")))
    if "HX-Refresh" in response.headers:
        return True
    # A row that readers see nowhere has no address on the site: an editor who is answered so was allowed to ask.
    return response.status_code in ({403} if name == "view_on_site" else {403, 404, 405})


def _form_of(response: Any) -> dict[str, Any]:
    """What a browser would send of a page of one row, as it is."""
    answers: dict[str, Any] = {}
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            answers[field.html_name] = (
                [getattr(row, "pk", row) for row in value]
                if isinstance(value, list)
                else ""
                if value is None
                else value
            )
    return {name: value for name, value in answers.items() if value is not False}
