"""The rows of an admin form and its inlines, as saved and as posted, as text that can be compared and posted again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from skills.line_ends import normalize_line_ends

#: A field's value; a list for rows that are chosen, a bool for a tick.
type Value = str | bool | list[str]
type Values = Mapping[str, Value]


def read_saved(form: Any) -> dict[str, Value]:
    """Return the values of a row that the form has before anybody types."""
    return {
        name: _read_value(each, form.get_initial_for_field(each, name))
        for name, each in form.fields.items()
        if not _is_hidden(each)
    }


def read_posted(post: QueryDict, prefix: str, form: Any) -> dict[str, Value]:
    """Return the values of a row as typed, whether they are valid or not."""
    return {
        name: _read_value(each, each.widget.value_from_datadict(post, {}, f"{prefix}{name}"))
        for name, each in form.fields.items()
        if not _is_hidden(each)
    }


def _is_hidden(shown_field: Any) -> bool:
    """Whether nobody types it: a row's or its parent's number, the copy of the rows, or a password's hash."""
    return isinstance(shown_field.widget, forms.HiddenInput) or shown_field.disabled


def _read_value(shown_field: Any, value: Any) -> Value:
    if isinstance(shown_field, forms.ModelMultipleChoiceField):
        return sorted(str(getattr(each, "pk", each)) for each in value or ())
    if isinstance(shown_field, forms.BooleanField):
        return bool(shown_field.to_python(value))
    if value is None:
        return ""
    if isinstance(shown_field, forms.ModelChoiceField):
        return str(getattr(value, "pk", value))
    try:
        value = shown_field.to_python(value)
    except ValidationError:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    return normalize_line_ends(str(value))


def put_values(post: QueryDict, prefix: str, values: Values) -> None:
    """Put values into what was posted, as a browser would send them."""
    for name, value in values.items():
        key = f"{prefix}{name}"
        if isinstance(value, list):
            post.setlist(key, value)
        elif isinstance(value, bool):
            post.pop(key, None)
            if value:
                post[key] = "on"
        else:
            post[key] = value


def find_positions(post: QueryDict, formset: Any) -> dict[str, int]:
    """Return where the rows that have a key are in what was posted."""
    found = {}
    for number in range(min(count_forms(post, formset, "TOTAL_FORMS"), formset.absolute_max)):
        if key := post.get(f"{formset.prefix}-{number}-{formset.model._meta.pk.name}"):
            found[f"{formset.prefix}:{key}"] = number
    return found


def count_forms(post: QueryDict, formset: Any, name: str) -> int:
    """Return the number of rows that was posted, as `TOTAL_FORMS`; 0 if there is none."""
    try:
        return max(0, int(post.get(f"{formset.prefix}-{name}", "")))
    except ValueError:
        return 0


def renumber_rows(post: QueryDict, formset: Any, saved: Mapping[str, Values]) -> None:
    """Number an inline's rows again: those of the database, as typed or else as saved, then the new ones."""
    prefix, key_name = formset.prefix, formset.model._meta.pk.name
    if f"{prefix}-TOTAL_FORMS" not in post:
        return
    positions = find_positions(post, formset)
    total = min(count_forms(post, formset, "TOTAL_FORMS"), formset.absolute_max)
    fields = [*formset.empty_form.fields]
    typed = [
        {name: post.getlist(f"{prefix}-{number}-{name}") for name in fields if f"{prefix}-{number}-{name}" in post}
        for number in range(total)
    ]
    for name in [name for name in post if name.startswith(f"{prefix}-") and name.split("-")[1].isdecimal()]:
        del post[name]
    existing = [f"{prefix}:{form.instance.pk}" for form in formset.initial_forms]
    new = [number for number in range(total) if number not in positions.values()]
    for number, key in enumerate(existing):
        start = f"{prefix}-{number}-"
        for name, values in (typed[positions[key]] if key in positions else {}).items():
            post.setlist(f"{start}{name}", values)
        post[f"{start}{key_name}"] = key.partition(":")[2]
        post[f"{start}{formset.fk.name}"] = str(formset.instance.pk)
        put_values(post, start, saved.get(key, {}))
    for number, old in enumerate(new, start=len(existing)):
        for name, values in typed[old].items():
            post.setlist(f"{prefix}-{number}-{name}", values)
    post[f"{prefix}-TOTAL_FORMS"] = str(len(existing) + len(new))
    post[f"{prefix}-INITIAL_FORMS"] = str(len(existing))


def prefix_of(row: str) -> str:
    """Return the inline's prefix in a row's key, `prefix:number`."""
    return row.partition(":")[0]
