"""Finds a salary's position in its market.

The quantile line is linear in (Φ⁻¹(q), ln pay) between the published quantiles and extended by its outer slopes: a
log-normal distribution through every published point.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

from calculator.engine.constants import Constants
from calculator.engine.edition import Edition, Place
from calculator.engine.edition_cache import cache_per_edition
from calculator.engine.profile import PayLevel

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayLine:
    """A market's quantile line through `knots`, at least two pairs of (z, ln pay), both rising."""

    knots: tuple[tuple[float, float], ...]

    def segment_at(self, log_pay: float) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return the two knots around `log_pay`."""
        return _find_segment(self.knots, [knot[1] for knot in self.knots], log_pay)

    def pay_at(self, share: float) -> float:
        """Return pay a year at the quantile `share` (between 0 and 1)."""
        return math.exp(_interpolate(self.knots, _compute_z(share)))

    def share_below(self, pay: float) -> float:
        """Return the share of the market that earns less than `pay` (above 0) a year."""
        return _NORMAL.cdf(_interpolate([(y, x) for x, y in self.knots], math.log(pay)))

    def density_at(self, pay: float) -> float:
        """Return the density of ln pay at `pay` (above 0) a year: how common it is among near amounts."""
        log_pay = math.log(pay)
        (z0, y0), (z1, y1) = self.segment_at(log_pay)
        slope = (z1 - z0) / (y1 - y0)
        return _NORMAL.pdf(z0 + (log_pay - y0) * slope) * slope


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePay:
    """The pay of a place that has a median, which is the same for every visitor; see `Market`."""

    sigma: float | None
    sigma_from: str
    line: PayLine
    levels: Mapping[PayLevel, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """The market used for a location, and the visitor's position in it.

    `answered_by` is the location itself or the nearest ancestor with a median. `sigma` is the assumed spread where that
    place publishes fewer than two quantiles, `sigma_from` the ancestor that it comes from ("" = the model's default).
    Pay is a year, gross, in `currency`. `line` is the place's quantile line; `levels` has P10 to P90, read off the line
    where not published.
    """

    location: str
    region: str
    answered_by: Place
    currency: str
    sigma: float | None
    sigma_from: str
    annual_salary: float
    percentile: float
    line: PayLine
    levels: Mapping[PayLevel, float]

    @property
    def capped_salary(self) -> float:
        """Pay a year up to P90, which premiums apply to: there is no data above P90."""
        return min(self.annual_salary, self.levels[PayLevel.P90])

    @property
    def nearest_level(self) -> PayLevel:
        """The level nearest to the visitor's percentile, the lower of two equally near ones."""
        return min(PayLevel, key=lambda level: (abs(level.share - self.percentile), level.share))

    def likelihood(self, pay: float) -> float:
        """Return how likely `pay` (above 0) a year is in this market, to compare it with other pay."""
        return self.line.density_at(pay)

    def is_published(self, level: PayLevel) -> bool:
        """Return whether the source publishes this level; otherwise it is read off the line."""
        return level.share in self.answered_by.quantiles


def find_market(location: str, pay: float | PayLevel, edition: Edition) -> Market | None:
    """Return the market of `location` (a slug) for one salary or pay level; None if no ancestor has a median."""
    answered_by = next((place for place in edition.ancestry(location) if 0.5 in place.quantiles), None)
    if answered_by is None:
        return None
    found = _find_pay(edition, answered_by.slug)
    annual_salary = found.levels[pay] if isinstance(pay, PayLevel) else pay
    place = edition.places[location]
    return Market(
        location=location,
        region=place.region,
        answered_by=answered_by,
        currency=place.currency,
        sigma=found.sigma,
        sigma_from=found.sigma_from,
        annual_salary=annual_salary,
        percentile=_clamp_percentile(found.line.share_below(annual_salary), edition.constants),
        line=found.line,
        levels=found.levels,
    )


def pay_line(quantiles: Mapping[float, float], sigma: float | None) -> PayLine:
    """Return the line through published quantiles (share → pay), or through a single one with slope `sigma`."""
    knots = [(_compute_z(share), math.log(pay)) for share, pay in sorted(quantiles.items())]
    if sigma is not None:
        ((z, log_pay),) = knots
        knots.append((z + 1, log_pay + sigma))
    return PayLine(knots=tuple(knots))


@cache_per_edition
def _find_pay(edition: Edition, slug: str) -> PlacePay:
    """Find the quantile line and the levels of a place that has a median."""
    place = edition.places[slug]
    sigma, sigma_from = (None, "") if len(place.quantiles) >= 2 else _inherited_sigma(place, edition)
    line = pay_line(place.quantiles, sigma)
    return PlacePay(
        sigma=sigma,
        sigma_from=sigma_from,
        line=line,
        levels={level: place.quantiles.get(level.share) or line.pay_at(level.share) for level in PayLevel},
    )


def _inherited_sigma(place: Place, edition: Edition) -> tuple[float, str]:
    for ancestor in edition.ancestry(place.parent):
        if len(ancestor.quantiles) >= 2:
            knots = pay_line(ancestor.quantiles, None).knots
            (low_z, low_pay), (high_z, high_pay) = knots[0], knots[-1]
            return (high_pay - low_pay) / (high_z - low_z), ancestor.slug
    return edition.constants.default_sigma, ""


def _clamp_percentile(share: float, constants: Constants) -> float:
    return max(constants.lowest_percentile, min(constants.highest_percentile, share))


def _interpolate(knots: Sequence[tuple[float, float]], x: float) -> float:
    """Interpolate linearly between `knots`, and extend the outer pieces."""
    (x0, y0), (x1, y1) = _find_segment(knots, [knot[0] for knot in knots], x)
    return y0 + (x - x0) * (y1 - y0) / (x1 - x0)


def _find_segment(
    knots: Sequence[tuple[float, float]], along: Sequence[float], value: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the neighbouring knots around `value` on the axis `along`; the outer two beyond the ends."""
    position = max(1, min(len(knots) - 1, bisect_right(along, value)))
    return knots[position - 1], knots[position]


@lru_cache(maxsize=64)
def _compute_z(share: float) -> float:
    """Return Φ⁻¹ once for each share: sources publish the same few, and levels of pay are five."""
    return _NORMAL.inv_cdf(share)
