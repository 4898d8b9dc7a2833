"""Concurrent publications: each is complete, sees one moment, and none is half saved."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from skills.editions.publish import (
    DatabaseBusy,
    PublishConflict,
    PublishedMeanwhile,
    consistent_transaction,
    earlier_documents,
    publish_edition,
    withdraw_edition,
)
from skills.editions.snapshot import read_draft
from skills.models import Edition, Evidence, SiteRevision, Withdrawal

SECONDS_TO_WAIT = 60
EDITORS = 4

pytestmark = pytest.mark.django_db(transaction=True)

# What a second editor does while the first one's publication is not committed yet.
is_postgresql = connection.vendor == "postgresql"


def test_second_of_two_publications_is_refused_or_waits(small_site: None) -> None:
    with _others() as others:
        with consistent_transaction():
            publish_edition(note="First.", publisher="one editor")
            second = others.submit(_publish, "Second.")
            _wait_until_blocked(second)
        outcome = second.result(SECONDS_TO_WAIT)

    # PostgreSQL's second snapshot is out of date by then; SQLite's is only taken once the first one is done.
    if is_postgresql:
        assert isinstance(outcome, PublishedMeanwhile)
        assert str(outcome) == "Another editor published at the same moment, so nothing was changed."
        assert _notes() == ["The first edition.", "First."]
    else:
        assert outcome == 3
        assert _notes() == ["The first edition.", "First.", "Second."]
    assert SiteRevision.objects.get().number == Edition.objects.count()


def test_a_publication_next_to_one_that_fails_goes_through(small_site: None) -> None:
    with _others() as others:
        with consistent_transaction():
            publish_edition(note="First.", publisher="one editor")
            second = others.submit(_publish, "Second.")
            _wait_until_blocked(second)
            transaction.set_rollback(True)
        outcome = second.result(SECONDS_TO_WAIT)

    assert outcome == 2
    assert _notes() == ["The first edition.", "Second."]


@pytest.mark.skipif(is_postgresql, reason="SQLite's lock")
def test_publishing_while_the_database_is_locked_does_not_blame_another_publisher(
    small_site: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    with _others() as others, transaction.atomic():  # an import holds the lock so, and publishes nothing
        outcome = others.submit(_publish, "Second.").result(SECONDS_TO_WAIT)

    assert isinstance(outcome, DatabaseBusy)
    assert str(outcome) == "The database is busy: try again in a moment. Nothing was changed."
    assert _notes() == ["The first edition."]


def test_many_publications_at_once_are_numbered_without_a_gap(small_site: None) -> None:
    together = threading.Barrier(EDITORS)

    def publish(note: str) -> int | PublishConflict:
        together.wait(SECONDS_TO_WAIT)
        return _publish(note)

    with _others() as others:
        outcomes = list(others.map(publish, [f"By editor {number}." for number in range(EDITORS)]))

    numbers = sorted(outcome for outcome in outcomes if isinstance(outcome, int))
    assert len(numbers) >= 1
    assert is_postgresql or len(numbers) == EDITORS
    assert all(isinstance(outcome, int | PublishedMeanwhile) for outcome in outcomes)
    assert numbers == list(range(2, 2 + len(numbers)))
    assert [document["edition"]["number"] for document in earlier_documents()] == [1, *numbers]
    assert SiteRevision.objects.get().number == 1 + len(numbers)


def test_an_edition_is_withdrawn_once_however_many_try(small_site: None) -> None:
    publish_edition(note="Better.", publisher="one editor")
    with _others() as others:
        with consistent_transaction():
            withdraw_edition(1, reason="First reason.", by="one editor")
            second = others.submit(_withdraw, "Second reason.")
            _wait_until_blocked(second)
        outcome = second.result(SECONDS_TO_WAIT)

    assert isinstance(outcome, PublishedMeanwhile if is_postgresql else ValueError)
    assert [row.reason for row in Withdrawal.objects.all()] == ["First reason."]


def test_a_publication_sees_one_moment(small_site: None) -> None:
    with _others() as others:
        with consistent_transaction():
            before = Evidence.objects.get().mid_percent
            change = others.submit(_change_evidence)
            if is_postgresql:
                change.result(SECONDS_TO_WAIT)  # it is committed: this transaction still must not see it
            else:
                _wait_until_blocked(change)
            document = read_draft().document
        change.result(SECONDS_TO_WAIT)

    assert [row["mid_percent"] for row in document["evidence"]] == [float(before)]
    assert Evidence.objects.get().mid_percent == before + 1


def test_first_load_of_two_at_once_is_one_catalogue(empty_database: None, small_folder: Path) -> None:
    with _others() as others:
        with consistent_transaction():
            call_command("load_catalogue", folder=small_folder, stdout=io.StringIO())
            second = others.submit(_load, small_folder)
            _wait_until_blocked(second)
        outcome = second.result(SECONDS_TO_WAIT)

    assert outcome == (
        "Another editor published at the same moment, so nothing was changed."
        if is_postgresql
        else "The catalogue is loaded already: nothing was changed."
    )
    assert _notes() == ["The first edition."]
    assert Evidence.objects.count() == 1


class _ClosingExecutor(ThreadPoolExecutor):
    """Threads that close their database connection after each thing they do."""

    def submit[**P, T](self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        def run() -> T:
            try:
                return function(*args, **kwargs)
            finally:
                connection.close()

        return super().submit(run)


@contextmanager
def _others() -> Iterator[ThreadPoolExecutor]:
    """Other editors, each with a database connection of their own."""
    with _ClosingExecutor(EDITORS) as others:
        yield others


def _publish(note: str) -> int | PublishConflict:
    try:
        return publish_edition(note=note, publisher="another editor").number
    except PublishConflict as error:
        return error


def _withdraw(reason: str) -> Withdrawal | Exception:
    try:
        return withdraw_edition(1, reason=reason, by="another editor")
    except (PublishedMeanwhile, ValueError) as error:
        return error


def _load(folder: Path) -> str:
    said = io.StringIO()
    try:
        call_command("load_catalogue", folder=folder, stdout=said)
    except CommandError as error:
        return str(error)
    return said.getvalue().strip()


def _change_evidence() -> None:
    evidence = Evidence.objects.get()
    evidence.mid_percent += 1
    evidence.high_percent += 1
    evidence.save()


def _wait_until_blocked(future: Future[Any]) -> None:
    """Wait until the other connection waits for this one's transaction to end."""
    if not is_postgresql:
        time.sleep(0.3)  # SQLite does not tell: by then it would have published
    else:
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while not _others_wait_for_a_lock():
            assert time.monotonic() < deadline, "nobody waits"
            time.sleep(0.01)
    assert not future.done()


def _others_wait_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        row = cursor.fetchone()
    return row is not None and row[0] > 0


def _notes() -> list[str]:
    return list(Edition.objects.order_by("number").values_list("note", flat=True))
