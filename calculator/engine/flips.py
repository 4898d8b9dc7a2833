"""Finds what would change the answer: for each input, the nearest value that gives another first skill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from calculator.engine.edition import EvidenceChoice
from calculator.engine.profile import (
    EXPERIENCE_YEARS,
    HORIZON_YEARS,
    HOUR_VALUE,
    ODDS_PERCENT,
    STUDY_HOURS,
    WEEKLY_HOURS,
    InputSpec,
    Profile,
)


class FlipKind(StrEnum):
    """The input that is changed, by its name in an address."""

    HOURS = "hours"
    YEARS = "years"
    ODDS = "odds"
    EVIDENCE = "evidence"
    EXPERIENCE = "experience"
    HOUR = "hour"
    STUDY = "study"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """The nearest value of one input with another first skill (None: learning nothing).

    `value` is the number in the input's own unit, None for no years of experience. For evidence it is None and
    `choice` is set. For study hours `skill` is set.
    """

    kind: FlipKind
    first: str | None
    value: int | None = None
    choice: EvidenceChoice | None = None
    skill: str = ""

    def changed(self, profile: Profile) -> Profile:
        """Return the profile with this one input changed."""
        if self.choice is not None:
            return replace(profile, evidence=self.choice)
        if self.kind is FlipKind.STUDY and self.value is not None:
            return with_study_hours(profile, self.skill, self.value)
        changes: dict[str, Any] = {_SPECS[self.kind].attribute: self.value}
        return replace(profile, **changes)


#: The inputs that are numbers, in the order of FlipKind.
_SPECS: dict[FlipKind, InputSpec] = {
    FlipKind.HOURS: WEEKLY_HOURS,
    FlipKind.YEARS: HORIZON_YEARS,
    FlipKind.ODDS: ODDS_PERCENT,
    FlipKind.EXPERIENCE: EXPERIENCE_YEARS,
    FlipKind.HOUR: HOUR_VALUE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyEstimate:
    """A skill whose study hours are changed: the present hours, and the low and high estimate."""

    skill: str
    now: float
    low: float
    high: float


def find_flips(
    profile: Profile,
    now: str | None,
    find_first: Callable[[Profile], str | None],
    choices: Iterable[EvidenceChoice],
    estimates: Iterable[StudyEstimate],
) -> tuple[Flip, ...]:
    """Return the nearest flip of each input that has one, in the order of FlipKind, then of `estimates`.

    `now` is the profile's first skill; `find_first` returns that of another profile. `choices` are the other choices
    of evidence with any evidence. Of two equally near values the lower is taken.
    """
    found = []
    for changes in (*_changes_of_answers(profile, choices), *map(_changes_of_study_hours, estimates)):
        for change in changes:
            first = find_first(change.changed(profile))
            if first != now:
                found.append(replace(change, first=first))
                break
    return tuple(found)


#: How many longer horizons, and how many more hours a week, `find_way_out` tries.
WAY_OUT_STEPS = 2


def find_way_out(profile: Profile, find_first: Callable[[Profile], str | None]) -> Flip | None:
    """The nearest change to more years ahead, else to more hours a week, that gives a first skill.

    It tries the next few of the values that flips try, so that a page can have it at once.
    """
    for kind in (FlipKind.YEARS, FlipKind.HOURS):
        spec = _SPECS[kind]
        longer = [value for value in spec.flip_values if value > getattr(profile, spec.attribute)]
        for value in longer[:WAY_OUT_STEPS]:
            change = Flip(kind=kind, first=None, value=value)
            if first := find_first(change.changed(profile)):
                return replace(change, first=first)
    return None


def nearest_first(spec: InputSpec, own: float | None) -> list[int | None]:
    """Return the values to try, nearest to `own` first, the lower of two equally near; None (not given) comes last."""
    values = [value for value in spec.flip_values if value != own]
    if own is None:
        return list(values)
    numbers = sorted(values, key=lambda value: (abs(value - own), value))
    return [*numbers, None] if spec is EXPERIENCE_YEARS else list(numbers)


def with_study_hours(profile: Profile, skill: str, hours: int) -> Profile:
    """Return the profile with the visitor's own study hours of one skill."""
    own = dict(profile.study_hours) | {skill: hours}
    return replace(profile, study_hours=tuple(sorted(own.items())))


def _changes_of_answers(profile: Profile, choices: Iterable[EvidenceChoice]) -> Iterator[list[Flip]]:
    """Yield, for each input, the changes to try in order."""
    for kind in FlipKind:
        if kind is FlipKind.EVIDENCE:
            yield [Flip(kind=kind, first=None, choice=choice) for choice in choices]
        elif spec := _SPECS.get(kind):
            values = nearest_first(spec, getattr(profile, spec.attribute))
            yield [Flip(kind=kind, first=None, value=value) for value in values]


def _changes_of_study_hours(estimate: StudyEstimate) -> list[Flip]:
    hours = sorted({round(estimate.low), round(estimate.high)}, key=lambda value: (abs(value - estimate.now), value))
    return [
        Flip(kind=FlipKind.STUDY, first=None, value=value, skill=estimate.skill)
        for value in hours
        if STUDY_HOURS.accepts(value)
    ]
