"""The visitor's answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from operator import lt

from calculator.engine.edition import EvidenceChoice

MOST_SKILLS = 10
DEFAULT_WEEKLY_HOURS = 6
DEFAULT_HORIZON_YEARS = 3
DEFAULT_ODDS_PERCENT = 50
DEFAULT_EVIDENCE = EvidenceChoice.MEASURED


class PayLevel(StrEnum):
    """A level of a market's pay, in place of a salary."""

    P10 = "p10"
    P25 = "p25"
    P50 = "p50"
    P75 = "p75"
    P90 = "p90"

    @property
    def share(self) -> float:
        """The share of developers who earn less."""
        return int(self.value[1:]) / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One visitor's answers, valid once made.

    `pay` is gross base pay a year in the location's currency, or a level of that location's market. `skills` are
    those to choose from, `held` those already known; both sorted, without repeats, and apart. `study_hours` are
    the visitor's own estimates, sorted by slug.

    Raises ValueError for anything outside the ranges of `docs/methodology.md#your-answers`.
    """

    pay: float | PayLevel
    location: str
    skills: tuple[str, ...]
    held: tuple[str, ...] = ()
    weekly_hours: int = DEFAULT_WEEKLY_HOURS
    horizon_years: int = DEFAULT_HORIZON_YEARS
    odds_percent: int = DEFAULT_ODDS_PERCENT
    evidence: EvidenceChoice = DEFAULT_EVIDENCE
    study_hours: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.pay, PayLevel) and not 0 < self.pay < float("inf"):
            raise ValueError("pay must be above zero")
        if not 1 <= len(self.skills) <= MOST_SKILLS:
            raise ValueError(f"choose 1 to {MOST_SKILLS} skills, not {len(self.skills)}")
        estimated = tuple([slug for slug, _ in self.study_hours])
        for slugs in (self.skills, self.held, estimated):
            if not all(map(lt, slugs, slugs[1:])):
                raise ValueError(f"slugs must be sorted and unique: {slugs}")
        if not set(self.held).isdisjoint(self.skills):
            raise ValueError("a skill cannot be both chosen and held")
        if not set(estimated).issubset(self.skills):
            raise ValueError("study hours must be about chosen skills")
        _check_whole("weekly hours", self.weekly_hours, 1, 40)
        _check_whole("horizon", self.horizon_years, 1, 10)
        _check_whole("odds", self.odds_percent, 10, 100)
        for slug, hours in self.study_hours:
            _check_whole(f"study hours of {slug}", hours, 1, 5000)


def _check_whole(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high or value != int(value):
        raise ValueError(f"{name} must be a whole number from {low} to {high}, not {value}")
