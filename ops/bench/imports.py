"""Section 4: the duration of a large import, and how long other editors wait for SQLite's lock meanwhile."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ops.bench.tables import Table

ROWS = 20_000

# In its own process, because the measured one holds Python's lock. It ends with its input.
_PROBE = """
import select, sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], autocommit=True, timeout=600)
longest = 0.0
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.05)[0]:
    begin = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")
    longest = max(longest, time.perf_counter() - begin)
print(longest, flush=True)
"""


def tables(rows: int = ROWS) -> Iterator[Table]:
    """Measure a dry run and an import of new places, then of a change in each of them, then without changes."""
    found = []
    for what, step in (("new", 0), ("changed", 1), ("unchanged", 1)):
        for name, took, cpu, waited in _measure(places(rows, step)):
            seconds = [f"{took:,.1f} s", f"{cpu:,.1f} s", f"{waited:,.2f} s"]
            found.append([f"{name}, all rows {what}", *seconds])
    yield Table(
        title=f"An import of {rows:,} rows of locations.csv",
        heads=("", "time", "CPU time", "longest wait of another editor"),
        rows=found,
    )


def places(rows: int, step: int) -> str:
    """Write a file with this many metros; their pay grows with `step`."""
    from skills.catalogue.resources import LocationResource

    text = io.StringIO()
    writer = csv.DictWriter(text, LocationResource().get_export_headers(), restval="", lineterminator="\n")
    writer.writeheader()
    for number in range(rows):
        pay = {f"p{share}": 40_000 + 1_000 * share + number % 997 + step for share in (10, 25, 50, 75, 90)}
        writer.writerow(
            {"slug": f"us-made-{number}", "name": f"Made {number}", "kind": "metro", "parent": "us", "country": "US"}
            | {"currency": "USD", "source": "so-2025-pay", "year": 2025, "is_published": "True"}
            | pay
        )
    return text.getvalue()


def _measure(text: str) -> Iterator[tuple[str, float, float, float]]:
    """Check and import the file; yield the duration of each and the longest wait of another writer."""
    from django.contrib.auth.models import User

    from skills.imports.job import job_folder
    from skills.imports.run import Work, dry_run_file, import_file

    user, _ = User.objects.get_or_create(username="bench")
    folder = job_folder()
    work = Work(folder, folder.add(file="locations.csv", upload_name="made", content=text.encode(), user=user.pk))
    for name, do in (("dry run", dry_run_file), ("import", import_file)):
        with _longest_wait() as longest:
            begin, cpu_begin = time.perf_counter(), time.process_time()
            do(work)
            took, cpu = time.perf_counter() - begin, time.process_time() - cpu_begin
        yield name, took, cpu, longest()


@contextmanager
def _longest_wait() -> Iterator[Callable[[], float]]:
    """Request the write lock repeatedly, and return the longest wait."""
    from django.db import connection

    with subprocess.Popen(
        [sys.executable, "-c", _PROBE, str(connection.settings_dict["NAME"])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as probe:
        assert probe.stdin is not None
        assert probe.stdout is not None
        probe.stdout.readline()
        seconds: list[float] = []
        yield lambda: seconds[0]
        probe.stdin.write("\n")
        probe.stdin.flush()
        seconds.append(float(probe.stdout.readline()))
