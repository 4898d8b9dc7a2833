"""Study, waiting and pay by month, up to the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from earnverdict.chart_scale import Axis, Bar, Scale

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineBar:
    """One skill: its study, then a line while nothing is paid yet, then its pay (None where that comes too late)."""

    study: Bar
    wait_from: str
    wait_to: str
    paid: Bar | None


@lru_cache(maxsize=16)
def months_scale(horizon_years: int) -> Scale:
    """Months from today, with a label at whole years or at half of a single one."""
    years_a_step = 1 if horizon_years <= 4 else 2 if horizon_years <= 9 else 5
    return Scale(
        low=0.0,
        high=float(horizon_years * MONTHS_PER_YEAR),
        unit=1.0,
        step=6.0 if horizon_years == 1 else float(years_a_step * MONTHS_PER_YEAR),
        marks=6 if horizon_years == 1 else 12 if years_a_step == 1 else 4 * years_a_step,
    )


@lru_cache(maxsize=16)
def months_axis(horizon_years: int) -> Axis:
    scale = months_scale(horizon_years)
    if horizon_years == 1:
        return scale.axis([(0, "now"), (6, "½"), (12, "1 yr")])
    years = range(0, horizon_years, round(scale.step) // MONTHS_PER_YEAR)
    labels = [(year * MONTHS_PER_YEAR, str(year) if year else "now") for year in years]
    if len(labels) > 1 and horizon_years - years[-1] < years.step:
        labels.pop()  # it would be too near to the last one
    return scale.axis([*labels, (horizon_years * MONTHS_PER_YEAR, f"{horizon_years} yr")])


def timeline_bar(start_month: float, done_month: float, first_pay_month: float, horizon_years: int) -> TimelineBar:
    scale = months_scale(horizon_years)
    done, paid = min(done_month, scale.high), min(first_pay_month, scale.high)
    return TimelineBar(
        study=scale.bar(start_month, done),
        wait_from=scale.at(done),
        wait_to=scale.at(paid),
        paid=scale.bar(paid, scale.high) if paid < scale.high else None,
    )
