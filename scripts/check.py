"""Runs the project's checks and ends with a summary: `python -m scripts.check [lint] [sqlite] [postgres] [browser]`.

Without names all four run, the last two beside the others. A part that could not run counts as failed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from tests import postgres

PROGRAMS = Path(sys.executable).parent
PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest"]
COVERAGE = [PYTHON, "-m", "coverage"]
INSTALL = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
TITLES = {"lint": "lint", "sqlite": "SQLite", "browser": "browser", "postgres": "PostgreSQL"}
#: The tests of the engine and of what reads a query, in which each branch must be reached (pyproject.toml says which).
MEASURED = ("tests/engine", "tests/golden", "tests/calculator/test_address.py", "tests/calculator/test_forms.py")
#: Of the site's own modules these ask the database.
ASK_THE_DATABASE = ("test_security.py", "test_sign_in.py", "test_wsgi.py")
#: These, and the walk over all pages, ask no database: they are tested once.
NO_DATABASE = (
    *MEASURED,
    "tests/fuzz/test_parsing.py",
    *(str(path) for path in sorted(Path("tests/earnverdict").glob("test_*.py")) if path.name not in ASK_THE_DATABASE),
)
#: What runs at the same time as the parts before it, and is shown when it is done.
BESIDE = ("browser", "postgres")


class CannotRunError(Exception):
    """What a part needs is not there and could not be installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where one part works: its environment, and the file that takes its output (None: shown as it comes)."""

    environment: dict[str, str]
    output: IO[str] | None

    def run(self, *command: str | Path) -> int:
        """Run a command and give its exit code."""
        return subprocess.run(command, env=self.environment, stdout=self.output, stderr=self.output).returncode


def main(names: list[str]) -> int:
    """Run the named parts, or all, and give the exit code."""
    if unknown := set(names) - set(TITLES):
        sys.exit(f"no such part: {', '.join(sorted(unknown))} (there are {', '.join(TITLES)})")
    parts = [part for part in TITLES if part in names or not names]
    results: dict[str, str] = {}

    with (
        tempfile.TemporaryDirectory(prefix="earnverdict-check-") as name,
        ThreadPoolExecutor(len(BESIDE)) as beside,
    ):
        folder = Path(name)
        waiting = {
            part: beside.submit(_result, part, folder, folder / f"{part}.log")
            for part in parts
            if part in BESIDE and len(parts) > 1
        }
        for part in parts:
            print(f"\n── {TITLES[part]} {'─' * (100 - len(TITLES[part]))}", flush=True)
            if part in waiting:
                results[part] = waiting[part].result()
                print((folder / f"{part}.log").read_text(), end="", flush=True)
            else:
                results[part] = _result(part, folder, None)

    print(f"\n── Summary {'─' * 93}")
    for part, result in results.items():
        print(f"{TITLES[part]:<11} {result}")
    return 0 if all(result.startswith("passed") for result in results.values()) else 1


def _result(part: str, folder: Path, log: Path | None) -> str:
    """Run one part, its output into `log` or shown as it comes."""
    with log.open("w") if log else nullcontext() as output:
        return _outcome(part, folder, output)


def _outcome(part: str, folder: Path, output: IO[str] | None) -> str:
    environment = {
        **os.environ,
        "EARNVERDICT_DEBUG": "1",
        "EARNVERDICT_STATE_FOLDER": str(folder / part),
        "DATABASE_URL": f"sqlite:///{folder / part}.sqlite3",
        "COVERAGE_FILE": str(folder / f"{part}.coverage"),
        **({"FORCE_COLOR": "1"} if sys.stdout.isatty() else {}),
    }
    begin = time.monotonic()
    try:
        code = RUN[part](Desk(environment=environment, output=output))
    except CannotRunError as reason:
        return f"COULD NOT RUN: {reason}"
    outcome = {0: "passed", pytest.ExitCode.NO_TESTS_COLLECTED: "FAILED, no tests"}.get(code, "FAILED")
    return f"{outcome} ({time.monotonic() - begin:.0f} s)"


def _lint(desk: Desk) -> int:
    templates = sorted(Path("templates/editors").rglob("*.html"))
    commands: dict[str, list[str | Path]] = {
        "ruff check": [PYTHON, "-m", "ruff", "check", "--quiet"],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "--output-format=concise"],
        "mypy": [PYTHON, "-m", "mypy", "--no-error-summary"],
        "import-linter": [PROGRAMS / "lint-imports", "--no-logo"],
        "djade": [PROGRAMS / "djade", "--check", *templates],
        "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    }
    failed = False
    for name, command in commands.items():
        finished = subprocess.run(command, env=desk.environment, capture_output=True, text=True)
        print(f"{name:<14} {'FAILED' if finished.returncode else 'ok'}", flush=True)
        if finished.returncode:
            failed = True
            print(finished.stdout + finished.stderr, flush=True)
    return 1 if failed else 0


def _sqlite(desk: Desk) -> int:
    codes = [
        desk.run(*COVERAGE, "run", "-m", "pytest", *MEASURED),
        desk.run(*COVERAGE, "report"),
        desk.run(*PYTEST, *_without(MEASURED)),
    ]
    return next((code for code in codes if code), 0)


def _postgres(desk: Desk) -> int:
    try:
        postgres.find_programs()
    except postgres.PostgresError as reason:
        if desk.run(*INSTALL, "-r", "requirements-postgres.txt"):
            raise CannotRunError(f"{reason}, and the latter could not be installed") from None
    # A cache folder of its own, since other parts run at the same time.
    command = [*PYTEST, "-o", "cache_dir=.pytest_cache/postgres", *_without(NO_DATABASE)]
    code = desk.run(PYTHON, "-m", "tests.postgres", *command)
    if code == postgres.EXIT_CANNOT_RUN:
        raise CannotRunError("the server did not start; the reason stands above")
    return code


def _without(tests: Iterable[str]) -> list[str]:
    return [f"--ignore={path}" for path in tests]


def _browser(desk: Desk) -> int:
    installed = subprocess.run(["scripts/install-chromium"], stderr=subprocess.PIPE, text=True)
    if installed.returncode:
        raise CannotRunError(installed.stderr.strip())
    return desk.run(*PYTEST, "-m", "browser", "-o", "cache_dir=.pytest_cache/browser", "tests/browser")


RUN: dict[str, Callable[[Desk], int]] = {"lint": _lint, "sqlite": _sqlite, "postgres": _postgres, "browser": _browser}

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
