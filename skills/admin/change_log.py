"""Logs editors' changes in forms, inlines, lists and deletions, and shows the log of a row and the whole log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms.models import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from skills.admin.deletion import DeletesAsShown
from skills.admin.edition import ReadOnlyAdmin
from skills.admin.odd_input import read_key
from skills.change_log import (
    Part,
    describe_deleted_row,
    describe_field,
    describe_row,
    entries_of_row,
    has_belonging_rows,
    log_row,
    name_evidence,
    part_of_changes,
    part_of_row,
)
from skills.models import Skill, Way

ENTRIES_A_PAGE = 100
#: Characters of a message in the list of entries; the entry's own page shows all of it.
MAX_LISTED_CHARACTERS = 500


class ShowsHistory(admin.ModelAdmin[Any]):
    """Logs each change of a row in the same transaction, and shows a row's entries, newest first."""

    object_history_template = "admin/skills/history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return super().history_view(request, object_id, extra_context)
        paginator = self.get_paginator(request, entries_of_row(row), ENTRIES_A_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        page.object_list = name_evidence(page.object_list)
        shown = {
            "action_list": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "pagination_required": paginator.num_pages > 1,
            "shows_other_rows": has_belonging_rows(row),
        }
        return super().history_view(request, object_id, shown | (extra_context or {}))


class LogsChanges(DeletesAsShown, ShowsHistory):
    """Logs each change of a row in the transaction that makes it."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the initial values from the query; a related row that is not given by its number is ignored."""
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        rows = {field.name: field.related_model for field in self.model._meta.concrete_fields if field.is_relation}
        return {name: value for name, value in given.items() if name not in rows or read_key(rows[name], value)}

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Describe old and new values: one part for the form, and one for each row of its inlines."""
        parts: list[Part] = []
        if add:
            parts.append({"added": {}})
        elif form.changed_data:
            parts.append(part_of_changes(_changes_of_form(form)))
        for formset in formsets or ():
            parts += [part_of_row("added", row, describe_row(row)) for row in formset.new_objects]
            parts += [
                part_of_changes(_changes_of_form(_form_of(row, formset)), row) for row, _ in formset.changed_objects
            ]
            parts += [
                part_of_row("deleted", row, _describe_reason(request) + describe_row(row))
                for row in formset.deleted_objects
            ]
        request.is_catalogue_changed = bool(parts)  # type: ignore[attr-defined]
        return parts

    def response_add(self, request: HttpRequest, obj: Model, post_url_continue: Any = None) -> HttpResponse:
        answer = super().response_add(request, obj, post_url_continue)
        say_what_readers_see(request)
        return answer

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        answer = super().response_change(request, obj)
        say_what_readers_see(request)
        return answer

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        return log_row(_find_user(request), obj, ADDITION, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        return log_row(_find_user(request), obj, CHANGE, message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> Any:
        """Log the content of each row before it is deleted, with the reason if one was asked for."""
        reason = _describe_reason(request)
        return [
            log_row(
                _find_user(request), row, DELETION, [part_of_row("deleted", row, reason + describe_deleted_row(row))]
            )
            for row in queryset
        ]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the rows of an inline, and log each in its own history and in that of its parent."""
        user, is_of_skill = _find_user(request), self.model is Skill
        for row in [each.instance for each in formset.deleted_forms if each.instance.pk]:
            part = part_of_row("deleted", row, _describe_reason(request) + describe_row(row))
            log_row(user, row, DELETION, [part], is_in_form_of_skill=is_of_skill)
        super().save_formset(request, form, formset, change)
        for row in formset.new_objects:
            part = part_of_row("added", row, describe_row(row))
            log_row(user, row, ADDITION, [part], is_in_form_of_skill=is_of_skill)
        for row, _ in formset.changed_objects:
            part = part_of_changes(_changes_of_form(_form_of(row, formset)))
            log_row(user, row, CHANGE, [part], is_in_form_of_skill=is_of_skill)

    def response_action(self, *args: Any, **options: Any) -> Any:
        """Run an action on several rows and log it in one transaction; Django has one only for forms."""
        with transaction.atomic():
            return super().response_action(*args, **options)


def say_what_readers_see(request: HttpRequest) -> None:
    """Say that readers see nothing of a saved change yet, and where it is published."""
    if IS_POPUP_VAR in request.POST or not getattr(request, "is_catalogue_changed", False):
        return
    address = reverse("admin:skills_edition_publish")
    said = 'Saved for the next edition: readers see nothing of it yet. <a href="{}">{}</a>.'
    may_publish = request.user.has_perm("skills.publish_edition")
    messages.info(request, format_html(said, address, "See and publish" if may_publish else "See what waits"))


def _describe_reason(request: HttpRequest) -> str:
    """Describe why rows are removed, in front of their values; empty if no reason was asked for."""
    reason = request.POST.get("removal_reason", "").strip()
    return f"because “{reason}”: " if reason else ""


def _find_user(request: HttpRequest) -> int:
    return request.user.pk or 0


def _form_of(row: Model, formset: Any) -> Any:
    return next(form for form in formset.forms if form.instance is row)


def _changes_of_form(form: ModelForm[Any]) -> list[str]:
    """Describe each changed field with its old and new value."""
    changes = []
    for name in form.changed_data:
        field = form.fields[name]
        before = describe_field(field, form.get_initial_for_field(field, name))
        changes.append(f"{field.label or name} from {before} to {describe_field(field, form.cleaned_data.get(name))}")
    return changes


# The log as a whole


def visible_tables(request: HttpRequest) -> list[type[Model]]:
    """Return the tables that an editor may see."""
    return [model for model, pages in admin.site._registry.items() if pages.has_view_permission(request)]


def entries_of_tables(models: Iterable[type[Model]]) -> QuerySet[LogEntry]:
    """Return the entries of some tables, newest first."""
    types = ContentType.objects.get_for_models(*models).values()
    entries = LogEntry.objects.filter(content_type__in=types).select_related("user", "content_type")
    return entries.order_by("-action_time", "-pk")


class AboutSkillFilter(admin.SimpleListFilter):
    """Entries about one skill and the rows that belong to it."""

    title = "skill"
    parameter_name = "skill"
    model: type[Skill | Way] = Skill

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return list(self.model._default_manager.order_by("name", "slug").values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        if self.value() is None:
            return None
        row = self.model._default_manager.filter(slug=self.value()).first()
        return queryset.filter(pk__in=entries_of_row(row).order_by().values("pk")) if row else queryset.none()


class AboutWayFilter(AboutSkillFilter):
    """Entries about one way, its ranges and its evidence."""

    title = "way"
    parameter_name = "way"
    model = Way


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """The whole log, newest first: deleted rows have no history page of their own."""

    list_display = ["action_time", "person", "kind", "row", "summary"]
    list_display_links = ["action_time"]
    list_filter = [
        AboutSkillFilter,
        AboutWayFilter,
        "action_time",
        ("user", admin.RelatedOnlyFieldListFilter),
        "action_flag",
        ("content_type", admin.RelatedOnlyFieldListFilter),
    ]
    list_per_page = ENTRIES_A_PAGE
    search_fields = ["object_repr", "change_message", "user__username", "user__first_name", "user__last_name"]
    ordering = ["-action_time", "-pk"]
    fields = ["action_time", "person", "kind", "row", "what"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return entries_of_tables(visible_tables(request))

    def history_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Check the permission before the lookup: entries must not be found by editors who may see no table."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, *args, **options)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changes = super().get_changelist_instance(request)
        changes.result_list = name_evidence(changes.result_list)
        return changes

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search for a day too. Django's date drill-down would read the whole log for each page."""
        words = search_term.split()
        for day in filter(None, map(_read_day, words)):
            queryset = queryset.filter(action_time__gte=day, action_time__lt=day + timedelta(days=1))
        return super().get_search_results(request, queryset, " ".join(word for word in words if not _read_day(word)))

    @admin.display(description="person", ordering="user__username")
    def person(self, entry: LogEntry) -> str:
        name = entry.user.get_full_name()
        return f"{entry.user.get_username()} ({name})" if name else entry.user.get_username()

    @admin.display(description="table")
    def kind(self, entry: LogEntry) -> str:
        return entry.content_type.name if entry.content_type else ""

    @admin.display(description="row", ordering="object_repr")
    def row(self, entry: LogEntry) -> str:
        address = None if entry.action_flag == DELETION else entry.get_admin_url()
        return format_html('<a href="{}">{}</a>', address, entry.object_repr) if address else entry.object_repr

    @admin.display(description="change")
    def summary(self, entry: LogEntry) -> str:
        return Truncator(entry.get_change_message()).chars(MAX_LISTED_CHARACTERS)

    @admin.display(description="change")
    def what(self, entry: LogEntry) -> str:
        return entry.get_change_message()


def _read_day(word: str) -> datetime | None:
    """Return the beginning of a day that is written as 2026-03-04, in a year that others follow."""
    try:
        day = datetime.strptime(word, "%Y-%m-%d").replace(tzinfo=UTC)
        return day if day.year < MAXYEAR else None
    except ValueError:
        return None
