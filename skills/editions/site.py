"""The site's public content at one revision, and why an edition of it cannot be shown."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from skills.articles.published import PublishedArticle, WithdrawnArticle, articles_at
from skills.editions.document import EditionNotShown, PublishedEdition
from skills.editions.store import EditionRecord, LostEdition, Withdrawn

_generations = itertools.count(1)


class NothingPublished(EditionNotShown):
    """There is no edition to use: none was published, none can be read, or this code has no model for any."""


class NoSuchEdition(EditionNotShown):
    """The edition was never published, or it was lost with its file."""

    status = 404


class EditionUnreadable(EditionNotShown):
    """The edition exists, but it is damaged, or neither in memory nor on disk while the database is unreachable."""


class EditionWithdrawn(EditionNotShown):
    """The edition must not be shown; `withdrawn` has the reason."""

    status = 410

    def __init__(self, number: int, withdrawn: Withdrawn) -> None:
        super().__init__(f"Edition {number} was withdrawn: {withdrawn.reason}")
        self.number = number
        self.withdrawn = withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The public content at one revision: the newest edition, the checksums and records of all, and the articles.

    `lost` has editions that only the state folder has since a restore: their addresses open, but nothing links to them.
    `texts` includes scheduled ones, which are among `articles` once their time has come.
    """

    revision: int
    newest: PublishedEdition
    checksums: Mapping[int, str]
    withdrawals: Mapping[int, Withdrawn]
    lost: Mapping[int, LostEdition]
    records: Mapping[int, EditionRecord]
    texts: Sequence[PublishedArticle]
    withdrawn_articles: Mapping[str, WithdrawnArticle]
    moved_articles: Mapping[str, str]
    #: Unique in this process.
    generation: int = field(default_factory=lambda: next(_generations), compare=False)

    @property
    def articles(self) -> tuple[PublishedArticle, ...]:
        """The articles as readers see them now, newest first."""
        return self.articles_at(timezone.now())

    def articles_at(self, now: datetime) -> tuple[PublishedArticle, ...]:
        return articles_at(self.texts, now)

    def next_change(self) -> float:
        """The time, in seconds since 1970, at which pages change without a publication: a schedule, or the next day."""
        now = timezone.now()
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return min([midnight, *(text.updated_at for text in self.texts if text.updated_at > now)]).timestamp()

    def article(self, slug: str, now: datetime | None = None) -> PublishedArticle | None:
        texts = [text for text in self.texts if text.slug == slug]
        return next(iter(articles_at(texts, now or timezone.now())), None)

    def find_checksum(self, number: int) -> str:
        """Return the checksum of an edition that may be shown. Raises NoSuchEdition, EditionWithdrawn."""
        if number not in self.checksums and number not in self.lost:
            raise NoSuchEdition(f"There is no edition {number}.")
        if number in self.withdrawals:
            raise EditionWithdrawn(number, self.withdrawals[number])
        return self.checksums[number] if number in self.checksums else self.lost[number].checksum
