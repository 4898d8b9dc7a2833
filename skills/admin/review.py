"""What lists of figures show of their reviews, and the action that says a figure is still good."""

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
from skills.admin.change_log import say_what_readers_see
from skills.admin.row_versions import write_version
from skills.catalogue.review import NEEDS, Figure, FigureToReview, figures_to_review, find_due_day
from skills.change_log import describe_value, log_row, part_of_changes

#: How long a figure that was checked needs no review.
NEXT_REVIEW = timedelta(days=365)
#: Figures that a message names; the others are counted.
MAX_NAMED = 5
VERSION_INPUT = '<input type="hidden" name="{}" value="{}">'


class NeedFilter(admin.SimpleListFilter):
    """Filters figures that need a review, by the reasons that their table has."""

    title = "needs a review"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [("any", "For any reason"), *((need.value, need.label) for need in NEEDS[model_admin.model])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        need = self.value()
        if need is None:
            return None
        return queryset.filter(
            pk__in=[row for row, figure in _read(queryset.model).items() if need in ("any", *figure.needs)]
        )


class ReviewsFigures(admin.ModelAdmin[Any]):
    """Lists when each figure's review is due and why, and lets editors say that figures are still good."""

    actions = ["confirm_figures"]

    def get_list_display(self, request: HttpRequest) -> list[str | Callable[[Any], Any]]:
        """Add a column with each row's review date and needs, computed once for the page at its first row."""
        to_review = cache(lambda: _read(self.model))

        @admin.display(description="review by")
        def review_by(row: Figure) -> SafeString:
            due_on = find_due_day(row)
            version = format_html(VERSION_INPUT, _name_version(row), write_version(row))
            return format_html(
                "{} {}{}", due_on.isoformat() if due_on else "", _write_tags(to_review().get(row.pk)), version
            )

        return [*super().get_list_display(request), review_by]

    @admin.action(permissions=["change"], description="Still good: review again in a year")
    def confirm_figures(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Set the review date of figures that an editor has checked as they are now, and log each."""
        review_on = timezone.localdate() + NEXT_REVIEW
        chosen = self.model._default_manager.filter(pk__in=queryset.values("pk"))
        list(chosen.order_by("pk").select_for_update(no_key=True).values_list("pk"))  # before the rows are read
        rows: list[Any] = []
        others: list[Any] = []
        for row in queryset:
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


def _name_version(row: Figure) -> str:
    """Name the hidden field with the version of a row that the list shows."""
    return f"version-{row.pk}"


def _read(table: type[Figure]) -> dict[int, FigureToReview]:
    return {figure.row.pk: figure for figure in figures_to_review(timezone.localdate(), table)}


def _write_tags(figure: FigureToReview | None) -> SafeString:
    """Show a row's review needs, each with its reason as a title."""
    if figure is None:
        return SafeString()
    tags = ((reason, need.label) for need, reason in zip(figure.needs, figure.reasons, strict=True))
    return format_html_join(" ", '<span class="tag tag--due" title="{}">{}</span>', tags)
