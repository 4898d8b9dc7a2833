"""The figures of a skill as verdicts show them."""

from __future__ import annotations

import pytest

from calculator.engine.edition import WORLDWIDE, EvidenceChoice
from calculator.engine.evidence import find_contributions
from skills.editions.document import PublishedEdition
from skills.presenters.evidence import skill_figures, verdict_figures


@pytest.mark.parametrize("choice", EvidenceChoice)
@pytest.mark.parametrize("region", [WORLDWIDE, "us"])
def test_figures_are_those_of_the_choice_and_the_region(
    published: PublishedEdition, choice: EvidenceChoice, region: str
) -> None:
    edition = published.edition
    assert edition.skills
    for slug in edition.skills:
        parts = find_contributions(edition.evidence.get(slug, ()), choice, region, edition.constants)

        shown = verdict_figures(published, slug, choice, region)

        assert shown == skill_figures(edition, slug, parts, region)
