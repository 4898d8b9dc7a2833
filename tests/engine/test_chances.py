"""The chance to be best, against every combination of a few cases."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.engine.chances import Chances, find_chance_of_nothing, find_chances
from calculator.engine.outcomes import Outcome
from tests.engine.factories import make_outcome

# Few different values, so that ties are common.
ROWS = st.lists(st.lists(st.integers(-2, 3), min_size=2, max_size=2).map(sorted), min_size=3, max_size=3)
SKILLS = st.lists(ROWS, max_size=3)
WEIGHTS = (Fraction(3, 10), Fraction(4, 10), Fraction(3, 10))

type Rows = list[list[int]]


def make_outcomes(skills: list[Rows]) -> list[Outcome]:
    return [make_outcome(f"skill-{number}", rows) for number, rows in enumerate(skills)]


def count_chances(skills: list[Rows]) -> list[Fraction]:
    """Over every combination: nothing's chance, then each skill's. Nothing wins at 0, then the earlier skill."""
    cases = [
        [(value, weight / len(row)) for row, weight in zip(rows, WEIGHTS, strict=True) for value in row]
        for rows in skills
    ]
    chances = [Fraction(0)] * (len(skills) + 1)
    for combination in product(*cases):
        values = [0, *(value for value, _ in combination)]
        weight = Fraction(1)
        for _, each in combination:
            weight *= each
        chances[values.index(max(values))] += weight
    return chances


@settings(derandomize=True)
@given(skills=SKILLS)
def test_chances_equal_counting_all_combinations(skills: list[Rows]) -> None:
    outcomes = make_outcomes(skills)

    found = find_chances(outcomes)

    expected = [float(chance) for chance in count_chances(skills)]
    assert [found.of_nothing, *found.of_skills.values()] == pytest.approx(expected, abs=1e-12)
    assert list(found.of_skills) == [outcome.slug for outcome in outcomes]
    assert find_chance_of_nothing(outcomes) == found.of_nothing


@pytest.mark.parametrize(
    ("skills", "of_nothing", "of_skills"),
    [
        pytest.param([], 1.0, [], id="no skill"),
        pytest.param([[[1], [1], [1]]], 0.0, [1.0], id="always gains"),
        pytest.param([[[0], [0], [0]]], 1.0, [0.0], id="nothing wins at zero"),
        pytest.param([[[-1], [0], [1]]], 0.7, [0.3], id="gains in one hour case"),
        pytest.param([[[1], [1], [1]], [[1], [1], [1]]], 0.0, [1.0, 0.0], id="of equals the earlier slug"),
        pytest.param([[[1], [1], [1]], [[0], [2], [0]]], 0.0, [0.6, 0.4], id="the higher"),
        pytest.param([[[-1], [-1], [1]], [[-1], [2], [2]]], 0.21, [0.09, 0.7], id="two may gain nothing"),
    ],
)
def test_chances_by_hand(skills: list[Rows], of_nothing: float, of_skills: list[float]) -> None:
    found = find_chances(make_outcomes(skills))

    assert found.of_nothing == pytest.approx(of_nothing)
    assert list(found.of_skills.values()) == pytest.approx(of_skills)


def test_a_skill_that_cannot_gain_leaves_nothing_exactly_as_it_was() -> None:
    gaining = make_outcome("go", [[1, 2], [-1, 3], [-2, 1]])
    losing = make_outcome("java", [[-1, 0], [-3, 0], [-2, -1]])

    alone, together = find_chances([gaining]), find_chances([gaining, losing])

    assert together == Chances(of_skills={**alone.of_skills, "java": 0.0}, of_nothing=alone.of_nothing)
