"""Types every town of the gazetteer with its state or country: none may be taken for a place elsewhere.

`make test` types one in a few hundred, `make fuzz` all of them: 35,000 American towns and 30,000 others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest
from django.conf import settings

from calculator.engine.edition import Place
from skills.editions.document import PublishedEdition
from skills.places.catalogue_names import find_states
from skills.places.gazetteer_file import prepare_gazetteer
from skills.places.meaning import Found
from tests.fuzz.extent import IS_LONG

#: Of so many towns one is typed.
STEP = 1 if IS_LONG else 211

AMERICAN = "SELECT name || ', ' || upper(region), 'us-' || region FROM places WHERE kind = 'town' AND country = 'us'"
WITH_COUNTRY = "SELECT name || ', ' || country_name, country FROM places WHERE kind = 'town' AND country != 'us'"
WITH_REGION = (
    "SELECT name || ', ' || region_name || ', ' || country_name, country FROM places"
    " WHERE kind = 'town' AND country != 'us' AND region_name != ''"
)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(AMERICAN, id="town and state"),
        pytest.param(WITH_COUNTRY, id="town and country"),
        pytest.param(WITH_REGION, id="town, region and country"),
    ],
)
def test_no_town_is_taken_for_a_place_elsewhere(published: PublishedEdition, statement: str) -> None:
    known, wrong, taken = published.edition.places, [], 0
    for typed, around in _read_towns(statement):
        found = published.places.find(typed)
        taken += found.is_clear
        if found.is_clear and around not in _find_around(found.places[0], known):
            wrong.append((typed, found.places[0].slug))

    assert wrong == []
    assert taken


def test_no_town_is_taken_for_a_region_of_unknown_size_elsewhere(published: PublishedEdition) -> None:
    known, wrong = published.edition.places, []
    for typed, country in _read_towns("SELECT name, country FROM places WHERE kind = 'region' AND population = 0"):
        found = published.places.find(typed) if country in known else Found()
        if found.is_clear and found.meanings[0].area and country not in _find_around(found.places[0], known):
            wrong.append((typed, country, found.meanings[0].label))

    assert wrong == []


def _read_towns(statement: str) -> Iterator[tuple[str, str]]:
    with closing(sqlite3.connect(prepare_gazetteer(settings.GAZETTEER_FOLDER))) as connection:
        yield from connection.execute(f"{statement} ORDER BY id").fetchall()[::STEP]


def _find_around(place: Place, known: Mapping[str, Place]) -> set[str]:
    """The place, what it lies in, and the states that a metro area lies in."""
    around = {place.slug, *find_states(place, known)}
    return around | (_find_around(known[place.parent], known) if place.parent else set())
