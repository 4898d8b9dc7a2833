"""What editors write for each other next to a figure."""

from __future__ import annotations

from django.db import models


def editors_note_field() -> models.CharField[str, str]:
    return models.CharField(
        "note for editors",
        max_length=300,
        blank=True,
        help_text="What is still to be checked. Readers never see it.",
    )
