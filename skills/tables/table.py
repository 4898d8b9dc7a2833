"""The one reader and writer of a CSV table: first load, import, export and download all go through it.

Built on django-import-export, which brings natural keys, the dry run, row differences and the admin's pages; what is
added here is that every error names its file, row and column, and that foreign keys are looked up once a file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from import_export import fields, resources, widgets
from import_export.instance_loaders import BaseInstanceLoader
from tablib import Dataset

from earnverdict.spreadsheet import neutralised, plain

FIRST_DATA_ROW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TableError:
    """What is wrong with one cell; `row` counts as a spreadsheet does, the header being row 1 (0 = the whole file)."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = [self.file]
        if self.row:
            where.append(f"row {self.row}")
        if self.column:
            where.append(f"column {self.column}")
        return f"{', '.join(where)}: {self.reason}"


class BadTable(ValueError):
    """A file that cannot be taken in; `errors` lists every reason, and nothing of the file was kept."""

    def __init__(self, errors: Sequence[TableError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)


class _Lines(list[str]):
    """Takes a CSV writer's rows, ended in CRLF so that it quotes either line break in a cell, and ends them in LF."""

    def write(self, row: str) -> None:
        self.append(row.removesuffix("\r\n") + "\n")


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


class NaturalKeyLoader(BaseInstanceLoader):  # type: ignore[misc]  # import-export has no types
    """Finds the row that a file's row is about among all rows, read once."""

    def __init__(self, resource: Table, dataset: Dataset | None = None) -> None:
        super().__init__(resource, dataset)
        related = [field.attribute for field in resource.key_fields if isinstance(field.widget, KeyWidget)]
        instances = resource.get_queryset().select_related(*related) if related else resource.get_queryset()
        self.rows = {resource.natural_key_of(instance): instance for instance in instances}

    def get_instance(self, row: Mapping[str, Any]) -> models.Model | None:
        return self.rows.get(tuple(neutralised(plain(row[field.column_name])) for field in self.resource.key_fields))


class Table(resources.ModelResource):  # type: ignore[misc]  # import-export has no types
    """A model's table as CSV. A subclass names its file, and in `Meta` its model, columns and natural key."""

    file: ClassVar[str]
    #: Rules that span columns are checked in the database row by row; a table without any saves that.
    has_row_rules: ClassVar[bool] = True
    #: Columns whose name differs from the model field's.
    columns: ClassVar[Mapping[str, str]] = {}

    class Meta:
        instance_loader_class = NaturalKeyLoader
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = False
        use_transactions = True

    @classmethod
    def field_from_django_field(
        cls, field_name: str, django_field: models.Field[Any, Any], readonly: bool
    ) -> fields.Field:
        widget = KeyWidget(django_field) if isinstance(django_field, models.ForeignKey) else ValueWidget(django_field)
        return fields.Field(
            attribute=field_name,
            column_name=cls.columns.get(field_name, field_name),
            widget=widget,
            readonly=readonly,
        )

    @property
    def key_fields(self) -> list[fields.Field]:
        return [self.fields[name] for name in self.get_import_id_fields()]

    def natural_key_of(self, instance: models.Model) -> tuple[str, ...]:
        return tuple(field.export(instance) for field in self.key_fields)

    def load(self, text: str) -> int:
        """Take a whole file in and say how many rows were new or changed. Raises BadTable, and then nothing was."""
        result = self.import_data(self.read(text), raise_errors=False, rollback_on_validation_errors=True)
        if errors := self._errors(result):
            raise BadTable(errors)
        return int(result.totals["new"] + result.totals["update"])

    def read(self, text: str) -> Dataset:
        """The file's cells, once its shape is right: known columns, full rows, no row twice."""
        rows = self._rows(text)
        expected = self.get_export_headers()
        if not rows or sorted(rows[0]) != sorted(expected):
            raise BadTable([self._error(1, "", f"the columns must be {', '.join(expected)}.")])
        header, errors = rows[0], list[TableError]()
        seen: dict[tuple[str, ...], int] = {}
        keys = [header.index(field.column_name) for field in self.key_fields]
        for number, row in enumerate(rows[1:], FIRST_DATA_ROW):
            if len(row) != len(header):
                errors.append(self._error(number, "", f"{len(row)} cells where there are {len(header)} columns."))
                continue
            key = tuple(plain(row[index]) for index in keys)
            if key in seen:
                errors.append(self._error(number, header[keys[0]], f"the same as row {seen[key]}: {' · '.join(key)}."))
            seen.setdefault(key, number)
        if errors:
            raise BadTable(errors)
        return Dataset(*rows[1:], headers=header)

    def write(self, queryset: Iterable[models.Model] | None = None) -> str:
        """The table as CSV, in its own order: what `load` takes in without a change."""
        dataset = self.export(self.get_queryset() if queryset is None else queryset)
        lines = _Lines()
        csv.writer(lines).writerows([dataset.headers, *dataset])
        return "".join(lines)

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        for field in self.fields.values():
            if isinstance(field.widget, KeyWidget):
                field.widget.load()

    def after_save_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        """A later row may point at this one."""
        for field in self.fields.values():
            if isinstance(field.widget, KeyWidget) and field.widget.is_about(instance):
                field.widget.rows[instance.slug] = instance

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Each cell was read by its model field already; what is left are the rules that span columns."""
        errors = dict(import_validation_errors or {})
        if not errors and self.has_row_rules:
            for constraint in instance._meta.constraints:
                try:
                    constraint.validate(type(instance), instance)
                except ValidationError as error:
                    columns = getattr(constraint, "fields", None) or sorted(constraint.condition.referenced_base_fields)
                    errors[", ".join(self._column(name) for name in columns)] = error
        if errors:
            raise ValidationError(errors)

    def _rows(self, text: str) -> list[list[str]]:
        rows: list[list[str]] = []
        try:
            rows.extend(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
        except csv.Error as error:
            raise BadTable([self._error(len(rows) + 1, "", f"it cannot be read as CSV ({error}).")]) from None
        return rows

    def _column(self, attribute: str) -> str:
        return next((field.column_name for field in self.fields.values() if field.attribute == attribute), attribute)

    def _errors(self, result: Any) -> list[TableError]:
        errors = [self._error(0, "", str(error.error)) for error in result.base_errors]
        for row in result.invalid_rows:
            for attribute, messages in row.error.message_dict.items():
                errors += [
                    self._error(row.number + FIRST_DATA_ROW - 1, self._column(attribute), message)
                    for message in messages
                ]
        for row in result.error_rows:
            errors += [self._error(row.number + FIRST_DATA_ROW - 1, "", str(error.error)) for error in row.errors]
        return sorted(errors, key=lambda error: error.row)

    def _error(self, row: int, column: str, reason: str) -> TableError:
        return TableError(file=self.file, row=row, column=column, reason=reason)
