"""Whole verdicts with the figures of their working, on figures that never change."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from calculator.engine import assess
from calculator.engine.edition import Edition
from calculator.engine.profile import Profile
from calculator.engine.verdict import LEARNING_NOTHING, Outlook, Rating, StayPutReason, Verdict
from tests import oracle
from tests.engine.catalogue import FOLDER, FROZEN, read_catalogue
from tests.engine.test_oracle import as_answers, first_difference, profile_of

FOUR = ("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design")


AUSTIN: dict[str, Any] = {"salary": 115_000.0, "location": "us-austin-tx"}
#: The same answers as in the tests below.
ANSWERS: dict[str, dict[str, Any]] = {
    "four skills": AUSTIN | {"skill": list(FOUR)},
    "all skills": AUSTIN | {"have": ["docker", "postgresql", "python", "typescript"]},
    "little experience": {
        "salary": 52_000.0,
        "location": "de",
        "experience": 3,
        "skill": ["ci-cd", "cloud-architecture", "infrastructure-as-code", "kubernetes", "site-reliability"],
    },
    "one year": AUSTIN | {"skill": list(FOUR), "years": 1},
    "too little": {
        "salary": 59_000.0,
        "location": "gb",
        "skill": ["docker", "postgresql", "python", "redis", "typescript"],
        "hours": 3,
        "years": 1,
    },
}


@pytest.mark.parametrize("folder", [FROZEN, FOLDER], ids=["frozen figures", "today's figures"])
@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
def test_the_oracle_works_out_the_same(folder: Path, answers: dict[str, Any]) -> None:
    verdict = assess(profile_of(oracle.DEFAULTS | answers), edition_of(folder))

    assert first_difference(as_answers(verdict), oracle.verdict(answers, folder)) is None


@cache
def edition_of(folder: Path) -> Edition:
    return read_catalogue(folder)


def six_digits(figure: float) -> Any:
    return pytest.approx(figure, rel=5e-6)


def austin(edition: Edition, **given: Any) -> Verdict:
    return assess(Profile(pay=115_000.0, location="us-austin-tx", **given), edition)


def figures(outlook: Outlook) -> tuple[float | None, ...]:
    """β, U, ΣwY/odds, hours, net gain and chance."""
    assert outlook.gain is not None
    gain, study = outlook.gain, outlook.study
    return outlook.beta, gain.uplift.expected, study.years_of_pay, study.hours, gain.net_gain, gain.chance


def rivals(verdict: Verdict) -> dict[str, float]:
    return {rival.slug: rival.chance for rival in verdict.rivals}


def test_four_skills_in_austin(frozen: Edition) -> None:
    verdict = austin(frozen, skills=FOUR)

    assert (verdict.rating, verdict.first, verdict.is_small) == (Rating.TOSS_UP, "kubernetes", False)
    assert verdict.market is not None
    assert verdict.market.percentile == six_digits(0.341686)
    assert verdict.hour_value.amount == six_digits(13.8221)
    assert verdict.chance_nothing == six_digits(0.025911)
    assert rivals(verdict) == {"cloud-architecture": six_digits(0.350738)}
    table = {outlook.slug: figures(outlook) for outlook in verdict.outlooks}
    assert list(table.items()) == [
        ("kubernetes", tuple(map(six_digits, (0.0385821, 4523.64, 2.16223, 145, 2491.37, 0.473762)))),
        ("cloud-architecture", tuple(map(six_digits, (0.0333859, 3904.19, 2.14967, 149, 1986.86, 0.350738)))),
        ("ai-ml-integration", tuple(map(six_digits, (0.0234958, 2734.01, 1.78895, 265, -1217.36, 0.106419)))),
        ("system-design", tuple(map(six_digits, (0.0114507, 1324.40, 1.68514, 299, -3016.91, 0.0431704)))),
    ]
    kubernetes = verdict.outlook("kubernetes")
    years = [case.years_of_pay for case in kubernetes.study.cases]
    assert years == [six_digits(figure) for figure in (2.33482, 2.20892, 1.92739)]
    assert kubernetes.gain is not None
    assert (kubernetes.gain.worth_of_an_hour, kubernetes.gain.pays_off) == (six_digits(31.0040), six_digits(0.4675))
    assert verdict.plan is not None
    assert [(step.slug, step.done_month, step.annual_uplift) for step in verdict.plan.best.steps] == [
        ("kubernetes", six_digits(5), six_digits(4523.64)),
        ("cloud-architecture", six_digits(10.3846), six_digits(8581.40)),
    ]
    assert (verdict.plan.best.net_gain, verdict.plan.worst.net_gain) == (six_digits(4340.34), six_digits(4147.14))


def test_all_skills_in_austin(frozen: Edition) -> None:
    verdict = austin(frozen, held=("docker", "postgresql", "python", "typescript"))

    assert (verdict.rating, verdict.first) == (Rating.TOSS_UP, "site-reliability")
    _, uplift, _, _, net_gain, chance = figures(verdict.outlooks[0])
    assert (uplift, net_gain, chance) == (six_digits(5347.60), six_digits(4066.47), six_digits(0.183722))
    assert rivals(verdict) == {
        "data-warehouse": six_digits(0.103074),
        "infrastructure-as-code": six_digits(0.0991888),
    }
    plan = verdict.plan
    assert plan is not None
    assert plan.best.slugs == ("site-reliability", "redis", "infrastructure-as-code", "elasticsearch", "kafka")
    last = plan.best.steps[-1]
    assert (last.done_month, last.annual_uplift) == (six_digits(13.0769), six_digits(21500.7))
    found = [order.net_gain for order in (plan.best, plan.free, plan.worst)]
    assert found == [six_digits(figure) for figure in (16164.3, 17123.8, 15490.6)]


def test_little_experience_in_germany(frozen: Edition) -> None:
    skills = ("ci-cd", "cloud-architecture", "infrastructure-as-code", "kubernetes", "site-reliability")
    profile = Profile(pay=52_000.0, location="de", experience_years=3, skills=skills)

    verdict = assess(profile, frozen)

    assert (verdict.rating, verdict.first) == (Rating.TOSS_UP, "infrastructure-as-code")
    first = verdict.outlooks[0]
    assert first.tilt_shift + first.experience_shift == six_digits(-0.005)
    beta, uplift, _, _, net_gain, chance = figures(first)
    assert (beta, uplift, net_gain) == (six_digits(0.0289246), six_digits(1526.04), six_digits(1364.30))
    assert (chance, verdict.chance_nothing) == (six_digits(0.327423), six_digits(0.00183097))
    assert verdict.plan is not None
    assert (verdict.plan.best.net_gain, verdict.plan.left_out) == (six_digits(3018.63), ("cloud-architecture",))


def test_one_year_in_austin(frozen: Edition) -> None:
    verdict = austin(frozen, skills=FOUR, horizon_years=1)

    assert (verdict.rating, verdict.stay_put_reason) == (Rating.STAY_PUT, StayPutReason.NO_GAIN)
    assert verdict.chance_nothing == six_digits(0.909075)
    found = [(outlook.slug, outlook.is_in_time, *figures(outlook)[4:]) for outlook in verdict.outlooks]
    assert found[:2] == [
        ("cloud-architecture", True, six_digits(-1690.52), six_digits(0.0697)),
        ("kubernetes", True, six_digits(-1769.47), six_digits(0.021225)),
    ]
    assert [(slug, in_time, chance) for slug, in_time, _, chance in found[2:]] == [
        ("ai-ml-integration", False, None),
        ("system-design", False, None),
    ]


def test_too_little_to_decide_by_in_the_united_kingdom(frozen: Edition) -> None:
    skills = ("docker", "postgresql", "python", "redis", "typescript")

    verdict = assess(Profile(pay=59_000.0, location="gb", skills=skills, weekly_hours=3, horizon_years=1), frozen)

    assert (verdict.first, verdict.is_small) == ("redis", True)
    _, uplift, _, _, net_gain, chance = figures(verdict.outlooks[0])
    assert (uplift, net_gain, chance) == (six_digits(1849.92), six_digits(234.018), six_digits(0.562752))
    assert rivals(verdict) == {LEARNING_NOTHING: six_digits(0.173212)}
