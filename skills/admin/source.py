"""Sources."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest

from skills.admin.imports import ImportsCsv
from skills.admin.published_rows import KeepsPublishedRows
from skills.catalogue.resources import SourceResource
from skills.models import Source


@admin.register(Source)
class SourceAdmin(ImportsCsv, KeepsPublishedRows):
    table = SourceResource
    document_table = "sources"
    list_display = ["slug", "publisher", "title", "published", "kind", "evidence_count"]
    list_filter = ["kind", "licence"]
    search_fields = ["slug", "title", "publisher", "url"]
    ordering = ["slug"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(evidence_count=Count("evidence"))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Add the figures that are from this source."""
        source: Source | None = context.get("original")
        if source is not None:
            context["figures"] = source.evidence.select_related("skill", "source").order_by("skill__name", "region")
            context["place_count"] = source.locations.count()
            context["priced_count"] = source.priced_locations.count()
        return super().render_change_form(request, context, *args, **options)

    @admin.display(description="evidence", ordering="evidence_count")
    def evidence_count(self, source: Any) -> int:
        return int(source.evidence_count)
