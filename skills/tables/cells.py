"""How one cell of a CSV table is read and written: a value as its model field does, a foreign key as a slug."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from import_export import widgets

from earnverdict.spreadsheet import neutralised, plain


class ValueWidget(widgets.Widget):  # type: ignore[misc]  # import-export has no types
    """Reads a cell as its model field does, and writes it in the one canonical way."""

    def __init__(self, model_field: models.Field[Any, Any]) -> None:
        super().__init__()
        self.model_field = model_field

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        text = (value or "").strip() if self._is_number() else plain(value)
        if "\0" in text:
            raise ValueError("A null character cannot be kept.")
        if text == "" and self.model_field.null:
            return None
        if isinstance(self.model_field, models.BooleanField):
            text = text.capitalize()  # spreadsheets write TRUE
        try:
            return self.model_field.clean(text, None)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "True" if value else "False"
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        return neutralised(value) if isinstance(value, str) else str(value)

    def _is_number(self) -> bool:
        return isinstance(self.model_field, models.IntegerField | models.DecimalField)


class KeyWidget(widgets.Widget):  # type: ignore[misc]  # import-export has no types
    """A foreign key written as the other row's slug; every slug is looked up in one query a file."""

    def __init__(self, model_field: models.ForeignKey[Any, Any]) -> None:
        super().__init__()
        self.model_field = model_field
        self.rows: dict[str, Any] = {}

    def load(self) -> None:
        model: Any = self.model_field.related_model
        self.rows = {row.slug: row for row in model._default_manager.all()}

    def is_about(self, instance: Any) -> bool:
        return self.model_field.related_model is type(instance)

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        slug = plain(value)
        if not slug:
            if self.model_field.null:
                return None
            raise ValueError("This field cannot be blank.")
        if slug not in self.rows:
            raise ValueError(f"“{slug}” is not among the {self.model_field.related_model._meta.verbose_name_plural}.")
        return self.rows[slug]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return neutralised(value.slug) if value else ""
