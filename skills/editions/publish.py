"""Publishing and withdrawing editions."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from calculator.engine import MODELS, NEWEST_MODEL
from skills.editions import validation
from skills.editions.document import Document, Sealed, seal, unseal
from skills.editions.snapshot import Draft, complete, read_draft
from skills.editions.store import site_store
from skills.models import Edition, SiteRevision, Withdrawal

logger = logging.getLogger(__name__)

# PostgreSQL's codes for a snapshot that another publication made stale, and for the same row twice.
_CONFLICT_CODES = {"40001", "23505"}
# SQLite's for a lock that was held longer than we wait, as an import may hold it.
_BUSY_CODES = {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT"}


class PublishRefused(ValueError):
    """The catalogue does not pass the gates; `refusals` names every row."""

    def __init__(self, refusals: Sequence[validation.PublishError]) -> None:
        super().__init__("\n".join(str(refusal) for refusal in refusals))
        self.refusals = tuple(refusals)


class PublishConflict(RuntimeError):
    """Another user of the database was in the way; nothing of this publication was kept."""


class PublishedMeanwhile(PublishConflict):
    """Somebody else published at the same moment, or since the publisher looked."""


class DatabaseBusy(PublishConflict):
    """SQLite stayed locked; whoever holds the lock need not be publishing."""


class CannotSave(RuntimeError):
    """The edition cannot be written to the state folder; nothing was published."""


class CatalogueChanged(RuntimeError):
    """The catalogue is not what the publisher looked at any more; nothing was published."""


def publish_edition(*, note: str, publisher: str, correction: str = "", expected: str | None = None) -> Edition:
    """Publish the catalogue as the next edition, in one transaction; `correction` names what was wrong before.

    `expected` is the fingerprint of what the publisher looked at; without one, whatever stands there is published.
    Raises PublishRefused when a gate fails, PublishConflict when another publication won or the database is locked,
    CatalogueChanged when the catalogue has another fingerprint, CannotSave when the state folder cannot be written,
    ValueError without a note.
    """
    if not (note := note.strip()):
        raise ValueError("An edition needs a note that says what changed and why.")
    with publication():
        return _publish(note, publisher, correction.strip(), expected)


def fingerprint(draft: Draft, latest: int, base: int) -> str:
    """Tells whether two looks at the catalogue saw the same: what would be published, after edition `latest`, and
    what it is compared with, edition `base` (0 for none).
    """
    retired = [sorted(draft.retired_skills), sorted(draft.retired_places)]
    checksum = seal({"tables": draft.document, "retired": retired, "model": NEWEST_MODEL, "base": base}).checksum
    return f"{latest}-{checksum}"


def check_expected(expected: str, found: str, latest: int) -> None:
    """Raises PublishedMeanwhile, or CatalogueChanged, if the catalogue is not what the publisher looked at."""
    if expected == found:
        return
    if expected.partition("-")[0] != str(latest):
        raise PublishedMeanwhile(f"Edition {latest} was published since you looked, so nothing was changed.")
    raise CatalogueChanged("The figures changed since you looked, so nothing was published.")


def latest_number() -> int:
    """Of the newest edition, withdrawn or not; 0 before the first."""
    return Edition.objects.order_by("-number").values_list("number", flat=True).first() or 0


def next_number(latest: int) -> int:
    """Above `latest`, the database's newest, and every number that this machine's state folder knows.

    After a restore the folder knows editions that the database lacks. People have their addresses, so a number is
    never used twice; what is left out is a gap.
    """
    return max([latest, *site_store().known_editions()]) + 1


def shown_editions() -> QuerySet[Edition]:
    """Those that readers can see: not withdrawn, and of a model that this code has."""
    withdrawn = Withdrawal.objects.values("edition_number")
    return Edition.objects.filter(model_version__in=MODELS).exclude(number__in=withdrawn)


def newest_shown() -> int:
    """Of the newest edition that readers can see; 0 where there is none."""
    return shown_editions().order_by("-number").values_list("number", flat=True).first() or 0


def withdraw_edition(number: int, *, reason: str, by: str) -> Withdrawal:
    """Take an edition out of sight for good; its addresses then say why.

    Raises Edition.DoesNotExist, ValueError without a reason, when it is withdrawn already or when nothing would be left
    to show, and PublishConflict.
    """
    if not (reason := reason.strip()):
        raise ValueError("A withdrawal needs a reason: it is what readers of the edition's addresses are told.")
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
    """A consistent transaction that goes through one at a time. Raises PublishConflict, CannotSave.

    An edition that was published in it is on disk before it is committed, so before anybody can see it.
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
    """A transaction that sees all tables as of one moment (SQLite's always do).

    Raises PublishedMeanwhile when another one has published, or begun to, since that moment, and DatabaseBusy.
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
            raise PublishedMeanwhile("Somebody else published at the same moment, so nothing was changed.") from error
        raise


def earlier_documents() -> Iterator[Document]:
    """Every edition's document, oldest first. Raises DamagedEdition."""
    for edition in Edition.objects.order_by("number").iterator(chunk_size=4):
        yield unseal(Sealed(content=bytes(edition.content), checksum=edition.checksum), edition.number)


def bump_revision() -> None:
    """Let every process look again; part of each transaction that changes what the public sees."""
    SiteRevision.objects.update(number=F("number") + 1)


def _publish(note: str, publisher: str, correction: str, expected: str | None) -> Edition:
    draft, latest = read_draft(), latest_number()
    if expected is not None:
        check_expected(expected, fingerprint(draft, latest, newest_shown()), latest)
    if refusals := validation.validate(draft, validation.used_slugs(earlier_documents())):
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
    """Publications queue up here; on PostgreSQL the one that waited then fails, for its tables are out of date."""
    SiteRevision.objects.get_or_create(id=1)
    SiteRevision.objects.select_for_update().get(id=1)


def _has_code(error: Exception, codes: set[str]) -> bool:
    """Whether the database's own error has one of the codes, PostgreSQL's or SQLite's."""
    return not codes.isdisjoint(getattr(error.__cause__, name, "") for name in ("sqlstate", "sqlite_errorname"))
