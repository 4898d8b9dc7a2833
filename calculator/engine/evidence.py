"""From evidence to a premium: which figures count, and the pool they make.

Method: each figure is a two-piece normal on x = ln(1 + premium), half of its probability on each side of its P50, each
side scaled to meet its P10 or P90. The pool is their linear opinion pool (Stone 1961) with a prior, `Σ wᵢFᵢ / Σ wᵢ`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

from calculator.engine.constants import Constants
from calculator.engine.edition import WORLDWIDE, Edition, Evidence, EvidenceChoice, Grade, Pool

_NORMAL = NormalDist()
_Z90 = _NORMAL.inv_cdf(0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One two-piece normal of the pool: P50 `mid` and the standard deviations of its two sides, in log units."""

    mid: float
    sigma_below: float
    sigma_above: float
    weight: float

    @classmethod
    def of(cls, *, low: float, mid: float, high: float, weight: float) -> Piece:
        """A piece from a premium's P10, P50 and P90 as shares of pay (all above −1, rising)."""
        log_low, log_mid, log_high = math.log1p(low), math.log1p(mid), math.log1p(high)
        if not log_low < log_mid < log_high:
            raise ValueError(f"a premium's low, mid and high must rise: {low}, {mid}, {high}")
        return cls(
            mid=log_mid, sigma_below=(log_mid - log_low) / _Z90, sigma_above=(log_high - log_mid) / _Z90, weight=weight
        )

    def cdf(self, x: float) -> float:
        """Probability that the log premium is below `x`."""
        sigma = self.sigma_below if x < self.mid else self.sigma_above
        return _NORMAL.cdf((x - self.mid) / sigma)

    def quantile(self, share: float) -> float:
        """The log premium that `share` of this piece lies below."""
        z = _NORMAL.inv_cdf(share)
        return self.mid + z * (self.sigma_below if z < 0 else self.sigma_above)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """A figure's part in a pool; `share` is its weight over all weights, the prior's included."""

    evidence: Evidence
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What counts for a skill with one choice of evidence in one region, and which headlines claim something of it.

    `grade` is the best one that counts, None where nothing does.
    """

    contributions: tuple[Contribution, ...]
    grade: Grade | None
    claims: tuple[Evidence, ...]


def known(edition: Edition, skill: str, choice: EvidenceChoice, region: str) -> Known:
    """What is known of a skill: the same for every visitor who asks for this choice of evidence in this region."""
    evidence = edition.evidence.get(skill, ())
    parts = contributions(evidence, choice, region, edition.constants)
    return Known(
        contributions=parts,
        grade=min((part.evidence.grade for part in parts), default=None),
        claims=counting(evidence, EvidenceChoice.HEADLINE, region),
    )


def counting(evidence: Iterable[Evidence], choice: EvidenceChoice, region: str) -> tuple[Evidence, ...]:
    """The figures that count for `choice` in `region`: a source's figure for the region replaces its worldwide one."""
    grades, regions = choice.grades, (WORLDWIDE, region)
    graded = [item for item in evidence if item.grade in grades and item.region in regions]
    replaced = {item.source for item in graded if item.region != WORLDWIDE}
    return tuple(item for item in graded if item.region != WORLDWIDE or item.source not in replaced)


def contributions(
    evidence: Iterable[Evidence], choice: EvidenceChoice, region: str, constants: Constants
) -> tuple[Contribution, ...]:
    """The figures that count, each with its share of the pool's weight, heaviest first."""
    counted = counting(evidence, choice, region)
    total = sum(constants.grade_weights[item.grade] for item in counted) + _prior_weight(choice, constants)
    shares = [Contribution(evidence=item, share=constants.grade_weights[item.grade] / total) for item in counted]
    return tuple(
        sorted(
            shares, key=lambda part: (-part.share, part.evidence.source, part.evidence.population, part.evidence.mid)
        )
    )


def pool_evidence(
    evidence: Iterable[Evidence], choice: EvidenceChoice, region: str, constants: Constants
) -> Pool | None:
    """The pooled premium of one skill's evidence; None when none of it counts."""
    counted = counting(evidence, choice, region)
    if not counted:
        return None
    pieces = [
        Piece.of(low=item.low, mid=item.mid, high=item.high, weight=constants.grade_weights[item.grade])
        for item in counted
    ]
    if prior_weight := _prior_weight(choice, constants):
        pieces.append(
            Piece.of(low=constants.prior_low, mid=constants.prior_mid, high=constants.prior_high, weight=prior_weight)
        )
    return _pool_kept(tuple(pieces), constants.pool_points)


@lru_cache(maxsize=1024)
def _pool_kept(pieces: tuple[Piece, ...], points: int) -> Pool:
    """The bisection takes milliseconds a pool; from one look at a draft to the next few figures change."""
    return pool_pieces(pieces, points)


def pool_pieces(pieces: Sequence[Piece], points: int) -> Pool:
    """The linear opinion pool of `pieces`, as `points` equal-probability quantiles and its exact P10 and P90."""
    return Pool(
        low=pool_quantile(pieces, 0.1),
        high=pool_quantile(pieces, 0.9),
        points=tuple(pool_quantile(pieces, (i + 0.5) / points) for i in range(points)),
    )


def pool_cdf(pieces: Sequence[Piece], x: float) -> float:
    """Probability that the pooled log premium is below `x`."""
    return sum(piece.weight * piece.cdf(x) for piece in pieces) / sum(piece.weight for piece in pieces)


def pool_quantile(pieces: Sequence[Piece], share: float) -> float:
    """The log premium that `share` of the pool lies below, to the last bit, by bisection between the pieces' own."""
    quantiles = [piece.quantile(share) for piece in pieces]
    low, high = min(quantiles), max(quantiles)
    while low < (middle := (low + high) / 2) < high:
        if pool_cdf(pieces, middle) < share:
            low = middle
        else:
            high = middle
    return high


def _prior_weight(choice: EvidenceChoice, constants: Constants) -> float:
    return 0.0 if choice is EvidenceChoice.HEADLINE else constants.prior_weight
