"""Sources."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest

from skills.admin.imports import ImportsCsv
from skills.admin.published_rows import KeepsPublishedRows
from skills.catalogue.resources import SourceResource
from skills.models import Location, Source
from skills.models.area import name_area
from skills.presenters.way_rows import describe_percents


@admin.register(Source)
class SourceAdmin(ImportsCsv, KeepsPublishedRows):
    table = SourceResource
    document_table = "sources"
    list_display = ["slug", "publisher", "title", "published", "kind", "evidence_count"]
    list_filter = ["kind", "licence"]
    search_fields = ["slug", "title", "publisher", "url"]
    ordering = ["slug"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .annotate(evidence_count=Count("evidence", distinct=True) + Count("way_evidence", distinct=True))
        )

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Add the figures that are from this source."""
        source: Source | None = context.get("original")
        if source is not None:
            context["figures"] = source.evidence.select_related("skill", "source").order_by("skill__name", "region")
            context["way_figures"] = [
                {"row": row, "area": name_area(row.region), "percents": describe_percents(row)}
                for row in source.way_evidence.select_related("way").order_by("way__name", "region", "population")
            ]
            context["ranges"] = source.way_ranges.select_related("way").order_by("way__name", "region")
            context["curve_count"] = source.experience.count()
            is_of_pay, is_of_prices = Q(source=source), Q(price_source=source)
            context |= Location.objects.filter(is_of_pay | is_of_prices).aggregate(
                place_count=Count("pk", filter=is_of_pay), priced_count=Count("pk", filter=is_of_prices)
            )
        return super().render_change_form(request, context, *args, **options)

    @admin.display(description="evidence", ordering="evidence_count")
    def evidence_count(self, source: Any) -> int:
        return int(source.evidence_count)
