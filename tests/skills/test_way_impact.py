"""What an edition changes in the ways that visitors of each country see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calculator.engine.edition import Edition, OnVerdict, Way
from skills.editions.site import Site
from skills.editions.way_impact import way_moves
from skills.presenters.way_impact import NOT_SHOWN, present_way_impact


@pytest.fixture(scope="module")
def edition(real_published_site: Site) -> Edition:
    return real_published_site.newest.edition


@pytest.fixture(scope="module")
def world(edition: Edition) -> Way:
    return next(way for way in edition.ways if (way.slug, way.region) == ("switch-employer", ""))


def with_way(edition: Edition, way: Way) -> Edition:
    others = [each for each in edition.ways if (each.slug, each.region) != (way.slug, way.region)]
    return replace(edition, ways=tuple(sorted([*others, way], key=lambda each: (each.slug, each.region))))


def test_same_ways_move_nothing(edition: Edition, world: Way) -> None:
    renamed = with_way(edition, replace(world, name="Switch", note="Another note."))

    assert way_moves(edition, replace(edition, number=2)) == []
    assert way_moves(edition, renamed) == []


def test_range_of_a_country_takes_the_place_of_the_worlds_there(edition: Edition, world: Way) -> None:
    german = replace(world, region="de", low=0.01, expected=0.05, high=0.08)

    (move,) = present_way_impact(edition, with_way(edition, german))

    assert (move.name, move.where) == ("Change employer", "Germany")
    assert move.address == "/verdict/ways/?location=de&edition=1&pay=p50"
    pay, odds = move.values[:2]
    assert (pay.label, pay.old, pay.new) == ("Goes with", "+4%, 0% to +10%", "+5%, +1% to +8%")
    assert (odds.label, odds.old, odds.new) == ("Odds", "", "60%, a guess")


def test_change_of_the_worlds_range_is_one_row_for_all_countries(edition: Edition, world: Way) -> None:
    countries = sorted(place.name for place in edition.places.values() if place.kind == "country")
    countries.remove("United States")

    (move,) = way_moves(edition, with_way(edition, replace(world, odds=0.5)))
    (words,) = present_way_impact(edition, with_way(edition, replace(world, odds=0.5)))

    assert [place.name for place in move.countries] == countries
    assert words.where == f"{', '.join(countries[:5])} and {len(countries) - 5} other countries"


def test_way_that_leaves_verdicts_is_a_move(edition: Edition) -> None:
    hidden = [
        replace(way, on_verdict=OnVerdict.NO) if way.slug in ("ask-raise", "promotion-senior") else way
        for way in edition.ways
    ]

    moves = present_way_impact(edition, replace(edition, ways=tuple(hidden)))

    shown = {(move.name, value.old, value.new) for move in moves for value in move.values if value.old}
    assert shown == {("Ask for a raise", "yes", "no"), ("Promotion to senior", "as a step up", "no")}


def test_way_that_leaves_is_not_shown_any_more(edition: Edition) -> None:
    without = replace(edition, ways=tuple(way for way in edition.ways if way.slug != "foreign-contract"))

    (gone,), (new,) = present_way_impact(edition, without), present_way_impact(without, edition)

    assert (gone.where, {value.new for value in gone.values}) == ("Ukraine", {NOT_SHOWN})
    assert {value.old for value in new.values} == {NOT_SHOWN}
