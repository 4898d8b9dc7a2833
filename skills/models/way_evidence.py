"""One figure of one source about another way to more pay."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from skills.models.area import area_field, area_known
from skills.models.editors_note import editors_note_field
from skills.models.grade import grade_field, grade_known
from skills.models.percent import percent_field, percents_rise
from skills.models.source import Source
from skills.models.way import Way


class WayEvidence(models.Model):
    """One figure of one source about a way, and what it is compared with."""

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = (
        "way",
        "source",
        "region",
        "population",
        "low_percent",
        "mid_percent",
        "high_percent",
        "measures",
        "compared_with",
        "is_second_hand",
        "grade",
        "year",
        "sample_size",
        "note",
        "review_on",
    )

    way = models.ForeignKey(Way, on_delete=models.CASCADE, related_name="evidence", help_text="What the figure is of.")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="way_evidence", help_text="Where it is from. Readers see it."
    )
    region = area_field("Where it was measured: a region, or a country’s code. Empty: the world.")
    population = models.CharField(
        "whom it is about", max_length=120, help_text="The people measured, in a few words. Readers see it."
    )
    low_percent = percent_field("low (%)", "P10, in percent of what it measures. Empty where it is not published.")
    mid_percent = percent_field(
        "middle (%)", "P50, in percent of what it measures. Empty where the note has the figure."
    )
    high_percent = percent_field("high (%)", "P90, in percent of what it measures. Empty where it is not published.")
    measures = models.CharField(
        max_length=120, help_text="What the percent are of, as “% of net pay”. Readers see it with the figure."
    )
    compared_with = models.CharField(
        max_length=120, blank=True, help_text="With whom these people are compared, and what is held constant."
    )
    is_second_hand = models.BooleanField(
        "read second-hand",
        default=False,
        help_text="Nobody here has seen the publication, only others’ words about it. Its grade is D. Readers see it.",
    )
    grade = grade_field("How far the figure can be trusted.")
    year = models.PositiveSmallIntegerField(help_text="The year that its data is of, not the year of the publication.")
    sample_size = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="People or adverts behind the figure. Empty where that is not published."
    )
    note = models.CharField(max_length=300, blank=True, help_text="What else a reader should know, in a sentence.")
    editors_note = editors_note_field()
    review_on = models.DateField(
        "review by",
        null=True,
        blank=True,
        help_text="When an editor should look for a newer figure. Empty: five years after the year of its data.",
    )

    class Meta:
        ordering = ["way__slug", "grade", "source__slug", "region", "population", "pk"]
        verbose_name = "evidence of a way"
        verbose_name_plural = "evidence of ways"
        constraints = [
            models.UniqueConstraint(
                name="way_evidence_once",
                fields=["way", "source", "region", "population"],
                violation_error_message="This source already has a figure for this way, region and people.",
            ),
            area_known("way_evidence_area_known"),
            percents_rise("way_evidence_rises"),
            grade_known("way_evidence_grade_known"),
            models.CheckConstraint(
                name="way_evidence_second_hand_is_d",
                condition=Q(is_second_hand=False) | Q(grade="D"),
                violation_error_message="A figure that was read second-hand has grade D.",
            ),
            models.CheckConstraint(
                name="way_evidence_year_plausible",
                condition=Q(year__gte=1960, year__lte=2100),
                violation_error_message="The year must lie between 1960 and 2100.",
            ),
        ]

    def __str__(self) -> str:
        """Its natural key. Lists of evidence must select the way and the source too."""
        return f"{self.way.slug} · {self.source.slug} · {self.region or 'worldwide'} · {self.population}"
