"""The base of all tables' pages in the admin: refuses numbers of rows and filters of lists at which Django fails."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError, OperationalError
from django.db.models import Model
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

#: What Django's lists raise for a filter in the query: a year 0, half a range, a huge number, a bad pattern.
_FILTER_ERRORS = (DataError, IndexError, OverflowError, ValueError)
_SQLITE_PATTERN_ERROR = "user-defined function raised exception"


def read_key(model: type[Model], text: Any) -> int | None:
    """Return the number of a row that a text from outside says; None if no row can have it."""
    field = model._meta.pk
    try:
        key: int = field.to_python(text)
        field.run_validators(key)  # what the database can hold
    except ValidationError:
        return None
    return key if key > 0 else None


class EditorsModelAdmin(admin.ModelAdmin[Any]):
    """Django's pages of a table, for any query and form: what cannot be read gets a message, or 400."""

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Refuse filters in the query that cannot be read, and log the error: it may also be one of the list."""
        try:
            return super().get_changelist_instance(request)
        except (*_FILTER_ERRORS, OperationalError) as error:
            is_of_database = isinstance(error, OperationalError) and str(error) != _SQLITE_PATTERN_ERROR
            if is_of_database or not request.GET:
                raise
            logger.exception("The filters of a list cannot be read.")
            raise BadRequest("These filters of a list cannot be read.") from error

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Leave out of the rows that an action is for what is no number of a row."""
        if ACTION_CHECKBOX_NAME in request.POST:
            post = request.POST.copy()
            chosen = [key for key in post.getlist(ACTION_CHECKBOX_NAME) if read_key(self.model, key) is not None]
            post.setlist(ACTION_CHECKBOX_NAME, chosen)
            request.POST = post  # type: ignore[assignment]
        return super().changelist_view(request, extra_context)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("widget", _RowSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **options: Any) -> Any:
        options.setdefault("form_class", _RowsField)
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("widget", _RowSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **options)


class _RowsField(ModelMultipleChoiceField[Any]):
    """Chosen rows. Django says which number is none of a row's, but fails if it is too large for the database."""

    queryset: Any

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if read_key(self.queryset.model, key) is None:
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": key})
        return super().clean(value)


class _ShowsRows(AutocompleteMixin):
    """Shows no chosen row for what is no number of a row: Django would look for it."""

    choices: Any

    def optgroups(self, name: Any, value: Any, attr: Any = None) -> Any:
        model = self.choices.queryset.model
        numbers = [number for number in value if not number or read_key(model, number) is not None]
        return super().optgroups(name, numbers, attr)


class _RowSelect(_ShowsRows, AutocompleteSelect):
    pass


class _RowSelectMultiple(_ShowsRows, AutocompleteSelectMultiple):
    pass
