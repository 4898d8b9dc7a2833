"""Percentages from low to high that may be unknown, as those of other ways to more pay."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q


def percent_field(label: str, help_text: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(
        label,
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90)],
        help_text=help_text,
    )


def percents_rise(name: str) -> models.CheckConstraint:
    """The constraint that a range rises where it is known, and has a middle where it has ends."""
    # A comparison with nothing is neither true nor false, and the database lets it pass.
    is_whole = Q(low_percent__isnull=False, mid_percent__isnull=False, high_percent__isnull=False)
    rises = Q(low_percent__gt=-100, low_percent__lt=F("mid_percent"), mid_percent__lt=F("high_percent"))
    return models.CheckConstraint(
        name=name,
        condition=(is_whole & rises) | Q(low_percent=None, high_percent=None),
        violation_error_message="A range rises from low to middle to high; without a range leave low and high empty.",
    )
