"""An edition's figures about a skill: the measured premium, the headline claim, and the grades behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from calculator.engine import WORLDWIDE, Edition, EvidenceChoice, Pool, Range, known
from skills.models.region import Region


def measured_premium(edition: Edition, slug: str, region: str = WORLDWIDE) -> Range | None:
    """Return the measured premium as shares of pay; None if the region has no figure of its own."""
    pool = edition.pools.get((slug, EvidenceChoice.MEASURED, region))
    return premium_of(pool) if pool is not None else None


def premium_of(pool: Pool) -> Range:
    """Return a pool's P10, mean and P90 as shares of pay."""
    return Range(low=math.expm1(pool.low), expected=math.expm1(pool.expected), high=math.expm1(pool.high))


def regional_premiums(edition: Edition, slug: str) -> dict[Region, Range]:
    """Return the measured premium of each region with figures of its own."""
    found = ((region, measured_premium(edition, slug, region.value)) for region in Region)
    return {region: premium for region, premium in found if premium is not None}


def headline_claim(edition: Edition, slug: str) -> tuple[float, float] | None:
    """Return the lowest and the highest claim of grade D figures, as shares of pay."""
    claims = [item for item in edition.evidence.get(slug, ()) if item.grade in EvidenceChoice.HEADLINE.grades]
    if not claims:
        return None
    return min(item.low for item in claims), max(item.high for item in claims)


def grade_shares(edition: Edition, slug: str) -> Mapping[str, float]:
    """Return each grade's share of the worldwide measured premium, best first, then the typical skill's."""
    return known(edition, slug, EvidenceChoice.MEASURED, WORLDWIDE).grade_shares


def rests_on_duties(edition: Edition, slug: str) -> bool:
    """Return whether at least half of the worldwide measured evidence is about duties, not about having the skill."""
    return known(edition, slug, EvidenceChoice.MEASURED, WORLDWIDE).rests_on_duties
