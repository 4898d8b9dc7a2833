"""What all tests share: the site in memory, a test database with a small catalogue in it, and a state folder.

A test without a database sees the real catalogue's edition 1 in memory, and fails when a page makes a query. A `db`
test finds the small catalogue (tests/small_catalogue.py) loaded, its edition 1 published and in memory and its waiting
changes counted, as in a process that has answered before (`preview_cache.forget()` lets rows that a test changes
itself be counted at once); its changes are rolled back. A `transactional_db` test may commit, also from several
connections; the catalogue is put back after it. What a test publishes itself is seen after `site_state.refresh()`, and
`site_state.forget()` starts over.
"""

from __future__ import annotations

import gc
import io
import os
import tempfile
import time
from collections.abc import Iterator
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.template import Context, RequestContext
from django.test import client as test_client
from django.test.utils import ContextList, setup_databases, teardown_databases

from tests import real_site
from tests.all_rows import Rows, insert_all_rows, read_all_rows
from tests.fuzz.extent import examples
from tests.small_catalogue import write_small_catalogue

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from skills.admin.waiting_changes import PreviewCache
    from skills.editions.document import PublishedEdition
    from skills.editions.site import Site

#: How long a connection waits for the database, or for another one's transaction.
SECONDS_TO_WAIT = 60

# A busy machine is slow: how long an example takes is no reason to fail. `make fuzz` tries the laws at length.
hypothesis.settings.register_profile(
    "test", deadline=None, max_examples=examples(), suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# `make mutate`: a changed engine is noticed by few examples or by none, and nobody reads how.
hypothesis.settings.register_profile(
    "mutation", deadline=None, max_examples=10, derandomize=True, database=None, phases=[hypothesis.Phase.generate]
)
hypothesis.settings.load_profile("test")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the site's copy on disk in a folder of the tests, and start no thread that checks for new editions."""
    from skills.editions.site_state import site_state

    folder = tempfile.TemporaryDirectory(prefix="earnverdict-tests-")
    config.add_cleanup(folder.cleanup)
    settings.STATE_FOLDER = Path(folder.name)
    settings.GAZETTEER_FOLDER = real_site.GAZETTEER_FOLDER
    settings.SITE_WATCH_SECONDS = 0
    site_state._watch_seconds = settings.SITE_WATCH_SECONDS
    client: Any = test_client
    client.store_rendered_templates = keep_context_of_page


def keep_context_of_page(
    store: dict[str, Any], signal: object, sender: object, template: object, context: Context, **_: object
) -> None:
    """Keep the page's own context for `response.context`. Django would copy that of each field, widget and icon too."""
    if isinstance(context, RequestContext) and "context" not in store:
        kept: Any = copy(context)
        store["templates"], store["context"] = [template], ContextList([kept])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run on PostgreSQL what asks the database there, and nothing else: the rest runs with SQLite."""
    if connection.vendor == "postgresql":
        chosen = [item for item in items if asks_the_database(item) and asks_each_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


def asks_each_database(item: pytest.Item) -> bool:
    """Whether a test that makes queries runs on PostgreSQL too: yes, unless its nearest mark says any database."""
    marks = (mark.name for mark in item.iter_markers() if mark.name in ("any_database", "each_database"))
    return next(marks, "each_database") == "each_database"


def asks_the_database(item: pytest.Item) -> bool:
    """Whether a test may make queries, by its mark or by one of its fixtures."""
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not {"db", "transactional_db"}.isdisjoint(fixtures)


def pytest_collection(session: pytest.Session) -> None:
    """Let Python look for no garbage while modules are imported: there is none, and looking takes a third as long."""
    gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what was imported out of each later search for garbage: it stays until the end."""
    gc.freeze()
    gc.enable()


# The site in memory


@pytest.fixture(scope="session")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real catalogue's database and state folder, made once; see tests/real_site.py."""
    if made := os.environ.get(real_site.VARIABLE):
        try:
            return real_site.find_real_site(Path(made))
        except ValueError as error:
            pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)
    folder = tmp_path_factory.mktemp("real") / "site"
    real_site.make_real_site(folder)
    return folder


@pytest.fixture(scope="session")
def real_published_site(real_folder: Path) -> Site:
    """What the public sees once the real catalogue is loaded; no database is asked for it."""
    from skills.editions.site_state import SiteState
    from skills.editions.store import Store

    index = Store(real_folder / "state" / "site").read_index()
    assert index is not None
    return SiteState(real_folder / "state" / "site", watch_seconds=0)._site_of(index)


@pytest.fixture
def published_site(request: pytest.FixtureRequest) -> Site:
    """What the pages see: the small catalogue's site in a test that asks the database, else the real one."""
    from skills.editions.site_state import site_state

    if asks_the_database(request.node):
        request.getfixturevalue("_django_db_helper")
        return site_state.site()
    site: Site = request.getfixturevalue("real_published_site")
    real_site.show(site, request.getfixturevalue("real_folder") / "state")
    return site


@pytest.fixture
def published(published_site: Site) -> PublishedEdition:
    """Edition 1 as the pages see it."""
    return published_site.newest


# The database


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite's test database in a file, as the site does: several connections then wait for each other.

    They wait longer than an editor would: a busy machine is slow.
    """
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        options["timeout"] = SECONDS_TO_WAIT
    else:
        options |= {"connect_timeout": SECONDS_TO_WAIT, "options": f"-c statement_timeout={SECONDS_TO_WAIT}s"}


@pytest.fixture(scope="session")
def catalogue_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data files of the small catalogue."""
    return write_small_catalogue(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    catalogue_folder: Path,
) -> Iterator[None]:
    """Make the test database, load the small catalogue into it and publish edition 1, once."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={DEFAULT_DB_ALIAS: None})
        call_command("load_catalogue", folder=catalogue_folder, stdout=io.StringIO())
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def small_published_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Site:
    """What the public sees of the test database before a test changes it."""
    from skills.editions.site_state import SiteState

    with django_db_blocker.unblock():
        return SiteState(settings.STATE_FOLDER / "site", watch_seconds=0).site()


@pytest.fixture(scope="session")
def small_preview(small_published_site: Site, django_db_blocker: DjangoDbBlocker) -> PreviewCache:
    """What the editors' pages have counted before a test changes anything: no changes wait."""
    from skills.admin.waiting_changes import PreviewCache

    cache = PreviewCache()
    with django_db_blocker.unblock():
        cache.read()
    return cache


@pytest.fixture(scope="session")
def catalogue_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Rows:
    """All rows of the catalogue and its editions, to be put back after a test that committed."""
    with django_db_blocker.unblock():
        return read_all_rows()


@pytest.fixture
def _catalogue_kept(
    catalogue_rows: Rows, small_published_site: Site, small_preview: PreviewCache, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Set up before the test's database and torn down after it: shows edition 1, and puts back what Django emptied."""
    from skills.models import SiteRevision

    _count_nothing_waiting(small_preview)
    _forget_publications(small_published_site)
    real_site.show(small_published_site, settings.STATE_FOLDER)
    yield
    with django_db_blocker.unblock():
        if not SiteRevision.objects.exists():
            insert_all_rows(catalogue_rows)
            published_is_final().lock(apps, connection.schema_editor())
            connections.close_all()


@pytest.fixture
def _django_db_helper(_catalogue_kept: None, _django_db_helper: None) -> Iterator[None]:
    """Let Django empty the tables after a test that committed: no trigger may guard what was published meanwhile."""
    yield
    if not connection.in_atomic_block:
        published_is_final().unlock(apps, connection.schema_editor())


def _count_nothing_waiting(small_preview: PreviewCache) -> None:
    """Let the editors' pages have counted the waiting changes just now: each first page would read the catalogue."""
    from skills.admin.waiting_changes import preview_cache

    preview_cache._key, preview_cache._preview = small_preview._key, small_preview._preview
    preview_cache._read_at = time.monotonic()


def _forget_publications(site: Site) -> None:
    """Remove from the state folder what other tests published: it would raise the next number."""
    from skills.editions.store import site_store

    store = site_store()
    kept = {store.path_of(number, checksum) for number, checksum in site.checksums.items()}
    for path in store.path_of(1, "").parent.glob("*"):
        if path not in kept:
            path.unlink()
    store.index_path.unlink(missing_ok=True)


def published_is_final() -> Any:
    """The last migration that made published rows final."""
    return import_module("skills.migrations.0003_articles")
