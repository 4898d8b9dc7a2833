"""The evidence of all skills, for searching and comparing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from skills.admin.change_log import LogsChanges
from skills.admin.imports import ImportsCsv
from skills.admin.removal import AsksForRemovalReason
from skills.catalogue.resources import EvidenceResource
from skills.catalogue.review import FigureToReview, Need, figures_to_review, review_due_on
from skills.change_log import log_move
from skills.models import Evidence

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
    list_display = ["skill", "premium", "grade_letter", "about", "region", "source_slug", *OTHER_FIELDS, "review_by"]
    list_display_links = ["skill", "premium"]
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

    def get_list_display(self, request: HttpRequest) -> list[str | Callable[[Any], Any]]:
        """Add a column with each row's review needs, computed once for the page at its first row."""
        stale = cache(_figures_to_review)

        @admin.display(description="needs a review")
        def needs(evidence: Evidence) -> SafeString | None:
            return _tags(stale().get(evidence.pk))

        columns = list(super().get_list_display(request))
        return [*columns[:3], needs, *columns[3:]]

    @admin.display(description="review by")
    def review_by(self, evidence: Evidence) -> str:
        return review_due_on(evidence.year, evidence.review_on).isoformat()

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


def _figures_to_review() -> dict[int, FigureToReview]:
    return {figure.evidence.pk: figure for figure in figures_to_review(timezone.localdate())}


def _tags(figure: FigureToReview | None) -> SafeString | None:
    """Show a row's review needs, each with its reason as a title."""
    if figure is None:
        return None
    tags = ((reason, need.label) for need, reason in zip(figure.needs, figure.reasons, strict=True))
    return format_html_join(" ", '<span class="tag tag--due" title="{}">{}</span>', tags)
