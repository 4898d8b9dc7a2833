"""The admin of places, with their other names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from earnverdict import formatting
from skills.admin.change_log import LogsChanges
from skills.admin.imports import ImportsCsv
from skills.admin.named_rows import NamedRows
from skills.admin.opened_rows import VersionedForm
from skills.admin.published_rows import KeepsPublishedRows
from skills.catalogue.resources import LocationAliasResource, LocationResource
from skills.change_log import part_of_changes
from skills.models import Location, LocationAlias
from skills.models.location import LIKE_PARENT


class LocationForm(VersionedForm):
    """Takes country, region and currency from the place that this one lies in, where they are left empty."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in set(LIKE_PARENT) & set(self.fields):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        parent: Location | None = cleaned.get("parent")
        if parent is not None and self.instance.pk in {place.pk for place in _walk_up(parent)}:
            self.add_error("parent", _describe_circle(self.instance, parent))
            return cleaned
        for name in LIKE_PARENT:
            if name in self.errors or name not in self.fields:
                continue
            if parent is not None:
                self._follow_parent(parent, name)
            elif not cleaned[name] and name != "region":
                self.add_error(name, forms.Field.default_error_messages["required"])
        return cleaned

    def _follow_parent(self, parent: Location, name: str) -> None:
        """Take the parent's value; refuse another one that was typed."""
        theirs = getattr(parent, name)
        own = self.cleaned_data[name]
        was_theirs = own == self.initial.get(name)  # a place that moves takes the values of its new parent
        if own and own != theirs and not (was_theirs and "parent" in self.changed_data):
            self.add_error(name, f"It lies in {parent.name}: leave this empty, or write {theirs or 'nothing'}.")
        self.cleaned_data[name] = theirs


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
    form = LocationForm
    inlines = [AliasInline]
    list_display = ["name", "slug", "kind", "country", "currency", "median", "answered_by", "is_published"]
    list_filter = [
        "kind",
        PayFilter,
        "region",
        "is_published",
        ("source", admin.RelatedOnlyFieldListFilter),
        ("price_source", admin.RelatedOnlyFieldListFilter),
        "country",
    ]
    # A place, its region, its country: so that `answered_by` needs no further query.
    list_select_related = ["parent__parent__parent"]
    search_fields = ["name", "slug", "=country", "=currency", "aliases__alias"]
    ordering = ["slug"]
    autocomplete_fields = ["parent", "source", "price_source"]
    prepopulated_fields = {"slug": ["country", "name"]}
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "parent", "country", "region", "is_published"]}),
        (
            "Developers’ pay, gross, a year",
            {"fields": ["currency", ("p10", "p25", "p50", "p75", "p90"), "source", "year", "sample_size", "note"]},
        ),
        ("About the place", {"fields": ["population", ("price_level", "price_source"), ("latitude", "longitude")]}),
        ("For editors", {"fields": ["editors_note"]}),
    ]

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Log, and say, that the places in this one follow its country, region and currency."""
        parts = super().construct_change_message(request, form, formsets, add)
        count = 0 if add or not set(LIKE_PARENT) & set(form.changed_data) else _count_places_in(form.instance)
        if not count:
            return parts
        places = formatting.plural(count, "place")
        self.message_user(request, f"The {places} in it have the same now. Check whether their pay is in the currency.")
        return [*parts, part_of_changes([f"the same of {places} in it"])]

    @admin.display(description="median pay", ordering="p50")
    def median(self, location: Location) -> str | None:
        return None if location.p50 is None else formatting.money(location.currency).whole(location.p50)

    @admin.display(description="whose pay is used")
    def answered_by(self, location: Location) -> str | None:
        """Return the nearest place with a median: itself, or one that contains it."""
        place = next((place for place in _walk_up(location) if place.p50 is not None), None)
        if place is None:
            return None
        return "itself" if place is location else place.name


def _describe_circle(place: Location, parent: Location) -> str:
    if parent == place:
        return "A place does not lie in itself."
    return f"{parent.name} lies in {place.name}, and cannot contain it too."


def _walk_up(location: Location) -> Iterator[Location]:
    """The place and those that contain it, from the nearest; each once, where places lie in each other by mistake."""
    place: Location | None = location
    passed: set[int] = set()
    while place is not None and place.pk not in passed:
        passed.add(place.pk)
        yield place
        place = place.parent


def _count_places_in(place: Location) -> int:
    """Count the places in a place, at any depth; each once, where places lie in each other by mistake."""
    found, inside = {place.pk}, {place.pk}
    while inside := set(Location.objects.filter(parent__in=inside).values_list("pk", flat=True)) - found:
        found |= inside
    return len(found) - 1


@admin.register(LocationAlias)
class LocationAliasAdmin(ImportsCsv, LogsChanges):
    table = LocationAliasResource
    list_display = ["alias", "location"]
    list_select_related = ["location"]
    search_fields = ["alias", "location__name", "location__slug"]
    ordering = ["alias", "location__slug"]
    autocomplete_fields = ["location"]
