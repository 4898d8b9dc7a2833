"""What an edition says of one skill in numbers: what is measured, what headlines claim, what both rest on."""

from __future__ import annotations

import math
from collections.abc import Mapping

from calculator.engine import WORLDWIDE, Edition, EvidenceChoice, Pool, Range, known
from skills.models.region import Region


def measured_premium(edition: Edition, slug: str, region: str = WORLDWIDE) -> Range | None:
    """The premium pooled from what is measured, as shares of pay; None where no figure is about just this region."""
    pool = edition.pools.get((slug, EvidenceChoice.MEASURED, region))
    return premium_of(pool) if pool is not None else None


def premium_of(pool: Pool) -> Range:
    """A pool's P10, mean and P90 as shares of pay."""
    return Range(low=math.expm1(pool.low), expected=math.expm1(pool.expected), high=math.expm1(pool.high))


def regional_premiums(edition: Edition, slug: str) -> dict[Region, Range]:
    """The measured premium of each region that has figures of its own."""
    found = ((region, measured_premium(edition, slug, region.value)) for region in Region)
    return {region: premium for region, premium in found if premium is not None}


def headline_claim(edition: Edition, slug: str) -> tuple[float, float] | None:
    """From the lowest to the highest that grade D figures claim, as shares of pay."""
    claims = [item for item in edition.evidence.get(slug, ()) if item.grade in EvidenceChoice.HEADLINE.grades]
    if not claims:
        return None
    return min(item.low for item in claims), max(item.high for item in claims)


def grade_shares(edition: Edition, slug: str) -> Mapping[str, float]:
    """How much of the premium measured worldwide each grade weighs, best first, then the typical skill."""
    return known(edition, slug, EvidenceChoice.MEASURED, WORLDWIDE).grade_shares


def rests_on_duties(edition: Edition, slug: str) -> bool:
    """Whether at least half of what was measured worldwide is about doing the work, not about having the skill."""
    return known(edition, slug, EvidenceChoice.MEASURED, WORLDWIDE).rests_on_duties
