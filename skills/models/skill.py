"""Something learnable that pay may depend on."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from skills.models.words import WordsField

#: What CSV files and editions call a column, where that is not the model's name.
COLUMN_NAMES = {"prerequisites": "requires"}
#: What the tick of a skill or of a place means.
PART_OF_NEXT_EDITION = "Part of the next edition. Without the tick the row stays here, and readers do not see it."


class SkillQuerySet(models.QuerySet["Skill"]):
    def published(self) -> SkillQuerySet:
        """Skills of the next edition."""
        return self.filter(is_published=True)


class Skill(models.Model):
    """A skill with what it takes to learn it, from an ordinary back-end developer's start."""

    class Category(models.TextChoices):
        AI = "ai", "AI"
        CLOUD = "cloud", "Cloud and operations"
        ARCHITECTURE = "architecture", "Architecture"
        DATA = "data", "Data"
        LANGUAGE = "language", "Languages"

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = (
        "slug",
        "name",
        "category",
        "summary",
        "other_names",
        "related_words",
        "hours_low",
        "hours_mid",
        "hours_high",
        "hours_basis",
        "exam_cost_usd",
        "prerequisites",
        "tilt_percent",
    )

    slug = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Its address: kafka is /skills/kafka/. It never changes once published.",
    )
    name = models.CharField(max_length=60, help_text="As readers see it.")
    category = models.CharField(max_length=20, choices=Category, help_text="Readers can list the skills by it.")
    summary = models.CharField(
        max_length=160, help_text="One line: what a developer with this skill does. Readers see it."
    )
    other_names = WordsField(
        max_length=400,
        blank=True,
        help_text="What people also call this skill, as k8s, with commas between the names. Links and searches find it "
        "by them. No other skill may have the same.",
    )
    related_words = WordsField(
        max_length=1000,
        blank=True,
        help_text="What belongs to this skill, as helm, with commas between the words. A search finds it by them. "
        "Several skills may share a word.",
    )
    hours_low = models.PositiveSmallIntegerField(
        "study hours, low", help_text="Hours of study; one learner in ten needs less."
    )
    hours_mid = models.PositiveSmallIntegerField(
        "study hours, middle", help_text="Hours of study; half need less. Verdicts count with these."
    )
    hours_high = models.PositiveSmallIntegerField(
        "study hours, high", help_text="Hours of study; one learner in ten needs more."
    )
    hours_basis = models.CharField(
        "basis of the hours", max_length=120, help_text="Where the hours come from. Readers see it."
    )
    exam_cost_usd = models.DecimalField(
        "exam cost",
        max_digits=8,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
        help_text="What the usual certificate costs, in US dollars; 0 where none is needed.",
    )
    prerequisites = models.ManyToManyField(
        "self",
        verbose_name="skills to have first",
        symmetrical=False,
        related_name="unlocks",
        blank=True,
        help_text="A path learns them before this one.",
    )
    tilt_percent = models.DecimalField(
        "tilt",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(-20), MaxValueValidator(20)],
        help_text="By how many log points the premium is higher at P75 of pay than at P25: 2 lifts it from about 3% "
        "to about 5%, −2 lowers it from about 5% to about 3%. Empty counts as 0.",
    )
    is_published = models.BooleanField("published", default=True, help_text=PART_OF_NEXT_EDITION)

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
