"""Caches older editions in memory, up to a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace

from skills.editions.document import PublishedEdition, Sealed, read_edition

# Bytes in memory for each byte of an edition's JSON, measured with tracemalloc on the real catalogue: its figures took
# 2.9 bytes, the search of its places 5.7.
_FIGURES_FACTOR = 3
_SEARCH_FACTOR = 6


class OlderEditions:
    """The most recently used older editions. It is thread-safe.

    Editions with the same place names share one place search, which takes five times as long to build as the rest.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._editions: OrderedDict[int, PublishedEdition] = OrderedDict()
        self._lock = threading.Lock()  # held only for a moment
        self._parsing = threading.Lock()

    def find(self, number: int, checksum: str) -> PublishedEdition | None:
        """Return the edition, if it is in memory."""
        with self._lock:
            edition = self._editions.get(number)
            if edition is None or edition.checksum != checksum:
                return None
            self._editions.move_to_end(number)
            return edition

    def parse(self, sealed: Sealed, number: int, newest: PublishedEdition) -> PublishedEdition:
        """Parse and cache the edition. Raises DamagedEdition, UnknownModel.

        One thread parses at a time, so a burst of requests for old editions uses one core and parses each edition once.
        """
        with self._parsing:
            if found := self.find(number, sealed.checksum):
                return found
            edition = self._with_search(read_edition(sealed, number), newest)
            with self._lock:
                self._editions[number] = edition
                self._editions.move_to_end(number)
                self._drop_least_used(newest)
            return edition

    def clear(self) -> None:
        with self._lock:
            self._editions.clear()

    def _with_search(self, edition: PublishedEdition, newest: PublishedEdition) -> PublishedEdition:
        with self._lock:
            others = [newest, *self._editions.values()]
        for other in others:
            if edition.has_same_place_names(other):
                return replace(edition, shared_places=other.places.with_figures(edition.edition.places))
        edition.places  # noqa: B018 - built now, under the lock
        return edition

    def _drop_least_used(self, newest: PublishedEdition) -> None:
        while len(self._editions) > 1 and self._count_bytes(newest) > self._max_bytes:
            self._editions.popitem(last=False)

    def _count_bytes(self, newest: PublishedEdition) -> int:
        """Estimate the memory of these editions; a shared search counts once."""
        figures = sum(edition.json_bytes for edition in self._editions.values())
        searches = {edition.places.names_id: edition.json_bytes for edition in self._editions.values()}
        searches.pop(newest.places.names_id, None)
        return _FIGURES_FACTOR * figures + _SEARCH_FACTOR * sum(searches.values())
