"""A constraint of a database: a row has the same values in some columns as its parent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BaseConstraint, Model

_FOLLOWS = "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED"


class LikeParent(BaseConstraint):
    """A foreign key of several columns to the parent; a change of the parent's columns changes those of its children.

    It is checked at the end of a transaction, as Django's foreign keys are. Django's own cannot have several columns.
    """

    def __init__(self, *, name: str, parent: str, fields: Sequence[str], **options: Any) -> None:
        super().__init__(name=name, **options)
        self.parent = parent
        self.fields = tuple(fields)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, arguments, options = super().deconstruct()
        return path, tuple(arguments), options | {"parent": self.parent, "fields": self.fields}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LikeParent) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.parent, self.fields))

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        return ", ".join(self._list_parts(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        added = ", ".join(f"ADD {part}" for part in self._list_parts(model, schema_editor))
        return f"ALTER TABLE {table} {added}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        table = quote(model._meta.db_table)
        names = (self.name, self._key_name)
        removed = ", ".join(f"DROP CONSTRAINT {quote(name)}" for name in names)
        return f"ALTER TABLE {table} {removed}"

    def validate(
        self,
        model: type[Model],
        instance: Any,
        exclude: Collection[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        if {self.parent, *self.fields} & set(exclude or ()):
            return
        parent = getattr(instance, self.parent)
        if parent is None:
            return
        differing = [name for name in self.fields if getattr(instance, name) != getattr(parent, name)]
        if differing:
            raise ValidationError({name: _describe(instance, parent, name) for name in differing})

    @property
    def _key_name(self) -> str:
        return f"{self.name}_key"

    def _list_parts(self, model: Any, schema_editor: Any) -> list[str]:
        """Return the key that the parent's columns need, and the foreign key to them."""
        quote = schema_editor.quote_name
        options = model._meta
        columns = [quote(str(options.get_field(name).column)) for name in self.fields]
        key = ", ".join([quote(str(options.pk.column)), *columns])
        own = ", ".join([quote(str(options.get_field(self.parent).column)), *columns])
        # On SQLite Django builds a table under another name and then gives it this one.
        table = quote(options.db_table.removeprefix("new__"))
        return [
            f"CONSTRAINT {quote(self._key_name)} UNIQUE ({key})",
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({own}) REFERENCES {table} ({key}) {_FOLLOWS}",
        ]


def _describe(instance: Any, parent: Any, name: str) -> str:
    """Describe a value that is not the parent's."""
    label = parent._meta.get_field(name).verbose_name
    theirs, own = getattr(parent, name) or "none", getattr(instance, name) or "none"
    return f"It lies in {parent.name}, whose {label} is {theirs}, not {own}."
