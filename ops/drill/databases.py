"""One PostgreSQL for all drills of a run, and a database of its own, with the catalogue, for each that asks."""

from __future__ import annotations

import functools
import itertools
from contextlib import ExitStack
from typing import LiteralString

import psycopg

from ops.drill.site import postgres_site, prepare
from tests import postgres

_NUMBERS = itertools.count(1)
_OPENED = ExitStack()


def new_database() -> str:
    """The address of a copy of the prepared database. Raises PostgresError if there is no PostgreSQL."""
    server = running_postgres()
    name = f"drill_{next(_NUMBERS)}"
    execute(server.url, "CREATE DATABASE {name} TEMPLATE earnverdict", name)
    return server.url.removesuffix(postgres.NAME) + name


@functools.cache
def running_postgres() -> postgres.Server:
    """Started and filled when first asked."""
    server = _OPENED.enter_context(postgres.Server())
    with postgres_site(server.url) as site:
        prepare(site)
    return server


def stop() -> None:
    """End what was started."""
    _OPENED.close()


def execute(address: str, statement: LiteralString, name: str) -> None:
    """Run a statement about a whole database, from outside of it."""
    outside = address.rpartition("/")[0] + "/postgres"
    with psycopg.connect(outside, autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL(statement).format(name=psycopg.sql.Identifier(name)))
