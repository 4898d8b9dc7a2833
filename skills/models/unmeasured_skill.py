"""Something that visitors look for and that no figure on file is about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from skills.models.words import WordsField


class UnmeasuredSkill(models.Model):
    """A skill without evidence: a search says why it is not there, in place of an empty list."""

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = ("name", "other_names", "reason")

    name = models.CharField(max_length=60, unique=True, help_text="As readers see it.")
    other_names = WordsField(
        max_length=200,
        blank=True,
        help_text="What people also call it, with commas between the names. A search finds it by them.",
    )
    reason = models.CharField(
        max_length=120,
        blank=True,
        help_text="What a reader may expect, after “React is not measured yet:”, as “front-end skills come later”.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="unmeasured_skill_name_given",
                condition=~Q(name=""),
                violation_error_message="An unmeasured skill needs a name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
