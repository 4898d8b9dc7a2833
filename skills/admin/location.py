"""The admin of places, with their other names."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from earnverdict import formatting
from skills.admin.change_log import LogsChanges
from skills.admin.imports import ImportsCsv
from skills.admin.named_rows import NamedRows
from skills.admin.published_rows import KeepsPublishedRows
from skills.catalogue.resources import LocationAliasResource, LocationResource
from skills.models import Location, LocationAlias


class PayFilter(admin.SimpleListFilter):
    """Filters places with a median of their own, and those that use another place's."""

    title = "pay"
    parameter_name = "pay"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [("own", "Has a median"), ("none", "Has none")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        if self.value() is None:
            return None
        return queryset.filter(p50__isnull=self.value() == "none")


class AliasInline(admin.TabularInline[LocationAlias, Location]):
    model = LocationAlias
    formset = NamedRows
    extra = 1
    max_num = 300
    verbose_name = "other name"
    verbose_name_plural = "other names"
    classes = ["collapse"]


@admin.register(Location)
class LocationAdmin(ImportsCsv, KeepsPublishedRows):
    table = LocationResource
    document_table = "places"
    inlines = [AliasInline]
    list_display = ["name", "slug", "kind", "country", "currency", "median", "answered_by", "is_published"]
    list_filter = ["kind", PayFilter, "region", "is_published", ("source", admin.RelatedOnlyFieldListFilter), "country"]
    # A place, its region, its country: so that `answered_by` needs no further query.
    list_select_related = ["parent__parent__parent"]
    search_fields = ["name", "slug", "=country", "=currency", "aliases__alias"]
    ordering = ["slug"]
    autocomplete_fields = ["parent", "source"]
    prepopulated_fields = {"slug": ["country", "name"]}
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "parent", "country", "region", "is_published"]}),
        (
            "Developers’ pay, gross, a year",
            {"fields": ["currency", ("p10", "p25", "p50", "p75", "p90"), "source", "year", "sample_size", "note"]},
        ),
        ("About the place", {"fields": ["population", "price_level", ("latitude", "longitude")]}),
        ("For editors", {"fields": ["editors_note"]}),
    ]

    @admin.display(description="median pay", ordering="p50")
    def median(self, location: Location) -> str | None:
        return None if location.p50 is None else formatting.money(location.currency).whole(location.p50)

    @admin.display(description="whose pay is used")
    def answered_by(self, location: Location) -> str | None:
        """Return the nearest place with a median: itself, or one that contains it."""
        place: Location | None = location
        passed: set[int] = set()
        while place is not None and place.p50 is None and place.pk not in passed:
            passed.add(place.pk)
            place = place.parent
        if place is None or place.p50 is None:
            return None
        return "itself" if place is location else place.name


@admin.register(LocationAlias)
class LocationAliasAdmin(ImportsCsv, LogsChanges):
    table = LocationAliasResource
    list_display = ["alias", "location"]
    list_select_related = ["location"]
    search_fields = ["alias", "location__name", "location__slug"]
    ordering = ["alias", "location__slug"]
    autocomplete_fields = ["location"]
