"""The figures of a skill as verdicts show them: made once an edition, and the same as made anew."""

from __future__ import annotations

from typing import Any

import pytest

from calculator.engine.edition import WORLDWIDE, EvidenceChoice
from calculator.engine.evidence import contributions
from skills.editions.document import PublishedEdition
from skills.words.evidence import skill_figures, verdict_figures


@pytest.mark.parametrize("choice", EvidenceChoice)
@pytest.mark.parametrize("region", [WORLDWIDE, "us"])
def test_kept_figures_are_those_of_the_choice_and_the_region(
    published: PublishedEdition, choice: EvidenceChoice, region: str
) -> None:
    edition = published.edition
    for slug in edition.skills:
        parts = contributions(edition.evidence.get(slug, ()), choice, region, edition.constants)

        kept = verdict_figures(published, slug, choice, region)

        assert kept == skill_figures(edition, slug, parts, region)
        assert verdict_figures(published, slug, choice, region) is kept


def test_kept_figures_are_reported_to_the_present_contact(published: PublishedEdition, settings: Any) -> None:
    settings.CONTACT = "old@example.org"
    verdict_figures(published, "kubernetes", EvidenceChoice.MEASURED, WORLDWIDE)

    settings.CONTACT = "new@example.org"
    figures = verdict_figures(published, "kubernetes", EvidenceChoice.MEASURED, WORLDWIDE)

    assert figures.report is not None
    assert figures.report.address.startswith("mailto:new@example.org")
