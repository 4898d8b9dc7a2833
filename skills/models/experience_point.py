"""How pay rises with years of work."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from skills.models.area import area_field, area_known
from skills.models.grade import grade_field, grade_known
from skills.models.source import Source


class ExperiencePoint(models.Model):
    """Pay after some years of work, as a multiple of pay at the sample's median experience."""

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = ("region", "years", "multiple", "answers", "sample_size", "source", "grade", "note")

    region = area_field("Empty: the curve counts everywhere. A region or a country has its own instead.")
    years = models.PositiveSmallIntegerField(
        "years of work", validators=[MaxValueValidator(60)], help_text="Whole years."
    )
    multiple = models.DecimalField(
        max_digits=6,
        decimal_places=3,
        help_text="Pay at these years where pay at the sample’s median experience is 1.",
    )
    answers = models.PositiveIntegerField(
        "answers near these years", help_text="Fewer than 30 are too few: the point’s grade is then D."
    )
    sample_size = models.PositiveIntegerField(help_text="Answers behind the whole curve.")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="experience", help_text="Where it is from. Readers see it."
    )
    grade = grade_field("How far the point can be trusted.")
    note = models.CharField(max_length=200, blank=True, help_text="What a reader should know of it.")

    class Meta:
        ordering = ["region", "years", "pk"]
        verbose_name = "point of the experience curve"
        verbose_name_plural = "experience curve"
        constraints = [
            models.UniqueConstraint(
                name="experience_point_once",
                fields=["region", "years"],
                violation_error_message="This region or country already has a point at these years.",
            ),
            area_known("experience_point_area_known"),
            models.CheckConstraint(
                name="experience_point_above_zero",
                condition=Q(multiple__gt=0),
                violation_error_message="A multiple must be above zero.",
            ),
            models.CheckConstraint(
                name="experience_point_answers_of_sample",
                condition=Q(answers__lte=F("sample_size")),
                violation_error_message="There cannot be more answers near these years than in the sample.",
            ),
            grade_known("experience_point_grade_known"),
            models.CheckConstraint(
                name="experience_point_few_answers_are_d",
                condition=Q(answers__gte=30) | Q(grade="D"),
                violation_error_message="A point with fewer than 30 answers has grade D.",
            ),
        ]

    def __str__(self) -> str:
        """Its natural key."""
        return f"{self.region or 'worldwide'} · {self.years}"
