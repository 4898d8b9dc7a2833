"""Compares editions for the pages of changes, and caches the result as text.

An edition is compared with the last one before it that is not withdrawn. The difference never changes, so a process
computes it once and caches the text, not the editions: reading a document takes about 15 ms, and two are in memory at a
time. The list of editions compares only the newest few; others are compared on their own pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from skills.editions.document import UnknownModel
from skills.editions.site import EditionUnreadable, EditionWithdrawn, NoSuchEdition, Site
from skills.editions.site_state import site_state
from skills.presenters.difference import (
    Difference,
    EditionText,
    present_difference,
    present_edition,
    present_first_edition,
)

#: Editions that the list compares.
COMPARED = 10
# Comparisons to cache, at 10 ms each. More than the list needs, so that visits to old pages do not empty the cache.
_KEPT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChanges:
    """An edition's changes: `words`, or `first` for one without a predecessor, or the `problem` that prevents it.

    All three are empty for withdrawn editions and those not compared. `skipped` names the edition compared with, if
    it is not the one directly before.
    """

    record: EditionText
    words: Difference | None = None
    first: str = ""
    problem: str = ""
    skipped: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether everything could be read, so that the page may be cached."""
        return not self.problem and bool(self.record.date)


def edition_changes(site: Site, number: int) -> EditionChanges:
    """Return what edition `number` changed. Raises NoSuchEdition."""
    record = _record(site, number)
    checksum = site.lost[number].checksum if number in site.lost else site.checksums[number]
    if number in site.withdrawals:
        return EditionChanges(record=record)
    before = max((other for other in site.checksums if other < number and other not in site.withdrawals), default=None)
    try:
        if before is None:
            is_first = number == min(site.checksums)
            return EditionChanges(record=record, first=_present_first(number, checksum, is_first=is_first))
        words = _find_changes(before, site.checksums[before], number, checksum)
    except (EditionUnreadable, EditionWithdrawn, UnknownModel) as error:
        return EditionChanges(record=record, problem=f"Its changes cannot be shown right now. {error}")
    is_next = not any(before < other < number for other in site.checksums)
    skipped = "" if is_next else f"Compared with edition {before}, because the editions between them were withdrawn."
    return EditionChanges(record=record, words=words, skipped=skipped)


def all_changes(site: Site) -> tuple[EditionChanges, ...]:
    """Return all editions, newest first; the newest few are compared."""
    numbers = sorted(site.checksums, reverse=True)
    compared = [edition_changes(site, number) for number in numbers[:COMPARED]]
    return (*compared, *(EditionChanges(record=_record(site, number)) for number in numbers[COMPARED:]))


def _record(site: Site, number: int) -> EditionText:
    if number not in site.checksums and number not in site.lost:
        raise NoSuchEdition(f"There is no edition {number}.")
    lost = site.lost.get(number)
    before = max((other for other in site.records if other < number), default=0)
    record = lost.record if lost else site.records.get(number)
    return present_edition(
        number, record, site.withdrawals.get(number), site.records.get(before), is_lost=lost is not None
    )


# The checksums are only part of the cache's key: they distinguish editions with the same number.


@lru_cache(maxsize=_KEPT)
def _find_changes(older: int, _older_checksum: str, newer: int, _newer_checksum: str) -> Difference:
    return present_difference(site_state.document(older), site_state.document(newer))


@lru_cache(maxsize=_KEPT)
def _present_first(number: int, _checksum: str, *, is_first: bool) -> str:
    return present_first_edition(site_state.document(number), is_first=is_first)
