"""Finds what an edition changes in the ways that visitors of each country see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from calculator.engine import Edition, Place, Way

#: What makes a way another one for a visitor: where it is shown, its figures, for whom it is and how far it is
#: trusted; not its texts.
_read_figures = attrgetter(
    "on_verdict",
    "unit",
    "low",
    "expected",
    "high",
    "odds",
    "is_odds_measured",
    "is_odds_yearly",
    "months",
    "hours",
    "min_years",
    "max_years",
    "grade",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayMove:
    """A way whose figures change in `countries`; None where it is not shown in an edition."""

    countries: tuple[Place, ...]
    old: Way | None
    new: Way | None

    @property
    def name(self) -> str:
        way = self.new or self.old
        assert way is not None  # noqa: S101 - one of the two is there
        return way.name


def way_moves(older: Edition, newer: Edition) -> Sequence[WayMove]:
    """Return each change of a way with the countries that see it, for all countries that both editions have."""
    seen_by: dict[tuple[str, Way | None, Way | None], list[Place]] = defaultdict(list)
    for place in newer.places.values():
        if place.kind != "country" or place.slug not in older.places:
            continue
        before = {way.slug: way for way in older.ways_in(older.places[place.slug])}
        after = {way.slug: way for way in newer.ways_in(place)}
        for slug in before.keys() | after.keys():
            old, new = before.get(slug), after.get(slug)
            if old is None or new is None or _read_figures(old) != _read_figures(new):
                seen_by[slug, old, new].append(place)
    moves = [
        WayMove(countries=tuple(sorted(places, key=attrgetter("name"))), old=old, new=new)
        for (_, old, new), places in seen_by.items()
    ]
    return sorted(moves, key=lambda move: (move.name, move.countries[0].name))
