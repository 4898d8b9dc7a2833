"""Publishing and withdrawing: the only two things that change what the public sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from skills.editions import gates
from skills.editions.document import Document, Sealed, seal, unseal
from skills.editions.snapshot import complete, read_draft
from skills.models import Edition, SiteRevision, Withdrawal

_SERIALIZATION_FAILURE = "40001"


class PublishRefused(ValueError):
    """The catalogue does not pass the gates; `refusals` names every row."""

    def __init__(self, refusals: Sequence[gates.Refusal]) -> None:
        super().__init__("\n".join(str(refusal) for refusal in refusals))
        self.refusals = tuple(refusals)


class PublishedMeanwhile(RuntimeError):
    """Somebody else published at the same moment; nothing of this publication was kept."""


def publish_edition(*, note: str, publisher: str) -> Edition:
    """Publish the catalogue as the next edition, in one transaction.

    Raises PublishRefused when a gate fails, PublishedMeanwhile when another publication won, ValueError without a note.
    """
    if not (note := note.strip()):
        raise ValueError("An edition needs a note that says what changed and why.")
    try:
        with consistent_transaction():
            _lock_revision()
            return _publish(note, publisher)
    except (IntegrityError, OperationalError) as error:
        if _is_conflict(error):
            raise PublishedMeanwhile(
                "Another edition was published at the same moment. Look again, then publish."
            ) from error
        raise


def withdraw_edition(number: int, *, reason: str, by: str) -> Withdrawal:
    """Take an edition out of sight for good; its addresses then say why.

    Raises Edition.DoesNotExist, and ValueError without a reason or when it is withdrawn already.
    """
    if not (reason := reason.strip()):
        raise ValueError("A withdrawal needs a reason: it is what readers of the edition's addresses are told.")
    with consistent_transaction():
        _lock_revision()
        edition = Edition.objects.get(number=number)
        if Withdrawal.objects.filter(edition_number=edition.number).exists():
            raise ValueError(f"Edition {number} is withdrawn already.")
        withdrawal = Withdrawal.objects.create(
            edition_number=edition.number, reason=reason, withdrawn_at=timezone.now(), withdrawn_by=by
        )
        _bump_revision()
        return withdrawal


@contextmanager
def consistent_transaction() -> Iterator[None]:
    """A transaction that sees all tables as of one moment (SQLite's always do)."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def earlier_documents() -> Iterator[Document]:
    """Every edition's document, oldest first. Raises DamagedEdition."""
    for edition in Edition.objects.order_by("number").iterator(chunk_size=4):
        yield unseal(Sealed(content=bytes(edition.content), checksum=edition.checksum), edition.number)


def _publish(note: str, publisher: str) -> Edition:
    draft = read_draft()
    if refusals := gates.check(draft, gates.used_slugs(earlier_documents())):
        raise PublishRefused(refusals)
    newest = Edition.objects.order_by("-number").only("number").first()
    number = newest.number + 1 if newest else 1
    published_at = timezone.now()
    document = complete(draft, number=number, published_at=published_at.isoformat(), publisher=publisher, note=note)
    sealed = seal(document)
    edition = Edition.objects.create(
        number=number,
        model_version=document["edition"]["model"],
        published_at=published_at,
        publisher=publisher,
        note=note,
        content=sealed.content,
        checksum=sealed.checksum,
    )
    _bump_revision()
    return edition


def _lock_revision() -> None:
    """Publications queue up here; on PostgreSQL the one that waited then fails, for its tables are out of date."""
    SiteRevision.objects.get_or_create(id=1)
    SiteRevision.objects.select_for_update().get(id=1)


def _bump_revision() -> None:
    SiteRevision.objects.update(number=F("number") + 1)


def _is_conflict(error: Exception) -> bool:
    """The same number twice, or a snapshot that another publication made stale."""
    if isinstance(error, IntegrityError):
        return True
    return getattr(error.__cause__, "sqlstate", "") == _SERIALIZATION_FAILURE
