"""Publishes and withdraws editions."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from calculator.engine import MODELS, NEWEST_MODEL
from skills.editions import validation
from skills.editions.document import Document, Sealed, compute_checksum, seal, unseal
from skills.editions.snapshot import Draft, complete, read_draft
from skills.editions.store import site_store
from skills.models import Edition, SiteRevision, Withdrawal

logger = logging.getLogger(__name__)

# PostgreSQL's codes for a serialisation failure after another publication, and for a duplicate row.
_CONFLICT_CODES = {"40001", "23505"}
# SQLite's code for a lock that was held longer than the timeout, as an import may do.
_BUSY_CODES = {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT"}


class PublishRefused(ValueError):
    """The catalogue does not pass validation; `refusals` names every row."""

    def __init__(self, refusals: Sequence[validation.PublishError]) -> None:
        super().__init__("\n".join(str(refusal) for refusal in refusals))
        self.refusals = tuple(refusals)


class PublishConflict(RuntimeError):
    """Another transaction prevented this one; nothing was saved."""


class PublishedMeanwhile(PublishConflict):
    """Another editor published at the same moment, or since the preview."""


class DatabaseBusy(PublishConflict):
    """SQLite stayed locked, not necessarily by a publication."""


class CannotSave(RuntimeError):
    """The edition could not be written to the state folder; nothing was published."""


class CatalogueChanged(RuntimeError):
    """The catalogue changed since the preview; nothing was published."""


def publish_edition(*, note: str, publisher: str, correction: str = "", expected: str | None = None) -> Edition:
    """Publish the catalogue as the next edition, in one transaction; `correction` names what was wrong before.

    `expected` is the fingerprint of the preview; without one, the present catalogue is published. Raises PublishRefused
    if validation fails, PublishConflict if another publication won or the database is locked, CatalogueChanged if the
    catalogue has another fingerprint, CannotSave if the state folder cannot be written, ValueError without a note.
    """
    if not (note := note.strip()):
        raise ValueError("An edition needs a note that says what changed and why.")
    with publication():
        return _publish(note, publisher, correction.strip(), expected)


def compute_fingerprint(draft: Draft, latest: int, base: int) -> str:
    """Hash the draft, the number of the latest edition, and the number of the edition it is compared with (`base`, 0
    for none), to detect changes since a preview.
    """
    retired = [sorted(slugs) for slugs in (draft.retired_skills, draft.retired_places, draft.retired_ways)]
    checksum = compute_checksum({"tables": draft.document, "retired": retired, "model": NEWEST_MODEL, "base": base})
    return f"{latest}-{checksum}"


def check_expected(expected: str, found: str, latest: int) -> None:
    """Raise PublishedMeanwhile or CatalogueChanged if the catalogue changed since the preview."""
    if expected == found:
        return
    if expected.partition("-")[0] != str(latest):
        raise PublishedMeanwhile(f"Edition {latest} was published since you looked, so nothing was changed.")
    raise CatalogueChanged("The figures changed since you looked, so nothing was published.")


def latest_number() -> int:
    """Return the number of the newest edition, withdrawn or not; 0 before the first."""
    return Edition.objects.order_by("-number").values_list("number", flat=True).first() or 0


def next_number(latest: int) -> int:
    """Return a number above `latest`, the database's newest, and above all numbers in this machine's state folder.

    After a restore the folder has editions that the database lacks. Visitors have their addresses, so a number is
    never reused, even if this leaves a gap.
    """
    store = site_store()
    return max([latest, *store.known_editions(store.read_index())]) + 1


def shown_editions() -> QuerySet[Edition]:
    """Return the editions that readers can see: not withdrawn, and of a model that this code has."""
    withdrawn = Withdrawal.objects.values("edition_number")
    return Edition.objects.filter(model_version__in=MODELS).exclude(number__in=withdrawn)


def newest_shown() -> int:
    """Return the number of the newest edition that readers can see; 0 if there is none."""
    return shown_editions().order_by("-number").values_list("number", flat=True).first() or 0


def withdraw_edition(number: int, *, reason: str, by: str) -> Withdrawal:
    """Withdraw an edition for good; its addresses then show the reason.

    Raises Edition.DoesNotExist, PublishConflict, and ValueError without a reason, for an edition that is withdrawn
    already, and for the only one to show.
    """
    if not (reason := reason.strip()):
        raise ValueError("A withdrawal needs a reason, which readers see at the edition's addresses.")
    with publication():
        edition = Edition.objects.get(number=number)
        if Withdrawal.objects.filter(edition_number=edition.number).exists():
            raise ValueError(f"Edition {number} is withdrawn already.")
        if not shown_editions().exclude(number=number).exists():
            raise ValueError(f"Edition {number} is the only one to show: publish its successor first.")
        withdrawal = Withdrawal.objects.create(
            edition_number=edition.number, reason=reason, withdrawn_at=timezone.now(), withdrawn_by=by
        )
        bump_revision()
        return withdrawal


@contextmanager
def publication() -> Iterator[None]:
    """Run a consistent transaction, one at a time. Raises PublishConflict, CannotSave.

    A published edition is on disk before the commit, and so before readers can see it.
    """
    is_outermost = not connection.in_atomic_block
    with consistent_transaction():
        _lock_revision()
        before = latest_number()
        yield
        if is_outermost:
            _save_editions_after(before)


@contextmanager
def consistent_transaction() -> Iterator[None]:
    """Run a transaction that sees all tables as of one moment (SQLite's always do).

    Raises PublishedMeanwhile if another one has published, or begun to, since that moment, and DatabaseBusy.
    """
    is_outermost = not connection.in_atomic_block
    try:
        with transaction.atomic():
            if is_outermost and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    except (IntegrityError, OperationalError) as error:
        if _has_code(error, _BUSY_CODES):
            raise DatabaseBusy("The database is busy: try again in a moment. Nothing was changed.") from error
        if _has_code(error, _CONFLICT_CODES):
            raise PublishedMeanwhile("Another editor published at the same moment, so nothing was changed.") from error
        raise


def earlier_documents(editions: QuerySet[Edition] | None = None) -> Iterator[Document]:
    """Yield the documents of these editions, or of all, oldest first. Raises DamagedEdition."""
    found = Edition.objects.all() if editions is None else editions
    for edition in found.order_by("number").iterator(chunk_size=4):
        yield unseal(Sealed(content=bytes(edition.content), checksum=edition.checksum), edition.number)


def shown_documents(editions: QuerySet[Edition] | None = None) -> Iterator[Document]:
    """Yield the documents of those that were not withdrawn, oldest first. Raises DamagedEdition."""
    withdrawn = set(Withdrawal.objects.values_list("edition_number", flat=True))
    for document in earlier_documents(editions):
        if document["edition"]["number"] not in withdrawn:
            yield document


def bump_revision() -> None:
    """Make every process reload the site. Each transaction that changes public content calls this."""
    SiteRevision.objects.update(number=F("number") + 1)


def _publish(note: str, publisher: str, correction: str, expected: str | None) -> Edition:
    draft, latest = read_draft(), latest_number()
    if expected is not None:
        check_expected(expected, compute_fingerprint(draft, latest, newest_shown()), latest)
    if refusals := validation.validate(draft, validation.used_slugs(shown_documents())):
        raise PublishRefused(refusals)
    number = next_number(latest)
    published_at = timezone.now()
    document = complete(
        draft,
        number=number,
        published_at=published_at.isoformat(),
        publisher=publisher,
        note=note,
        correction=correction,
    )
    sealed = seal(document)
    edition = Edition.objects.create(
        number=number,
        model_version=document["edition"]["model"],
        published_at=published_at,
        publisher=publisher,
        note=note,
        correction=correction,
        content=sealed.content,
        checksum=sealed.checksum,
    )
    bump_revision()
    return edition


def _save_editions_after(number: int) -> None:
    store = site_store()
    for edition in Edition.objects.filter(number__gt=number):
        try:
            store.write_edition(edition.number, Sealed(content=bytes(edition.content), checksum=edition.checksum))
        except OSError as error:
            logger.error("%s was not published, because it cannot be saved: %s", edition, error)
            reason = f"{error.filename}: {error.strerror}" if error.filename else error.strerror or error
            raise CannotSave(f"The edition cannot be saved in the state folder ({reason}).") from error


def _lock_revision() -> None:
    """Wait for other publications. On PostgreSQL the waiting one then fails, because its snapshot is out of date."""
    SiteRevision.objects.get_or_create(id=1)
    SiteRevision.objects.select_for_update().get(id=1)


def _has_code(error: Exception, codes: set[str]) -> bool:
    """Return whether the database's error has one of the codes, PostgreSQL's or SQLite's."""
    return not codes.isdisjoint(getattr(error.__cause__, name, "") for name in ("sqlstate", "sqlite_errorname"))
