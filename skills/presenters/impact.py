"""Presents an edition's impact: how many verdicts change, and which, largest changes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from calculator.engine import Edition, PayLevel, Verdict
from earnverdict import formatting
from skills.editions.impact import NOTABLE_MOVE, Impact, Moved, UpliftMove, plan_of
from skills.presenters.ratings import RATINGS

#: Longer groups are collapsed.
MAX_OPEN_ROWS = 12
NOTHING = "none"

_LEVELS = {
    PayLevel.P10: "lowest tenth",
    PayLevel.P25: "lower quarter",
    PayLevel.P50: "median",
    PayLevel.P75: "upper quarter",
    PayLevel.P90: "highest tenth",
}
_NOTABLE = f"{round(NOTABLE_MOVE * 100)}%"
type _Holds = Callable[[Moved], bool]
# The counts, and the titles of their lists. A verdict that differs in several ways is in the first list that fits.
_GROUPS: Sequence[tuple[str, str, _Holds]] = (
    ("another first skill", "Another first skill", lambda moved: moved.is_other_first),
    ("another rating", "Another rating, the same first skill", lambda moved: moved.is_other_rating),
    (
        "now, or no longer, too little to decide by",
        "Now, or no longer, too little to decide by",
        lambda moved: moved.is_other_size,
    ),
    ("another plan", "Another plan, the same first skill and rating", lambda moved: moved.is_other_plan),
    (
        f"an expected uplift that moves by more than {_NOTABLE}",
        "Only another expected uplift",
        lambda moved: moved.uplift is not None,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenNow:
    """A value in both editions; `old` is empty if it is unchanged."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictPage:
    """A changed verdict, and the address of the current one."""

    place: str
    level: str
    skills: str
    address: str
    values: tuple[ThenNow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactGroup:
    """Verdicts that change in the same way."""

    title: str
    count: str
    is_open: bool
    rows: tuple[VerdictPage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many verdicts of the sample change in one way."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactText:
    """What changes in the sample; `notes` list what could not be compared."""

    summary: str
    counts: tuple[Count, ...]
    groups: tuple[ImpactGroup, ...]
    notes: tuple[str, ...]


def present_impact(impact: Impact, older: Edition, newer: Edition) -> ImpactText:
    counts = [(kind, sum(map(holds, impact.moved))) for kind, _, holds in _GROUPS]
    return ImpactText(
        summary=_write_summary(impact),
        counts=tuple(Count(kind=kind, number=formatting.group(number)) for kind, number in counts),
        groups=tuple(_present_groups(impact, older, newer)),
        notes=tuple(_write_notes(impact)),
    )


def _write_summary(impact: Impact) -> str:
    verdicts = formatting.plural(impact.assessed, "verdict")
    if not impact.moved:
        return f"None of {verdicts} in the sample would change."
    verb = "change" if len(impact.moved) != 1 else "changes"
    return f"{formatting.group(len(impact.moved))} of {verdicts} in the sample {verb}."


def _present_groups(impact: Impact, older: Edition, newer: Edition) -> list[ImpactGroup]:
    groups, left = [], list(impact.moved)
    for _, title, holds in _GROUPS:
        rows = [moved for moved in left if holds(moved)]
        left = [moved for moved in left if not holds(moved)]
        if rows:
            groups.append(
                ImpactGroup(
                    title=title,
                    count=formatting.group(len(rows)),
                    is_open=len(rows) <= MAX_OPEN_ROWS,
                    rows=tuple(_present_verdict(moved, older, newer) for moved in rows),
                )
            )
    return groups


def _write_notes(impact: Impact) -> list[str]:
    notes = []
    if impact.missing_places:
        places = ", ".join(impact.missing_places)
        notes.append(f"Left out, because one of the editions lacks the place: {places}.")
    if impact.missing_skills:
        notes.append(f"Left out, because one of the editions lacks the skill: {', '.join(impact.missing_skills)}.")
    return notes


def _present_verdict(moved: Moved, older: Edition, newer: Edition) -> VerdictPage:
    profile = moved.before.profile
    return VerdictPage(
        place=_place(profile.location, newer),
        level=_LEVELS[PayLevel(str(profile.pay))],
        skills=moved.skill_set,
        address=_find_address(moved.before),
        values=(
            _then_now("First skill", _name_first(moved.before, older), _name_first(moved.after, newer)),
            _then_now("Rating", _name_rating(moved.before), _name_rating(moved.after)),
            _then_now("Plan", _plan(moved.before, older), _plan(moved.after, newer)),
            _present_uplift(moved, newer),
        ),
    )


def _then_now(label: str, old: str, new: str) -> ThenNow:
    return ThenNow(label=label, old=old if old != new else "", new=new)


def _present_uplift(moved: Moved, newer: Edition) -> ThenNow:
    """Present the largest move of an expected uplift; empty if none is notable."""
    label, move = "Expected uplift a year", moved.uplift
    if move is None:
        return ThenNow(label=label, old="", new="")
    old, new = _write_money(moved.before, move.old), _write_money(moved.after, move.new)
    return ThenNow(label=label, old=f"{newer.skills[move.skill].name}: {old}", new=f"{new}{_write_apart(move)}")


def _write_money(verdict: Verdict, amount: float | None) -> str:
    if amount is None or verdict.market is None:
        return "not known"
    return formatting.money(verdict.market.currency).signed(amount)


def _write_apart(move: UpliftMove) -> str:
    """Format the relative change, if there is one."""
    if not move.old or move.new is None:
        return ""
    return f" ({formatting.signed_percent((move.new - move.old) / abs(move.old))})"


def _name_first(verdict: Verdict, edition: Edition) -> str:
    return edition.skills[verdict.first].name if verdict.first else NOTHING


def _name_rating(verdict: Verdict) -> str:
    small = ", too little to decide by" if verdict.is_small else ""
    return f"{RATINGS[verdict.rating].label}{small}"


def _plan(verdict: Verdict, edition: Edition) -> str:
    return ", ".join(edition.skills[slug].name for slug in plan_of(verdict)) or NOTHING


def _place(slug: str, edition: Edition) -> str:
    """Return a place's name, with its country's."""
    *_, country = edition.ancestry(slug)
    place = edition.places[slug]
    return place.name if place is country else f"{place.name}, {country.name}"


def _find_address(verdict: Verdict) -> str:
    """Return the canonical address of the verdict."""
    profile = verdict.profile
    answers = [("location", profile.location), *(("skill", slug) for slug in profile.skills or ())]
    query = urlencode([*answers, ("edition", verdict.edition), ("pay", profile.pay)])
    return f"{reverse('calculator:verdict')}?{query}"
