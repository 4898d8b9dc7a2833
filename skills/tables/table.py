"""The one reader and writer of a CSV table: first load, import, export and download all go through it.

Built on django-import-export, which brings natural keys, the steps of a row and the dry run. Added here: every error
names its file, row and column, every change is told cell by cell, and foreign keys are looked up once a file.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from import_export import fields, resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult
from tablib import Dataset

from earnverdict.spreadsheet import neutralised, plain
from skills.tables.cells import KeyWidget, ValueWidget
from skills.tables.outcome import BadTable, CellChange, Outcome, RowChange, TableError

FIRST_DATA_ROW = 2
_KEPT = (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)

#: Is told how many rows of the file are done.
type Progress = Callable[[int], None]
#: Is called with each row of the catalogue that is added or changed.
type Changed = Callable[[models.Model, RowChange], None]


class _Lines(list[str]):
    """Takes a CSV writer's rows, ended in CRLF so that it quotes either line break in a cell, and ends them in LF."""

    def write(self, row: str) -> None:
        self.append(row.removesuffix("\r\n") + "\n")


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
    #: Columns whose name differs from the model field's.
    columns: ClassVar[Mapping[str, str]] = {}

    class Meta:
        instance_loader_class = NaturalKeyLoader
        clean_model_instances = True
        # A row's cells are compared here, as text: the library's way copies the row and all that it points to.
        skip_diff = True
        report_skipped = False
        use_transactions = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._on_progress: Progress = lambda done: None
        self._on_changed: Changed = lambda instance, change: None
        self._most_listed = 0
        self._listed: Counter[bool] = Counter()
        self._changes: list[RowChange] = []
        self._before: Mapping[str, str] = {}
        self._after: Mapping[str, str] = {}
        self._instance: Any = None

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
        outcome = self.take(text)
        if outcome.errors:
            raise BadTable(outcome.errors)
        return outcome.new + outcome.changed

    def take(
        self,
        text: str,
        *,
        is_rehearsal: bool = False,
        most_listed: int = 0,
        on_progress: Progress | None = None,
        on_changed: Changed | None = None,
    ) -> Outcome:
        """Take a whole file in, or nothing of it: nothing where a row is wrong, and nothing in a rehearsal.

        `most_listed` new and as many changed rows are told cell by cell. Raises BadTable when its shape is wrong.
        """
        self._on_progress = on_progress or self._on_progress
        self._on_changed = on_changed or self._on_changed
        self._most_listed, self._listed, self._changes = most_listed, Counter(), []
        result = self.import_data(
            self.read(text), dry_run=is_rehearsal, raise_errors=False, rollback_on_validation_errors=True
        )
        return Outcome(
            new=result.totals[RowResult.IMPORT_TYPE_NEW],
            changed=result.totals[RowResult.IMPORT_TYPE_UPDATE],
            unchanged=result.totals[RowResult.IMPORT_TYPE_SKIP],
            changes=tuple(self._changes),
            errors=tuple(self._errors(result)),
        )

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

    def import_row(self, row: Mapping[str, Any], instance_loader: BaseInstanceLoader, **kwargs: Any) -> RowResult:
        result = super().import_row(row, instance_loader, **kwargs)
        if result.import_type in _KEPT:
            self._tell(kwargs["row_number"] + FIRST_DATA_ROW - 1, is_new=result.is_new())
        self._on_progress(kwargs["row_number"])
        return result

    def after_init_instance(self, instance: Any, new: bool, row: Mapping[str, Any], **kwargs: Any) -> None:
        self._before = {} if new else self._cells(instance)

    def skip_row(
        self, instance: Any, original: Any, row: Mapping[str, Any], import_validation_errors: Any = None
    ) -> bool:
        """A row that would be written as it was is left alone."""
        if import_validation_errors:
            return False
        self._instance, self._after = instance, self._cells(instance)
        return self._after == self._before

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Each cell was read by its model field already; the rules that span columns are the database's."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        try:
            with transaction.atomic():
                super().do_instance_save(instance, is_create)
        except IntegrityError:
            self._check_row_rules(instance)
            raise

    def after_save_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        """A later row may point at this one."""
        for field in self.fields.values():
            if isinstance(field.widget, KeyWidget) and field.widget.is_about(instance):
                field.widget.rows[instance.slug] = instance

    def after_import(self, dataset: Dataset, result: Any, **kwargs: Any) -> None:
        """A file holds no primary keys, so the database goes on counting its own: nothing is to be set."""

    def _check_row_rules(self, instance: Any) -> None:
        """Say in words, and by column, which rules a row breaks that the database refused."""
        errors = {}
        for constraint in instance._meta.constraints:
            try:
                constraint.validate(type(instance), instance)
            except ValidationError as error:
                columns = getattr(constraint, "fields", None) or sorted(constraint.condition.referenced_base_fields)
                errors[", ".join(self._column(name) for name in columns)] = error
        if errors:
            raise ValidationError(errors)

    def _cells(self, instance: Any) -> Mapping[str, str]:
        return {field.column_name: field.export(instance) for field in self.get_import_fields()}

    def _tell(self, row: int, *, is_new: bool) -> None:
        self._listed[is_new] += 1
        is_listed = self._listed[is_new] <= self._most_listed
        old = {column: self._before.get(column, "") for column in self._after}
        cells = [CellChange(column=key, old=old[key], new=new) for key, new in self._after.items() if new != old[key]]
        name = " · ".join(filter(None, (self._after[field.column_name] for field in self.key_fields)))
        change = RowChange(row=row, is_new=is_new, name=name, cells=tuple(cells))
        if is_listed:
            self._changes.append(change)
        self._on_changed(self._instance, change)

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
