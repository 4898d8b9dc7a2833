"""Rehearses and imports a CSV file in the background, all of it or nothing, and tells how far it is."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import connection, models, transaction

from skills.catalogue.resources import TABLES, BadTable, Outcome, Table
from skills.catalogue.resources.csv_file import UnreadableFile, read_csv
from skills.change_log import ImportLog
from skills.imports.job import Job, JobFolder, Phase, job_folder, now

logger = logging.getLogger(__name__)

MAX_CHANGES_LISTED = 200  # new rows, and as many changed ones
MAX_PROBLEMS_LISTED = 500  # errors, and as many warnings
_SECONDS_BETWEEN_BEATS = 1.0
_PATIENCE = 60_000  # milliseconds that an import waits for its turn to write; editors wait less

#: Imports of one process go one after another: they would only wait for each other in the database.
_turn = threading.Lock()


class Work:
    """A job under way: its file is written at each step, and every second in between."""

    def __init__(self, folder: JobFolder, job: Job) -> None:
        self.job = job
        self._folder = folder
        self._done = 0
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def step(self, **changes: Any) -> None:
        with self._lock:
            self.job = replace(self.job, **changes, beat_at=now())
            self._folder.write(self.job)

    def count(self, done: int) -> None:
        """Cheap enough for every row: the next beat writes it."""
        self._done = done

    @contextmanager
    def beating(self) -> Iterator[None]:
        heart = threading.Thread(target=self._beat, name="import-heart", daemon=True)
        heart.start()
        try:
            yield
        finally:
            self._ended.set()
            heart.join()

    def _beat(self) -> None:
        while not self._ended.wait(_SECONDS_BETWEEN_BEATS):
            try:
                self.step(done=self._done)
            except OSError as error:
                logger.error("The progress of import %s could not be saved: %s", self.job.id, error)


def start_dry_run(job: Job) -> bool:
    """Rehearse in the background; False if this run was begun already."""
    return _begin(job, dry_run_file)


def start_import(job: Job) -> bool:
    """Import in the background what was checked; False if this run was begun already."""
    return _begin(job, import_file)


def dry_run_file(work: Work) -> None:
    """See what the file would change, and change nothing."""
    table = table_of(work.job)
    content = job_folder().content(work.job)
    work.step(phase=Phase.CHECKING, total=_count_rows(content))
    # A change that another editor saves after this is noticed before the import: the table has another fingerprint.
    fingerprint = fingerprint_of(table._meta.model)
    outcome = _import(table, content, work, dry_run=True)
    work.step(phase=Phase.CHECKED, fingerprint=fingerprint, **_result(outcome))


def import_file(work: Work) -> None:
    """Import the file, unless its table changed since the dry run: then it is checked again."""
    table, job = table_of(work.job), work.job
    content = job_folder().content(job)
    work.step(phase=Phase.IMPORTING, total=_count_rows(content))
    outcome = None
    with transaction.atomic():
        _keep_others_out(table._meta.model)
        if fingerprint_of(table._meta.model) == job.fingerprint:
            log = ImportLog()
            outcome = _import(table, content, work, on_changed=log.note)
            if not outcome.errors:
                about = {"file": table.file, "upload": job.upload_name, "signature": _signature(job)}
                log.write(job.user, table._meta.model, outcome, **about)
    if outcome is None:
        work.step(is_overtaken=True)
        dry_run_file(work)
    else:
        phase = Phase.CHECKED if outcome.errors else Phase.IMPORTED
        work.step(phase=phase, is_overtaken=False, **_result(outcome))


def settled(job: Job) -> Job:
    """The job, or, if its process ended before it did, what became of it: the editors' log knows what was committed."""
    if not job.is_silent():
        return job
    is_kept = LogEntry.objects.filter(user_id=job.user, change_message__endswith=_signature(job)).exists()
    return replace(job, phase=Phase.IMPORTED if is_kept else Phase.STOPPED)


def table_of(job: Job) -> type[Table]:
    return next(table for table in TABLES if table.file == job.file)


def fingerprint_of(model: type[models.Model]) -> str:
    """Tells whether two looks at a table saw the same rows, and the same rows that they point to."""
    linked: list[Any] = [field.remote_field.through for field in model._meta.many_to_many]
    digest = hashlib.sha256()
    for table in (model, *linked):
        for row in table._default_manager.order_by("pk").values_list().iterator():
            digest.update(repr(row).encode())
    return digest.hexdigest()


def _begin(job: Job, do: Callable[[Work], None]) -> bool:
    folder = job_folder()
    claimed = folder.claim_next_run(job)
    if claimed is None:
        return False
    work = Work(folder, claimed)
    threading.Thread(target=_run, args=(work, do), name=f"import-{job.id}", daemon=True).start()
    return True


def _run(work: Work, do: Callable[[Work], None]) -> None:
    """In a thread, with a database connection of its own; whatever happens, the job says so."""
    try:
        with work.beating(), _turn:
            name = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SET statement_timeout"
            with connection.cursor() as cursor:
                cursor.execute(f"{name} = {_PATIENCE}")
            do(work)
    except Exception:
        logger.exception("Import %s of %s failed", work.job.id, work.job.file)
        work.step(phase=Phase.FAILED)
    finally:
        connection.close()


def _import(table: type[Table], content: bytes, work: Work, **options: Any) -> Outcome:
    try:
        return table().import_csv(content, max_listed=MAX_CHANGES_LISTED, on_progress=work.count, **options)
    except BadTable as error:
        return Outcome(new=0, changed=0, unchanged=0, changes=(), errors=error.errors)


def _result(outcome: Outcome) -> dict[str, Any]:
    """What a job's file says of an outcome: the first errors and warnings, and how many there are."""
    errors, warnings = outcome.errors[:MAX_PROBLEMS_LISTED], outcome.warnings[:MAX_PROBLEMS_LISTED]
    return {
        "outcome": replace(outcome, errors=errors, warnings=warnings),
        "error_count": len(outcome.errors),
        "warning_count": len(outcome.warnings),
    }


def _count_rows(content: bytes) -> int:
    """How many rows there are below the header; 0 where that cannot be known."""
    try:
        return len(read_csv(content).rows)
    except UnreadableFile:
        return 0


def _keep_others_out(model: type[models.Model]) -> None:
    """Let nobody write to the table until the import is through; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")


def _signature(job: Job) -> str:
    return f"Import {job.id}."
