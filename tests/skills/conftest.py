"""Fixtures of the catalogue's tests: a database before the first load, and published rows without triggers."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client

from skills.admin.waiting_changes import preview_cache
from skills.editions.site_state import site_state
from skills.models import Edition, SiteRevision
from tests.all_rows import Rows, delete_all_rows, insert_all_rows, read_all_rows
from tests.skills.factories import CELLS, make_csv


@pytest.fixture
def unguarded(db: None) -> None:
    """Take the triggers away that keep published rows as they are (the roll-back brings them back)."""
    import_module("skills.migrations.0003_articles").unlock(apps, connection.schema_editor())


@pytest.fixture
def empty_database(unguarded: None) -> None:
    """A database with tables and nothing in them, and no state folder that knows of editions."""
    preview_cache.forget()
    shutil.rmtree(settings.STATE_FOLDER / "site", ignore_errors=True)
    delete_all_rows()


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """A folder of CSV files that can be loaded and published, with one row each; a curve has two points."""
    folder = tmp_path / "data"
    folder.mkdir()
    for file in CELLS:
        rows = [{}, {"years": "8"}] if file == "experience.csv" else [{}]  # a curve has two points
        (folder / file).write_text(make_csv(file, *rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_site_rows() -> Rows:
    """The rows of `small_site`, once a test has loaded them: inserting them again takes a tenth of the time."""
    return {}


@pytest.fixture
def small_site(request: pytest.FixtureRequest, empty_database: None, small_site_rows: Rows) -> None:
    """A catalogue of one row a table, published as edition 1: it is published again in no time."""
    if small_site_rows:
        insert_all_rows(small_site_rows)
    else:
        call_command("load_catalogue", folder=request.getfixturevalue("small_folder"), stdout=io.StringIO())
        small_site_rows.update(read_all_rows())
    site_state.forget()


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create(username="editor", is_staff=True, is_superuser=True)


@pytest.fixture
def editor_client(editor: User, client: Client) -> Client:
    """A browser that an editor has signed in with."""
    client.force_login(editor)
    return client


@pytest.fixture
def tamper(unguarded: None) -> Callable[..., None]:
    """Change an edition's row as nobody may, and let the site know that something changed."""

    def change(number: int, **fields: Any) -> None:
        Edition._base_manager.filter(number=number).update(**fields)
        revision = SiteRevision.objects.get()
        revision.number += 1
        revision.save()

    return change
