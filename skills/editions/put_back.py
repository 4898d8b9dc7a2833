"""Puts a row of the catalogue back as an edition has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError

from skills.change_log import describe_deleted_row, describe_row, describe_value
from skills.editions.difference import KEYS, MODELS, Change, Key, Kind, Table
from skills.models import Location, LocationAlias, Skill, Way
from skills.models.skill import COLUMN_NAMES
from skills.models.words import WordsField


class CannotPutBack(ValueError):
    """The row cannot be as it was; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """What was done to a row, for the change log; `kind` is from the catalogue's side: an added row was restored."""

    row: models.Model
    kind: Kind
    said: str


def permissions_to_put_back(change: Change, row: Any) -> frozenset[str]:
    """Return the permissions that it needs, with the catalogue's row as it is now; none if it is not possible."""
    if change.table is Table.CONSTANTS:
        return frozenset()
    action = "change"
    if row is None:
        action = "add"
    elif change.old is None and not isinstance(row, Skill | Location | Way):
        action = "delete"
    needed = {f"skills.{action}_{MODELS[change.table]._meta.model_name}"}
    if change.table is Table.PLACES and change.old is not None:
        before = set(change.old.get("aliases", ()))
        now = {each.alias for each in row.aliases.all()} if row else set()
        needed |= {"skills.add_locationalias"} if before - now else set()
        needed |= {"skills.delete_locationalias"} if now - before else set()
    return frozenset(needed)


def put_back(change: Change) -> PutBack:
    """Undo a change since an edition: restore the row's values, or hide or remove a new row. Raises CannotPutBack."""
    try:
        with transaction.atomic():
            if change.old is None:
                return _take_away(change)
            done = _restore(change.table, change.old)
            if not done.said:
                owner = "skill" if change.table is Table.EVIDENCE else "way"
                raise CannotPutBack(f"Its row is as it was, but its {owner} is not published: put the {owner} back.")
            return done
    except ValidationError as error:
        raise CannotPutBack(" ".join(error.messages)) from error
    except ProtectedError as error:
        raise CannotPutBack("Other rows use it: put them back first.") from error


def find_row(table: Table, key: tuple[str, ...]) -> Any:
    """Return the catalogue's row with this key, or None."""
    lookups = {lookup_column(table, column): value for column, value in zip(KEYS[table], key, strict=True)}
    return MODELS[table]._default_manager.filter(**lookups).first()


def find_rows(table: Table, keys: Collection[Key]) -> Mapping[Key, Any]:
    """Return the catalogue's rows with these keys, by key, and read what belongs to them with a query for each kind."""
    if not keys:
        return {}
    model, columns = MODELS[table], KEYS[table]
    related = [column for column in columns if model._meta.get_field(column).is_relation]
    belonging = [field.name for field in model._meta.many_to_many] + (["aliases"] if model is Location else [])
    rows: Any = model._default_manager.filter(**{f"{lookup_column(table, columns[0])}__in": {key[0] for key in keys}})
    found, wanted = {}, set(keys)
    for row in rows.prefetch_related(*related, *belonging):
        key = tuple(getattr(row, column).slug if column in related else getattr(row, column) for column in columns)
        if key in wanted:
            found[key] = row
    return found


def lookup_column(table: Table, column: str) -> str:
    """Return what a query calls a column of a key: other rows are known by their slug."""
    return f"{column}__slug" if MODELS[table]._meta.get_field(column).is_relation else column


def _take_away(change: Change) -> PutBack:
    """Remove a row that the edition does not have; a skill, a place or a way stays in the catalogue, not published."""
    row = find_row(change.table, change.key)
    if isinstance(row, Skill | Location | Way):
        row.is_published = False
        row.save(update_fields=["is_published"])
        return PutBack(row=row, kind=Kind.CHANGED, said="published from yes to no")
    said = f"removed: {describe_deleted_row(row)}"
    number = row.pk
    row.delete()
    row.pk = number  # the log names the row that is gone
    return PutBack(row=row, kind=Kind.REMOVED, said=said)


def _restore(table: Table, old: Mapping[str, Any]) -> PutBack:
    model = MODELS[table]
    row = find_row(table, tuple(old[column] for column in KEYS[table]))
    is_new = row is None
    row = row or model()
    before = {} if is_new else _describe(row)
    chosen = {}
    for name in model.PUBLISHED_FIELDS:
        column = COLUMN_NAMES.get(name, name)
        if column not in old:
            continue  # a column that this edition did not have yet
        if name == "price_level" and isinstance(row, Location) and not (old.get("price_source") or row.price_source):
            continue  # no edition holds a level without a source: it is not what changed
        field: Any = model._meta.get_field(name)
        if field.many_to_many:
            chosen[name] = [_find_related(field, slug) for slug in old[column]]
        else:
            setattr(row, name, _read_value(field, old[column], getattr(row, name, None) if not is_new else None))
    if isinstance(row, Skill | Location | Way):
        row.is_published = True
    row.full_clean()
    row.save()
    for name, rows in chosen.items():
        getattr(row, name).set(rows)
    if isinstance(row, Location):
        _restore_aliases(row, old.get("aliases", ()))
    if is_new:
        return PutBack(row=row, kind=Kind.ADDED, said=f"added again: {describe_row(row)}")
    after = _describe(row)
    said = ", ".join(f"{name} from {before[name]} to {text}" for name, text in after.items() if text != before[name])
    return PutBack(row=row, kind=Kind.CHANGED, said=said)


def _read_value(field: Any, value: Any, present: Any) -> Any:
    """A column's value as the model has it; the document writes an empty tilt as 0."""
    if field.is_relation:
        return _find_related(field, value) if value else None
    if isinstance(field, models.DecimalField):
        if value is None or (not value and present is None and field.null):
            return None
        return Decimal(str(value))
    if isinstance(field, WordsField):
        return ", ".join(value)
    if isinstance(field, models.DateField):
        return date.fromisoformat(value) if value else None
    return value


def _find_related(field: Any, slug: str) -> Any:
    related = field.related_model
    try:
        return related._default_manager.get(slug=slug)
    except related.DoesNotExist:
        raise CannotPutBack(f"The {related._meta.verbose_name} {slug} is gone: put it back first.") from None


def _restore_aliases(place: Location, names: Any) -> None:
    place.aliases.exclude(alias__in=names).delete()
    known = set(place.aliases.values_list("alias", flat=True))
    LocationAlias.objects.bulk_create(LocationAlias(location=place, alias=name) for name in names if name not in known)


def _describe(row: Any) -> dict[str, str]:
    """Describe the columns that editions hold, and whether the row is published."""
    names = [*row.PUBLISHED_FIELDS, *(["is_published"] if hasattr(row, "is_published") else [])]
    described = {}
    for name in names:
        field = row._meta.get_field(name)
        value = getattr(row, name).all() if field.many_to_many else getattr(row, name)
        described[str(field.verbose_name)] = describe_value(value)
    if isinstance(row, Location):
        described["other names"] = describe_value(sorted(row.aliases.values_list("alias", flat=True)))
    return described
