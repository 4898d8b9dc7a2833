"""`manage.py prepare`: what stands in the way is one line that says what to do."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
        return free


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_fresh_clone_is_made_ready_and_again(tmp_path: Path, port: int) -> None:
    address = f"sqlite:///{tmp_path}/new/folder/site.sqlite3"

    first, second = _prepare(str(port), address), _prepare(str(port), address)

    hint = (
        f"\nEarnVerdict: open http://127.0.0.1:{port}/\n"
        "For the admin, make an account: EARNVERDICT_DEBUG=1 .venv/bin/python manage.py createsuperuser\n"
        f"The admin is at http://127.0.0.1:{port}/admin/. Ctrl-C stops the app.\n"
    )
    with closing(sqlite3.connect(tmp_path / "new/folder/site.sqlite3")) as site:
        roles = [name for (name,) in site.execute("SELECT name FROM auth_group ORDER BY name")]
    articles = len(list(Path(PROJECT, "skills/data/articles").glob("*.md")))
    assert (first.returncode, first.stderr) == (0, "")
    assert (
        first.stdout.rstrip("\n") + "\n"
        == f"Loaded the catalogue and published Edition 1, with {articles} articles.\n{hint}"
    )
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.rstrip("\n") + "\n" == f"The catalogue is loaded already: nothing was changed.\n{hint}"
    assert roles == ["author", "data editor", "editor", "publisher"]


@pytest.mark.parametrize("text", ["eighty", "0", "65536", "-1", "80.5", ""])
def test_port_that_is_no_port_is_refused(tmp_path: Path, text: str) -> None:
    finished = _prepare(text, f"sqlite:///{tmp_path}/site.sqlite3")

    _assert_one_line(finished, f"CommandError: PORT must be a number from 1 to 65535, not {text!r}.")


def test_port_in_use_is_refused(tmp_path: Path, busy_port: int) -> None:
    finished = _prepare(str(busy_port), f"sqlite:///{tmp_path}/site.sqlite3")

    _assert_one_line(
        finished,
        f"CommandError: Port {busy_port} cannot be used (Address already in use). "
        f"Try another: make run PORT={busy_port + 1}",
    )
    assert not (tmp_path / "site.sqlite3").exists()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        pytest.param("/dev/null/site.sqlite3", "File exists|Not a directory", id="file-for-a-folder"),
        pytest.param("/dev/null/folder/site.sqlite3", "Not a directory", id="folder-in-a-file"),
        pytest.param("/proc/folder/site.sqlite3", "No such file or directory", id="folder-that-cannot-be-made"),
        pytest.param("/proc/site.sqlite3", "unable to open database file", id="file-that-cannot-be-made"),
        pytest.param("/", "unable to open database file", id="a-folder"),
    ],
)
def test_sqlite_file_that_cannot_be_opened_is_named(port: int, path: str, reason: str) -> None:
    finished = _prepare(str(port), f"sqlite:///{path}")

    _assert_one_line(finished)
    assert re.fullmatch(
        rf"CommandError: The database {re.escape(path)} cannot be opened: .*({reason}).*\. Check DATABASE_URL\.\n",
        finished.stderr,
    )


def test_sqlite_file_that_is_no_database_is_named(tmp_path: Path, port: int) -> None:
    path = tmp_path / "site.sqlite3"
    path.write_text("this is not a database, but it is long enough to be looked at as if it were one\n" * 20)

    finished = _prepare(str(port), f"sqlite:///{path}")

    _assert_one_line(
        finished,
        f"CommandError: The database {path} cannot be opened: file is not a database. Check DATABASE_URL.",
    )


def test_postgresql_that_does_not_answer_is_named_without_its_password(port: int) -> None:
    finished = _prepare(str(port), "postgresql://user:a-made-password@127.0.0.1:1/site")

    _assert_one_line(finished)
    assert finished.stderr.startswith("CommandError: The database 127.0.0.1/site cannot be opened: ")
    assert finished.stderr.endswith(" Check DATABASE_URL.\n")
    assert "Connection refused" in finished.stderr
    assert "a-made-password" not in finished.stderr


def _prepare(port: str, database: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "earnverdict.settings",
        "EARNVERDICT_DEBUG": "1",
    }
    command = [sys.executable, "manage.py", "prepare", f"--port={port}"]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)


def _assert_one_line(finished: subprocess.CompletedProcess[str], line: str = "") -> None:
    assert (finished.returncode, finished.stdout) == (1, "")
    assert finished.stderr.count("\n") == 1
    if line:
        assert finished.stderr == f"{line}\n"
