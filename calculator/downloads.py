"""A verdict as data: the JSON of `/verdict.json`, straight from the engine's result, and its skills as a CSV table.

Each object of the JSON begins with the stable names that belong to `model`; what follows them may change.
The JSON and the table of ways take what their page does: `to` and `to_town`, `side` and `rate`, `odds.` with a slug.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from calculator.engine.edition import Edition, Range, WayUnit
from calculator.engine.plan import Plan
from calculator.engine.profile import HOUR_VALUE, INPUTS, PayLevel
from calculator.engine.verdict import Gain, Headline, Outlook, Verdict
from calculator.engine.ways import Move, WayAnswers, WayOutlook, find_move, find_other_ways, side_income
from calculator.query import write_amount
from earnverdict.spreadsheet import escape_formula

type Json = dict[str, Any]

NO_ANSWERS = WayAnswers()
#: The slug of learning nothing, among rivals.
NOTHING = "nothing"
#: Columns of the CSV that are the same in every row: the whole verdict's, under their names in the JSON.
_VERDICT_COLUMNS = ("edition", "model", "rating", "is_small", "first", "chance_nothing")
#: The answers that each row has too, by where they are in the JSON.
_ANSWER_COLUMNS = tuple(
    [("profile", spec.name, "amount") if spec is HOUR_VALUE else ("profile", spec.name) for spec in INPUTS]
)
_GRADES = ("A", "B", "C", "D", "typical")
_LEVELS = ("low", "expected", "high")
#: Columns of one skill, each by where it is in the JSON's entry of it.
_SKILL_COLUMNS = (
    *(("grade_shares", grade) for grade in _GRADES),
    *(("premium", level) for level in _LEVELS),
    *(("headline", name) for name in ("low", "high", "low_share", "high_share")),
    *(("uplift", level) for level in _LEVELS),
    *((name,) for name in ("hours", "study_months", "first_pay_month", "exam", "net_gain", "chance", "pays_off")),
    *((name,) for name in ("worth_of_an_hour", "in_time", "rests_on_duties")),
)

#: The same of one way.
_WAY_COLUMNS = (
    *((name,) for name in ("region", "unit")),
    *((name, level) for name in ("share", "annual") for level in _LEVELS),
    *(
        (name,)
        for name in (
            "own_annual",
            "own_buys",
            "own_average",
            "odds",
            "is_own_odds",
            "is_odds_measured",
            "is_odds_yearly",
        )
    ),
    *(("months", level) for level in ("low", "mid", "high")),
    *((name,) for name in ("hours", "overlaps_skill", "grade")),
)


def verdict_json(verdict: Verdict, edition: Edition, own: WayAnswers = NO_ANSWERS) -> Json:
    """The stable core and more; shares are fractions, money is a year in `currency`, 12 significant digits.

    A range from `low` to `high` has 8 chances in 10 to hold the true average: it is not of single people.
    """
    return {
        "edition": verdict.edition,
        "model": verdict.model,
        "profile": _profile(verdict),
        "rating": verdict.rating.value,
        "is_small": verdict.is_small,
        "first": verdict.first,
        "chance_nothing": _figure(verdict.chance_nothing),
        "rivals": [{"slug": rival.slug or NOTHING, "chance": _figure(rival.chance)} for rival in verdict.rivals],
        "market": _market(verdict, edition),
        "skills": [_outlook(outlook) for outlook in verdict.outlooks],
        "plan": _plan(verdict.plan),
        "sources": list(verdict.sources),
        "stay_put_reason": verdict.stay_put_reason.value if verdict.stay_put_reason else None,
        **_ways(verdict, edition, own),
        "source_details": [_source(slug, edition) for slug in verdict.sources],
    }


def verdict_csv(verdict: Verdict, edition: Edition) -> str:
    """One row a considered skill, in falling net gain: the figures of the JSON, blank where that has none.

    The salary is no column, but it can be worked out from the amounts.
    """
    answer = verdict_json(verdict, edition)
    shared = {name: answer[name] for name in _VERDICT_COLUMNS}
    shared |= {name: answer["market"][name] for name in ("location", "currency")}
    shared |= {"_".join(path): _find(answer, path) for path in _ANSWER_COLUMNS}
    names = {slug: skill.name for slug, skill in edition.skills.items()}
    return _write_table(answer["skills"], _SKILL_COLUMNS, names, shared)


def ways_csv(verdict: Verdict, edition: Edition, own: WayAnswers = NO_ANSWERS) -> str:
    """One row a way, soonest first: the figures of the JSON; blank where that has none. They are no ranking."""
    answer = verdict_json(verdict, edition, own)
    names = {way.slug: way.name for way in edition.ways}
    shared = {"edition": answer["edition"]} | {name: answer["market"][name] for name in ("location", "currency")}
    return _write_table(answer["ways"], _WAY_COLUMNS, names, shared)


def _write_table(
    entries: list[Json], columns: Sequence[tuple[str, ...]], names: Mapping[str, str], shared: Json
) -> str:
    """Write a row an entry: its slug, its name, what is at the end of each column's path, and what all rows share."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["slug", "name", *("_".join(path) for path in columns), *shared])
    for entry in entries:
        cells = [entry["slug"], names[entry["slug"]], *(_find(entry, path) for path in columns), *shared.values()]
        writer.writerow([escape_formula(cell) if isinstance(cell, str) else cell for cell in cells])
    return lines.getvalue()


def _find(entry: Json, way: tuple[str, ...]) -> Any:
    """What is at the end of the way; None where an entry on it is null or missing."""
    value: Any = entry
    for name in way:
        value = None if value is None else value.get(name)
    return value


def _profile(verdict: Verdict) -> Json:
    """The answers by their names in an address; `held` has what the skills named in `have` require too."""
    profile, hour = verdict.profile, verdict.hour_value
    is_level = isinstance(profile.pay, PayLevel)
    return {
        "salary": None if is_level else float(write_amount(float(profile.pay))),
        "pay": str(profile.pay) if is_level else None,
        "location": profile.location,
        "have": list(profile.held),
        **{spec.name: getattr(profile, spec.attribute) for spec in INPUTS},
        "hour": {"amount": _figure(hour.amount), "is_default": hour.is_default},
        "study": dict(profile.study_hours),
        "considered": "all" if profile.skills is None else list(verdict.considered),
        "held": list(verdict.held),
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
    study = outlook.study
    return {
        "slug": outlook.slug,
        "grade_shares": {name: _figure(share) for name, share in outlook.grade_shares.items()},
        "premium": _range(outlook.premium),
        "headline": _headline(outlook.headline),
        "uplift": _range(outlook.gain.uplift if outlook.gain else None),
        "hours": _figure(study.hours),
        "study_months": _figure(study.months),
        "first_pay_month": _figure(study.first_pay_month),
        "exam": _figure(study.exam_cost),
        **_gain(outlook.gain),
        "in_time": outlook.is_in_time,
        "rests_on_duties": outlook.rests_on_duties,
        "tilt_shift": _figure(outlook.tilt_shift),
        "experience_shift": _figure(outlook.experience_shift),
        "prerequisites_added": list(study.added),
        "prerequisites_assumed": list(study.assumed),
    }


def _ways(verdict: Verdict, edition: Edition, own: WayAnswers) -> Json:
    """Other ways for this place and these years of work, soonest first, with our own guesses where odds are unknown."""
    found = find_other_ways(verdict.profile, verdict.market, verdict.first, edition, dict(own.odds))
    staying, peers, move = found.staying, found.peers, _find_move(verdict, edition, own)
    side_work = None
    if own.side_hours is not None and own.side_rate is not None:
        side_work = side_income(own.side_hours, own.side_rate, edition.constants)
    return {
        "ways": [
            _way(look, move if move and move.way.slug == look.way.slug else None, side_work) for look in found.applying
        ],
        "way_answers": {
            "to": own.to or None,
            "to_town": own.to_town or None,
            "side": own.side_hours,
            "rate": _figure(own.side_rate),
            "odds": dict(own.odds),
        },
        "move": move
        and {
            "answered_by": move.there.answered_by.slug,
            "gap": _figure(move.gap),
            "share": _figure(move.share),
            "annual": _figure(move.annual),
            "prices": _figure(move.prices.multiple if move.prices else None),
            "buys": _figure(move.buys),
        },
        "staying": staying
        and {
            "growth": _figure(staying.growth),
            "growth_at_horizon": _figure(staying.growth_at_horizon),
            "annual": _figure(staying.annual),
            "annual_at_horizon": _figure(staying.annual_at_horizon),
        },
        "peers": peers
        and {"multiple": _figure(peers.multiple), "median": _figure(peers.median), "ratio": _figure(peers.ratio)},
    }


def _find_move(verdict: Verdict, edition: Edition, own: WayAnswers) -> Move | None:
    return find_move(verdict.profile, verdict.market, own.to, edition) if own.to and verdict.market else None


def _way(look: WayOutlook, move: Move | None, side_work: float | None) -> Json:
    """`unit` says what `share` is a share of; only shares of pay have money a year.

    `own_annual` is what the visitor's own place, hours and rate come to, `own_buys` what the pay after a move buys as a
    multiple of today's, `own_average` what a way is worth at the visitor's own odds.
    """
    way = look.way
    own_annual = side_work if way.unit is WayUnit.HOUR else move.annual if move else None
    return {
        "slug": way.slug,
        "region": way.region or None,
        "unit": way.unit.value,
        "share": {"low": _figure(way.low), "expected": _figure(way.expected), "high": _figure(way.high)},
        "annual": _range(look.annual),
        "own_annual": _figure(own_annual),
        "own_buys": _figure(move.buys if move else None),
        "own_average": _figure(look.own_average),
        "odds": _figure(look.odds),
        "is_own_odds": look.is_own_odds,
        "is_odds_measured": way.is_odds_measured,
        "is_odds_yearly": way.is_odds_yearly,
        "months": {"low": way.months[0], "mid": way.months[1], "high": way.months[2]},
        "hours": _figure(way.hours),
        "overlaps_skill": way.overlaps_skill or None,
        "grade": way.grade.value,
        "sources": list(way.sources),
    }


def _headline(headline: Headline | None) -> Json | None:
    if headline is None:
        return None
    return {
        "low": _figure(headline.low),
        "high": _figure(headline.high),
        "low_share": _figure(headline.low_share),
        "high_share": _figure(headline.high_share),
    }


def _gain(gain: Gain | None) -> Json:
    return {
        "net_gain": _figure(gain.net_gain if gain else None),
        "chance": _figure(gain.chance if gain else None),
        "pays_off": _figure(gain.pays_off if gain else None),
        "worth_of_an_hour": _figure(gain.worth_of_an_hour if gain else None),
    }


def _plan(plan: Plan | None) -> Json | None:
    if plan is None:
        return None
    return {
        "steps": [
            {
                "slug": step.slug,
                "done_month": _figure(step.done_month),
                "annual_uplift": _figure(step.annual_uplift),
            }
            for step in plan.best.steps
        ],
        "net_gain": _figure(plan.best.net_gain),
        "left_out": list(plan.left_out),
        "beyond": plan.beyond,
        "free_order": list(plan.free.slugs),
        "free_net_gain": _figure(plan.free.net_gain),
        "worst_order": list(plan.worst.slugs),
        "worst_net_gain": _figure(plan.worst.net_gain),
    }


def _source(slug: str, edition: Edition) -> Json:
    source = edition.sources[slug]
    return {
        "slug": slug,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url or None,
        "licence": source.licence,
    }


def _range(value: Range | None) -> Json | None:
    if value is None:
        return None
    return {"low": _figure(value.low), "expected": _figure(value.expected), "high": _figure(value.high)}


def _figure(value: float | None) -> float | None:
    """12 significant digits, the same on every machine; nothing is 0, never −0."""
    return None if value is None else float(f"{value:.12g}") + 0.0
