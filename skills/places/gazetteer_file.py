"""The gazetteer's file: a read-only SQLite database, made in the state folder when it is missing or damaged.

It is made from skills/data/gazetteer.tsv.xz; docs/data.md says how that table is made. The file's name has a checksum
of the table, of the code that writes it and of the code that folds names. One process at a time makes it, in a file of
another name that is renamed once it is on disk.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import lzma
import os
import sqlite3
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from earnverdict.durable_files import move_durably
from skills.places import names as place_names
from skills.places.names import fold

logger = logging.getLogger(__name__)

TABLE = Path(__file__).parents[1] / "data" / "gazetteer.tsv.xz"
#: The modules that decide what is in the file: this one and that of `fold`.
CODE = (Path(__file__), Path(place_names.__file__))
#: Marks another name that is as much a place's own as the first: that of a country in its own language.
OWN = "*"
COLUMNS = (
    "id",
    "kind",
    "name",
    "country",
    "code",
    "region",
    "county",
    "population",
    "location",
    "country_name",
    "region_name",
    "has_namesake",
)
_TABLES = ("places", "names", "backwards", "codes", "postal_codes")
_SCHEMA = """
CREATE TABLE places (
    id INTEGER PRIMARY KEY, kind TEXT, name TEXT, country TEXT, code TEXT, region TEXT, county TEXT, population INTEGER,
    location TEXT, country_name TEXT, region_name TEXT, has_namesake INTEGER
);
CREATE TABLE names (name TEXT, place INTEGER, is_own INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE backwards (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE codes (code TEXT, place INTEGER, PRIMARY KEY (code, place)) WITHOUT ROWID;
CREATE TABLE postal_codes (first TEXT PRIMARY KEY, last TEXT, region TEXT, location TEXT) WITHOUT ROWID;
"""


def prepare_gazetteer(folder: Path) -> Path:
    """Make the file if it is missing or damaged, remove older and unfinished ones, and return its path.

    Raises OSError, a full disk included.
    """
    path = folder / f"gazetteer-{_compute_checksum()[:16]}.sqlite3"
    if is_sound(path):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with _lock_folder(folder):
        if is_sound(path):  # another process has made it meanwhile
            return path
        if path.exists():
            logger.error("%s is damaged and is made again.", path)
        _remove(folder.glob("gazetteer-new-*"))  # of processes that were killed: this one has the lock
        _make(path)
        _remove(old for old in folder.glob("gazetteer-*.sqlite3") if old != path)
    return path


def connect(path: Path) -> sqlite3.Connection:
    """Open a file to read it, from any thread."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def is_sound(path: Path) -> bool:
    """Return whether the file exists, is a whole database and has all rows that were written."""
    if not path.exists():
        return False
    try:
        with closing(connect(path)) as connection:
            problems = [problem for (problem,) in connection.execute("PRAGMA quick_check(1)")]
            written = connection.execute("PRAGMA user_version").fetchone()[0]
            return problems == ["ok"] and 0 < written == _count_rows(connection)
    except sqlite3.Error:
        return False


def _count_rows(connection: sqlite3.Connection) -> int:
    counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in _TABLES)  # noqa: S608 - tables of our own
    return int(connection.execute(f"SELECT {counts}").fetchone()[0])


@contextmanager
def _lock_folder(folder: Path) -> Iterator[None]:
    """Wait until no other process makes a file in the folder. The lock ends with the process."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _make(path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix="gazetteer-new-", dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        _write_file(new)
        move_durably(new, path)
    except sqlite3.Error as error:
        raise OSError(f"{path} cannot be written ({error}).") from error
    finally:
        new.unlink(missing_ok=True)


def _remove(paths: Iterator[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _compute_checksum() -> str:
    """Return the checksum of all that decides what is in the file; `fold` asks Python about Unicode's letters."""
    checksum = hashlib.sha256(unicodedata.unidata_version.encode())
    for source in (TABLE, *CODE):
        checksum.update(source.read_bytes())
    return checksum.hexdigest()


def _write_file(path: Path) -> None:
    rows, postal_codes = _read_table()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        names: dict[tuple[str, int], bool] = {}
        codes: set[tuple[str, int]] = set()
        for number, row in enumerate(rows, 1):
            for name in row["other_names"]:
                names[name.removeprefix(OWN), number] = name.startswith(OWN)
            names[fold(row["name"]), number] = True
            if row["kind"] != "town":
                codes |= {(code, number) for code in (row["code"], row["kind"] == "country" and row["country"]) if code}
        names.pop(("", 0), None)
        _name_surroundings(rows)
        places = ((number, *(row[column] for column in COLUMNS[1:])) for number, row in enumerate(rows, 1))
        connection.executemany(f"INSERT INTO places VALUES ({', '.join('?' * len(COLUMNS))})", places)  # noqa: S608 - question marks alone
        connection.executemany(
            "INSERT INTO names VALUES (?, ?, ?)", sorted((name, number, own) for (name, number), own in names.items())
        )
        backwards = sorted({name[::-1] for name, _ in names})
        connection.executemany("INSERT INTO backwards VALUES (?)", ([name] for name in backwards))
        connection.executemany("INSERT INTO codes VALUES (?, ?)", sorted(codes))
        connection.executemany("INSERT INTO postal_codes VALUES (?, ?, ?, ?)", postal_codes)
        connection.execute(f"PRAGMA user_version = {_count_rows(connection)}")
        connection.execute("COMMIT")


def _read_table() -> tuple[list[dict[str, Any]], list[tuple[str, str, str, str]]]:
    """Read the table's places, the largest first, and its postal codes. A region has the people of its towns."""
    rows: list[dict[str, Any]] = []
    postal_codes: list[tuple[str, str, str, str]] = []
    people: dict[tuple[str, str], int] = defaultdict(int)
    with lzma.open(TABLE, "rt", encoding="utf-8") as lines:
        for line in lines:
            kind, name, country, code, region, county, population, location, others = line.rstrip("\n").split("\t")
            if kind == "postal":
                postal_codes.append((name, code, region, location))
                continue
            people_there = int(population or 0)
            row: dict[str, Any] = {
                "kind": kind,
                "name": name,
                "country": country,
                "code": code,
                "region": region,
                "county": county,
            }
            other_names = others.split("|") if others else []
            rows.append({**row, "population": people_there, "location": location, "other_names": other_names})
            if kind == "town":
                people[country, region] += people_there
                people[country, ""] += people_there if region else 0
    for row in rows:
        if row["kind"] != "town":
            row["population"] = people[row["country"], row["code"] if row["kind"] == "region" else ""]
    rows.sort(key=lambda row: (-row["population"], row["kind"], row["country"], row["region"], row["name"]))
    return rows, postal_codes


def _name_surroundings(rows: Sequence[dict[str, Any]]) -> None:
    """Add the names of the country and region, and whether another town there has the same name."""
    countries = {row["country"]: row["name"] for row in rows if row["kind"] == "country"}
    regions = {(row["country"], row["code"]): row["name"] for row in rows if row["kind"] == "region"}
    towns = Counter((row["country"], row["region"], fold(row["name"])) for row in rows if row["kind"] == "town")
    for row in rows:
        row["country_name"] = countries.get(row["country"], "")
        row["region_name"] = regions.get((row["country"], row["region"]), "")
        row["has_namesake"] = towns[row["country"], row["region"], fold(row["name"])] > 1
