"""Which editions are compared with which, and what changed between them, kept as text.

An edition is compared with the last one before it that was not withdrawn. What lies between two editions never changes,
so a process works it out once and keeps the words, not the editions: two documents are open at a time, for some 15 ms
each. The list of all editions compares only the newest few; the others are compared on their own pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from skills.editions.document import UnknownModel
from skills.editions.site_state import EditionUnreadable, EditionWithdrawn, NoSuchEdition, Site, site_state
from skills.presenters.difference import (
    Difference,
    EditionText,
    present_difference,
    present_edition,
    present_first_edition,
)

#: Editions that the list of all of them compares.
COMPARED = 10
# Comparisons that are cached, for each takes 10 ms. More than the list compares, so that somebody who reads old pages
# does not empty the cache.
_KEPT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChanges:
    """What an edition changed: `words`, or `first` for one with none before it, or the `problem` why it is not known.

    None of the three for a withdrawn edition and one that was not compared. `skipped` says which edition it is compared
    with when that is not the one right before it.
    """

    record: EditionText
    words: Difference | None = None
    first: str = ""
    problem: str = ""
    skipped: str = ""

    @property
    def is_whole(self) -> bool:
        """Nothing was out of reach that may be there again in a moment."""
        return not self.problem and bool(self.record.date)


def edition_changes(site: Site, number: int) -> EditionChanges:
    """What edition `number` changed. Raises NoSuchEdition."""
    record = _record(site, number)
    checksum = site.lost[number].checksum if number in site.lost else site.checksums[number]
    if number in site.withdrawals:
        return EditionChanges(record=record)
    before = max((other for other in site.checksums if other < number and other not in site.withdrawals), default=None)
    try:
        if before is None:
            is_first = number == min(site.checksums)
            return EditionChanges(record=record, first=_first(number, checksum, is_first=is_first))
        words = _between(before, site.checksums[before], number, checksum)
    except (EditionUnreadable, EditionWithdrawn, UnknownModel) as error:
        return EditionChanges(record=record, problem=f"What it changed cannot be told right now. {error}")
    is_next = not any(before < other < number for other in site.checksums)
    skipped = "" if is_next else f"Compared with edition {before}, for what came between was withdrawn."
    return EditionChanges(record=record, words=words, skipped=skipped)


def all_changes(site: Site) -> tuple[EditionChanges, ...]:
    """Every edition, newest first, the newest few compared."""
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


# The checksums are not read: they are what tells an edition from another of its number.


@lru_cache(maxsize=_KEPT)
def _between(older: int, _older_checksum: str, newer: int, _newer_checksum: str) -> Difference:
    return present_difference(site_state.document(older), site_state.document(newer))


@lru_cache(maxsize=_KEPT)
def _first(number: int, _checksum: str, *, is_first: bool) -> str:
    return present_first_edition(site_state.document(number), is_first=is_first)
