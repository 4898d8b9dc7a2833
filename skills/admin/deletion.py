"""Deletes rows only as the page that asks for confirmation showed them, with all rows that are deleted with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import NestedObjects, unquote
from django.db import router, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from earnverdict import formatting
from skills.admin.row_versions import write_version
from skills.admin.versions import RefusesOldVersions, lock_tables
from skills.change_log import describe_deleted_row

#: What the page that asks for confirmation sends apart from the rows' numbers, and a few fields more.
_OTHER_FIELDS = 10


class DeletesAsShown(RefusesOldVersions):
    """Deletes one row or several only if nothing of them changed since the page that asks for confirmation."""

    delete_confirmation_template = "admin/skills/delete.html"
    delete_selected_confirmation_template = "admin/skills/delete_selected.html"
    deletion_form: type[forms.Form] = forms.Form
    actions: Any = ["delete_selected"]

    @admin.action(permissions=["delete"], description="Delete selected %(verbose_name_plural)s")
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Delete the chosen rows; on the first press, and if anything changed, show what would be deleted.

        More rows than that page could send are refused.
        """
        maximum = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - _OTHER_FIELDS
        if queryset.count() > maximum:
            refusal = f"Nothing was deleted: at most {formatting.group(maximum)} rows can be deleted at once."
            self.message_user(request, f"{refusal} Filter the list to choose fewer.", messages.ERROR)
            return None
        with transaction.atomic():
            keys = list(queryset.values_list("pk", flat=True))
            if "post" in request.POST:
                _lock(self.model, keys)
            version = _write_version(self.model, keys)
            is_old = "post" in request.POST and request.POST.get("version") != version
            if is_old:
                post = request.POST.copy()
                del post["post"]  # Django shows the page again
                request.POST = post  # type: ignore[assignment]
            answer: Any = delete_selected(self, request, self.model._default_manager.filter(pk__in=keys))
            if answer is not None:
                answer.context_data |= {"version": version, "is_old": is_old}
            return answer  # type: ignore[no-any-return]

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key = unquote(object_id)
        with transaction.atomic():
            row = self.get_object(request, key)
            keys = [row.pk] if row is not None else []
            if request.method == "POST":
                _lock(self.model, keys)
            version = _write_version(self.model, keys)
            form = self.deletion_form(request.POST or None)
            is_old = request.method == "POST" and request.POST.get("version") != version
            if request.method == "POST" and (is_old or not form.is_valid()):
                request.POST = QueryDict()  # Django shows the page again
            row = self.get_object(request, key) if is_old else None
            values = describe_deleted_row(row) if row is not None else ""
            context = {"form": form, "version": version, "values_now": values, **(extra_context or {})}
            return super().delete_view(request, object_id, context)


def _lock(model: type[Model], keys: Sequence[Any]) -> None:
    """Lock rows, and those that are deleted with them, until they are deleted."""
    rows = _collect(model, keys)
    tables = {model, *(type(row) for row in rows)}
    lock_tables(tables)
    for table in sorted(tables, key=lambda each: each._meta.label):
        numbers = [row.pk for row in rows if type(row) is table]
        list(table._base_manager.filter(pk__in=numbers).select_for_update().order_by("pk").values_list("pk"))


def _write_version(model: type[Model], keys: Sequence[Any]) -> str:
    """Return the version of rows, and of those that are deleted with them."""
    return write_version(None, *[[row._meta.label, row.pk, write_version(row)] for row in _collect(model, keys)])


def _collect(model: type[Model], keys: Iterable[Any]) -> list[Model]:
    """Read rows, and those that are deleted with them, in a fixed order."""
    using = router.db_for_write(model)
    collector = NestedObjects(using)
    collector.collect(model._default_manager.filter(pk__in=keys))
    rows = (row for rows in collector.data.values() for row in rows)
    return sorted(rows, key=lambda row: (row._meta.label, str(row.pk)))
