"""Creates a complete site in a temporary folder, for programs that are not tests."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEVELOPMENT = {"EARNVERDICT_DEBUG": "1", "EARNVERDICT_LOG_LEVEL": "WARNING"}
#: Settings of production behind an https proxy.
_PRODUCTION = {
    "EARNVERDICT_DEBUG": "0",
    "EARNVERDICT_SECRET_KEY": "only-for-a-site-in-a-temporary-folder-that-nobody-visits",
    "EARNVERDICT_ALLOWED_HOSTS": "localhost,127.0.0.1",
    "EARNVERDICT_BEHIND_PROXY": "1",
    "EARNVERDICT_HTTPS": "1",
    "EARNVERDICT_LOG_LEVEL": "INFO",
}


@contextmanager
def temporary_site(*, is_production: bool = False) -> Iterator[None]:
    """Set Django up on a new SQLite database with the real catalogue and edition 1; once in a process."""
    with tempfile.TemporaryDirectory(prefix="earnverdict-", ignore_cleanup_errors=True) as folder:
        os.environ |= (_PRODUCTION if is_production else _DEVELOPMENT) | {
            "EARNVERDICT_STATE_FOLDER": str(Path(folder, "state")),
            "EARNVERDICT_WATCH_SECONDS": "0",
            "DATABASE_URL": f"sqlite:///{Path(folder, 'site.sqlite3')}",
            "DJANGO_SETTINGS_MODULE": "earnverdict.settings",
        }
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_catalogue", stdout=io.StringIO())
        if is_production:
            call_command("collectstatic", verbosity=0, interactive=False)
        try:
            yield
        finally:
            connections.close_all()
