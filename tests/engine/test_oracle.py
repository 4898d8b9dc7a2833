"""The engine against the slow, obvious second opinion, figure by figure, on the real catalogue."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest

from calculator.engine import assess
from calculator.engine.edition import Edition, EvidenceChoice, Range
from calculator.engine.path import Path
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Outlook, Rating, Verdict
from tests import oracle
from tests.engine.catalogue import FOLDER
from tests.fuzz.extent import seeds

PROFILES_A_SEED = 60
TOLERANCE = 1e-9

type Answers = dict[str, Any]


@pytest.mark.parametrize("seed", seeds(4))
def test_assess_agrees_with_the_oracle(catalogue: Edition, seed: int) -> None:
    chooser = random.Random(seed)

    for _ in range(PROFILES_A_SEED):
        answers = random_answers(catalogue, chooser)
        expected = oracle.verdict(answers, FOLDER)
        verdict = assess(profile_of(answers), catalogue)

        difference = first_difference(told(verdict), expected)
        assert difference is None, (answers, difference)


def random_answers(edition: Edition, chooser: random.Random) -> Answers:
    """What somebody might answer: few skills, often with their prerequisites, any place, usual and unusual pay."""
    slugs = sorted(edition.skills)
    chosen = chooser.sample(slugs, chooser.randint(1, 5))
    if chooser.random() < 0.4:
        chosen[: len(chosen)] = _with_prerequisites(chosen, edition)[:5]
    held = [slug for slug in chooser.sample(slugs, chooser.choice([0, 0, 0, 1, 2, 4])) if slug not in chosen]
    estimated = chooser.sample(chosen, chooser.randint(0, len(chosen))) if chooser.random() < 0.3 else []
    answers: Answers = {
        "location": chooser.choice(sorted(edition.places)),
        "skill": chosen,
        "have": held,
        "hours": chooser.choice([1, 2, 4, 6, 6, 6, 10, 20, 40]),
        "years": chooser.choice([1, 2, 3, 3, 3, 5, 10]),
        "odds": chooser.choice([10, 25, 50, 50, 80, 100]),
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
        skills=tuple(sorted(answers["skill"])),
        held=tuple(sorted(answers["have"])),
        weekly_hours=answers["hours"],
        horizon_years=answers["years"],
        odds_percent=answers["odds"],
        evidence=EvidenceChoice(answers["evidence"]),
        study_hours=tuple(sorted(answers["study"].items())),
    )


def told(verdict: Verdict) -> Answers:
    """The engine's verdict in the oracle's shape."""
    market = verdict.market
    return {
        "rating": verdict.rating.value,
        "confidence": verdict.confidence,
        "best_bet": verdict.best_bet,
        "safest_bet": verdict.safest_bet,
        "rivals": _rivals(verdict),
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
        "path": _path(verdict.path, verdict),
        "worst_path": _path(verdict.worst_path, verdict),
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
        is_near = found == pytest.approx(expected, rel=TOLERANCE, abs=TOLERANCE)
        return None if is_near else f"{where}: {found} is not {expected}"
    else:
        return None if found == expected else f"{where}: {found!r} is not {expected!r}"
    differences = (first_difference(a, b, place) for place, a, b in pairs)
    return next((difference for difference in differences if difference), None)


def _with_prerequisites(chosen: list[str], edition: Edition) -> list[str]:
    needs = [need for slug in chosen for need in edition.skills[slug].requires]
    return list(dict.fromkeys([*needs, *chosen]))


def _rivals(verdict: Verdict) -> list[str]:
    """Those that the page names: beaten in too few combinations, in the order of their net gains."""
    if verdict.rating is not Rating.TOSS_UP:
        return []
    close = {rival.slug for rival in verdict.rivals if rival.chance < oracle.LEAN}
    order = [outlook.slug for outlook in verdict.outlooks] + [oracle.NOTHING]
    return [slug for slug in order if slug in close]


def _skill(outlook: Outlook) -> Answers:
    headline, gain = outlook.headline, outlook.gain
    has_money = headline is not None and headline.low is not None
    return {
        "slug": outlook.slug,
        "grade": outlook.grade.value if outlook.grade else None,
        "premium": _range(outlook.premium) if outlook.premium else None,
        "headline": {"low": headline.low, "high": headline.high} if headline and has_money else None,
        "uplift": _range(gain.uplift) if gain else None,
        "study_months": outlook.study.months,
        "break_even_month": gain.break_even_month if gain else None,
        "net_gain": gain.net_gain if gain else None,
        "net_gain_low": gain.net_gain_low if gain else None,
        "net_gain_per_hour": gain.net_gain_per_hour if gain else None,
        "chance_against_best": gain.chance_against_best if gain else None,
    }


def _range(figures: Range) -> Answers:
    return {"low": figures.low, "expected": figures.expected, "high": figures.high}


def _path(path: Path, verdict: Verdict) -> Answers:
    return {
        "steps": [
            {"slug": step.slug, "done_month": step.done_month, "annual_uplift": step.annual_uplift}
            for step in path.steps
        ],
        "net_gain": path.net_gain if verdict.market else None,
        "left_out": list(path.left_out),
    }
