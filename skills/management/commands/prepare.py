"""Prepares a fresh clone: checks the port, creates tables, loads the catalogue, and sets up the editors' groups."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.urls import reverse

from calculator.engine import NEWEST_MODEL
from earnverdict.port import check_port
from earnverdict.private_files import check_can_write, make_private, make_state_folder
from skills import groups
from skills.editions.database_state import NOT_MIGRATED, find_database_state
from skills.editions.document import DamagedEdition
from skills.editions.publish import (
    CannotSave,
    PublishConflict,
    PublishRefused,
    publication,
    publish_edition,
    shown_editions,
)
from skills.models import Edition
from skills.places.gazetteer_file import prepare_gazetteer


class Command(BaseCommand):
    help = (
        "Check the settings, the port and the database, migrate, index the places, load the catalogue once, set up the "
        "groups, collect the static files outside development, and print the site's address."
    )
    requires_system_checks = ()  # handle() runs them, to report an error in one line

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address on which the app will listen")
        parser.add_argument("--port", required=True, help="the port on which the app will listen")
        parser.add_argument(
            "--check-only", action="store_true", help="check only; change neither the database nor the static files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            port = check_port(
                options["port"], host=options["host"], command="make run" if settings.DEBUG else "make serve"
            )
            make_state_folder(settings.STATE_FOLDER)
            if not (settings.DEBUG or options["check_only"]):
                check_can_write(Path(settings.STATIC_ROOT), "EARNVERDICT_STATIC_FOLDER", mode=0o755)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        _check_settings()
        _make_database_private()
        if options["check_only"]:
            _check_static_files()
            if problem := _database_problem():
                self.stderr.write(self.style.WARNING(f"Warning: {problem}"))
            return
        _prepare_database()
        try:
            prepare_gazetteer(settings.GAZETTEER_FOLDER)
        except OSError as error:
            self.stderr.write(self.style.WARNING(f"Warning: towns cannot be found, for want of a gazetteer: {error}"))
        call_command("load_catalogue", stdout=self.stdout, stderr=self.stderr)
        self._publish_under_newest_model()
        groups.set_up()
        if not settings.DEBUG:
            call_command("collectstatic", verbosity=0, interactive=False)
        self._say_what_to_open(_write_address(options["host"], port))

    def _publish_under_newest_model(self) -> None:
        """Publish the catalogue again if this code has the model of no visible edition."""
        if shown_editions().exists() or not Edition.objects.exists():
            return
        note = f"Published again under model {NEWEST_MODEL}: this version of the site lacks the models used before."
        try:
            with publication():
                if shown_editions().exists():
                    return
                edition = publish_edition(note=note, publisher="EarnVerdict")
        except PublishRefused as error:
            raise CommandError(f"No published edition can be shown, and the catalogue is refused:\n{error}") from None
        except (CannotSave, PublishConflict, DamagedEdition) as error:
            raise CommandError(f"No published edition can be shown, and none was published: {error}") from None
        self.stdout.write(f"No edition could be shown: published {edition} under model {NEWEST_MODEL}.")

    def _say_what_to_open(self, address: str) -> None:
        self.stdout.write(f"\nEarnVerdict: open {address}/")
        if not get_user_model().objects.filter(is_superuser=True).exists():
            mode = "EARNVERDICT_DEBUG=1 " if settings.DEBUG else ""
            self.stdout.write(f"For the admin, make an account: {mode}.venv/bin/python manage.py createsuperuser")
        elif not get_user_model().objects.filter(is_staff=True, is_superuser=False).exists():
            names = ", ".join(groups.GROUPS)
            self.stdout.write(f"Make editors’ accounts in the admin. {groups.STAFF_STATUS} The groups: {names}.")
        self.stdout.write(f"The admin is at {address}{reverse('admin:index')}. Ctrl-C stops the app.\n")


def _write_address(host: str, port: int) -> str:
    return f"http{'s' if settings.HTTPS else ''}://{f'[{host}]' if ':' in host else host}:{port}"


def _check_settings() -> None:
    """Run all system checks. Raises CommandError with the first error."""
    for message in checks.run_checks():
        if message.level >= checks.ERROR and not message.is_silenced():
            raise CommandError(" ".join(f"{message.msg} {message.hint or ''}".split()))


def _check_static_files() -> None:
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise CommandError(
            f"The static files are not collected in {settings.STATIC_ROOT}. "
            "Start with --prepare, or run manage.py collectstatic."
        )


def _prepare_database() -> None:
    """Run the migrations. Raises CommandError if the database cannot be opened."""
    if connection.vendor == "sqlite":
        try:
            Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(_explain_no_access(error)) from None
    if problem := _connection_problem():
        raise CommandError(problem)
    call_command("migrate", verbosity=0)


def _make_database_private() -> None:
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            path = Path(f"{connection.settings_dict['NAME']}{suffix}")
            if path.is_file():
                make_private(path)


def _database_problem() -> str:
    """Return what is wrong with the database; "" if nothing is. Changes nothing."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return f"The database {name} does not exist: run manage.py migrate."
    if problem := _connection_problem():
        return problem
    if find_database_state() == "not migrated":
        return NOT_MIGRATED
    if not Edition.objects.exists():
        return "No edition is published: run manage.py load_catalogue."
    if not shown_editions().exists():
        return "This version has the model of no published edition: run manage.py publish_edition."
    return ""


def _connection_problem() -> str:
    try:
        connection.ensure_connection()
    except (DatabaseError, ImportError, OSError) as error:
        return _explain_no_access(error)
    return ""


def _explain_no_access(error: Exception) -> str:
    database = connection.settings_dict
    where = (
        database["NAME"] if connection.vendor == "sqlite" else f"{database['HOST'] or 'localhost'}/{database['NAME']}"
    )
    reason = " ".join(str(error).split()).rstrip(".")
    return f"The database {where} cannot be opened: {reason}. Check DATABASE_URL."
