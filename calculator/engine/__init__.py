"""The model: plain Python, two questions, the same input always gives the same answer.

This is its face: other packages that need only its values import them from here.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from calculator.engine import model_2
from calculator.engine.constants import MODEL_2, Constants
from calculator.engine.edition import (
    WORLDWIDE,
    About,
    Edition,
    Evidence,
    EvidenceChoice,
    ExchangeRate,
    Grade,
    Place,
    Pool,
    Range,
    Skill,
    Source,
)
from calculator.engine.evidence import (
    TYPICAL,
    Contribution,
    contributions,
    counting,
    grade_shares,
    known,
    pool_all,
    pool_evidence,
)
from calculator.engine.first_of_all import FirstOfAll
from calculator.engine.flips import Flip
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Rating, Verdict

__all__ = [
    "MODELS",
    "MODEL_2",
    "NEWEST_MODEL",
    "TYPICAL",
    "WORLDWIDE",
    "About",
    "Assessment",
    "Constants",
    "Contribution",
    "Edition",
    "Evidence",
    "EvidenceChoice",
    "ExchangeRate",
    "FirstOfAll",
    "Flip",
    "Grade",
    "PayLevel",
    "Place",
    "Pool",
    "Profile",
    "Range",
    "Rating",
    "Skill",
    "Source",
    "Verdict",
    "assess",
    "assessment",
    "contributions",
    "counting",
    "flips",
    "grade_shares",
    "has_model",
    "known",
    "pool_all",
    "pool_evidence",
]


class Assessment(Protocol):
    """What one version of the model finds for one profile and one edition; its parts share their first steps."""

    def verdict(self) -> Verdict:
        """The whole answer."""

    def flips(self) -> tuple[Flip, ...]:
        """What would change it: the nearest value of each answer that gives another first skill."""

    def first_of_all(self) -> FirstOfAll | None:
        """What would be first if all skills were considered; None where learning nothing would be the answer."""

    def way_out(self) -> Flip | None:
        """For an answer to stay put: the nearest longer horizon, else more hours a week, that gives a first skill."""


#: Every version that an edition was ever published under stays callable.
MODELS: Mapping[int, Callable[[Profile, Edition], Assessment]] = {2: model_2.Assessment}

#: The version that the next edition is published under.
NEWEST_MODEL = max(MODELS)


def has_model(version: int) -> bool:
    """Whether this code can answer with an edition that was published under this version of the model."""
    return version in MODELS


def assessment(profile: Profile, edition: Edition) -> Assessment:
    """For who wants more than the verdict: both parts of the answer, by the model that the edition was published under.

    Raises KeyError for a slug that the edition does not have, or a model version that this code does not have;
    ValueError where the visitor knows every chosen skill (`considered_skills` tells before).
    """
    return MODELS[edition.model](profile, edition)


def assess(profile: Profile, edition: Edition) -> Verdict:
    """The verdict for one profile. Raises what `assessment` does."""
    return assessment(profile, edition).verdict()


def flips(profile: Profile, edition: Edition) -> tuple[Flip, ...]:
    """What would change that verdict. Raises what `assessment` does."""
    return assessment(profile, edition).flips()
