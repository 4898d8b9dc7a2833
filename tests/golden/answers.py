"""The answers of golden files: a verdict's figures to twelve significant digits, and the profile they are for."""

from __future__ import annotations

from typing import Any

from calculator.engine.edition import Edition, EvidenceChoice, Range
from calculator.engine.plan import Plan
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Outlook, Verdict
from skills.editions.document import Sealed, read_edition
from tests.golden.files import Answer, edition_file

DIGITS = 12


def read_golden_edition(number: int, checksum: str) -> Edition:
    sealed = Sealed(content=edition_file(number).read_bytes(), checksum=checksum)
    return read_edition(sealed, number).edition


def profile_of(answers: Answer) -> Profile:
    """A profile from the names of a verdict's address; what is not given has its default."""
    given: dict[str, Any] = {
        "pay": PayLevel(answers["pay"]) if "pay" in answers else answers["salary"],
        "location": answers["location"],
        "skills": tuple(answers["skill"]) if "skill" in answers else None,
        "held": tuple(answers.get("have", ())),
        "study_hours": tuple(sorted(answers.get("study", {}).items())),
    }
    names = {"hours": "weekly_hours", "years": "horizon_years", "odds": "odds_percent"}
    names |= {"experience": "experience_years", "hour": "hour_value"}
    given |= {names[name]: value for name, value in answers.items() if name in names}
    if "evidence" in answers:
        given["evidence"] = EvidenceChoice(answers["evidence"])
    return Profile(**given)


def as_answer(verdict: Verdict) -> Answer:
    """Every figure of a verdict."""
    market = verdict.market
    return {
        "considered": list(verdict.considered),
        "held": list(verdict.held),
        "hour_value": _round(verdict.hour_value.amount),
        "rating": verdict.rating.value,
        "stay_put_reason": verdict.stay_put_reason and verdict.stay_put_reason.value,
        "is_small": verdict.is_small,
        "first": verdict.first,
        "chance_nothing": _round(verdict.chance_nothing),
        "rivals": [[rival.slug, _round(rival.chance)] for rival in verdict.rivals],
        "candidates": list(verdict.candidates),
        "market": market
        and {
            "answered_by": market.answered_by.slug,
            "currency": market.currency,
            "sigma": _round(market.sigma),
            "sigma_from": market.sigma_from,
            "annual_salary": _round(market.annual_salary),
            "percentile": _round(market.percentile),
            "levels": {level.value: _round(pay) for level, pay in market.levels.items()},
        },
        "skills": [_outlook(outlook) for outlook in verdict.outlooks],
        "plan": verdict.plan and _plan(verdict.plan),
        "sources": list(verdict.sources),
    }


def _outlook(outlook: Outlook) -> Answer:
    study, gain, headline = outlook.study, outlook.gain, outlook.headline
    return {
        "slug": outlook.slug,
        "grade_shares": {name: _round(share) for name, share in outlook.grade_shares.items()},
        "rests_on_duties": outlook.rests_on_duties,
        "beta": _round(outlook.beta),
        "premium": outlook.premium and _range(outlook.premium),
        "tilt_shift": _round(outlook.tilt_shift),
        "experience_shift": _round(outlook.experience_shift),
        "headline": headline
        and {
            "low_share": _round(headline.low_share),
            "high_share": _round(headline.high_share),
            "low": _round(headline.low),
            "high": _round(headline.high),
        },
        "study": {
            "own_hours": _round(study.own_hours),
            "hours": _round(study.hours),
            "months": _round(study.months),
            "first_pay_month": _round(study.first_pay_month),
            "exam_cost": _round(study.exam_cost),
            "added": list(study.added),
            "assumed": list(study.assumed),
            "is_in_time": study.is_in_time,
            "cases": [[_round(case.hours), _round(case.years_of_pay)] for case in study.cases],
        },
        "gain": gain
        and {
            "prerequisite_beta": _round(gain.prerequisite_beta),
            "uplift": _range(gain.uplift),
            "net_gain": _round(gain.net_gain),
            "worth_of_an_hour": _round(gain.worth_of_an_hour),
            "pays_off": _round(gain.pays_off),
            "chance": _round(gain.chance),
        },
        "contributions": [[part.evidence.source, _round(part.share)] for part in outlook.contributions],
    }


def _range(figures: Range) -> Answer:
    return {name: _round(getattr(figures, name)) for name in ("low", "expected", "high")}


def _plan(plan: Plan) -> Answer:
    return {
        "steps": [
            {
                "slug": step.slug,
                "done_month": _round(step.done_month),
                "annual_uplift": _round(step.annual_uplift),
            }
            for step in plan.best.steps
        ],
        "net_gain": _round(plan.best.net_gain),
        "left_out": list(plan.left_out),
        "beyond": plan.beyond,
        "free_order": list(plan.free.slugs),
        "free_net_gain": _round(plan.free.net_gain),
        "is_free_notable": plan.is_free_notable,
        "worst_order": list(plan.worst.slugs),
        "worst_net_gain": _round(plan.worst.net_gain),
        "is_worst_notable": plan.is_worst_notable,
    }


def _round(figure: float | None) -> float | None:
    return None if figure is None else float(f"{figure:.{DIGITS}g}")
