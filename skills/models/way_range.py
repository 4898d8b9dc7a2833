"""What another way to more pay brings, by area."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from skills.models.area import area_field, area_known, name_area
from skills.models.editors_note import editors_note_field
from skills.models.grade import grade_field, grade_known
from skills.models.percent import percent_field, percents_rise
from skills.models.source import Source
from skills.models.way import Way


class WayRange(models.Model):
    """What a way brings in one area: an editor's careful reading of the evidence, not a formula."""

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = (
        "way",
        "region",
        "low_percent",
        "mid_percent",
        "high_percent",
        "odds_percent",
        "is_odds_measured",
        "is_odds_yearly",
        "odds_basis",
        "months_low",
        "months_mid",
        "months_high",
        "hours",
        "min_years",
        "max_years",
        "grade",
        "sources",
        "note",
        "review_on",
    )

    way = models.ForeignKey(Way, on_delete=models.CASCADE, related_name="ranges", help_text="What the range is of.")
    region = area_field(
        "Empty: the range counts everywhere. A region or a country has its own instead: western-europe, or ua."
    )
    low_percent = percent_field(
        "low (%)",
        "P10, in percent of what the way says: 3 means +3%. One chance in ten that the average is less.",
    )
    mid_percent = percent_field(
        "middle (%)", "P50: the likeliest average. Empty where the visitor’s own figures are needed."
    )
    high_percent = percent_field("high (%)", "P90: one chance in ten that the average is more.")
    odds_percent = models.PositiveSmallIntegerField(
        "odds (%)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text="Of a hundred who try, how many get it. Empty where nobody can say.",
    )
    is_odds_measured = models.BooleanField(
        "odds were measured",
        default=False,
        help_text="Only where a source counted them for this very step. Otherwise visitors set their own.",
    )
    is_odds_yearly = models.BooleanField(
        "odds are a year’s", default=False, help_text="For steps that may come in any year, as a promotion."
    )
    odds_basis = models.CharField(
        "basis of the odds", max_length=200, blank=True, help_text="Who counted them, or whose guess. Readers see it."
    )
    months_low = models.PositiveSmallIntegerField("months, low", help_text="One in ten needs less.")
    months_mid = models.PositiveSmallIntegerField("months, middle", help_text="Until the pay rises; half need less.")
    months_high = models.PositiveSmallIntegerField("months, high", help_text="One in ten needs more.")
    hours = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of one’s own time to get there. Empty where nobody can say."
    )
    min_years = models.PositiveSmallIntegerField(
        "years of work, from", null=True, blank=True, help_text="For whom it is a next step. Empty: from the first day."
    )
    max_years = models.PositiveSmallIntegerField(
        "years of work, to", null=True, blank=True, help_text="Empty: to the last."
    )
    grade = grade_field("How far it can be trusted: never better than its evidence.")
    sources = models.ManyToManyField(
        Source, related_name="way_ranges", blank=True, help_text="What the range was read from. Readers see them."
    )
    note = models.CharField(max_length=300, blank=True, help_text="What else a reader should know, in a sentence.")
    editors_note = editors_note_field()
    review_on = models.DateField(
        "review by", null=True, blank=True, help_text="When an editor should look for newer evidence."
    )

    class Meta:
        ordering = ["way__slug", "region", "pk"]
        verbose_name = "range of a way"
        verbose_name_plural = "ranges of ways"
        constraints = [
            models.UniqueConstraint(
                name="way_range_once_an_area",
                fields=["way", "region"],
                violation_error_message="This way already has a range for this region or country.",
            ),
            area_known("way_range_area_known"),
            percents_rise("way_range_rises"),
            models.CheckConstraint(
                name="way_range_odds_are_a_share",
                condition=Q(odds_percent=None, is_odds_measured=False)
                | Q(odds_percent__isnull=False, odds_percent__lte=100),
                violation_error_message="Odds are at most 100 %, and only odds that are given can be measured.",
            ),
            models.CheckConstraint(
                name="way_range_months_rise",
                condition=Q(months_low__lte=F("months_mid"), months_mid__lte=F("months_high")),
                violation_error_message="Months must not fall from low to middle to high.",
            ),
            models.CheckConstraint(
                name="way_range_years_rise",
                condition=Q(min_years=None) | Q(max_years=None) | Q(min_years__lte=F("max_years")),
                violation_error_message="Years of work must not fall.",
            ),
            grade_known("way_range_grade_known"),
        ]

    def __str__(self) -> str:
        """Its natural key. Lists of ranges must select the way too."""
        return f"{self.way.slug} · {self.region or 'worldwide'}"

    @property
    def area(self) -> str:
        return name_area(self.region)
