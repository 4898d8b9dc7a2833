"""Makes the database itself refuse to change or delete editions and withdrawals.

A later migration that alters one of these tables on SQLite rebuilds it and so drops its triggers: it must run
`lock` again (tests/skills/test_editions.py fails if it does not).
"""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("skills_edition", "skills_withdrawal")

_SQLITE = """
CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table}
BEGIN SELECT RAISE(ABORT, '{table}: what was published is final'); END;
"""

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION skills_published_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%: what was published is final', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END;
$$;
CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table}
FOR EACH ROW EXECUTE FUNCTION skills_published_is_final();
"""


def lock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor, tables: Sequence[str] = TABLES) -> None:
    for table in tables:
        for action in ("update", "delete"):
            _run(schema_editor, {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}, table, action)


def unlock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor, tables: Sequence[str] = TABLES) -> None:
    drop = {
        "sqlite": "DROP TRIGGER IF EXISTS {table}_no_{action}",
        "postgresql": "DROP TRIGGER IF EXISTS {table}_no_{action} ON {table}",
    }
    for table in tables:
        for action in ("update", "delete"):
            _run(schema_editor, drop, table, action)


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: dict[str, str], table: str, action: str) -> None:
    statement = statements[schema_editor.connection.vendor].format(table=table, action=action)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("skills", "0001_catalogue")]

    operations = [migrations.RunPython(lock, unlock)]
