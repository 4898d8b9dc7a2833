"""The home page: the form, a sample verdict that agrees with its own page, and nothing that is not true."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import brotli
import pytest
from django.test import Client

from calculator.engine.edition import Grade
from calculator.presenters.sample import SampleVerdict, present_sample
from skills.editions.document import PublishedEdition


def text_of(response: Any) -> str:
    """What a reader sees of the page, in one line."""
    main = response.content.decode().partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u2060", "").split()).replace(" :", ":")


@pytest.fixture
def sample(published: PublishedEdition) -> SampleVerdict:
    found = present_sample(published)
    assert found is not None
    return found


def test_page_says_what_it_is_for_and_for_whom(client: Client, published: PublishedEdition) -> None:
    text = text_of(client.get("/"))

    assert "Which skill should you learn next? For back-end, data and cloud developers." in text
    assert "Get my verdict 30 seconds. Nothing is saved. More options" in text


def test_page_is_small(client: Client, published: PublishedEdition) -> None:
    page = client.get("/").content

    assert len(brotli.compress(page, quality=5)) <= 7 * 1024


def test_sample_says_what_its_verdict_says(client: Client, published: PublishedEdition, sample: SampleVerdict) -> None:
    home, verdict = (text_of(client.get(path)) for path in ("/", sample.address))

    assert sample.title == "Kubernetes pays about a fifth of what we claimed"
    assert f"{sample.rating_label} {sample.recommendation}: {' '.join(sample.details.split())}" in home
    for text in (sample.rating_label, sample.recommendation, sample.gap.amount, sample.gap.claimed):
        assert text in home
        assert text in verdict
    assert "Extra pay a year for a developer on $115,000 in Austin. The scaled claim had no sample." in home


def test_claim_of_others_is_called_theirs(published: PublishedEdition) -> None:
    edition = published.edition
    sources = {slug: replace(source, publisher="A newspaper") for slug, source in edition.sources.items()}
    other = present_sample(replace(published, edition=replace(edition, sources=sources)))

    assert other is not None
    assert other.title == "Kubernetes pays about a fifth of what headlines claim"
    assert "sample" not in other.who


def test_claim_with_a_sample_behind_it_is_not_said_to_have_none(published: PublishedEdition) -> None:
    edition = published.edition
    evidence = {
        slug: tuple(replace(item, sample_size=500) if item.grade is Grade.D else item for item in items)
        for slug, items in edition.evidence.items()
    }
    sampled = present_sample(replace(published, edition=replace(edition, evidence=evidence)))

    assert sampled is not None
    assert "sample" not in sampled.who


def test_edition_without_the_samples_place_or_skills_has_none(published: PublishedEdition) -> None:
    edition = published.edition

    for other in (replace(edition, places={}), replace(edition, skills={})):
        assert present_sample(replace(published, edition=other)) is None


def test_trust_quotes_the_methodology(client: Client, published: PublishedEdition) -> None:
    texts = re.findall(
        r"(\S+) of 100 pairs of skills came out in the right order. A guess gets (\S+)\.", text_of(client.get("/"))
    )

    (ours, guess), method = texts[0], text_of(client.get("/methodology/"))
    assert re.search(
        rf"{ours} % of the pairs of skills were in the right order \(.*?, a blind guess {guess} %\)", method
    )
