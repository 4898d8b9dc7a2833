"""Stores the public content on disk, so that processes start and old addresses open without the database.

`site.json` has the index of editions and the articles. Each edition is a file of its own, written once and verified at
each reading. Files are replaced atomically, and survive a power cut once they are written.
"""

from __future__ import annotations

import json
import logging
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from earnverdict.durable_files import write_durably
from skills.articles.published import (
    PublishedArticle,
    WithdrawnArticle,
    read_article,
    read_withdrawn,
    write_article,
    write_withdrawn,
)
from skills.editions.document import Sealed

logger = logging.getLogger(__name__)

_CHECKSUM_DIGITS = 16  # in the name of an edition's file
_EDITION_FILE = re.compile(rf"(\d+)-([0-9a-f]{{{_CHECKSUM_DIGITS}}})\.json\.z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """Why and when an edition was withdrawn."""

    reason: str
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """An edition's metadata; `correction` says which mistake it corrects, if any."""

    number: int
    model: int
    published_at: datetime
    publisher: str
    note: str
    correction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LostEdition:
    """A published edition that the database lacks since it was restored from an older backup."""

    checksum: str
    record: EditionRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The index at one revision of the site: the editions with their checksums, the withdrawn ones, the articles.

    `lost` has editions that only this state folder has; `withdrawals` includes theirs. `articles` has published and
    scheduled texts, `moved_articles` the present slug of every former one.
    """

    revision: int
    checksums: Mapping[int, str]
    withdrawals: Mapping[int, Withdrawn]
    records: Mapping[int, EditionRecord] = field(default_factory=dict)
    articles: Sequence[PublishedArticle] = ()
    withdrawn_articles: Mapping[str, WithdrawnArticle] = field(default_factory=dict)
    moved_articles: Mapping[str, str] = field(default_factory=dict)
    lost: Mapping[int, LostEdition] = field(default_factory=dict)


class Store:
    """The files of one site in one folder. Writing raises OSError."""

    def __init__(self, folder: Path) -> None:
        self.index_path = folder / "site.json"
        self._editions = folder / "editions"

    def read_index(self) -> Index | None:
        """Read the saved index; None, with a log line that names the file, if it cannot be read."""
        try:
            return _read_index(json.loads(self.index_path.read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            logger.error("%s is refused: it is not an index of editions (%s).", self.index_path, error)
            return None

    def write_index(self, index: Index) -> None:
        withdrawals = {
            str(number): {"reason": item.reason, "withdrawn_at": item.withdrawn_at.isoformat()}
            for number, item in index.withdrawals.items()
        }
        checksums = {str(number): checksum for number, checksum in index.checksums.items()}
        saved = {
            "revision": index.revision,
            "checksums": checksums,
            "withdrawals": withdrawals,
            "records": [_write_record(record) for record in index.records.values()],
            "lost": {
                str(number): {"checksum": item.checksum, "record": item.record and _write_record(item.record)}
                for number, item in index.lost.items()
            },
            "articles": [write_article(article) for article in index.articles],
            "withdrawn_articles": {slug: write_withdrawn(item) for slug, item in index.withdrawn_articles.items()},
            "moved_articles": dict(index.moved_articles),
        }
        write_durably(self.index_path, json.dumps(saved, sort_keys=True).encode())

    def known_editions(self, index: Index | None) -> Mapping[int, set[str]]:
        """Return every number used in this folder and its index, with the first digits of its checksums."""
        known: dict[int, set[str]] = defaultdict(set)
        if index is not None:
            checksums = {**index.checksums, **{number: item.checksum for number, item in index.lost.items()}}
            for number, checksum in checksums.items():
                known[number].add(checksum[:_CHECKSUM_DIGITS])
        for path in self._editions.glob("*"):
            if named := _EDITION_FILE.fullmatch(path.name):
                known[int(named[1])].add(named[2])
        return known

    def has(self, number: int, checksum: str) -> bool:
        return self.path_of(number, checksum).exists()

    def read_edition(self, number: int, checksum: str) -> Sealed | None:
        """Read the saved bytes of an edition without verifying them; None if there are none."""
        try:
            return Sealed(content=self.path_of(number, checksum).read_bytes(), checksum=checksum)
        except OSError:
            return None

    def write_edition(self, number: int, sealed: Sealed) -> None:
        write_durably(self.path_of(number, sealed.checksum), sealed.content)

    def path_of(self, number: int, checksum: str) -> Path:
        return self._editions / f"{number}-{checksum[:_CHECKSUM_DIGITS]}.json.z"


def site_store() -> Store:
    """Return the store of this machine's site."""
    return Store(settings.STATE_FOLDER / "site")


def _read_index(saved: Any) -> Index:
    return Index(
        revision=int(saved["revision"]),
        checksums={int(number): str(checksum) for number, checksum in saved["checksums"].items()},
        withdrawals={
            int(number): Withdrawn(
                reason=str(item["reason"]), withdrawn_at=datetime.fromisoformat(item["withdrawn_at"])
            )
            for number, item in saved["withdrawals"].items()
        },
        records={record.number: record for record in map(_read_record, saved.get("records", []))},
        articles=tuple(read_article(article) for article in saved.get("articles", [])),
        withdrawn_articles={
            str(slug): read_withdrawn(item) for slug, item in saved.get("withdrawn_articles", {}).items()
        },
        moved_articles={str(former): str(slug) for former, slug in saved.get("moved_articles", {}).items()},
        lost={
            int(number): LostEdition(
                checksum=str(item["checksum"]), record=_read_record(item["record"]) if item["record"] else None
            )
            for number, item in saved.get("lost", {}).items()
        },
    )


def _write_record(record: EditionRecord) -> dict[str, Any]:
    return {**asdict(record), "published_at": record.published_at.isoformat()}


def _read_record(saved: Mapping[str, Any]) -> EditionRecord:
    return EditionRecord(**{**saved, "published_at": datetime.fromisoformat(saved["published_at"])})
