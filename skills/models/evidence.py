"""One figure of one source about one skill."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from skills.models.editors_note import editors_note_field
from skills.models.grade import grade_field, grade_known
from skills.models.region import Region
from skills.models.skill import Skill
from skills.models.source import Source


class Evidence(models.Model):
    """A premium as P10, P50 and P90, in percent of pay, and how far it can be trusted."""

    class About(models.TextChoices):
        SKILL = "skill", "having the skill"
        DUTY = "duty", "doing this work next to one's job"
        TITLE = "title", "having the job title"

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = (
        "skill",
        "source",
        "region",
        "about",
        "low_percent",
        "mid_percent",
        "high_percent",
        "grade",
        "population",
        "year",
        "sample_size",
        "note",
        "review_on",
    )

    skill = models.ForeignKey(
        Skill, on_delete=models.CASCADE, related_name="evidence", help_text="Whose premium the figure is."
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="evidence", help_text="Where the figure is from. Readers see it."
    )
    region = models.CharField(
        max_length=20,
        choices=Region,
        blank=True,
        help_text="Empty: the figure counts everywhere. With a region it counts only there, instead of the same "
        "source’s worldwide one.",
    )
    about = models.CharField(
        "what it is about",
        max_length=10,
        choices=About,
        default=About.SKILL,
        help_text="What the people it measures have in common. A job title is not a skill: its figure weighs as much "
        "as one of grade D, and counts only for visitors who let all evidence count.",
    )
    low_percent = models.DecimalField(
        "low (% of pay)",
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(-90)],
        help_text="P10, in percent of pay: 3 means +3%. One chance in ten that the difference is smaller.",
    )
    mid_percent = models.DecimalField(
        "middle (% of pay)",
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(-90)],
        help_text="P50, in percent of pay: as likely too high as too low.",
    )
    high_percent = models.DecimalField(
        "high (% of pay)",
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(-90)],
        help_text="P90, in percent of pay. One chance in ten that the difference is bigger.",
    )
    grade = grade_field("How far the figure can be trusted, and so how much it weighs. D is shown as a claim.")
    population = models.CharField(
        "whom it is about", max_length=120, help_text="The people measured, in a few words. Readers see it."
    )
    year = models.PositiveSmallIntegerField(help_text="The year that its data is of, not the year of the publication.")
    sample_size = models.PositiveBigIntegerField(
        null=True,
        blank=True,
        help_text="People, answers or adverts behind the figure. Empty where that is not published.",
    )
    note = models.CharField(max_length=300, blank=True, help_text="What else a reader should know, in a sentence.")
    editors_note = editors_note_field()
    review_on = models.DateField(
        "review by",
        null=True,
        blank=True,
        help_text="When an editor should look for a newer figure; from then on readers see that it is due. "
        "Empty: five years after the year of its data.",
    )

    class Meta:
        ordering = ["skill__slug", "grade", "source__slug", "region", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(
                name="evidence_once_a_source_and_region",
                fields=["skill", "source", "region"],
                violation_error_message="This source already has a figure for this skill and region.",
            ),
            models.CheckConstraint(
                name="evidence_premium_rises",
                condition=Q(low_percent__gt=-100, low_percent__lt=F("mid_percent"), mid_percent__lt=F("high_percent")),
                violation_error_message="The premium must rise from low to middle to high.",
            ),
            grade_known("evidence_grade_known"),
            models.CheckConstraint(
                name="evidence_about_known",
                condition=Q(about__in=["skill", "duty", "title"]),
                violation_error_message="Choose what the figure is about: skill, duty or title.",
            ),
            models.CheckConstraint(
                name="evidence_region_known",
                condition=Q(region__in=["", *Region.values]),
                violation_error_message="Choose one of the regions, or none.",
            ),
            models.CheckConstraint(
                name="evidence_year_plausible",
                condition=Q(year__gte=1990, year__lte=2100),
                violation_error_message="The year must lie between 1990 and 2100.",
            ),
        ]

    def __str__(self) -> str:
        """Its natural key. Lists of evidence must select the skill and the source too."""
        return f"{self.skill.slug} · {self.source.slug} · {self.region or 'worldwide'}"
