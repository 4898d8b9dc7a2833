"""The model in plain Python: a verdict, and what would change it. The same input always gives the same answer.

Other packages import the engine's values from here.
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
    ExperiencePoint,
    Grade,
    OnVerdict,
    Place,
    Pool,
    Range,
    Skill,
    Source,
    Way,
    WayEvidence,
    WayUnit,
    list_areas,
)
from calculator.engine.edition_cache import cache_per_edition
from calculator.engine.evidence import (
    TYPICAL,
    Contribution,
    Piece,
    find_contributions,
    find_evidence,
    grade_shares,
    pool_all,
    pool_evidence,
    pool_pieces,
    select_counting,
)
from calculator.engine.first_of_all import FirstOfAll
from calculator.engine.flips import Flip
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Rating, Verdict
from calculator.engine.ways import multiple_at

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
    "ExperiencePoint",
    "FirstOfAll",
    "Flip",
    "Grade",
    "OnVerdict",
    "PayLevel",
    "Piece",
    "Place",
    "Pool",
    "Profile",
    "Range",
    "Rating",
    "Skill",
    "Source",
    "Verdict",
    "Way",
    "WayEvidence",
    "WayUnit",
    "assess",
    "assessment",
    "cache_per_edition",
    "find_contributions",
    "find_evidence",
    "flips",
    "grade_shares",
    "has_model",
    "list_areas",
    "multiple_at",
    "pool_all",
    "pool_evidence",
    "pool_pieces",
    "select_counting",
]


class Assessment(Protocol):
    """The result of one version of the model for one profile and one edition. Both parts share their first steps."""

    def verdict(self) -> Verdict:
        """Return the whole answer."""

    def flips(self) -> tuple[Flip, ...]:
        """Return the nearest value of each of the visitor's answers that gives another first skill."""

    def first_of_all(self) -> FirstOfAll | None:
        """What would be first if all skills were considered; None where learning nothing would be the answer."""

    def way_out(self) -> Flip | None:
        """For an answer to stay put: the nearest longer horizon, else more hours a week, that gives a first skill."""


#: Every version under which an edition was published. These stay callable.
MODELS: Mapping[int, Callable[[Profile, Edition], Assessment]] = {2: model_2.Assessment}

#: The version for the next edition.
NEWEST_MODEL = max(MODELS)


def has_model(version: int) -> bool:
    """Return whether this code has this version of the model, so that it can use the version's editions."""
    return version in MODELS


def assessment(profile: Profile, edition: Edition) -> Assessment:
    """Assess a profile with the edition's version of the model, for callers that need the verdict and its flips.

    Raises KeyError for a slug that the edition does not have, or a model version that this code does not have;
    ValueError if the visitor knows every chosen skill (check `considered_skills` first).
    """
    return MODELS[edition.model](profile, edition)


def assess(profile: Profile, edition: Edition) -> Verdict:
    """Return the verdict for one profile. Raises what `assessment` raises."""
    return assessment(profile, edition).verdict()


def flips(profile: Profile, edition: Edition) -> tuple[Flip, ...]:
    """Return what would change that verdict. Raises what `assessment` raises."""
    return assessment(profile, edition).flips()
