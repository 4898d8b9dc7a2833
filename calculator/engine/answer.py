"""Finds the recommended skill, how sure the recommendation is, and its rivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from calculator.engine.chances import Chances, find_chance_of_nothing
from calculator.engine.constants import Constants
from calculator.engine.outcomes import Outcome

LEARNING_NOTHING = ""
#: If no skill gains with more than this chance, the answer is to learn nothing.
HALF = 0.5
#: Sums of chances have rounding errors: a chance this near to a bound counts as equal to it.
ROUNDING = 1e-12


class Rating(StrEnum):
    """How sure the answer is."""

    FIRM = "firm"
    LEAN = "lean"
    TOSS_UP = "toss-up"
    STAY_PUT = "stay-put"
    NOT_ENOUGH_DATA = "not-enough-data"


class StayPutReason(StrEnum):
    """Why no skill is recommended: none pays in time, none has an expected gain, or no gain is the likelier case."""

    NO_TIME = "no-time"
    NO_GAIN = "no-gain"
    NOTHING_LIKELIER = "nothing-likelier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """An alternative with a chance close to the first skill's. `slug` may be LEARNING_NOTHING."""

    slug: str
    chance: float


def find_candidates(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes in time whose expected net gain is above 0, by falling net gain, then by slug."""
    candidates = [outcome for outcome in outcomes if outcome.net_gain > 0 and outcome.study.is_in_time]
    return sorted(candidates, key=rank)


def rank(outcome: Outcome) -> tuple[float, str]:
    """Return the sort key of outcomes: falling net gain, then the slug."""
    return -outcome.net_gain, outcome.slug


def find_first(outcomes: Sequence[Outcome]) -> str | None:
    """Return the slug of the recommended skill; None if the answer is to learn nothing."""
    candidates = find_candidates(outcomes)
    of_nothing = find_chance_of_nothing([outcome for outcome in outcomes if outcome.study.is_in_time])
    return None if find_stay_put_reason(outcomes, candidates, of_nothing) else candidates[0].slug


def find_stay_put_reason(
    outcomes: Sequence[Outcome], candidates: Sequence[Outcome], of_nothing: float
) -> StayPutReason | None:
    """Return why the answer is to learn nothing; None if it is not."""
    if not any(outcome.study.is_in_time for outcome in outcomes):
        return StayPutReason.NO_TIME
    if not candidates:
        return StayPutReason.NO_GAIN
    return StayPutReason.NOTHING_LIKELIER if of_nothing > HALF + ROUNDING else None


def rate(chance_of_first: float, constants: Constants) -> Rating:
    """Return how sure a recommendation is, by its chance to be best."""
    if chance_of_first >= constants.firm_from - ROUNDING:
        return Rating.FIRM
    return Rating.LEAN if chance_of_first >= constants.lean_from - ROUNDING else Rating.TOSS_UP


def find_rivals(first: str, candidates: Sequence[Outcome], chances: Chances, constants: Constants) -> tuple[Rival, ...]:
    """Return the alternatives to `first`, learning nothing among them, whose chances are close; likeliest first.

    Close is a chance above 0 and at least `rival_from` times that of `first`. There are at most `max_rivals`. The
    likeliest alternative is always among them.
    """
    of_skills: Mapping[str, float] = chances.of_skills
    others = [Rival(slug=each.slug, chance=of_skills[each.slug]) for each in candidates if each.slug != first]
    others.append(Rival(slug=LEARNING_NOTHING, chance=chances.of_nothing))
    others.sort(key=_falling_chance)
    least = constants.rival_from * of_skills[first]
    close = [rival for rival in others if rival.chance > 0 and rival.chance >= least - ROUNDING]
    return tuple((close or others[:1])[: constants.max_rivals])


def _falling_chance(rival: Rival) -> tuple[float, str]:
    return -rival.chance, rival.slug
