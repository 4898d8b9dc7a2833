"""Says which ranges and figures of other ways are past the day of their review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from calculator.engine import Way, WayEvidence
from skills.catalogue.review import describe_due_reviews, review_due_on
from skills.editions.document import PublishedEdition

#: Since when a review is due, in words, by the key of a range or of a piece of evidence.
type DueReviews = Mapping[tuple[str, ...], str]
NOTHING_DUE: DueReviews = {}


def range_key(way: Way) -> tuple[str, ...]:
    return way.slug, way.region


def figure_key(slug: str, figure: WayEvidence) -> tuple[str, ...]:
    return slug, figure.source, figure.region, figure.population


def find_due_reviews(published: PublishedEdition, today: date) -> DueReviews:
    """Return what is past its day. A range has none but the day that an editor set."""
    return describe_due_reviews(_list_days(published), today)


def _list_days(published: PublishedEdition) -> Iterator[tuple[tuple[str, ...], date]]:
    named = published.way_reviews
    for slug, figures in published.edition.way_evidence.items():
        for figure in figures:
            key = figure_key(slug, figure)
            yield key, review_due_on(figure.year, named.get(key))
    for way in published.edition.ways:
        if day := named.get(range_key(way)):
            yield range_key(way), day
