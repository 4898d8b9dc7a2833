"""The signed copy of its rows that an admin form carries, to find out what others saved since it was opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.db.models import Model
from django.http import QueryDict

from skills.admin.posted_rows import Values, prefix_of, read_saved

OPENED_WITH = "opened_with"
#: The key of a form's own row.
OWN_ROW = ""

#: The values of a form's rows: its own, and an inline's under `prefix:number`.
type Rows = Mapping[str, Values]


class OpenedWithField(forms.CharField):
    """The signed copy of the rows; it is not an edit, so it never counts as changed."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class VersionedForm(forms.ModelForm[Any]):
    """A form that carries the version of the rows that it was opened with."""

    opened_with = OpenedWithField(required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A field or a row that both changed, or only others: `shown` says whose values the form has, `other` the others'.

    `other` is None for a row that is not there. `name` is the radio buttons' name.
    """

    row: str
    field: str
    shown: str
    other: Values | None
    is_needed: bool

    @property
    def name(self) -> str:
        return "-".join(filter(None, ("choice", *self.row.split(":"), self.field)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a form was opened with, and when; after a refusal also the choices that it offers."""

    at: datetime
    rows: Rows
    choices: Sequence[Choice] = ()


@dataclass(slots=True, kw_only=True)
class OpenForm:
    """A form and its inlines as the database has them now, without what was typed."""

    form: Any
    formsets: Sequence[Any]
    forms: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, Values] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.forms[OWN_ROW] = self.form
        for formset in self.formsets:
            for form in formset.initial_forms:
                self.forms[f"{formset.prefix}:{form.instance.pk}"] = form
        self.rows = {key: read_saved(form) for key, form in self.forms.items()}

    def form_like(self, row: str) -> Any:
        """Return the row's form; for a row that is gone one with the same fields."""
        if row in self.forms:
            return self.forms[row]
        return next(formset.empty_form for formset in self.formsets if formset.prefix == prefix_of(row))


def write_opened(opened: Opened, row: Model) -> str:
    choices = [[each.row, each.field, each.shown, each.other, each.is_needed] for each in opened.choices]
    copied = {"at": opened.at.isoformat(), "rows": opened.rows, "choices": choices}
    return signing.dumps(copied, salt=_make_salt(row), compress=True)


def read_opened(post: QueryDict, row: Model) -> Opened | None:
    """Read the copy; None if there is none, or another row's."""
    try:
        copied = signing.loads(post.get(OPENED_WITH, ""), salt=_make_salt(row))
    except signing.BadSignature:
        return None
    names = ("row", "field", "shown", "other", "is_needed")
    choices = [Choice(**dict(zip(names, each, strict=True))) for each in copied["choices"]]
    return Opened(at=datetime.fromisoformat(copied["at"]), rows=copied["rows"], choices=choices)


def _make_salt(row: Model) -> str:
    return f"{OPENED_WITH}:{row._meta.label_lower}:{row.pk}"
