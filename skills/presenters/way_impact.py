"""Presents what an edition changes in the ways that visitors see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from calculator.engine import Edition, PayLevel
from earnverdict import formatting
from skills.editions.way_impact import WayMove, way_moves
from skills.presenters.impact import ThenNow
from skills.presenters.way_rows import describe_facts

#: Countries that are named; of more than these and one, the others are counted.
MAX_COUNTRIES = 5
NOT_SHOWN = "not shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayMoveText:
    """A way that changes, for whom, and each of its facts before and now.

    `address` is the page of ways that readers of the first country see now, for median pay.
    """

    name: str
    where: str
    address: str
    values: tuple[ThenNow, ...]


def present_way_impact(older: Edition, newer: Edition) -> Sequence[WayMoveText]:
    return [_present(move, older.number) for move in way_moves(older, newer)]


def _present(move: WayMove, edition: int) -> WayMoveText:
    old, new = (describe_facts(way) if way else {} for way in (move.old, move.new))
    asked = {"location": move.countries[0].slug, "edition": edition, "pay": PayLevel.P50}
    return WayMoveText(
        name=move.name,
        where=_list_names([place.name for place in move.countries]),
        address=f"{reverse('calculator:verdict_ways')}?{urlencode(asked)}",
        values=tuple(_then_now(label, old.get(label, NOT_SHOWN), new.get(label, NOT_SHOWN)) for label in new or old),
    )


def _then_now(label: str, old: str, new: str) -> ThenNow:
    return ThenNow(label=label, old=old if old != new else "", new=new)


def _list_names(names: list[str]) -> str:
    if len(names) <= MAX_COUNTRIES + 1:
        return formatting.listing(names)
    return formatting.listing(
        [*names[:MAX_COUNTRIES], f"{formatting.group(len(names) - MAX_COUNTRIES)} other countries"]
    )
