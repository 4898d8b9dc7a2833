"""Runs dry runs and imports of CSV files in the background, all or nothing, and reports progress."""

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

MAX_CHANGES_LISTED = 200  # of new rows, and of changed ones
MAX_PROBLEMS_LISTED = 500  # of errors, and of warnings
_SECONDS_BETWEEN_BEATS = 1.0
_PATIENCE = 60_000  # milliseconds that an import waits for SQLite's lock; editors wait less

#: A process runs one import at a time: they would only wait for each other in the database.
_turn = threading.Lock()


class Work:
    """A running job. Its file is written at each step, and every second in between."""

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
        """Count rows. The next heartbeat writes the number, so this is cheap enough for every row."""
        self._done = done

    @contextmanager
    def heartbeat(self) -> Iterator[None]:
        heartbeat = threading.Thread(target=self._beat, name="import-heartbeat", daemon=True)
        heartbeat.start()
        try:
            yield
        finally:
            self._ended.set()
            heartbeat.join()

    def _beat(self) -> None:
        while not self._ended.wait(_SECONDS_BETWEEN_BEATS):
            try:
                self.step(done=self._done)
            except OSError as error:
                logger.error("The progress of import %s could not be saved: %s", self.job.id, error)


def start_dry_run(job: Job) -> bool:
    """Start a dry run in the background; return False if this run was started already."""
    return _begin(job, dry_run_file)


def start_import(job: Job) -> bool:
    """Start the import of a checked file in the background; return False if this run was started already."""
    return _begin(job, import_file)


def dry_run_file(work: Work) -> None:
    """Find what the file would change, without changing anything."""
    table = table_of(work.job)
    content = job_folder().content(work.job)
    work.step(phase=Phase.CHECKING, total=_count_rows(content))
    # Later changes by other editors are noticed before the import, because they change the fingerprint.
    fingerprint = fingerprint_of(table._meta.model)
    outcome = _import(table, content, work, dry_run=True)
    work.step(phase=Phase.CHECKED, fingerprint=fingerprint, **_write_result(outcome))


def import_file(work: Work) -> None:
    """Import the file. If its table changed since the dry run, check the file again instead."""
    table, job = table_of(work.job), work.job
    content = job_folder().content(job)
    work.step(phase=Phase.IMPORTING, total=_count_rows(content))
    outcome = None
    with transaction.atomic():
        _lock_table(table._meta.model)
        if fingerprint_of(table._meta.model) == job.fingerprint:
            log = ImportLog()
            outcome = _import(table, content, work, on_changed=log.note)
            if not outcome.errors:
                about = {"file": table.file, "upload": job.upload_name, "signature": _write_signature(job)}
                log.write(job.user, table._meta.model, outcome, **about)
    if outcome is None:
        work.step(is_overtaken=True)
        dry_run_file(work)
    else:
        phase = Phase.CHECKED if outcome.errors else Phase.IMPORTED
        work.step(phase=phase, is_overtaken=False, **_write_result(outcome))


def resolve_job(job: Job) -> Job:
    """Return the job. If its process or its last write failed, find in the log whether the import was committed."""
    if not job.is_silent() and job.phase is not Phase.FAILED:
        return job
    if LogEntry.objects.filter(user_id=job.user, change_message__endswith=_write_signature(job)).exists():
        return replace(job, phase=Phase.IMPORTED)
    return replace(job, phase=Phase.STOPPED) if job.is_silent() else job


def table_of(job: Job) -> type[Table]:
    return next(table for table in TABLES if table.file == job.file)


def fingerprint_of(model: type[models.Model]) -> str:
    """Hash a table's rows and the rows they refer to, to detect changes."""
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
    """Run in a thread with its own database connection, and record any failure in the job."""
    try:
        with work.heartbeat(), _turn:
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


def _write_result(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome for the job's file: the first errors and warnings, and their counts."""
    errors, warnings = outcome.errors[:MAX_PROBLEMS_LISTED], outcome.warnings[:MAX_PROBLEMS_LISTED]
    return {
        "outcome": replace(outcome, errors=errors, warnings=warnings),
        "error_count": len(outcome.errors),
        "warning_count": len(outcome.warnings),
    }


def _count_rows(content: bytes) -> int:
    """Count the rows below the header; 0 if the file cannot be read."""
    try:
        return len(read_csv(content).rows)
    except UnreadableFile:
        return 0


def _lock_table(model: type[models.Model]) -> None:
    """Lock the table against writing until the import is done. SQLite has only one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")


def _write_signature(job: Job) -> str:
    return f"Import {job.id}."
