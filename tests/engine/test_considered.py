"""Which skills a verdict is about."""

from __future__ import annotations

import pytest

from calculator.engine import assess
from calculator.engine.considered import considered_skills, held_skills
from tests.engine.factories import make_edition, make_profile, make_skill

EDITION = make_edition(
    skills=[
        make_skill("docker", requires=("linux",)),
        make_skill("go"),
        make_skill("kubernetes", requires=("docker",)),
        make_skill("linux"),
    ]
)


@pytest.mark.parametrize(
    ("skills", "held", "considered", "all_held"),
    [
        pytest.param(None, (), "docker go kubernetes linux", "", id="all"),
        pytest.param(None, ("docker",), "go kubernetes", "docker linux", id="all but what is held"),
        pytest.param(None, ("kubernetes",), "go", "docker kubernetes linux", id="to any depth"),
        pytest.param(("docker", "go"), (), "docker go", "", id="chosen"),
        pytest.param(("docker", "go"), ("docker",), "go", "docker linux", id="chosen and held"),
        pytest.param(("docker", "go"), ("kubernetes",), "go", "docker kubernetes linux", id="held by what requires it"),
        pytest.param(("linux",), ("docker",), "", "docker linux", id="none is left"),
    ],
)
def test_what_is_held_is_not_considered(
    skills: tuple[str, ...] | None, held: tuple[str, ...], considered: str, all_held: str
) -> None:
    profile = make_profile(skills=skills, held=held)

    assert considered_skills(profile, EDITION) == tuple(considered.split())
    assert held_skills(profile, EDITION) == tuple(all_held.split())


def test_a_verdict_about_no_skill_is_a_mistake_in_code() -> None:
    with pytest.raises(ValueError, match=r"^every chosen skill is held$"):
        assess(make_profile("linux", held=("docker",)), EDITION)


def test_an_unknown_held_skill_is_a_mistake_in_code() -> None:
    with pytest.raises(KeyError, match="cobol"):
        held_skills(make_profile(held=("cobol",)), EDITION)


def test_prerequisites_go_through_considered_skills_alone() -> None:
    assert EDITION.prerequisites("kubernetes", {"docker", "kubernetes", "linux"}) == ("docker", "linux")
    assert EDITION.prerequisites("kubernetes", {"kubernetes", "linux"}) == ()
