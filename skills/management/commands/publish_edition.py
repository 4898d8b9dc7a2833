"""Publishes the catalogue as the next edition."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from skills.editions.document import DamagedEdition
from skills.editions.publish import CannotSave, PublishConflict, PublishRefused, publish_edition


class Command(BaseCommand):
    help = "Publish the catalogue as the next edition, if it is valid."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--note", required=True, help="what changed, and why; readers see it")
        parser.add_argument("--correction", default="", help="what was wrong in earlier editions, if anything")
        parser.add_argument("--publisher", default="the command line", help="who publishes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = publish_edition(
                note=options["note"], publisher=options["publisher"], correction=options["correction"]
            )
        except PublishRefused as error:
            raise CommandError(f"Nothing was published:\n{error}") from None
        except (ValueError, CannotSave, PublishConflict, DamagedEdition) as error:
            raise CommandError(f"Nothing was published: {error}") from None
        self.stdout.write(f"Published {edition}.")
