"""What would change the answer, against asking the model about every value."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from calculator.engine import assess, flips
from calculator.engine.edition import Edition, EvidenceChoice, Grade
from calculator.engine.flips import (
    Flip,
    FlipKind,
    StudyEstimate,
    find_flips,
    nearest_first,
    with_study_hours,
)
from calculator.engine.profile import (
    EXPERIENCE_YEARS,
    HORIZON_YEARS,
    HOUR_VALUE,
    ODDS_PERCENT,
    WEEKLY_HOURS,
    InputSpec,
    Profile,
)
from tests import oracle
from tests.engine.catalogue import FOLDER
from tests.engine.factories import make_edition, make_evidence, make_profile, make_skill
from tests.engine.test_oracle import profile_of, random_answers
from tests.fuzz.extent import seeds

PROFILES_A_SEED = 12


@pytest.mark.parametrize(
    ("spec", "own", "values"),
    [
        pytest.param(WEEKLY_HOURS, 6, [4, 2, 10, 20, 40], id="of two as near the lower"),
        pytest.param(WEEKLY_HOURS, 3, [2, 4, 6, 10, 20, 40], id="a value that is not tried itself"),
        pytest.param(HORIZON_YEARS, 3, [2, 4, 1, 5, 10], id="years"),
        pytest.param(ODDS_PERCENT, 50, [20, 80], id="odds"),
        pytest.param(EXPERIENCE_YEARS, None, [2, 7, 15], id="no experience given"),
        pytest.param(EXPERIENCE_YEARS, 11, [7, 15, 2, None], id="not given comes last"),
        pytest.param(HOUR_VALUE, None, [0], id="hour not given"),
        pytest.param(HOUR_VALUE, 12.5, [0], id="hour given"),
        pytest.param(HOUR_VALUE, 0, [], id="an hour worth nothing already"),
    ],
)
def test_values_are_tried_nearest_first(spec: InputSpec, own: float | None, values: list[int | None]) -> None:
    assert nearest_first(spec, own) == values


@pytest.mark.parametrize(
    ("flip", "changed"),
    [
        pytest.param(Flip(kind=FlipKind.HOURS, first=None, value=2), {"weekly_hours": 2}, id="hours"),
        pytest.param(Flip(kind=FlipKind.YEARS, first=None, value=1), {"horizon_years": 1}, id="years"),
        pytest.param(Flip(kind=FlipKind.ODDS, first=None, value=20), {"odds_percent": 20}, id="odds"),
        pytest.param(Flip(kind=FlipKind.EXPERIENCE, first=None, value=7), {"experience_years": 7}, id="experience"),
        pytest.param(
            Flip(kind=FlipKind.EXPERIENCE, first=None, value=None), {"experience_years": None}, id="no experience"
        ),
        pytest.param(Flip(kind=FlipKind.HOUR, first=None, value=0), {"hour_value": 0}, id="hour"),
        pytest.param(
            Flip(kind=FlipKind.EVIDENCE, first=None, choice=EvidenceChoice.ALL),
            {"evidence": EvidenceChoice.ALL},
            id="evidence",
        ),
        pytest.param(
            Flip(kind=FlipKind.STUDY, first=None, value=9, skill="go"),
            {"study_hours": (("go", 9), ("rust", 5))},
            id="study hours",
        ),
    ],
)
def test_a_flip_changes_one_answer(flip: Flip, changed: dict[str, Any]) -> None:
    profile = make_profile("go", "rust", experience_years=3, hour_value=2.5, study_hours=(("rust", 5),))

    assert flip.changed(profile) == replace(profile, **changed)


@pytest.mark.parametrize(
    ("estimate", "tried"),
    [
        pytest.param(StudyEstimate(skill="go", now=120, low=60, high=240), [60, 240], id="the nearer first"),
        pytest.param(StudyEstimate(skill="go", now=150, low=60, high=240), [60, 240], id="as near: the lower first"),
        pytest.param(StudyEstimate(skill="go", now=200, low=60, high=240), [240, 60], id="the high one is nearer"),
        pytest.param(StudyEstimate(skill="go", now=60, low=60, high=60), [60], id="one estimate"),
        pytest.param(StudyEstimate(skill="go", now=60, low=0, high=9_000), [], id="hours that may not be given"),
    ],
)
def test_study_hours_are_tried_at_both_estimates(estimate: StudyEstimate, tried: list[int]) -> None:
    asked = []

    def find_first(profile: Profile) -> str | None:
        if profile.study_hours:
            asked.append(dict(profile.study_hours)["go"])
        return "go"

    assert find_flips(make_profile("go"), "go", find_first, [], [estimate]) == ()
    assert asked == tried


def test_own_study_hours_are_replaced() -> None:
    profile = make_profile("go", "rust", study_hours=(("go", 1), ("rust", 2)))

    assert with_study_hours(profile, "go", 7).study_hours == (("go", 7), ("rust", 2))


def test_the_nearest_flip_of_each_answer_is_reported_in_order(catalogue: Edition) -> None:
    profile = Profile(
        pay=115_000.0,
        location="us-austin-tx",
        skills=("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"),
    )

    found = flips(profile, catalogue)

    kinds = [flip.kind for flip in found]
    assert kinds == sorted(kinds, key=list(FlipKind).index)
    assert Flip(kind=FlipKind.YEARS, value=1, first=None) in found
    assert [flip for flip in found if flip.kind is FlipKind.STUDY] == [
        Flip(kind=FlipKind.STUDY, skill="kubernetes", value=220, first="cloud-architecture"),
        Flip(kind=FlipKind.STUDY, skill="cloud-architecture", value=90, first="cloud-architecture"),
    ]


@pytest.mark.parametrize("seed", seeds(2))
def test_flips_agree_with_asking_about_every_value(catalogue: Edition, seed: int) -> None:
    chooser = random.Random(seed)

    for _ in range(PROFILES_A_SEED):
        profile = profile_of(random_answers(catalogue, chooser))
        verdict = assess(profile, catalogue)

        expected = ask_about_every_value(profile, catalogue) if verdict.chance_nothing is not None else []
        assert list(flips(profile, catalogue)) == expected, profile


def ask_about_every_value(profile: Profile, edition: Edition) -> list[Flip]:
    """The nearest value of each answer under which a whole verdict names another first skill."""
    verdict = assess(profile, edition)
    close = [slug for slug in [verdict.first, *(rival.slug for rival in verdict.rivals)] if slug]
    own_hours = dict(profile.study_hours)
    tries: list[list[Flip]] = [
        near(FlipKind.HOURS, [2, 4, 6, 10, 20, 40], profile.weekly_hours),
        near(FlipKind.YEARS, [1, 2, 3, 4, 5, 10], profile.horizon_years),
        near(FlipKind.ODDS, [20, 50, 80], profile.odds_percent),
        [
            Flip(kind=FlipKind.EVIDENCE, first=None, choice=choice)
            for choice in EvidenceChoice
            if assess(replace(profile, evidence=choice), edition).rating != "not-enough-data"
        ],
        [
            *near(FlipKind.EXPERIENCE, [2, 7, 15], profile.experience_years or 0),
            Flip(kind=FlipKind.EXPERIENCE, first=None, value=None),
        ],
        [Flip(kind=FlipKind.HOUR, first=None, value=0)],
    ]
    for slug in close:
        skill = edition.skills[slug]
        estimates = [int(skill.hours_low), int(skill.hours_high)]
        tries.append(near(FlipKind.STUDY, estimates, own_hours.get(slug, int(skill.hours_mid)), slug))
    found = []
    for values in tries:
        for flip in values:
            first = assess(flip.changed(profile), edition).first
            if first != verdict.first:
                found.append(replace(flip, first=first))
                break
    return found


def near(kind: FlipKind, values: list[int], own: int, skill: str = "") -> list[Flip]:
    falling = sorted(values, key=lambda value: (abs(value - own), value))
    return [Flip(kind=kind, first=None, value=value, skill=skill) for value in falling]


def test_flips_are_what_the_oracle_says_of_the_changed_answers(catalogue: Edition) -> None:
    answers = oracle.DEFAULTS | {"salary": 52_000.0, "location": "de", "experience": 3}

    found = flips(profile_of(answers), catalogue)

    assert found
    for flip in found:
        names = {FlipKind.STUDY: "study", FlipKind.EVIDENCE: "evidence"}
        value: Any = flip.value if flip.kind is not FlipKind.EVIDENCE else flip.choice and flip.choice.value
        name = names.get(flip.kind, flip.kind.value)
        changed = answers | {name: {flip.skill: value} if flip.skill else value}
        assert oracle.verdict(changed, FOLDER)["first"] == flip.first, flip


def test_a_choice_under_which_nothing_is_known_is_no_flip() -> None:
    edition = make_edition(skills=[make_skill("go")], evidence=[make_evidence("go", grade=Grade.B)])

    kinds = {flip.choice for flip in flips(make_profile("go"), edition) if flip.kind is FlipKind.EVIDENCE}

    assert kinds == set()


def test_headlines_that_turn_the_answer_are_a_flip() -> None:
    evidence = [
        make_evidence("go", low=0.05, mid=0.06, high=0.07),
        make_evidence("rust", source="advert", low=0.5, mid=0.6, high=0.7, grade=Grade.D),
    ]
    edition = make_edition(skills=[make_skill("go"), make_skill("rust")], evidence=evidence)

    found = [flip for flip in flips(make_profile("go", "rust"), edition) if flip.kind is FlipKind.EVIDENCE]

    assert [(flip.choice, flip.first) for flip in found] == [(EvidenceChoice.ALL, "rust")]


@pytest.mark.parametrize(
    "profile",
    [
        pytest.param(make_profile("application-security", location="us"), id="no evidence"),
        pytest.param(make_profile("kafka", location="ad"), id="no market"),
    ],
)
def test_nothing_flips_where_there_is_too_little_data(catalogue: Edition, profile: Profile) -> None:
    assert flips(profile, catalogue) == ()
