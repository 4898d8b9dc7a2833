"""Breaks a running site in realistic ways and checks whether readers notice: `python -m ops.drill [names…]`.

A name selects all drills that begin with it: `nginx` those with nginx in front, as in production. Each drill starts the
production server on its own site in a temporary folder. A drill that could not run counts as failed. ops/drill/load.py
defines failed requests.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial

from ops.drill import crowds, databases, disks, migrations, outages, proxy, sameness, workers
from ops.drill.errors import ServerError
from ops.drill.result import Demand, Result

DRILLS: dict[str, Callable[[], Result]] = {
    "worker-killed": workers.worker_killed,
    "reloaded": workers.reload_workers,
    "postgres-stopped": outages.postgres_stopped,
    "slow-headers": crowds.slow_headers,
    "slow-bodies": crowds.slow_bodies_to_pages,
    "slow-sign-ins": crowds.slow_bodies_to_sign_in,
    "database-down-at-start": outages.started_without_database,
    "edition-file-damaged": outages.started_with_damaged_files,
    "sqlite-locked": outages.sqlite_locked,
    "sqlite-locked-crowd": outages.editors_crowd_locked_sqlite,
    "postgres-hung-crowd": outages.editors_crowd_hanging_postgres,
    "disk-full": disks.disk_full,
    "golden-pages-alike": sameness.golden_pages_alike,
    "sqlite-restored": sameness.sqlite_restored,
    "postgres-restored": sameness.postgres_restored,
    "sqlite-migrated": migrations.sqlite_migrated,
    "postgres-migrated": migrations.postgres_migrated,
    "nginx-requests": proxy.nginx_requests,
    "nginx-limits": proxy.nginx_limits,
    "nginx-cache": proxy.nginx_cache,
    "nginx-site-stopped": proxy.site_stopped,
    "nginx-worker-killed": partial(workers.worker_killed, is_behind_nginx=True),
    "nginx-reloaded": partial(workers.reload_workers, is_behind_nginx=True),
    "nginx-postgres-stopped": partial(outages.postgres_stopped, is_behind_nginx=True),
    "nginx-sqlite-locked": partial(outages.sqlite_locked, is_behind_nginx=True),
    "nginx-slow-headers": partial(crowds.slow_headers, is_behind_nginx=True),
    "nginx-slow-bodies": partial(crowds.slow_bodies_to_pages, is_behind_nginx=True),
    "nginx-slow-sign-ins": partial(crowds.slow_bodies_to_sign_in, is_behind_nginx=True),
}


def main(names: list[str]) -> int:
    """Run the named drills, or all, and return the exit code."""
    if unknown := [name for name in names if not any(drill.startswith(name) for drill in DRILLS)]:
        sys.exit(f"no such drill: {', '.join(unknown)} (there are {', '.join(DRILLS)})")
    chosen = [drill for drill in DRILLS if not names or drill.startswith(tuple(names))]
    began = time.monotonic()
    try:
        failed = [name for name in chosen if not _run(name)]
    finally:
        databases.stop()
    ran = len(chosen)
    took = f"{time.monotonic() - began:.0f} s on {os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}"
    print(f"\n{ran - len(failed)} of {ran} drills passed ({took})")
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


def _run(name: str) -> bool:
    began = time.monotonic()
    try:
        result = DRILLS[name]()
    except Exception as error:  # noqa: BLE001 - any error fails this drill only
        if not isinstance(error, ServerError):
            traceback.print_exc()
        stumbled = Demand(asked="the drill can run", found=f"{type(error).__name__}: {error}", holds=False)
        result = Result(demands=[stumbled])
    seconds = time.monotonic() - began
    count = result.count
    met = f"{count.requests} requests, {count.failed} failed" if count else "no readers"
    print(f"{name:<24} {'passed' if result.passed else 'FAILED'}  {seconds:5.1f} s  {met}", flush=True)
    if count:
        print(f"    longest gap {count.gap:.2f} s, slowest answer {count.slowest:.2f} s, sent again {count.sent_again}")
    for demand in result.demands:
        print(f"    {'✓' if demand.holds else '✗'} {demand.asked}: {demand.found}", flush=True)
    return result.passed


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
