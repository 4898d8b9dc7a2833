"""Reads all rows of the catalogue and its editions, and inserts them into empty tables, which is faster than a load."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, transaction

#: The columns and the rows of each table.
type Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def read_all_rows() -> Rows:
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in find_tables():
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a table of our own
            rows[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return rows


def insert_all_rows(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            places = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - as above
            cursor.executemany(statement, values)


def delete_all_rows() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in find_tables():
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - as above


def find_tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_app_config("skills").get_models(include_auto_created=True)]
