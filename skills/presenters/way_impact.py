"""Presents what an edition changes in the ways that visitors see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.engine import Edition
from earnverdict import formatting
from skills.editions.way_impact import WayMove, way_moves
from skills.presenters.impact import ThenNow
from skills.presenters.way_rows import describe_facts

#: Countries that are named; of more than these and one, the others are counted.
MAX_COUNTRIES = 5
NOT_SHOWN = "not shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayMoveText:
    """A way that changes, for whom, and each of its facts before and now."""

    name: str
    where: str
    values: tuple[ThenNow, ...]


def present_way_impact(older: Edition, newer: Edition) -> Sequence[WayMoveText]:
    return [_present(move) for move in way_moves(older, newer)]


def _present(move: WayMove) -> WayMoveText:
    old, new = (describe_facts(way) if way else {} for way in (move.old, move.new))
    return WayMoveText(
        name=move.name,
        where=_list_countries(move.countries),
        values=tuple(_then_now(label, old.get(label, NOT_SHOWN), new.get(label, NOT_SHOWN)) for label in new or old),
    )


def _then_now(label: str, old: str, new: str) -> ThenNow:
    return ThenNow(label=label, old=old if old != new else "", new=new)


def _list_countries(names: Sequence[str]) -> str:
    if len(names) <= MAX_COUNTRIES + 1:
        return formatting.listing(list(names))
    return formatting.listing(
        [*names[:MAX_COUNTRIES], f"{formatting.group(len(names) - MAX_COUNTRIES)} other countries"]
    )
