"""The first skill of all, and the nearest way out of staying put: the same as whole verdicts give."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from calculator.engine import assess, assessment
from calculator.engine.edition import Edition
from calculator.engine.first_of_all import FirstOfAll, find_first_of_all
from calculator.engine.flips import Flip, FlipKind, find_way_out
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import StayPutReason
from tests import oracle
from tests.engine.catalogue import FOLDER
from tests.engine.factories import make_profile
from tests.engine.test_oracle import AUSTIN, profile_of, random_answers
from tests.fuzz.extent import seeds

FOUR = ("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design")


@pytest.mark.parametrize("seed", seeds(4))
def test_first_of_all_is_the_first_of_a_verdict_about_all_skills(catalogue: Edition, seed: int) -> None:
    chooser = random.Random(seed)

    for _ in range(40):
        profile = profile_of(random_answers(catalogue, chooser))
        verdict = assess(replace(profile, skills=None), catalogue)

        found = find_first_of_all(profile, catalogue)
        assert (found and found.slug) == verdict.first
        if found is not None:
            outlook = verdict.outlook(found.slug)
            assert outlook.gain is not None
            assert found == FirstOfAll(
                slug=found.slug,
                annual_uplift=outlook.gain.uplift.expected,
                net_gain=outlook.gain.net_gain,
                study_months=outlook.study.months,
            )


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(AUSTIN | {"skill": list(FOUR)}, id="four skills"),
        pytest.param(AUSTIN | {"skill": ["rust"], "have": ["docker"], "hours": 2}, id="held"),
        pytest.param({"pay": "p10", "location": "in", "skill": ["go"], "years": 1, "hours": 1}, id="little time"),
        pytest.param({"salary": 9e5, "location": "al", "skill": ["go"]}, id="no market"),
    ],
)
def test_first_of_all_agrees_with_the_oracle(catalogue: Edition, answers: dict[str, object]) -> None:
    expected = oracle.verdict(oracle.DEFAULTS | answers | {"skill": None}, FOLDER)

    found = assessment(profile_of(oracle.DEFAULTS | answers), catalogue).first_of_all()

    assert (found and found.slug) == expected["first"]


def test_first_of_all_is_in_time(catalogue: Edition) -> None:
    profile = Profile(pay=115_000.0, location="us-austin-tx", skills=("rust",), horizon_years=2, weekly_hours=3)
    verdict = assess(replace(profile, skills=None), catalogue)

    found = find_first_of_all(profile, catalogue)

    assert verdict.first is not None
    assert (found and found.slug) == verdict.first
    assert not all(outlook.is_in_time for outlook in verdict.outlooks)


def test_nothing_is_first_where_it_is_likelier_that_nothing_gains(catalogue: Edition) -> None:
    only_java = replace(catalogue, skills={"java": replace(catalogue.skills["java"], requires=())})
    profile = Profile(
        pay=PayLevel.P10,
        location="ua",
        skills=("java",),
        weekly_hours=1,
        horizon_years=5,
        odds_percent=80,
        hour_value=0.0,
    )

    assert assess(profile, only_java).stay_put_reason is StayPutReason.NOTHING_LIKELIER
    assert find_first_of_all(profile, only_java) is None


def test_way_out_is_the_nearest_longer_horizon_that_gives_a_first_skill(catalogue: Edition) -> None:
    profile = Profile(pay=115_000.0, location="us-austin-tx", skills=FOUR, horizon_years=1)

    found = assessment(profile, catalogue).way_out()

    assert found == Flip(kind=FlipKind.YEARS, first="kubernetes", value=2)
    assert assess(found.changed(profile), catalogue).first == "kubernetes"


def test_way_out_tries_hours_after_years_and_few_of_each() -> None:
    profile = make_profile("go", horizon_years=2, weekly_hours=4)
    tried: list[tuple[int, int]] = []

    def find_first(other: Profile) -> str | None:
        tried.append((other.horizon_years, other.weekly_hours))
        return "go" if other.weekly_hours == 10 else None

    assert find_way_out(profile, find_first) == Flip(kind=FlipKind.HOURS, first="go", value=10)
    assert tried == [(3, 4), (4, 4), (2, 6), (2, 10)]
    assert find_way_out(make_profile("go", horizon_years=10, weekly_hours=40), find_first) is None


def test_without_a_market_there_is_no_way_out(catalogue: Edition) -> None:
    profile = Profile(pay=PayLevel.P50, location="al", skills=("go",))

    assert assessment(profile, catalogue).way_out() is None
    assert assessment(profile, catalogue).first_of_all() is None
