"""Drills of full disks: for the state folder and for the log.

Both folders are mounted as small file systems, which needs root; without it the drill cannot run.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from ops.drill.errors import ServerError
from ops.drill.load import Endpoint, ask, readers
from ops.drill.result import Result, holds, no_failures
from ops.drill.site import sqlite_site, wait_until

MEGABYTES = 2


def disk_full() -> Result:
    """The disks of the state folder and the log fill up under load, and get space again."""
    with sqlite_site() as made, _small_disk(made.state / "site"), _small_disk(made.folder / "logs"):
        site = replace(made, log=made.folder / "logs" / "log")
        with site.served() as server, readers(server.endpoint) as count:
            time.sleep(1)
            _fill(site.state / "site")
            refused = _is_refused(lambda: site.publish("On a full disk"))
            _fill(site.log.parent)
            time.sleep(4)
            _make_room(site.state / "site")
            _make_room(site.log.parent)
            length = site.log.stat().st_size
            site.publish("With space again")
            wait_until(lambda: _shows(server.endpoint, 2), seconds=20, what="edition 2 is shown")
            time.sleep(1)
            log = site.log.read_text(errors="replace")
        saved = {path.name.partition("-")[0] for path in (site.state / "site" / "editions").glob("*.json.z")}
        return Result(
            demands=[
                no_failures(count),
                holds("an edition that cannot be saved is not published", refused),
                holds("with space again all editions are on disk", saved == {"1", "2"}),
                holds("with space again the log continues", len(log) > length and "Edition 2 is shown" in log[length:]),
            ],
            count=count,
        )


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", folder], capture_output=True, text=True
    )
    if mounted.returncode:
        raise ServerError(f"a small file system cannot be mounted (root may): {mounted.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _fill(folder: Path) -> None:
    with suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
        for size in (65_536, 512, 1):
            with suppress(OSError):
                while filler.write(b"x" * size):
                    pass


def _is_refused(publish: Callable[[], None]) -> bool:
    """Return whether the command fails because there was no space."""
    try:
        publish()
    except ServerError as error:
        return "cannot be saved" in str(error) and "No space left" in str(error)
    return False


def _make_room(folder: Path) -> None:
    (folder / "filler").unlink()


def _shows(endpoint: Endpoint, edition: int) -> bool:
    """Return whether every process shows the edition."""
    return all(f'"edition": {edition}'.encode() in ask(endpoint, "/readyz").body for _ in range(8))
