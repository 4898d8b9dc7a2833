"""Small made-up values of the engine: valid by default, each named part can be given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from calculator.engine.constants import MODEL_2
from calculator.engine.edition import (
    WORLDWIDE,
    About,
    Edition,
    Evidence,
    EvidenceChoice,
    ExchangeRate,
    ExperiencePoint,
    Grade,
    Place,
    Pool,
    Range,
    Skill,
    Source,
    Way,
    WayUnit,
)
from calculator.engine.evidence import pool_all
from calculator.engine.net_gain import Clock
from calculator.engine.outcomes import BundleUplift, HourCase, Outcome, Study
from calculator.engine.plan import Learner, PlanSkill
from calculator.engine.profile import Profile
from calculator.engine.uplift import gain_cap

FULL_QUANTILES: Mapping[float, float] = {0.1: 60_000, 0.25: 75_000, 0.5: 100_000, 0.75: 130_000, 0.9: 170_000}


def make_skill(slug: str, **given: Any) -> Skill:
    """A skill of 120 hours, without exam, prerequisite or tilt."""
    values: dict[str, Any] = {
        "slug": slug,
        "name": slug.title(),
        "category": "cloud",
        "summary": "",
        "hours_low": 60.0,
        "hours_mid": 120.0,
        "hours_high": 240.0,
        "hours_basis": "editor's estimate",
        "exam_cost_usd": 0.0,
        "requires": (),
        "tilt": 0.0,
    }
    return Skill(**values | given)


def make_evidence(skill: str, **given: Any) -> Evidence:
    """A controlled figure: 2 to 8 %, 5 % in the middle, worldwide, grade B."""
    values: dict[str, Any] = {
        "skill": skill,
        "source": "study",
        "region": WORLDWIDE,
        "about": About.SKILL,
        "low": 0.02,
        "mid": 0.05,
        "high": 0.08,
        "grade": Grade.B,
        "population": "developers",
        "year": 2024,
        "sample_size": 1000,
        "note": "",
    }
    return Evidence(**values | given)


def make_place(slug: str = "town", **given: Any) -> Place:
    """A country in US dollars that publishes all five quantiles."""
    values: dict[str, Any] = {
        "slug": slug,
        "name": slug.title(),
        "kind": "country",
        "parent": "",
        "country": "US",
        "region": "us",
        "currency": "USD",
        "quantiles": FULL_QUANTILES,
        "source": "pay-survey",
        "year": 2025,
        "sample_size": 1000,
        "population": None,
        "note": "",
    }
    return Place(**values | given)


def make_source(slug: str, **given: Any) -> Source:
    """A publication of controlled figures."""
    values: dict[str, Any] = {
        "slug": slug,
        "title": slug.title(),
        "publisher": "A publisher",
        "url": "https://example.org/",
        "published": "2025",
        "licence": "CC0",
        "kind": "controlled",
        "note": "",
    }
    return Source(**values | given)


def make_rate(currency: str = "USD", units_per_usd: float = 1.0) -> ExchangeRate:
    return ExchangeRate(
        currency=currency, units_per_usd=units_per_usd, quoted_on="2026-01-01", source=f"rate-{currency.lower()}"
    )


def make_way(slug: str, region: str = "", **given: Any) -> Way:
    """A way that brings 4 % in four months, with a chance of one half that nobody measured."""
    values: dict[str, Any] = {
        "slug": slug,
        "name": slug.title(),
        "summary": "",
        "unit": WayUnit.PAY,
        "region": region,
        "low": 0.0,
        "expected": 0.04,
        "high": 0.1,
        "odds": 0.5,
        "is_odds_measured": False,
        "is_odds_yearly": False,
        "odds_basis": "",
        "months": (2.0, 4.0, 8.0),
        "hours": 60.0,
        "lasts": "permanent",
        "overlap": "",
        "overlaps_skill": "",
        "not_compared_with": "",
        "min_years": None,
        "max_years": None,
        "grade": Grade.C,
        "sources": (),
        "note": "",
    }
    return Way(**values | given)


def make_experience_point(region: str, years: int, **given: Any) -> ExperiencePoint:
    values: dict[str, Any] = {
        "region": region,
        "years": years,
        "multiple": 1.0,
        "answers": 100,
        "sample_size": 1000,
        "source": "",
        "grade": Grade.B,
        "note": "",
    }
    return ExperiencePoint(**values | given)


def make_edition(
    *,
    skills: Iterable[Skill] = (),
    evidence: Iterable[Evidence] = (),
    places: Iterable[Place] = (),
    rates: Iterable[ExchangeRate] = (),
    **given: Any,
) -> Edition:
    """An edition of one full place, `town`, and a dollar rate, or of what is given; its pools fit its evidence."""
    items = tuple(evidence)
    by_skill = {slug: tuple(each for each in items if each.skill == slug) for slug in {each.skill for each in items}}
    known_places = tuple(places) or (make_place(),)
    named = {each.source for each in items} | {place.source for place in known_places}
    values: dict[str, Any] = {
        "number": 1,
        "model": 2,
        "constants": MODEL_2,
        "skills": {skill.slug: skill for skill in skills},
        "sources": {slug: make_source(slug) for slug in sorted(named) if slug},
        "evidence": by_skill,
        "pools": pool_all(by_skill, MODEL_2),
        "places": {place.slug: place for place in known_places},
        "rates": {rate.currency: rate for rate in (make_rate(), *rates)},
    }
    return Edition(**values | given)


def make_pool(*, low: float, high: float, points: Iterable[float]) -> Pool:
    return Pool(low=low, high=high, points=tuple(points))


def make_flat_pool(log_premium: float) -> Pool:
    """A premium without spread: sums can be done by hand."""
    return Pool(low=log_premium, high=log_premium, points=(log_premium,) * MODEL_2.pool_points)


def make_profile(*skills: str, **given: Any) -> Profile:
    """Median pay in `town`, one skill where none is named, the defaults for all else."""
    values: dict[str, Any] = {"pay": 100_000.0, "location": "town", "skills": tuple(sorted(skills or ("kubernetes",)))}
    return Profile(**values | given)


def make_clock(**given: Any) -> Clock:
    values: dict[str, Any] = {"weekly_hours": 6, "horizon_months": 36, "odds": 0.5, "constants": MODEL_2}
    return Clock(**values | given)


def make_plan_skill(slug: str, **given: Any) -> PlanSkill:
    """A skill of 130 hours (5 months at 6 hours a week) with a premium of 0.05 in log units; its hours cost nothing."""
    values: dict[str, Any] = {
        "slug": slug,
        "beta": 0.05,
        "study_hours": 130.0,
        "exam_cost": 0.0,
        "hours_cost": 0.0,
        "requires": (),
    }
    return PlanSkill(**values | given)


def make_learner(**given: Any) -> Learner:
    values: dict[str, Any] = {
        "capped_salary": 100_000.0,
        "gain_cap": gain_cap(EvidenceChoice.MEASURED, MODEL_2),
        "clock": make_clock(),
        "constants": MODEL_2,
    }
    return Learner(**values | given)


def make_hour_case(weight: float = 1.0, **given: Any) -> HourCase:
    values: dict[str, Any] = {
        "weight": weight,
        "hours": 130.0,
        "months": 5.0,
        "first_pay_month": 8.0,
        "years_of_pay": 2.0,
        "expected_years": 1.0,
    }
    return HourCase(**values | given)


def make_study(**given: Any) -> Study:
    """A skill alone, 130 hours in all three cases, in time unless its cases say otherwise."""
    values: dict[str, Any] = {
        "own_hours": 130.0,
        "hours": 130.0,
        "months": 5.0,
        "first_pay_month": 8.0,
        "exam_cost": 0.0,
        "added": (),
        "assumed": (),
        "cases": tuple([make_hour_case(weight) for weight in MODEL_2.hour_case_weights]),
    }
    return Study(**values | given)


def make_outcome(slug: str, case_gains: Sequence[Sequence[float]] = ((1.0,), (1.0,), (1.0,)), **given: Any) -> Outcome:
    """What one skill may bring: for each of the three hour cases the gain of each of its points."""
    values: dict[str, Any] = {
        "slug": slug,
        "net_gain": sum(w * sum(row) / len(row) for w, row in zip(MODEL_2.hour_case_weights, case_gains, strict=True)),
        "case_gains": tuple(case_gains),
        "study": make_study(),
        "annual": BundleUplift(annual=Range(low=0.0, expected=0.0, high=0.0), points=[0.0] * len(case_gains[0])),
    }
    return Outcome(**values | given)
