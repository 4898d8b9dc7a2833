"""The catalogue of the tests that ask the database: all skills and their evidence, and few places."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import skills

DATA = Path(skills.__file__).parent / "data"
#: Each with all that it lies in: those that an edition's impact is tried on, and some with gaps in their pay.
PLACES = (
    "al",
    "au",
    "br",
    "ca-toronto",
    "ch",
    "ch-zurich",
    "cl",
    "de",
    "de-berlin",
    "de-munich",
    "gb-birmingham",
    "gb-london",
    "id",
    "in",
    "in-bengaluru",
    "jp",
    "pk",
    "pl",
    "pl-krakow",
    "ua",
    "us-austin-tx",
    "us-birmingham-al",
    "us-new-york-ny",
    "us-portland-me",
    "us-portland-or",
    "us-san-francisco-ca",
    "uy",
)


def write_small_catalogue(folder: Path) -> Path:
    """Copy the data files below `folder`, with the places named here alone, and give the new folder."""
    small = folder / "data"
    shutil.copytree(DATA, small)
    rows = _read(DATA / "locations.csv")
    parents = {row["slug"]: row["parent"] for row in rows}
    kept = set()
    for place in PLACES:
        while place:
            kept.add(place)
            place = parents[place]
    _write(small / "locations.csv", [row for row in rows if row["slug"] in kept])
    aliases = _read(DATA / "location_aliases.csv")
    _write(small / "location_aliases.csv", [row for row in aliases if row["location"] in kept])
    return small


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
