"""Creates the editors' groups: author, editor, data editor, publisher."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from skills import groups


class Command(BaseCommand):
    help = "Create the editors' groups with exactly their permissions. Other groups, and all accounts, do not change."

    def handle(self, *args: Any, **options: Any) -> None:
        names = ", ".join(group.name for group in groups.set_up())
        self.stdout.write(f"The groups are set up: {names}.")
