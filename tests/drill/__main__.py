"""Does to a running site what happens to sites, and looks whether readers notice: `python -m tests.drill [names…]`.

Each drill starts the production server on a site of its own in a temporary folder. One that could not run counts as
failed. What counts as a failed request stands in tests/drill/load.py.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable

from tests.drill import crowds, databases, disks, migrations, outages, sameness, workers
from tests.drill.result import Demand, Result
from tests.drill.site import ServerError

DRILLS: dict[str, Callable[[], Result]] = {
    "worker-killed": workers.worker_killed,
    "reloaded": workers.reloaded,
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
}


def main(names: list[str]) -> int:
    """Run the named drills, or all, and give the exit code."""
    if unknown := set(names) - set(DRILLS):
        sys.exit(f"no such drill: {', '.join(sorted(unknown))} (there are {', '.join(DRILLS)})")
    began = time.monotonic()
    try:
        failed = [name for name in DRILLS if (name in names or not names) and not _run(name)]
    finally:
        databases.stop()
    ran = len(names or DRILLS)
    took = f"{time.monotonic() - began:.0f} s on {os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}"
    print(f"\n{ran - len(failed)} of {ran} drills passed ({took})")
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


def _run(name: str) -> bool:
    began = time.monotonic()
    try:
        result = DRILLS[name]()
    except Exception as error:  # noqa: BLE001 - whatever a drill stumbles over, the others are run
        if not isinstance(error, ServerError):
            traceback.print_exc()
        stumbled = Demand(asked="the drill can run", found=f"{type(error).__name__}: {error}", holds=False)
        result = Result(demands=[stumbled])
    seconds = time.monotonic() - began
    count = result.count
    met = f"{count.requests} requests, {count.failed} failed" if count else "no readers"
    print(f"{name:<22} {'passed' if result.passed else 'FAILED'}  {seconds:5.1f} s  {met}", flush=True)
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
