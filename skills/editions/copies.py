"""Copies editions from the database to the state folder, and reads an edition from either."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from django.db import DatabaseError, InterfaceError

from skills.editions.document import DamagedEdition, Sealed
from skills.editions.rows import read_sealed
from skills.editions.store import Index, LostEdition, Store

logger = logging.getLogger(__name__)


def read[Value](number: int, checksum: str, store: Store, parse: Callable[[Sealed, int], Value]) -> Value:
    """Read an edition from disk, else from the database. Raises DamagedEdition, UnknownModel, or a database error."""
    saved = store.read_edition(number, checksum)
    if saved is not None:
        try:
            return parse(saved, number)
        except DamagedEdition as error:
            logger.error("%s is refused: %s", store.path_of(number, checksum), error)
    sealed = read_sealed(number, checksum)
    value = parse(sealed, number)
    _write_edition(number, sealed, store)
    return value


def save(index: Index, store: Store) -> None:
    """Copy missing editions to disk, old ones too, so that their addresses open without the database.

    If the disk is full or read-only, this is logged and pages still work.
    """
    try:
        for number, checksum in index.checksums.items():
            if not store.has(number, checksum):
                _write_edition(number, read_sealed(number, checksum), store)
    except (DatabaseError, InterfaceError, DamagedEdition) as error:
        logger.error("An edition could not be copied to disk: %s", error)
    try:
        store.write_index(index)
    except OSError as error:
        logger.error("%s could not be saved: %s", store.index_path, error)


def with_lost_editions(index: Index, store: Store) -> Index:
    """Return the database's index, with the editions that only the state folder has since a restore.

    If both have different editions of one number, this is logged and the database's is used.
    """
    saved = store.read_index()
    for number, known in sorted(store.known_editions(saved).items()):
        checksum = index.checksums.get(number)
        if checksum is not None:
            _log_other_checksums(number, checksum, known)
    return index if saved is None else _merge(index, saved)


def _log_other_checksums(number: int, checksum: str, known: set[str]) -> None:
    for other in sorted(known):
        if not checksum.startswith(other):
            logger.error(
                "There are two editions %s: the database has the one with the checksum %s, which is shown, and the "
                "state folder another one, whose checksum begins with %s.",
                number,
                checksum,
                other,
            )


def _merge(index: Index, saved: Index) -> Index:
    known = dict(saved.lost)
    for number, checksum in saved.checksums.items():
        known[number] = LostEdition(checksum=checksum, record=saved.records.get(number))
    lost = {number: edition for number, edition in known.items() if number not in index.checksums}
    withdrawals = {number: item for number, item in saved.withdrawals.items() if number in lost}
    return replace(index, lost=lost, withdrawals={**withdrawals, **index.withdrawals})


def _write_edition(number: int, sealed: Sealed, store: Store) -> None:
    try:
        store.write_edition(number, sealed)
    except OSError as error:
        logger.error("%s could not be saved: %s", store.path_of(number, sealed.checksum), error)
