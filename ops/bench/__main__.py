"""Measures the site against a bare Django hello of the same run: `make bench`. It never fails.

`--only pages|server|memory|imports` measures one section. The last two are off by default; `--memory` adds memory.
`--markdown` prints Markdown tables.
"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ops.bench.site import temporary_site
from ops.bench.tables import Table

#: Search texts for places: a single letter has the most matches to rank, misspelt ones the most corrections to try.
PLACES = {"one letter": "s", "a name": "austin", "misspelt": "san frnc", "several words": "london ontaro"}
SECTIONS = ("pages", "server", "memory", "imports")
#: Sections that take minutes.
OPTIONAL_SECTIONS = ("memory", "imports")


def main() -> None:
    asked = _parse_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # so that the started servers stop too
    print(_about(), flush=True)
    with temporary_site(is_production=True):
        for table in _tables(asked):
            print("\n" + (table.as_markdown() if asked.markdown else table.as_text()), flush=True)


def _parse_arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m ops.bench", description="Measure against a bare Django hello.")
    parser.add_argument("--only", choices=SECTIONS, help="measure one section")
    parser.add_argument("--memory", action="store_true", help="measure memory too, which takes minutes")
    parser.add_argument("--markdown", action="store_true", help="print tables for docs/benchmarks.md")
    return parser.parse_args()


def _tables(asked: Namespace) -> Iterator[Table]:
    from ops.bench import imports, in_process, memory, over_server

    sections = [asked.only] if asked.only else [section for section in SECTIONS if section not in OPTIONAL_SECTIONS]
    if asked.memory:
        sections.append("memory")
    application = in_process.quiet_application()
    if "pages" in sections:
        yield from in_process.tables(application, PLACES)
    if "server" in sections:
        yield from over_server.tables()
    if "memory" in sections:
        yield from memory.tables()
    if "imports" in sections:
        yield from imports.tables()


def _about() -> str:
    """Describe the time and the machine."""
    from importlib.metadata import version

    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    cores = len(os.sched_getaffinity(0))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {cores} cores of {cpu}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, Django {version('django')}, granian {version('granian')}, "
        f"revision {_revision()}"
    )


def _revision() -> str:
    return subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    ).stdout.strip()


if __name__ == "__main__":
    main()
