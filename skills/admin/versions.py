"""Refuses to save an admin form over a newer version of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from skills.admin.edit_conflicts import Conflict, merge_posted
from skills.admin.odd_input import EditorsModelAdmin
from skills.admin.opened_rows import OPENED_WITH, Opened, OpenForm, VersionedForm, read_opened, write_opened


class RefusesOldVersions(EditorsModelAdmin):
    """Refuses to save a form over a newer version of its rows."""

    form = VersionedForm

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            conflicts = self._find_conflicts(request, unquote(object_id))
            request.edit_conflicts = conflicts  # type: ignore[attr-defined]
            context = {"conflicts": conflicts} if conflicts else {}
            return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change=change, **options)
        return type(form.__name__, (_Refused, form), {}) if getattr(request, "edit_conflicts", None) else form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        form = context["adminform"].form
        if change and obj is not None and not form.is_bound:
            inlines = [each.formset for each in context["inline_admin_formsets"] if each.has_change_permission]
            rows = OpenForm(form=form, formsets=inlines).rows
            form.initial[OPENED_WITH] = write_opened(Opened(at=timezone.now(), rows=rows), obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _find_conflicts(self, request: HttpRequest, object_id: str) -> Sequence[Conflict]:
        """Lock the rows and compare them with those that the form was opened with. May change `request.POST`."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            return ()  # Django answers
        self._lock_rows(row)
        row = self.get_object(request, object_id)
        if row is None:
            return ()
        now = self._open_form(request, row)
        post = request.POST.copy()
        opened = read_opened(post, row)
        if opened is None:
            post[OPENED_WITH] = write_opened(Opened(at=timezone.now(), rows=now.rows), row)
            request.POST = post  # type: ignore[assignment]
            return (Conflict(title=str(row), what="The form did not say which version it was opened with.", who=""),)
        conflicts = merge_posted(post, opened, now, row)
        offered = [each.choice for each in conflicts if each.choice]
        newest = Opened(at=timezone.now(), rows=now.rows, choices=offered)
        post[OPENED_WITH] = write_opened(newest, row)
        request.POST = post  # type: ignore[assignment]
        return conflicts

    def _open_form(self, request: HttpRequest, row: Model) -> OpenForm:
        fields = flatten_fieldsets(self.get_fieldsets(request, row))
        form = self.get_form(request, row, change=True, fields=fields)(instance=row)
        formsets = [
            formset(instance=row, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, row)
            if inline.has_change_permission(request, row)
        ]
        return OpenForm(form=form, formsets=formsets)

    def _lock_rows(self, row: Model) -> None:
        """Lock the row and its inlines' rows until the form is saved. SQLite has one writer at a time anyway."""
        inlines = [(inline.model, inline.fk_name or str(self.opts.model_name)) for inline in self.inlines]
        lock_tables([self.model, *dict(inlines)])
        for model, name in ((self.model, "pk"), *inlines):
            list(model._base_manager.select_for_update(no_key=True).filter(**{name: row.pk}).values_list("pk"))


def lock_tables(models: Iterable[type[Model]]) -> None:
    """Lock tables as any writer does, before their rows: an import holds its table, and would wait for the rows."""
    if connection.vendor == "postgresql":
        tables = sorted(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ROW EXCLUSIVE MODE")


class _Refused(VersionedForm):
    """A form whose rows are newer than those it was opened with: it is never valid."""

    def clean(self) -> Any:
        super().clean()
        raise ValidationError("Nothing was saved: this changed after you had opened it. What you typed is kept below.")
