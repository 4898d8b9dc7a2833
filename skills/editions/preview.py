"""Previews the next edition: compares the catalogue with the newest edition that readers see."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from django.utils import timezone

from calculator.engine import NEWEST_MODEL
from skills.editions import validation
from skills.editions.difference import Change, Kind, Table, compare_documents
from skills.editions.document import Document, Sealed, unseal
from skills.editions.publish import (
    compute_fingerprint,
    consistent_transaction,
    latest_number,
    newest_shown,
    next_number,
    shown_documents,
)
from skills.editions.snapshot import Draft, complete, read_draft
from skills.models import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The next edition's document, `newer`, the one it is compared with, `older` (None before the first), and all rows
    that differ.

    An invalid catalogue is not pooled: it has `older`'s premiums, and no verdict can be made with it. `fingerprint`
    identifies the catalogue's content; `latest` is the newest number, 0 for none.
    """

    latest: int
    older: Document | None
    newer: Document
    changes: tuple[Change, ...]
    refusals: tuple[validation.PublishError, ...]
    fingerprint: str

    @property
    def leaving(self) -> tuple[Change, ...]:
        """Skills and places that readers see now and would not find any more."""
        tables = (Table.SKILLS, Table.PLACES, Table.WAYS)
        return tuple(change for change in self.changes if change.kind is Kind.REMOVED and change.table in tables)

    @property
    def is_unchanged(self) -> bool:
        """Whether the edition would equal the previous one, under the same model."""
        return (
            self.older is not None
            and not self.refusals
            and not self.changes
            and self.older["edition"]["model"] == self.newer["edition"]["model"]
            and self.older["pools"] == self.newer["pools"]
        )


def read_preview() -> Preview:
    """Read the catalogue in one consistent transaction. Raises DamagedEdition; PublishConflict if it stays locked."""
    with consistent_transaction():
        draft, latest, base = read_draft(), latest_number(), newest_shown()
        row = Edition.objects.filter(number=base).first()
    # Editions never change, so they are read after the transaction, which would keep others from writing.
    older = unseal(Sealed(content=bytes(row.content), checksum=row.checksum), base) if row else None
    others = shown_documents(Edition.objects.filter(number__lte=latest).exclude(number=base))
    refusals = validation.validate(draft, validation.used_slugs(chain([older] if older else [], others)))
    number = next_number(latest)
    newer = _finish_leniently(draft, number, older) if refusals else _finish(draft, number)
    return Preview(
        latest=latest,
        older=older,
        newer=newer,
        changes=compare_documents(older, newer) if older else (),
        refusals=tuple(refusals),
        fingerprint=compute_fingerprint(draft, latest, base),
    )


def _finish(draft: Draft, number: int) -> Document:
    return complete(draft, number=number, published_at=timezone.now().isoformat(), publisher="", note="")


def _finish_leniently(draft: Draft, number: int, older: Document | None) -> Document:
    about = {"number": number, "model": NEWEST_MODEL}
    return draft.document | {"edition": about, "pools": older["pools"] if older else []}
