"""Drills of reproducibility: a verdict must not depend on the clock, the time zone, hash seeds or Python's version.

And a restored backup must give the same pages as the original site.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from ops.drill.databases import execute, new_database, running_postgres
from ops.drill.editor import Editor
from ops.drill.errors import ServerError
from ops.drill.load import Reader, canonical
from ops.drill.result import Demand, Result, holds
from ops.drill.site import PROJECT, Site, postgres_site, sqlite_site
from tests.calculator.states import STATES
from tests.golden.files import answers_file, read_answers

MANY = 50
OTHER_MINOR = 13 if sys.version_info.minor == 12 else 12
DAY_AHEAD = "a day ahead, Lord Howe, any hash seed"
VARIANTS: Mapping[str, Mapping[str, str]] = {
    "Kiritimati, hash seed 0": {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "0"},
    "St John's, hash seed 1": {"TZ": "America/St_Johns", "PYTHONHASHSEED": "1"},
    DAY_AHEAD: {"TZ": "Australia/Lord_Howe", "PYTHONHASHSEED": "random"},
}


def golden_pages_alike() -> Result:
    """Fifty verdicts are the same byte for byte with other clocks, time zones, hash seeds and Python versions."""
    demands: list[Demand] = []
    with sqlite_site() as site:
        expected = _pages(site)
        demands.append(holds(f"there are {MANY} pages", len(expected) == MANY))
        for name, changed in VARIANTS.items():
            more = {"LD_PRELOAD": str(_preloaded_clock(site.folder))} if name == DAY_AHEAD else {}
            other = replace(site, changed={**site.changed, **changed, **more})
            demands.append(_alike(name, expected, _pages(other, list(expected))))
        other = replace(site, python=str(_other_python()))
        demands.append(_alike(f"Python 3.{OTHER_MINOR}", expected, _pages(other, list(expected))))
    return Result(demands=demands)


def sqlite_restored() -> Result:
    """A backup of SQLite is made while an editor saves."""
    with sqlite_site() as site, sqlite_site() as other:
        copy = other.folder / "site.sqlite3"
        copy.unlink()
        with _keep_saving(site) as saves, closing(sqlite3.connect(site.folder / "site.sqlite3")) as connection:
            connection.execute("VACUUM INTO ?", [str(copy)])
        expected = _pages(site)
        with closing(sqlite3.connect(copy)) as connection:
            checked = connection.execute("PRAGMA integrity_check").fetchall()
        return Result(
            demands=[
                holds("an editor saved meanwhile", len(saves) > 1),
                holds("integrity_check says ok", checked == [("ok",)]),
                _alike("the restored site", expected, _pages(other, list(expected))),
            ]
        )


def postgres_restored() -> Result:
    """A backup of PostgreSQL is made while an editor saves, with pg_dump and pg_restore."""
    programs = running_postgres().programs
    if not (programs / "pg_dump").exists():
        raise ServerError(f"{programs} has no pg_dump")
    with postgres_site(new_database()) as site, postgres_site(new_database()) as other:
        dump = site.folder / "dump"
        with _keep_saving(site) as saves:
            _run(programs / "pg_dump", "--format=custom", f"--file={dump}", site.database)
        expected = _pages(site)
        name = other.database.rpartition("/")[2]
        execute(other.database, "DROP DATABASE {name}", name)
        execute(other.database, "CREATE DATABASE {name}", name)
        _run(programs / "pg_restore", "--exit-on-error", f"--dbname={other.database}", str(dump))
        return Result(
            demands=[
                holds("an editor saved meanwhile", len(saves) > 1),
                _alike("the restored site", expected, _pages(other, list(expected))),
            ]
        )


@contextmanager
def _keep_saving(site: Site) -> Iterator[list[str]]:
    """Let an editor save repeatedly while the context lasts, at least twice."""
    saved: list[str] = []
    stopped, begun = threading.Event(), threading.Event()

    def write(editor: Editor) -> None:
        while not stopped.is_set() or len(saved) < 2:
            editor.save_note(f"note {len(saved)}")
            saved.append(editor.note())
            begun.set()

    with site.served() as server:
        thread = threading.Thread(target=write, args=[Editor.signed_in(site, server.endpoint)], daemon=True)
        thread.start()
        try:
            begun.wait(30)
            yield saved
        finally:
            stopped.set()
            thread.join(60)


def _pages(site: Site, addresses: list[str] | None = None) -> dict[str, str]:
    """Start the site, and return the checksum of each golden page."""
    with site.served(workers=1) as server:
        reader = Reader(server.endpoint)
        found: dict[str, str] = {}
        for address in addresses or [canonical(server.endpoint, address) for address in _golden_addresses()]:
            answer = reader.get(address, {"Host": "localhost"})  # pages contain their host and port
            if answer.status != 200:
                raise ServerError(f"{answer.status} at {address}")
            found[address] = hashlib.sha256(answer.body).hexdigest()
        reader.close()
        return found


def _golden_addresses() -> list[str]:
    """Return the golden profiles, the states of a page, and some golden profiles with more years."""
    queries = [*STATES.values(), *(_query(answer["profile"]) for answer in read_answers(answers_file(1, 2))["answers"])]
    more = [f"{query}&years={years}" for years, query in product((2, 3, 7), queries) if "years=" not in query]
    return [f"/verdict/?{query}" for query in dict.fromkeys([*queries, *more])][:MANY]


def _query(profile: Mapping[str, object]) -> str:
    plain = {**profile}
    if isinstance(study := plain.get("study"), dict):
        plain["study"] = [f"{slug}:{hours:g}" for slug, hours in study.items()]
    written = {name: f"{value:g}" if isinstance(value, float) else value for name, value in plain.items()}
    return urlencode(written, doseq=True).replace("%3A", ":")


def _alike(who: str, expected: Mapping[str, str], found: Mapping[str, str]) -> Demand:
    others = [address for address in expected if found.get(address) != expected[address]]
    return Demand(
        asked=f"{who}: all pages byte for byte",
        found=f"{len(expected) - len(others)} of {len(expected)}" + (f", not {others[0]}" if others else ""),
        holds=not others,
    )


def _preloaded_clock(folder: Path) -> Path:
    library = folder / "clock.so"
    _run("cc", "-shared", "-fPIC", "-o", library, Path(__file__).with_name("clock.c"), "-ldl")
    return library


def _other_python() -> Path:
    """Return the Python of an environment in .tools with another minor version. Raises ServerError."""
    folder = PROJECT / ".tools" / f"drill-python3.{OTHER_MINOR}"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run(_installed_python(), "-m", "venv", folder)
        quietly = ("-qq", "--disable-pip-version-check", "--no-input")
        _run(python, "-m", "pip", "install", *quietly, "--require-hashes", "-r", PROJECT / "requirements.txt")
        (folder / "complete").touch()
    return python


def _installed_python() -> str:
    """Find one version of Python in the same places as scripts/find-python. Raises ServerError."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for name in (f"python3.{OTHER_MINOR}", *map(str, versions.glob(f"3.{OTHER_MINOR}.*/bin/python"))):
        if shutil.which(name) and subprocess.run([name, "-c", "import venv"], capture_output=True).returncode == 0:
            return name
    raise ServerError(f"not run: no Python 3.{OTHER_MINOR} is installed")


def _run(*command: str | Path) -> None:
    finished = subprocess.run(command, capture_output=True, text=True)
    if finished.returncode:
        raise ServerError(f"{Path(command[0]).name} failed: {finished.stderr.strip()[-400:]}")
