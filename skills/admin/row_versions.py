"""The version of a row: a digest that tells whether a row changed since a page showed it."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Model
from django.utils.crypto import salted_hmac

from skills.models import Location

_SALT = "version of a row"


def write_version(row: Model | None, *shown: Any) -> str:
    """Return a digest of all columns of a row, of the rows that it names, of a place's other names, and of `shown`."""
    values = json.dumps([_list_values(row), *shown], sort_keys=True, default=str)
    return salted_hmac(_SALT, values, algorithm="sha256").hexdigest()


def _list_values(row: Any) -> dict[str, Any]:
    if row is None:
        return {}
    values = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for field in row._meta.many_to_many:
        values[field.name] = sorted(each.pk for each in getattr(row, field.name).all())
    if isinstance(row, Location):
        values["aliases"] = sorted(each.alias for each in row.aliases.all())
    return values
