"""The production server as `make serve` starts it: one real start, and what prevents others."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from scripts.serve import main

type PublishError = Callable[..., str]

PROJECT = Path(__file__).parents[2]
SECONDS_TO_ANSWER = 60
_PLAIN_MANIFEST = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running server with one worker."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def ask(self, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_TO_ANSWER)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body


@pytest.fixture
def refusal(monkeypatch: pytest.MonkeyPatch) -> Iterator[PublishError]:
    """Calls the program in this process, which ends before it serves, and gives what it says."""
    umask = os.umask(0o077)
    for name in [name for name in os.environ if name.startswith("EARNVERDICT_")]:
        monkeypatch.delenv(name)

    def refused(*arguments: str, **environment: str) -> str:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main([*arguments])
        return str(ended.value.code)

    yield refused
    os.umask(umask)


@pytest.fixture(scope="module")
def served(real_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The editions come from disk: the server's own database has no table."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(real_folder / "state", folder, dirs_exist_ok=True)
    with override_settings(
        STATIC_ROOT=folder / "static", STORAGES=settings.STORAGES | {"staticfiles": _PLAIN_MANIFEST}
    ):
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["admin", "import_export"])
    port = _free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve", f"--port={port}", "--workers=1"],
            cwd=PROJECT,
            env=_environment(folder),
            stdout=log,
            stderr=log,
            process_group=0,  # as a terminal starts it
        )
    server = Served(process=process, port=port, folder=folder)
    try:
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait()


def test_home_is_compressed_and_not_sent_again(served: Served) -> None:
    first, body = served.ask("/", **{"Accept-Encoding": "gzip, br"})
    again, nothing = served.ask("/", **{"Accept-Encoding": "gzip, br", "If-None-Match": first.headers["ETag"]})

    assert (first.status, first.headers["Content-Encoding"]) == (200, "br")
    assert 0 < len(body) < 20_000
    assert (again.status, nothing) == (304, b"")


def test_static_files_are_kept_for_good(served: Served) -> None:
    _, page = served.ask("/")
    address = re.findall(r'"(/static/[^"]+\.css)"', page.decode())[0]

    response, _ = served.ask(address)

    assert response.status == 200
    assert "immutable" in response.headers["Cache-Control"]


def test_health_is_reported_without_the_database(served: Served) -> None:
    alive, _ = served.ask("/healthz")
    ready, said = served.ask("/readyz")

    assert (alive.status, ready.status) == (200, 200)
    answer = json.loads(said)
    assert (answer["status"], answer["database"]) == ("degraded", "not migrated")


def test_server_by_itself_says_what_it_is_for(served: Served) -> None:
    assert "This is for development or a small private site." in served.log.read_text()


def test_secret_is_made_once_and_for_this_user_alone(served: Served) -> None:
    file = served.folder / "secret-key"

    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text().strip()) > 50


def test_what_a_worker_writes_is_for_this_user_alone(served: Served) -> None:
    assert [path.stat().st_mode & 0o777 for path in (served.folder, served.folder / "empty.sqlite3")] == [0o700, 0o600]


def test_port_in_use_is_reported(served: Served, refusal: PublishError) -> None:
    assert refusal("--port", str(served.port)) == (
        f"earnverdict: Port {served.port} cannot be used (Address already in use). "
        f"Try another: make serve PORT={served.port + 1}"
    )


def test_access_log_has_the_path_and_nothing_of_the_query(served: Served) -> None:
    served.ask("/verdict/?salary=115000&skill=%22%0a")
    served.ask("/nothing/%22%0A%7B/%3Fsalary%3D115000")

    for _ in range(10 * SECONDS_TO_ANSWER):  # a line is written after its answer
        if all(path in served.log.read_text() for path in ("GET /verdict/", "GET /nothing/")):
            break
        time.sleep(0.1)
    entries = [json.loads(line) for line in served.log.read_text().splitlines() if "granian.access" in line]
    said = [re.sub(r"[\d.]+ ms", "1 ms", entry["message"]) for entry in entries]
    assert "422 1 ms GET /verdict/" in said
    assert '404 1 ms GET /nothing/"\n{/' in said
    assert "115000" not in served.log.read_text()


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        pytest.param(f"/?{'a' * 8_193}", {}, 414, id="long-address"),
        pytest.param("/", {"X": "a" * 200_000}, 431, id="long-header"),
        pytest.param("/", {f"X-{number}": "a" for number in range(150)}, 431, id="many-headers"),
        pytest.param("/", {"Host": "example.com"}, 400, id="foreign-host"),
    ],
)
def test_requests_beyond_the_limits_are_refused(
    served: Served, path: str, headers: dict[str, str], status: int
) -> None:
    response, _ = served.ask(path, **headers)

    assert response.status == status


# The last one: it stops the server.
def test_server_stops_when_its_terminal_interrupts_it(served: Served) -> None:
    os.killpg(served.process.pid, signal.SIGINT)

    assert served.process.wait(timeout=SECONDS_TO_ANSWER) == 0
    with pytest.raises(OSError):  # noqa: PT011 - nobody listens there any more
        served.ask("/healthz")


def test_mistake_in_a_setting_is_one_line_and_no_worker_starts(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()

    message = _started_and_refused(EARNVERDICT_STATE_FOLDER=str(tmp_path))

    assert message == (
        f"earnverdict: The secret in {tmp_path}/secret-key is empty. "
        "Delete the file, so that `make serve` makes another, or set EARNVERDICT_SECRET_KEY.\n"
    )


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        pytest.param(
            {"EARNVERDICT_STATE_FOLDER": "/dev/null", "EARNVERDICT_BEHIND_PROXY": "1"},
            "The folder /dev/null cannot be written: Not a directory. Set EARNVERDICT_STATE_FOLDER to a folder ",
            id="state-folder",
        ),
        pytest.param(
            {"EARNVERDICT_TLS_CERTIFICATE": "/dev/null", "EARNVERDICT_TLS_KEY": "/dev/null"},
            "EARNVERDICT_TLS_CERTIFICATE /dev/null and EARNVERDICT_TLS_KEY /dev/null are no certificate and its ",
            id="empty-certificate",
        ),
        pytest.param({}, "Nothing would encrypt what visitors of 0.0.0.0 type. ", id="plain"),
        pytest.param(
            {"EARNVERDICT_HTTPS": "1"},
            "EARNVERDICT_HTTPS is 1, but neither EARNVERDICT_TLS_CERTIFICATE nor EARNVERDICT_BEHIND_PROXY is set: ",
            id="nothing-encrypts",
        ),
        pytest.param(
            {"EARNVERDICT_TLS_CERTIFICATE": "/nowhere/site.pem"},
            "EARNVERDICT_TLS_CERTIFICATE and EARNVERDICT_TLS_KEY belong together: set both.",
            id="certificate-without-key",
        ),
    ],
)
def test_set_up_that_cannot_run_is_reported(refusal: PublishError, environment: dict[str, str], message: str) -> None:
    assert refusal("--host", "0.0.0.0", "--port", str(_free_port()), **environment).startswith(  # noqa: S104
        f"earnverdict: {message}"
    )


def _started_and_refused(**environment: str) -> str:
    """What a process of its own says when it does not serve."""
    finished = subprocess.run(
        [sys.executable, "-m", "scripts.serve", f"--port={_free_port()}"],
        cwd=PROJECT,
        env=_environment() | environment,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 1
    return finished.stderr


def _environment(folder: Path | None = None) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("EARNVERDICT_")}
    if folder is None:
        return inherited
    return inherited | {
        "EARNVERDICT_STATE_FOLDER": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'empty.sqlite3'}",
    }


def _wait_for(server: Served) -> None:
    for _ in range(10 * SECONDS_TO_ANSWER):
        assert server.process.poll() is None, "The server did not start."
        with suppress(OSError):
            server.ask("/healthz")
            return
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
