"""What all tests share: a test database with the real catalogue and edition 1 in it, and a state folder of their own.

A `db` test finds the catalogue loaded and edition 1 published, and its changes are rolled back. A `transactional_db`
test finds the same and may commit, also from several connections; the catalogue is put back after it. Each test begins
with edition 1 in memory, as in a process that has answered before: what a test publishes itself is seen after
`current.refresh()`, and `current.forget()` starts over.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.test.utils import setup_databases, teardown_databases

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from skills.editions.current import Site
    from skills.editions.document import PublishedEdition

type Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


# A busy machine is slow: how long an example takes is no reason to fail. Laws do not depend on the database: they are
# tried at length beside SQLite, and in short beside PostgreSQL.
hypothesis.settings.register_profile("sqlite", deadline=None)
hypothesis.settings.register_profile("postgresql", deadline=None, max_examples=20)
# A mutant is noticed by few examples or by none, and nobody reads how.
hypothesis.settings.register_profile(
    "mutation", deadline=None, max_examples=10, derandomize=True, database=None, phases=[hypothesis.Phase.generate]
)
hypothesis.settings.load_profile(connection.vendor)


def pytest_configure(config: pytest.Config) -> None:
    """Let the site keep its copy on disk in a folder of the tests, and nothing look out in the background."""
    from skills.editions.current import current
    from skills.editions.store import Store

    folder = tempfile.TemporaryDirectory(prefix="earnverdict-tests-")
    config.add_cleanup(folder.cleanup)
    settings.STATE_FOLDER = Path(folder.name)
    settings.SITE_WATCH_SECONDS = 0
    current._store = Store(settings.STATE_FOLDER / "site")
    current._watch_seconds = settings.SITE_WATCH_SECONDS


@pytest.fixture
def published(db: None, published_site: Site) -> PublishedEdition:
    """Edition 1, made from the real catalogue, as the pages see it."""
    from skills.editions.current import current

    return current.site().newest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite's test database in a file, as the site does: several connections then wait for each other."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Make the test database, load the real catalogue into it and publish edition 1, once.

    Also for a run of tests that never ask the database but want the site that comes from it: pytest-django's own
    fixture would leave them the developer's database.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={DEFAULT_DB_ALIAS: None})
        call_command("load_catalogue", stdout=io.StringIO())
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def published_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Site:
    """What the public sees once the catalogue is loaded."""
    from skills.editions.current import current

    with django_db_blocker.unblock():
        return current.site()


@pytest.fixture(scope="session")
def catalogue_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Rows:
    """All rows of the catalogue and its editions, to be put back after a test that committed."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        rows: Rows = {}
        for model in apps.get_app_config("skills").get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 - a table of our own
            rows[model._meta.db_table] = ([column[0] for column in cursor.description], cursor.fetchall())
        return rows


@pytest.fixture
def _catalogue_kept(catalogue_rows: Rows, published_site: Site, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Set up before the test's database and torn down after it: puts back what Django emptied, and what was shown."""
    from skills.editions.current import current
    from skills.models import SiteRevision

    yield
    current.forget()
    current._site = published_site
    with django_db_blocker.unblock():
        if not SiteRevision.objects.exists():
            _put_back(catalogue_rows)


@pytest.fixture
def _django_db_helper(_catalogue_kept: None, _django_db_helper: None) -> Iterator[None]:
    """Let Django empty the tables after a test that committed: no trigger may guard what was published meanwhile."""
    yield
    if not connection.in_atomic_block:
        published_is_final().unlock(apps, connection.schema_editor())


def _put_back(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            places = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - as above
            cursor.executemany(statement, values)
    published_is_final().lock(apps, connection.schema_editor())
    connections.close_all()


def published_is_final() -> Any:
    """The last migration that made published rows final."""
    return import_module("skills.migrations.0003_articles")
