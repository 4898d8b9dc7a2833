"""The change log: describes changes of rows in text of limited length, and finds a row's entries.

A message is JSON for Django's `LogEntry.get_change_message`, with one part for each row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import CASCADE, Model, Q, QuerySet
from django.forms import ModelChoiceField
from django.forms.fields import ChoiceField, Field

from earnverdict import formatting
from skills.catalogue.resources import CellChange, Outcome, RowChange
from skills.models import Evidence, Skill, Way, WayEvidence, WayRange

#: Characters of one field's value. The catalogue's longest note fits.
MAX_VALUE_CHARACTERS = 1_000
#: Characters of one row's values.
MAX_ROW_CHARACTERS = 8_000
#: Rows that one message lists; the others are counted.
MAX_ROWS_LISTED = 50
MAX_MESSAGE_CHARACTERS = 40_000
#: Added rows of an import with an entry of their own, and as many changed ones; the others are counted.
MAX_IMPORTED_ROWS_LOGGED = 1_000
_COUNT_CHARACTERS = 200  # enough for the part that counts the others
_MAX_NAME_CHARACTERS = 200  # the column's length

#: Marks an entry about evidence that was changed in its skill's form; the skill's entry says the same.
_IN_FORM_OF_SKILL = {"form": "skill"}
#: The tables whose rows belong to a skill or a way, and the column that says to which: its history has theirs.
_BELONGING: Mapping[type[Model], Sequence[tuple[type[Model], str]]] = {
    Skill: [(Evidence, "skill")],
    Way: [(WayRange, "way"), (WayEvidence, "way")],
}
_NOTHING = "nothing"
# The name of evidence in old entries, before they named its skill and source.
_NUMBERS_FOR_NAME = re.compile(r"-?[0-9.]+ % · grade [A-D] · .*")

type Part = Mapping[str, Any]


# Texts


def describe_value(value: Any) -> str:
    """Describe a field's value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str) and value:
        return f"“{_shorten(value, MAX_VALUE_CHARACTERS)}”"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return _describe_rows(value)
    if isinstance(value, Model):
        return f"“{value}”"
    return _NOTHING if value in (None, "") else str(value)


def describe_field(field: Field, value: Any) -> str:
    """Describe a value of a form's field: a related row by its name, a choice by its label."""
    if isinstance(field, ModelChoiceField):
        keys = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
        keys = [key.pk if isinstance(key, Model) else key for key in keys if key not in (None, "")]
        rows = list(field.queryset.model._base_manager.filter(pk__in=keys)) if field.queryset is not None else []
        return describe_value(rows)
    if isinstance(field, ChoiceField) and value not in (None, ""):
        choices: Any = field.choices
        return describe_value(dict(choices).get(value, value))
    return describe_value(value)


def describe_row(row: Model) -> str:
    """Describe a row's values field by field, without empty ones."""
    values = {}
    for field in row._meta.concrete_fields:
        if not field.primary_key:
            value = getattr(row, field.name)
            display = getattr(row, f"get_{field.name}_display", None)
            values[str(field.verbose_name)] = describe_value(display() if display and value else value)
    if row.pk:
        for many in row._meta.many_to_many:
            values[str(many.verbose_name)] = describe_value(getattr(row, many.name).all())
    return _list_values(values)


def describe_deleted_row(row: Model) -> str:
    """Describe a row, and the rows that are deleted with it."""
    lost = {}
    for relation in row._meta.related_objects:
        if relation.on_delete is CASCADE and not relation.related_model._meta.auto_created:
            linked = [field.name for field in relation.related_model._meta.concrete_fields if field.is_relation]
            rows = getattr(row, relation.get_accessor_name() or "").select_related(*linked)
            lost[str(relation.related_model._meta.verbose_name_plural)] = describe_value(
                f"{other} ({describe_row(other)})" for other in rows
            )
    return ", ".join(filter(None, (describe_row(row), _list_values(lost))))


def part_of_row(action: str, row: Model, values: str) -> Part:
    """Make the part for a row that was added or deleted; `action` is one of these words."""
    return {action: {"name": str(row._meta.verbose_name), "object": f"{row} ({_shorten(values, MAX_ROW_CHARACTERS)})"}}


def part_of_changes(changes: Sequence[str], row: Model | None = None) -> Part:
    """Make the part for changed fields, of an inline's `row` if given."""
    named = {"name": str(row._meta.verbose_name), "object": str(row)} if row else {}
    return {"changed": {**named, "fields": list(changes)}}


def write_message(parts: Sequence[Part], marker: Mapping[str, str] | None = None) -> str:
    """Write the parts as JSON of limited length; parts that do not fit are counted."""
    kept: list[Part] = []
    size = _COUNT_CHARACTERS
    for part in parts[:MAX_ROWS_LISTED]:
        marked = {**part, **(marker or {})}
        size += len(_as_json(marked)) + len(", ")
        if size > MAX_MESSAGE_CHARACTERS:
            break
        kept.append(marked)
    if left := parts[len(kept) :]:
        kept.append({"changed": {"fields": [_count_parts(left)]}})
    return _as_json(kept)


def _describe_rows(rows: Iterable[Any]) -> str:
    names = sorted(f"“{_shorten(str(row), MAX_VALUE_CHARACTERS)}”" for row in rows)
    if len(names) > MAX_ROWS_LISTED:
        names[MAX_ROWS_LISTED:] = [f"{formatting.group(len(names) - MAX_ROWS_LISTED)} more"]
    return " + ".join(names) or _NOTHING


def _list_values(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items() if value != _NOTHING)


def _count_parts(parts: Sequence[Part]) -> str:
    counts = {action: sum(action in part for part in parts) for action in ("added", "changed", "deleted")}
    kinds = ", ".join(f"{formatting.group(count)} {action}" for action, count in counts.items() if count)
    return f"{formatting.plural(len(parts), 'more row')} ({kinds})"


def _as_json(value: Any) -> str:
    """Write JSON without escaping letters, so that they can be searched for."""
    return json.dumps(value, ensure_ascii=False)


def _shorten(text: str, max_characters: int) -> str:
    return text if len(text) <= max_characters else f"{text[: max_characters - 1]}…"


# Writing


def log_row(
    user: int, row: Model, action: int, parts: Sequence[Part], *, is_in_form_of_skill: bool = False
) -> LogEntry:
    entry = _make_entry(user, row, action, write_message(parts, _IN_FORM_OF_SKILL if is_in_form_of_skill else None))
    entry.save()
    return entry


def log_move(user: int, row: Evidence | WayRange | WayEvidence, former_name: str) -> None:
    """Log under the old skill or way where its row was moved. The row's own history has the move too."""
    entry = _make_entry(user, row, CHANGE, f"Moved to {row}.")
    entry.object_id, entry.object_repr = None, former_name[:_MAX_NAME_CHARACTERS]
    entry.save()


class ImportLog:
    """Collects an import's changes, up to a limit, and logs them in the import's transaction."""

    def __init__(self) -> None:
        self._rows: dict[bool, list[tuple[Model, RowChange]]] = {True: [], False: []}

    def note(self, row: Model, change: RowChange) -> None:
        """Add one added or changed row."""
        noted = self._rows[change.is_new]
        if len(noted) < MAX_IMPORTED_ROWS_LOGGED:
            noted.append((row, change))

    def write(self, user: int, model: type[Model], outcome: Outcome, *, file: str, upload: str, signature: str) -> None:
        """Write an entry for each row, then one for the whole import, which ends with its signature."""
        entries = [
            _make_entry(
                user, row, ADDITION if change.is_new else CHANGE, write_message([_part_of_import(change, upload)])
            )
            for rows in self._rows.values()
            for row, change in rows
        ]
        LogEntry.objects.bulk_create(entries, batch_size=1000)
        counts = f"{outcome.new} new rows, {outcome.changed} changed, {outcome.unchanged} unchanged."
        LogEntry.objects.create(
            user_id=user,
            content_type=ContentType.objects.get_for_model(model),
            object_repr=file,
            action_flag=CHANGE,
            change_message=f"Imported “{upload}”: {counts}{self._count_others(outcome)} {signature}",
        )

    def _count_others(self, outcome: Outcome) -> str:
        added = outcome.new - len(self._rows[True])
        changed = outcome.changed - len(self._rows[False])
        others = [
            f"{formatting.plural(count, 'more row')} {action}"
            for count, action in ((added, "added"), (changed, "changed"))
            if count
        ]
        return f" The first rows have entries of their own, and {' and '.join(others)}." if others else ""


def _make_entry(user: int, row: Model, action: int, message: str) -> LogEntry:
    return LogEntry(
        user_id=user,
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr=str(row)[:_MAX_NAME_CHARACTERS],
        action_flag=action,
        change_message=message,
    )


def _part_of_import(change: RowChange, upload: str) -> Part:
    if change.is_new:
        values = ", ".join(f"{cell.column} {cell.new}" for cell in change.cells if cell.new)
        return {"added": {"name": f"row {change.row} of {upload}:", "object": _shorten(values, MAX_ROW_CHARACTERS)}}
    fields = [_describe_cell(cell) for cell in change.cells]
    return {"changed": {"name": f"row {change.row} of", "object": upload, "fields": fields}}


def _describe_cell(cell: CellChange) -> str:
    old, new = (_shorten(value, MAX_VALUE_CHARACTERS) or _NOTHING for value in (cell.old, cell.new))
    return f"{cell.column} from {old} to {new}"


# Reading


def entries_of_row(row: Model) -> QuerySet[LogEntry]:
    """Return a row's entries, newest first; for a skill and a way also those of the rows that belong to it."""
    content_type = ContentType.objects.get_for_model(row)
    about = Q(content_type=content_type, object_id=str(row.pk))
    for model, name in _BELONGING.get(type(row), ()):
        about |= _about_rows_of(row, model, name)
    return LogEntry.objects.filter(about).select_related("user", "content_type").order_by("-action_time", "-pk")


def has_belonging_rows(row: Model) -> bool:
    """Return whether a row's entries include those of other rows."""
    return type(row) in _BELONGING


def _about_rows_of(owner: Any, model: type[Model], name: str) -> Q:
    """Match the rows of a table that belong to a skill or a way, and its former rows by name."""
    rows = [str(pk) for pk in model._default_manager.filter(**{name: owner}).order_by().values_list("pk", flat=True)]
    key, value = next(iter(_IN_FORM_OF_SKILL.items()))
    return (
        Q(content_type=ContentType.objects.get_for_model(model))
        & (Q(object_id__in=rows) | Q(object_repr__startswith=f"{owner.slug} · "))
        & ~Q(change_message__contains=f'"{key}": "{value}"')
    )


def name_evidence(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """Replace evidence numbers in old entries by the present names."""
    found = list(entries)
    unnamed = [entry for entry in found if _NUMBERS_FOR_NAME.fullmatch(entry.object_repr) and entry.object_id]
    if unnamed:
        rows = Evidence.objects.select_related("skill", "source")
        names = {str(row.pk): str(row) for row in rows.filter(pk__in={entry.object_id for entry in unnamed})}
        for entry in unnamed:
            entry.object_repr = names.get(entry.object_id or "", entry.object_repr)
    return found
