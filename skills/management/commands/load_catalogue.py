"""Loads `skills/data/` into an empty database, and publishes the first edition and the articles."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import skills
from skills.articles.checks import check_article
from skills.articles.files import BadArticle, read_file
from skills.articles.workflow import publish_revision, save_revision
from skills.catalogue.resources import TABLES, BadTable
from skills.editions.document import Sealed, read_edition
from skills.editions.publish import CannotSave, PublishConflict, PublishRefused, publication, publish_edition
from skills.models import Article, Edition, Skill

DATA_FOLDER = Path(skills.__file__).parent / "data"


class Command(BaseCommand):
    help = "Fill an empty database from the data files and publish the first edition. Running it again changes nothing."

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
                articles = self._load_articles(options["folder"] / "articles", edition)
        except PublishRefused as error:
            raise CommandError(f"The catalogue cannot be published, so nothing was loaded:\n{error}") from None
        except CannotSave as error:
            raise CommandError(f"Nothing was loaded: {error}") from None
        except PublishConflict as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Loaded the catalogue and published {edition}, with {articles} articles.")

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

    def _load_articles(self, folder: Path, edition: Edition) -> int:
        """Publish each file as an article with the file's name as its slug, if the checks find no error."""
        sealed = Sealed(content=bytes(edition.content), checksum=edition.checksum)
        known = read_edition(sealed, edition.number).edition
        paths = sorted(folder.glob("*.md"))
        for path in paths:
            try:
                found = read_file(path.read_text(encoding="utf-8"))
            except (BadArticle, UnicodeDecodeError) as error:
                raise CommandError(f"Nothing was loaded:\n{path}: {error}") from None
            findings = check_article(
                title=found.title,
                standfirst=found.standfirst,
                text=found.text,
                edition=known,
                articles=[other.stem for other in paths],
            )
            if errors := [f"{path}: {finding}" for finding in findings if finding.is_error]:
                raise CommandError("\n".join(["Nothing was loaded:", *errors]))
            article = Article.objects.create(slug=path.stem, reviewed_on=found.reviewed_on)
            revision = save_revision(
                article,
                title=found.title,
                standfirst=found.standfirst,
                text=found.text,
                author=found.author,
                saved_by="EarnVerdict",
                at=found.published_at,
            )
            publish_revision(revision, at=found.published_at)
        return len(paths)
