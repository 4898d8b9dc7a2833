"""What would change a verdict: every flip is true, and none nearer was missed."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from calculator.engine import assess, assessment, flips
from calculator.engine.edition import WORLDWIDE, Edition, EvidenceChoice
from calculator.engine.flips import HORIZON_YEARS, ODDS_PERCENT, WEEKLY_HOURS, Flip, FlipKind, outward
from calculator.engine.model_1 import STUDY_REACH
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Rating
from tests.engine.factories import make_edition, make_evidence, make_flat_pool, make_profile, make_skill
from tests.fuzz.extent import seeds


def candidates(profile: Profile, edition: Edition) -> Iterator[list[Flip]]:
    """For each answer that may flip, every value but its own, nearest first: the slow way to look."""
    yield numbers(FlipKind.HOURS, range(1, 41), profile.weekly_hours)
    yield numbers(FlipKind.YEARS, range(1, 11), profile.horizon_years)
    yield numbers(FlipKind.ODDS, range(10, 101), profile.odds_percent)
    choices = [choice for choice in EvidenceChoice if choice is not profile.evidence]
    yield [Flip(kind=FlipKind.EVIDENCE, best_bet=None, choice=choice) for choice in choices]
    own = dict(profile.study_hours)
    for slug in profile.skills:
        skill = edition.skills[slug]
        if edition.pool(slug, profile.evidence, edition.places[profile.location].region) is not None:
            start = int(own.get(slug, skill.hours_mid))
            yield numbers(FlipKind.STUDY, range(1, round(STUDY_REACH * skill.hours_high) + 1), start, slug)


def numbers(kind: FlipKind, values: range, start: int, skill: str = "") -> list[Flip]:
    return [Flip(kind=kind, best_bet=None, value=value, skill=skill) for value in outward(values, start)]


def slow_flips(profile: Profile, edition: Edition) -> tuple[Flip, ...]:
    """Every value of every answer through the whole model."""
    now, found = assess(profile, edition).best_bet, []
    for tried in candidates(profile, edition):
        for flip in tried:
            then = assess(flip.changed(profile), edition)
            if then.best_bet != now and then.rating is not Rating.NOT_ENOUGH_DATA:
                found.append(replace(flip, best_bet=then.best_bet))
                break
    return tuple(found)


def random_profile(rng: random.Random, edition: Edition, most_skills: int) -> Profile:
    slugs, places = sorted(edition.skills), sorted(edition.places)
    if rng.random() < 0.4:
        slugs = ["ai-ml-integration", "docker", "go", "kubernetes", "python"]  # some need others among them
    skills = sorted(rng.sample(slugs, rng.randint(1, min(most_skills, len(slugs)))))
    held = sorted(set(rng.sample(slugs, rng.choice([0, 0, 2]))) - set(skills))
    return Profile(
        pay=rng.choice(list(PayLevel)) if rng.random() < 0.5 else float(round(10 ** rng.uniform(4, 6))),
        location=rng.choice(places),
        skills=tuple(skills),
        held=tuple(held),
        weekly_hours=rng.choice([1, 2, 6, 6, 15, 40]),
        horizon_years=rng.choice([1, 2, 3, 3, 10]),
        odds_percent=rng.choice([10, 30, 50, 50, 100]),
        evidence=rng.choice(list(EvidenceChoice)),
        study_hours=tuple((slug, rng.randint(5, 300)) for slug in skills if rng.random() < 0.2),
    )


@pytest.mark.parametrize("seed", seeds(4))
def test_flips_equal_a_search_through_the_whole_model(seed: int, catalogue: Edition) -> None:
    rng = random.Random(seed)
    for _ in range(5):
        profile = random_profile(rng, catalogue, 3)

        assert flips(profile, catalogue) == slow_flips(profile, catalogue) or assess(profile, catalogue).market is None


@pytest.mark.parametrize("seed", seeds(8))
def test_every_flip_leads_to_the_best_bet_it_names(seed: int, catalogue: Edition) -> None:
    rng = random.Random(1000 + seed)
    for _ in range(30):
        profile = random_profile(rng, catalogue, 10)
        now = assess(profile, catalogue).best_bet
        for flip in flips(profile, catalogue):
            then = assess(flip.changed(profile), catalogue)
            assert then.best_bet == flip.best_bet != now, (profile, flip)
            assert (then.rating is Rating.STAY_PUT) == (flip.best_bet is None)


@pytest.mark.parametrize("seed", range(3))
def test_one_assessment_gives_the_verdict_and_its_flips_in_any_order(seed: int, catalogue: Edition) -> None:
    profile = random_profile(random.Random(2000 + seed), catalogue, 10)

    assessed = assessment(profile, catalogue)

    assert assessed.flips() == flips(profile, catalogue)
    assert assessed.verdict() == assess(profile, catalogue)
    assert assessed.flips() == flips(profile, catalogue)


def test_own_hours_beyond_reach_may_fall_to_what_changes_the_verdict(catalogue: Edition) -> None:
    answers = Profile(
        pay=115000.0, location="us-austin-tx", skills=("kafka", "kubernetes"), weekly_hours=40, horizon_years=10
    )
    profile = replace(answers, study_hours=(("kafka", 5000),))

    (flip,) = (flip for flip in flips(profile, catalogue) if flip.skill == "kafka")

    assert STUDY_REACH * catalogue.skills["kafka"].hours_high < flip.value < 5000
    assert assess(flip.changed(profile), catalogue).best_bet == flip.best_bet == "kafka"
    one_more = replace(flip, value=flip.value + 1)
    assert assess(one_more.changed(profile), catalogue).best_bet == "kubernetes"


def test_own_hours_beyond_reach_that_could_only_rise_change_nothing(catalogue: Edition) -> None:
    profile = Profile(
        pay=115000.0,
        location="us-austin-tx",
        skills=("kafka",),
        weekly_hours=40,
        horizon_years=10,
        study_hours=(("kafka", 2000),),
    )

    assert assess(profile, catalogue).best_bet == "kafka"
    assert FlipKind.STUDY not in {flip.kind for flip in flips(profile, catalogue)}


def test_one_skill_that_always_wins_has_nothing_within_reach_but_time(catalogue: Edition) -> None:
    profile = Profile(pay=115000.0, location="us-austin-tx", skills=("kafka",), weekly_hours=40, horizon_years=10)

    assert {flip.kind for flip in flips(profile, catalogue)} <= {FlipKind.EVIDENCE}


def test_a_place_without_a_market_has_no_flips(catalogue: Edition) -> None:
    assert flips(Profile(pay=1000.0, location="al", skills=("go", "kafka")), catalogue) == ()


def test_outward_is_nearest_first() -> None:
    assert list(outward(range(1, 6), 2)) == [1, 3, 4, 5]
    assert list(outward(range(1, 6), 5)) == [4, 3, 2, 1]


def one_skill(**given: float) -> Edition:
    """An edition with one skill of 5 % in a place where 100,000 is the median: 5,000 a year, if an employer pays."""
    skill = make_skill("kubernetes", hours_low=130.0, hours_mid=130.0, hours_high=130.0, **given)
    pools = {("kubernetes", EvidenceChoice.MEASURED, WORLDWIDE): make_flat_pool(math.log(1.05))}
    return make_edition(skills=[skill], evidence=[make_evidence("kubernetes")], pools=pools)


def flip_of(kind: FlipKind, profile: Profile, edition: Edition) -> Flip | None:
    return next((flip for flip in flips(profile, edition) if flip.kind is kind), None)


def test_the_odds_that_no_longer_pay_for_an_exam_by_hand() -> None:
    # Paid from month 8 to 36, discounted: 5,000 × (e^(−0.02) − e^(−0.09)) ÷ 0.03 = 11,042 by certain odds.
    edition = one_skill(exam_cost_usd=3_000.0)

    flip = flip_of(FlipKind.ODDS, make_profile("kubernetes", odds_percent=50), edition)

    assert 0.28 * 11_042 > 3_000 > 0.27 * 11_042
    assert flip == Flip(kind=FlipKind.ODDS, value=27, best_bet=None)
    assert flip_of(FlipKind.ODDS, make_profile("kubernetes", odds_percent=20), edition) == Flip(
        kind=FlipKind.ODDS, value=28, best_bet="kubernetes"
    )


def test_no_odds_change_what_costs_nothing() -> None:
    assert flip_of(FlipKind.ODDS, make_profile("kubernetes"), one_skill()) is None


def test_the_hours_and_years_at_which_pay_comes_too_late_by_hand() -> None:
    # 130 hours end in month 30 ÷ hours a week, and pay comes three months later: at an hour a week in month 33 of 36.
    edition, profile = one_skill(), make_profile("kubernetes", weekly_hours=2, horizon_years=3)

    assert flip_of(FlipKind.YEARS, profile, edition) == Flip(kind=FlipKind.YEARS, value=1, best_bet=None)
    assert flip_of(FlipKind.HOURS, profile, edition) is None
    assert flip_of(FlipKind.HOURS, replace(profile, horizon_years=2), edition) == Flip(
        kind=FlipKind.HOURS, value=1, best_bet=None
    )


def test_the_study_hours_at_which_pay_comes_too_late_by_hand() -> None:
    # At 6 hours a week 26 a month: pay comes before month 12 while study ends before month 9, at 234 hours.
    profile = make_profile("kubernetes", horizon_years=1)

    assert flip_of(FlipKind.STUDY, profile, one_skill()) == Flip(
        kind=FlipKind.STUDY, skill="kubernetes", value=234, best_bet=None
    )
    assert flip_of(FlipKind.STUDY, replace(profile, study_hours=(("kubernetes", 300),)), one_skill()) == Flip(
        kind=FlipKind.STUDY, skill="kubernetes", value=233, best_bet="kubernetes"
    )


@pytest.mark.parametrize(
    ("log_premium", "flip"),
    [
        pytest.param(-0.01, Flip(kind=FlipKind.EVIDENCE, choice=EvidenceChoice.ALL, best_bet=None), id="worth nothing"),
        pytest.param(0.01, None, id="worth less, but something"),
        pytest.param(None, None, id="nothing known"),
    ],
)
def test_other_evidence_changes_the_best_bet_only_where_it_says_something(
    log_premium: float | None, flip: Flip | None
) -> None:
    pools = {("kubernetes", EvidenceChoice.MEASURED, WORLDWIDE): make_flat_pool(0.05)}
    if log_premium is not None:
        pools["kubernetes", EvidenceChoice.ALL, WORLDWIDE] = make_flat_pool(log_premium)
    edition = make_edition(skills=[make_skill("kubernetes")], pools=pools)

    assert flip_of(FlipKind.EVIDENCE, make_profile("kubernetes"), edition) == flip


@pytest.mark.parametrize(
    ("flip", "changed"),
    [
        pytest.param(Flip(kind=FlipKind.HOURS, best_bet=None, value=9), {"weekly_hours": 9}, id="hours"),
        pytest.param(Flip(kind=FlipKind.YEARS, best_bet=None, value=9), {"horizon_years": 9}, id="years"),
        pytest.param(Flip(kind=FlipKind.ODDS, best_bet=None, value=90), {"odds_percent": 90}, id="odds"),
        pytest.param(
            Flip(kind=FlipKind.EVIDENCE, best_bet=None, choice=EvidenceChoice.ALL),
            {"evidence": EvidenceChoice.ALL},
            id="evidence",
        ),
        pytest.param(
            Flip(kind=FlipKind.STUDY, best_bet=None, skill="go", value=9),
            {"study_hours": (("go", 9), ("rust", 50))},
            id="study hours, first",
        ),
        pytest.param(
            Flip(kind=FlipKind.STUDY, best_bet=None, skill="rust", value=9),
            {"study_hours": (("rust", 9),)},
            id="study hours, again",
        ),
    ],
)
def test_a_flip_changes_one_answer(flip: Flip, changed: dict[str, Any]) -> None:
    profile = make_profile("go", "rust", study_hours=(("rust", 50),))

    assert flip.changed(profile) == replace(profile, **changed)


def test_a_prerequisite_that_takes_too_long_for_what_it_opens_by_hand() -> None:
    # Docker pays 1 % and opens Kubernetes for 12 %; Go pays 5 %. With Docker at n hours Docker's pay comes in month
    # n ÷ 26 + 3, Kubernetes' 5 months later: 12,750 × (36 − 8 − n ÷ 26) falls below Go's 5,127 × (36 − 8) at about 437.
    skills = [
        make_skill("docker", hours_low=26.0, hours_mid=26.0, hours_high=300.0),
        make_skill("go", hours_low=130.0, hours_mid=130.0, hours_high=130.0),
        make_skill("kubernetes", hours_low=130.0, hours_mid=130.0, hours_high=130.0, requires=("docker",)),
    ]
    betas = {"docker": 0.01, "go": 0.05, "kubernetes": 0.12}
    pools = {(slug, EvidenceChoice.MEASURED, WORLDWIDE): make_flat_pool(beta) for slug, beta in betas.items()}
    edition, profile = make_edition(skills=skills, pools=pools), make_profile("docker", "go", "kubernetes")

    found = [flip for flip in flips(profile, edition) if flip.skill == "docker"]

    assert assess(profile, edition).best_bet == "kubernetes"
    assert [(flip.kind, flip.best_bet) for flip in found] == [(FlipKind.STUDY, "go")]
    assert found[0].value == pytest.approx(437, abs=10)
    assert found == [flip for flip in slow_flips(profile, edition) if flip.skill == "docker"]


def test_all_that_a_profile_may_say_is_tried_and_nothing_else() -> None:
    for kind, tried in (
        (FlipKind.HOURS, WEEKLY_HOURS),
        (FlipKind.YEARS, HORIZON_YEARS),
        (FlipKind.ODDS, ODDS_PERCENT),
    ):
        for value in (tried[0], tried[-1]):
            Flip(kind=kind, best_bet=None, value=value).changed(make_profile())
        for value in (tried[0] - 1, tried[-1] + 1):
            with pytest.raises(ValueError, match="must be a whole number"):
                Flip(kind=kind, best_bet=None, value=value).changed(make_profile())


@pytest.mark.parametrize(
    ("exam", "odds", "flip"),
    [
        # What certain odds bring in, 11,042, times 90.5 % and 10.5 %.
        pytest.param(9_993.0, 90, Flip(kind=FlipKind.ODDS, value=91, best_bet="kubernetes"), id="the next higher"),
        pytest.param(9_993.0, 91, Flip(kind=FlipKind.ODDS, value=90, best_bet=None), id="the next lower"),
        pytest.param(1_159.4, 50, Flip(kind=FlipKind.ODDS, value=10, best_bet=None), id="the lowest"),
        pytest.param(10_987.0, 50, Flip(kind=FlipKind.ODDS, value=100, best_bet="kubernetes"), id="the highest"),
        pytest.param(1_049.0, 50, None, id="none below 10 %"),
        pytest.param(11_097.0, 50, None, id="none above 100 %"),
    ],
)
def test_odds_are_tried_from_the_next_to_the_last(exam: float, odds: int, flip: Flip | None) -> None:
    assert flip_of(FlipKind.ODDS, make_profile("kubernetes", odds_percent=odds), one_skill(exam_cost_usd=exam)) == flip


@pytest.mark.parametrize(
    ("odds", "value", "best_bet"),
    [pytest.param(50, 61, "rust", id="above"), pytest.param(20, 10, None, id="below")],
)
def test_of_the_odds_above_and_below_the_nearer_ones_count(odds: int, value: int, best_bet: str | None) -> None:
    # Go (5 %) pays for its exam from 10.5 % on; Rust (10 %) brings in as much again, and more than Go from 60.5 % on.
    skills = [
        make_skill("go", hours_mid=130.0, exam_cost_usd=1_159.4),
        make_skill("rust", hours_mid=130.0, exam_cost_usd=1_159.4 + 0.605 * 11_042),
    ]
    betas = {"go": math.log(1.05), "rust": math.log(1.1)}
    pools = {(slug, EvidenceChoice.MEASURED, WORLDWIDE): make_flat_pool(beta) for slug, beta in betas.items()}

    flip = flip_of(
        FlipKind.ODDS, make_profile("go", "rust", odds_percent=odds), make_edition(skills=skills, pools=pools)
    )

    assert flip == Flip(kind=FlipKind.ODDS, value=value, best_bet=best_bet)


def test_any_gain_is_better_than_none() -> None:
    profile = make_profile("kubernetes", pay=1.0, horizon_years=1)

    assert flip_of(FlipKind.STUDY, profile, one_skill()) == Flip(
        kind=FlipKind.STUDY, skill="kubernetes", value=234, best_bet=None
    )


def exam_worth_learning_until(hours: float) -> float:
    """The exam cost that half of 5,000 a year no longer earns back within 3 years after so many hours of study."""
    return 2_500 * (math.exp(-0.03 * (hours / 26 + 3) / 12) - math.exp(-0.09)) / 0.03


@pytest.mark.parametrize(
    ("hours", "lost_at", "value", "best_bet"),
    [
        pytest.param(200.5, 200.75, 201, None, id="the next whole number above a fraction"),
        pytest.param(200.5, 200.25, 200, "kubernetes", id="the next whole number below a fraction"),
        pytest.param(5.0, 1.5, 1, "kubernetes", id="an hour is the least"),
        pytest.param(130.0, 259.5, 260, None, id="twice the most that is usual is looked at"),
        pytest.param(130.0, 260.5, None, None, id="and no more"),
    ],
)
def test_study_hours_are_tried_from_the_next_to_the_last(
    hours: float, lost_at: float, value: int | None, best_bet: str | None
) -> None:
    skill = make_skill(
        "kubernetes", hours_mid=hours, hours_high=130.0, exam_cost_usd=exam_worth_learning_until(lost_at)
    )
    pools = {("kubernetes", EvidenceChoice.MEASURED, WORLDWIDE): make_flat_pool(math.log(1.05))}

    flip = flip_of(FlipKind.STUDY, make_profile("kubernetes"), make_edition(skills=[skill], pools=pools))

    if value is None:
        assert flip is None
    else:
        assert flip == Flip(kind=FlipKind.STUDY, skill="kubernetes", value=value, best_bet=best_bet)
