"""A verdict as data: the JSON of `/verdict.json`, straight from the engine's result, and its skills as a CSV table."""

from __future__ import annotations

import csv
import io
from typing import Any

from calculator.address import write_amount
from calculator.engine.edition import Edition, Range
from calculator.engine.path import Path
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Outlook, Verdict
from earnverdict.spreadsheet import neutralised

type Json = dict[str, Any]

#: Columns of the CSV that are the same in every row: the whole verdict's, under their names in the JSON.
_VERDICT_COLUMNS = ("edition", "model", "rating", "confidence", "best_bet", "safest_bet")
#: Columns of one skill, and where each stands in the JSON's entry of it.
_SKILL_COLUMNS = {
    "grade": ("grade",),
    "premium_low": ("premium", "low"),
    "premium_expected": ("premium", "expected"),
    "premium_high": ("premium", "high"),
    "headline_low": ("headline", "low"),
    "headline_high": ("headline", "high"),
    "headline_low_share": ("headline", "low_share"),
    "headline_high_share": ("headline", "high_share"),
    "uplift_low": ("uplift", "low"),
    "uplift_expected": ("uplift", "expected"),
    "uplift_high": ("uplift", "high"),
    "study_hours": ("study_hours",),
    "study_months": ("study_months",),
    "first_pay_month": ("first_pay_month",),
    "exam_cost": ("exam_cost",),
    "break_even_month": ("break_even_month",),
    "net_gain": ("net_gain",),
    "net_gain_low": ("net_gain_low",),
    "net_gain_per_hour": ("net_gain_per_hour",),
    "chance_above_zero": ("chance_above_zero",),
    "chance_against_best": ("chance_against_best",),
}


def verdict_json(verdict: Verdict, edition: Edition) -> Json:
    """The stable core and more; shares are fractions, money is a year in `currency`, 12 significant digits."""
    return {
        "edition": verdict.edition,
        "model": verdict.model,
        "profile": _profile(verdict.profile),
        "rating": verdict.rating.value,
        "confidence": _figure(verdict.confidence),
        "best_bet": verdict.best_bet,
        "safest_bet": verdict.safest_bet,
        "rivals": [
            {"slug": rival.slug or None, "chance_best_bet_is_larger": _figure(rival.chance)} for rival in verdict.rivals
        ],
        "market": _market(verdict, edition),
        "skills": [_outlook(outlook) for outlook in verdict.outlooks],
        "path": _path(verdict.path),
        "worst_path": _path(verdict.worst_path),
        "sources": [
            {
                "slug": slug,
                "title": edition.sources[slug].title,
                "publisher": edition.sources[slug].publisher,
                "url": edition.sources[slug].url or None,
                "licence": edition.sources[slug].licence,
            }
            for slug in verdict.sources
        ],
    }


def verdict_csv(verdict: Verdict, edition: Edition) -> str:
    """One row a chosen skill, in falling net gain: the figures of the JSON, blank where that has null.

    The salary is no column, but it can be told from the amounts.
    """
    answer = verdict_json(verdict, edition)
    shared = {name: answer[name] for name in _VERDICT_COLUMNS}
    shared |= {name: answer["market"][name] for name in ("location", "currency")}
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["slug", "name", *_SKILL_COLUMNS, *shared])
    for skill in answer["skills"]:
        figures = [_found(skill, way) for way in _SKILL_COLUMNS.values()]
        cells = [skill["slug"], edition.skills[skill["slug"]].name, *figures, *shared.values()]
        writer.writerow([neutralised(cell) if isinstance(cell, str) else cell for cell in cells])
    return lines.getvalue()


def _found(entry: Json, way: tuple[str, ...]) -> Any:
    """What stands at the end of the way; None where an entry on it is null."""
    value: Any = entry
    for name in way:
        value = None if value is None else value[name]
    return value


def _profile(profile: Profile) -> Json:
    is_level = isinstance(profile.pay, PayLevel)
    return {
        "salary": None if is_level else float(write_amount(float(profile.pay))),
        "pay": str(profile.pay) if is_level else None,
        "location": profile.location,
        "skill": list(profile.skills),
        "have": list(profile.held),
        "hours": profile.weekly_hours,
        "years": profile.horizon_years,
        "odds": profile.odds_percent,
        "evidence": profile.evidence.value,
        "study": dict(profile.study_hours),
    }


def _market(verdict: Verdict, edition: Edition) -> Json:
    market, location = verdict.market, verdict.profile.location
    currency = edition.places[location].currency
    if market is None:
        return {"location": location, "answered_by": None, "currency": currency, "percentile": None}
    return {
        "location": location,
        "answered_by": market.answered_by.slug,
        "currency": currency,
        "percentile": _figure(market.percentile),
        "annual_salary": _figure(market.annual_salary),
        "levels": {level.value: _figure(pay) for level, pay in market.levels.items()},
        "published_levels": [level.value for level in PayLevel if market.is_published(level)],
        "assumed_sigma": _figure(market.sigma),
        "assumed_sigma_from": market.sigma_from or None,
        "source": market.answered_by.source,
        "year": market.answered_by.year,
        "sample_size": market.answered_by.sample_size,
    }


def _outlook(outlook: Outlook) -> Json:
    gain, headline, study = outlook.gain, outlook.headline, outlook.study
    return {
        "slug": outlook.slug,
        "grade": outlook.grade.value if outlook.grade else None,
        "premium": _range(outlook.premium),
        "headline": None
        if headline is None
        else {
            "low": _figure(headline.low),
            "high": _figure(headline.high),
            "low_share": _figure(headline.low_share),
            "high_share": _figure(headline.high_share),
        },
        "uplift": _range(gain.uplift if gain else None),
        "study_hours": _figure(study.hours),
        "study_months": _figure(study.months),
        "first_pay_month": _figure(study.first_pay_month),
        "exam_cost": _figure(study.exam_cost),
        "prerequisites_added": list(study.added),
        "prerequisites_assumed": list(study.assumed),
        "tilt_shift": _figure(outlook.tilt_shift),
        "stack_ratio": _figure(gain.stack_ratio if gain else None),
        "break_even_month": _figure(gain.break_even_month if gain else None),
        "net_gain": _figure(gain.net_gain if gain else None),
        "net_gain_low": _figure(gain.net_gain_low if gain else None),
        "net_gain_per_hour": _figure(gain.net_gain_per_hour if gain else None),
        "chance_above_zero": _figure(gain.chance_above_zero if gain else None),
        "chance_against_best": _figure(gain.chance_against_best if gain else None),
    }


def _path(path: Path) -> Json:
    return {
        "steps": [
            {
                "slug": step.slug,
                "done_month": _figure(step.done_month),
                "annual_uplift": _figure(step.annual_uplift),
            }
            for step in path.steps
        ],
        "net_gain": _figure(path.net_gain),
        "left_out": list(path.left_out),
    }


def _range(value: Range | None) -> Json | None:
    if value is None:
        return None
    return {"low": _figure(value.low), "expected": _figure(value.expected), "high": _figure(value.high)}


def _figure(value: float | None) -> float | None:
    """12 significant digits: the same on every machine."""
    return None if value is None else float(f"{value:.12g}")
