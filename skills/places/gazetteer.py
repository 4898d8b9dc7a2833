"""The gazetteer: towns, regions and countries of the world by name, in a read-only SQLite file.

The file is made from skills/data/gazetteer.tsv.xz, in the state folder, when it is missing; its name has a checksum of
the table, of the code that writes it and of the code that folds names. Several processes may make it at once: each
writes a file of its own and renames it. docs/data.md says how the table is made.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import sqlite3
import tempfile
import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from skills.places import names as place_names
from skills.places.names import fold

TABLE = Path(__file__).parents[1] / "data" / "gazetteer.tsv.xz"
#: The modules that decide what is in the file: this one and that of `fold`.
CODE = (Path(__file__), Path(place_names.__file__))
#: With fewer letters, one error matches too much.
MIN_LETTERS_TO_MISSPELL = 4
MAX_LETTERS_TO_MISSPELL = 40
#: Names that begin like this are too many to sort, and the catalogue has the largest.
MIN_LETTERS_TO_BEGIN = 3
_MAX_NAMES = 60
#: Marks another name that is as much a place's own as the first: that of a country in its own language.
OWN = "*"
_LAST = "\U0010ffff"
_COLUMNS = (
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place of the gazetteer: `kind` is country, region or town.

    `country` and `region` are codes of ISO 3166; `code` is the place's own one. `location` is the slug of the
    catalogue's place that answers, empty if only the region or the country can. `has_namesake` if its region has
    another town of this name. `is_own` if it was found by its own name.
    """

    id: int
    kind: str
    name: str
    country: str
    code: str
    region: str
    county: str
    population: int
    location: str
    country_name: str
    region_name: str
    has_namesake: bool
    is_own: bool = True


class Gazetteer:
    """Searches one file."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._connection.execute("PRAGMA cache_size = -1000")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def find_named(self, names: Sequence[str]) -> dict[str, list[NamedPlace]]:
        """Return the places of each folded name, the largest first."""
        marks = ", ".join("?" * len(names))
        return self._places_by_key(
            f"SELECT names.name, is_own, places.* FROM names JOIN places ON id = place WHERE names.name IN ({marks})"  # noqa: S608 - question marks alone
            " ORDER BY place",
            names,
        )

    def find_coded(self, codes: Sequence[str]) -> dict[str, list[NamedPlace]]:
        """Return the countries and regions of each code of ISO 3166."""
        marks = ", ".join("?" * len(codes))
        return self._places_by_key(
            f"SELECT codes.code, 1, places.* FROM codes JOIN places ON id = place WHERE codes.code IN ({marks})"  # noqa: S608 - as above
            " ORDER BY place",
            codes,
        )

    def find_postal(self, code: str) -> tuple[str, str] | None:
        """Return the state of an American postal code, and the slug of its metro area, which may be empty."""
        statement = "SELECT last, region, location FROM postal_codes WHERE first <= ? ORDER BY first DESC LIMIT 1"
        for last, region, location in self._read(statement, [code]):
            if code <= last:
                return region, location
        return None

    def find_beginning_with(self, text: str) -> list[NamedPlace]:
        """Return the largest places whose names begin with a folded text; one letter of Chinese is enough."""
        if len(text) < MIN_LETTERS_TO_BEGIN and text.isascii():
            return []
        found = self._read(
            "SELECT place, max(is_own) FROM names WHERE name >= ? AND name < ? GROUP BY place ORDER BY place LIMIT ?",
            [text, text + _LAST, _MAX_NAMES],
        )
        owns = dict(found)
        marks = ", ".join("?" * len(owns))
        rows = self._read(f"SELECT * FROM places WHERE id IN ({marks}) ORDER BY id", list(owns))  # noqa: S608 - as above
        return [_named_place(bool(owns[row[0]]), row) for row in rows]

    def find_near(self, text: str) -> list[str]:
        """Return the names that are one error away: a letter too many, too few or wrong, or two neighbours swapped.

        One half of such a name is as typed, so that an index finds the candidates.
        """
        if not MIN_LETTERS_TO_MISSPELL <= len(text) <= MAX_LETTERS_TO_MISSPELL:
            return []
        middle = len(text) // 2
        begin, end = text[:middle], text[middle + 1 :][::-1]
        candidates = [name for (name,) in self._find_between("names", begin)]
        candidates += [name[::-1] for (name,) in self._find_between("backwards", end)]
        near = extract(text, set(candidates), scorer=OSA.distance, score_cutoff=1, limit=None, processor=None)
        return sorted(name for name, distance, _ in near if distance == 1)

    def _find_between(self, table: str, begin: str) -> list[Any]:
        return self._read(
            f"SELECT DISTINCT name FROM {table} WHERE name >= ? AND name < ?",  # noqa: S608 - a table of our own
            [begin, begin + _LAST],
        )

    def _places_by_key(self, statement: str, keys: Sequence[str]) -> dict[str, list[NamedPlace]]:
        found: dict[str, list[NamedPlace]] = defaultdict(list)
        for key, is_own, *row in self._read(statement, keys):
            found[key].append(_named_place(bool(is_own), row))
        return found

    def _read(self, statement: str, parameters: Sequence[Any]) -> list[Any]:
        """Return all rows. One thread at a time: a connection keeps its statements, which two must not use at once."""
        with self._lock:
            return self._connection.execute(statement, parameters).fetchall()


def _named_place(is_own: bool, row: Sequence[Any]) -> NamedPlace:
    return NamedPlace(is_own=is_own, **dict(zip(_COLUMNS, row, strict=True)))


# The file


@cache
def open_gazetteer(folder: Path) -> Gazetteer:
    """Open the gazetteer, once a process. Without a writable folder the file is temporary."""
    try:
        path = prepare_gazetteer(folder)
    except OSError:
        path = prepare_gazetteer(Path(tempfile.mkdtemp(prefix="earnverdict-")))
    return Gazetteer(path)


def prepare_gazetteer(folder: Path) -> Path:
    """Make the file if it is missing, remove older ones, and return its path. Raises OSError."""
    path = folder / f"gazetteer-{_compute_checksum()[:16]}.sqlite3"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="gazetteer-new-", dir=folder)
    os.close(handle)
    new = Path(name)
    try:
        _write_file(new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    for old in folder.glob("gazetteer-*.sqlite3"):
        if old != path:
            with suppress(OSError):
                old.unlink()
    return path


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
        places = ((number, *(row[column] for column in _COLUMNS[1:])) for number, row in enumerate(rows, 1))
        connection.executemany(f"INSERT INTO places VALUES ({', '.join('?' * len(_COLUMNS))})", places)  # noqa: S608 - question marks alone
        connection.executemany(
            "INSERT INTO names VALUES (?, ?, ?)", sorted((name, number, own) for (name, number), own in names.items())
        )
        backwards = sorted({name[::-1] for name, _ in names})
        connection.executemany("INSERT INTO backwards VALUES (?)", ([name] for name in backwards))
        connection.executemany("INSERT INTO codes VALUES (?, ?)", sorted(codes))
        connection.executemany("INSERT INTO postal_codes VALUES (?, ?, ?, ?)", postal_codes)
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
