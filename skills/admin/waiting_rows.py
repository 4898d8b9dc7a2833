"""The rows that wait for publication: who changed each, when, and the button that puts it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from skills.admin.article_status import moment
from skills.admin.row_versions import write_version
from skills.editions.difference import KEYS, MODELS, Change, Kind, Table
from skills.editions.document import DamagedEdition
from skills.editions.preview import read_preview
from skills.editions.publish import PublishConflict, publication
from skills.editions.put_back import (
    CannotPutBack,
    find_rows,
    lookup_column,
    permissions_to_put_back,
    put_back,
)
from skills.presenters.difference import Difference, RowText, TableText

_SALT = "put back"
_ACTIONS = {Kind.ADDED: ADDITION, Kind.CHANGED: CHANGE, Kind.REMOVED: DELETION}

type Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """A changed row, who changed it last, and the signed value of its button; empty if it cannot be put back."""

    text: RowText
    who: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTable:
    """The changed rows of one table."""

    text: TableText
    rows: Sequence[WaitingRow]


def list_waiting_rows(
    request: HttpRequest, changes: Sequence[Change], words: Difference, since: datetime
) -> Sequence[WaitingTable]:
    """Return the rows of a difference with who changed them since the edition that readers see."""
    by_key: Mapping[Key, Change] = {(change.table, *change.key): change for change in changes}
    who = _find_who(changes, since)
    found = {(table, *key): row for table in MODELS for key, row in find_rows(table, _keys_of(table, changes)).items()}
    return [
        WaitingTable(
            text=table,
            rows=[
                WaitingRow(
                    text=row,
                    who=who.get(row.key, ""),
                    button=_write_button(request, by_key[row.key], found.get(row.key)),
                )
                for row in table.rows
            ],
        )
        for table in words.tables
    ]


@require_POST
def put_row_back(request: HttpRequest) -> HttpResponse:
    """Put one row back as in the edition that readers see, if it is still what the page showed."""
    answer = redirect("admin:skills_edition_publish")
    try:
        key, shown = signing.loads(request.POST.get("row", ""), salt=_SALT)
        with publication():
            _put_back_and_log(request, tuple(key), shown)
    except signing.BadSignature:
        messages.error(request, "Nothing was put back: this button is out of date.")
    except (CannotPutBack, PublishConflict, DamagedEdition) as error:
        messages.error(request, f"Nothing was put back. {error}")
    return answer


def _put_back_and_log(request: HttpRequest, key: Key, shown: str) -> None:
    preview = read_preview()
    change = next((each for each in preview.changes if (each.table, *each.key) == key), None)
    if change is None or preview.older is None:
        raise CannotPutBack("It is as in the edition that readers see already.")
    row = find_rows(change.table, [change.key]).get(change.key) if change.table in MODELS else None
    if not _may_put_back(request, change, row):
        raise PermissionDenied
    if write_version(row, change.old, change.new) != shown:
        raise CannotPutBack("It changed since you looked.")
    number = preview.older["edition"]["number"]
    with transaction.atomic():
        done = put_back(change)
        said = f"Put back as in edition {number}: {done.said}"
        LogEntry.objects.log_actions(request.user.pk or 0, [done.row], _ACTIONS[done.kind], said, single_object=True)
    messages.success(request, f"{change.label} is as in edition {number} again.")


def _write_button(request: HttpRequest, change: Change, row: Model | None) -> str:
    if not _may_put_back(request, change, row):
        return ""
    version = write_version(row, change.old, change.new)
    return signing.dumps([[change.table, *change.key], version], salt=_SALT, compress=True)


def _may_put_back(request: HttpRequest, change: Change, row: Model | None) -> bool:
    permissions = permissions_to_put_back(change, row)
    return bool(permissions) and request.user.has_perms(permissions)


def _keys_of(table: Table, changes: Iterable[Change]) -> list[Key]:
    return [change.key for change in changes if change.table is table]


def _find_who(changes: Iterable[Change], since: datetime) -> Mapping[Key, str]:
    """Return who changed each row last and when, from the log; with one query for it and one for each table."""
    names: dict[tuple[int, str], Key] = {}
    for table, model in MODELS.items():
        if keys := _keys_of(table, changes):
            content_type = ContentType.objects.get_for_model(model).pk
            names |= {(content_type, name): (table, *key) for key, name in _find_names(table, keys)}
    entries = LogEntry.objects.filter(action_time__gte=since, content_type__in={kind for kind, _ in names})
    found: dict[Key, str] = {}
    for entry in entries.select_related("user").order_by("action_time", "pk"):
        for name in (entry.object_id, entry.object_repr):
            if key := names.get((entry.content_type_id or 0, name or "")):
                person = entry.user.get_full_name() or entry.user.get_username()
                found[key] = f"{person}, {moment(entry.action_time)}"
    return found


def _find_names(table: Table, keys: Sequence[Key]) -> Iterable[tuple[Key, str]]:
    """Yield each key with its row's number, and with the name that the log gives to a row that is gone."""
    columns = [lookup_column(table, column) for column in KEYS[table]]
    if len(columns) > 1:
        yield from ((key, " · ".join(str(part) or "worldwide" for part in key)) for key in keys)
    found = MODELS[table]._default_manager.filter(**{f"{columns[0]}__in": {key[0] for key in keys}})
    yield from ((tuple(key), str(pk)) for *key, pk in found.values_list(*columns, "pk"))
