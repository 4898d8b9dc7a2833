"""The visitor's answers, and the range or the options of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import lt
from types import MappingProxyType
from typing import Any

from calculator.engine.edition import EvidenceChoice

MAX_SKILLS = 10
DEFAULT_WEEKLY_HOURS = 6
DEFAULT_HORIZON_YEARS = 3
DEFAULT_ODDS_PERCENT = 50
DEFAULT_EVIDENCE = EvidenceChoice.MEASURED


@dataclass(frozen=True, slots=True, kw_only=True)
class InputSpec:
    """One numeric input, defined once for the form, the query, JSON and flips.

    `name` is its name in a query, `attribute` its name in a Profile. It ranges from `low` to `high`, in its own unit.
    `default` is None if the answer may be absent. `flip_values` are the values that flips try.
    """

    name: str
    attribute: str
    low: int
    high: int
    default: int | None
    is_whole: bool = True
    flip_values: tuple[int, ...] = ()

    def accepts(self, value: float) -> bool:
        """Return whether the value is allowed; False for NaN."""
        return self.low <= value <= self.high and (not self.is_whole or value == int(value))

    @property
    def range_words(self) -> str:
        kind = "a whole number" if self.is_whole else "a number"
        return f"{kind} from {self.low} to {self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceSpec:
    """One input with a few possible answers, defined once for the form, the query and JSON; the first is the default.

    `options` has each answer by the word that a query has for it: of a yes or no, `{"0": False, "1": True}`.
    """

    name: str
    attribute: str
    options: Mapping[str, Any]

    @property
    def default(self) -> Any:
        return next(iter(self.options.values()))

    def accepts(self, value: object) -> bool:
        """Return whether the value is one of the answers."""
        return value in self.options.values()

    def find_word(self, value: object) -> str:
        """Return the word for an answer."""
        return next(word for word, each in self.options.items() if each == value)

    @property
    def range_words(self) -> str:
        return f"one of {', '.join(self.options)}"


WEEKLY_HOURS = InputSpec(
    name="hours",
    attribute="weekly_hours",
    low=1,
    high=40,
    default=DEFAULT_WEEKLY_HOURS,
    flip_values=(2, 4, 6, 10, 20, 40),
)
HORIZON_YEARS = InputSpec(
    name="years",
    attribute="horizon_years",
    low=1,
    high=10,
    default=DEFAULT_HORIZON_YEARS,
    flip_values=(1, 2, 3, 4, 5, 10),
)
ODDS_PERCENT = InputSpec(
    name="odds", attribute="odds_percent", low=10, high=100, default=DEFAULT_ODDS_PERCENT, flip_values=(20, 50, 80)
)
EXPERIENCE_YEARS = InputSpec(
    name="experience", attribute="experience_years", low=0, high=50, default=None, flip_values=(2, 7, 15)
)
#: In the location's currency; without it the model uses a share of hourly pay.
HOUR_VALUE = InputSpec(
    name="hour",
    attribute="hour_value",
    low=0,
    high=1_000_000_000,
    default=None,
    is_whole=False,
    flip_values=(0,),
)
#: One skill's hours of study; a Profile may have several.
STUDY_HOURS = InputSpec(name="study", attribute="study_hours", low=1, high=5000, default=None)

EVIDENCE = ChoiceSpec(
    name="evidence", attribute="evidence", options=MappingProxyType({each.value: each for each in EvidenceChoice})
)

#: The numbers that a Profile has once.
NUMBERS = (WEEKLY_HOURS, HORIZON_YEARS, ODDS_PERCENT, EXPERIENCE_YEARS, HOUR_VALUE)
#: All answers with a spec that a Profile has once, in the order of a query.
INPUTS: tuple[InputSpec | ChoiceSpec, ...] = (*NUMBERS, EVIDENCE)


class PayLevel(StrEnum):
    """A level of a market's pay, instead of a salary."""

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
    """One visitor's answers. A Profile that exists is valid.

    `pay` is gross base pay a year in the location's currency, or a level of that location's market. `skills` are
    the skills to choose from, None for all published ones; `held` are the known ones (a skill in both counts as held).
    Both are sorted, without repeats. `experience_years` are years of work, None if not given. `hour_value` is the worth
    of an hour of free time in the location's currency, None for the model's share of hourly pay. `study_hours` are
    the visitor's own estimates, sorted by slug. `confirmed_pay` is unusual pay that the visitor has confirmed; it is
    valid for that pay only. `town` is the town or region that was named, if the location is a larger place around it.
    The model uses neither.

    Raises ValueError for anything outside the ranges of `docs/methodology.md#your-answers`.
    """

    pay: float | PayLevel
    location: str
    skills: tuple[str, ...] | None = None
    held: tuple[str, ...] = ()
    weekly_hours: int = DEFAULT_WEEKLY_HOURS
    horizon_years: int = DEFAULT_HORIZON_YEARS
    odds_percent: int = DEFAULT_ODDS_PERCENT
    experience_years: int | None = None
    hour_value: float | None = None
    evidence: EvidenceChoice = DEFAULT_EVIDENCE
    study_hours: tuple[tuple[str, int], ...] = ()
    confirmed_pay: float | None = None
    town: str = ""

    @property
    def is_pay_confirmed(self) -> bool:
        return self.confirmed_pay is not None and self.confirmed_pay == self.pay

    def __post_init__(self) -> None:
        if not isinstance(self.pay, PayLevel) and not 0 < self.pay < float("inf"):
            raise ValueError("pay must be above zero")
        if self.skills is not None and not 1 <= len(self.skills) <= MAX_SKILLS:
            raise ValueError(f"choose 1 to {MAX_SKILLS} skills, not {len(self.skills)}")
        estimated = tuple([slug for slug, _ in self.study_hours])
        for slugs in (self.skills or (), self.held, estimated):
            if not all(map(lt, slugs, slugs[1:])):
                raise ValueError(f"slugs must be sorted and unique: {slugs}")
        if self.skills is not None and not set(estimated).issubset(self.skills):
            raise ValueError("study hours must be about chosen skills")
        for spec in INPUTS:
            value = getattr(self, spec.attribute)
            if value is None and spec.default is None:
                continue
            _check(spec, spec.attribute.replace("_", " "), value)
        for slug, hours in self.study_hours:
            _check(STUDY_HOURS, f"study hours of {slug}", hours)


def _check(spec: InputSpec | ChoiceSpec, name: str, value: Any) -> None:
    if not spec.accepts(value):
        raise ValueError(f"{name} must be {spec.range_words}, not {value}")
