"""What a US dollar costs: exchange_rates.csv."""

from typing import Any

from skills.catalogue.resources.resource import Table, columns_of
from skills.models import ExchangeRate


class ExchangeRateResource(Table):
    file = "exchange_rates.csv"

    class Meta(Table.Meta):
        model = ExchangeRate
        import_id_fields = ["currency"]
        fields = columns_of(ExchangeRate)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("source").order_by("currency")
