"""Exchange rates."""

from __future__ import annotations

from django.contrib import admin

from skills.admin.typed import ModelAdmin
from skills.models import ExchangeRate


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ModelAdmin[ExchangeRate]):
    list_display = ["currency", "units_per_usd", "quoted_on", "source_slug", "note"]
    list_filter = ["quoted_on", ("source", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["currency", "note"]
    ordering = ["currency"]
    autocomplete_fields = ["source"]

    @admin.display(description="source", ordering="source__slug")
    def source_slug(self, rate: ExchangeRate) -> str:
        return rate.source.slug
