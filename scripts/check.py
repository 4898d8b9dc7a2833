"""Runs the project's checks and ends with a summary: `python -m scripts.check [PART…]`.

The parts are lint, engine, sqlite, browser and postgres. Without names all five run, at the same time. A part that
could not run counts as failed.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import postgres, real_site

PROGRAMS = Path(sys.executable).parent
PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest", "--tb=short", "-rfE"]
COVERAGE = [PYTHON, "-m", "coverage"]
INSTALL = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
TITLES = {"lint": "lint", "engine": "engine", "sqlite": "SQLite", "browser": "browser", "postgres": "PostgreSQL"}
#: The commands that repeat a test of each part.
REPEAT = {
    "engine": ".venv/bin/python -m pytest",
    "sqlite": ".venv/bin/python -m pytest",
    "browser": ".venv/bin/python -m pytest -m browser",
    "postgres": ".venv/bin/python -m tests.postgres .venv/bin/python -m pytest",
}
#: The tests of the engine and of the query, whose branch coverage is measured (see pyproject.toml).
MEASURED = ("tests/engine", "tests/golden", "tests/calculator/test_query.py", "tests/calculator/test_forms.py")
#: Parts of the same tests run at the same time, so each has a cache of its own.
CACHE = "cache_dir=.pytest_cache/{}"
SECONDS_BETWEEN_REPORTS = 20.0


class CannotRunError(Exception):
    """A requirement of a part is missing and could not be installed."""


@dataclass(slots=True)
class Part:
    """A running part of the checks: its environment, its log, and the CPU time of its processes."""

    name: str
    log: Path
    environment: dict[str, str]
    result: str = ""
    cpu_seconds: float = 0.0

    def run(self, *command: str | Path) -> int:
        """Run a command with its output in the log, and return its exit code."""
        with self.log.open("a") as output:
            return self._wait(subprocess.Popen(command, env=self.environment, stdout=output, stderr=output))

    def write(self, text: str) -> None:
        """Add text to the log."""
        with self.log.open("a") as output:
            output.write(text)

    def _wait(self, process: subprocess.Popen[bytes]) -> int:
        """Wait for a process, and add its CPU time and that of its children."""
        _, status, usage = os.wait4(process.pid, 0)
        self.cpu_seconds += usage.ru_utime + usage.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode

    @property
    def progress(self) -> str:
        """The part's progress: its result, or pytest's last percentage."""
        shares = re.findall(r"\[ *(\d+%)\]", self.log.read_text(errors="replace")) if self.log.exists() else []
        return f"{TITLES[self.name]} {self.result or (shares[-1] if shares else 'begins')}"


def main(names: list[str]) -> int:
    """Run the named parts, or all, and return the exit code."""
    if unknown := set(names) - set(TITLES):
        sys.exit(f"no such part: {', '.join(sorted(unknown))} (there are {', '.join(TITLES)})")
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="earnverdict-check-") as name:
        folder = Path(name)
        parts = [_make_part(part, folder) for part in TITLES if part in names or not names]
        if any(part.name != "lint" for part in parts):
            real_site.make_real_site(folder / "real")
        _run_together(parts)
        for part in parts:
            _report(part)
    cpu_seconds = sum(part.cpu_seconds for part in parts)
    print(f"\n── Summary {'─' * 93}")
    for part in parts:
        print(f"{TITLES[part.name]:<11} {part.result}, {part.cpu_seconds:.0f} s of CPU")
    print(f"{'all':<11} {(time.monotonic() - begin) / 60:.1f} minutes, {cpu_seconds / 60:.1f} minutes of CPU")
    return 0 if all(part.result.startswith("passed") for part in parts) else 1


def _make_part(name: str, folder: Path) -> Part:
    # Where Python is not to keep compiled modules, each process that a test starts would compile them all.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {
        **inherited,
        "COVERAGE_FILE": str(folder / f"{name}.coverage"),
        "DATABASE_URL": f"sqlite:///{folder / name}.sqlite3",
        "EARNVERDICT_DEBUG": "1",
        "EARNVERDICT_STATE_FOLDER": str(folder / name),
        real_site.VARIABLE: str(folder / "real"),
    }
    return Part(name=name, log=folder / f"{name}.log", environment=environment)


def _run_together(parts: Sequence[Part]) -> None:
    """Run the parts at the same time, and print their progress from time to time."""
    threads = [threading.Thread(target=_run, args=(part,), daemon=True) for part in parts]
    for thread in threads:
        thread.start()
    said = time.monotonic()
    done: set[str] = set()
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.2)
        finished = {part.name for part in parts if part.result}
        if finished != done or time.monotonic() - said > SECONDS_BETWEEN_REPORTS:
            said, done = time.monotonic(), finished
            print(" · ".join(part.progress for part in parts), flush=True)


def _run(part: Part) -> None:
    begin = time.monotonic()
    try:
        code = RUN[part.name](part)
    except CannotRunError as reason:
        part.result = f"COULD NOT RUN: {reason}"
        return
    outcome = {0: "passed", pytest.ExitCode.NO_TESTS_COLLECTED: "FAILED, no tests"}.get(code, "FAILED")
    part.result = f"{outcome} ({time.monotonic() - begin:.0f} s)"


def _report(part: Part) -> None:
    """Print the last lines of a part that passed; otherwise its whole log, and how to repeat what failed."""
    print(f"\n── {TITLES[part.name]} {'─' * (100 - len(TITLES[part.name]))}")
    text = part.log.read_text(errors="replace") if part.log.exists() else ""
    if part.result.startswith("passed"):
        print("\n".join(_closing_lines(text)), flush=True)
        return
    print(text, flush=True)
    for test in re.findall(r"^(?:FAILED|ERROR) (tests/\S+(?: [^-]\S*)*)", text, re.MULTILINE):
        print(f"again: {REPEAT[part.name]} '{test}'")


def _closing_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if re.search(r"^(TOTAL .*|SKIPPED .*|=+ .*passed.*|\S.* ok)$", line):
            yield line


def _lint(part: Part) -> int:
    templates = sorted(Path("templates/admin").rglob("*.html"))
    commands: dict[str, list[str | Path]] = {
        "ruff check": [PYTHON, "-m", "ruff", "check", "--quiet"],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "--output-format=concise"],
        "mypy": [PYTHON, "-m", "mypy", "--no-error-summary"],
        "import-linter": [PROGRAMS / "lint-imports", "--no-logo"],
        "djade": [PROGRAMS / "djade", "--check", *templates],
        "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        "locks": [PYTHON, "-m", "scripts.check_locks"],
    }
    codes = {name: part.run(*command) for name, command in commands.items()}
    part.write("".join(f"{name:<14} {'FAILED' if code else 'ok'}\n" for name, code in codes.items()))
    return 1 if any(codes.values()) else 0


def _engine(part: Part) -> int:
    """Run the tests whose coverage is measured. They are a part of their own, so that no core waits for the longest."""
    codes = [
        part.run(*COVERAGE, "run", "-m", "pytest", *PYTEST[3:], "-o", CACHE.format(part.name), *MEASURED),
        part.run(*COVERAGE, "report"),
    ]
    return next((code for code in codes if code), 0)


def _sqlite(part: Part) -> int:
    return part.run(*PYTEST, *_spread(), *(f"--ignore={path}" for path in MEASURED))


def _postgres(part: Part) -> int:
    try:
        postgres.find_programs()
    except postgres.PostgresError as reason:
        if part.run(*INSTALL, "-r", "requirements-postgres.txt"):
            raise CannotRunError(f"{reason}, and the latter could not be installed") from None
    # What is measured has no database.
    command = [*PYTEST, *_spread(), "-o", CACHE.format(part.name), *(f"--ignore={path}" for path in MEASURED)]
    code = part.run(PYTHON, "-m", "tests.postgres", *command)
    if code == postgres.EXIT_CANNOT_RUN:
        raise CannotRunError("the server did not start; the reason is above")
    return code


def _browser(part: Part) -> int:
    installed = subprocess.run(["scripts/install-chromium"], stderr=subprocess.PIPE, text=True)
    if installed.returncode:
        raise CannotRunError(installed.stderr.strip())
    return part.run(*PYTEST, *_spread(), "-m", "browser", "-o", CACHE.format(part.name), "tests/browser")


def _spread() -> list[str]:
    """With enough cores each part uses a third of them; a file's tests stay together."""
    workers = (os.cpu_count() or 1) // 3
    return ["-n", str(workers), "--dist", "loadfile"] if workers > 1 else []


RUN: dict[str, Callable[[Part], int]] = {
    "lint": _lint,
    "engine": _engine,
    "sqlite": _sqlite,
    "browser": _browser,
    "postgres": _postgres,
}

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
