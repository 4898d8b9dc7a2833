"""The one reader and writer of a CSV table: first load, import, export and download all go through it.

Built on django-import-export, which brings natural keys and the steps of a row. Added here: every error names its file,
row and column, every change is listed cell by cell, and foreign keys are looked up once a file.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from import_export import fields, resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult
from tablib import Dataset

from earnverdict.spreadsheet import escape_formula, unescape_formula
from skills.catalogue.resources.cells import KeyWidget, ValueWidget
from skills.catalogue.resources.csv_file import UnreadableFile, find_wrong_columns, read_csv
from skills.catalogue.resources.outcome import BadTable, CellChange, Outcome, RowChange, TableError
from skills.catalogue.resources.text_checks import SlugIndex, decode_again, invisible_character

#: Is called with how many rows of the file are done.
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
        return self.rows.get(
            tuple(escape_formula(unescape_formula(row[field.column_name])) for field in self.resource.key_fields)
        )


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns of a table's CSV: those of the model, in its order, without the number that the database gives."""
    fields = sorted([*model._meta.concrete_fields, *model._meta.many_to_many])
    return [field.name for field in fields if not field.primary_key]


class Table(resources.ModelResource):  # type: ignore[misc]  # import-export has no types
    """A model's table as CSV. A subclass names its file, and in `Meta` its model, columns and natural key."""

    file: ClassVar[str]

    class Meta:
        instance_loader_class = NaturalKeyLoader
        # A row's cells are compared here, as text: the library's way copies the row and all that it points to.
        skip_diff = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._dry_run = False
        self._on_progress: Progress = lambda done: None
        self._on_changed: Changed = lambda instance, change: None
        self._max_listed = 0
        self._listed: Counter[bool] = Counter()
        self._changes: list[RowChange] = []
        self._warnings: list[TableError] = []
        self._numbers: Sequence[int] = ()
        self._fields_in_file: Sequence[fields.Field] = ()
        self._missing_columns: Sequence[str] = ()
        self._slugs: SlugIndex | None = None
        self._is_new = False
        self._before: Mapping[str, str] = {}
        self._after: Mapping[str, str] = {}
        self._changed_cells: Sequence[CellChange] = ()

    @classmethod
    def field_from_django_field(
        cls, field_name: str, django_field: models.Field[Any, Any], readonly: bool
    ) -> fields.Field:
        widget = KeyWidget(django_field) if isinstance(django_field, models.ForeignKey) else ValueWidget(django_field)
        return fields.Field(attribute=field_name, column_name=field_name, widget=widget, readonly=readonly)

    @property
    def key_fields(self) -> list[fields.Field]:
        return [self.fields[name] for name in self.get_import_id_fields()]

    def natural_key_of(self, instance: models.Model) -> tuple[str, ...]:
        return tuple(field.export(instance) for field in self.key_fields)

    def load(self, text: str) -> int:
        """Import a whole file and say how many rows were new or changed. Raises BadTable, and then nothing was."""
        outcome = self.import_csv(text)
        if outcome.errors:
            raise BadTable(outcome.errors)
        return outcome.new + outcome.changed

    def import_csv(
        self,
        content: str | bytes,
        *,
        dry_run: bool = False,
        max_listed: int = 0,
        on_progress: Progress | None = None,
        on_changed: Changed | None = None,
    ) -> Outcome:
        """Import a whole file, or nothing of it: nothing where a row is wrong, and nothing in a dry run.

        A dry run tries to save each row in a transaction of its own that is rolled back: other editors can write
        meanwhile. `max_listed` new and as many changed rows are listed cell by cell. Raises BadTable when the file's
        shape is wrong.
        """
        self._dry_run = dry_run
        self._on_progress = on_progress or self._on_progress
        self._on_changed = on_changed or self._on_changed
        self._max_listed, self._listed, self._changes, self._warnings = max_listed, Counter(), [], []
        dataset = self.read(content)
        with nullcontext() if dry_run else transaction.atomic():
            result = self.import_data_inner(
                dataset, dry_run, raise_errors=False, using_transactions=False, collect_failed_rows=False
            )
            errors = self._list_errors(result)
            if errors and not dry_run:
                transaction.set_rollback(True)
        return Outcome(
            new=result.totals[RowResult.IMPORT_TYPE_NEW],
            changed=result.totals[RowResult.IMPORT_TYPE_UPDATE],
            unchanged=result.totals[RowResult.IMPORT_TYPE_SKIP],
            changes=tuple(self._changes),
            errors=tuple(errors),
            warnings=tuple(self._warnings),
        )

    def read(self, content: str | bytes) -> Dataset:
        """The file's cells, once its shape is right: known columns, full rows, no row twice."""
        try:
            found = read_csv(content)
        except UnreadableFile as error:
            raise BadTable([self._make_error(0, "", str(error))]) from None
        if problem := self.find_wrong_columns(found.header):
            raise BadTable([self._make_error(1, "", problem)])
        if problems := found.find_wrong_rows([field.column_name for field in self.key_fields]):
            raise BadTable([self._make_error(*problem) for problem in problems])
        self._numbers = [number for number, _ in found.rows]
        for field in self.fields.values():
            field.widget.has_decimal_comma = found.separator != ","
        return Dataset(*(row for _, row in found.rows), headers=found.header)

    def find_wrong_columns(self, header: Sequence[str]) -> str:
        """What is wrong with the names of the columns; empty if each is known and those of the key are there."""
        keys = [field.column_name for field in self.key_fields]
        return find_wrong_columns(header, known=self.get_export_headers(), keys=keys)

    def write(self, queryset: Iterable[models.Model] | None = None) -> str:
        """The table as CSV, in its own order: what `load` reads without a change."""
        dataset = self.export(self.get_queryset() if queryset is None else queryset)
        lines = _Lines()
        csv.writer(lines).writerows([dataset.headers, *dataset])
        return "".join(lines)

    # The steps of an import, in the order in which the library calls them.

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        self._fields_in_file = [field for field in self.get_import_fields() if field.column_name in dataset.headers]
        self._missing_columns = [name for name in self._required_columns() if name not in dataset.headers]
        self._slugs = None
        for field in self.fields.values():
            if isinstance(field.widget, KeyWidget):
                field.widget.load()

    def before_import_row(self, row: Mapping[str, Any], **kwargs: Any) -> None:
        self._on_progress(kwargs["row_number"])

    def after_init_instance(self, instance: Any, new: bool, row: Mapping[str, Any], **kwargs: Any) -> None:
        self._is_new, self._before = new, {} if new else self._read_cells(instance)
        if new and self._missing_columns:
            reason = "A new row needs this column, and the file does not have it."
            raise ValidationError(dict.fromkeys(self._missing_columns, reason))

    def skip_row(
        self, instance: Any, original: Any, row: Mapping[str, Any], import_validation_errors: Any = None
    ) -> bool:
        """A row that would be written as it was is left alone."""
        if import_validation_errors:
            return False
        self._after = self._read_cells(instance)
        self._changed_cells = [
            CellChange(column=column, old=old, new=new)
            for column, new in self._after.items()
            if new != (old := self._before.get(column, ""))
        ]
        return not self._is_new and not self._changed_cells

    def before_save_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        self._refuse_invisible_characters()
        if self._dry_run:
            self._warn(self._find_number(kwargs))
            if not self._meta.use_bulk:
                self.do_instance_save(instance, self._is_new)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Each cell was read by its model field already; the rules that span columns are the database's."""
        try:
            with transaction.atomic():
                if is_create:
                    instance.save(force_insert=True)
                else:
                    changed = {cell.column for cell in self._changed_cells}
                    columns = {field.name for field in instance._meta.concrete_fields}
                    instance.save(update_fields=changed & columns)
                if self._dry_run:
                    transaction.set_rollback(True)
        except IntegrityError:
            self._check_row_rules(instance)
            raise

    def after_save_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        """A later row may point at this one."""
        for field in self.fields.values():
            if isinstance(field.widget, KeyWidget) and field.widget.is_about(instance):
                field.widget.rows[instance.slug] = instance
        self._on_changed(instance, self._list_change(self._find_number(kwargs)))

    # What is said of a row.

    def _find_number(self, kwargs: Mapping[str, int]) -> int:
        """The row's number as a spreadsheet counts."""
        return self._numbers[kwargs["row_number"] - 1]

    def _required_columns(self) -> list[str]:
        """Those that a new row cannot do without."""
        columns = []
        for field in self.get_import_fields():
            if isinstance(field.widget, ValueWidget | KeyWidget):
                model_field = field.widget.model_field
                if not (model_field.blank or model_field.has_default()):
                    columns.append(field.column_name)
        return columns

    def _check_row_rules(self, instance: Any) -> None:
        """Say in words, and by column, which rules a row breaks that the database refused."""
        errors = {}
        for constraint in instance._meta.constraints:
            try:
                constraint.validate(type(instance), instance)
            except ValidationError as error:
                columns = getattr(constraint, "fields", None) or sorted(constraint.condition.referenced_base_fields)
                errors[", ".join(self._find_column(name) for name in columns)] = error
        if errors:
            raise ValidationError(errors)

    def _read_cells(self, instance: Any) -> Mapping[str, str]:
        return {field.column_name: field.export(instance) for field in self._fields_in_file}

    def _refuse_invisible_characters(self) -> None:
        """What is in the catalogue already may stay, so that an export can be imported."""
        errors = {
            cell.column: f"There is an invisible character ({name}) in “{cell.new}”."
            for cell in self._changed_cells
            if (name := invisible_character(cell.new))
        }
        if errors:
            raise ValidationError(errors)

    def _warn(self, row: int) -> None:
        """Say what is likely a mistake in a new or changed row."""
        for cell in self._changed_cells:
            if meant := decode_again(cell.new):
                reason = f"“{cell.new}” looks wrongly decoded. Was “{meant}” meant? Then save the file in UTF-8."
                self._warnings.append(self._make_error(row, cell.column, reason))
        if self._is_new and self.get_import_id_fields() == ["slug"]:
            self._slugs = self._slugs or SlugIndex(self._meta.model.objects.values_list("slug", flat=True))
            if near := self._slugs.near(self._after["slug"]):
                reason = f"The new “{self._after['slug']}” is one letter away from “{near}”, which exists already."
                self._warnings.append(self._make_error(row, "slug", reason))

    def _list_change(self, row: int) -> RowChange:
        """What an editor sees of a new or changed row."""
        name = " · ".join(filter(None, (self._after[field.column_name] for field in self.key_fields)))
        change = RowChange(row=row, is_new=self._is_new, name=name, cells=tuple(self._changed_cells))
        self._listed[self._is_new] += 1
        if self._listed[self._is_new] <= self._max_listed:
            self._changes.append(change)
        return change

    def _find_column(self, attribute: str) -> str:
        return next((field.column_name for field in self.fields.values() if field.attribute == attribute), attribute)

    def _list_errors(self, result: Any) -> list[TableError]:
        errors = [self._make_error(0, "", str(error.error)) for error in result.base_errors]
        for row in result.invalid_rows:
            for attribute, messages in row.error.message_dict.items():
                errors += [
                    self._make_error(self._numbers[row.number - 1], self._find_column(attribute), message)
                    for message in messages
                ]
        for row in result.error_rows:
            errors += [self._make_error(self._numbers[row.number - 1], "", str(error.error)) for error in row.errors]
        return sorted(errors, key=lambda error: error.row)

    def _make_error(self, row: int, column: str, reason: str) -> TableError:
        return TableError(file=self.file, row=row, column=column, reason=reason)
