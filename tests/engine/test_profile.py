"""A profile that exists is valid."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from calculator.engine.edition import EvidenceChoice
from calculator.engine.profile import (
    EXPERIENCE_YEARS,
    HOUR_VALUE,
    INPUTS,
    MAX_SKILLS,
    NUMBERS,
    STUDY_HOURS,
    WEEKLY_HOURS,
    ChoiceSpec,
    InputSpec,
    PayLevel,
    Profile,
)
from tests.engine.factories import make_profile


def test_the_defaults_of_a_profile() -> None:
    profile = Profile(pay=115_000, location="us-austin-tx")

    assert (profile.skills, profile.held, profile.study_hours) == (None, (), ())
    assert (profile.experience_years, profile.hour_value) == (None, None)
    assert (profile.weekly_hours, profile.horizon_years, profile.odds_percent) == (6, 3, 50)
    assert profile.evidence is EvidenceChoice.MEASURED


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"pay": 0.01}, id="little pay"),
        pytest.param({"pay": PayLevel.P75}, id="pay level"),
        pytest.param({"skills": tuple("abcdefghij")}, id="ten skills"),
        pytest.param({"skills": None}, id="all skills"),
        pytest.param({"skills": ("a", "b"), "held": ("c", "d")}, id="held skills"),
        pytest.param({"skills": ("a", "b"), "held": ("b",)}, id="a skill that is chosen and held"),
        pytest.param({"experience_years": 0, "hour_value": 0.0}, id="no experience, an hour worth nothing"),
        pytest.param({"experience_years": 50, "hour_value": 12.75}, id="much experience, a dear hour"),
        pytest.param({"skills": None, "study_hours": (("a", 1),)}, id="own study hours of any skill"),
        pytest.param({"weekly_hours": 40, "horizon_years": 10, "odds_percent": 100}, id="the most of all"),
        pytest.param({"weekly_hours": 1, "horizon_years": 1, "odds_percent": 10}, id="the least of all"),
        pytest.param({"skills": ("a", "b"), "study_hours": (("a", 1), ("b", 5000))}, id="own study hours"),
    ],
)
def test_a_valid_profile_is_accepted(given: dict[str, Any]) -> None:
    profile = make_profile(**given)

    assert {name: getattr(profile, name) for name in given} == given


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"pay": 0}, "pay must be above zero", id="no pay"),
        pytest.param({"pay": -1.0}, "pay must be above zero", id="negative pay"),
        pytest.param({"pay": math.inf}, "pay must be above zero", id="infinite pay"),
        pytest.param({"pay": math.nan}, "pay must be above zero", id="pay is not a number"),
        pytest.param({"skills": ()}, f"choose 1 to {MAX_SKILLS} skills, not 0", id="no skill"),
        pytest.param({"skills": tuple("abcdefghijk")}, f"choose 1 to {MAX_SKILLS} skills, not 11", id="eleven skills"),
        pytest.param({"skills": ("b", "a")}, "sorted and unique", id="skills not sorted"),
        pytest.param({"skills": ("a", "a")}, "sorted and unique", id="a skill twice"),
        pytest.param({"held": ("d", "c")}, "sorted and unique", id="held not sorted"),
        pytest.param({"held": ("c", "c")}, "sorted and unique", id="held twice"),
        pytest.param({"skills": ("a",), "study_hours": (("a", 1), ("a", 2))}, "sorted and unique", id="hours twice"),
        pytest.param({"skills": ("a",), "study_hours": (("b", 10),)}, "about chosen skills", id="hours of another"),
        pytest.param({"skills": ("a",), "study_hours": (("a", 0),)}, "study hours of a", id="no study hours"),
        pytest.param({"skills": ("a",), "study_hours": (("a", 5001),)}, "study hours of a", id="too many study hours"),
        pytest.param({"weekly_hours": 0}, "weekly hours must be a whole number from 1 to 40", id="no hours"),
        pytest.param({"weekly_hours": 41}, "weekly hours must be a whole number from 1 to 40", id="too many hours"),
        pytest.param({"weekly_hours": 6.5}, "weekly hours must be a whole number", id="half an hour"),
        pytest.param({"horizon_years": 0}, "horizon years must be a whole number from 1 to 10", id="no horizon"),
        pytest.param({"horizon_years": 11}, "horizon years must be a whole number from 1 to 10", id="horizon too far"),
        pytest.param({"odds_percent": 9}, "odds percent must be a whole number from 10 to 100", id="odds too low"),
        pytest.param({"odds_percent": 101}, "odds percent must be a whole number from 10 to 100", id="odds too high"),
        pytest.param({"experience_years": -1}, "experience years must be a whole number from 0 to 50", id="in future"),
        pytest.param({"experience_years": 51}, "experience years must be a whole number", id="too much experience"),
        pytest.param({"hour_value": -0.01}, "hour value must be a number from 0 to 1000000000", id="an hour costs"),
        pytest.param({"hour_value": math.inf}, "hour value must be a number", id="an endless hour"),
        pytest.param({"hour_value": math.nan}, "hour value must be a number", id="an hour is not a number"),
        pytest.param({"odds_percent": math.nan}, "odds percent must be a whole number", id="odds are not a number"),
    ],
)
def test_an_invalid_profile_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_profile(**given)


def test_pay_levels_know_their_shares() -> None:
    assert [level.share for level in PayLevel] == [0.1, 0.25, 0.5, 0.75, 0.9]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"pay": 0}, "pay must be above zero", id="pay"),
        pytest.param({"skills": ()}, "choose 1 to 10 skills, not 0", id="skills"),
        pytest.param({"held": ("d", "c")}, "slugs must be sorted and unique: ('d', 'c')", id="order"),
        pytest.param({"study_hours": (("zig", 1),)}, "study hours must be about chosen skills", id="study"),
        pytest.param(
            {"skills": ("a",), "study_hours": (("a", 0),)},
            "study hours of a must be a whole number from 1 to 5000, not 0",
            id="range",
        ),
    ],
)
def test_what_is_wrong_with_a_profile_is_named(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make_profile(**given)


def test_each_input_of_a_profile_is_specified_once() -> None:
    names = [spec.name for spec in INPUTS]
    profile = make_profile()

    assert names == ["hours", "years", "odds", "experience", "hour", "evidence"]
    assert {spec.name: getattr(profile, spec.attribute) for spec in INPUTS} == {
        spec.name: spec.default for spec in INPUTS
    }
    assert all(spec.accepts(value) for spec in NUMBERS for value in spec.flip_values)
    assert all(spec.accepts(spec.default) for spec in INPUTS if spec.default is not None)


def test_a_choice_accepts_its_options_alone() -> None:
    spec = ChoiceSpec(name="remote", attribute="is_remote", options={"0": False, "1": True})

    assert spec.default is False
    assert [spec.find_word(value) for value in (False, True)] == ["0", "1"]
    assert [spec.accepts(value) for value in (False, True, "1", None)] == [True, True, False, False]
    with pytest.raises(ValueError, match="evidence must be one of measured, all, headline, not rumours"):
        make_profile(evidence="rumours")


@pytest.mark.parametrize(
    ("spec", "value", "accepts"),
    [
        pytest.param(WEEKLY_HOURS, 1, True, id="the least"),
        pytest.param(WEEKLY_HOURS, 40, True, id="the most"),
        pytest.param(WEEKLY_HOURS, 6.5, False, id="not whole"),
        pytest.param(HOUR_VALUE, 6.5, True, id="need not be whole"),
        pytest.param(EXPERIENCE_YEARS, 51, False, id="too much"),
        pytest.param(STUDY_HOURS, 0, False, id="too little"),
    ],
)
def test_an_input_accepts_its_range(spec: InputSpec, value: float, accepts: bool) -> None:
    assert spec.accepts(value) is accepts
