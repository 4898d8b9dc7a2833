"""Something learnable that pay may depend on."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q


class SkillQuerySet(models.QuerySet["Skill"]):
    def published(self) -> SkillQuerySet:
        """Skills that the next edition takes in."""
        return self.filter(is_published=True)


class Skill(models.Model):
    """A skill with what it takes to learn it, from an ordinary back-end developer's start."""

    class Category(models.TextChoices):
        AI = "ai", "AI"
        CLOUD = "cloud", "Cloud and operations"
        ARCHITECTURE = "architecture", "Architecture"
        DATA = "data", "Data"
        LANGUAGE = "language", "Languages"

    slug = models.SlugField(
        max_length=60, unique=True, help_text="Part of shared addresses: never changes once published."
    )
    name = models.CharField(max_length=60)
    category = models.CharField(max_length=20, choices=Category)
    summary = models.CharField(max_length=160, help_text="One line: what somebody with this skill does.")
    hours_low = models.PositiveSmallIntegerField("study hours, low", help_text="One learner in ten needs less.")
    hours_mid = models.PositiveSmallIntegerField("study hours, middle", help_text="Half need less; verdicts use this.")
    hours_high = models.PositiveSmallIntegerField("study hours, high", help_text="One learner in ten needs more.")
    hours_basis = models.CharField("basis of the hours", max_length=120)
    exam_cost_usd = models.DecimalField(
        "exam cost (US dollars)",
        max_digits=8,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
        help_text="Price of the usual certificate; 0 where none is needed.",
    )
    prerequisites = models.ManyToManyField(
        "self", symmetrical=False, related_name="unlocks", blank=True, help_text="Skills to have first."
    )
    tilt_percent = models.DecimalField(
        "tilt (points)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(-20), MaxValueValidator(20)],
        help_text="Change of the premium from P25 to P75 pay, in log points; empty counts as 0.",
    )
    is_published = models.BooleanField("published", default=True, help_text="Part of the next edition.")

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="skill_hours_rise",
                condition=Q(hours_low__gt=0, hours_low__lt=F("hours_mid"), hours_mid__lt=F("hours_high")),
                violation_error_message="Study hours must be above zero and rise from low to middle to high.",
            ),
            models.CheckConstraint(
                name="skill_exam_cost_not_negative",
                condition=Q(exam_cost_usd__gte=0),
                violation_error_message="An exam cannot cost less than nothing.",
            ),
            models.CheckConstraint(
                name="skill_category_known",
                condition=Q(category__in=["ai", "cloud", "architecture", "data", "language"]),
                violation_error_message="Choose one of the categories.",
            ),
            models.CheckConstraint(
                name="skill_slug_given", condition=~Q(slug=""), violation_error_message="A skill needs a slug."
            ),
        ]

    def __str__(self) -> str:
        return self.name
