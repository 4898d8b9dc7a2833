"""How far a figure can be trusted: the grade of every kind of evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Grade(models.TextChoices):
    """What each grade means, after the dot; all pages take it from here, by skills/presenters/grades.py."""

    A = "A", "A · other things held equal, and several samples agree"
    B = "B", "B · other things held equal"
    C = "C", "C · other things held equal, but narrow, about a duty or a job title, or from employers’ data"
    D = "D", "D · a gap between adverts, a promotion, a headline, an estimate, or read second-hand"


def grade_field(help_text: str) -> models.CharField[str, str]:
    return models.CharField(max_length=1, choices=Grade, help_text=help_text)


def grade_known(name: str) -> models.CheckConstraint:
    """The constraint that a table's `grade` is one of them."""
    return models.CheckConstraint(
        name=name,
        condition=Q(grade__in=Grade.values),
        violation_error_message="Choose a grade from A to D.",
    )
