"""The JSON of `/verdict.json`, straight from the engine's result.

Each object of the JSON begins with the stable names that belong to `model`; what follows them may change.
It takes what the page of other ways does: `to` and `to_town`, `side` and `rate`, `odds.` with a slug.
"""

from __future__ import annotations

from typing import Any

from calculator.engine.edition import Edition, Range, WayUnit
from calculator.engine.plan import Plan
from calculator.engine.profile import INPUTS, PayLevel
from calculator.engine.verdict import Gain, Headline, Outlook, Verdict
from calculator.engine.ways import Move, WayAnswers, WayOutlook, find_move, find_other_ways, side_income
from calculator.query import write_amount

type Json = dict[str, Any]

NO_ANSWERS = WayAnswers()
#: The slug of learning nothing, among rivals.
NOTHING = "nothing"


def write_verdict_json(verdict: Verdict, edition: Edition, own: WayAnswers = NO_ANSWERS) -> Json:
    """The stable core and more; shares are fractions, money is a year in `currency`, 12 significant digits.

    A range from `low` to `high` has 8 chances in 10 to hold the true average: it is not of single people.
    """
    return {
        "edition": verdict.edition,
        "model": verdict.model,
        "profile": _write_profile(verdict),
        "rating": verdict.rating.value,
        "is_small": verdict.is_small,
        "first": verdict.first,
        "chance_nothing": _round(verdict.chance_nothing),
        "rivals": [{"slug": rival.slug or NOTHING, "chance": _round(rival.chance)} for rival in verdict.rivals],
        "market": _write_market(verdict, edition),
        "skills": [_write_outlook(outlook) for outlook in verdict.outlooks],
        "plan": _write_plan(verdict.plan),
        "sources": list(verdict.sources),
        "stay_put_reason": verdict.stay_put_reason.value if verdict.stay_put_reason else None,
        **_write_ways(verdict, edition, own),
        "source_details": [_write_source(slug, edition) for slug in verdict.sources],
    }


def _write_profile(verdict: Verdict) -> Json:
    """The answers by their names in an address; `held` has what the skills named in `have` require too."""
    profile, hour = verdict.profile, verdict.hour_value
    is_level = isinstance(profile.pay, PayLevel)
    return {
        "salary": None if is_level else float(write_amount(float(profile.pay))),
        "pay": str(profile.pay) if is_level else None,
        "location": profile.location,
        "town": profile.town or None,
        "have": list(profile.held),
        **{spec.name: getattr(profile, spec.attribute) for spec in INPUTS},
        "hour": {"amount": _round(hour.amount), "is_default": hour.is_default},
        "study": dict(profile.study_hours),
        "considered": "all" if profile.skills is None else list(verdict.considered),
        "held": list(verdict.held),
    }


def _write_market(verdict: Verdict, edition: Edition) -> Json:
    market, location = verdict.market, verdict.profile.location
    currency = edition.places[location].currency
    if market is None:
        return {"location": location, "answered_by": None, "currency": currency, "percentile": None}
    return {
        "location": location,
        "answered_by": market.answered_by.slug,
        "currency": currency,
        "percentile": _round(market.percentile),
        "annual_salary": _round(market.annual_salary),
        "levels": {level.value: _round(pay) for level, pay in market.levels.items()},
        "published_levels": [level.value for level in PayLevel if market.is_published(level)],
        "assumed_sigma": _round(market.sigma),
        "assumed_sigma_from": market.sigma_from or None,
        "source": market.answered_by.source,
        "year": market.answered_by.year,
        "sample_size": market.answered_by.sample_size,
    }


def _write_outlook(outlook: Outlook) -> Json:
    study = outlook.study
    return {
        "slug": outlook.slug,
        "grade_shares": {name: _round(share) for name, share in outlook.grade_shares.items()},
        "premium": _write_range(outlook.premium),
        "headline": _write_headline(outlook.headline),
        "uplift": _write_range(outlook.gain.uplift if outlook.gain else None),
        "hours": _round(study.hours),
        "study_months": _round(study.months),
        "first_pay_month": _round(study.first_pay_month),
        "exam": _round(study.exam_cost),
        **_write_gain(outlook.gain),
        "in_time": outlook.is_in_time,
        "rests_on_duties": outlook.rests_on_duties,
        "tilt_shift": _round(outlook.tilt_shift),
        "experience_shift": _round(outlook.experience_shift),
        "prerequisites_added": list(study.added),
        "prerequisites_assumed": list(study.assumed),
    }


def _write_ways(verdict: Verdict, edition: Edition, own: WayAnswers) -> Json:
    """Other ways for this place and these years of work, soonest first, with our own guesses where odds are unknown."""
    found = find_other_ways(verdict.profile, verdict.market, verdict.first, edition, dict(own.odds))
    staying, peers, move = found.staying, found.peers, _find_move(verdict, edition, own)
    side_work = None
    if own.side_hours is not None and own.side_rate is not None:
        side_work = side_income(own.side_hours, own.side_rate, edition.constants)
    return {
        "ways": [
            _write_way(look, move if move and move.way.slug == look.way.slug else None, side_work)
            for look in found.applying
        ],
        "way_answers": {
            "to": own.to or None,
            "to_town": own.to_town or None,
            "side": own.side_hours,
            "rate": _round(own.side_rate),
            "odds": dict(own.odds),
        },
        "move": move
        and {
            "answered_by": move.there.answered_by.slug,
            "gap": _round(move.gap),
            "share": _round(move.share),
            "annual": _round(move.annual),
            "prices": _round(move.prices.multiple if move.prices else None),
            "buys": _round(move.buys),
        },
        "staying": staying
        and {
            "growth": _round(staying.growth),
            "growth_at_horizon": _round(staying.growth_at_horizon),
            "annual": _round(staying.annual),
            "annual_at_horizon": _round(staying.annual_at_horizon),
        },
        "peers": peers
        and {
            "multiple": _round(peers.multiple),
            "median": _round(peers.median),
            "ratio": _round(peers.ratio),
        },
    }


def _find_move(verdict: Verdict, edition: Edition, own: WayAnswers) -> Move | None:
    return find_move(verdict.profile, verdict.market, own.to, edition) if own.to and verdict.market else None


def _write_way(look: WayOutlook, move: Move | None, side_work: float | None) -> Json:
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
        "share": {
            "low": _round(way.low),
            "expected": _round(way.expected),
            "high": _round(way.high),
        },
        "annual": _write_range(look.annual),
        "own_annual": _round(own_annual),
        "own_buys": _round(move.buys if move else None),
        "own_average": _round(look.own_average),
        "odds": _round(look.odds),
        "is_own_odds": look.is_own_odds,
        "is_odds_measured": way.is_odds_measured,
        "is_odds_yearly": way.is_odds_yearly,
        "months": {"low": way.months[0], "mid": way.months[1], "high": way.months[2]},
        "hours": _round(way.hours),
        "overlaps_skill": way.overlaps_skill or None,
        "grade": way.grade.value,
        "sources": list(way.sources),
    }


def _write_headline(headline: Headline | None) -> Json | None:
    if headline is None:
        return None
    return {
        "low": _round(headline.low),
        "high": _round(headline.high),
        "low_share": _round(headline.low_share),
        "high_share": _round(headline.high_share),
    }


def _write_gain(gain: Gain | None) -> Json:
    return {
        "net_gain": _round(gain.net_gain if gain else None),
        "chance": _round(gain.chance if gain else None),
        "pays_off": _round(gain.pays_off if gain else None),
        "worth_of_an_hour": _round(gain.worth_of_an_hour if gain else None),
    }


def _write_plan(plan: Plan | None) -> Json | None:
    if plan is None:
        return None
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
        "worst_order": list(plan.worst.slugs),
        "worst_net_gain": _round(plan.worst.net_gain),
    }


def _write_source(slug: str, edition: Edition) -> Json:
    source = edition.sources[slug]
    return {
        "slug": slug,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url or None,
        "licence": source.licence,
    }


def _write_range(value: Range | None) -> Json | None:
    if value is None:
        return None
    return {
        "low": _round(value.low),
        "expected": _round(value.expected),
        "high": _round(value.high),
    }


def _round(value: float | None) -> float | None:
    """12 significant digits, the same on every machine; nothing is 0, never −0."""
    return None if value is None else float(f"{value:.12g}") + 0.0
