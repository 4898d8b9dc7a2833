"""`manage.py prepare`: each problem is one line that says what to do."""

from __future__ import annotations

import io
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import DjangoDbBlocker, Settings

from skills.editions.site_state import site_state
from skills.models import Edition
from tests.real_site import PRINTED, copy_real_site
from tests.skills.factories import seal_under

PROJECT = Path(__file__).parents[2]

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's files")


@pytest.fixture
def port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
        return free


@pytest.fixture
def _development(settings: Settings, tmp_path: Path) -> None:
    settings.DEBUG = True
    settings.STATE_FOLDER = tmp_path / "state"


@pytest.fixture
def another_database(django_db_blocker: DjangoDbBlocker, _development: None) -> Iterator[Callable[[object], None]]:
    """Gives the project a SQLite file of the test's choice instead of the test database."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with django_db_blocker.unblock():
        yield lambda path: connection.settings_dict.update(NAME=str(path))
        connection.close()
    connection.settings_dict["NAME"] = name


@pytest.fixture
def _without_known_model(small_site: None, tamper: Callable[..., None]) -> None:
    """The only edition was published by code with another version of the model."""
    sealed = seal_under(99, Edition.objects.get(), 1)
    tamper(1, model_version=99, content=sealed.content, checksum=sealed.checksum)


def test_fresh_clone_is_made_ready_and_again(real_folder: Path, tmp_path: Path, port: int) -> None:
    """The site of all tests was made by the command, in a process of its own."""
    first = re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{port}", (real_folder / PRINTED).read_text(encoding="utf-8"))

    copy_real_site(real_folder, tmp_path)
    second = _start(str(port), f"sqlite:///{tmp_path / 'site.sqlite3'}", tmp_path / "state")

    hint = (
        f"\nEarnVerdict: open http://127.0.0.1:{port}/\n"
        "For the admin, make an account: EARNVERDICT_DEBUG=1 .venv/bin/python manage.py createsuperuser\n"
        f"The admin is at http://127.0.0.1:{port}/admin/. Ctrl-C stops the app.\n"
    )
    with closing(sqlite3.connect(tmp_path / "site.sqlite3")) as site:
        groups = [name for (name,) in site.execute("SELECT name FROM auth_group ORDER BY name")]
    articles = len(list(Path(PROJECT, "skills/data/articles").glob("*.md")))
    assert (
        first.rstrip("\n") + "\n" == f"Loaded the catalogue and published Edition 1, with {articles} articles.\n{hint}"
    )
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.rstrip("\n") + "\n" == f"The catalogue is loaded already: nothing was changed.\n{hint}"
    assert groups == ["author", "data editor", "editor", "publisher"]
    assert [path.stat().st_mode & 0o777 for path in (real_folder / "site.sqlite3", real_folder)] == [0o600, 0o700]


def test_postgresql_that_does_not_answer_is_named_without_its_password(tmp_path: Path, port: int) -> None:
    finished = _start(str(port), "postgresql://user:a-made-password@127.0.0.1:1/site", tmp_path)

    assert (finished.returncode, finished.stdout, finished.stderr.count("\n")) == (1, "", 1)
    assert finished.stderr.startswith("CommandError: The database 127.0.0.1/site cannot be opened: ")
    assert finished.stderr.endswith(" Check DATABASE_URL.\n")
    assert "Connection refused" in finished.stderr
    assert "a-made-password" not in finished.stderr


@pytest.mark.usefixtures("_development")
def test_mistakes_of_the_set_up_are_reported_before_the_database_is_asked(
    settings: Settings, port: int, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=r"^PORT must be a number from 1 to 65535, not 'eighty'\.$"):
        _prepare("eighty")

    settings.ADMIN_PATH = "skills/"
    with pytest.raises(CommandError, match=r"^EARNVERDICT_ADMIN_PATH must not be skills/: .+ These words are taken: "):
        _prepare(port)

    (tmp_path / "file").touch()
    settings.STATE_FOLDER = tmp_path / "file"
    with pytest.raises(CommandError, match=rf"^The folder {tmp_path}/file cannot be written: Not a directory\. Set"):
        _prepare(port)


def test_static_folder_that_cannot_be_written_is_named(settings: Settings, port: int, tmp_path: Path) -> None:
    settings.STATE_FOLDER, settings.STATIC_ROOT = tmp_path, Path("/dev/null/static")

    with pytest.raises(CommandError, match=r"^The folder /dev/null/static cannot .+ Set EARNVERDICT_STATIC_FOLDER to"):
        _prepare(port)


def test_static_files_that_were_not_collected_are_missed(settings: Settings, port: int, tmp_path: Path) -> None:
    settings.STATE_FOLDER, settings.STATIC_ROOT = tmp_path, tmp_path / "static"

    with pytest.raises(CommandError, match=rf"^The static files are not collected in {tmp_path}/static\. Start with"):
        _prepare(port, check_only=True)


@only_sqlite
@pytest.mark.parametrize(
    ("path", "reason"),
    [
        pytest.param("/dev/null/site.sqlite3", "File exists|Not a directory", id="file-for-a-folder"),
        pytest.param("/dev/null/folder/site.sqlite3", "Not a directory", id="folder-in-a-file"),
        pytest.param("/proc/folder/site.sqlite3", "No such file or directory", id="folder-that-cannot-be-made"),
        pytest.param("/proc/site.sqlite3", "unable to open database file", id="file-that-cannot-be-made"),
        pytest.param("/proc", "unable to open database file", id="a-folder"),
    ],
)
def test_sqlite_file_that_cannot_be_opened_is_named(
    another_database: Callable[[object], None], port: int, path: str, reason: str
) -> None:
    another_database(path)

    with pytest.raises(CommandError) as refused:
        _prepare(port)

    assert re.fullmatch(
        rf"The database {re.escape(path)} cannot be opened: .*({reason}).*\. Check DATABASE_URL\.", str(refused.value)
    )


@only_sqlite
def test_sqlite_file_that_is_no_database_is_named_and_shut(
    another_database: Callable[[object], None], tmp_path: Path, port: int
) -> None:
    path = tmp_path / "site.sqlite3"
    path.write_text("this is not a database, but it is long enough to be looked at as if it were one\n" * 20)
    path.chmod(0o644)
    another_database(path)
    problem = f"The database {path} cannot be opened: file is not a database. Check DATABASE_URL."

    with pytest.raises(CommandError) as refused:
        _prepare(port)

    assert str(refused.value) == problem
    assert _prepare(port, check_only=True) == f"Warning: {problem}\n"
    assert path.stat().st_mode & 0o777 == 0o600


@only_sqlite
def test_folder_in_the_place_of_the_sqlite_file_is_left_as_it_is(
    another_database: Callable[[object], None], tmp_path: Path, port: int
) -> None:
    tmp_path.chmod(0o755)
    another_database(tmp_path)

    warning = _prepare(port, check_only=True)

    assert "unable to open database file" in warning
    assert tmp_path.stat().st_mode & 0o777 == 0o755


@only_sqlite
def test_check_names_a_missing_database_and_makes_none(
    another_database: Callable[[object], None], tmp_path: Path, port: int
) -> None:
    path = tmp_path / "site.sqlite3"
    another_database(path)

    warning = _prepare(port, check_only=True)

    assert warning == f"Warning: The database {path} does not exist: run manage.py migrate.\n"
    assert not path.exists()


@pytest.mark.usefixtures("db", "_development")
def test_check_finds_nothing_or_the_migration_that_is_missing(port: int) -> None:
    recorder = MigrationRecorder(connection)

    fine = _prepare(port, check_only=True)
    recorder.record_unapplied("skills", max(name for app, name in recorder.applied_migrations() if app == "skills"))

    assert (fine, _prepare(port, check_only=True)) == (
        "",
        "Warning: The database is not migrated: run manage.py migrate.\n",
    )


@pytest.mark.usefixtures("empty_database", "_development")
def test_check_says_that_no_edition_is_published(port: int) -> None:
    assert _prepare(port, check_only=True) == "Warning: No edition is published: run manage.py load_catalogue.\n"


@pytest.mark.usefixtures("_without_known_model", "_development")
def test_edition_is_published_again_when_the_models_of_all_others_are_missing(port: int) -> None:
    warning = _prepare(port, check_only=True)

    first, second = _prepare(port), _prepare(port)

    assert warning == ("Warning: This version has the model of no published edition: run manage.py publish_edition.\n")
    assert "\nNo edition could be shown: published Edition 2 under model 2.\n" in first
    assert "published Edition" not in second
    site_state.refresh()
    assert site_state.edition().note == (
        "Published again under model 2: this version of the site lacks the models used before."
    )


@pytest.mark.usefixtures("small_site", "_development")
def test_site_is_made_ready_without_a_place_for_the_gazetteer(settings: Settings, port: int, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.GAZETTEER_FOLDER = tmp_path / "file" / "places"

    said = _prepare(port)

    assert said.startswith("Warning: towns cannot be found, for want of a gazetteer: [Errno 20] Not a directory: ")
    assert f"open http://127.0.0.1:{port}/" in said


def _prepare(port: int | str, *, check_only: bool = False) -> str:
    """What the command says, run in this process."""
    output = io.StringIO()
    call_command("prepare", port=str(port), check_only=check_only, stdout=output, stderr=output, no_color=True)
    return output.getvalue()


def _start(port: str, database: str, state_folder: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; the developer's `var/` is left alone."""
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "EARNVERDICT_STATE_FOLDER": str(state_folder),
        "DJANGO_SETTINGS_MODULE": "earnverdict.settings",
        "EARNVERDICT_DEBUG": "1",
    }
    command = [sys.executable, "manage.py", "prepare", f"--port={port}"]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
