"""Makes a fresh clone ready to run: the port, the tables, the catalogue, the editors' roles, and what to open."""

from __future__ import annotations

import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.urls import reverse

from skills import roles


class Command(BaseCommand):
    help = "Check the port and the database, migrate, load the catalogue once, set the roles up, and say what to open."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", required=True, help="where the app is about to listen")

    def handle(self, *args: Any, **options: Any) -> None:
        port = _checked_port(options["port"])
        _check_database()
        call_command("migrate", verbosity=0)
        call_command("load_catalogue", stdout=self.stdout, stderr=self.stderr)
        roles.set_up()
        self.stdout.write(f"\nEarnVerdict: open http://127.0.0.1:{port}/")
        if not get_user_model().objects.filter(is_superuser=True).exists():
            self.stdout.write(
                "For the admin, make an account: EARNVERDICT_DEBUG=1 .venv/bin/python manage.py createsuperuser"
            )
        self.stdout.write(f"The admin is at http://127.0.0.1:{port}{reverse('admin:index')}. Ctrl-C stops the app.\n")


def _checked_port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise CommandError(
                f"Port {port} cannot be used ({reason}). Try another: make run PORT={port + 1}"
            ) from None
    return port


def _check_database() -> None:
    settings = connection.settings_dict
    try:
        if connection.vendor == "sqlite":
            Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        connection.ensure_connection()
    except (DatabaseError, ImportError, OSError) as error:
        where = (
            settings["NAME"]
            if connection.vendor == "sqlite"
            else f"{settings['HOST'] or 'localhost'}/{settings['NAME']}"
        )
        reason = " ".join(str(error).split()).rstrip(".")
        raise CommandError(f"The database {where} cannot be opened: {reason}. Check DATABASE_URL.") from None
