"""Pools evidence into a premium: which figures count, and with which weight.

Method: each figure is a two-piece normal on x = ln(1 + premium), half of its probability on each side of its P50, each
side scaled to meet its P10 or P90. The pool is their linear opinion pool (Stone 1961) with a prior, `Σ wᵢFᵢ / Σ wᵢ`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import NormalDist

from calculator.engine.constants import Constants
from calculator.engine.edition import WORLDWIDE, About, Edition, Evidence, EvidenceChoice, Grade, Pool
from calculator.engine.edition_cache import cache_per_edition

_NORMAL = NormalDist()
_Z90 = _NORMAL.inv_cdf(0.9)

#: The prior's name among shares by grade: the typical skill.
TYPICAL = "typical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One two-piece normal of the pool: P50 `mid` and the standard deviations of its two sides, in log units."""

    mid: float
    sigma_below: float
    sigma_above: float
    weight: float

    @classmethod
    def of(cls, *, low: float, mid: float, high: float, weight: float) -> Piece:
        """Make a piece from a premium's P10, P50 and P90 as shares of pay (all above −1, rising)."""
        log_low, log_mid, log_high = math.log1p(low), math.log1p(mid), math.log1p(high)
        if not log_low < log_mid < log_high:
            raise ValueError(f"a premium's low, mid and high must rise: {low}, {mid}, {high}")
        return cls(
            mid=log_mid, sigma_below=(log_mid - log_low) / _Z90, sigma_above=(log_high - log_mid) / _Z90, weight=weight
        )

    def cdf(self, x: float) -> float:
        """Return the probability that the log premium is below `x`."""
        sigma = self.sigma_below if x < self.mid else self.sigma_above
        return _NORMAL.cdf((x - self.mid) / sigma)

    def quantile(self, share: float) -> float:
        """Return the log premium at the quantile `share` of this piece."""
        z = _NORMAL.inv_cdf(share)
        return self.mid + z * (self.sigma_below if z < 0 else self.sigma_above)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """A figure's part in a pool; `share` is its weight over all weights, the prior's included."""

    evidence: Evidence
    share: float


@dataclass(frozen=True, kw_only=True)
class Known:
    """The evidence that counts for a skill, by choice of evidence and region, and the headlines about the skill.

    `grade_shares` are the shares of a pool's weight by grade, best first, and TYPICAL for the prior's; empty where
    nothing counts. `rests_on_duties` is whether figures about duties are at least half of the evidence's weight.
    """

    contributions: tuple[Contribution, ...]
    grade_shares: Mapping[str, float]
    rests_on_duties: bool
    claims: tuple[Evidence, ...]

    @cached_property
    def claimed(self) -> tuple[float, float] | None:
        """The lowest and the highest share of pay that is claimed; None without a claim."""
        if not self.claims:
            return None
        return min(claim.low for claim in self.claims), max(claim.high for claim in self.claims)

    @cached_property
    def sources(self) -> frozenset[str]:
        """The sources of what counts and of the claims."""
        return frozenset(item.source for item in (*(part.evidence for part in self.contributions), *self.claims))


@cache_per_edition
def find_evidence(edition: Edition, skill: str, choice: EvidenceChoice, region: str) -> Known:
    """Find what counts."""
    evidence = edition.evidence.get(skill, ())
    counted = select_counting(evidence, choice, region)
    return Known(
        contributions=find_contributions(evidence, choice, region, edition.constants),
        grade_shares=grade_shares(counted, choice, edition.constants),
        rests_on_duties=_rests_on_duties(counted, choice, edition.constants),
        claims=select_counting(evidence, EvidenceChoice.HEADLINE, region),
    )


def select_counting(evidence: Iterable[Evidence], choice: EvidenceChoice, region: str) -> tuple[Evidence, ...]:
    """Return the figures that count for `choice` in `region`.

    A source's figure for the region replaces its worldwide one, unless the choice excludes it.
    """
    regions = (WORLDWIDE, region)
    chosen = [item for item in evidence if item.region in regions and choice.counts(item)]
    replaced = {item.source for item in chosen if item.region != WORLDWIDE}
    return tuple(item for item in chosen if item.region != WORLDWIDE or item.source not in replaced)


def evidence_weight(item: Evidence, choice: EvidenceChoice, constants: Constants) -> float:
    """Return a figure's weight in the pool of a choice for which it counts."""
    if choice is EvidenceChoice.HEADLINE:
        return constants.headline_weight
    return constants.title_weight if item.about is About.TITLE else constants.grade_weights[item.grade]


def find_contributions(
    evidence: Iterable[Evidence], choice: EvidenceChoice, region: str, constants: Constants
) -> tuple[Contribution, ...]:
    """Return the figures that count, each with its share of the pool's weight, heaviest first."""
    counted = select_counting(evidence, choice, region)
    total = _total_weight(counted, choice, constants)
    shares = [Contribution(evidence=item, share=evidence_weight(item, choice, constants) / total) for item in counted]
    return tuple(
        sorted(
            shares, key=lambda part: (-part.share, part.evidence.source, part.evidence.population, part.evidence.mid)
        )
    )


def grade_shares(counted: Sequence[Evidence], choice: EvidenceChoice, constants: Constants) -> dict[str, float]:
    """Return shares of the pool's weight by grade, best first, then the prior's as TYPICAL; empty if nothing counts."""
    if not counted:
        return {}
    total = _total_weight(counted, choice, constants)
    weights = {
        grade.value: sum(evidence_weight(item, choice, constants) for item in counted if item.grade is grade)
        for grade in Grade
    } | {TYPICAL: _prior_weight(choice, constants)}
    return {name: weight / total for name, weight in weights.items() if weight}


def pool_all(
    evidence: Mapping[str, Sequence[Evidence]], constants: Constants
) -> dict[tuple[str, EvidenceChoice, str], Pool]:
    """Return all pools of a catalogue, keyed as in an Edition: worldwide, and for regions with their own figures."""
    pools = {}
    for skill, items in sorted(evidence.items()):
        for choice in EvidenceChoice:
            for region in sorted({WORLDWIDE, *(item.region for item in items if choice.counts(item))}):
                pool = pool_evidence(items, choice, region, constants)
                if pool is not None:
                    pools[skill, choice, region] = pool
    return pools


def pool_evidence(
    evidence: Iterable[Evidence], choice: EvidenceChoice, region: str, constants: Constants
) -> Pool | None:
    """Return the pooled premium of one skill's evidence; None if none of it counts."""
    counted = select_counting(evidence, choice, region)
    if not counted:
        return None
    pieces = [
        Piece.of(low=item.low, mid=item.mid, high=item.high, weight=evidence_weight(item, choice, constants))
        for item in counted
    ]
    if prior_weight := _prior_weight(choice, constants):
        pieces.append(
            Piece.of(low=constants.prior_low, mid=constants.prior_mid, high=constants.prior_high, weight=prior_weight)
        )
    return _pool_once(tuple(pieces), constants.pool_points)


@lru_cache(maxsize=1024)
def _pool_once(pieces: tuple[Piece, ...], points: int) -> Pool:
    """Pool once for the same pieces: the bisection takes milliseconds, and few figures change between two previews."""
    return pool_pieces(pieces, points)


def pool_pieces(pieces: Sequence[Piece], points: int) -> Pool:
    """Return the linear opinion pool of `pieces`: `points` equal-probability quantiles, and its exact P10 and P90."""
    return Pool(
        low=pool_quantile(pieces, 0.1),
        high=pool_quantile(pieces, 0.9),
        points=tuple(pool_quantile(pieces, (i + 0.5) / points) for i in range(points)),
    )


def pool_cdf(pieces: Sequence[Piece], x: float) -> float:
    """Return the probability that the pooled log premium is below `x`."""
    return sum(piece.weight * piece.cdf(x) for piece in pieces) / sum(piece.weight for piece in pieces)


def pool_quantile(pieces: Sequence[Piece], share: float) -> float:
    """Return the pool's quantile `share` in log units, to the last bit, by bisection between the pieces' quantiles."""
    quantiles = [piece.quantile(share) for piece in pieces]
    low, high = min(quantiles), max(quantiles)
    while low < (middle := (low + high) / 2) < high:
        if pool_cdf(pieces, middle) < share:
            low = middle
        else:
            high = middle
    return high


def _rests_on_duties(counted: Sequence[Evidence], choice: EvidenceChoice, constants: Constants) -> bool:
    weights = [(item.about, evidence_weight(item, choice, constants)) for item in counted]
    duties = sum(weight for about, weight in weights if about is About.DUTY)
    return bool(weights) and 2 * duties >= sum(weight for _, weight in weights)


def _total_weight(counted: Iterable[Evidence], choice: EvidenceChoice, constants: Constants) -> float:
    return sum(evidence_weight(item, choice, constants) for item in counted) + _prior_weight(choice, constants)


def _prior_weight(choice: EvidenceChoice, constants: Constants) -> float:
    return 0.0 if choice is EvidenceChoice.HEADLINE else constants.prior_weight
