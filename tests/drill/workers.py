"""Drills of the server's processes: a worker killed, the server reloaded under load."""

from __future__ import annotations

import os
import signal
import time

from tests.drill.load import readers
from tests.drill.result import Result, at_most, holds, no_failures
from tests.drill.site import START_PATIENCE, Server, sqlite_site, wait_until

#: Every failure here is a request that the killed process had taken on.
MOST_LOST = 8
MOST_SECONDS_AWAY = 1.0


def worker_killed() -> Result:
    """One of two workers is killed; the other one goes on, and a new one answers soon."""
    with sqlite_site() as site, site.served() as server:
        known = server.answering_all()
        with readers(server.port) as count:
            time.sleep(3)
            away = _kill_and_time(server, server.workers[0], known)
            time.sleep(2)
        return Result(
            demands=[
                no_failures(count, MOST_LOST),
                at_most("a new worker answers", MOST_SECONDS_AWAY, away, "s"),
                holds("both workers answer at the end", len(server.answering_all()) == 2),
            ],
            count=count,
        )


def reloaded() -> Result:
    """Two reloads under load: each replaces all workers."""
    with sqlite_site() as site, site.served() as server:
        with readers(server.port) as count:
            time.sleep(1)
            for _ in range(2):
                before = set(server.workers)
                server.reload()
                wait_until(
                    lambda old=before: not old & set(server.workers),  # type: ignore[misc]
                    seconds=START_PATIENCE,
                    what="all workers are new ones",
                )
                time.sleep(1)
        return Result(
            demands=[no_failures(count), holds("both workers answer at the end", len(server.answering_all()) == 2)],
            count=count,
        )


def _kill_and_time(server: Server, worker: int, known: set[str]) -> float:
    """Seconds until a process answers that was not known before."""
    os.kill(worker, signal.SIGKILL)

    def is_replaced() -> bool:
        return server.process.poll() is not None or server.answering() not in {*known, ""}

    return wait_until(is_replaced, seconds=START_PATIENCE, what="a new worker answers", pause=0.01)
