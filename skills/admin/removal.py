"""Asks why evidence is removed. The log keeps the reason with the figure, and an edition that has it can restore it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import ActionLocation
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict

from skills.admin.row_versions import write_version
from skills.admin.versions import RefusesOldVersions
from skills.change_log import describe_row


class RemovalReasonField(forms.CharField):
    """The reason, in a sentence or two; it is no value of a row, so it never counts as changed."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "label": "Why it is removed",
                "max_length": 500,
                "help_text": "The log keeps it. Readers do not see it.",
                **options,
            }
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RemovalForm(forms.Form):
    """Confirms that a row is removed, with a reason."""

    removal_reason = RemovalReasonField()


class AsksForRemovalReason(RefusesOldVersions):
    """Deletes a row only with a reason, one at a time, and only as the page showed it."""

    delete_confirmation_template = "admin/skills/remove.html"

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """Leave out the deletion of many rows, which asks for no reason."""
        actions = super().get_actions(request, action_location)
        return {name: action for name, action in actions.items() if name != "delete_selected"}

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key = unquote(object_id)
        with transaction.atomic():
            if request.method == "POST":
                self.lock_rows(key)
            row = self.get_object(request, key)
            version = write_version(row)
            form = RemovalForm(request.POST or None)
            is_old = request.method == "POST" and request.POST.get("version") != version
            if request.method == "POST" and (is_old or not form.is_valid()):
                request.POST = QueryDict()  # Django shows the page again
            values = describe_row(row) if row is not None and is_old else ""
            context = {"form": form, "version": version, "values_now": values, **(extra_context or {})}
            return super().delete_view(request, object_id, context)
