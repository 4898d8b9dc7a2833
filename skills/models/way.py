"""Other ways to more pay than a skill: what each is, its ranges by area, and the evidence behind them."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from skills.models.area import area_field, area_known, name_area
from skills.models.evidence import Evidence
from skills.models.skill import PART_OF_NEXT_EDITION, Skill
from skills.models.source import Source


class WayQuerySet(models.QuerySet["Way"]):
    def published(self) -> WayQuerySet:
        """Ways of the next edition."""
        return self.filter(is_published=True)


class Way(models.Model):
    """A way to more pay, such as changing employer: what holds for it everywhere."""

    class Unit(models.TextChoices):
        PAY = "pay", "of pay, beyond what staying brings"
        OFFER = "offer", "of the first offer"
        GAP = "gap", "of the gap in pay between two places"
        HOUR = "hour", "no figure: the visitor’s own hours and rate"
        BASELINE = "baseline", "no figure: staying, which the experience curve gives"

    class Lasting(models.TextChoices):
        PERMANENT = "permanent", "it stays"
        WHILE_HELD = "while_held", "as long as you hold it"
        WHILE_THERE = "while_there", "as long as you are there"
        WHILE_WORKED = "while_worked", "as long as you work for it"
        BASELINE = "baseline", "it is what the others are compared with"

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = (
        "slug",
        "name",
        "summary",
        "unit",
        "lasts",
        "overlap",
        "overlaps_skill",
        "not_compared_with",
    )

    slug = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Its address: switch-employer is /ways/switch-employer/. It never changes once published.",
    )
    name = models.CharField(max_length=60, help_text="As readers see it: what one does, as “Change employer”.")
    summary = models.CharField(max_length=200, help_text="What it is, in a sentence. Readers see it.")
    unit = models.CharField(
        "its figures are shares",
        max_length=10,
        choices=Unit,
        help_text="Readers never see ways of different units compared.",
    )
    lasts = models.CharField("how long it lasts", max_length=15, choices=Lasting, help_text="Readers see it.")
    overlap = models.CharField(
        "adds to a skill",
        max_length=200,
        help_text="Whether its money can be added to a skill’s: yes, no or partly, and why. Readers see it.",
    )
    overlaps_skill = models.ForeignKey(
        Skill,
        verbose_name="is the same as the skill",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ways",
        help_text="Where this skill is recommended first, the way is not shown: they are the same money.",
    )
    not_compared_with = models.CharField(
        "must not be compared with",
        max_length=300,
        blank=True,
        help_text="Which figures look alike and are not, and why. Readers see it.",
    )
    editors_note = models.CharField(
        "note for editors",
        max_length=300,
        blank=True,
        help_text="What is still to be checked. Readers never see it.",
    )
    is_published = models.BooleanField("published", default=True, help_text=PART_OF_NEXT_EDITION)

    objects = WayQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="way_slug_given", condition=~Q(slug=""), violation_error_message="A way needs a slug."
            ),
            models.CheckConstraint(
                name="way_unit_known",
                condition=Q(unit__in=["pay", "offer", "gap", "hour", "baseline"]),
                violation_error_message="Choose what its figures are shares of.",
            ),
            models.CheckConstraint(
                name="way_lasting_known",
                condition=Q(lasts__in=["permanent", "while_held", "while_there", "while_worked", "baseline"]),
                violation_error_message="Choose how long it lasts.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def _percent(label: str, help_text: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(
        label,
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90)],
        help_text=help_text,
    )


def _percents_rise(name: str) -> models.CheckConstraint:
    """The constraint that a range rises where it is known, and has a middle where it has ends."""
    # A comparison with nothing is neither true nor false, and the database lets it pass.
    is_whole = Q(low_percent__isnull=False, mid_percent__isnull=False, high_percent__isnull=False)
    rises = Q(low_percent__gt=-100, low_percent__lt=F("mid_percent"), mid_percent__lt=F("high_percent"))
    return models.CheckConstraint(
        name=name,
        condition=(is_whole & rises) | Q(low_percent=None, high_percent=None),
        violation_error_message="A range rises from low to middle to high; without a range leave low and high empty.",
    )


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
    low_percent = _percent("low (%)", "P10, in percent of what the way says: 3 means +3%. One in ten gains less.")
    mid_percent = _percent("middle (%)", "P50: half gain less. Empty where the visitor’s own figures are needed.")
    high_percent = _percent("high (%)", "P90: one in ten gains more.")
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
    grade = models.CharField(
        max_length=1, choices=Evidence.Grade, help_text="How far it can be trusted: never better than its evidence."
    )
    sources = models.ManyToManyField(
        Source, related_name="way_ranges", blank=True, help_text="What the range was read from. Readers see them."
    )
    note = models.CharField(max_length=300, blank=True, help_text="What else a reader should know, in a sentence.")
    editors_note = models.CharField(
        "note for editors",
        max_length=300,
        blank=True,
        help_text="What is still to be checked. Readers never see it.",
    )
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
            _percents_rise("way_range_rises"),
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
            models.CheckConstraint(
                name="way_range_grade_known",
                condition=Q(grade__in=["A", "B", "C", "D"]),
                violation_error_message="Choose a grade from A to D.",
            ),
        ]

    def __str__(self) -> str:
        """Its natural key. Lists of ranges must select the way too."""
        return f"{self.way.slug} · {self.region or 'worldwide'}"

    @property
    def area(self) -> str:
        return name_area(self.region)


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
    low_percent = _percent("low (%)", "P10, in percent of what it measures. Empty where it is not published.")
    mid_percent = _percent("middle (%)", "P50, in percent of what it measures. Empty where the note has the figure.")
    high_percent = _percent("high (%)", "P90, in percent of what it measures. Empty where it is not published.")
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
    grade = models.CharField(max_length=1, choices=Evidence.Grade, help_text="How far the figure can be trusted.")
    year = models.PositiveSmallIntegerField(help_text="The year that its data is of, not the year of the publication.")
    sample_size = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="People or adverts behind the figure. Empty where that is not published."
    )
    note = models.CharField(max_length=300, blank=True, help_text="What else a reader should know, in a sentence.")
    editors_note = models.CharField(
        "note for editors",
        max_length=300,
        blank=True,
        help_text="What is still to be checked. Readers never see it.",
    )
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
            _percents_rise("way_evidence_rises"),
            models.CheckConstraint(
                name="way_evidence_grade_known",
                condition=Q(grade__in=["A", "B", "C", "D"]),
                violation_error_message="Choose a grade from A to D.",
            ),
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
