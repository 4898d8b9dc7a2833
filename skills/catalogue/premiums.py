"""An edition's figures about a skill: the measured premium, the headline claim, and the grades behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from calculator.engine import (
    WORLDWIDE,
    Contribution,
    Edition,
    Evidence,
    EvidenceChoice,
    Pool,
    Range,
    Skill,
    cache_per_edition,
    find_evidence,
)
from skills.models.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillPremium:
    """What an edition says of one skill; premiums are shares of pay.

    `measured` is pooled worldwide from the figures in `contributions`, heaviest first; None where nothing is measured.
    `regions` has the measured premium of each region that has figures of its own. `claims` are the figures of grade D,
    and `claim` is from the lowest to the highest of what they say. `grade_shares` is how much of what is measured each
    grade weighs, best first, then the typical skill. `rests_on_duties` is whether at least half of it is about doing
    the work, not having the skill.
    """

    skill: Skill
    evidence: tuple[Evidence, ...]
    measured: Range | None
    regions: Mapping[Region, Range]
    claim: tuple[float, float] | None
    claims: tuple[Evidence, ...]
    contributions: tuple[Contribution, ...]
    grade_shares: Mapping[str, float]
    rests_on_duties: bool


@cache_per_edition
def skill_premium(edition: Edition, slug: str) -> SkillPremium:
    """Return the measured premium as shares of pay; None if the region has no figure of its own."""
    evidence = edition.evidence.get(slug, ())
    worldwide = find_evidence(edition, slug, EvidenceChoice.MEASURED, WORLDWIDE)
    regions = {region: _pool_measured(edition, slug, region.value) for region in Region}
    claims = tuple(item for item in evidence if item.grade in EvidenceChoice.HEADLINE.grades)
    return SkillPremium(
        skill=edition.skills[slug],
        evidence=evidence,
        measured=_pool_measured(edition, slug, WORLDWIDE),
        regions={region: premium for region, premium in regions.items() if premium is not None},
        claim=(min(item.low for item in claims), max(item.high for item in claims)) if claims else None,
        claims=claims,
        contributions=worldwide.contributions,
        grade_shares=worldwide.grade_shares,
        rests_on_duties=worldwide.rests_on_duties,
    )


def premium_of(pool: Pool) -> Range:
    """Return a pool's P10, mean and P90 as shares of pay."""
    return Range(low=math.expm1(pool.low), expected=math.expm1(pool.expected), high=math.expm1(pool.high))


def _pool_measured(edition: Edition, slug: str, region: str) -> Range | None:
    """Return the measured premium of each region with figures of its own."""
    pool = edition.pools.get((slug, EvidenceChoice.MEASURED, region))
    return premium_of(pool) if pool is not None else None
