"""Evidence of all skills, to be searched and compared."""

from __future__ import annotations

from django.contrib import admin

from skills.admin.typed import ModelAdmin
from skills.models import Evidence


@admin.register(Evidence)
class EvidenceAdmin(ModelAdmin[Evidence]):
    list_display = [
        "skill",
        "premium",
        "grade_letter",
        "region",
        "source_slug",
        "population",
        "year",
        "sample_size",
    ]
    list_display_links = ["skill", "premium"]
    list_filter = ["grade", "region", "year", "source__kind", "skill__category"]
    list_select_related = ["skill", "source"]
    search_fields = [
        "skill__name",
        "skill__slug",
        "source__slug",
        "source__publisher",
        "source__title",
        "population",
        "note",
    ]
    ordering = ["skill__slug", "grade", "source__slug", "region"]
    autocomplete_fields = ["skill", "source"]
    fieldsets = [
        (None, {"fields": ["skill", "source", "region"]}),
        ("Premium", {"fields": [("low_percent", "mid_percent", "high_percent"), "grade"]}),
        ("Whom it is about", {"fields": ["population", "year", "sample_size", "note"]}),
    ]

    @admin.display(description="grade", ordering="grade")
    def grade_letter(self, evidence: Evidence) -> str:
        return evidence.grade

    @admin.display(description="source", ordering="source__slug")
    def source_slug(self, evidence: Evidence) -> str:
        return evidence.source.slug

    @admin.display(description="premium (low, middle, high)", ordering="mid_percent")
    def premium(self, evidence: Evidence) -> str:
        percents = (evidence.low_percent, evidence.mid_percent, evidence.high_percent)
        return " / ".join(f"{percent.normalize():+f}".replace("-", "−") for percent in percents) + " %"
