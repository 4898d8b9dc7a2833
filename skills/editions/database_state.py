"""Checks whether the database is reachable and migrated."""

from __future__ import annotations

from typing import Literal

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

type DatabaseState = Literal["reachable", "not migrated", "gone"]

NOT_MIGRATED = "The database is not migrated: run manage.py migrate."


def find_database_state() -> DatabaseState:
    """Ask the database. This takes about 20 ms, so no request should wait for it."""
    try:
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (DatabaseError, InterfaceError):
        return "gone"
    return "not migrated" if is_behind else "reachable"


def find_state_after_error() -> DatabaseState:
    """Find why a query failed. Migrations are checked only if there is a connection."""
    if connection.connection is None:
        return "gone"
    return "not migrated" if find_database_state() == "not migrated" else "gone"
