"""Which figures an edition has for a place: its country's, else its region's, else the world's."""

from __future__ import annotations

import pytest

from calculator.engine.edition import list_areas
from tests.engine.factories import make_edition, make_experience_point, make_place, make_way


@pytest.mark.parametrize(
    ("country", "region", "areas"),
    [
        pytest.param("UA", "eastern-europe", ("ua", "eastern-europe", ""), id="country-region-world"),
        pytest.param("US", "us", ("us", ""), id="a-country-that-is-a-region"),
        pytest.param("JP", "", ("jp", ""), id="no-region"),
    ],
)
def test_areas_of_a_place_are_nearest_first(country: str, region: str, areas: tuple[str, ...]) -> None:
    assert list_areas(make_place(country=country, region=region)) == areas


def test_the_nearest_row_of_each_way_counts() -> None:
    world, region, country = make_way("a"), make_way("a", "eastern-europe"), make_way("a", "ua")
    only_there, elsewhere, everywhere = make_way("b", "ua"), make_way("c", "us"), make_way("d")
    edition = make_edition(ways=(world, region, country, only_there, elsewhere, everywhere))

    assert edition.ways_in(make_place(country="UA", region="eastern-europe")) == (country, only_there, everywhere)
    assert edition.ways_in(make_place(country="PL", region="eastern-europe")) == (region, everywhere)
    assert edition.ways_in(make_place(country="JP", region="")) == (world, everywhere)


def test_the_nearest_experience_curve_counts_whole() -> None:
    world = (make_experience_point("", 0), make_experience_point("", 5))
    region = (make_experience_point("eastern-europe", 1),)
    edition = make_edition(experience=(*world, *region))

    assert edition.experience_in(make_place(country="UA", region="eastern-europe")) == region
    assert edition.experience_in(make_place(country="JP", region="")) == world


def test_an_edition_from_before_there_were_ways_has_none() -> None:
    edition = make_edition()

    assert (edition.ways_in(make_place()), edition.experience_in(make_place())) == ((), ())
