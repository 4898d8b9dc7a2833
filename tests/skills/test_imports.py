"""Imports of CSV files: a dry run changes nothing, an import is complete, and reports are correct."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.db import connection, transaction

import skills
from skills.catalogue.resources import (
    TABLES,
    LocationAliasResource,
    Outcome,
    SkillResource,
    SourceResource,
    Table,
    TableError,
)
from skills.editions.publish import earlier_documents, publish_edition
from skills.imports.job import KEPT, MAX_SILENCE, Job, JobFolder, Phase, job_folder, now
from skills.imports.run import Work, dry_run_file, fingerprint_of, import_file, resolve_job, start_dry_run, start_import
from skills.imports.upload import BadUpload, check_content, check_size
from skills.models import LocationAlias, Skill, Source
from tests.skills.factories import make_csv, make_skill

DATA = Path(skills.__file__).parent / "data"
BY_FILE = {table.file: table for table in TABLES}
SECONDS_TO_WAIT = 60

type Made = Callable[..., Work]


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where jobs are kept, empty."""
    settings.STATE_FOLDER = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def made(folder: Path, editor: User) -> Made:
    """An import that an editor has begun, to be checked or imported."""

    def make(file: str, text: str, user: int | None = None) -> Work:
        whose = editor.pk if user is None else user
        job = job_folder().add(file=file, upload_name="mine.csv", content=text.encode(), user=whose)
        return Work(job_folder(), job)

    return make


# Dry runs


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_dry_run_of_an_exported_table_finds_nothing_to_change(made: Made, table: type[Table]) -> None:
    work = made(table.file, table().write())

    dry_run_file(work)

    rows = table._meta.model._default_manager.count()
    assert work.job.outcome == Outcome(new=0, changed=0, unchanged=rows, changes=(), errors=())
    assert not work.job.may_be_imported


def test_dry_run_tells_each_change_and_changes_nothing(made: Made) -> None:
    make_skill()
    before = SkillResource().write()
    text = make_csv("skills.csv", {"name": "Other", "hours_low": "12"}, {"slug": "made-b", "requires": "made-skill"})
    work = made("skills.csv", text)

    dry_run_file(work)

    outcome = work.job.outcome
    assert outcome is not None
    assert (outcome.new, outcome.changed, outcome.unchanged) == (1, 1, 0)
    changed, new = outcome.changes
    assert (changed.row, changed.is_new, changed.name) == (2, False, "made-skill")
    cells = [(cell.column, cell.old, cell.new) for cell in changed.cells]
    assert cells == [("name", "Made skill", "Other"), ("hours_low", "10", "12")]
    assert (new.row, new.is_new, new.name) == (3, True, "made-b")
    assert ("requires", "", "made-skill") in [(cell.column, cell.old, cell.new) for cell in new.cells]
    assert work.job.may_be_imported
    assert SkillResource().write() == before


BAD_FILES = [
    pytest.param("alias,location\nA,us\nB,nowhere\n", 3, "location", id="no-such-row"),
    pytest.param("alias,location\nA,us\n,us\n", 3, "alias", id="blank"),
    pytest.param("alias,location\nA,us\nA,us\n", 3, "alias", id="row-twice"),
    pytest.param("alias,location\nA,us\nB\n", 3, "", id="short-row"),
    pytest.param("alias,location\nA,us\nB\0,us\n", 3, "alias", id="null-character"),
    pytest.param('alias,location\nA,us\n"B,us\n', 3, "", id="open-quote"),
    pytest.param(f"alias,location\nA,us\n{'B' * 81},us\n", 3, "alias", id="too-long"),
]


@pytest.mark.parametrize("do", [dry_run_file, import_file])
@pytest.mark.parametrize(("text", "row", "column"), BAD_FILES)
def test_a_bad_file_is_reported_by_row_and_column_and_changes_nothing(
    made: Made, do: Callable[[Work], None], text: str, row: int, column: str
) -> None:
    before = fingerprint_of(LocationAlias)
    work = made("location_aliases.csv", text)
    dry_run_file(work)

    do(work)

    assert work.job.phase is Phase.CHECKED
    assert work.job.outcome is not None
    assert [(error.row, error.column) for error in work.job.outcome.errors] == [(row, column)]
    assert work.job.error_count == 1
    assert not work.job.may_be_imported
    assert fingerprint_of(LocationAlias) == before
    assert not LogEntry.objects.exists()


def test_a_rule_across_columns_that_the_database_refuses_is_described(made: Made) -> None:
    work = made("skills.csv", make_csv("skills.csv", {"hours_low": "30"}, {"slug": "made-b"}))

    dry_run_file(work)

    assert work.job.outcome is not None
    reason = "Study hours must be above zero and rise from low to middle to high."
    columns = "hours_high, hours_low, hours_mid"
    assert work.job.outcome.errors == (TableError(file="skills.csv", row=2, column=columns, reason=reason),)
    assert work.job.outcome.new == 1


def test_long_lists_are_cut_and_counted_in_full(made: Made) -> None:
    rows = [f"Name {number},us" for number in range(250)] + [f"Bad {number},nowhere" for number in range(510)]
    work = made("location_aliases.csv", "\n".join(["alias,location", *rows]))

    dry_run_file(work)

    outcome = work.job.outcome
    assert outcome is not None
    assert (outcome.new, len(outcome.changes)) == (250, 200)
    assert (work.job.error_count, len(outcome.errors)) == (510, 500)


def test_every_row_counts_as_progress(db: None) -> None:
    done: list[int] = []

    SourceResource().import_csv(make_csv("sources.csv", {}, {"slug": "made-b", "kind": "x"}), on_progress=done.append)

    assert done == [1, 2]


# Imports


def test_import_changes_the_rows_and_logs_itself_and_what_they_said_before(made: Made, editor: User) -> None:
    skill = make_skill()
    work = made("skills.csv", make_csv("skills.csv", {"name": "Other"}, {"slug": "made-b", "name": "New"}))
    dry_run_file(work)

    import_file(work)

    assert work.job.phase is Phase.IMPORTED
    assert list(Skill.objects.filter(slug__startswith="made-").values_list("name", flat=True)) == ["New", "Other"]
    of_new_row, of_row, of_import = LogEntry.objects.order_by("pk")
    assert (of_new_row.object_id, of_new_row.action_flag) == (str(Skill.objects.get(slug="made-b").pk), ADDITION)
    assert of_new_row.get_change_message().startswith("Added row 3 of mine.csv: “slug made-b, name New, category data")
    assert (of_row.object_id, of_row.user) == (str(skill.pk), editor)
    assert of_row.get_change_message() == "Changed name from Made skill to Other for row 2 of “mine.csv”."
    assert (of_import.object_repr, of_import.user) == ("skills.csv", editor)
    message = f"Imported “mine.csv”: 1 new rows, 1 changed, 0 unchanged. Import {work.job.id}."
    assert of_import.get_change_message() == message


def test_import_is_refused_and_checked_again_when_the_table_changed_meanwhile(made: Made) -> None:
    skill = make_skill()
    work = made("skills.csv", make_csv("skills.csv", {"name": "Other"}))
    dry_run_file(work)
    skill.name = "Another editor's"
    skill.save()

    import_file(work)

    skill.refresh_from_db()
    assert skill.name == "Another editor's"
    assert (work.job.phase, work.job.is_overtaken) == (Phase.CHECKED, True)
    assert work.job.outcome is not None
    assert work.job.outcome.changes[0].cells[0].old == "Another editor's"
    import_file(work)
    skill.refresh_from_db()
    assert (skill.name, work.job.phase, work.job.is_overtaken) == ("Other", Phase.IMPORTED, False)


def test_import_is_refused_when_only_prerequisites_changed_meanwhile(made: Made) -> None:
    skill = make_skill()
    work = made("skills.csv", make_csv("skills.csv", {"name": "Other"}))
    dry_run_file(work)
    skill.prerequisites.add(Skill.objects.get(slug="python"))

    import_file(work)

    assert work.job.is_overtaken


def test_a_published_slug_can_neither_be_renamed_nor_removed(made: Made) -> None:
    slugs = set(Source.objects.values_list("slug", flat=True))
    text = SourceResource().write().replace("\necb-2026,", "\necb-renamed,")
    work = made("sources.csv", text)
    dry_run_file(work)

    import_file(work)

    assert work.job.outcome is not None
    assert (work.job.outcome.new, work.job.outcome.changed) == (1, 0)
    assert set(Source.objects.values_list("slug", flat=True)) == slugs | {"ecb-renamed"}


# Next to other changes


@pytest.mark.django_db(transaction=True)
def test_an_edition_published_meanwhile_holds_all_of_an_import_or_nothing(small_site: None, made: Made) -> None:
    def publish() -> None:
        try:
            publish_edition(note="Meanwhile.", publisher="another editor")
        finally:
            connection.close()

    work = made("skills.csv", make_csv("skills.csv", {"name": "Other"}))
    dry_run_file(work)

    with ThreadPoolExecutor(1) as others:
        with transaction.atomic():
            import_file(work)
            publication = others.submit(publish)
            if connection.vendor == "postgresql":
                publication.result(SECONDS_TO_WAIT)  # what is not committed is not seen
            else:
                time.sleep(0.3)
                assert not publication.done()  # SQLite has one writer at a time
        publication.result(SECONDS_TO_WAIT)

    *_, document = earlier_documents()
    is_in_it = connection.vendor == "sqlite"
    assert [row["name"] for row in document["skills"]] == ["Other" if is_in_it else "Made skill"]
    assert Skill.objects.get().name == "Other"


@pytest.mark.django_db(transaction=True)
def test_in_the_background_a_job_tells_its_end(small_site: None, made: Made) -> None:
    job = made("skills.csv", make_csv("skills.csv", {"name": "Other"})).job

    assert start_dry_run(job)
    checked = _wait_for_end(job)
    assert start_import(checked)
    imported = _wait_for_end(checked)

    assert (checked.phase, checked.run) == (Phase.CHECKED, 1)
    assert (imported.phase, imported.run) == (Phase.IMPORTED, 2)
    assert Skill.objects.get().name == "Other"


@pytest.mark.django_db(transaction=True)
def test_an_import_that_fails_at_its_end_keeps_nothing(small_site: None, made: Made) -> None:
    job = made("skills.csv", make_csv("skills.csv", {"name": "Other"}), user=0).job  # whom the log cannot name
    start_dry_run(job)

    start_import(_wait_for_end(job))

    job = job_folder().read(job.id) or job
    assert resolve_job(_wait_for_end(job)).phase is Phase.FAILED
    assert Skill.objects.get().name == "Made skill"
    assert not LogEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_import_whose_end_could_not_be_written_is_found_in_the_log(
    small_site: None, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = made("skills.csv", make_csv("skills.csv", {"name": "Other"})).job
    start_dry_run(job)
    checked, step = _wait_for_end(job), Work.step

    def write(work: Work, **changes: Any) -> None:
        if changes.get("phase") is Phase.IMPORTED:
            raise OSError(errno.ENOSPC, "No space left on device")
        step(work, **changes)

    monkeypatch.setattr(Work, "step", write)
    start_import(checked)

    assert resolve_job(_wait_for_end(checked)).phase is Phase.IMPORTED
    assert Skill.objects.get().name == "Other"


@pytest.mark.django_db(transaction=True)
def test_one_run_is_begun_once_however_often_it_is_asked_for(small_site: None, made: Made) -> None:
    job = made("skills.csv", make_csv("skills.csv")).job

    begun = [start_dry_run(job), start_dry_run(job)]

    assert begun == [True, False]
    assert _wait_for_end(job).run == 1


# What a killed process leaves


def test_a_job_whose_process_fell_silent_is_stopped(made: Made) -> None:
    job = replace(made("skills.csv", "").job, phase=Phase.IMPORTING, beat_at=now() - MAX_SILENCE * 2)

    assert resolve_job(job).phase is Phase.STOPPED
    assert resolve_job(replace(job, beat_at=now())).phase is Phase.IMPORTING


def test_a_silent_job_that_was_committed_is_reported_as_imported(made: Made) -> None:
    work = made("skills.csv", make_csv("skills.csv"))
    dry_run_file(work)
    import_file(work)

    silent = replace(work.job, phase=Phase.IMPORTING, beat_at=now() - MAX_SILENCE * 2)

    assert resolve_job(silent).phase is Phase.IMPORTED


def test_jobs_are_forgotten_after_a_day(made: Made, folder: Path) -> None:
    old = made("skills.csv", "").job
    fresh = made("skills.csv", "").job
    long_ago = (now() - KEPT - timedelta(minutes=1)).timestamp()
    for path in folder.glob(f"{old.id}.*"):
        os.utime(path, (long_ago, long_ago))

    made("skills.csv", "")

    assert JobFolder(folder).read(old.id) is None
    assert not list(folder.glob(f"{old.id}.*"))
    assert len(list(folder.glob(f"{fresh.id}.*"))) == 2


def test_a_job_is_read_as_it_was_written(made: Made, folder: Path) -> None:
    make_skill()
    work = made("skills.csv", make_csv("skills.csv", {"name": "ZÃ¼rich"}, {"slug": "made-b", "category": "x"}))

    dry_run_file(work)

    assert (work.job.error_count, work.job.warning_count) == (1, 1)
    assert JobFolder(folder).read(work.job.id) == work.job


# Files that cannot be the table


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "This file is empty.", id="empty"),
        pytest.param("alias,location\nÖ,us\n".encode("latin-1"), "This file is not text in UTF-8.", id="latin-1"),
        pytest.param("alias,location\n".encode("utf-16"), "This file is in UTF-16.", id="utf-16"),
        pytest.param(b"PK\x03\x04\x14\0", "This is a workbook, not a CSV file.", id="workbook"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "This file is not text in UTF-8.", id="picture"),
        pytest.param(b"\r\n,\r\n", "This file is empty.", id="blank-rows"),
        pytest.param(b"a\0l\0", "This file is in UTF-16, or it is not text at all.", id="utf-16-without-a-mark"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1", "This is a workbook, not a CSV file.", id="old-workbook"),
        pytest.param(b"alias|location\nA|us\n", "The cells of this file are separated by pipes, “|”.", id="bars"),
        pytest.param(b"sep=:\nalias:location\nA:us\n", "The cells of this file are separated by “:”.", id="colons"),
        pytest.param(
            (DATA / "sources.csv").read_bytes(),
            "These are the columns of sources.csv, and this page imports location_aliases.csv.",
            id="another-table",
        ),
        pytest.param(
            b"alias,place\nA,us\n",
            "The first row must name the columns alias, location: missing “location”; not known “place”.",
            id="another-column",
        ),
        pytest.param(
            b"alias,location,alias\n", "The first row must name the columns alias, location: there twice", id="twice"
        ),
        pytest.param(b"alias,location\n" + b"A,us\n" * 4, "This file has more than 3 rows.", id="too-many-rows"),
    ],
)
def test_what_cannot_be_the_table_is_refused(settings: Any, content: bytes, reason: str) -> None:
    settings.IMPORT_MAX_ROWS = 3

    with pytest.raises(BadUpload) as refused:
        check_content(content, LocationAliasResource)

    assert str(refused.value).startswith(reason)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbfalias,location\r\nA,us\r\n", id="byte-order-mark-and-windows-line-ends"),
        pytest.param(b"location,alias\nus,A\n", id="columns-in-another-order"),
        pytest.param(b"alias,location\nA,us\nB,us\nC,us\n", id="as-many-rows-as-may-be"),
    ],
)
def test_what_may_be_the_table_is_let_through(settings: Any, content: bytes) -> None:
    settings.IMPORT_MAX_ROWS = 3

    check_content(content, LocationAliasResource)


def test_a_file_that_is_too_big_is_refused_with_both_sizes(settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 10 * 1024 * 1024

    check_size(settings.IMPORT_MAX_BYTES)
    with pytest.raises(BadUpload, match=r"This file has 11 MB; an import may have 10 MB\."):
        check_size(11 * 1024 * 1024)


def test_a_byte_order_mark_and_windows_line_ends_are_read(made: Made) -> None:
    work = made("location_aliases.csv", "\ufeffalias,location\r\nA made name,us\r\n")
    dry_run_file(work)

    import_file(work)

    assert LocationAlias.objects.filter(alias="A made name", location__slug="us").exists()


def _wait_for_end(job: Job) -> Job:
    """The job once nobody works on it."""
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while time.monotonic() < deadline:
        found = job_folder().read(job.id)
        if found is not None and not found.is_under_way:
            return found
        time.sleep(0.02)
    pytest.fail("the import does not end")
