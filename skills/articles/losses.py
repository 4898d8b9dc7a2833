"""Finds articles that name a figure, source or skill that an edition does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from calculator.engine import Edition
from skills.articles.citations import unknown_citations
from skills.articles.markers import skill_anchors
from skills.articles.published import PublishedArticle, articles_at
from skills.articles.references import premium, unknown_references


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A published or scheduled text with unknown names, as written.

    `lost` are those that the previous edition has, `missing` those that it does not have either.
    """

    article: PublishedArticle
    lost: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.lost + self.missing


def find_losses(
    texts: Iterable[PublishedArticle], edition: Edition, now: datetime, *, before: Edition | None = None
) -> tuple[Loss, ...]:
    """Return the texts with unknown names. Without a previous edition all of these are missing."""
    losses = (_find_loss(text, edition, before) for text in relevant_texts(texts, now))
    return tuple(loss for loss in losses if loss.names)


def relevant_texts(texts: Iterable[PublishedArticle], now: datetime) -> Sequence[PublishedArticle]:
    """Return the published and the scheduled texts, without replaced ones."""
    known = tuple(texts)
    return (*articles_at(known, now), *(text for text in known if text.updated_at > now))


def missing_names(text: str, edition: Edition) -> tuple[str, ...]:
    """Return the names of figures, sources and skills that the edition does not have, as written, each once."""
    return tuple(dict.fromkeys(_missing_names(text, edition)))


def _missing_names(text: str, edition: Edition) -> Iterator[str]:
    yield from unknown_references(text, edition)
    yield from (f"[@{found['slug']}]" for found in unknown_citations(text, edition))
    yield from (f"{{skill={slug}}}" for slug in skill_anchors(text) if slug not in edition.skills)


def _find_loss(article: PublishedArticle, edition: Edition, before: Edition | None) -> Loss:
    now_missing = missing_names(article.text, edition)
    if before is None:
        return Loss(article=article, lost=(), missing=now_missing)
    known_before = set(now_missing) - set(missing_names(article.text, before))
    return Loss(
        article=article,
        lost=(
            *(name for name in now_missing if name in known_before),
            *_lost_premiums(article.text, edition, before),
        ),
        missing=tuple(name for name in now_missing if name not in known_before),
    )


def _lost_premiums(text: str, edition: Edition, before: Edition) -> Iterator[str]:
    """Yield the headings' premiums that are no longer measured. Removed skills are reported by their own name."""
    for slug in skill_anchors(text):
        if slug in edition.skills and slug in before.skills and premium(before, slug) and not premium(edition, slug):
            yield f"the measured premium below {{skill={slug}}}"
