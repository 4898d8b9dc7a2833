"""Which articles lose a figure, a source or a skill by an edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from calculator.engine.edition import Edition, EvidenceChoice
from skills.articles.losses import Loss, find_losses
from skills.articles.published import PublishedArticle
from skills.editions.document import PublishedEdition

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = """## Go {skill=go}

It is {{ go.premium }}, at {{ place us-austin-tx.median }}, says one [@pooled-2026].

## Go again {skill=go}

Still {{ go.premium }}, and {{ alchemy.premium }}.
"""


@pytest.fixture
def edition(published: PublishedEdition) -> Edition:
    return published.edition


def test_names_that_only_the_edition_before_has_are_lost(edition: Edition) -> None:
    article = _article(text=TEXT)

    losses = find_losses([article], _without(edition), NOW, before=edition)

    lost = ("{{ go.premium }}", "{{ place us-austin-tx.median }}", "[@pooled-2026]", "{skill=go}")
    assert losses == (Loss(article=article, lost=lost, missing=("{{ alchemy.premium }}",)),)


def test_names_that_the_edition_before_misses_too_are_missing(edition: Edition) -> None:
    article = _article(text="## Go {skill=go}\n\nWhat {{ go.hours }} bring.\n")

    losses = find_losses([article], _without(edition), NOW, before=_without(edition))

    assert losses == (Loss(article=article, lost=(), missing=("{{ go.hours }}", "{skill=go}")),)
    assert losses == find_losses([article], _without(edition), NOW)


def test_premium_below_a_heading_that_is_no_longer_measured_is_lost(edition: Edition) -> None:
    article = _article(text="## Kubernetes {skill=kubernetes}\n\nLearn it.\n")
    pools = {key: pool for key, pool in edition.pools.items() if key[:2] != ("kubernetes", EvidenceChoice.MEASURED)}

    losses = find_losses([article], replace(edition, number=2, pools=pools), NOW, before=edition)

    assert losses == (Loss(article=article, lost=("the measured premium below {skill=kubernetes}",), missing=()),)


def test_article_whose_names_are_all_known_loses_nothing(edition: Edition) -> None:
    assert find_losses([_article(text="## Go {skill=go}\n\nIt is {{ go.premium }}.\n")], edition, NOW) == ()


def test_texts_that_readers_see_and_will_see_count_and_replaced_ones_do_not(edition: Edition) -> None:
    texts = [_article(text="{{ alchemy.premium }}", title=f"{days}", days=days) for days in (-2, -1, 1)]

    losses = find_losses(texts, edition, NOW)

    assert [loss.article.title for loss in losses] == ["-1", "1"]


def _without(edition: Edition) -> Edition:
    """An edition without a skill, a source and a place."""
    return replace(
        edition,
        number=2,
        skills={slug: skill for slug, skill in edition.skills.items() if slug != "go"},
        sources={slug: source for slug, source in edition.sources.items() if slug != "pooled-2026"},
        places={slug: place for slug, place in edition.places.items() if slug != "us-austin-tx"},
    )


def _article(days: int = -1, **fields: Any) -> PublishedArticle:
    seen = {"published_at": NOW - timedelta(days=9), "updated_at": NOW + timedelta(days=days), "reviewed_on": None}
    words = {"slug": "made", "title": "A title", "standfirst": "What.", "text": "Some text.\n", "author": "An author"}
    return PublishedArticle(**words | seen | fields)
