"""The model: plain Python, two questions, the same input always gives the same answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from calculator.engine import model_1
from calculator.engine.edition import Edition
from calculator.engine.flips import Flip
from calculator.engine.profile import Profile
from calculator.engine.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One version of the model."""

    assess: Callable[[Profile, Edition], Verdict]
    flips: Callable[[Profile, Edition], tuple[Flip, ...]]


#: Every version that an edition was ever published under stays callable.
MODELS: Mapping[int, Model] = {1: Model(assess=model_1.assess, flips=model_1.flips)}

#: The version that the next edition is published under.
NEWEST_MODEL = max(MODELS)


def assess(profile: Profile, edition: Edition) -> Verdict:
    """The verdict for one profile, by the model that the edition was published under.

    Raises KeyError for a slug that the edition does not have, or a model version that this code does not have.
    """
    return MODELS[edition.model].assess(profile, edition)


def flips(profile: Profile, edition: Edition) -> tuple[Flip, ...]:
    """What would change that verdict: the nearest value of each answer that gives another best bet.

    Raises KeyError as `assess` does.
    """
    return MODELS[edition.model].flips(profile, edition)
