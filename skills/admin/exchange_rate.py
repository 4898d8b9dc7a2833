"""Exchange rates."""

from __future__ import annotations

from django.contrib import admin

from skills.admin.change_log import LogsChanges
from skills.admin.imports import ImportsCsv
from skills.catalogue.resources import ExchangeRateResource
from skills.models import ExchangeRate


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ImportsCsv, LogsChanges):
    table = ExchangeRateResource
    list_display = ["currency", "rate", "quoted_on", "source_slug", "note"]
    list_filter = ["quoted_on", ("source", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["currency", "note"]
    ordering = ["currency"]
    autocomplete_fields = ["source"]

    @admin.display(description="one US dollar buys", ordering="units_per_usd")
    def rate(self, rate: ExchangeRate) -> str:
        return f"{rate.units_per_usd.normalize():f} {rate.currency}"

    @admin.display(description="source", ordering="source__slug")
    def source_slug(self, rate: ExchangeRate) -> str:
        return rate.source.slug
