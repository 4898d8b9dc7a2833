"""The model's fixed numbers: named once, reasoned in `docs/methodology.md`, copied into each edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """What no visitor chooses and no source gives. Shares are fractions, times are months or years."""

    # docs/methodology.md#1-from-evidence-to-a-premium
    grade_weights: Mapping[str, float]
    prior_low: float
    prior_mid: float
    prior_high: float
    prior_weight: float
    pool_points: int
    # docs/methodology.md#2-where-your-pay-stands
    default_sigma: float
    lowest_percentile: float
    highest_percentile: float
    # docs/methodology.md#3-tilt
    tilt_from: float
    tilt_to: float
    # docs/methodology.md#4-stacking
    stack_weights: tuple[float, ...]
    stack_cap: float
    # docs/methodology.md#6-time
    weeks_per_year: float
    months_until_pay: float
    # docs/methodology.md#7-net-gain
    discount_rate: float
    # docs/methodology.md#8-the-best-bet-and-how-sure-it-is
    firm_from: float
    lean_from: float


MODEL_1 = Constants(
    grade_weights={"A": 16.0, "B": 8.0, "C": 4.0, "D": 1.0},
    prior_low=-0.02,
    prior_mid=0.025,
    prior_high=0.07,
    prior_weight=4.0,
    pool_points=40,
    default_sigma=0.45,
    lowest_percentile=0.01,
    highest_percentile=0.99,
    tilt_from=0.1,
    tilt_to=0.9,
    stack_weights=(1.0, 1.0, 0.9, 0.6),
    stack_cap=0.25,
    weeks_per_year=52.0,
    months_until_pay=3.0,
    discount_rate=0.03,
    firm_from=0.75,
    lean_from=0.6,
)
