"""What one US dollar costs in a currency."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q

from skills.models.source import Source


class ExchangeRate(models.Model):
    """Turns exam prices, which are in US dollars, into the visitor's currency."""

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = ("currency", "units_per_usd", "quoted_on", "source")

    currency = models.CharField(
        max_length=3, unique=True, validators=[MinLengthValidator(3)], help_text="ISO code, as EUR."
    )
    units_per_usd = models.DecimalField(
        "rate",
        max_digits=18,
        decimal_places=6,
        help_text="How much of the currency one US dollar buys: 0.92 of EUR means that $100 is €92.",
    )
    quoted_on = models.DateField(help_text="The day that the rate is of. Readers see it.")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="rates", help_text="Who quotes it. Readers see it."
    )
    note = models.CharField("note for editors", max_length=120, blank=True, help_text="Readers never see it.")

    class Meta:
        ordering = ["currency"]
        constraints = [
            models.CheckConstraint(
                name="exchange_rate_above_zero",
                condition=Q(units_per_usd__gt=0),
                violation_error_message="A rate must be above zero.",
            ),
            models.CheckConstraint(
                name="exchange_rate_currency_given",
                condition=~Q(currency=""),
                violation_error_message="A rate needs a currency.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.units_per_usd}"
