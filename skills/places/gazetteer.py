"""The gazetteer: towns, regions and countries of the world by name, in a read-only SQLite file.

gazetteer_file.py makes the file. Without it, or when it cannot be read, the search knows the catalogue's names alone.
"""

from __future__ import annotations

import logging
import sqlite3
import tempfile
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from skills.places.gazetteer_file import COLUMNS, connect, prepare_gazetteer

logger = logging.getLogger(__name__)

type GazetteerState = Literal["not opened", "open", "missing"]

#: With fewer letters, one error matches too much.
MIN_LETTERS_TO_MISSPELL = 4
MAX_LETTERS_TO_MISSPELL = 40
#: Names that begin like this are too many to sort, and the catalogue has the largest.
MIN_LETTERS_TO_BEGIN = 3
_MAX_NAMES = 60
_LAST = "\U0010ffff"


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
    """Searches one file. Nothing is found once the file cannot be read."""

    def __init__(self, path: Path) -> None:
        self.is_readable = True
        self._lock = threading.Lock()
        self._path, self._connection = path, connect(path)
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
        if not self.is_readable:
            return []
        try:
            with self._lock:
                return self._connection.execute(statement, parameters).fetchall()
        except sqlite3.DatabaseError:
            self.is_readable = False
            logger.exception("%s cannot be read: towns are not found until this process is started again.", self._path)
            return []


def _named_place(is_own: bool, row: Sequence[Any]) -> NamedPlace:
    return NamedPlace(is_own=is_own, **dict(zip(COLUMNS, row, strict=True)))


# The gazetteers of this process


_opening = threading.Lock()
_opened: dict[Path, Gazetteer | None] = {}


def open_gazetteer(folder: Path) -> Gazetteer | None:
    """Open the gazetteer, once a process; None, with a log line, if its file cannot be made anywhere."""
    with _opening:
        if folder not in _opened:
            _opened[folder] = _open(folder)
        return _opened[folder]


def find_gazetteer_state(folder: Path) -> GazetteerState:
    """Return whether towns can be found, for the check of readiness; it opens nothing and waits for nothing."""
    if folder not in _opened:
        return "not opened"
    gazetteer = _opened[folder]
    return "open" if gazetteer is not None and gazetteer.is_readable else "missing"


def _open(folder: Path) -> Gazetteer | None:
    try:
        return Gazetteer(prepare_gazetteer(folder))
    except (OSError, sqlite3.Error) as error:
        logger.warning("The gazetteer cannot be kept in %s (%s): this process makes one for itself.", folder, error)
    try:
        with tempfile.TemporaryDirectory(prefix="earnverdict-") as own_folder:
            return Gazetteer(prepare_gazetteer(Path(own_folder)))  # an open file is read though its name is removed
    except (OSError, sqlite3.Error):
        logger.exception("There is no gazetteer: towns are not found until this process is started again.")
        return None
