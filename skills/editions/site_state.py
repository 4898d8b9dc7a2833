"""The site's public content in memory: the newest edition, the index of others, and the articles.

Each process loads it from the database or, if that is unreachable, from disk. A background thread compares the site's
revision number every few seconds and reloads the site when it has changed, so that no request waits for the database.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from skills.editions import copies
from skills.editions.database_state import (
    NOT_MIGRATED,
    DatabaseState,
    find_database_state,
    find_state_after_error,
)
from skills.editions.document import (
    DamagedEdition,
    Document,
    PublishedEdition,
    Sealed,
    UnknownModel,
    read_document,
    read_edition,
)
from skills.editions.memory_cache import OlderEditions
from skills.editions.rows import read_index, revision_number
from skills.editions.site import EditionUnreadable, NoSuchEdition, NothingPublished, Site
from skills.editions.store import Index, Store
from skills.editions.watcher import Watcher

logger = logging.getLogger(__name__)

_SECONDS_WHILE_GONE = 0.5  # editors wait for the database to be found again
_NOT_ASKED = -1  # the revision of a site that was not read from the database yet


class SiteState:
    """Holds the `Site` of one process. It is thread-safe."""

    def __init__(self, folder: Path, watch_seconds: float) -> None:
        self._store = Store(folder)
        self._watch_seconds = watch_seconds
        self._site: Site | None = None
        self._set_up_threads()
        self._database: DatabaseState = "reachable"
        self._empty_revision: int | None = None
        self._was_checked = False
        os.register_at_fork(after_in_child=self._set_up_threads)

    @property
    def shown(self) -> Site | None:
        """The site in memory, if it is loaded; makes no query."""
        return self._site

    @property
    def database(self) -> DatabaseState:
        """The state of the database when it was last checked."""
        return self._database

    def warm_up(self) -> bool:
        """Load the site before the first request, without leaving a connection open. Return whether there is one."""
        if self._site is not None:
            return True
        try:
            self.site()
        except NothingPublished:
            return False
        finally:
            if self._database == "reachable":
                self._note_database(find_database_state())
            connection.close()
        return True

    def site(self) -> Site:
        """Return the site, and load it at the first call. Raises NothingPublished."""
        try:
            if self._site is None:
                with self._lock:
                    if self._site is None:
                        self._site = self._load()
        finally:  # also without a site, so that the first publication is found without a request
            if self._watch_seconds:
                self._watcher.start()
        return self._site

    def edition(self, number: int | None = None) -> PublishedEdition:
        """Return the newest edition, or edition `number`.

        Raises NothingPublished, NoSuchEdition, EditionWithdrawn, EditionUnreadable, UnknownModel.
        """
        site = self.site()
        if number is None or number == site.newest.number:
            return site.newest
        return self._older_edition(number, site)

    def document(self, number: int) -> Document:
        """Read the document of edition `number`, at each call again. Raises what `edition` raises."""
        return self._read_shown(number, self.site(), read_document)

    def refresh(self) -> bool:
        """Reload the site if anything was published or withdrawn. Return whether that was so.

        Raises a database error, and NothingPublished if nothing is left to show.
        """
        with self._lock:  # two threads that load at once could keep the older of two revisions
            revision = revision_number()
            known = self._site.revision if self._site else self._empty_revision
            if revision is None or revision == known:
                return False
            index = read_index(revision)
            before = self._site
            try:
                self._site = self._site_of(copies.with_lost_editions(index, self._store))
            except NothingPublished:
                self._empty_revision = revision
                raise
            if before is None or before.newest.checksum != self._site.newest.checksum:
                self._older.clear()  # some shared the place search of the previous newest edition
        logger.info("Edition %s is shown (revision %s).", self._site.newest.number, self._site.revision)
        return True

    def forget(self) -> None:
        """Forget everything, like a new process."""
        with self._lock:
            self._site = None
            self._empty_revision = None
            self._older.clear()

    def stop(self) -> None:
        """Stop the watcher's thread, and keep the site in memory."""
        self._watcher.stop()

    def _set_up_threads(self) -> None:
        """Create locks and the watcher. A forked process keeps the site, but needs new ones."""
        self._lock = threading.Lock()
        self._older = OlderEditions(settings.MAX_OLDER_EDITIONS_BYTES)
        self._watcher = Watcher(self._check_for_news, self._seconds_to_next_check, _close_connection)

    def _load(self) -> Site:
        try:
            index = copies.with_lost_editions(read_index(revision_number() or 0), self._store)
        except (DatabaseError, InterfaceError) as error:
            problem = self._note_database(find_state_after_error()) or "The database cannot be reached."
            saved = self._store.read_index()
            if saved is None:
                raise NothingPublished(f"{problem} Nothing is saved on disk.") from error
            logger.warning("%s The edition saved on disk is shown.", problem)
            index = replace(saved, revision=_NOT_ASKED)
        return self._site_of(index)

    def _site_of(self, index: Index) -> Site:
        newest = self._newest_readable(index)
        copies.save(index, self._store)
        return Site(
            revision=index.revision,
            newest=newest,
            checksums=index.checksums,
            withdrawals=index.withdrawals,
            lost=index.lost,
            records=index.records,
            texts=index.articles,
            withdrawn_articles=index.withdrawn_articles,
            moved_articles=index.moved_articles,
        )

    def _newest_readable(self, index: Index) -> PublishedEdition:
        """Return the newest edition that can be read and has a known model; log those that are skipped."""
        shown = sorted((number for number in index.checksums if number not in index.withdrawals), reverse=True)
        for number in shown:
            if self._site is not None and self._site.newest.checksum == index.checksums[number]:
                return self._site.newest  # only an article was published, or another edition withdrawn
            try:
                return copies.read(number, index.checksums[number], self._store, read_edition)
            except (DatabaseError, InterfaceError, DamagedEdition) as error:
                logger.error("Edition %s is refused: %s", number, error)
            except UnknownModel as error:
                logger.error("%s An older edition is shown, if there is one.", error)
        if shown:
            raise NothingPublished("No published edition can be shown. `manage.py publish_edition` publishes another.")
        raise NothingPublished("No edition is published. `manage.py load_catalogue` publishes the first.")

    def _older_edition(self, number: int, site: Site) -> PublishedEdition:
        checksum = site.find_checksum(number)
        if found := self._older.find(number, checksum):
            return found
        return self._read_shown(number, site, lambda sealed, _: self._older.parse(sealed, number, site.newest))

    def _read_shown[Value](self, number: int, site: Site, read: Callable[[Sealed, int], Value]) -> Value:
        checksum = site.find_checksum(number)
        try:
            return copies.read(number, checksum, self._store, read)
        except (DatabaseError, InterfaceError, DamagedEdition) as error:
            if number in site.lost:
                raise NoSuchEdition(
                    f"Edition {number} was lost when the site’s database was restored from a backup."
                ) from error
            logger.error("Edition %s cannot be shown: %s", number, error)
            raise EditionUnreadable(f"Edition {number} cannot be read at the moment.") from error

    def _seconds_to_next_check(self) -> float:
        return min(self._watch_seconds, _SECONDS_WHILE_GONE) if self._database == "gone" else self._watch_seconds

    def _check_for_news(self) -> None:
        """Run the watcher's check. An error changes nothing, and the next run follows."""
        try:
            close_old_connections()
            self._refresh_and_find_state()
        except Exception as error:  # noqa: BLE001 - the thread must go on
            was_gone = self._database == "gone"
            self._note_database(find_state_after_error())
            if self._database == "gone" and not was_gone:
                logger.warning("Cannot look for a new edition: %s", error)
            connection.close()

    def _refresh_and_find_state(self) -> None:
        """Look for a publication, and check the database if its state may have changed. Raises a database error."""
        is_first, self._was_checked = not self._was_checked, True
        try:
            is_new = self.refresh()
        except NothingPublished as error:
            logger.error("%s", error)
            is_new = True
        if is_new or is_first or self._database != "reachable":
            self._note_database(find_database_state())

    def _note_database(self, state: DatabaseState) -> str:
        """Store the database's state, log it if it is new, and return a sentence about it; "" if all is well."""
        problem = NOT_MIGRATED if state == "not migrated" else ""
        if problem and state != self._database:
            logger.error(problem)
        self._database = state
        return problem


def _close_connection() -> None:
    """Close this thread's connection; a bound `connection.close` would be another thread's."""
    connection.close()


site_state = SiteState(settings.STATE_FOLDER / "site", settings.SITE_WATCH_SECONDS)
