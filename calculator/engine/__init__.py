"""The model: plain Python, one entry point, the same input always gives the same verdict."""

from collections.abc import Callable, Mapping

from calculator.engine import model_1
from calculator.engine.edition import Edition
from calculator.engine.profile import Profile
from calculator.engine.verdict import Verdict

#: Every version that an edition was ever published under stays callable.
MODELS: Mapping[int, Callable[[Profile, Edition], Verdict]] = {1: model_1.assess}

#: The version that the next edition is published under.
NEWEST_MODEL = max(MODELS)


def assess(profile: Profile, edition: Edition) -> Verdict:
    """The verdict for one profile, by the model that the edition was published under.

    Raises KeyError for a slug that the edition does not have, or a model version that this code does not have.
    """
    return MODELS[edition.model](profile, edition)
