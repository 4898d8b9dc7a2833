"""What the public sees is in memory, follows publications, and outlives the database."""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from skills.articles.published import PublishedArticle
from skills.editions.document import PublishedEdition, UnknownModel
from skills.editions.publish import bump_revision, publish_edition, withdraw_edition
from skills.editions.site import EditionUnreadable, EditionWithdrawn, NoSuchEdition, NothingPublished
from skills.editions.site_state import SiteState, site_state
from skills.models import Edition, SiteRevision
from tests.postgres import Server
from tests.skills.factories import make_edition_of_model, seal_under

SECONDS_TO_NOTICE = 60

type Queries = Callable[[int], Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "site"


@pytest.fixture
def one_edition(small_site: None, folder: Path) -> SiteState:
    """A process of its own, with its own folder, that has answered with edition 1."""
    process = SiteState(folder, watch_seconds=0)
    process.site()
    return process


# In memory


def test_answers_without_a_query_once_warm(one_edition: SiteState, django_assert_num_queries: Queries) -> None:
    with django_assert_num_queries(0):
        assert one_edition.edition().number == 1
        assert one_edition.edition(1) is one_edition.site().newest
        with pytest.raises(NoSuchEdition, match=r"^There is no edition 2\.$"):
            one_edition.edition(2)


def test_looking_for_news_costs_one_query_while_there_are_none(
    one_edition: SiteState, django_assert_num_queries: Queries
) -> None:
    site = one_edition.site()

    with django_assert_num_queries(1):
        one_edition.refresh()

    assert one_edition.site() is site


def test_a_publication_is_seen_after_refresh(one_edition: SiteState) -> None:
    publish_edition(note="News.", publisher="an editor")

    assert one_edition.edition().number == 1
    one_edition.refresh()
    assert one_edition.edition().note == "News."
    assert one_edition.site().revision == 2


def test_the_newest_edition_is_not_parsed_again_for_an_article(one_edition: SiteState) -> None:
    newest = one_edition.edition()
    bump_revision()

    assert one_edition.refresh() is True
    assert one_edition.edition() is newest


def test_a_new_process_sees_what_is_published_now(one_edition: SiteState, folder: Path) -> None:
    publish_edition(note="News.", publisher="an editor")

    assert SiteState(folder, watch_seconds=0).edition().number == 2


def test_forgetting_starts_over(one_edition: SiteState) -> None:
    publish_edition(note="News.", publisher="an editor")

    one_edition.forget()

    assert one_edition.edition().number == 2


def test_warming_up_loads_the_site_and_leaves_no_connection(
    transactional_db: None, small_site: None, folder: Path
) -> None:
    process = SiteState(folder, watch_seconds=0)
    before = process.shown

    is_there = process.warm_up()

    assert (before, is_there, connection.connection) == (None, True, None)
    assert process.shown is process.site()


def test_warming_up_without_an_edition_says_so(transactional_db: None, empty_database: None, folder: Path) -> None:
    process = SiteState(folder, watch_seconds=0)

    assert process.warm_up() is False
    assert process.shown is None


def test_pages_change_by_themselves_at_midnight_or_when_a_text_is_due(one_edition: SiteState) -> None:
    site, now = one_edition.site(), timezone.now()
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)
    text = PublishedArticle(
        slug="due",
        title="Due",
        standfirst="Soon.",
        text="Soon.",
        author="an editor",
        published_at=now,
        updated_at=now,
        reviewed_on=None,
    )
    due = [replace(text, updated_at=now + timedelta(seconds=seconds)) for seconds in (-60, 5, 9)]

    assert site.next_change() == midnight.timestamp()
    assert replace(site, texts=due).next_change() == min(due[1].updated_at, midnight).timestamp()


def test_nothing_published_is_said(empty_database: None, folder: Path) -> None:
    process = SiteState(folder, watch_seconds=0)

    with pytest.raises(NothingPublished, match="No edition is published"):
        process.site()

    assert not folder.exists()


def test_first_publication_is_seen_by_a_process_that_had_nothing(
    empty_database: None, folder: Path, small_folder: Path
) -> None:
    process = SiteState(folder, watch_seconds=0)
    with pytest.raises(NothingPublished):
        process.site()

    call_command("load_catalogue", folder=small_folder, verbosity=0)

    assert process.edition().number == 1


# Without the database


@pytest.fixture
def two_editions(transactional_db: None, small_site: None, folder: Path) -> PublishedEdition:
    """What a process left on disk: the newest of two editions."""
    publish_edition(note="The second.", publisher="an editor")
    return SiteState(folder, watch_seconds=0).edition()


def database_gone() -> AbstractContextManager[None]:
    """Points the process at a database that cannot be opened."""
    return database_at(HOST="/nowhere") if connection.vendor == "postgresql" else database_at(NAME="/nowhere/site")


@contextmanager
def database_at(**where: str) -> Iterator[None]:
    """Points the process at another database."""
    address = connection.settings_dict
    there = {name: address[name] for name in where}
    connection.close()
    address.update(where)
    try:
        yield
    finally:
        connection.close()
        address.update(there)


def test_a_process_starts_from_disk(
    two_editions: PublishedEdition, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with database_gone():
        process = SiteState(folder, watch_seconds=0)

        assert process.edition() == two_editions
        assert process.edition(1).note == "The first edition."
        with pytest.raises(NoSuchEdition):
            process.edition(3)

    assert "The database cannot be reached. The edition saved on disk is shown." in caplog.messages
    assert process.database == "gone"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one empty database is like another")
def test_a_database_without_tables_is_not_migrated(
    two_editions: PublishedEdition, folder: Path, small_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with database_at(NAME=str(tmp_path / "empty.sqlite3")):
        process, fresh = SiteState(folder, watch_seconds=0), SiteState(tmp_path / "fresh", watch_seconds=0.02)
        try:
            assert (process.warm_up(), fresh.warm_up()) == (True, False)
            assert (process.edition().number, process.database, fresh.database) == (2, "not migrated", "not migrated")
            assert "The database is not migrated: run manage.py migrate." in caplog.messages

            call_command("migrate", verbosity=0)
            _wait_for(lambda: fresh.database == "reachable")
            call_command("load_catalogue", folder=small_folder, verbosity=0)
            _wait_for(lambda: fresh.shown is not None)
        finally:
            fresh.stop()


def test_a_process_without_database_or_disk_has_nothing(transactional_db: None, folder: Path) -> None:
    with (
        database_gone(),
        pytest.raises(NothingPublished, match=r"^The database cannot be reached\. Nothing is saved on disk\.$"),
    ):
        SiteState(folder, watch_seconds=0).site()


def test_a_process_that_runs_goes_on(two_editions: PublishedEdition) -> None:
    site_state.refresh()

    with database_gone():
        assert site_state.edition() == two_editions
        assert site_state.edition(1).number == 1


def test_a_process_that_started_from_disk_asks_the_database_once_it_is_back(
    two_editions: PublishedEdition, folder: Path
) -> None:
    with database_gone():
        process = SiteState(folder, watch_seconds=0)
        assert process.edition() == two_editions
    withdraw_edition(2, reason="It was wrong.", by="an editor")
    SiteRevision.objects.update(number=2)  # as after a backup was put back: the same number, other contents

    process.refresh()

    assert process.edition().number == 1


def test_withdrawals_hold_without_the_database(two_editions: PublishedEdition, folder: Path) -> None:
    withdraw_edition(2, reason="It was wrong.", by="an editor")
    SiteState(folder, watch_seconds=0).site()

    with database_gone():
        process = SiteState(folder, watch_seconds=0)

        assert process.edition().number == 1
        with pytest.raises(EditionWithdrawn, match=r"^Edition 2 was withdrawn: It was wrong\.$"):
            process.edition(2)


def test_an_old_edition_that_is_nowhere_is_unreadable_for_now(two_editions: PublishedEdition, folder: Path) -> None:
    process = SiteState(folder, watch_seconds=0)
    process.site()
    _saved_edition(folder, 1).unlink()

    with database_gone(), pytest.raises(EditionUnreadable, match=r"^Edition 1 cannot be read at the moment\.$"):
        process.edition(1)

    assert process.edition(1).number == 1


def test_the_one_before_is_shown_while_the_newest_is_nowhere(
    two_editions: PublishedEdition, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _saved_edition(folder, 2).unlink()
    with database_gone():
        process = SiteState(folder, watch_seconds=0)

        assert process.edition().number == 1

    assert any(message.startswith("Edition 2 is refused: ") for message in caplog.messages)
    process.refresh()
    assert process.edition() == two_editions


@pytest.mark.skipif(connection.vendor != "postgresql", reason="an outage of a server; SQLite has none")
def test_a_site_outlives_an_outage_of_its_server(
    transactional_db: None, folder: Path, small_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    address = connection.settings_dict
    there = {name: address[name] for name in ("HOST", "NAME")}
    with Server() as server:
        connection.close()
        address.update(HOST=str(server.folder), NAME="earnverdict")
        running = SiteState(folder, watch_seconds=0.05)
        try:
            call_command("migrate", verbosity=0)
            call_command("load_catalogue", folder=small_folder, verbosity=0)
            first = running.edition()

            server.stop()
            _wait_for(lambda: any(message.startswith("Cannot look for a new edition") for message in caplog.messages))
            started = SiteState(folder, watch_seconds=0)
            assert running.edition() == started.edition() == first

            server.start()
            connection.close()
            publish_edition(note="After the outage.", publisher="an editor")
            _wait_for(lambda: running.edition().note == "After the outage.")
            started.refresh()
            assert started.edition() == running.edition()
        finally:
            running.stop()
            connection.close()
            address.update(there)


# Models that this code lacks


def test_an_edition_of_another_model_is_passed_over(
    one_edition: SiteState, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_edition_of_model(99)

    one_edition.refresh()

    assert (one_edition.edition().number, one_edition.site().revision) == (1, 2)
    assert any("Edition 2 was published under model 99" in message for message in caplog.messages)
    with pytest.raises(UnknownModel, match=r"^Edition 2 was published under model 99, which this version"):
        one_edition.edition(2)
    publish_edition(note="By this code.", publisher="an editor")
    one_edition.refresh()
    assert one_edition.edition().number == 3


def test_editions_of_other_models_alone_are_nothing_to_show(
    small_site: None, tamper: Callable[..., None], folder: Path
) -> None:
    sealed = seal_under(99, Edition.objects.get(), 1)
    tamper(1, model_version=99, content=sealed.content, checksum=sealed.checksum)

    with pytest.raises(NothingPublished, match=r"`manage.py publish_edition` publishes another"):
        SiteState(folder, watch_seconds=0).site()


# On disk


def test_each_edition_and_the_index_are_saved(two_editions: PublishedEdition, folder: Path) -> None:
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    assert files == [
        *(f"editions/{row.number}-{row.checksum[:16]}.json.z" for row in Edition.objects.order_by("number")),
        "site.json",
    ]
    assert json.loads((folder / "site.json").read_text()) == {
        "revision": 2,
        "checksums": {str(row.number): row.checksum for row in Edition.objects.all()},
        "withdrawals": {},
        "records": [
            {
                "number": row.number,
                "model": 2,
                "published_at": row.published_at.isoformat(),
                "publisher": row.publisher,
                "note": row.note,
                "correction": "",
            }
            for row in Edition.objects.order_by("number")
        ],
        "articles": [],
        "withdrawn_articles": {},
        "moved_articles": {},
        "lost": {},
    }


@pytest.mark.any_database  # a file is damaged, whatever the database is
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut-off"),
        pytest.param(b"\xff\xfe", id="not-text"),
        pytest.param(b"[]", id="a-list"),
        pytest.param(b"null", id="null"),
        pytest.param(b'{"revision": 1}', id="half"),
        pytest.param(b'{"revision": 1, "checksums": {"one": "x"}, "withdrawals": {}}', id="no-number"),
    ],
)
def test_a_corrupt_index_is_refused_and_named(
    two_editions: PublishedEdition, folder: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    (folder / "site.json").write_bytes(content)

    with database_gone(), pytest.raises(NothingPublished):
        SiteState(folder, watch_seconds=0).site()

    assert any(f"{folder / 'site.json'} is refused" in message for message in caplog.messages)
    assert SiteState(folder, watch_seconds=0).edition() == two_editions


@pytest.mark.any_database  # a file is damaged, whatever the database is
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"not an archive", id="not-an-archive"),
        pytest.param(zlib.compress(b"{}"), id="of-something-else"),
    ],
)
def test_a_corrupt_edition_is_refused_named_and_replaced_by_the_database_s(
    two_editions: PublishedEdition, folder: Path, caplog: pytest.LogCaptureFixture, number: int, content: bytes
) -> None:
    path = _saved_edition(folder, number)
    path.write_bytes(content)
    process = SiteState(folder, watch_seconds=0)

    assert process.edition(number).number == number

    assert any(message.startswith(f"{path} is refused: Edition {number} is damaged") for message in caplog.messages)
    assert path.read_bytes() == bytes(Edition.objects.get(number=number).content)


@pytest.mark.any_database  # a file is damaged, whatever the database is
def test_a_corrupt_edition_is_never_shown_without_the_database(
    two_editions: PublishedEdition, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _saved_edition(folder, 2).write_bytes(_saved_edition(folder, 1).read_bytes())

    with database_gone():
        assert SiteState(folder, watch_seconds=0).edition().number == 1

    assert any("Edition 2 is damaged: its checksum does not match its content." in text for text in caplog.messages)


@pytest.mark.any_database  # a file is damaged, whatever the database is
def test_a_folder_that_cannot_be_written_costs_the_copy_alone(
    small_site: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    process = SiteState(tmp_path / "state" / "site", watch_seconds=0)

    assert process.edition().number == 1
    publish_edition(note="News.", publisher="an editor")
    process.refresh()

    assert process.edition().number == 2
    assert process.edition(1).number == 1
    assert any(f"{tmp_path / 'state/site/site.json'} could not be saved" in message for message in caplog.messages)


@pytest.mark.any_database  # a file is damaged, whatever the database is
def test_no_half_written_file_is_left(one_edition: SiteState, folder: Path) -> None:
    assert [path.name for path in folder.rglob(".*")] == []


# In the background


def test_a_publication_elsewhere_is_picked_up(transactional_db: None, small_site: None, folder: Path) -> None:
    process = SiteState(folder, watch_seconds=0.02)
    try:
        assert process.edition().number == 1
        publish_edition(note="From elsewhere.", publisher="an editor")

        _wait_for(lambda: process.edition().number == 2)

        withdraw_edition(2, reason="It was wrong.", by="an editor")
        _wait_for(lambda: process.edition().number == 1)
    finally:
        process.stop()


def test_the_watcher_goes_on_after_an_error(
    transactional_db: None, small_site: None, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    process = SiteState(folder, watch_seconds=0.02)
    process.site()
    try:
        _rename_table("skills_siterevision", "elsewhere")
        _wait_for(lambda: any(message.startswith("Cannot look for a new edition") for message in caplog.messages))
        assert (process.edition().number, process.database) == (1, "gone")
        _rename_table("elsewhere", "skills_siterevision")
        publish_edition(note="From elsewhere.", publisher="an editor")

        _wait_for(lambda: process.edition().number == 2)
        _wait_for(lambda: process.database == "reachable")
    finally:
        process.stop()


def test_a_missing_migration_is_named_until_it_is_there(
    transactional_db: None, small_site: None, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = MigrationRecorder(connection)
    last = max(name for app, name in recorder.applied_migrations() if app == "skills")
    process = SiteState(folder, watch_seconds=0.02)
    recorder.record_unapplied("skills", last)
    try:
        assert (process.warm_up(), process.database) == (True, "not migrated")
        recorder.record_applied("skills", last)
        _wait_for(lambda: process.database == "reachable")

        recorder.record_unapplied("skills", last)
        _rename_table("skills_siterevision", "elsewhere")
        _wait_for(lambda: process.database == "not migrated")

        _rename_table("elsewhere", "skills_siterevision")
        recorder.record_applied("skills", last)
        _wait_for(lambda: process.database == "reachable")
        assert caplog.messages.count("The database is not migrated: run manage.py migrate.") == 2
    finally:
        process.stop()
        if last not in {name for _, name in recorder.applied_migrations()}:
            recorder.record_applied("skills", last)


def test_a_forked_process_starts_a_watcher_of_its_own(transactional_db: None, small_site: None, folder: Path) -> None:
    process = SiteState(folder, watch_seconds=0.02)
    site, running = process.site(), process._watcher
    try:
        process._set_up_threads()  # what the system calls in the child; a test that forks itself would hang its threads
        with process._lock:
            assert process.shown is site

        process.site()

        assert [thread.name for thread in threading.enumerate()].count("edition-watch") == 2
    finally:
        running.stop()
        process.stop()


def test_one_thread_watches_however_many_ask(transactional_db: None, folder: Path) -> None:
    process = SiteState(folder, watch_seconds=0.02)

    def ask() -> None:
        process.site()
        connection.close()

    asking = [threading.Thread(target=ask) for _ in range(8)]
    try:
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()

        assert [thread.name for thread in threading.enumerate()].count("edition-watch") == 1
    finally:
        process.stop()

    assert "edition-watch" not in [thread.name for thread in threading.enumerate()]


def _saved_edition(folder: Path, number: int) -> Path:
    return next((folder / "editions").glob(f"{number}-*"))


def _rename_table(name: str, new_name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {name} RENAME TO {new_name}")


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS_TO_NOTICE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
