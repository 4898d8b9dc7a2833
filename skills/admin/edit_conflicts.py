"""Merges what an editor typed with what others saved since the form was opened, and lists where both differ.

Others' changes to what was not touched are put into the form; for each row and field that both changed it offers to
take either. Within a row of an inline, too, only a field that both typed needs a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import QueryDict
from django.utils.text import capfirst

from skills.admin.opened_rows import OWN_ROW, Choice, Opened, OpenForm
from skills.admin.posted_rows import (
    Value,
    Values,
    count_forms,
    find_positions,
    prefix_of,
    put_values,
    read_posted,
    renumber_rows,
)
from skills.articles.history import Line, compare_lines
from skills.change_log import describe_field

MINE, THEIRS = "mine", "theirs"
#: Longer texts are compared line by line.
MAX_SHORT_TEXT = 200
_DELETE = "DELETE"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldConflict:
    """A field's value when the form was opened, as saved now, and as typed; long texts as `lines` that differ."""

    label: str
    opened: str
    now: str
    mine: str
    lines: Sequence[Line] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field or a row that others changed, with who did and when, for the page."""

    title: str
    what: str
    who: str
    fields: Sequence[FieldConflict] = ()
    choice: Choice | None = None
    chosen: str = ""


def merge_posted(post: QueryDict, opened: Opened, now: OpenForm, row: Model) -> list[Conflict]:
    """Put choices and others' changes into what was posted, and return what others changed and what is not chosen."""
    unanswered = _apply_choices(post, opened, now)
    return [*_find_unanswered(unanswered, opened, now, post), *_merge(post, opened, now, row)]


def _merge(post: QueryDict, opened: Opened, now: OpenForm, row: Model) -> Iterator[Conflict]:
    """Put others' changes into what was posted, where it was not touched, and yield all of others' changes."""
    if opened.rows == now.rows:
        return
    typed = _typed_rows(post, opened, now)
    changers = _Changers(opened.at)
    own = opened.rows[OWN_ROW], now.rows[OWN_ROW], typed[OWN_ROW]
    yield from _compare_fields(OWN_ROW, own, now.form, changers.of(row))
    put_values(post, "", _take_untouched(own))
    kept: dict[str, Values] = {}
    for key in [key for key in (dict(opened.rows) | now.rows) if key != OWN_ROW]:
        before_row, saved_row, my_row = opened.rows.get(key), now.rows.get(key), typed.get(key)
        if before_row == saved_row or saved_row == my_row:
            continue
        if before_row and saved_row and my_row and my_row != before_row and not my_row.get(_DELETE):
            both = before_row, saved_row, my_row
            form = now.form_like(key)
            yield from _compare_fields(key, both, form, changers.of_key(form._meta.model, key))
            kept[key] = _take_untouched(both)
            continue
        if found := _compare_rows(key, (before_row, saved_row, my_row), now, changers):
            yield found
        if saved_row is not None and my_row in (None, before_row):
            kept[key] = saved_row
    for formset in now.formsets:
        renumber_rows(post, formset, kept)


def _compare_fields(row: str, values: tuple[Values, Values, Values], form: Any, who: str) -> Iterator[Conflict]:
    """Compare the fields of a row: when the form was opened, as saved, as typed. Yield those that others changed."""
    for name in _list_changed(values):
        before, saved, mine = (each[name] for each in values)
        is_touched = mine != before
        other = {name: saved if is_touched else mine}
        shown = MINE if is_touched else THEIRS
        compared = _field_conflict(form.fields[name], name, (before, saved, mine))
        yield Conflict(
            title=compared.label if row == OWN_ROW else f"{form.instance}: {compared.label}",
            what="You both changed it." if is_touched else "You did not change it.",
            who=who,
            fields=[compared],
            choice=Choice(row=row, field=name, shown=shown, other=other, is_needed=is_touched),
            chosen=_find_default(is_touched),
        )


def _take_untouched(values: tuple[Values, Values, Values]) -> Values:
    """Return others' values of the fields that only they changed."""
    before, saved, mine = values
    return {name: saved[name] for name in _list_changed(values) if mine[name] == before[name]}


def _list_changed(values: tuple[Values, Values, Values]) -> list[str]:
    """Return the fields that others changed, and did not make what was typed."""
    before, saved, mine = values
    return [name for name in saved if name in before and saved[name] not in (before[name], mine[name])]


def _compare_rows(
    key: str, values: tuple[Values | None, Values | None, Values | None], now: OpenForm, changers: _Changers
) -> Conflict | None:
    """Compare a row of an inline that only others edited, or that was added or removed: None is no row.

    The three are the row when the form was opened, as saved, and as typed.
    """
    before, saved, mine = values
    form = now.form_like(key)
    title, who = _title_of(form, before or {}), changers.of_key(form._meta.model, key)
    if before is None:
        return Conflict(title=str(form.instance), what="This row was added.", who=who)
    if saved is None:
        is_touched = mine not in (None, before)
        if mine is not None and mine.get(_DELETE):
            return None  # both removed it
        choice = Choice(row=key, field="", shown=THEIRS, other=mine or before, is_needed=is_touched)
        return Conflict(
            title=title, what="This row was removed.", who=who, choice=choice, chosen=_find_default(is_touched)
        )
    mine = mine or before
    is_touched = mine != before
    names = [
        name for name in saved if name != _DELETE and len({str(each.get(name)) for each in (before, saved, mine)}) > 1
    ]
    choice = Choice(
        row=key,
        field="",
        shown=MINE if is_touched else THEIRS,
        other=saved if is_touched else mine,
        is_needed=is_touched,
    )
    what = "You removed this row." if is_touched else "You did not change this row."
    fields = [
        _field_conflict(form.fields[name], name, (before.get(name, ""), saved[name], mine.get(name, "")))
        for name in names
    ]
    return Conflict(
        title=str(form.instance), what=what, who=who, fields=fields, choice=choice, chosen=_find_default(is_touched)
    )


def _find_default(is_touched: bool) -> str:
    return "" if is_touched else THEIRS


def _title_of(form: Any, before: Values) -> str:
    """Name a row that is gone by the first of its values."""
    if form.instance.pk:
        return str(form.instance)
    described = (describe_field(form.fields[name], value) for name, value in before.items() if name in form.fields)
    return next((text for text in described if text), "")


def _field_conflict(shown_field: Any, name: str, values: tuple[Value, Value, Value]) -> FieldConflict:
    label = capfirst(str(shown_field.label or name))
    if all(isinstance(value, str) for value in values) and max(len(str(value)) for value in values) > MAX_SHORT_TEXT:
        lines = compare_lines(str(values[1]).splitlines(), str(values[2]).splitlines())
        return FieldConflict(label=label, opened="", now="", mine="", lines=lines)
    opened, now, mine = (describe_field(shown_field, value) for value in values)
    return FieldConflict(label=label, opened=opened, now=now, mine=mine)


class _Changers:
    """Finds who changed a row since a moment, and when, in the change log."""

    def __init__(self, since: datetime) -> None:
        self._since = since

    def of(self, row: Model) -> str:
        return self.of_key(type(row), f":{row.pk}")

    def of_key(self, model: type[Model], key: str) -> str:
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id=key.partition(":")[2],
            action_time__gte=self._since,
        )
        entry = entries.select_related("user").order_by("-action_time", "-pk").first()
        if entry is None:
            return "an import or a command"
        return f"{entry.user.get_full_name() or entry.user.get_username()}, {entry.action_time:%H:%M} UTC"


# Choosing


def _apply_choices(post: QueryDict, opened: Opened, now: OpenForm) -> list[Choice]:
    """Put the chosen values into what was posted, and return the choices that are needed and were not made."""
    unanswered = []
    for choice in opened.choices:
        chosen = post.get(choice.name, "")
        if chosen not in (MINE, THEIRS):
            unanswered += [choice] if choice.is_needed else []
        elif chosen != choice.shown:
            _take_other(post, choice, now)
    return unanswered


def _take_other(post: QueryDict, choice: Choice, now: OpenForm) -> None:
    if choice.row == OWN_ROW:
        put_values(post, "", choice.other or {})
        return
    formset = next(each for each in now.formsets if each.prefix == prefix_of(choice.row))
    positions = find_positions(post, formset)
    values = choice.other or {}
    if choice.row in positions:
        put_values(post, f"{formset.prefix}-{positions[choice.row]}-", values)
        return
    number = count_forms(post, formset, "TOTAL_FORMS")
    post[f"{formset.prefix}-TOTAL_FORMS"] = str(number + 1)
    put_values(post, f"{formset.prefix}-{number}-", values)


def _find_unanswered(
    unanswered: Iterable[Choice], opened: Opened, now: OpenForm, post: QueryDict
) -> Iterator[Conflict]:
    """Yield the choices again that were not made."""
    typed = _typed_rows(post, opened, now)
    for choice in unanswered:
        if choice.field and choice.row not in now.rows:
            continue  # its row is gone: that is a choice of its own
        form = now.form_like(choice.row)
        saved, mine = now.rows.get(choice.row, {}), typed.get(choice.row) or choice.other or {}
        names = [choice.field] if choice.field else [name for name in saved if saved[name] != mine.get(name, "")]
        fields = [
            replace(_field_conflict(form.fields[name], name, (saved[name], saved[name], mine.get(name, ""))), opened="")
            for name in names
            if name in form.fields
        ]
        title = _title_of(form, mine) if choice.row != OWN_ROW else ""
        if choice.field:
            title = ": ".join(filter(None, (title, fields[0].label)))
        yield Conflict(title=title, what="Choose one of the two.", who="", fields=fields, choice=choice)


def _typed_rows(post: QueryDict, opened: Opened, now: OpenForm) -> dict[str, dict[str, Value]]:
    """Read the rows that were opened, as they were typed; those without a change in any field are as opened."""
    typed = {OWN_ROW: read_posted(post, "", now.form)}
    for formset in now.formsets:
        for key, number in find_positions(post, formset).items():
            if key in opened.rows or key in now.rows:
                typed[key] = read_posted(post, f"{formset.prefix}-{number}-", now.form_like(key))
    return typed
