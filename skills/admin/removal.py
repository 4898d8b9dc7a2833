"""Asks why evidence is removed. The log keeps the reason with the figure, and an edition that has it can restore it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import ActionLocation
from django.http import HttpRequest

from skills.admin.deletion import DeletesAsShown


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


class AsksForRemovalReason(DeletesAsShown):
    """Deletes a row only with a reason, one at a time, and only as the page showed it."""

    delete_confirmation_template = "admin/skills/remove.html"
    deletion_form = RemovalForm

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """Leave out the deletion of many rows, which asks for no reason."""
        actions = super().get_actions(request, action_location)
        return {name: action for name, action in actions.items() if name != "delete_selected"}
