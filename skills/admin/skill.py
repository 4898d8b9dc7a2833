"""The admin of skills, with their evidence and pooled premium."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path

from skills.admin import pool_preview
from skills.admin.imports import ImportsCsv
from skills.admin.named_rows import NamedRows
from skills.admin.opened_rows import VersionedForm
from skills.admin.published_rows import KeepsPublishedRows
from skills.admin.removal import RemovalReasonField
from skills.catalogue.resources import SkillResource
from skills.catalogue.skill_names import find_clashes, named_skills
from skills.models import Evidence, Grade, Region, Skill, Source
from skills.models.words import split_words


class SkillForm(VersionedForm):
    """Checks that a skill is not its own prerequisite. Publishing finds longer cycles."""

    removal_reason = RemovalReasonField(required=False)

    def clean_prerequisites(self) -> QuerySet[Skill]:
        prerequisites: QuerySet[Skill] = self.cleaned_data["prerequisites"]
        if self.instance.pk and prerequisites.filter(pk=self.instance.pk).exists():
            raise forms.ValidationError("A skill cannot require itself.")
        return prerequisites

    def clean(self) -> dict[str, Any]:
        """Say which names are another skill's before publishing refuses them."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        others = Skill.objects.exclude(pk=self.instance.pk)
        own = {"slug": cleaned.get("slug") or self.instance.slug, "name": cleaned.get("name", "")}
        words = {field: split_words(cleaned.get(field) or "") for field in ("other_names", "related_words")}
        rows = [
            {"slug": row.slug, "name": row.name, "other_names": split_words(row.other_names), "related_words": []}
            for row in others
        ]
        for field, texts in words.items():
            row = {**own, "other_names": [], "related_words": [], field: texts}
            for clash in find_clashes(named_skills([*rows, row], [])):
                if clash.row == own["slug"] and field in cleaned:
                    self.add_error(field, clash.reason)
        return cleaned


class EvidenceRows(NamedRows):
    """Asks for a reason if rows are removed."""

    def clean(self) -> None:
        super().clean()
        removed = [form for form in self.initial_forms if form.cleaned_data.get("DELETE")]
        if removed and not str(self.data.get("removal_reason", "")).strip():
            raise forms.ValidationError("Say below why rows are removed: the log keeps the reason.")


class EvidenceInline(admin.StackedInline[Evidence, Skill]):
    model = Evidence
    formset = EvidenceRows
    extra = 0
    fields = [pool_preview.SHORT_FIELDS, pool_preview.LONG_FIELDS]
    ordering = ["grade", "source__slug", "region"]
    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
        models.DecimalField: {"widget": forms.NumberInput(attrs={"class": "vIntegerField", "step": "any"})},
    }

    def get_queryset(self, request: HttpRequest) -> Any:
        """Select the skill and the source too, because they name a row."""
        return super().get_queryset(request).select_related("skill", "source")

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Shorten the choices: grades by their letter, `about` in a word, and no region as “Worldwide”."""
        if db_field.name == "region":
            options["choices"] = [("", "Worldwide"), *Region.choices]
        if db_field.name == "grade":
            options["choices"] = [("", "---------"), *((grade, grade) for grade in Grade.values)]
        if db_field.name == "about":
            options["choices"] = [(about, about) for about in Evidence.About.values]
        return super().formfield_for_choice_field(db_field, request, **options)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Read all sources once for the page, and name them by their slug, so that a row is short."""
        field = super().formfield_for_foreignkey(db_field, request, **options)
        if db_field.name == "source" and field is not None:
            sources = Source.objects.order_by("slug").values_list("pk", "slug")
            field.choices = [("", "---------"), *sources]
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """Keep only the button that adds a source: the others do not fit into a row."""
        formset = super().get_formset(request, obj, **options)
        widget = formset.form.base_fields["source"].widget
        widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        return formset


@admin.register(Skill)
class SkillAdmin(ImportsCsv, KeepsPublishedRows):
    table = SkillResource
    document_table = "skills"
    form = SkillForm
    inlines = [EvidenceInline]
    list_display = ["name", "slug", "category", "hours", "evidence_count", "is_published"]
    list_filter = ["category", "is_published"]
    search_fields = ["name", "slug", "summary", "other_names", "related_words"]
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
        ("What people call it", {"fields": ["other_names", "related_words"]}),
        ("Who gains", {"fields": ["tilt_percent"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(evidence_count=Count("evidence"))

    def get_urls(self) -> list[Any]:
        work_out: URLPattern = path(
            "<path:object_id>/pool/",
            self.admin_site.admin_view(pool_preview.work_out),
            {"skill_admin": self},
            name="skills_skill_pool",
        )
        return [work_out, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Add the pooled premium of the rows as shown, with the edits of a form that was refused."""
        skill: Skill | None = context.get("original")
        if skill is not None:
            may_edit = self.has_change_permission(request, skill)
            typed = request.POST if request.method == "POST" else None
            context["pool"] = pool_preview.skill_pool(skill, typed, may_edit=may_edit)
        return super().render_change_form(request, context, *args, **options)

    @admin.display(description="study hours", ordering="hours_mid")
    def hours(self, skill: Skill) -> str:
        return f"{skill.hours_low} – {skill.hours_mid} – {skill.hours_high}"

    @admin.display(description="evidence", ordering="evidence_count")
    def evidence_count(self, skill: Any) -> int:
        return int(skill.evidence_count)
