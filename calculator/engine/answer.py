"""The one recommendation, how sure it is, and what comes close to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from calculator.engine.chances import Chances, find_chance_of_nothing
from calculator.engine.constants import Constants
from calculator.engine.outcomes import Outcome

LEARNING_NOTHING = ""
#: Above this chance that nothing gains, learning nothing is the answer.
HALF = 0.5
#: The last bits of a sum of chances are not to be trusted: a chance this near to a bound is taken to be at it.
ROUNDING = 1e-12


class Rating(StrEnum):
    """How sure the answer is."""

    FIRM = "firm"
    LEAN = "lean"
    TOSS_UP = "toss-up"
    STAY_PUT = "stay-put"
    NOT_ENOUGH_DATA = "not-enough-data"


class StayPutReason(StrEnum):
    """Why no skill is recommended: none pays in time, none is expected to gain, or gaining nothing is likelier."""

    NO_TIME = "no-time"
    NO_GAIN = "no-gain"
    NOTHING_LIKELIER = "nothing-likelier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """What comes close to the first skill (`slug`, or LEARNING_NOTHING), and its chance to be best."""

    slug: str
    chance: float


def find_candidates(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes in time whose expected net gain is above 0, in falling net gain, then by slug."""
    candidates = [outcome for outcome in outcomes if outcome.net_gain > 0 and outcome.study.is_in_time]
    return sorted(candidates, key=rank)


def rank(outcome: Outcome) -> tuple[float, str]:
    """What outcomes are sorted by: falling net gain, then the slug."""
    return -outcome.net_gain, outcome.slug


def find_first(outcomes: Sequence[Outcome]) -> str | None:
    """The recommendation alone: the slug of the first skill; None where learning nothing is the answer."""
    candidates = find_candidates(outcomes)
    of_nothing = find_chance_of_nothing([outcome for outcome in outcomes if outcome.study.is_in_time])
    return None if find_stay_put_reason(outcomes, candidates, of_nothing) else candidates[0].slug


def find_stay_put_reason(
    outcomes: Sequence[Outcome], candidates: Sequence[Outcome], of_nothing: float
) -> StayPutReason | None:
    """Why learning nothing is the answer; None where it is not."""
    if not any(outcome.study.is_in_time for outcome in outcomes):
        return StayPutReason.NO_TIME
    if not candidates:
        return StayPutReason.NO_GAIN
    return StayPutReason.NOTHING_LIKELIER if of_nothing > HALF + ROUNDING else None


def rate(chance_of_first: float, constants: Constants) -> Rating:
    """How sure a recommendation is with this chance to be best."""
    if chance_of_first >= constants.firm_from - ROUNDING:
        return Rating.FIRM
    return Rating.LEAN if chance_of_first >= constants.lean_from - ROUNDING else Rating.TOSS_UP


def find_rivals(first: str, candidates: Sequence[Outcome], chances: Chances, constants: Constants) -> tuple[Rival, ...]:
    """The other candidates and learning nothing that come close to `first`, likeliest first, and always the likeliest.

    Close is a chance above 0 and at least `rival_from` of that of `first`; there are `max_rivals` at most.
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
