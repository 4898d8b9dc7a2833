"""Whole verdicts: real profiles for each rating, and small made-up editions worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from calculator.engine import MODELS, NEWEST_MODEL, assess, has_model
from calculator.engine.edition import WORLDWIDE, Edition, EvidenceChoice, Grade, Pool, Skill
from calculator.engine.path import Path
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import LEARNING_NOTHING, Headline, Outlook, Rating, Verdict
from tests.engine.factories import (
    make_edition,
    make_evidence,
    make_flat_pool,
    make_place,
    make_pool,
    make_profile,
    make_rate,
    make_skill,
)

FOUR = ("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design")


def make_austin_profile(*skills: str, **given: Any) -> Profile:
    return make_profile(*skills, **{"pay": 115_000.0, "location": "us-austin-tx"} | given)


def make_pools(**pools: Pool) -> dict[tuple[str, EvidenceChoice, str], Pool]:
    """Worldwide measured premiums."""
    return {(slug, EvidenceChoice.MEASURED, WORLDWIDE): pool for slug, pool in pools.items()}


def make_flat_edition(*skills: Skill, **betas: float) -> Edition:
    """An edition whose premiums have no spread; skills not given are ordinary ones."""
    given = {skill.slug for skill in skills}
    others = [make_skill(slug) for slug in betas if slug not in given]
    pools = make_pools(**{slug: make_flat_pool(beta) for slug, beta in betas.items()})
    return make_edition(skills=[*skills, *others], pools=pools)


def only_outlook(verdict: Verdict) -> Outlook:
    (outlook,) = verdict.outlooks
    return outlook


# The rating


@pytest.mark.parametrize(
    ("profile", "rating", "best_bet"),
    [
        pytest.param(make_austin_profile("kubernetes", "python"), Rating.FIRM, "kubernetes", id="firm"),
        pytest.param(make_austin_profile("kafka", "redis"), Rating.LEAN, "kafka", id="lean"),
        pytest.param(make_austin_profile(*FOUR), Rating.TOSS_UP, "kubernetes", id="toss-up"),
        pytest.param(make_austin_profile("kafka", weekly_hours=1, horizon_years=1), Rating.STAY_PUT, None, id="late"),
        pytest.param(make_austin_profile("docker", pay=300_000.0), Rating.STAY_PUT, None, id="stay put"),
        pytest.param(make_austin_profile("application-security"), Rating.NOT_ENOUGH_DATA, None, id="no evidence"),
        pytest.param(make_austin_profile("kafka", location="ad"), Rating.NOT_ENOUGH_DATA, None, id="no market"),
    ],
)
def test_real_profiles_get_each_rating(
    catalogue: Edition, profile: Profile, rating: Rating, best_bet: str | None
) -> None:
    verdict = assess(profile, catalogue)

    assert (verdict.rating, verdict.best_bet) == (rating, best_bet)
    assert (verdict.edition, verdict.model, verdict.profile) == (1, NEWEST_MODEL, profile)


@pytest.mark.parametrize(
    ("chance", "rating"),
    [
        pytest.param(0.8, Rating.FIRM, id="above 0.75"),
        pytest.param(0.75, Rating.FIRM, id="0.75 is firm"),
        pytest.param(0.7, Rating.LEAN, id="below 0.75"),
        pytest.param(0.6, Rating.LEAN, id="0.6 is lean"),
        pytest.param(0.55, Rating.TOSS_UP, id="below 0.6"),
    ],
)
def test_the_rating_follows_the_chance_against_the_closest_rival(chance: float, rating: Rating) -> None:
    above = round(chance * 20)
    points = [*[-0.001] * (20 - above), *[0.05] * above]
    pools = make_pools(go=make_pool(low=-0.001, high=0.05, points=points))

    verdict = assess(make_profile("go"), make_edition(skills=[make_skill("go")], pools=pools))

    assert verdict.confidence == pytest.approx(chance)
    assert verdict.rating is rating
    assert [rival.slug for rival in verdict.rivals] == [LEARNING_NOTHING]


def test_rivals_stand_closest_first_and_learning_nothing_is_one() -> None:
    edition = make_edition(
        skills=[make_skill(slug) for slug in ("go", "java", "rust")],
        pools=make_pools(
            go=make_pool(low=0.01, high=0.08, points=(0.01, 0.04, 0.08, 0.09)),
            java=make_flat_pool(0.05),
            rust=make_flat_pool(0.02),
        ),
    )

    verdict = assess(make_profile("go", "java", "rust"), edition)

    assert verdict.best_bet == "go"
    assert [(rival.slug, rival.chance) for rival in verdict.rivals] == [("java", 0.5), ("rust", 0.75), ("", 1.0)]
    assert verdict.confidence == 0.5
    assert {outlook.slug: outlook.gain.chance_against_best for outlook in verdict.outlooks if outlook.gain} == {
        "go": 0.5,
        "java": 0.5,
        "rust": 0.25,
    }


def test_the_safest_bet_is_the_one_most_often_above_zero() -> None:
    edition = make_edition(
        skills=[make_skill(slug) for slug in ("go", "java", "rust")],
        pools=make_pools(
            go=make_pool(low=-0.01, high=0.1, points=[-0.01] * 20 + [0.1] * 20),
            java=make_flat_pool(0.01),
            rust=make_flat_pool(0.02),
        ),
    )

    verdict = assess(make_profile("go", "java", "rust"), edition)

    assert (verdict.best_bet, verdict.safest_bet) == ("go", "rust"), "of two that never lose the one that gains more"


def test_equal_skills_go_by_slug() -> None:
    verdict = assess(make_profile("go", "rust"), make_flat_edition(go=0.05, rust=0.05))

    assert (verdict.best_bet, verdict.safest_bet) == ("go", "go")
    assert [outlook.slug for outlook in verdict.outlooks] == ["go", "rust"]
    assert verdict.confidence == 0.5


def test_stay_put_names_no_bet_and_compares_with_learning_nothing() -> None:
    verdict = assess(make_profile("go"), make_flat_edition(go=-0.02))

    gain = only_outlook(verdict).gain
    assert (verdict.rating, verdict.best_bet, verdict.safest_bet) == (Rating.STAY_PUT, None, None)
    assert (verdict.confidence, verdict.rivals) == (None, ())
    assert gain is not None
    assert (gain.chance_above_zero, gain.chance_against_best, gain.break_even_month) == (0.0, 0.0, None)
    assert verdict.path == Path(steps=(), net_gain=0.0, left_out=("go",))


# Money


def test_one_skill_by_hand() -> None:
    edition = make_flat_edition(make_skill("kubernetes", hours_mid=130.0, exam_cost_usd=395.0), kubernetes=0.04)

    outlook = only_outlook(assess(make_profile("kubernetes"), edition))

    annual = 100_000 * math.expm1(0.04)
    years = (math.exp(-0.03 * 8 / 12) - math.exp(-0.03 * 3)) / 0.03
    assert outlook.premium is not None
    assert outlook.premium.expected == pytest.approx(math.expm1(0.04))
    assert outlook.study.months == pytest.approx(5)
    assert outlook.study.first_pay_month == pytest.approx(8)
    assert outlook.gain is not None
    assert outlook.gain.stack_ratio == 1
    assert outlook.gain.uplift.expected == pytest.approx(annual)
    assert outlook.gain.net_gain == pytest.approx(0.5 * annual * years - 395)
    assert outlook.gain.net_gain_low == pytest.approx(outlook.gain.net_gain)
    assert outlook.gain.net_gain_per_hour == pytest.approx(outlook.gain.net_gain / 130)


def test_the_exam_is_turned_into_the_markets_currency() -> None:
    edition = make_edition(
        skills=[make_skill("go", exam_cost_usd=100.0)],
        pools=make_pools(go=make_flat_pool(0.05)),
        places=[make_place(currency="EUR")],
        rates=[make_rate("EUR", 0.9)],
    )

    verdict = assess(make_profile("go"), edition)

    assert only_outlook(verdict).study.exam_cost == pytest.approx(90)
    assert verdict.sources == ("pay-survey", "rate-eur")


def test_an_exam_in_dollars_needs_no_exchange_rate() -> None:
    edition = make_edition(skills=[make_skill("go", exam_cost_usd=100.0)], pools=make_pools(go=make_flat_pool(0.05)))

    verdict = assess(make_profile("go"), edition)

    assert only_outlook(verdict).study.exam_cost == 100
    assert verdict.sources == ("pay-survey",)


def test_a_skill_without_an_exam_needs_no_exchange_rate() -> None:
    edition = make_edition(
        skills=[make_skill("go")], pools=make_pools(go=make_flat_pool(0.05)), places=[make_place(currency="XYZ")]
    )

    verdict = assess(make_profile("go"), edition)

    assert only_outlook(verdict).study.exam_cost == 0
    assert verdict.sources == ("pay-survey",)


def test_learning_adds_no_more_than_a_quarter() -> None:
    verdict = assess(make_profile("go", "java"), make_flat_edition(go=0.3, java=0.2))

    assert [step.annual_uplift for step in verdict.path.steps] == pytest.approx([25_000])
    assert verdict.path.left_out == ("java",)


def test_headlines_are_taken_at_their_word() -> None:
    evidence = [
        make_evidence("go", low=0.2, mid=0.3, high=0.4, grade=Grade.D),
        make_evidence("go", low=0.3, mid=0.4, high=0.5, grade=Grade.D, source="other"),
        make_evidence("go", low=0.9, mid=1.0, high=1.1, grade=Grade.D, source="abroad", region="south-asia"),
    ]
    edition = make_edition(skills=[make_skill("go")], evidence=evidence)

    verdict = assess(make_profile("go", pay=200_000.0, evidence=EvidenceChoice.HEADLINE), edition)

    outlook = only_outlook(verdict)
    assert outlook.headline == Headline(low_share=0.2, high_share=0.5, low=40_000.0, high=100_000.0)
    assert outlook.grade is Grade.D
    assert outlook.gain is not None
    assert outlook.gain.uplift.expected > 0.3 * 170_000, "neither pulled to the prior nor capped at a quarter"
    assert [part.share for part in outlook.contributions] == [0.5, 0.5]


def test_a_headline_stands_beside_measured_evidence_without_counting() -> None:
    evidence = [make_evidence("go"), make_evidence("go", source="advert", high=0.5, grade=Grade.D)]

    verdict = assess(make_profile("go"), make_edition(skills=[make_skill("go")], evidence=evidence))

    outlook = only_outlook(verdict)
    assert outlook.headline == Headline(low_share=0.02, high_share=0.5, low=2_000.0, high=50_000.0)
    assert [part.evidence.source for part in outlook.contributions] == ["study"]
    assert outlook.grade is Grade.B
    assert verdict.sources == ("advert", "pay-survey", "study")


def test_the_tilt_moves_the_premium_with_the_pay() -> None:
    edition = make_flat_edition(make_skill("go", tilt=0.03), go=0.05)

    shifts = {
        level: only_outlook(assess(make_profile("go", pay=level), edition)).tilt_shift
        for level in (PayLevel.P10, PayLevel.P50, PayLevel.P90)
    }

    assert shifts == {PayLevel.P10: pytest.approx(-0.024), PayLevel.P50: 0.0, PayLevel.P90: pytest.approx(0.024)}


# Held skills and prerequisites


def test_held_skills_make_a_new_one_weigh_less() -> None:
    edition = make_flat_edition(go=0.02, java=0.05, rust=0.04, scala=0.03)

    verdict = assess(make_profile("go", held=("java", "rust", "scala")), edition)

    gain = only_outlook(verdict).gain
    assert gain is not None
    assert gain.stack_ratio == pytest.approx(0.6)
    assert gain.uplift.expected == pytest.approx(100_000 * math.expm1(0.6 * 0.02))


def test_sources_of_held_skills_are_named() -> None:
    evidence = [make_evidence("go"), make_evidence("rust", source="held-study")]
    edition = make_edition(skills=[make_skill("go"), make_skill("rust")], evidence=evidence)

    assert assess(make_profile("go", held=("rust",)), edition).sources == ("held-study", "pay-survey", "study")


def test_a_held_skill_without_evidence_changes_nothing() -> None:
    edition = make_flat_edition(make_skill("rust"), go=0.05)

    with_it, without = (assess(make_profile("go", held=held), edition) for held in (("rust",), ()))

    assert replace(with_it, profile=without.profile) == without


CHAIN = (
    make_skill("docker", hours_mid=30.0, exam_cost_usd=10.0),
    make_skill("kubernetes", hours_mid=130.0, exam_cost_usd=395.0, requires=("docker",)),
    make_skill("operators", hours_mid=50.0, requires=("kubernetes",)),
)


@pytest.mark.parametrize(
    ("chosen", "held", "added", "assumed", "hours", "exam"),
    [
        pytest.param(("kubernetes",), (), (), ("docker",), 130, 395, id="neither chosen nor held: assumed"),
        pytest.param(("kubernetes",), ("docker",), (), (), 130, 395, id="held"),
        pytest.param(("docker", "kubernetes"), (), ("docker",), (), 160, 405, id="chosen: added"),
        pytest.param(
            ("docker", "kubernetes", "operators"), (), ("docker", "kubernetes"), (), 210, 405, id="a chain, all chosen"
        ),
        pytest.param(("docker", "operators"), (), (), ("kubernetes",), 50, 0, id="the middle of the chain is assumed"),
        pytest.param(
            ("kubernetes", "operators"), (), ("kubernetes",), ("docker",), 180, 395, id="its start is assumed"
        ),
    ],
)
def test_prerequisites_are_added_assumed_or_held(
    chosen: tuple[str, ...],
    held: tuple[str, ...],
    added: tuple[str, ...],
    assumed: tuple[str, ...],
    hours: float,
    exam: float,
) -> None:
    edition = make_flat_edition(*CHAIN, docker=0.01, kubernetes=0.05, operators=0.05)

    study = assess(make_profile(*chosen, held=held), edition).outlook(chosen[-1]).study

    assert (study.added, study.assumed) == (added, assumed)
    assert (study.hours, study.exam_cost) == (hours, exam)


def test_two_ways_to_one_prerequisite_count_it_once() -> None:
    skills = [
        make_skill("base"),
        make_skill("left", requires=("base",)),
        make_skill("right", requires=("base",)),
        make_skill("top", requires=("left", "right")),
    ]
    edition = make_flat_edition(*skills, top=0.05)

    study = assess(make_profile("base", "left", "right", "top"), edition).outlook("top").study

    assert study.added == ("base", "left", "right")
    assert study.hours == 4 * 120


def test_own_study_hours_replace_the_editions() -> None:
    edition = make_flat_edition(*CHAIN, docker=0.01, kubernetes=0.05)
    profile = make_profile("docker", "kubernetes", study_hours=(("docker", 10), ("kubernetes", 40)))

    verdict = assess(profile, edition)

    assert {outlook.slug: (outlook.study.own_hours, outlook.study.hours) for outlook in verdict.outlooks} == {
        "docker": (10, 10),
        "kubernetes": (40, 50),
    }
    assert verdict.path.steps[-1].done_month == pytest.approx(50 / 26)


# Too little data


def test_without_a_market_premiums_are_told_but_no_money() -> None:
    evidence = [make_evidence("go"), make_evidence("java", mid=0.06), make_evidence("java", grade=Grade.D, source="ad")]
    edition = make_edition(
        skills=[make_skill("go", tilt=0.03), make_skill("java", exam_cost_usd=100.0), make_skill("rust")],
        evidence=evidence,
        places=[make_place(quantiles={})],
    )

    verdict = assess(make_profile("go", "java", "rust"), edition)

    assert (verdict.rating, verdict.market) == (Rating.NOT_ENOUGH_DATA, None)
    assert (verdict.confidence, verdict.best_bet, verdict.safest_bet, verdict.rivals) == (None, None, None, ())
    assert [outlook.slug for outlook in verdict.outlooks] == ["java", "go", "rust"], "by premium, without evidence last"
    assert [outlook.premium is None for outlook in verdict.outlooks] == [False, False, True]
    assert {(outlook.gain, outlook.study.exam_cost, outlook.tilt_shift) for outlook in verdict.outlooks} == {
        (None, None, 0.0)
    }
    assert verdict.outlook("java").headline == Headline(low_share=0.02, high_share=0.08, low=None, high=None)
    assert verdict.path == verdict.worst_path == Path(steps=(), net_gain=0.0, left_out=("go", "java", "rust"))
    assert verdict.sources == ("ad", "study")


def test_a_skill_without_evidence_is_listed_last_and_left_out() -> None:
    edition = make_flat_edition(make_skill("angular"), go=-0.05)

    verdict = assess(make_profile("angular", "go"), edition)

    last = verdict.outlooks[-1]
    assert last.slug == "angular"
    assert (last.grade, last.premium, last.headline, last.gain, last.contributions) == (None, None, None, None, ())
    assert last.study.hours == 120
    assert verdict.path.left_out == ("angular", "go")


def test_the_source_of_a_borrowed_spread_is_named() -> None:
    places = [
        make_place("country", source="country-survey"),
        make_place("town", parent="country", quantiles={0.5: 90_000.0}, source="town-survey"),
    ]
    edition = make_edition(skills=[make_skill("go")], pools=make_pools(go=make_flat_pool(0.05)), places=places)

    assert assess(make_profile("go"), edition).sources == ("country-survey", "town-survey")


# Mistakes in code


@pytest.mark.parametrize(
    "profile",
    [
        pytest.param(make_profile("cobol"), id="skill"),
        pytest.param(make_profile("go", location="atlantis"), id="location"),
        pytest.param(make_profile("go", held=("cobol",)), id="held skill"),
    ],
)
def test_an_unknown_slug_is_a_mistake_in_code(profile: Profile) -> None:
    with pytest.raises(KeyError, match=r"cobol|atlantis"):
        assess(profile, make_flat_edition(go=0.05))


def test_an_unknown_model_is_a_mistake_in_code() -> None:
    assert 99 not in MODELS
    assert (has_model(99), has_model(NEWEST_MODEL)) == (False, True)

    with pytest.raises(KeyError, match="99"):
        assess(make_profile("go"), replace(make_flat_edition(go=0.05), model=99))


def test_an_outlook_that_was_not_asked_for_is_a_mistake_in_code() -> None:
    with pytest.raises(StopIteration):
        assess(make_profile("go"), make_flat_edition(go=0.05)).outlook("rust")
