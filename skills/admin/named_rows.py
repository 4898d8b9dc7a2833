"""Rows of an inline whose fields are read out with their names."""

from __future__ import annotations

from typing import Any

from django.forms import BaseInlineFormSet
from django.utils.text import capfirst


class NamedRows(BaseInlineFormSet[Any, Any, Any]):
    """Gives each field its label as its name: a screen reader does not read the head of a column with a field."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)  # of a related row it is wrapped in its links
            widget.attrs.setdefault("aria-label", capfirst(str(field.label or name)))
            if field.help_text:
                widget.attrs.setdefault("title", field.help_text)  # a row has no room for it
