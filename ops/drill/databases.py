"""Runs one PostgreSQL server for all drills, with a separate database with the catalogue for each."""

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
    """Return the address of a copy of the prepared database. Raises PostgresError without PostgreSQL."""
    server = running_postgres()
    name = f"drill_{next(_NUMBERS)}"
    execute(server.url, "CREATE DATABASE {name} TEMPLATE earnverdict", name)
    return server.url.removesuffix(postgres.NAME) + name


@functools.cache
def running_postgres() -> postgres.Server:
    """Return the server, which is started and filled at the first call."""
    server = _OPENED.enter_context(postgres.Server())
    with postgres_site(server.url) as site:
        prepare(site)
    return server


def stop() -> None:
    """Stop what was started."""
    _OPENED.close()


def execute(address: str, statement: LiteralString, name: str) -> None:
    """Run a statement about a whole database, from another database."""
    outside = address.rpartition("/")[0] + "/postgres"
    with psycopg.connect(outside, autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL(statement).format(name=psycopg.sql.Identifier(name)))
