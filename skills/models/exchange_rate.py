"""What one US dollar costs in a currency."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q

from skills.models.source import Source


class ExchangeRate(models.Model):
    """Turns exam prices, which are in US dollars, into the visitor's currency."""

    currency = models.CharField(max_length=3, unique=True, validators=[MinLengthValidator(3)], help_text="ISO code.")
    units_per_usd = models.DecimalField("units per US dollar", max_digits=18, decimal_places=6)
    quoted_on = models.DateField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="rates")
    note = models.CharField(max_length=120, blank=True)

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
