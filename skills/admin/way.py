"""Other ways to more pay: what they are, their ranges, their evidence, and the experience curve."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest

from skills.admin.change_log import LogsChanges
from skills.admin.imports import ImportsCsv
from skills.admin.published_rows import KeepsPublishedRows
from skills.admin.removal import AsksForRemovalReason
from skills.admin.review import NeedFilter, ReviewsFigures
from skills.catalogue.resources import ExperienceResource, WayEvidenceResource, WayRangeResource, WayResource
from skills.models import ExperiencePoint, Way, WayEvidence, WayRange


@admin.register(Way)
class WayAdmin(ImportsCsv, KeepsPublishedRows):
    table = WayResource
    document_table = "ways"
    list_display = ["name", "slug", "unit", "lasts", "overlaps_skill", "range_count", "evidence_count", "is_published"]
    list_filter = ["unit", "lasts", "is_published"]
    list_select_related = ["overlaps_skill"]
    search_fields = ["name", "slug", "summary"]
    ordering = ["slug"]
    autocomplete_fields = ["overlaps_skill"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "summary", "unit", "lasts", "is_published"]}),
        ("What it may be compared with", {"fields": ["overlap", "overlaps_skill", "not_compared_with"]}),
        ("For editors", {"fields": ["editors_note"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.annotate(
            range_count=Count("ranges", distinct=True), evidence_count=Count("evidence", distinct=True)
        )

    @admin.display(description="ranges", ordering="range_count")
    def range_count(self, way: Any) -> int:
        return int(way.range_count)

    @admin.display(description="evidence", ordering="evidence_count")
    def evidence_count(self, way: Any) -> int:
        return int(way.evidence_count)


@admin.register(WayRange)
class WayRangeAdmin(ReviewsFigures, AsksForRemovalReason, ImportsCsv, LogsChanges):
    table = WayRangeResource
    list_display = ["way", "region", "percents", "odds", "is_odds_measured", "months", "grade_letter"]
    list_filter = [NeedFilter, "grade", "is_odds_measured", "region", "way"]
    list_select_related = ["way"]
    search_fields = ["way__name", "way__slug", "sources__slug", "note", "editors_note"]
    ordering = ["way__slug", "region"]
    autocomplete_fields = ["way", "sources"]
    fieldsets = [
        (None, {"fields": ["way", "region", ("low_percent", "mid_percent", "high_percent"), "grade", "sources"]}),
        ("Odds", {"fields": ["odds_percent", "is_odds_measured", "is_odds_yearly", "odds_basis"]}),
        ("What it takes", {"fields": [("months_low", "months_mid", "months_high"), "hours"]}),
        ("For whom", {"fields": [("min_years", "max_years"), "note"]}),
        ("For editors", {"fields": ["review_on", "editors_note"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Read the sources too, which are part of a row's version."""
        return super().get_queryset(request).prefetch_related("sources")

    @admin.display(description="low, middle, high", ordering="mid_percent")
    def percents(self, row: WayRange) -> str:
        return _write_percents(row)

    @admin.display(description="odds", ordering="odds_percent")
    def odds(self, row: WayRange) -> str | None:
        return None if row.odds_percent is None else f"{row.odds_percent} %{' a year' if row.is_odds_yearly else ''}"

    @admin.display(description="months", ordering="months_mid")
    def months(self, row: WayRange) -> str:
        return f"{row.months_low} – {row.months_mid} – {row.months_high}"

    @admin.display(description="grade", ordering="grade")
    def grade_letter(self, row: WayRange) -> str:
        return row.grade


@admin.register(WayEvidence)
class WayEvidenceAdmin(ReviewsFigures, AsksForRemovalReason, ImportsCsv, LogsChanges):
    table = WayEvidenceResource
    list_display = ["way", "percents", "measures", "grade_letter", "region", "source_slug", "population", "year"]
    list_display_links = ["way", "percents"]
    list_filter = [NeedFilter, "grade", "is_second_hand", "region", "year", "way"]
    list_select_related = ["way", "source"]
    search_fields = ["way__name", "way__slug", "source__slug", "source__title", "population", "note", "editors_note"]
    ordering = ["way__slug", "grade", "source__slug", "region", "population"]
    autocomplete_fields = ["way", "source"]
    fieldsets = [
        (None, {"fields": ["way", "source", "region", "population", "year", "sample_size"]}),
        (
            "Figure",
            {"fields": [("low_percent", "mid_percent", "high_percent"), "measures", "compared_with", "grade"]},
        ),
        ("How far to trust it", {"fields": ["is_second_hand", "note"]}),
        ("For editors", {"fields": ["review_on", "editors_note"]}),
    ]

    @admin.display(description="low, middle, high", ordering="mid_percent")
    def percents(self, row: WayEvidence) -> str:
        return _write_percents(row)

    @admin.display(description="grade", ordering="grade")
    def grade_letter(self, row: WayEvidence) -> str:
        return f"{row.grade}, second-hand" if row.is_second_hand else row.grade

    @admin.display(description="source", ordering="source__slug")
    def source_slug(self, row: WayEvidence) -> str:
        return row.source.slug


@admin.register(ExperiencePoint)
class ExperiencePointAdmin(AsksForRemovalReason, ImportsCsv, LogsChanges):
    table = ExperienceResource
    list_display = ["region", "years", "multiple", "answers", "sample_size", "source_slug", "grade"]
    list_display_links = ["region", "years"]
    list_filter = ["region", "grade"]
    list_select_related = ["source"]
    search_fields = ["region", "note"]
    ordering = ["region", "years"]
    autocomplete_fields = ["source"]

    @admin.display(description="source", ordering="source__slug")
    def source_slug(self, point: ExperiencePoint) -> str:
        return point.source.slug


def _write_percents(row: WayRange | WayEvidence) -> str:
    """Write the percents that are known: −1 / +3 / +9 %."""
    percents = [each for each in (row.low_percent, row.mid_percent, row.high_percent) if each is not None]
    if not percents:
        return "no figure"
    return " / ".join(f"{percent.normalize():+f}".replace("-", "−") for percent in percents) + " %"
