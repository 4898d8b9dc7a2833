"""Reads the index of editions and articles, and an edition's bytes, from the database."""

from __future__ import annotations

from skills.articles.published import moved_articles, published_articles, withdrawn_articles
from skills.editions.document import DamagedEdition, Sealed
from skills.editions.store import EditionRecord, Index, Withdrawn
from skills.models import Edition, SiteRevision, Withdrawal


def revision_number() -> int | None:
    """Return the site's revision, which rises with each publication; None before the first."""
    row = SiteRevision.objects.first()
    return row.number if row else None


def read_index(revision: int) -> Index:
    """Read the index at one revision."""
    editions = list(Edition.objects.defer("content").order_by("number"))
    return Index(
        revision=revision,
        checksums={row.number: row.checksum for row in editions},
        records={row.number: _record(row) for row in editions},
        withdrawals={
            row.edition_number: Withdrawn(reason=row.reason, withdrawn_at=row.withdrawn_at)
            for row in Withdrawal.objects.all()
        },
        articles=published_articles(),
        withdrawn_articles=withdrawn_articles(),
        moved_articles=moved_articles(),
    )


def _record(row: Edition) -> EditionRecord:
    return EditionRecord(
        number=row.number,
        model=row.model_version,
        published_at=row.published_at,
        publisher=row.publisher,
        note=row.note,
        correction=row.correction,
    )


def read_sealed(number: int, checksum: str) -> Sealed:
    """Read an edition's bytes, with the index's checksum, so that a changed row is detected."""
    content = Edition.objects.filter(number=number).values_list("content", flat=True).first()
    if content is None:
        raise DamagedEdition(f"Edition {number} is damaged: the database does not have it.")
    return Sealed(content=bytes(content), checksum=checksum)
