"""A whole site of its own in a temporary folder, for programs that are not tests."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def temporary_site() -> Iterator[None]:
    """Set Django up on a new SQLite database with the real catalogue and edition 1; once in a process."""
    with tempfile.TemporaryDirectory(prefix="earnverdict-", ignore_cleanup_errors=True) as folder:
        os.environ |= {
            "EARNVERDICT_DEBUG": "1",
            "EARNVERDICT_STATE_FOLDER": str(Path(folder, "state")),
            "EARNVERDICT_WATCH_SECONDS": "0",
            "EARNVERDICT_LOG_LEVEL": "WARNING",
            "DATABASE_URL": f"sqlite:///{Path(folder, 'site.sqlite3')}",
            "DJANGO_SETTINGS_MODULE": "earnverdict.settings",
        }
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_catalogue", stdout=io.StringIO())
        try:
            yield
        finally:
            connections.close_all()
