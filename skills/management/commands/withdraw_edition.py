"""Withdraws an edition; its addresses then show the reason."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from skills.editions.publish import PublishConflict, withdraw_edition
from skills.models import Edition


class Command(BaseCommand):
    help = "Withdraw a published edition for good. Its addresses then show the reason."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("--reason", required=True, help="why; readers see it")
        parser.add_argument("--by", default="the command line", help="who withdraws it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            withdraw_edition(options["number"], reason=options["reason"], by=options["by"])
        except Edition.DoesNotExist:
            raise CommandError(f"There is no edition {options['number']}.") from None
        except (ValueError, PublishConflict) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Edition {options['number']} is withdrawn.")
