"""Drills of the server's processes: a killed worker, and reloads under load."""

from __future__ import annotations

import os
import signal
import time

from ops.drill.load import readers
from ops.drill.result import Result, at_most, holds, no_failures
from ops.drill.site import START_PATIENCE, WORKERS, Server, sqlite_site, wait_until

#: Requests that the killed process had accepted.
MAX_LOST = 8
MAX_SECONDS_AWAY = 10.0


def worker_killed(*, is_behind_nginx: bool = False) -> Result:
    """One of two workers is killed; the other continues, and a new one starts soon."""
    with sqlite_site(is_behind_nginx=is_behind_nginx) as site, site.served() as server:
        wait_until(lambda: len(server.answering_all()) == WORKERS, seconds=START_PATIENCE, what="both workers answer")
        known = server.answering_all()
        with readers(server.endpoint) as count:
            time.sleep(3)
            away = _kill_and_time(server, server.workers[0], known)
            time.sleep(2)
        return Result(
            demands=[
                no_failures(count, MAX_LOST),
                at_most("a new worker answers", MAX_SECONDS_AWAY, away, "s"),
                holds("both workers answer at the end", len(server.answering_all()) == WORKERS),
            ],
            count=count,
        )


def reload_workers(*, is_behind_nginx: bool = False) -> Result:
    """Two reloads under load each replace all workers."""
    with sqlite_site(is_behind_nginx=is_behind_nginx) as site, site.served() as server:
        with readers(server.endpoint) as count:
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
            demands=[
                no_failures(count),
                holds("both workers answer at the end", len(server.answering_all()) == WORKERS),
            ],
            count=count,
        )


def _kill_and_time(server: Server, worker: int, known: set[str]) -> float:
    """Kill a worker, and return the seconds until a new process answers."""
    os.kill(worker, signal.SIGKILL)

    def is_replaced() -> bool:
        return server.process.poll() is not None or server.answering() not in {*known, ""}

    return wait_until(is_replaced, seconds=START_PATIENCE, what="a new worker answers", pause=0.01)
