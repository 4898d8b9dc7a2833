"""The pages that import and export a table: permissions, texts, and no change without a confirmation."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import skills
from skills.catalogue.resources import TABLES, EvidenceResource, LocationResource, Outcome, SkillResource, Table
from skills.imports.job import MAX_SILENCE, Job, Phase, job_folder, now
from skills.models import Skill, Source
from tests.skills.factories import make_csv, make_source

DATA = Path(skills.__file__).parent / "data"
SECONDS_TO_WAIT = 60

type Kept = Callable[..., Job]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where jobs are kept, empty."""
    settings.STATE_FOLDER = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def kept(editor: User) -> Kept:
    """A job of the editor's as it would be found at some moment."""

    def keep(**fields: Any) -> Job:
        job = job_folder().add(file="skills.csv", upload_name="mine.csv", content=b"", user=editor.pk)
        job = replace(job, **fields)
        job_folder().write(job)
        return job

    return keep


# Export


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_export_of_all_rows_is_the_data_file_after_a_byte_order_mark(
    editor_client: Client, catalogue_folder: Path, table: type[Table]
) -> None:
    response = editor_client.get(address(table, "export"))

    assert response.content == b"\xef\xbb\xbf" + (catalogue_folder / table.file).read_bytes()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{table.file}"'


@pytest.mark.any_database  # links of a page
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_list_leads_to_import_and_export(editor_client: Client, table: type[Table]) -> None:
    page = editor_client.get(address(table, "changelist")).text

    assert f'<a href="{address(table, "import")}">Import CSV</a>' in page
    assert f'<a href="{address(table, "export")}">Export all as CSV</a>' in page


@pytest.mark.parametrize(
    ("table", "query", "rows"),
    [
        pytest.param(EvidenceResource, "grade=A", {"grade": "A"}, id="filter"),
        pytest.param(EvidenceResource, "about=title&needs=any", {"about": "title"}, id="filter-and-own-filter"),
        pytest.param(LocationResource, "country=DE&q=e&o=-1", {"country": "DE"}, id="filter-search-and-order"),
    ],
)
def test_export_has_the_rows_that_the_list_shows(
    editor_client: Client, table: type[Table], query: str, rows: dict[str, str]
) -> None:
    listed = editor_client.get(f"{address(table, 'changelist')}?{query}")
    count = listed.context["cl"].result_count

    exported = editor_client.get(f"{address(table, 'export')}?{query}").content.decode("utf-8-sig")

    found = list(csv.DictReader(io.StringIO(exported)))
    assert 0 < len(found) == count < table._meta.model._default_manager.count()
    assert {tuple(row[column] for column in rows) for row in found} == {tuple(rows.values())}
    link = f'<a href="{address(table, "export")}?{query.replace("&", "&amp;")}">Export the {count} listed as CSV</a>'
    assert link in listed.text


def test_export_with_a_filter_that_is_none_leads_back_to_the_list(editor_client: Client) -> None:
    response = editor_client.get(f"{address(SkillResource, 'export')}?nothing=1")

    assert (response.status_code, response["Location"]) == (302, address(SkillResource, "changelist"))


# Who may


@pytest.mark.parametrize(
    ("may", "export", "importing"),
    [
        pytest.param([], 403, 403, id="nothing"),
        pytest.param(["view"], 200, 403, id="view"),
        pytest.param(["view", "add"], 200, 403, id="add"),
        pytest.param(["view", "change"], 200, 403, id="change"),
        pytest.param(["view", "add", "change"], 200, 200, id="add-and-change"),
    ],
)
def test_export_needs_the_right_to_see_and_import_those_to_add_and_change(
    client: Client, kept: Kept, may: list[str], export: int, importing: int
) -> None:
    client.force_login(make_editor(may))

    assert client.get(address(SkillResource, "export")).status_code == export
    assert client.get(address(SkillResource, "import")).status_code == importing
    assert client.post(address(SkillResource, "import"), {"file": upload(make_csv("skills.csv"))}).status_code in (
        [302] if importing == 200 else [403]
    )
    if "view" in may:
        page = client.get(address(SkillResource, "changelist")).text
        assert ("Import CSV" in page) is (importing == 200)


def test_a_visitor_is_sent_to_sign_in(client: Client, kept: Kept) -> None:
    job = kept()

    for page in ("export", "import"):
        assert client.get(address(SkillResource, page)).status_code == 302
    assert client.get(address(SkillResource, "import_job", job)).status_code == 302
    progress = client.get(address(SkillResource, "import_progress", job))
    assert (progress["HX-Refresh"], progress.content) == ("true", b"")


@pytest.mark.parametrize("page", ["import_job", "import_progress"])
def test_another_editors_import_is_not_there(client: Client, kept: Kept, page: str) -> None:
    job = kept()
    client.force_login(make_editor(["view", "add", "change"]))

    assert client.get(address(SkillResource, page, job)).status_code == 404
    assert client.post(address(SkillResource, "import_job", job), {"check": ""}).status_code == 404


def test_an_import_stands_at_its_own_table_only(editor_client: Client, kept: Kept) -> None:
    job = kept(phase=Phase.FAILED)

    assert editor_client.get(address(SkillResource, "import_job", job)).status_code == 200
    assert editor_client.get(address(TABLES[0], "import_job", job)).status_code == 404


# Choosing a file


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "The submitted file is empty.", id="empty"),
        pytest.param(b"\xff\xfea\0", "This file is in UTF-16.", id="utf-16"),
        pytest.param((DATA / "sources.csv").read_bytes(), "These are the columns of sources.csv", id="another-table"),
        pytest.param(b"slug|name\n", "The cells of this file are separated by pipes, “|”.", id="bars"),
        pytest.param(b"x" * 20_001, "This file has 19 KB; an import may have 19 KB.", id="too-big"),
    ],
)
def test_a_file_that_cannot_be_the_table_is_refused_next_to_its_field(
    editor_client: Client, settings: Any, folder: Path, content: bytes, reason: str
) -> None:
    settings.IMPORT_MAX_BYTES = 20_000

    response = editor_client.post(address(SkillResource, "import"), {"file": upload(content)})

    assert response.status_code == 422
    assert reason in response.text
    assert not folder.exists()


def test_no_file_at_all_is_refused(editor_client: Client) -> None:
    response = editor_client.post(address(SkillResource, "import"))

    assert response.status_code == 422
    assert "This field is required." in response.text


# The way through


@pytest.mark.django_db(transaction=True)
def test_a_good_file_is_checked_shown_and_imported(small_site: None, editor_client: Client) -> None:
    text = make_csv("skills.csv", {"name": "Other & more"}, {"slug": "made-b"})

    job_address = send(editor_client, SkillResource, text)

    page = editor_client.get(job_address).text
    assert "Nothing is changed yet: 1 new row, 1 changed, 0 unchanged." in page
    assert "<b>name</b> <del>Made skill</del> → <ins>Other &amp; more</ins>" in page
    assert "Rows of the catalogue that are not in this file do not change." in page
    assert Skill.objects.get().name == "Made skill"

    assert editor_client.post(job_address, {"import": ""}).status_code == 302
    wait(editor_client, job_address)

    page = editor_client.get(job_address).text
    assert "In the catalogue: 1 new row, 1 changed, 0 unchanged." in page
    assert '<a class="button" href="/admin/skills/edition/publish/">See and publish</a>' in page
    assert list(Skill.objects.order_by("slug").values_list("name", flat=True)) == ["Made skill", "Other & more"]


@pytest.mark.django_db(transaction=True)
def test_a_bad_file_is_shown_by_row_and_column_and_cannot_be_imported(small_site: None, editor_client: Client) -> None:
    text = make_csv("skills.csv", {"name": "Other"}, {"slug": "made-b", "category": "cooking"})

    job_address = send(editor_client, SkillResource, text)

    page = editor_client.get(job_address).text
    assert "1 mistake" in page
    assert "<td>category</td><td>Value &#x27;cooking&#x27; is not a valid choice.</td>" in page
    assert "Import these changes" not in page
    editor_client.post(job_address, {"import": ""})
    wait(editor_client, job_address)
    assert Skill.objects.get().name == "Made skill"


@pytest.mark.django_db(transaction=True)
def test_an_imported_file_is_not_imported_again(small_site: None, editor_client: Client) -> None:
    job_address = send(editor_client, SkillResource, make_csv("skills.csv", {"name": "Other"}))
    editor_client.post(job_address, {"import": ""})
    wait(editor_client, job_address)
    Skill.objects.update(name="Better")

    editor_client.post(job_address, {"import": ""})
    editor_client.post(job_address, {"check": ""})

    wait(editor_client, job_address)
    assert Skill.objects.get().name == "Better"


@pytest.mark.django_db(transaction=True)
def test_a_change_in_between_refuses_the_import_and_shows_the_dry_run_again(
    small_site: None, editor_client: Client
) -> None:
    job_address = send(editor_client, SkillResource, make_csv("skills.csv", {"name": "Other"}))
    Skill.objects.update(name="Better")

    editor_client.post(job_address, {"import": ""})
    wait(editor_client, job_address)

    page = editor_client.get(job_address).text
    assert "The table was changed after this file was checked, so nothing was imported." in page
    assert "<del>Better</del> → <ins>Other</ins>" in page
    assert Skill.objects.get().name == "Better"


@pytest.mark.django_db(transaction=True)
def test_a_formula_goes_out_harmless_and_comes_back_as_it_was(small_site: None, editor_client: Client) -> None:
    source = make_source(slug="made-b", title="=1+1", note="'=x")
    exported = editor_client.get(address(TABLES[0], "export")).content
    assert b"made-b,'=1+1," in exported

    job_address = send(editor_client, TABLES[0], exported)

    assert "Nothing would change: 2 rows of the file as in the catalogue." in editor_client.get(job_address).text
    Source.objects.filter(pk=source.pk).update(title="other", note="")
    job_address = send(editor_client, TABLES[0], exported)
    editor_client.post(job_address, {"import": ""})
    wait(editor_client, job_address)
    source.refresh_from_db()
    assert (source.title, source.note) == ("=1+1", "'=x")


# While it is under way


def test_progress_is_shown_and_requested_every_second(editor_client: Client, kept: Kept) -> None:
    job = kept(phase=Phase.IMPORTING, done=4_000, total=20_000)

    page = editor_client.get(address(SkillResource, "import_job", job)).text
    part = editor_client.get(address(SkillResource, "import_progress", job)).text

    assert part in page
    assert f'hx-get="{address(SkillResource, "import_progress", job)}" hx-trigger="every 1s"' in part
    assert 'max="20000" value="4000"' in part
    assert "4,000 of 20,000 rows · 0 seconds" in part
    assert f'<a href="{address(SkillResource, "import_job", job)}">Look again</a>' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page


def test_asking_for_progress_writes_nothing(editor_client: Client, kept: Kept) -> None:
    job = kept(phase=Phase.CHECKING)

    with CaptureQueriesContext(connection) as queries:
        response = editor_client.get(address(SkillResource, "import_progress", job))

    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_nothing_can_be_begun_while_it_is_under_way(editor_client: Client, kept: Kept) -> None:
    job = kept(phase=Phase.IMPORTING, outcome=Outcome(new=1, changed=0, unchanged=0, changes=(), errors=()))

    editor_client.post(address(SkillResource, "import_job", job), {"check": "", "import": ""})

    assert job_folder().read(job.id) == job


def test_a_killed_process_leaves_an_import_that_says_it_stopped(editor_client: Client, kept: Kept) -> None:
    job = kept(phase=Phase.IMPORTING, beat_at=now() - MAX_SILENCE * 2)

    progress = editor_client.get(address(SkillResource, "import_progress", job))
    page = editor_client.get(address(SkillResource, "import_job", job)).text

    assert progress["HX-Refresh"] == "true"
    assert "Its process ended, so nothing was changed" in page
    assert "Check this file again" in page


def address(table: type[Table], page: str, job: Job | None = None) -> str:
    name = f"admin:skills_{table._meta.model._meta.model_name}_{page}"
    return reverse(name, args=[job.id] if job else [])


def upload(content: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("mine.csv", content.encode() if isinstance(content, str) else content)


def make_editor(may: list[str]) -> User:
    user = User.objects.create(username="colleague", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=[f"{verb}_skill" for verb in may]))
    return user


def send(client: Client, table: type[Table], content: str | bytes) -> str:
    """Send a file and give the address of its import, once it is checked."""
    response = client.post(address(table, "import"), {"file": upload(content)})
    assert response.status_code == 302, response.text
    wait(client, response["Location"])
    return response["Location"]


def wait(client: Client, job_address: str) -> None:
    """Ask as the page does until it is to be loaded again."""
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while time.monotonic() < deadline:
        if client.get(f"{job_address}progress/").headers.get("HX-Refresh"):
            return
        time.sleep(0.02)
    pytest.fail("the import does not end")
