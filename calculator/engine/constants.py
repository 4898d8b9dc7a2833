"""The model's constants: named once, explained in `docs/methodology.md`, copied into each edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """Numbers that neither visitors nor sources give. Shares are fractions, shifts log units, times months or years.

    `experience_shifts` are pairs of (whole years from which it counts, shift), rising. `hour_case_weights` are those of
    the low, the mid and the high estimate of study hours.
    """

    # docs/methodology.md#1-from-evidence-to-a-premium
    grade_weights: Mapping[str, float]
    title_weight: float
    headline_weight: float
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
    experience_shifts: tuple[tuple[int, float], ...]
    # docs/methodology.md#4-stacking
    stack_cap: float
    # docs/methodology.md#6-time
    weeks_per_year: float
    months_until_pay: float
    hour_case_weights: tuple[float, float, float]
    # docs/methodology.md#7-net-gain
    discount_rate: float
    paid_hours_per_year: float
    free_hour_share: float
    # docs/methodology.md#8-the-answer
    firm_from: float
    lean_from: float
    small_below: float
    rival_from: float
    max_rivals: int
    # docs/methodology.md#9-the-plan
    max_plan_skills: int
    least_gain: float
    notable_share: float
    # docs/methodology.md#11-other-ways; the default is for editions published before there were ways, and stays
    staying_share: float = 2 / 3


MODEL_2 = Constants(
    grade_weights={"A": 16.0, "B": 8.0, "C": 4.0, "D": 1.0},
    title_weight=1.0,
    headline_weight=1.0,
    prior_low=0.0,
    prior_mid=0.025,
    prior_high=0.05,
    prior_weight=12.0,
    pool_points=40,
    default_sigma=0.45,
    lowest_percentile=0.01,
    highest_percentile=0.99,
    tilt_from=0.1,
    tilt_to=0.9,
    experience_shifts=((0, -0.0065), (5, -0.003), (10, 0.0045)),
    stack_cap=0.25,
    weeks_per_year=52.0,
    months_until_pay=3.0,
    hour_case_weights=(0.3, 0.4, 0.3),
    discount_rate=0.03,
    paid_hours_per_year=2080.0,
    free_hour_share=0.25,
    firm_from=2 / 3,
    lean_from=0.5,
    small_below=0.005,
    rival_from=0.5,
    max_rivals=4,
    max_plan_skills=5,
    least_gain=1e-9,
    notable_share=0.1,
    staying_share=2 / 3,
)
