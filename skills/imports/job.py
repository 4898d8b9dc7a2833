"""Import jobs: the state and result of each, in files that any process can read."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings

from skills.catalogue.resources import CellChange, Outcome, RowChange, TableError

KEPT = timedelta(days=1)
#: A running job writes its file every second.
MAX_SILENCE = timedelta(seconds=15)


class Phase(StrEnum):
    """The phase of a job. No phase says that its process stopped: `is_silent` does."""

    WAITING = "waiting"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    IMPORTED = "imported"
    FAILED = "failed"
    STOPPED = "stopped"


_AT_WORK = {Phase.WAITING, Phase.CHECKING, Phase.IMPORTING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One import of a file. `run` counts its dry runs and imports; the counts include unlisted errors and warnings."""

    id: str
    file: str
    upload_name: str
    user: int
    began_at: datetime
    beat_at: datetime
    run: int = 0
    phase: Phase = Phase.WAITING
    done: int = 0
    total: int = 0
    fingerprint: str = ""
    is_overtaken: bool = False
    error_count: int = 0
    warning_count: int = 0
    outcome: Outcome | None = None

    @property
    def is_under_way(self) -> bool:
        return self.phase in _AT_WORK

    @property
    def may_be_imported(self) -> bool:
        """Whether it was checked without errors, and would change something."""
        is_checked = self.phase is Phase.CHECKED and self.outcome is not None and not self.error_count
        return is_checked and bool(self.outcome and self.outcome.new + self.outcome.changed)

    @property
    def may_be_checked(self) -> bool:
        return not self.is_under_way and self.phase is not Phase.IMPORTED

    def is_silent(self) -> bool:
        """Whether its process ended before the job was done."""
        return self.is_under_way and now() - self.beat_at > MAX_SILENCE


class JobFolder:
    """The files of all jobs: the upload, the state, and the claim of each run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, *, file: str, upload_name: str, content: bytes, user: int) -> Job:
        """Save an upload as a new job, and delete jobs older than a day."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._forget_old()
        made_at = now()
        job = Job(
            id=str(uuid.uuid4()), file=file, upload_name=upload_name, user=user, began_at=made_at, beat_at=made_at
        )
        self._find_upload_path(job.id).write_bytes(content)
        self.write(job)
        return job

    def read(self, job_id: str) -> Job | None:
        try:
            return _read(json.loads(self._find_state_path(job_id).read_bytes()))
        except FileNotFoundError:
            return None

    def write(self, job: Job) -> None:
        """Replace the job's file atomically."""
        path = self._find_state_path(job.id)
        temporary = path.with_suffix(".new")
        temporary.write_text(json.dumps(asdict(job), default=datetime.isoformat), encoding="utf-8")
        temporary.replace(path)

    def content(self, job: Job) -> bytes:
        return self._find_upload_path(job.id).read_bytes()

    def claim_next_run(self, job: Job) -> Job | None:
        """Return the job at its next run; None if another request has claimed that run."""
        begun_at = now()
        claimed = replace(
            job,
            run=job.run + 1,
            phase=Phase.WAITING,
            began_at=begun_at,
            beat_at=begun_at,
            done=0,
            total=0,
            is_overtaken=False,
        )
        try:
            (self._folder / f"{job.id}.{claimed.run}.run").touch(exist_ok=False)
        except FileExistsError:
            return None
        self.write(claimed)
        return claimed

    def _forget_old(self) -> None:
        """Delete all files of each job a day after its last change."""
        oldest = (now() - KEPT).timestamp()
        paths = list(self._folder.iterdir())
        in_use = {path.name.partition(".")[0] for path in paths if _read_mtime(path) > oldest}
        for path in paths:
            if path.name.partition(".")[0] not in in_use:
                path.unlink(missing_ok=True)

    def _find_state_path(self, job_id: str) -> Path:
        return self._folder / f"{job_id}.json"

    def _find_upload_path(self, job_id: str) -> Path:
        return self._folder / f"{job_id}.csv"


def job_folder() -> JobFolder:
    return JobFolder(settings.STATE_FOLDER / "imports")


def now() -> datetime:
    return datetime.now(UTC)


def _read_mtime(path: Path) -> float:
    """Return when a file was last written; a file that was just removed counts as old."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _read(saved: dict[str, Any]) -> Job:
    return Job(
        **{
            **saved,
            "phase": Phase(saved["phase"]),
            "began_at": datetime.fromisoformat(saved["began_at"]),
            "beat_at": datetime.fromisoformat(saved["beat_at"]),
            "outcome": _read_outcome(saved["outcome"]) if saved["outcome"] else None,
        }
    )


def _read_outcome(saved: dict[str, Any]) -> Outcome:
    changes = [
        RowChange(**{**change, "cells": tuple(CellChange(**cell) for cell in change["cells"])})
        for change in saved["changes"]
    ]
    # Jobs of older versions have no warnings.
    problems = {kind: tuple(TableError(**found) for found in saved.get(kind, ())) for kind in ("errors", "warnings")}
    return Outcome(**{**saved, "changes": tuple(changes), **problems})
