"""Other ways to more pay: what they are, their ranges, their evidence, and the experience curve."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from earnverdict import formatting
from skills.admin import range_check
from skills.admin.areas import AreaFilter, NamesAreas
from skills.admin.change_log import LogsChanges
from skills.admin.imports import ImportsCsv
from skills.admin.published_rows import KeepsPublishedRows
from skills.admin.removal import AsksForRemovalReason
from skills.admin.review import NEXT_REVIEW, NeedFilter, ReviewsFigures
from skills.admin.way_overview import RETURN_NAME, RETURN_TO_WAY, present_overview
from skills.catalogue.resources import ExperienceResource, WayEvidenceResource, WayRangeResource, WayResource
from skills.catalogue.way_ranges import find_evidence_errors
from skills.change_log import log_move
from skills.editions.snapshot import published_row
from skills.models import ExperiencePoint, Way, WayEvidence, WayRange
from skills.models.area import name_area
from skills.presenters.way_rows import describe_percents


@admin.register(Way)
class WayAdmin(ImportsCsv, KeepsPublishedRows):
    table = WayResource
    document_table = "ways"
    list_display = ["name", "slug", "unit", "overlaps_skill", "range_count", "evidence_count", "is_published"]
    list_filter = ["unit", "lasts", "on_verdict", "is_published"]
    list_select_related = ["overlaps_skill"]
    search_fields = ["name", "slug", "summary"]
    save_on_top = True
    ordering = ["slug"]
    autocomplete_fields = ["overlaps_skill"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "summary", "unit", "lasts", "on_verdict", "is_published"]}),
        ("What it may be compared with", {"fields": ["overlap", "overlaps_skill", "not_compared_with"]}),
        ("For editors", {"fields": ["editors_note"]}),
    ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Add the ranges and the evidence of the way, as they are saved."""
        if way := context.get("original"):
            context["overview"] = present_overview(way, timezone.localdate())
        return super().render_change_form(request, context, *args, **options)

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


#: What a new range of an area begins with, from the world's. That odds were measured there says nothing of the area.
LIKE_WORLD = (
    "odds_percent",
    "is_odds_yearly",
    "odds_basis",
    "months_low",
    "months_mid",
    "months_high",
    "hours",
    "min_years",
    "max_years",
)


class RowsOfWays(NamesAreas, ReviewsFigures, AsksForRemovalReason, ImportsCsv, LogsChanges):
    """What ranges and evidence of ways share: both are of a way and an area, and are edited from the way's page."""

    save_on_top = True

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Log a move to another way under the old way too."""
        is_moved = change and "way" in form.changed_data
        former = self.get_queryset(request).select_related("way").get(pk=obj.pk) if is_moved else None
        super().save_model(request, obj, form, change)
        if former:
            log_move(request.user.pk or 0, obj, str(former))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Say at once what publishing will refuse: of the row, and of the ranges that are read from it."""
        super().save_related(request, form, formsets, change)
        row = form.instance
        refused: dict[str, Iterable[str]] = {}
        if isinstance(row, WayEvidence):
            refused["this evidence"] = find_evidence_errors(published_row(row))
        ranges = present_overview(row.way, timezone.localdate()).ranges
        refused |= {f"the range “{each.area}”": each.errors for each in ranges}
        if change and "way" in form.changed_data:
            former = Way.objects.get(pk=form.initial["way"])
            ranges = present_overview(former, timezone.localdate()).ranges
            refused |= {f"the range “{each.area}” of “{former}”": each.errors for each in ranges}
        for what, errors in refused.items():
            if said := " ".join(errors):
                self.message_user(request, f"Publishing refuses {what}: {said}", messages.WARNING)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Go on to the way's page if the editor may see it: a new figure is read for a range there."""
        return _show_way(obj) if self._may_see_ways(request) else super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Return to the way's page if the form was opened there."""
        if request.GET.get(RETURN_NAME) == RETURN_TO_WAY and self._may_see_ways(request):
            return _show_way(obj)
        return super().response_post_save_change(request, obj)

    def _may_see_ways(self, request: HttpRequest) -> bool:
        return bool(self.admin_site.get_model_admin(Way).has_view_or_change_permission(request))

    @admin.display(description="way", ordering="way__name")
    def figure(self, row: WayRange | WayEvidence) -> SafeString:
        """Show the way, and below it where the figure counts, unless that is everywhere."""
        return format_html(
            '{} <span class="small">{}</span>', row.way.name, name_area(row.region) if row.region else ""
        )


@admin.register(WayRange)
class WayRangeAdmin(RowsOfWays):
    table = WayRangeResource
    list_display = ["figure", "percents", "odds", "months", "grade_letter"]
    list_display_links = ["figure", "percents"]
    list_filter = [NeedFilter, "grade", "is_odds_measured", AreaFilter, "way"]
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

    def get_urls(self) -> list[Any]:
        check = path(
            "<path:object_id>/check/",
            self.admin_site.admin_view(range_check.check),
            {"range_admin": self},
            name="skills_wayrange_check",
        )
        return [check, *super().get_urls()]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin a new range with what readers see there now: all but its figures, grade and sources is the world's."""
        given = {"review_on": timezone.localdate() + NEXT_REVIEW} | super().get_changeform_initial_data(request)
        world = WayRange.objects.filter(region="", way=given["way"]).first() if given.get("way") else None
        return {name: getattr(world, name) for name in LIKE_WORLD} | given if world else given

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Add the evidence of the way, and where the range goes beyond it."""
        context["check"] = range_check.check_form(context["adminform"].form)
        is_new = not context.get("original")
        context["starts_like_world"] = is_new and "months_mid" in context["adminform"].form.initial
        context["check_of"] = context["original"].pk if context.get("original") else range_check.NEW
        return super().render_change_form(request, context, *args, **options)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Read the sources too, which are part of a row's version."""
        return super().get_queryset(request).prefetch_related("sources")

    @admin.display(description="low, middle, high", ordering="mid_percent")
    def percents(self, row: WayRange) -> str:
        return describe_percents(row)

    @admin.display(description="odds", ordering="odds_percent")
    def odds(self, row: WayRange) -> str | None:
        if row.odds_percent is None:
            return None
        of = " a year" if row.is_odds_yearly else ""
        return f"{row.odds_percent} %{of}{'' if row.is_odds_measured else ', a guess'}"

    @admin.display(description="months", ordering="months_mid")
    def months(self, row: WayRange) -> str:
        return f"{row.months_low} – {row.months_mid} – {row.months_high}"

    @admin.display(description="grade", ordering="grade")
    def grade_letter(self, row: WayRange) -> str:
        return row.grade


@admin.register(WayEvidence)
class WayEvidenceAdmin(RowsOfWays):
    table = WayEvidenceResource
    list_display = ["figure", "percents", "grade_letter", "source_slug", "measured"]
    list_display_links = ["figure", "percents"]
    list_filter = [NeedFilter, "grade", "is_second_hand", AreaFilter, "year", "way"]
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
    def percents(self, row: WayEvidence) -> SafeString:
        return format_html('{} <span class="small">{}</span>', describe_percents(row), row.measures)

    @admin.display(description="what was measured", ordering="year")
    def measured(self, row: WayEvidence) -> str:
        sample = formatting.group(row.sample_size) if row.sample_size else ""
        return " · ".join(filter(None, (row.population, str(row.year), sample)))

    @admin.display(description="grade", ordering="grade")
    def grade_letter(self, row: WayEvidence) -> str:
        return f"{row.grade}, second-hand" if row.is_second_hand else row.grade

    @admin.display(description="source", ordering="source__slug")
    def source_slug(self, row: WayEvidence) -> str:
        return row.source.slug


@admin.register(ExperiencePoint)
class ExperiencePointAdmin(NamesAreas, AsksForRemovalReason, ImportsCsv, LogsChanges):
    table = ExperienceResource
    list_display = ["area", "years", "multiple", "answers", "sample_size", "source_slug", "grade_letter"]
    list_display_links = ["area", "years"]
    list_filter = [AreaFilter, "grade", ("source", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["region", "note"]
    ordering = ["region", "years"]
    autocomplete_fields = ["source"]

    @admin.display(description="region or country", ordering="region")
    def area(self, point: ExperiencePoint) -> str:
        return capfirst(name_area(point.region))

    @admin.display(description="grade", ordering="grade")
    def grade_letter(self, point: ExperiencePoint) -> str:
        return point.grade

    @admin.display(description="source", ordering="source__slug")
    def source_slug(self, point: ExperiencePoint) -> str:
        return point.source.slug


def _show_way(row: WayRange | WayEvidence) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('admin:skills_way_change', args=[row.way_id])}#ranges")
