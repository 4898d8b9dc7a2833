"""Skills, each with its evidence below it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from skills.admin.published import KeepsPublishedRows
from skills.admin.typed import ModelForm, TabularInline
from skills.models import Evidence, Skill, Source


class SkillForm(ModelForm[Skill]):
    """A skill cannot be its own prerequisite; longer circles are found when an edition is published."""

    def clean_prerequisites(self) -> QuerySet[Skill]:
        prerequisites: QuerySet[Skill] = self.cleaned_data["prerequisites"]
        if self.instance.pk and prerequisites.filter(pk=self.instance.pk).exists():
            raise forms.ValidationError("A skill cannot require itself.")
        return prerequisites


class EvidenceInline(TabularInline[Evidence, Skill]):
    model = Evidence
    extra = 0
    fields = [
        "source",
        "region",
        "low_percent",
        "mid_percent",
        "high_percent",
        "grade",
        "population",
        "year",
        "sample_size",
        "note",
    ]
    ordering = ["grade", "source__slug", "region"]
    # Ten columns have to fit beside each other.
    formfield_overrides = {
        models.CharField: {"widget": forms.TextInput(attrs={"size": 22})},
        models.DecimalField: {"widget": forms.NumberInput(attrs={"class": "vIntegerField", "step": "any"})},
    }

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Grades by their letter alone."""
        if db_field.name == "grade":
            options["choices"] = [("", "---------"), *((grade, grade) for grade in Evidence.Grade.values)]
        return super().formfield_for_choice_field(db_field, request, **options)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """All sources are read once for the page, not once a row, and named by their slug, so that a row is short."""
        field = super().formfield_for_foreignkey(db_field, request, **options)
        if db_field.name == "source" and field is not None:
            sources = Source.objects.order_by("slug").values_list("pk", "slug")
            field.choices = [("", "---------"), *sources]
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """A row has no room for the buttons that open its source."""
        formset = super().get_formset(request, obj, **options)
        widget = formset.form.base_fields["source"].widget
        widget.can_add_related = widget.can_change_related = False
        widget.can_delete_related = widget.can_view_related = False
        return formset


@admin.register(Skill)
class SkillAdmin(KeepsPublishedRows):
    document_table = "skills"
    form = SkillForm
    inlines = [EvidenceInline]
    list_display = ["name", "slug", "category", "hours", "evidence_count", "is_published"]
    list_filter = ["category", "is_published"]
    search_fields = ["name", "slug", "summary"]
    ordering = ["slug"]
    autocomplete_fields = ["prerequisites"]
    prepopulated_fields = {"slug": ["name"]}
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["name", "slug", "category", "summary", "is_published"]}),
        (
            "What it takes",
            {
                "fields": [
                    ("hours_low", "hours_mid", "hours_high"),
                    "hours_basis",
                    "exam_cost_usd",
                    "prerequisites",
                ]
            },
        ),
        ("Who gains", {"fields": ["tilt_percent"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(evidence_count=Count("evidence"))

    @admin.display(description="study hours", ordering="hours_mid")
    def hours(self, skill: Skill) -> str:
        return f"{skill.hours_low} – {skill.hours_mid} – {skill.hours_high}"

    @admin.display(description="evidence", ordering="evidence_count")
    def evidence_count(self, skill: Any) -> int:
        return int(skill.evidence_count)
