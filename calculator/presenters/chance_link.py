"""Links a verdict's rating and chance to what such a chance means, and how often it came true."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.verdict import Rating, Verdict
from calculator.presenters.headline import a_chance
from earnverdict.paths import path_of
from skills.presenters.does_it_work import find_call_anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedText:
    """A text with its chance as a link; `link` and `after` are empty where it gives no chance."""

    before: str
    link: str = ""
    after: str = ""


def find_chance_address(verdict: Verdict) -> str:
    """Return where readers find how often such a call came true; "" for a verdict without data, which makes none."""
    if verdict.rating is Rating.NOT_ENOUGH_DATA:
        return ""
    count = len(verdict.considered)
    return f"{path_of('skills:does_it_work')}#{find_call_anchor(count) if count > 1 else 'chances'}"


def link_chance(text: str, verdict: Verdict) -> LinkedText:
    """Find the chance of the first skill, or of learning nothing, in a text about it."""
    share = verdict.chance_nothing if verdict.first is None else verdict.chance_first
    chance = a_chance(share or 0.0)
    before, link, after = text.partition(chance)
    return LinkedText(before=before, link=link, after=after)
