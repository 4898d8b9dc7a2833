"""Counts the changes that wait for publication, for the line above every page of the admin.

The preview of the next edition reads the whole catalogue, so a process keeps it until the change log or the site
changes. A change that is not logged, by a command, is counted after `MAX_AGE_SECONDS`.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse

from earnverdict import formatting
from skills.admin.publishing import PERMISSION, may_see_changes
from skills.editions.document import DamagedEdition
from skills.editions.preview import Preview, read_preview
from skills.editions.publish import PublishConflict
from skills.editions.rows import revision_number

MAX_AGE_SECONDS = 60

type Key = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingChanges:
    """The line above a page; `action` is what the editor may do there, empty if nothing waits."""

    text: str
    address: str
    action: str
    is_waiting: bool


class PreviewCache:
    """Keeps the newest preview. One thread at a time works it out, and others do not wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._key: Key | None = None
        self._read_at = 0.0
        self._preview: Preview | None = None

    def read(self) -> Preview | None:
        """Return the preview; None while another thread works it out. Raises DamagedEdition, PublishConflict."""
        key = _find_key()
        if self._preview is not None and self._key == key and time.monotonic() - self._read_at < MAX_AGE_SECONDS:
            return self._preview
        if not self._lock.acquire(blocking=False):
            return None
        try:
            self._preview = self._read_or_keep()
            self._key, self._read_at = key, time.monotonic()
            return self._preview
        finally:
            self._lock.release()

    def _read_or_keep(self) -> Preview:
        """Read the preview; keep the last one while an import locks the database, so that no page waits again."""
        try:
            return read_preview()
        except PublishConflict:
            if self._preview is None:
                raise
            return self._preview


preview_cache = PreviewCache()


def count_waiting_changes(request: HttpRequest) -> WaitingChanges | None:
    """Return the line for those who may change or publish figures; None for others, and while it is worked out.

    The page that publishes lists the changes itself, from a preview of its own.
    """
    if request.path == reverse("admin:skills_edition_publish"):
        return None
    if not (request.user.is_active and may_see_changes(request)):
        return None
    try:
        preview = preview_cache.read()
    except (DamagedEdition, PublishConflict):
        return None
    return _describe(request, preview) if preview else None


def _describe(request: HttpRequest, preview: Preview) -> WaitingChanges:
    address = reverse("admin:skills_edition_publish")
    if preview.older is None:
        return WaitingChanges(text="Readers see no edition yet.", address=address, action="", is_waiting=False)
    readers = f"Readers see edition {preview.older['edition']['number']}."
    if preview.is_unchanged:
        return WaitingChanges(text=f"{readers} Nothing waits.", address=address, action="", is_waiting=False)
    count = len(preview.changes)
    waiting = f"{formatting.plural(count, 'change')} {'waits' if count == 1 else 'wait'} for publication."
    if preview.refusals:
        errors = formatting.plural(len(preview.refusals), "row")
        waiting += f" {errors} must be corrected first."
    action = "See and publish" if request.user.has_perm(PERMISSION) else "See what waits"
    return WaitingChanges(text=f"{readers} {waiting}", address=address, action=action, is_waiting=True)


def _find_key() -> Key:
    """Return what changes with each publication and with each logged change."""
    return revision_number(), LogEntry.objects.aggregate(newest=Max("pk"))["newest"]
