"""What would change a verdict: every flip is true, and none nearer was missed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from calculator.engine import assess, flips
from calculator.engine.edition import Edition, EvidenceChoice
from calculator.engine.flips import Flip, FlipKind, outward
from calculator.engine.model_1 import STUDY_REACH
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Rating


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


@pytest.mark.parametrize("seed", range(12))
def test_flips_equal_a_search_through_the_whole_model(seed: int, catalogue: Edition) -> None:
    rng = random.Random(seed)
    for _ in range(5):
        profile = random_profile(rng, catalogue, 3)

        assert flips(profile, catalogue) == slow_flips(profile, catalogue) or assess(profile, catalogue).market is None


@pytest.mark.parametrize("seed", range(20))
def test_every_flip_leads_to_the_best_bet_it_names(seed: int, catalogue: Edition) -> None:
    rng = random.Random(1000 + seed)
    for _ in range(30):
        profile = random_profile(rng, catalogue, 10)
        now = assess(profile, catalogue).best_bet
        for flip in flips(profile, catalogue):
            then = assess(flip.changed(profile), catalogue)
            assert then.best_bet == flip.best_bet != now, (profile, flip)
            assert (then.rating is Rating.STAY_PUT) == (flip.best_bet is None)


def test_one_skill_that_always_wins_has_nothing_within_reach_but_time(catalogue: Edition) -> None:
    profile = Profile(pay=115000.0, location="us-austin-tx", skills=("kafka",), weekly_hours=40, horizon_years=10)

    assert {flip.kind for flip in flips(profile, catalogue)} <= {FlipKind.EVIDENCE}


def test_a_place_without_a_market_has_no_flips(catalogue: Edition) -> None:
    assert flips(Profile(pay=1000.0, location="al", skills=("go", "kafka")), catalogue) == ()


def test_outward_is_nearest_first() -> None:
    assert list(outward(range(1, 6), 2)) == [1, 3, 4, 5]
    assert list(outward(range(1, 6), 5)) == [4, 3, 2, 1]
