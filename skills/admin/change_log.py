"""The change log: who changed which row when, and each field's old and new value, in words that are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models import CASCADE, Model
from django.forms import ModelChoiceField
from django.forms.fields import ChoiceField, Field
from django.forms.models import ModelForm
from django.http import HttpRequest

from skills.admin.edition import ReadOnlyAdmin
from skills.admin.typed import ModelAdmin

_NUMBER = re.compile(r"[0-9]{1,18}")


class LogsChanges(ModelAdmin[Any]):
    """Logs what was changed in a form, in its inlines, in a list and by a deletion."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address fills in a new form; one that names another row by anything but its number names none."""
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        rows = {field.name for field in self.model._meta.concrete_fields if field.is_relation}
        return {name: value for name, value in given.items() if name not in rows or _NUMBER.fullmatch(str(value))}

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The structure that Django's history page reads, with the values beside the names of the fields."""
        message: list[dict[str, Any]] = []
        if add:
            message.append({"added": {}})
        elif form.changed_data:
            message.append({"changed": {"fields": _changes_of_form(form)}})
        for formset in formsets or ():
            message += [{"added": _named(row, _values_of(row))} for row in formset.new_objects]
            message += [
                {"changed": {**_named(row), "fields": _changes_of_form(_form_of(row, formset))}}
                for row, _ in formset.changed_objects
            ]
            message += [{"deleted": _named(row, _values_of(row))} for row in formset.deleted_objects]
        return message

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A row of an inline has a history of its own beside that of the row above it."""
        for doomed in formset.deleted_forms:
            if doomed.instance.pk:
                self.log_deletions(request, [doomed.instance])
        super().save_formset(request, form, formset, change)
        for row in formset.new_objects:
            _log(request, row, ADDITION, f"Added: {_listed(_values_of(row))}.")
        for row, _ in formset.changed_objects:
            _log(request, row, CHANGE, [{"changed": {"fields": _changes_of_form(_form_of(row, formset))}}])

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> Any:
        """Say what each row held: nothing else tells after this."""
        return [
            _log(request, row, DELETION, f"Deleted: {_listed(_values_of(row) | _deleted_with(row))}.")
            for row in queryset
        ]


def _values_of(row: Model) -> dict[str, str]:
    """What a row says, in words, field by field."""
    values = {}
    for field in row._meta.concrete_fields:
        if not field.primary_key:
            value = getattr(row, field.name)
            display = getattr(row, f"get_{field.name}_display", None)
            values[str(field.verbose_name)] = _text(display() if display and value else value)
    if row.pk:
        for many in row._meta.many_to_many:
            values[str(many.verbose_name)] = _text(getattr(row, many.name).all())
    return values


def _form_of(row: Model, formset: Any) -> Any:
    return next(form for form in formset.forms if form.instance is row)


def _changes_of_form(form: ModelForm[Any]) -> list[str]:
    """One text a field, with what it was and what it is."""
    changes = []
    for name in form.changed_data:
        field = form.fields[name]
        before = _field_text(field, form.get_initial_for_field(field, name))
        changes.append(f"{field.label or name} from {before} to {_field_text(field, form.cleaned_data.get(name))}")
    return changes


def _field_text(field: Field, value: Any) -> str:
    if isinstance(field, ModelChoiceField):
        keys = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
        keys = [key.pk if isinstance(key, Model) else key for key in keys if key not in (None, "")]
        rows = list(field.queryset.model._base_manager.filter(pk__in=keys)) if field.queryset is not None else []
        return _text(rows)
    if isinstance(field, ChoiceField) and value not in (None, ""):
        choices: Any = field.choices
        return _text(dict(choices).get(value, value))
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str) and value:
        return f"“{value}”"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return " + ".join(sorted(f"“{item}”" for item in value)) or "nothing"
    if isinstance(value, Model):
        return f"“{value}”"
    return "nothing" if value in (None, "") else str(value)


def _named(row: Model, values: Mapping[str, str] | None = None) -> dict[str, str]:
    said = f"{row} ({_listed(values)})" if values else str(row)
    return {"name": str(row._meta.verbose_name), "object": said}


def _listed(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items() if value != "nothing")


def _deleted_with(row: Model) -> dict[str, str]:
    """The rows that go with this one."""
    gone = {}
    for relation in row._meta.related_objects:
        if relation.on_delete is CASCADE and not relation.related_model._meta.auto_created:
            rows = getattr(row, relation.get_accessor_name() or "").all()
            gone[str(relation.related_model._meta.verbose_name_plural)] = _text(
                f"{other} ({_listed(_values_of(other))})" for other in rows
            )
    return gone


def _log(request: HttpRequest, row: Model, action: int, message: Any) -> Any:
    return LogEntry.objects.log_actions(
        user_id=request.user.pk or 0,
        queryset=[row],
        action_flag=action,
        change_message=message,
        single_object=True,
    )


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """The whole log, newest first: deleted rows have no history page of their own."""

    list_display = ["action_time", "user", "content_type", "object_repr", "what"]
    list_display_links = ["action_time", "object_repr"]
    list_filter = ["action_flag", ("content_type", admin.RelatedOnlyFieldListFilter), "user"]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "change_message", "user__username"]
    ordering = ["-action_time", "-pk"]
    fields = ["action_time", "user", "content_type", "object_repr", "what"]

    @admin.display(description="change")
    def what(self, entry: LogEntry) -> str:
        return entry.get_change_message()
