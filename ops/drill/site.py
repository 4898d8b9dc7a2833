"""Creates a site in a temporary folder, runs it as in production, and controls its server."""

from __future__ import annotations

import functools
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ops.drill.errors import ServerError
from ops.drill.load import Answer, Endpoint, ask
from ops.drill.nginx import Nginx, nginx_before
from ops.ports import free_port

PROJECT = Path(__file__).resolve().parent.parent.parent
WORKERS = 2
#: Seconds that a server or a worker may take to start on a busy machine.
START_PATIENCE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The folder and settings of a site. `changed` are settings beyond the common ones."""

    folder: Path
    database: str
    changed: Mapping[str, str] = field(default_factory=dict)
    is_behind_nginx: bool = False
    python: str = sys.executable
    state: Path
    log: Path

    @property
    def static_folder(self) -> Path:
        return public_static_folder() if self.is_behind_nginx else self.state / "static"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("EARNVERDICT_", "DJANGO_"))}
        transport = {"EARNVERDICT_HTTPS": "0"}
        if self.is_behind_nginx:
            transport = {"EARNVERDICT_BEHIND_PROXY": "1", "EARNVERDICT_STATIC_FOLDER": str(self.static_folder)}
        return {
            **kept,
            "EARNVERDICT_SECRET_KEY": "known-to-every-drill-and-to-nothing-else-0123456789",
            "EARNVERDICT_DEBUG": "0",
            "EARNVERDICT_STATE_FOLDER": str(self.state),
            "EARNVERDICT_WATCH_SECONDS": "1",
            "DATABASE_URL": self.database,
            **transport,
            **self.changed,
        }

    def manage(self, *command: str, given: str = "") -> str:
        """Run a command of manage.py and return its output. Raises ServerError."""
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
        """Run the production server, and nginx if the site is behind it, while the context lasts.

        With `wait`, it is ready or degraded when the context begins.
        """
        port = free_port()
        with ExitStack() as stack:
            nginx = None
            if self.is_behind_nginx:
                nginx = stack.enter_context(nginx_before(port, self.static_folder))
            server = Server(site=self, port=port, nginx=nginx, process=self.start(port, workers=workers))
            stack.callback(server.stop)
            try:
                if wait:
                    server.wait_for("ready", "degraded")
                yield server
            except ServerError as error:
                raise ServerError(f"{error}\n{server.last_words}") from None

    def start(self, port: int, *, workers: int = WORKERS) -> subprocess.Popen[bytes]:
        command = [self.python, "-m", "scripts.serve", "--port", str(port), "--workers", str(workers)]
        with self.log.open("ab") as log:
            return subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server. `endpoint` is the address for readers: nginx, if it is in front."""

    site: Site
    port: int
    nginx: Nginx | None
    process: subprocess.Popen[bytes]

    @property
    def endpoint(self) -> Endpoint:
        return self.nginx.endpoint if self.nginx else self.itself

    @property
    def itself(self) -> Endpoint:
        return Endpoint(port=self.port)

    @property
    def workers(self) -> list[int]:
        """Return the ids of the workers: granian's children; granian is a child of the started process."""
        (granian,) = _children(self.process.pid)
        return _children(granian)

    @property
    def log(self) -> str:
        return self.site.log.read_text(errors="replace")

    @property
    def last_words(self) -> str:
        """Return the end of the log without the access log."""
        lines = [line for line in self.log.splitlines() if "granian.access" not in line]
        return "\n".join(lines[-8:])

    def answering(self) -> str:
        """Return the process that accepts a new connection; "" if none does."""
        try:
            return ask(self.itself, "/healthz").process
        except (OSError, http.client.HTTPException):
            return ""

    def answering_all(self) -> set[str]:
        """Return all processes that accept connections, by opening many."""
        return {name for _ in range(24) if (name := self.answering())}

    def status(self) -> str:
        """Return the status from /readyz; "" if there is no response."""
        try:
            found: dict[str, Any] = json.loads(ask(self.itself, "/readyz").body)
        except (OSError, ValueError, http.client.HTTPException):
            return ""
        return str(found["status"])

    def wait_for(self, *statuses: str, seconds: float = START_PATIENCE) -> float:
        """Wait until every worker reports one of these, and return the duration."""

        def agree() -> bool:
            return all(self.status() in statuses for _ in range(8 if self.status() in statuses else 1))

        return wait_until(agree, seconds=seconds, what=f"/readyz says {' or '.join(statuses)}")

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        return ask(self.endpoint, address, dict(headers or {}))

    def reload(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        """Stop it gracefully; after ten seconds kill it and its workers."""
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
    """Return a process and all its descendants."""
    return [number, *(below for child in _children(number) for below in process_tree(child))]


def _children(number: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


def wait_until(holds: Callable[[], bool], *, seconds: float, what: str, pause: float = 0.02) -> float:
    """Wait until a condition holds, and return the duration. Raises ServerError after this many seconds."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise ServerError(f"not within {seconds:.0f} s: {what}")
        time.sleep(pause)
    return time.monotonic() - began


@contextmanager
def sqlite_site(*, is_behind_nginx: bool = False) -> Iterator[Site]:
    """Create a site on SQLite, with the catalogue and edition 1."""
    ready = _prepared_sqlite()
    with _folder() as folder:
        shutil.copytree(ready, folder, dirs_exist_ok=True)
        yield _site(folder, f"sqlite:///{folder / 'site.sqlite3'}", is_behind_nginx=is_behind_nginx)


@contextmanager
def postgres_site(database: str, *, is_behind_nginx: bool = False) -> Iterator[Site]:
    """Create a site on a PostgreSQL database with the catalogue. No edition is on disk yet."""
    with _folder() as folder:
        other_editions = shutil.ignore_patterns("site")
        shutil.copytree(_prepared_sqlite() / "state", folder / "state", dirs_exist_ok=True, ignore=other_editions)
        yield _site(folder, database, is_behind_nginx=is_behind_nginx)


def prepare(site: Site) -> None:
    """Create the tables, load the catalogue, publish edition 1, set up groups, and collect the static files."""
    site.manage("prepare", "--port", str(free_port()))


@functools.cache
def _prepared_sqlite() -> Path:
    """Return the prepared site, which is made once and copied for each drill."""
    holder = tempfile.TemporaryDirectory(prefix="earnverdict-drill-ready-")
    _KEPT.append(holder)
    folder = Path(holder.name)
    prepare(_site(folder, f"sqlite:///{folder / 'site.sqlite3'}"))
    return folder


#: Folders that are deleted when the program ends.
_KEPT: list[tempfile.TemporaryDirectory[str]] = []


@functools.cache
def public_static_folder() -> Path:
    """Return a folder with the static files that nginx, another user, can read; collected once."""
    holder = tempfile.TemporaryDirectory(prefix="earnverdict-static-")
    _KEPT.append(holder)
    Path(holder.name).chmod(0o755)
    folder = Path(holder.name) / "static"
    ready = _prepared_sqlite()
    site = _site(ready, f"sqlite:///{ready / 'site.sqlite3'}")
    replace(site, changed={"EARNVERDICT_STATIC_FOLDER": str(folder)}).manage("collectstatic", "--noinput")
    return folder


def _site(folder: Path, database: str, *, is_behind_nginx: bool = False) -> Site:
    return Site(
        folder=folder,
        database=database,
        is_behind_nginx=is_behind_nginx,
        state=folder / "state",
        log=folder / "log",
    )


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="earnverdict-drill-", ignore_cleanup_errors=True) as name:
        yield Path(name)
