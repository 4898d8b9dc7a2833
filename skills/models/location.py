"""A place that people are paid in, what developers earn there, and its other names."""

from __future__ import annotations

from itertools import combinations

from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from skills.models.region import Region
from skills.models.source import Source

QUANTILES = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}


def _quantiles_rise() -> Q:
    """Each published quantile is above zero and below every higher one; unpublished ones are not compared."""
    rise = Q()
    for name in QUANTILES:
        rise &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": 0})
    for low, high in combinations(QUANTILES, 2):
        rise &= Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lt": F(high)})
    return rise


class LocationQuerySet(models.QuerySet["Location"]):
    def published(self) -> LocationQuerySet:
        """Places that the next edition takes in."""
        return self.filter(is_published=True)


class Location(models.Model):
    """A country, region or metro; pay is gross, a year, of software developers, in `currency`."""

    class Kind(models.TextChoices):
        COUNTRY = "country", "Country"
        REGION = "region", "Region"
        METRO = "metro", "Metro area"

    slug = models.SlugField(
        max_length=60, unique=True, help_text="Part of shared addresses: never changes once published."
    )
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="Answers for this place where it has no median of its own.",
    )
    country = models.CharField(max_length=2, validators=[MinLengthValidator(2)], help_text="ISO code, as US.")
    region = models.CharField(
        max_length=20, choices=Region, blank=True, help_text="Whose regional evidence counts here."
    )
    currency = models.CharField(max_length=3, validators=[MinLengthValidator(3)], help_text="ISO code, as USD.")
    p10 = models.PositiveBigIntegerField("P10", null=True, blank=True)
    p25 = models.PositiveBigIntegerField("P25", null=True, blank=True)
    p50 = models.PositiveBigIntegerField("median", null=True, blank=True)
    p75 = models.PositiveBigIntegerField("P75", null=True, blank=True)
    p90 = models.PositiveBigIntegerField("P90", null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="locations")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    sample_size = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="People or answers behind the figures."
    )
    price_level = models.DecimalField(
        max_digits=6, decimal_places=1, null=True, blank=True, help_text="Prices, the United States = 100."
    )
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    population = models.PositiveBigIntegerField(null=True, blank=True, help_text="Ranks places of the same name.")
    note = models.CharField(max_length=200, blank=True)
    is_published = models.BooleanField("published", default=True, help_text="Part of the next edition.")

    objects = LocationQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="location_quantiles_rise",
                condition=_quantiles_rise(),
                violation_error_message="Pay must be above zero and rise from P10 to P90.",
            ),
            models.CheckConstraint(
                name="location_pay_has_median_source_year",
                condition=Q(p10=None, p25=None, p50=None, p75=None, p90=None)
                | Q(p50__isnull=False, source__isnull=False, year__isnull=False),
                violation_error_message="Pay needs a median, a source and a year.",
            ),
            models.CheckConstraint(
                name="location_country_stands_alone",
                condition=Q(kind="country", parent=None) | Q(kind__in=["region", "metro"], parent__isnull=False),
                violation_error_message="A country has no parent; every other place has one.",
            ),
            models.CheckConstraint(
                name="location_region_known",
                condition=Q(region__in=["", *Region.values]),
                violation_error_message="Choose one of the regions, or none.",
            ),
            models.CheckConstraint(
                name="location_slug_given", condition=~Q(slug=""), violation_error_message="A place needs a slug."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"


class LocationAlias(models.Model):
    """Another name that people type for a place."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="aliases")
    alias = models.CharField(max_length=80)

    class Meta:
        ordering = ["alias", "location__slug"]
        verbose_name_plural = "location aliases"
        constraints = [
            models.UniqueConstraint(
                name="location_alias_once",
                fields=["alias", "location"],
                violation_error_message="This place already has this name.",
            ),
            models.CheckConstraint(
                name="location_alias_given", condition=~Q(alias=""), violation_error_message="An alias needs a name."
            ),
        ]

    def __str__(self) -> str:
        return self.alias
