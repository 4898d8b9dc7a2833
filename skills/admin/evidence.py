"""The evidence of all skills, for searching and comparing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from earnverdict import formatting
from skills.admin.change_log import LogsChanges, say_what_readers_see
from skills.admin.imports import ImportsCsv
from skills.admin.removal import AsksForRemovalReason
from skills.admin.row_versions import write_version
from skills.catalogue.resources import EvidenceResource
from skills.catalogue.review import FigureToReview, Need, figures_to_review, review_due_on
from skills.change_log import describe_value, log_move, log_row, part_of_changes
from skills.models import Evidence

#: How long a figure that was checked needs no review.
NEXT_REVIEW = timedelta(days=365)
#: Figures that a message names; the others are counted.
MAX_NAMED = 5
VERSION_INPUT = '<input type="hidden" name="{}" value="{}">'
_PLACED = {"skill", "source", "region", "low_percent", "mid_percent", "high_percent", "grade"}
_PLACED |= {"about", "note", "review_on"}
#: The published columns without a place of their own in the list and in the form: whom, when and how it was measured.
OTHER_FIELDS = [name for name in Evidence.PUBLISHED_FIELDS if name not in _PLACED]


class NeedFilter(admin.SimpleListFilter):
    """Filters figures that need a review, by reason."""

    title = "needs a review"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [("any", "For any reason"), *Need.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        need = self.value()
        if need is None:
            return None
        return queryset.filter(
            pk__in=[row for row, figure in _figures_to_review().items() if need in ("any", *figure.needs)]
        )


@admin.register(Evidence)
class EvidenceAdmin(AsksForRemovalReason, ImportsCsv, LogsChanges):
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
    actions = ["confirm_figures"]
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

    def get_list_display(self, request: HttpRequest) -> list[str | Callable[[Any], Any]]:
        """Add a column with each row's review date and needs, computed once for the page at its first row."""
        to_review = cache(_figures_to_review)

        @admin.display(description="review by")
        def review_by(evidence: Evidence) -> SafeString:
            due_on = review_due_on(evidence.year, evidence.review_on).isoformat()
            version = format_html(VERSION_INPUT, _name_version(evidence), write_version(evidence))
            return format_html("{} {}{}", due_on, _tags(to_review().get(evidence.pk)), version)

        return [*super().get_list_display(request), review_by]

    @admin.action(permissions=["change"], description="Still good: review again in a year")
    def confirm_figures(self, request: HttpRequest, queryset: QuerySet[Evidence]) -> None:
        """Set the review date of figures that an editor has checked as they are now, and log each."""
        review_on = timezone.localdate() + NEXT_REVIEW
        chosen = Evidence.objects.filter(pk__in=queryset.values("pk"))
        list(chosen.order_by("pk").select_for_update(no_key=True).values_list("pk"))
        rows: list[Evidence] = []
        others: list[Evidence] = []
        for row in chosen.select_related("skill", "source"):
            is_as_shown = request.POST.get(_name_version(row)) == write_version(row)
            (rows if is_as_shown else others).append(row)
        if others:
            names = ", ".join(str(row) for row in others[:MAX_NAMED])
            more = f" and {len(others) - MAX_NAMED} more" if len(others) > MAX_NAMED else ""
            said = f"Not marked as good, because this page did not show them as they are now: {names}{more}."
            self.message_user(request, said, messages.WARNING)
        if not rows:
            return
        for row in rows:
            before, row.review_on = row.review_on, review_on
            row.save(update_fields=["review_on"])
            change = f"still good: review by from {describe_value(before)} to {describe_value(review_on)}"
            log_row(request.user.pk or 0, row, CHANGE, [part_of_changes([change])])
        figures = formatting.plural(len(rows), "figure")
        self.message_user(request, f"{figures} still good: review by {formatting.day(review_on)}.")
        request.is_catalogue_changed = True  # type: ignore[attr-defined]
        say_what_readers_see(request)

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
        percents = (evidence.low_percent, evidence.mid_percent, evidence.high_percent)
        return " / ".join(f"{percent.normalize():+f}".replace("-", "−") for percent in percents) + " %"


def _name_version(evidence: Evidence) -> str:
    """Name the hidden field with the version of a row that the list shows."""
    return f"version-{evidence.pk}"


def _figures_to_review() -> dict[int, FigureToReview]:
    return {figure.evidence.pk: figure for figure in figures_to_review(timezone.localdate())}


def _tags(figure: FigureToReview | None) -> SafeString:
    """Show a row's review needs, each with its reason as a title."""
    if figure is None:
        return SafeString()
    tags = ((reason, need.label) for need, reason in zip(figure.needs, figure.reasons, strict=True))
    return format_html_join(" ", '<span class="tag tag--due" title="{}">{}</span>', tags)
