"""Makes a fresh clone ready to run: the port, the tables, the catalogue, the editors' roles, and what to open."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.urls import reverse

from earnverdict.port import usable_port
from skills import roles


class Command(BaseCommand):
    help = (
        "Check the port and the database, migrate, load the catalogue once, set the roles up, collect the static files "
        "outside development, and say what to open."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address at which the app is about to listen")
        parser.add_argument("--port", required=True, help="where the app is about to listen")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            port = usable_port(
                options["port"], host=options["host"], command="make run" if settings.DEBUG else "make serve"
            )
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        _check_database()
        call_command("migrate", verbosity=0)
        call_command("load_catalogue", stdout=self.stdout, stderr=self.stderr)
        roles.set_up()
        if not settings.DEBUG:
            call_command("collectstatic", verbosity=0, interactive=False)
        self._say_what_to_open(_address(options["host"], port))

    def _say_what_to_open(self, address: str) -> None:
        self.stdout.write(f"\nEarnVerdict: open {address}/")
        if not get_user_model().objects.filter(is_superuser=True).exists():
            mode = "EARNVERDICT_DEBUG=1 " if settings.DEBUG else ""
            self.stdout.write(f"For the admin, make an account: {mode}.venv/bin/python manage.py createsuperuser")
        self.stdout.write(f"The admin is at {address}{reverse('admin:index')}. Ctrl-C stops the app.\n")


def _address(host: str, port: int) -> str:
    return f"http{'s' if settings.HTTPS else ''}://{f'[{host}]' if ':' in host else host}:{port}"


def _check_database() -> None:
    database = connection.settings_dict
    try:
        if connection.vendor == "sqlite":
            Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        connection.ensure_connection()
    except (DatabaseError, ImportError, OSError) as error:
        where = (
            database["NAME"]
            if connection.vendor == "sqlite"
            else f"{database['HOST'] or 'localhost'}/{database['NAME']}"
        )
        reason = " ".join(str(error).split()).rstrip(".")
        raise CommandError(f"The database {where} cannot be opened: {reason}. Check DATABASE_URL.") from None
