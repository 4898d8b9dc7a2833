"""Whole verdicts: real profiles for each rating, and small made-up editions worked out by hand."""

from __future__ import annotations

import math
from dataclasses import astuple, replace
from typing import Any

import pytest

from calculator.engine import NEWEST_MODEL, assess
from calculator.engine.edition import WORLDWIDE, About, Edition, EvidenceChoice, Grade, Pool, Skill
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import (
    LEARNING_NOTHING,
    Headline,
    HourValue,
    Outlook,
    Rating,
    Rival,
    StayPutReason,
    Verdict,
)
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


# The answer


@pytest.mark.parametrize(
    ("profile", "rating", "first", "reason"),
    [
        pytest.param(make_austin_profile("docker", "kafka"), Rating.FIRM, "kafka", None, id="firm"),
        pytest.param(
            make_austin_profile("cloud-architecture", "kubernetes"), Rating.LEAN, "kubernetes", None, id="lean"
        ),
        pytest.param(make_austin_profile(*FOUR), Rating.TOSS_UP, "kubernetes", None, id="toss-up"),
        pytest.param(
            make_austin_profile("kafka", weekly_hours=1, horizon_years=1),
            Rating.STAY_PUT,
            None,
            StayPutReason.NO_TIME,
            id="late",
        ),
        pytest.param(
            make_austin_profile("docker", pay=300_000.0), Rating.STAY_PUT, None, StayPutReason.NO_GAIN, id="no gain"
        ),
        pytest.param(make_austin_profile("application-security"), Rating.NOT_ENOUGH_DATA, None, None, id="no evidence"),
        pytest.param(make_austin_profile("kafka", location="ad"), Rating.NOT_ENOUGH_DATA, None, None, id="no market"),
    ],
)
def test_real_profiles_get_each_rating(
    catalogue: Edition, profile: Profile, rating: Rating, first: str | None, reason: StayPutReason | None
) -> None:
    verdict = assess(profile, catalogue)

    assert (verdict.rating, verdict.first, verdict.stay_put_reason) == (rating, first, reason)
    assert (verdict.edition, verdict.model, verdict.profile) == (1, NEWEST_MODEL, profile)


def test_without_chosen_skills_all_are_considered(catalogue: Edition) -> None:
    verdict = assess(make_austin_profile(skills=None, held=("kubernetes",)), catalogue)

    assert verdict.held == ("docker", "kubernetes")
    assert verdict.considered == tuple(sorted(set(catalogue.skills) - {"docker", "kubernetes"}))
    assert sorted(outlook.slug for outlook in verdict.outlooks) == list(verdict.considered)
    assert not any(outlook.study.assumed for outlook in verdict.outlooks)


def test_rivals_are_close_and_learning_nothing_is_one() -> None:
    edition = make_edition(
        skills=[make_skill(slug) for slug in ("go", "java", "rust")],
        pools=make_pools(
            go=make_pool(low=-0.1, high=0.13, points=(-0.1, 0.13)),
            java=make_pool(low=-0.1, high=0.07, points=(-0.1, 0.07)),
            rust=make_flat_pool(-0.02),
        ),
    )

    verdict = assess(make_profile("go", "java", "rust", hour_value=0.0), edition)

    assert (verdict.first, verdict.candidates) == ("go", ("go",))
    assert verdict.chance_first == pytest.approx(0.5)
    assert verdict.rating is Rating.LEAN
    assert verdict.chance_nothing is not None
    assert verdict.chance_nothing == pytest.approx(0.25)
    assert verdict.rivals == (Rival(slug=LEARNING_NOTHING, chance=verdict.chance_nothing),), "java is no candidate"
    assert {outlook.slug: outlook.gain.chance for outlook in verdict.outlooks if outlook.gain} == {
        "go": pytest.approx(0.5),
        "java": pytest.approx(0.25),
        "rust": 0.0,
    }


def test_equal_skills_go_by_slug() -> None:
    verdict = assess(make_profile("go", "rust"), make_flat_edition(go=0.05, rust=0.05))

    assert verdict.first == "go"
    assert [outlook.slug for outlook in verdict.outlooks] == ["go", "rust"]
    assert [outlook.gain and outlook.gain.chance for outlook in verdict.outlooks] == [
        pytest.approx(0.67),
        pytest.approx(0.33),
    ], "go where both take as long, or rust takes longer"


def test_nothing_is_likelier_than_a_rare_gain() -> None:
    pools = make_pools(go=make_pool(low=-0.01, high=0.3, points=(-0.01, -0.01, 0.3)))

    verdict = assess(make_profile("go"), make_edition(skills=[make_skill("go")], pools=pools))

    assert (verdict.rating, verdict.stay_put_reason) == (Rating.STAY_PUT, StayPutReason.NOTHING_LIKELIER)
    assert (verdict.first, verdict.chance_first, verdict.rivals, verdict.plan) == (None, None, (), None)
    assert verdict.candidates == ("go",)
    assert verdict.chance_nothing == pytest.approx(2 / 3)


@pytest.mark.parametrize(("beta", "is_small"), [(0.0049, True), (0.0051, False)], ids=["below", "above"])
def test_less_than_half_a_percent_of_the_salary_is_small(beta: float, is_small: bool) -> None:
    """A share of the salary, not of the pay that premiums apply to, which ends at P90 (170,000)."""
    skill = make_skill("go", hours_low=1.0, hours_mid=1.0, hours_high=1.0)
    profile = make_profile("go", pay=340_000.0, hour_value=0.0, odds_percent=100)
    years = (math.exp(-0.03 * (1 / 26 + 3) / 12) - math.exp(-0.03 * 3)) / 0.03

    verdict = assess(profile, make_flat_edition(skill, go=math.log1p(beta * 2 / years)))

    assert verdict.first == "go"
    assert verdict.is_small is is_small


# Money


def test_one_skill_by_hand() -> None:
    skill = make_skill("kubernetes", hours_low=26.0, hours_mid=130.0, hours_high=260.0, exam_cost_usd=395.0)

    verdict = assess(make_profile("kubernetes"), make_flat_edition(skill, kubernetes=0.04))

    annual, hour = 100_000 * math.expm1(0.04), 100_000 / 2080 / 4
    years = [(math.exp(-0.03 * month / 12) - math.exp(-0.03 * 3)) / 0.03 for month in (4, 8, 13)]
    mean_years = 0.3 * years[0] + 0.4 * years[1] + 0.3 * years[2]
    hours = 0.3 * 26 + 0.4 * 130 + 0.3 * 260
    outlook = only_outlook(verdict)
    assert outlook.premium is not None
    assert outlook.premium.expected == pytest.approx(math.expm1(0.04))
    assert outlook.beta == pytest.approx(0.04)
    assert outlook.study.hours == pytest.approx(hours)
    assert [outlook.study.months, outlook.study.first_pay_month] == pytest.approx([5, 8])
    assert outlook.is_in_time
    assert outlook.gain is not None
    assert outlook.gain.uplift.expected == pytest.approx(annual)
    assert outlook.gain.net_gain == pytest.approx(0.5 * annual * mean_years - 395 - hour * hours)
    assert outlook.gain.worth_of_an_hour == pytest.approx((0.5 * annual * mean_years - 395) / hours)
    assert outlook.gain.pays_off == pytest.approx(0.5), "it always does, if the pay comes"
    assert verdict.hour_value == HourValue(amount=hour, is_default=True)


def test_the_visitors_own_hour_value_counts() -> None:
    edition = make_flat_edition(make_skill("go", exam_cost_usd=100.0), go=0.05)

    free, dear = (assess(make_profile("go", hour_value=value), edition) for value in (0.0, 10.0))

    gains = [only_outlook(verdict).gain for verdict in (free, dear)]
    assert (free.hour_value, dear.hour_value) == (
        HourValue(amount=0.0, is_default=False),
        HourValue(amount=10.0, is_default=False),
    )
    assert gains[0] is not None
    assert gains[1] is not None
    assert gains[0].net_gain - gains[1].net_gain == pytest.approx(10 * only_outlook(free).study.hours)
    assert gains[0].worth_of_an_hour == pytest.approx(gains[1].worth_of_an_hour)


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


def test_an_exam_in_dollars_names_no_exchange_rate() -> None:
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


def test_a_set_of_skills_adds_no_more_than_a_quarter_but_one_skill_may() -> None:
    verdict = assess(make_profile("go", "java"), make_flat_edition(go=0.3, java=0.2))

    assert verdict.plan is not None
    assert [step.annual_uplift for step in verdict.plan.best.steps] == pytest.approx([25_000])
    assert verdict.plan.left_out == ("java",)
    gain = verdict.outlook("go").gain
    assert gain is not None
    assert gain.uplift.expected == pytest.approx(100_000 * math.expm1(0.3))


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
    assert outlook.grade_shares == {"D": 1.0}
    assert verdict.plan is not None
    assert verdict.plan.best.steps[0].annual_uplift > 0.3 * 170_000, "neither pulled to the prior nor capped"
    assert [part.share for part in outlook.contributions] == [0.5, 0.5]


def test_a_headline_stands_next_to_measured_evidence_without_counting() -> None:
    evidence = [make_evidence("go"), make_evidence("go", source="advert", high=0.5, grade=Grade.D)]

    verdict = assess(make_profile("go"), make_edition(skills=[make_skill("go")], evidence=evidence))

    outlook = only_outlook(verdict)
    assert outlook.headline == Headline(low_share=0.02, high_share=0.5, low=2_000.0, high=50_000.0)
    assert [part.evidence.source for part in outlook.contributions] == ["study"]
    assert outlook.grade_shares == {"B": 0.4, "typical": 0.6}
    assert not outlook.rests_on_duties
    assert verdict.sources == ("advert", "pay-survey", "study")


def test_a_skill_that_rests_on_duties_says_so() -> None:
    edition = make_edition(skills=[make_skill("go")], evidence=[make_evidence("go", about=About.DUTY)])

    assert only_outlook(assess(make_profile("go"), edition)).rests_on_duties


@pytest.mark.parametrize("choice", EvidenceChoice, ids=str)
def test_pay_and_experience_move_the_premium_with_every_choice_of_evidence(choice: EvidenceChoice) -> None:
    pool = make_pool(low=0.0, high=0.1, points=(0.01, 0.09))
    skill = make_skill("go", tilt=0.03)
    edition = make_edition(skills=[skill], pools={("go", choice, WORLDWIDE): pool})

    outlook = only_outlook(assess(make_profile("go", pay=PayLevel.P90, experience_years=12, evidence=choice), edition))

    shift = 0.024 + 0.0045
    assert [outlook.tilt_shift, outlook.experience_shift] == pytest.approx([0.024, 0.0045])
    assert outlook.beta == pytest.approx(pool.expected + shift)
    assert outlook.premium is not None
    assert astuple(outlook.premium) == pytest.approx(
        (math.expm1(shift), math.expm1(pool.expected + shift), math.expm1(0.1 + shift))
    )


# Held skills and prerequisites


def test_what_is_held_makes_a_new_skill_weigh_no_less() -> None:
    edition = make_flat_edition(go=0.02, java=0.05, rust=0.04, scala=0.03)

    with_them, without = (assess(make_profile("go", held=held), edition) for held in (("java", "rust", "scala"), ()))

    assert with_them.held == ("java", "rust", "scala")
    assert replace(with_them, profile=without.profile, held=()) == without


CHAIN = (
    make_skill("docker", hours_mid=30.0, exam_cost_usd=10.0),
    make_skill("kubernetes", hours_mid=130.0, exam_cost_usd=395.0, requires=("docker",)),
    make_skill("operators", hours_mid=50.0, requires=("kubernetes",)),
)


@pytest.mark.parametrize(
    ("chosen", "held", "added", "assumed", "hours", "exam", "adds"),
    [
        pytest.param(("kubernetes",), (), (), ("docker",), 130, 395, 0, id="neither considered nor held: assumed"),
        pytest.param(("kubernetes",), ("docker",), (), (), 130, 395, 0, id="held"),
        pytest.param(("docker", "kubernetes"), (), ("docker",), (), 160, 405, 0.01, id="considered: added"),
        pytest.param(
            ("docker", "kubernetes", "operators"),
            (),
            ("docker", "kubernetes"),
            (),
            210,
            405,
            0.06,
            id="a chain, all considered",
        ),
        pytest.param(
            ("docker", "operators"), (), (), ("kubernetes",), 50, 0, 0, id="the middle of the chain is assumed"
        ),
        pytest.param(
            ("kubernetes", "operators"), (), ("kubernetes",), ("docker",), 180, 395, 0.05, id="its start is assumed"
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
    adds: float,
) -> None:
    edition = make_flat_edition(*CHAIN, docker=0.01, kubernetes=0.05, operators=0.05)

    outlook = assess(make_profile(*chosen, held=held), edition).outlook(chosen[-1])

    assert (outlook.study.added, outlook.study.assumed) == (added, assumed)
    assert (outlook.study.cases[1].hours, outlook.study.exam_cost) == (hours, exam)
    assert outlook.gain is not None
    assert outlook.gain.prerequisite_beta == pytest.approx(adds)
    assert outlook.gain.uplift.expected == pytest.approx(100_000 * math.expm1(adds + 0.05))


def test_a_prerequisite_without_evidence_or_premium_adds_nothing() -> None:
    edition = make_flat_edition(*CHAIN, kubernetes=-0.02, operators=0.05)

    gain = assess(make_profile("docker", "kubernetes", "operators"), edition).outlook("operators").gain

    assert gain is not None
    assert gain.prerequisite_beta == 0
    assert gain.uplift.expected == pytest.approx(100_000 * math.expm1(0.05))


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
    assert study.cases[1].hours == 4 * 120


def test_own_study_hours_replace_all_three_estimates() -> None:
    edition = make_flat_edition(*CHAIN, docker=0.01, kubernetes=0.05)
    profile = make_profile("docker", "kubernetes", study_hours=(("docker", 10), ("kubernetes", 40)))

    verdict = assess(profile, edition)

    assert {outlook.slug: outlook.study.own_hours for outlook in verdict.outlooks} == {"docker": 10, "kubernetes": 40}
    assert {outlook.slug: outlook.study.hours for outlook in verdict.outlooks} == pytest.approx(
        {"docker": 10, "kubernetes": 50}
    )
    assert verdict.plan is not None
    assert verdict.plan.best.steps[-1].done_month == pytest.approx(50 / 26)


def test_the_plan_counts_the_candidates_it_did_not_look_at() -> None:
    verdict = assess(make_profile(*"abcdefg", weekly_hours=20), make_flat_edition(**dict.fromkeys("abcdefg", 0.03)))

    assert verdict.plan is not None
    assert sorted(verdict.plan.best.slugs) == list("abcde")
    assert verdict.plan.best.slugs[0] == verdict.first == "a"
    assert verdict.plan.beyond == 2


# Too little data


def test_without_a_market_premiums_are_known_but_no_money() -> None:
    evidence = [make_evidence("go"), make_evidence("java", mid=0.06), make_evidence("java", grade=Grade.D, source="ad")]
    edition = make_edition(
        skills=[make_skill("go", tilt=0.03), make_skill("java", exam_cost_usd=100.0), make_skill("rust")],
        evidence=evidence,
        places=[make_place(quantiles={})],
    )

    verdict = assess(make_profile("go", "java", "rust"), edition)

    assert (verdict.rating, verdict.market) == (Rating.NOT_ENOUGH_DATA, None)
    assert (verdict.chance_nothing, verdict.first, verdict.stay_put_reason, verdict.plan) == (None, None, None, None)
    assert (verdict.rivals, verdict.candidates, verdict.is_small) == ((), (), False)
    assert verdict.hour_value == HourValue(amount=None, is_default=True)
    assert [outlook.slug for outlook in verdict.outlooks] == ["java", "go", "rust"], "by premium, without evidence last"
    assert [outlook.premium is None for outlook in verdict.outlooks] == [False, False, True]
    assert {(outlook.gain, outlook.study.exam_cost, outlook.tilt_shift) for outlook in verdict.outlooks} == {
        (None, None, 0.0)
    }
    assert verdict.outlook("java").headline == Headline(low_share=0.02, high_share=0.08, low=None, high=None)
    assert verdict.sources == ("ad", "study")


def test_an_hour_value_that_was_given_needs_no_market() -> None:
    edition = make_edition(skills=[make_skill("go")], evidence=[make_evidence("go")], places=[make_place(quantiles={})])

    verdict = assess(make_profile("go", hour_value=5.0), edition)

    assert verdict.hour_value == HourValue(amount=5.0, is_default=False)
    assert verdict.rating is Rating.NOT_ENOUGH_DATA


def test_skills_not_in_time_and_then_those_without_evidence_are_listed_last() -> None:
    late = make_skill("java", hours_low=1.0, hours_mid=5_000.0, hours_high=5_000.0)
    edition = make_flat_edition(make_skill("angular"), late, go=-0.05, java=0.5)

    verdict = assess(make_profile("angular", "go", "java", hour_value=0.0), edition)

    assert [outlook.slug for outlook in verdict.outlooks] == ["go", "java", "angular"]
    _, java, angular = verdict.outlooks
    assert java.gain is not None
    assert java.gain.net_gain > 0, "from the low case alone"
    assert (java.is_in_time, java.gain.chance) == (False, None)
    assert (angular.premium, angular.beta, angular.headline, angular.gain) == (None, None, None, None)
    assert (angular.grade_shares, angular.contributions) == ({}, ())
    assert angular.is_in_time
    assert (verdict.rating, verdict.stay_put_reason) == (Rating.STAY_PUT, StayPutReason.NO_GAIN)


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


def test_an_outlook_that_was_not_asked_for_is_a_mistake_in_code() -> None:
    with pytest.raises(StopIteration):
        assess(make_profile("go"), make_flat_edition(go=0.05)).outlook("rust")
