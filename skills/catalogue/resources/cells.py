"""How one cell of a CSV table is read and written: a value as its model field does, a foreign key as a slug."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from import_export import widgets

from earnverdict.spreadsheet import escape_formula, unescape_formula
from skills.catalogue.resources.text_checks import invisible_character

_DECIMAL_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+)")
# 3.673 may be about four, or thousands.
_POINT_BEFORE_THREE_DIGITS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_DAY_MONTH_YEAR = re.compile(r"^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})$")


class CellWidget(widgets.Widget):  # type: ignore[misc]  # import-export has no types
    """Reads the text of a cell; an invisible character in a cell that cannot be read is named."""

    #: Whether numbers have a decimal comma and dates are 31.12.2026, as in files with semicolons between the cells.
    has_decimal_comma = False

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        text = value or ""
        try:
            return self.read(text, row)
        except ValueError as error:
            if name := invisible_character(text, any_format=True):
                raise ValueError(f"There is an invisible character ({name}) in “{text.strip()}”.") from None
            raise error from None

    def read(self, text: str, row: Mapping[str, Any] | None) -> Any:
        """The value of a cell. Raises ValueError."""
        raise NotImplementedError


class ValueWidget(CellWidget):
    """Reads a cell as its model field does, and writes it in the one canonical way."""

    def __init__(self, model_field: models.Field[Any, Any]) -> None:
        super().__init__()
        self.model_field = model_field

    def read(self, text: str, row: Mapping[str, Any] | None) -> Any:
        text = self._write_canonical(text)
        if "\0" in text:
            raise ValueError("A null character cannot be kept.")
        if text == "" and self.model_field.null:
            return None
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
        return escape_formula(value) if isinstance(value, str) else str(value)

    def _write_canonical(self, cell: str) -> str:
        """The cell as the model field reads it, whatever a spreadsheet made of it."""
        if isinstance(self.model_field, models.IntegerField | models.DecimalField):
            return _read_local_number(cell.strip()) if self.has_decimal_comma else cell.strip()
        if isinstance(self.model_field, models.BooleanField):
            return unescape_formula(cell).capitalize()  # spreadsheets write TRUE
        if isinstance(self.model_field, models.DateField) and self.has_decimal_comma:
            return _DAY_MONTH_YEAR.sub(r"\3-\2-\1", unescape_formula(cell))
        return unescape_formula(cell)


class KeyWidget(CellWidget):
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

    def read(self, text: str, row: Mapping[str, Any] | None) -> Any:
        slug = unescape_formula(text)
        if not slug:
            if self.model_field.null:
                return None
            raise ValueError("This field cannot be blank.")
        if slug not in self.rows:
            raise ValueError(f"“{slug}” is not among the {self.model_field.related_model._meta.verbose_name_plural}.")
        return self.rows[slug]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return escape_formula(value.slug) if value else ""


def _read_local_number(text: str) -> str:
    """The number with a decimal point. Raises ValueError where its point may be either kind."""
    if _POINT_BEFORE_THREE_DIGITS.fullmatch(text):
        raise ValueError(
            f"“{text}” may be a number with decimals or one of thousands. "
            "Write it with a decimal comma, or without a point."
        )
    found = _DECIMAL_COMMA.fullmatch(text)
    return f"{found[1]}.{found[2]}" if found else text
