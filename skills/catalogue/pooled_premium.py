"""Pools a skill's evidence into its premium: from a published edition, or from saved or unsaved rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calculator.engine import (
    MODEL_2,
    WORLDWIDE,
    Constants,
    Contribution,
    Edition,
    Evidence,
    EvidenceChoice,
    Range,
    find_contributions,
    grade_shares,
    pool_evidence,
    select_counting,
)
from skills.catalogue.premiums import premium_of, skill_premium
from skills.editions.document import engine_evidence
from skills.editions.snapshot import published_row
from skills.models import Evidence as EvidenceRow
from skills.models import Region

#: Worldwide, then each region.
REGIONS = (WORLDWIDE, *(region.value for region in Region))


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledPremium:
    """A skill's evidence, and the premium measured worldwide and in each region that has a figure of its own."""

    evidence: tuple[Evidence, ...]
    premiums: Mapping[str, Range]
    constants: Constants

    @property
    def grade_shares(self) -> Mapping[str, float]:
        """The share of each grade in the worldwide measured premium, best first, then the typical skill's."""
        counted = select_counting(self.evidence, EvidenceChoice.MEASURED, WORLDWIDE)
        return grade_shares(counted, EvidenceChoice.MEASURED, self.constants)

    def parts(self, region: str) -> tuple[Contribution, ...]:
        """Return the figures that count in a region, heaviest first."""
        return find_contributions(self.evidence, EvidenceChoice.MEASURED, region, self.constants)


def published_premium(edition: Edition, slug: str) -> PooledPremium | None:
    """Return the premium as the edition's readers see it; None for an unknown skill."""
    if slug not in edition.skills:
        return None
    found = skill_premium(edition, slug)
    worldwide = {WORLDWIDE: found.measured} if found.measured else {}
    regions = {region.value: premium for region, premium in found.regions.items()}
    return PooledPremium(evidence=found.evidence, premiums=worldwide | regions, constants=edition.constants)


def pool_rows(rows: Iterable[EvidenceRow]) -> PooledPremium:
    """Pool rows of one skill as publishing would. They must be valid, but need not be saved."""
    in_order = sorted(rows, key=lambda row: (row.source.slug, row.region))
    evidence = tuple(engine_evidence(published_row(row)) for row in in_order)
    counted = {item.region for item in evidence if EvidenceChoice.MEASURED.counts(item)}
    found = {
        region: pool_evidence(evidence, EvidenceChoice.MEASURED, region, MODEL_2)
        for region in REGIONS
        if region == WORLDWIDE or region in counted
    }
    premiums = {region: premium_of(pool) for region, pool in found.items() if pool is not None}
    return PooledPremium(evidence=evidence, premiums=premiums, constants=MODEL_2)
