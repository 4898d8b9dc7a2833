"""The registry of models: every edition uses the model that it was published under."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from calculator import engine
from calculator.engine import MODELS, NEWEST_MODEL, assess, assessment, flips, has_model
from calculator.engine.edition import Edition
from calculator.engine.flips import Flip, FlipKind
from calculator.engine.model_2 import Assessment
from calculator.engine.profile import Profile
from calculator.engine.verdict import Rating, Verdict
from tests.engine.factories import make_edition, make_evidence, make_profile, make_skill

EDITION = make_edition(skills=[make_skill("go"), make_skill("rust")], evidence=[make_evidence("go")])
FLIP = Flip(kind=FlipKind.HOURS, first="go", value=2)


@dataclass(frozen=True)
class LastByName:
    """A small second model: learn what comes last in the alphabet, and do not be sure of it."""

    profile: Profile
    edition: Edition

    def verdict(self) -> Verdict:
        verdict = Assessment(self.profile, self.edition).verdict()
        return replace(verdict, first=max(verdict.considered), rating=Rating.TOSS_UP)

    def flips(self) -> tuple[Flip, ...]:
        return (FLIP,)


@pytest.fixture
def _two_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MODELS", {**MODELS, 3: LastByName})


@pytest.mark.usefixtures("_two_models")
def test_each_edition_is_answered_by_its_own_model() -> None:
    newer, profile = replace(EDITION, number=2, model=3), make_profile("go", "rust")

    old, new = assess(profile, EDITION), assess(profile, newer)

    assert (old.model, old.first) == (2, "go")
    assert (new.model, new.first, new.rating) == (3, "rust", Rating.TOSS_UP)
    assert flips(profile, newer) == assessment(profile, newer).flips() == (FLIP,)
    assert flips(profile, EDITION) != (FLIP,)
    assert [has_model(version) for version in (1, 2, 3, 4)] == [False, True, True, False]


def test_an_unknown_model_is_a_mistake_in_code() -> None:
    assert max(MODELS) == NEWEST_MODEL
    assert [has_model(version) for version in (1, NEWEST_MODEL, 3)] == [False, True, False]

    with pytest.raises(KeyError, match="99"):
        assess(make_profile("go"), replace(EDITION, model=99))
