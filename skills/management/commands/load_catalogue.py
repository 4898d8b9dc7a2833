"""Fills an empty database from `skills/data/` and publishes edition 1."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import skills
from skills.editions.publish import PublishedMeanwhile, PublishRefused, publication, publish_edition
from skills.models import Edition, Skill
from skills.tables import TABLES, BadTable

DATA_FOLDER = Path(skills.__file__).parent / "data"


class Command(BaseCommand):
    help = "Fill an empty database from the CSV files and publish edition 1. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA_FOLDER, help="where the CSV files are")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with publication():
                if Skill.objects.exists() or Edition.objects.exists():
                    self.stdout.write("The catalogue is loaded already: nothing was changed.")
                    return
                self._load(options["folder"])
                edition = publish_edition(note="The first edition.", publisher="EarnVerdict")
        except PublishRefused as error:
            raise CommandError(f"The catalogue cannot be published, so nothing was loaded:\n{error}") from None
        except PublishedMeanwhile as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Loaded the catalogue and published {edition}.")

    def _load(self, folder: Path) -> None:
        for table in TABLES:
            path = folder / table.file
            try:
                table().load(path.read_text(encoding="utf-8"))
            except FileNotFoundError:
                raise CommandError(f"{path} is missing, so nothing was loaded.") from None
            except UnicodeDecodeError as error:
                raise CommandError(f"{path} is not UTF-8 text ({error.reason}), so nothing was loaded.") from None
            except BadTable as error:
                raise CommandError(f"Nothing was loaded:\n{error}") from None
