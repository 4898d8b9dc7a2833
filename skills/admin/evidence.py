"""The evidence of all skills, for searching and comparing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from skills.admin.change_log import LogsChanges
from skills.admin.imports import ImportsCsv
from skills.admin.removal import AsksForRemovalReason
from skills.admin.review import NeedFilter, ReviewsFigures
from skills.catalogue.resources import EvidenceResource
from skills.change_log import log_move
from skills.models import Evidence
from skills.presenters.way_rows import describe_percents

_PLACED = {"skill", "source", "region", "low_percent", "mid_percent", "high_percent", "grade"}
_PLACED |= {"about", "note", "review_on"}
#: The published columns without a place of their own in the list and in the form: whom, when and how it was measured.
OTHER_FIELDS = [name for name in Evidence.PUBLISHED_FIELDS if name not in _PLACED]


@admin.register(Evidence)
class EvidenceAdmin(ReviewsFigures, AsksForRemovalReason, ImportsCsv, LogsChanges):
    table = EvidenceResource
    list_display = ["figure", "premium", "grade_letter", "source_slug", "measured"]
    list_display_links = ["figure", "premium"]
    list_filter = [NeedFilter, "grade", "about", "region", "year", "source__kind", "skill__category"]
    list_select_related = ["skill", "source"]
    search_fields = [
        "skill__name",
        "skill__slug",
        "source__slug",
        "source__publisher",
        "source__title",
        "population",
        "note",
        "editors_note",
    ]
    ordering = ["skill__slug", "grade", "source__slug", "region"]
    autocomplete_fields = ["skill", "source"]
    fieldsets = [
        (None, {"fields": ["skill", "source", "region"]}),
        ("Premium", {"fields": [("low_percent", "mid_percent", "high_percent"), "grade"]}),
        ("What was measured", {"fields": ["about", *OTHER_FIELDS, "note"]}),
        ("For editors", {"fields": ["review_on", "editors_note"]}),
    ]

    def save_model(self, request: HttpRequest, obj: Evidence, form: Any, change: bool) -> None:
        """Log a move to another skill under the old skill too."""
        is_moved = change and "skill" in form.changed_data
        former = Evidence.objects.select_related("skill", "source").get(pk=obj.pk) if is_moved else None
        super().save_model(request, obj, form, change)
        if former:
            log_move(request.user.pk or 0, obj, str(former))

    @admin.display(description="skill", ordering="skill__name")
    def figure(self, evidence: Evidence) -> SafeString:
        """Show the skill, and below it where the figure counts and what it is about, unless that is the usual."""
        region = evidence.get_region_display() if evidence.region else ""
        about = "" if evidence.about == Evidence.About.SKILL else evidence.get_about_display()
        details = ", ".join(filter(None, (region, about)))
        return format_html('{} <span class="small">{}</span>', evidence.skill.name, details)

    @admin.display(description="what was measured", ordering="year")
    def measured(self, evidence: Evidence) -> str:
        """Show the published columns without a column of their own."""
        values = (str(getattr(evidence, name)) for name in OTHER_FIELDS if getattr(evidence, name) not in (None, ""))
        return " · ".join(values)

    @admin.display(description="grade", ordering="grade")
    def grade_letter(self, evidence: Evidence) -> str:
        return evidence.grade

    @admin.display(description="source", ordering="source__slug")
    def source_slug(self, evidence: Evidence) -> str:
        return evidence.source.slug

    @admin.display(description="premium", ordering="mid_percent")
    def premium(self, evidence: Evidence) -> str:
        return describe_percents(evidence)
