"""A site of its own in a temporary folder, served as in production, and what can be done to its server."""

from __future__ import annotations

import functools
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.drill.load import Answer, ask

PROJECT = Path(__file__).resolve().parent.parent.parent
WORKERS = 2
#: Seconds that a server, or a worker of it, is given to start on a busy machine before the drill gives up.
START_PATIENCE = 30.0


class ServerError(Exception):
    """The server did not do what a drill needs to go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a site lives. `changed` are settings beyond those that every site under test has."""

    folder: Path
    database: str
    changed: Mapping[str, str] = field(default_factory=dict)
    python: str = sys.executable
    state: Path
    log: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("EARNVERDICT_", "DJANGO_"))}
        return {
            **kept,
            "EARNVERDICT_SECRET_KEY": "known-to-every-drill-and-to-nothing-else-0123456789",
            "EARNVERDICT_DEBUG": "0",
            "EARNVERDICT_HTTPS": "0",
            "EARNVERDICT_STATE_FOLDER": str(self.state),
            "EARNVERDICT_WATCH_SECONDS": "1",
            "DATABASE_URL": self.database,
            **self.changed,
        }

    def manage(self, *command: str, given: str = "") -> str:
        """Run a command of manage.py and give what it says. Raises ServerError."""
        finished = subprocess.run(
            [self.python, "manage.py", *command],
            cwd=PROJECT,
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
        )
        if finished.returncode:
            raise ServerError(f"manage.py {command[0]} failed: {finished.stderr.strip()[-400:]}")
        return finished.stdout

    def publish(self, note: str) -> None:
        self.manage("publish_edition", "--note", note)

    @contextmanager
    def served(self, *, workers: int = WORKERS, wait: bool = True) -> Iterator[Server]:
        """Run the production server while the context lasts; `wait` until it says that it is ready or degraded."""
        port = free_port()
        command = [self.python, "-m", "scripts.serve", "--port", str(port), "--workers", str(workers)]
        with self.log.open("ab") as log:
            process = subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log)
        server = Server(site=self, port=port, process=process)
        try:
            if wait:
                server.wait_for("ready", "degraded")
            yield server
        except ServerError as error:
            raise ServerError(f"{error}\n{server.last_words}") from None
        finally:
            server.stop()


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server."""

    site: Site
    port: int
    process: subprocess.Popen[bytes]

    @property
    def workers(self) -> list[int]:
        """The process numbers of those who answer: granian's children; granian is a child of the started process."""
        (granian,) = _children(self.process.pid)
        return _children(granian)

    @property
    def log(self) -> str:
        return self.site.log.read_text(errors="replace")

    @property
    def last_words(self) -> str:
        """The end of the log without the lines for answers."""
        lines = [line for line in self.log.splitlines() if "granian.access" not in line]
        return "\n".join(lines[-8:])

    def answering(self) -> str:
        """Which process takes a new connection; "" while none does."""
        try:
            return ask(self.port, "/healthz").process
        except (OSError, http.client.HTTPException):
            return ""

    def answering_all(self) -> set[str]:
        """Those processes that take new connections, found by opening many."""
        return {name for _ in range(24) if (name := self.answering())}

    def status(self) -> str:
        """What /readyz says; "" when there is no answer."""
        try:
            found: dict[str, Any] = json.loads(ask(self.port, "/readyz").body)
        except (OSError, ValueError, http.client.HTTPException):
            return ""
        return str(found["status"])

    def wait_for(self, *statuses: str, seconds: float = START_PATIENCE) -> float:
        """Until every worker says one of these; gives how long it took."""

        def agree() -> bool:
            return all(self.status() in statuses for _ in range(8 if self.status() in statuses else 1))

        return wait_until(agree, seconds=seconds, what=f"/readyz says {' or '.join(statuses)}")

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        return ask(self.port, address, dict(headers or {}))

    def reload(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        """End it in good order; after ten seconds by force, its workers too."""
        if self.process.poll() is not None:
            return
        workers = self.workers
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            for worker in workers:
                if Path(f"/proc/{worker}").exists():
                    os.kill(worker, signal.SIGKILL)


def process_tree(number: int) -> list[int]:
    """A process and all below it."""
    return [number, *(below for child in _children(number) for below in process_tree(child))]


def _children(number: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


def wait_until(holds: Callable[[], bool], *, seconds: float, what: str, pause: float = 0.02) -> float:
    """Look again and again until it holds; gives how long it took. Raises ServerError after so many seconds."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise ServerError(f"not within {seconds:.0f} s: {what}")
        time.sleep(pause)
    return time.monotonic() - began


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def sqlite_site(**changed: str) -> Iterator[Site]:
    """A site of its own on SQLite, with the catalogue and edition 1."""
    ready = _prepared_sqlite()
    with _folder() as folder:
        shutil.copytree(ready, folder, dirs_exist_ok=True)
        yield _site(folder, f"sqlite:///{folder / 'site.sqlite3'}", changed)


@contextmanager
def postgres_site(database: str, **changed: str) -> Iterator[Site]:
    """The same on a database in PostgreSQL, which must have the catalogue already."""
    with _folder() as folder:
        shutil.copytree(_prepared_sqlite() / "state", folder / "state", dirs_exist_ok=True)
        yield _site(folder, database, changed)


def prepare(site: Site) -> None:
    """Tables, catalogue, edition 1, roles, and the static files."""
    site.manage("prepare", "--port", str(free_port()))


@functools.cache
def _prepared_sqlite() -> Path:
    """Made once a run, and copied for each site."""
    holder = tempfile.TemporaryDirectory(prefix="earnverdict-drill-ready-")
    _KEPT.append(holder)
    folder = Path(holder.name)
    prepare(_site(folder, f"sqlite:///{folder / 'site.sqlite3'}", {}))
    return folder


#: Folders that go when the program ends.
_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def _site(folder: Path, database: str, changed: Mapping[str, str]) -> Site:
    return Site(folder=folder, database=database, changed=changed, state=folder / "state", log=folder / "log")


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="earnverdict-drill-", ignore_cleanup_errors=True) as name:
        yield Path(name)
