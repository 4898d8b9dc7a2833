"""Presents an import: its progress, changes, errors and result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from earnverdict.formatting import group
from skills.catalogue.resources import CellChange, Outcome, RowChange, TableError
from skills.imports.job import Job, Phase

#: Longer lists are folded.
MAX_OPEN_ROWS = 20
_EMPTY = "empty"

_DOING = {
    Phase.WAITING: "Waiting for its turn",
    Phase.CHECKING: "Checking the rows; nothing is changed",
    Phase.IMPORTING: "Importing the rows",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressText:
    """An import's progress; without a `total` it is not known yet."""

    doing: str
    rows: str
    seconds: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorText:
    row: str
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellText:
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    row: str
    name: str
    cells: tuple[CellText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListText:
    """Rows of one kind; `rest` counts those that are not listed."""

    title: str
    is_new: bool
    is_open: bool
    rows: tuple[RowText, ...]
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobText:
    """An import for its page; `tag` is the colour of the `state`."""

    title: str
    state: str
    tag: str
    sentences: tuple[str, ...]
    errors: tuple[ErrorText, ...]
    errors_rest: str
    warnings: tuple[ErrorText, ...]
    warnings_rest: str
    lists: tuple[ListText, ...]
    may_import: bool
    may_check: bool
    is_imported: bool


def present_progress(job: Job) -> ProgressText:
    seconds = round((job.beat_at - job.began_at).total_seconds())
    return ProgressText(
        doing=_DOING[job.phase],
        rows=f"{group(job.done)} of {_count(job.total, 'row')}" if job.total else "No row yet",
        seconds=_count(seconds, "second"),
        done=min(job.done, job.total),
        total=job.total,
    )


def present_job(job: Job) -> JobText:
    """Present an import that is not running."""
    state, tag, sentences = _describe_state(job)
    shown = job.outcome if job.phase is Phase.CHECKED else None
    return JobText(
        title=f"{job.file}: {state}",
        state=state.capitalize(),
        tag=tag,
        sentences=sentences,
        errors=tuple(map(_present_error, shown.errors)) if shown else (),
        errors_rest=_describe_rest(job.error_count, len(shown.errors)) if shown else "",
        warnings=tuple(map(_present_error, shown.warnings)) if shown else (),
        warnings_rest=_describe_rest(job.warning_count, len(shown.warnings)) if shown else "",
        lists=_lists(shown) if shown else (),
        may_import=job.may_be_imported,
        may_check=job.may_be_checked and not job.error_count,
        is_imported=job.phase is Phase.IMPORTED,
    )


def describe_counts(outcome: Outcome) -> str:
    """Count the rows: `3 new rows, 4 changed, 17 unchanged`."""
    return f"{_count(outcome.new, 'new row')}, {group(outcome.changed)} changed, {group(outcome.unchanged)} unchanged"


def _describe_state(job: Job) -> tuple[str, str, tuple[str, ...]]:
    """Return the state, its colour, and sentences about it."""
    outcome = job.outcome
    if job.phase is Phase.STOPPED:
        return "stopped", "wrong", ("Its process ended, so nothing was changed.",)
    if job.phase is Phase.FAILED or outcome is None:
        reason = "It could not be finished, and nothing was changed. If it happens again, the site’s log says why."
        return "not finished", "wrong", (reason,)
    if job.phase is Phase.IMPORTED:
        kept = f"In the catalogue: {describe_counts(outcome)}."
        return "imported", "good", (kept, "Readers see it once the next edition is published.")
    overtaken = (
        ("The table was changed after this file was checked, so nothing was imported. It was checked again.",)
        if job.is_overtaken
        else ()
    )
    if job.error_count:
        nothing = "Nothing was changed. Correct the file and choose it again: it is imported completely, or not at all."
        return f"{_count(job.error_count, 'mistake')}", "wrong", (*overtaken, nothing)
    counts = f"Nothing is changed yet: {describe_counts(outcome)}."
    stay = "Rows of the catalogue that are not in this file do not change."
    if not outcome.new + outcome.changed:
        counts = f"Nothing would change: {_count(outcome.unchanged, 'row')} of the file as in the catalogue."
        return "no changes", "good", (*overtaken, counts, stay)
    return _count(outcome.new + outcome.changed, "change"), "due", (*overtaken, counts, stay)


def _lists(outcome: Outcome) -> tuple[ListText, ...]:
    changed = [change for change in outcome.changes if not change.is_new]
    new = [change for change in outcome.changes if change.is_new]
    lists = (
        _list(f"{_count(outcome.changed, 'changed row')}", changed, outcome.changed),
        _list(f"{_count(outcome.new, 'new row')}", new, outcome.new),
    )
    return tuple(found for found in lists if found.rows)


def _list(title: str, changes: Sequence[RowChange], count: int) -> ListText:
    return ListText(
        title=title,
        is_new=any(change.is_new for change in changes),
        is_open=len(changes) <= MAX_OPEN_ROWS,
        rows=tuple(
            RowText(row=group(change.row), name=change.name, cells=tuple(map(_present_cell, change.cells)))
            for change in changes
        ),
        rest=_describe_rest(count, len(changes)),
    )


def _present_cell(cell: CellChange) -> CellText:
    return CellText(column=cell.column, old=cell.old or _EMPTY, new=cell.new or _EMPTY)


def _present_error(error: TableError) -> ErrorText:
    return ErrorText(row=group(error.row) if error.row else "–", column=error.column or "–", reason=error.reason)


def _describe_rest(count: int, shown: int) -> str:
    return f"… and {group(count - shown)} more." if count > shown else ""


def _count(number: int, noun: str) -> str:
    return f"{group(number)} {noun}" if number == 1 else f"{group(number)} {noun}s"
