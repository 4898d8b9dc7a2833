"""Regions and countries of figures of ways in the admin: typed by name or code, listed and filtered by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from skills.models.area import list_areas, name_area, read_area

_WORLD = "world"


class AreaInput(forms.TextInput):
    """A text field that offers the regions and countries by name."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        list_id = f"areas-{name}"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', list_areas())
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class AreaField(forms.CharField):
    """Takes a region or a country by its code or its English name."""

    widget = AreaInput

    def to_python(self, value: Any) -> Any:
        text: str = super().to_python(value) or ""
        area = read_area(text)
        return text if area is None else area


class AreaFilter(admin.SimpleListFilter):
    """Filters rows by their region or country, by name."""

    title = "region or country"
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        areas = model_admin.model._default_manager.order_by("region").values_list("region", flat=True).distinct()
        return sorted(((area or _WORLD, capfirst(name_area(area))) for area in areas), key=lambda each: each[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        area = self.value()
        return None if area is None else queryset.filter(region="" if area == _WORLD else area)


class NamesAreas(admin.ModelAdmin[Any]):
    """Takes a row's region or country by name, too."""

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "region":
            options |= {"form_class": AreaField, "widget": AreaInput(attrs={"class": "vTextField"})}
        return super().formfield_for_dbfield(db_field, request, **options)
