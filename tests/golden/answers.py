"""Golden files: answers that may never change, with the edition that they were given from.

`edition_N.json.z` is a published edition as it is kept, `edition_N_model_M.json` has profiles and the figures of their
verdicts to twelve significant digits. Both are only ever added, never rewritten.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from calculator.engine.edition import Edition, EvidenceChoice, Range
from calculator.engine.path import Path as LearningPath
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Outlook, Verdict
from skills.editions.document import Sealed, read_edition

FOLDER = Path(__file__).parent
DIGITS = 12

type Answer = dict[str, Any]


def edition_file(number: int) -> Path:
    return FOLDER / f"edition_{number}.json.z"


def answers_file(number: int, model: int) -> Path:
    return FOLDER / f"edition_{number}_model_{model}.json"


def read_answers(path: Path) -> Answer:
    """`edition`, `model`, the edition's `checksum`, and `answers`: a list of `profile` and `verdict`."""
    answers: Answer = json.loads(path.read_text(encoding="utf-8"))
    return answers


def read_golden_edition(number: int, checksum: str) -> Edition:
    sealed = Sealed(content=edition_file(number).read_bytes(), checksum=checksum)
    return read_edition(sealed, number).edition


def profile_of(answers: Answer) -> Profile:
    """A profile from the names of a verdict's address; what is not given has its default."""
    given: dict[str, Any] = {
        "pay": PayLevel(answers["pay"]) if "pay" in answers else answers["salary"],
        "location": answers["location"],
        "skills": tuple(answers["skill"]),
        "held": tuple(answers.get("have", ())),
        "study_hours": tuple(sorted(answers.get("study", {}).items())),
    }
    names = {"hours": "weekly_hours", "years": "horizon_years", "odds": "odds_percent"}
    given |= {names[name]: value for name, value in answers.items() if name in names}
    if "evidence" in answers:
        given["evidence"] = EvidenceChoice(answers["evidence"])
    return Profile(**given)


def told(verdict: Verdict) -> Answer:
    """Every figure of a verdict."""
    market = verdict.market
    return {
        "rating": verdict.rating.value,
        "confidence": _rounded(verdict.confidence),
        "best_bet": verdict.best_bet,
        "safest_bet": verdict.safest_bet,
        "rivals": {rival.slug: _rounded(rival.chance) for rival in verdict.rivals},
        "market": market
        and {
            "answered_by": market.answered_by.slug,
            "currency": market.currency,
            "sigma": _rounded(market.sigma),
            "sigma_from": market.sigma_from,
            "annual_salary": _rounded(market.annual_salary),
            "percentile": _rounded(market.percentile),
            "levels": {level.value: _rounded(pay) for level, pay in market.levels.items()},
        },
        "skills": [_outlook(outlook) for outlook in verdict.outlooks],
        "path": _path(verdict.path),
        "worst_path": _path(verdict.worst_path),
        "sources": list(verdict.sources),
    }


def _outlook(outlook: Outlook) -> Answer:
    study, gain, headline = outlook.study, outlook.gain, outlook.headline
    return {
        "slug": outlook.slug,
        "grade": outlook.grade and outlook.grade.value,
        "premium": outlook.premium and _range(outlook.premium),
        "tilt_shift": _rounded(outlook.tilt_shift),
        "headline": headline
        and {
            "low_share": _rounded(headline.low_share),
            "high_share": _rounded(headline.high_share),
            "low": _rounded(headline.low),
            "high": _rounded(headline.high),
        },
        "study": {
            "own_hours": _rounded(study.own_hours),
            "hours": _rounded(study.hours),
            "months": _rounded(study.months),
            "first_pay_month": _rounded(study.first_pay_month),
            "exam_cost": _rounded(study.exam_cost),
            "added": list(study.added),
            "assumed": list(study.assumed),
        },
        "gain": gain
        and {
            "stack_ratio": _rounded(gain.stack_ratio),
            "uplift": _range(gain.uplift),
            "net_gain": _rounded(gain.net_gain),
            "net_gain_low": _rounded(gain.net_gain_low),
            "net_gain_per_hour": _rounded(gain.net_gain_per_hour),
            "break_even_month": _rounded(gain.break_even_month),
            "chance_above_zero": _rounded(gain.chance_above_zero),
            "chance_against_best": _rounded(gain.chance_against_best),
        },
        "contributions": [[part.evidence.source, _rounded(part.share)] for part in outlook.contributions],
    }


def _range(figures: Range) -> Answer:
    return {name: _rounded(getattr(figures, name)) for name in ("low", "expected", "high")}


def _path(path: LearningPath) -> Answer:
    return {
        "steps": [
            {
                "slug": step.slug,
                "done_month": _rounded(step.done_month),
                "annual_uplift": _rounded(step.annual_uplift),
            }
            for step in path.steps
        ],
        "net_gain": _rounded(path.net_gain),
        "left_out": list(path.left_out),
    }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else float(f"{figure:.{DIGITS}g}")
