"""A place that people are paid in, what developers earn there, and its other names."""

from __future__ import annotations

from itertools import combinations

from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from skills.models.editors_note import editors_note_field
from skills.models.like_parent import LikeParent
from skills.models.region import Region
from skills.models.skill import PART_OF_NEXT_EDITION
from skills.models.source import Source

#: What a place has from the place that it lies in.
LIKE_PARENT = ("country", "region", "currency")
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
        """Places of the next edition."""
        return self.filter(is_published=True)


class Location(models.Model):
    """A country, region or metro; pay is gross, a year, of software developers, in `currency`."""

    class Kind(models.TextChoices):
        COUNTRY = "country", "Country"
        REGION = "region", "Region"
        METRO = "metro", "Metro area"

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = (
        "slug",
        "name",
        "kind",
        "parent",
        "country",
        "region",
        "currency",
        *QUANTILES,
        "source",
        "year",
        "sample_size",
        "price_level",
        "price_source",
        "population",
        "note",
    )

    slug = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Part of shared addresses, as us-austin-tx. It never changes once published.",
    )
    name = models.CharField(max_length=80, help_text="As readers see it, without the country.")
    kind = models.CharField(max_length=10, choices=Kind, help_text="A country lies in no other place.")
    parent = models.ForeignKey(
        "self",
        verbose_name="lies in",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="Its pay is used for this place where this one has no median of its own.",
    )
    country = models.CharField(
        max_length=2,
        validators=[MinLengthValidator(2)],
        help_text="ISO code, as US. Empty: that of the place that it lies in.",
    )
    region = models.CharField(
        max_length=20,
        choices=Region,
        blank=True,
        help_text="Whose regional evidence counts here. Empty: that of the place that it lies in.",
    )
    currency = models.CharField(
        max_length=3,
        validators=[MinLengthValidator(3)],
        help_text="ISO code, as USD. The pay below is in whole units of it, a year, before tax. Empty: that of "
        "the place that it lies in.",
    )
    p10 = models.PositiveBigIntegerField(
        "pay, lowest tenth", null=True, blank=True, help_text="P10: one developer in ten earns less."
    )
    p25 = models.PositiveBigIntegerField(
        "pay, lower quarter", null=True, blank=True, help_text="P25: a quarter earn less."
    )
    p50 = models.PositiveBigIntegerField(
        "median pay",
        null=True,
        blank=True,
        help_text="P50: half earn less. Empty: the pay of the place that this one lies in is used.",
    )
    p75 = models.PositiveBigIntegerField(
        "pay, upper quarter", null=True, blank=True, help_text="P75: a quarter earn more."
    )
    p90 = models.PositiveBigIntegerField(
        "pay, highest tenth", null=True, blank=True, help_text="P90: one in ten earns more."
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="locations",
        help_text="Where the pay is from. Readers see it.",
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The year that the pay is of.")
    sample_size = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="People or answers behind the pay. Empty where that is not published."
    )
    price_level = models.DecimalField(
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Prices here, rents among them, where those of the United States are 100: 85 is 15% cheaper. "
        "Readers see it where they compare two places, once it has a source. Empty: that of the place that this one "
        "lies in is used.",
    )
    price_source = models.ForeignKey(
        Source,
        verbose_name="source of the price level",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="priced_locations",
        help_text="Where the price level is from. Readers see it. A level without a source is not published.",
    )
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees; south of the equator below 0. Readers do not see it.",
    )
    longitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees; west of Greenwich below 0. Readers do not see it.",
    )
    population = models.PositiveBigIntegerField(
        "people",
        null=True,
        blank=True,
        help_text="How many people live there: of places with the same name the biggest is offered first.",
    )
    note = models.CharField(max_length=200, blank=True, help_text="What a reader should know of the pay.")
    editors_note = editors_note_field()
    is_published = models.BooleanField("published", default=True, help_text=PART_OF_NEXT_EDITION)

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
                name="location_price_level_above_zero",
                condition=Q(price_level=None) | Q(price_level__gt=0),
                violation_error_message="A price level is above zero.",
            ),
            models.CheckConstraint(
                name="location_price_source_has_level",
                condition=Q(price_source=None) | Q(price_level__isnull=False),
                violation_error_message="A source of the price level needs a price level.",
            ),
            models.CheckConstraint(
                name="location_country_stands_alone",
                condition=Q(kind="country", parent=None) | Q(kind__in=["region", "metro"], parent__isnull=False),
                violation_error_message="A country has no parent; every other place has one.",
            ),
            LikeParent(name="location_like_its_parent", parent="parent", fields=LIKE_PARENT),
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

    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, related_name="aliases", help_text="The place that has this name too."
    )
    alias = models.CharField(
        "other name", max_length=80, help_text="As people type it. A search finds the place by it."
    )

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
