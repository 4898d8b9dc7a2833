"""The engine against the slow, obvious second opinion, figure by figure, on the real catalogue."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from typing import Any

import pytest

from calculator.engine import assess
from calculator.engine.edition import Edition, EvidenceChoice, Range
from calculator.engine.plan import Plan
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Outlook, Verdict
from tests import oracle
from tests.engine.catalogue import FOLDER
from tests.fuzz.extent import seeds

PROFILES_A_SEED = 40
TOLERANCE = 1e-9
#: What is left of large sums that nearly cancel out.
TOLERANCE_OF_MONEY = 1e-6
DRAWS = 10_000
AUSTIN = {"salary": 115_000.0, "location": "us-austin-tx"}

type Answers = dict[str, Any]


@pytest.mark.parametrize("seed", seeds(4))
def test_assess_agrees_with_the_oracle(catalogue: Edition, seed: int) -> None:
    chooser = random.Random(seed)

    for _ in range(PROFILES_A_SEED):
        answers = random_answers(catalogue, chooser)
        expected = oracle.verdict(answers, FOLDER)
        verdict = assess(profile_of(answers), catalogue)

        difference = first_difference(as_answers(verdict), expected)
        assert difference is None, (answers, difference)


@pytest.mark.parametrize("hours", [4, 20], ids=str)
def test_chances_agree_with_every_combination_of_cases(catalogue: Edition, hours: int) -> None:
    answers = AUSTIN | {"skill": ["kubernetes", "system-design"], "hours": hours, "years": 2}

    verdict = assess(profile_of(oracle.DEFAULTS | answers), catalogue)

    expected = oracle.chances_by_enumeration(oracle.cases_in_time(answers, FOLDER))
    assert chances(verdict) == pytest.approx(expected.skills | {oracle.NOTHING: expected.nothing}, abs=TOLERANCE)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(AUSTIN, id="all skills"),
        pytest.param(AUSTIN | {"years": 1, "hours": 10}, id="all skills, little time"),
        pytest.param({"pay": "p25", "location": "in", "hour": 0, "experience": 12}, id="all skills in India"),
    ],
)
def test_chances_agree_with_drawing_lots(catalogue: Edition, answers: Answers) -> None:
    verdict = assess(profile_of(oracle.DEFAULTS | answers), catalogue)

    drawn = oracle.chances_by_drawing(oracle.cases_in_time(answers, FOLDER), DRAWS, seed=1)
    found = chances(verdict)
    assert drawn.skills
    for slug, share in (drawn.skills | {oracle.NOTHING: drawn.nothing}).items():
        assert abs(found[slug] - share) <= 5 * math.sqrt(found[slug] * (1 - found[slug]) / DRAWS) + 1 / DRAWS, slug


def chances(verdict: Verdict) -> dict[str, float]:
    """Of each skill in time, and of learning nothing."""
    assert verdict.chance_nothing is not None
    of_skills = {
        outlook.slug: outlook.gain.chance
        for outlook in verdict.outlooks
        if outlook.gain and outlook.gain.chance is not None
    }
    return of_skills | {oracle.NOTHING: verdict.chance_nothing}


def random_answers(edition: Edition, chooser: random.Random) -> Answers:
    """What a visitor might answer: few skills or all, often with their prerequisites, any place and pay."""
    slugs = sorted(edition.skills)
    chosen = chooser.sample(slugs, chooser.randint(1, 7))
    if chooser.random() < 0.4:
        chosen = _with_prerequisites(chosen, edition)[:10]
    held = [slug for slug in chooser.sample(slugs, chooser.choice([0, 0, 0, 1, 2, 4])) if slug not in chosen]
    if set(chosen) <= edition.with_prerequisites(held):
        held = []
    estimated = chooser.sample(chosen, chooser.randint(0, len(chosen))) if chooser.random() < 0.3 else []
    answers: Answers = oracle.DEFAULTS | {
        "location": chooser.choice(sorted(edition.places)),
        "skill": None if chooser.random() < 0.2 else chosen,
        "have": held,
        "hours": chooser.choice([1, 2, 4, 6, 6, 6, 10, 20, 40]),
        "years": chooser.choice([1, 2, 3, 3, 3, 5, 10]),
        "odds": chooser.choice([10, 25, 50, 50, 80, 100]),
        "experience": chooser.choice([None, None, 0, 4, 5, 9, 10, 50]),
        "hour": chooser.choice([None, None, None, 0, 1, 7.5, 40]),
        "evidence": chooser.choice(["measured", "measured", "all", "headline"]),
        "study": {slug: chooser.choice([1, 20, 77, 300, 1500]) for slug in estimated},
    }
    if chooser.random() < 0.3:
        return answers | {"pay": chooser.choice(sorted(oracle.LEVELS))}
    return answers | {"salary": round(10 ** chooser.uniform(3.5, 6.0), 2)}


def profile_of(answers: Answers) -> Profile:
    """The same answers as the engine takes them."""
    return Profile(
        pay=PayLevel(answers["pay"]) if answers.get("pay") else answers["salary"],
        location=answers["location"],
        skills=None if answers["skill"] is None else tuple(sorted(answers["skill"])),
        held=tuple(sorted(answers["have"])),
        weekly_hours=answers["hours"],
        horizon_years=answers["years"],
        odds_percent=answers["odds"],
        experience_years=answers["experience"],
        hour_value=answers["hour"],
        evidence=EvidenceChoice(answers["evidence"]),
        study_hours=tuple(sorted(answers["study"].items())),
    )


def as_answers(verdict: Verdict) -> Answers:
    """The engine's verdict in the oracle's shape."""
    market = verdict.market
    return {
        "rating": verdict.rating.value,
        "stay_put_reason": verdict.stay_put_reason and verdict.stay_put_reason.value,
        "is_small": verdict.is_small,
        "first": verdict.first,
        "chance_nothing": verdict.chance_nothing,
        "rivals": [{"slug": rival.slug, "chance": rival.chance} for rival in verdict.rivals],
        "candidates": list(verdict.candidates),
        "considered": list(verdict.considered),
        "held": list(verdict.held),
        "hour": verdict.hour_value.amount,
        "market": {
            "location": market.location,
            "answered_by": market.answered_by.slug,
            "currency": market.currency,
            "percentile": market.percentile,
            "annual_salary": market.annual_salary,
        }
        if market
        else {"answered_by": None, "percentile": None, "annual_salary": None},
        "skills": [_skill(outlook) for outlook in verdict.outlooks],
        "plan": verdict.plan and _plan(verdict.plan),
    }


def first_difference(found: object, expected: object, where: str = "verdict") -> str | None:
    """Where the two part ways, or None. Keys that `found` lacks are not compared."""
    if isinstance(found, Mapping) and isinstance(expected, Mapping):
        pairs = [(f"{where}.{name}", found[name], expected[name]) for name in found]
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            return f"{where}: {found} is not {expected}"
        pairs = [(f"{where}[{i}]", a, b) for i, (a, b) in enumerate(zip(found, expected, strict=True))]
    elif isinstance(found, float) and isinstance(expected, float | int):
        slack = TOLERANCE_OF_MONEY if where.endswith("net_gain") else TOLERANCE
        is_near = found == pytest.approx(expected, rel=TOLERANCE, abs=slack)
        return None if is_near else f"{where}: {found} is not {expected}"
    else:
        return None if found == expected else f"{where}: {found!r} is not {expected!r}"
    differences = (first_difference(a, b, place) for place, a, b in pairs)
    return next((difference for difference in differences if difference), None)


def _with_prerequisites(chosen: list[str], edition: Edition) -> list[str]:
    needs = [need for slug in chosen for need in edition.skills[slug].requires]
    return list(dict.fromkeys([*needs, *chosen]))


def _skill(outlook: Outlook) -> Answers:
    headline, gain, study = outlook.headline, outlook.gain, outlook.study
    has_money = headline is not None and headline.low is not None
    return {
        "slug": outlook.slug,
        "grade_shares": dict(outlook.grade_shares),
        "beta": outlook.beta,
        "premium": _range(outlook.premium) if outlook.premium else None,
        "headline": {"low": headline.low, "high": headline.high} if headline and has_money else None,
        "uplift": _range(gain.uplift) if gain else None,
        "hours": study.hours,
        "study_months": study.months,
        "first_pay_month": study.first_pay_month,
        "exam": study.exam_cost,
        "years_of_pay": study.years_of_pay,
        "net_gain": gain.net_gain if gain else None,
        "chance": gain.chance if gain else None,
        "pays_off": gain.pays_off if gain else None,
        "worth_of_an_hour": gain.worth_of_an_hour if gain else None,
        "in_time": outlook.is_in_time,
    }


def _range(figures: Range) -> Answers:
    return {"low": figures.low, "expected": figures.expected, "high": figures.high}


def _plan(plan: Plan) -> Answers:
    return {
        "steps": [
            {"slug": step.slug, "done_month": step.done_month, "annual_uplift": step.annual_uplift}
            for step in plan.best.steps
        ],
        "net_gain": plan.best.net_gain,
        "left_out": list(plan.left_out),
        "beyond": plan.beyond,
        "free_order": list(plan.free.slugs),
        "free_net_gain": plan.free.net_gain,
        "worst_order": list(plan.worst.slugs),
        "worst_net_gain": plan.worst.net_gain,
    }
