"""Other ways to more pay: which ones apply, what they bring, staying, peers, and moves, against a slow oracle."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calculator.engine.constants import MODEL_2
from calculator.engine.edition import Edition, ExperiencePoint, Place, Range, WayUnit
from calculator.engine.market import Market, find_market
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.ways import (
    OtherWays,
    find_move,
    find_other_ways,
    find_prices,
    find_staying,
    multiple_at,
    odds_within,
    side_income,
)
from tests.engine.factories import make_edition, make_experience_point, make_place, make_rate, make_skill, make_way

CURVE = tuple(
    make_experience_point("", years, multiple=multiple) for years, multiple in ((0, 0.5), (2, 0.6), (5, 0.9), (10, 0.8))
)


def make_profile(**given: Any) -> Profile:
    values: dict[str, Any] = {"pay": 100_000.0, "location": "us"}
    return Profile(**values | given)


def make_site(**given: Any) -> Edition:
    places: list[Place] = [
        make_place("us", country="US", region="us", quantiles={0.25: 80_000.0, 0.5: 100_000.0, 0.75: 125_000.0}),
        make_place("us-rich", country="US", region="us", parent="us", quantiles={0.5: 144_000.0}),
        make_place("us-town", country="US", region="us", parent="us", quantiles={}),
        make_place("de", country="DE", region="western-europe", currency="EUR", quantiles={0.5: 50_000.0}),
        make_place("jp", country="JP", region="", currency="JPY", quantiles={0.5: 6_000_000.0}),
        make_place("al", country="AL", region="", quantiles={}),
    ]
    values: dict[str, Any] = {
        "skills": [make_skill("site-reliability")],
        "places": places,
        "rates": [make_rate(), make_rate("EUR", 0.8)],
    }
    return make_edition(**values | given)


def market_of(profile: Profile, edition: Edition) -> Market | None:
    return find_market(profile.location, profile.pay, edition)


def look(edition: Edition, first: str | None = None, odds: dict[str, int] | None = None, **given: Any) -> OtherWays:
    profile = make_profile(**given)
    return find_other_ways(profile, market_of(profile, edition), first, edition, odds or {})


# Which ways apply


def test_way_of_the_region_replaces_the_worlds_and_soonest_come_first() -> None:
    ways = (
        make_way("change", months=(2, 4, 8)),
        make_way("change", "us", expected=0.03, months=(2, 5, 9)),
        make_way("ask", months=(0, 1, 6)),
        make_way("other", "western-europe"),
        make_way("also", months=(1, 5, 7)),
    )

    applying = look(make_site(ways=ways)).applying

    assert [(each.way.slug, each.way.region) for each in applying] == [("ask", ""), ("also", ""), ("change", "us")]


def test_baseline_is_no_way_and_what_the_first_skill_is_called_elsewhere_is_set_apart() -> None:
    duties, staying = make_way("duties", overlaps_skill="site-reliability"), make_way("stay", unit=WayUnit.BASELINE)
    edition = make_site(ways=(duties, staying))

    first, another = look(edition, first="site-reliability"), look(edition, first="kafka")

    assert (first.applying, first.same_as_first) == ((), (duties,))
    assert ([each.way for each in another.applying], another.same_as_first) == ([duties], ())
    assert [each.way for each in look(edition).applying] == [duties]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        pytest.param(1, ["any"], id="before both"),
        pytest.param(2, ["any", "senior"], id="at the start"),
        pytest.param(9, ["any", "senior", "staff"], id="at the end"),
        pytest.param(10, ["any", "staff"], id="after one"),
    ],
)
def test_years_of_work_choose_the_ways(years: int, expected: list[str]) -> None:
    any_years, senior = make_way("any"), make_way("senior", min_years=2, max_years=9)
    staff = make_way("staff", min_years=5)

    ways = look(make_site(ways=(any_years, senior, staff)), experience_years=years)

    assert [each.way.slug for each in ways.applying] == expected
    assert {way.slug for way in ways.for_other_years} == {"any", "senior", "staff"} - set(expected)
    assert ways.needing_years == ()


def test_ways_for_certain_years_wait_until_the_years_are_given() -> None:
    early, late = make_way("early", max_years=3), make_way("late", min_years=5)

    ways = look(make_site(ways=(early, late, make_way("any"))))

    assert [each.way.slug for each in ways.applying] == ["any"]
    assert (ways.needing_years, ways.for_other_years) == ((early, late), ())


# What they bring


def test_money_is_a_share_of_the_whole_pay_above_p90_too() -> None:
    (way,) = look(make_site(ways=(make_way("change"),)), pay=500_000.0).applying

    assert way.annual == Range(low=0.0, expected=20_000.0, high=50_000.0)


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(make_way("offer", unit=WayUnit.OFFER), id="of an offer"),
        pytest.param(make_way("gap", unit=WayUnit.GAP), id="of a gap"),
        pytest.param(make_way("hour", unit=WayUnit.HOUR), id="an hour"),
        pytest.param(make_way("thin", low=None), id="without a range"),
    ],
)
def test_what_is_no_share_of_pay_has_no_money(way: Any) -> None:
    assert [each.annual for each in look(make_site(ways=(way,))).applying] == [None]


def test_without_a_market_there_is_no_money_no_staying_and_no_peers() -> None:
    ways = look(make_site(ways=(make_way("change"),), experience=CURVE), location="al", experience_years=3)

    assert [each.annual for each in ways.applying] == [None]
    assert (ways.staying, ways.peers) == (None, None)


def test_own_odds_replace_a_guess_and_never_a_measurement() -> None:
    guessed, measured = make_way("guessed"), make_way("measured", odds=0.65, is_odds_measured=True)
    unknown = make_way("unknown", odds=None)
    edition = make_site(ways=(guessed, measured, unknown))

    ours, own = look(edition), look(edition, odds={"guessed": 20, "measured": 1, "unknown": 30})

    assert [(each.odds, each.is_own_odds) for each in ours.applying] == [(0.5, False), (0.65, False), (None, False)]
    assert [(each.odds, each.is_own_odds) for each in own.applying] == [(0.2, True), (0.65, False), (0.3, True)]
    assert [each.odds_by_horizon for each in own.applying] == [0.2, 0.65, 0.3]


@given(odds=st.integers(0, 100), years=st.integers(1, 10))
def test_yearly_odds_add_up_over_the_years(odds: int, years: int) -> None:
    """The slow way: each year a share of those who are left."""
    left, won = Fraction(1), Fraction(0)
    for _ in range(years):
        won += left * Fraction(odds, 100)
        left -= left * Fraction(odds, 100)

    assert odds_within(odds / 100, years) == pytest.approx(float(won))


def test_odds_of_nothing_leave_a_way_out_unless_they_were_measured() -> None:
    guessed, measured = make_way("guessed", min_years=5), make_way("measured", is_odds_measured=True)
    duties = make_way("duties", overlaps_skill="site-reliability")

    ways = look(
        make_site(ways=(duties, guessed, measured)),
        first="site-reliability",
        odds={"guessed": 0, "measured": 0, "duties": 0},
    )

    assert ways.declined == (duties, guessed)
    assert [each.way.slug for each in ways.applying] == ["measured"]
    assert (ways.same_as_first, ways.needing_years, ways.for_other_years) == ((), (), ())


@pytest.mark.parametrize(
    ("way", "odds", "expected"),
    [
        pytest.param(make_way("change"), {"change": 80}, 3_200.0, id="once"),
        pytest.param(make_way("up", is_odds_yearly=True), {"up": 20}, 4_000 * (1 - 0.8**3), id="by the horizon"),
        pytest.param(make_way("change"), {}, None, id="our guess"),
        pytest.param(make_way("raise", is_odds_measured=True), {"raise": 80}, None, id="measured"),
        pytest.param(make_way("offer", unit=WayUnit.OFFER), {"offer": 80}, None, id="no money"),
    ],
)
def test_own_odds_give_what_a_way_is_worth_on_average(way: Any, odds: dict[str, int], expected: float | None) -> None:
    (found,) = look(make_site(ways=(way,)), odds=odds, horizon_years=3).applying

    assert found.own_average == (None if expected is None else pytest.approx(expected))


def test_yearly_odds_are_within_the_years_looked_ahead() -> None:
    (way,) = look(make_site(ways=(make_way("up", is_odds_yearly=True),)), horizon_years=2).applying

    assert (way.odds, way.odds_by_horizon) == (0.5, 0.75)


# Staying, and people with the same years


def slow_multiple(curve: tuple[ExperiencePoint, ...], years: int) -> float:
    """The slow way: weigh the nearest points on both sides by how near they are."""
    before = [point for point in curve if point.years <= years] or [curve[0]]
    after = [point for point in curve if point.years >= years] or [curve[-1]]
    one, other = before[-1], after[0]
    if one.years == other.years or years < one.years or years > other.years:
        return (one if years >= one.years else other).multiple
    distance = Fraction(other.years - one.years)
    return float(
        Fraction(other.years - years) / distance * Fraction(one.multiple)
        + Fraction(years - one.years) / distance * Fraction(other.multiple)
    )


@example(years=0, points={1: 0.5, 3: 0.9})
@example(years=9, points={1: 0.5, 3: 0.9})
@given(
    years=st.integers(0, 60),
    points=st.dictionaries(st.integers(0, 40), st.floats(0.1, 3.0), min_size=1, max_size=8),
)
def test_curve_is_straight_between_points_and_flat_outside(years: int, points: dict[int, float]) -> None:
    curve = tuple(make_experience_point("", year, multiple=points[year]) for year in sorted(points))

    assert multiple_at(curve, years) == pytest.approx(slow_multiple(curve, years))


def test_curve_ends_where_its_points_end() -> None:
    assert (multiple_at(CURVE, 40), multiple_at(CURVE[1:], 0)) == (0.8, 0.6)


def test_staying_brings_two_thirds_of_the_growth() -> None:
    staying = look(make_site(experience=CURVE), experience_years=2).staying
    assert staying

    assert staying.growth == pytest.approx(2 / 3 * (0.7 / 0.6 - 1))
    assert staying.growth_at_horizon == pytest.approx(2 / 3 * (0.9 / 0.6 - 1))
    assert staying.annual == pytest.approx(100_000 * staying.growth)
    assert staying.annual_at_horizon == pytest.approx(100_000 / 3)
    assert staying.points == CURVE


def test_curve_that_falls_is_taken_as_flat() -> None:
    staying = look(make_site(experience=CURVE), experience_years=6).staying
    assert staying

    assert (staying.growth, staying.annual_at_horizon) == (0.0, 0.0)


def test_peers_earn_the_curves_multiple_of_the_middle() -> None:
    peers = look(make_site(experience=CURVE), experience_years=5, pay=99_000.0).peers
    assert peers

    assert (peers.years, peers.multiple, peers.median) == (5, 0.9, 90_000.0)
    assert peers.ratio == pytest.approx(1.1)


def test_without_years_or_a_curve_nothing_is_said_about_either() -> None:
    with_curve, without = make_site(experience=CURVE), make_site()

    for ways in (look(with_curve), look(without, experience_years=3)):
        assert (ways.staying, ways.peers) == (None, None)
    profile = make_profile()
    assert find_staying(profile, market_of(profile, with_curve), CURVE, MODEL_2) is None


# A second place, side work

MOVES = (
    make_way("move-market", unit=WayUnit.GAP, low=None, expected=0.5, high=None),
    make_way("move-country", unit=WayUnit.GAP, low=None, expected=0.75, high=None),
)


def move_to(place: str, edition: Edition, **given: Any) -> Any:
    profile = make_profile(**given)
    market = market_of(profile, edition)
    assert market
    return find_move(profile, market, place, edition)


def test_move_within_a_country_brings_half_of_the_gap() -> None:
    move = move_to("us-rich", make_site(ways=MOVES), pay=50_000.0)

    assert (move.way.slug, move.share, move.gap) == ("move-market", 0.5, 1.44)
    assert move.annual == pytest.approx(50_000 * (math.sqrt(1.44) - 1))


def test_move_between_countries_brings_three_quarters_at_the_exchange_rate() -> None:
    move = move_to("de", make_site(ways=MOVES))

    assert (move.way.slug, move.share) == ("move-country", 0.75)
    assert move.gap == pytest.approx(50_000 / 0.8 / 100_000)
    assert move.annual == pytest.approx(100_000 * (0.625**0.75 - 1))


def test_move_within_one_market_has_no_known_gap() -> None:
    assert move_to("us-town", make_site(ways=MOVES)).annual is None


@pytest.mark.parametrize(
    ("here", "to"),
    [
        pytest.param("us-town", "us-rich", id="from a town without figures to a part of what answers for it"),
        pytest.param("us-rich", "us-town", id="the way back"),
    ],
)
def test_figures_of_a_country_are_not_compared_with_a_part_of_it(here: str, to: str) -> None:
    move = move_to(to, make_site(ways=MOVES), location=here)

    assert (move.annual, move.buys) == (None, None)
    assert move.gap in (1.44, 1 / 1.44)


@pytest.mark.parametrize(
    ("place", "ways"),
    [
        pytest.param("al", MOVES, id="no market there"),
        pytest.param("jp", MOVES, id="no exchange rate"),
        pytest.param("us-rich", (), id="no such way"),
        pytest.param("us-rich", (make_way("move-market", expected=None),), id="no figure"),
    ],
)
def test_move_that_cannot_be_compared_is_none(place: str, ways: tuple[Any, ...]) -> None:
    assert move_to(place, make_site(ways=ways)) is None


# Prices of a second place


def make_priced_site(**levels: float) -> Edition:
    """Two countries, a state and towns; `levels` are price levels by slug, with "_" for "-"."""
    nested = (
        ("us", "", "US", 100_000.0),
        ("us-tx", "us", "US", None),
        ("us-tx-town", "us-tx", "US", 90_000.0),
        ("us-ca", "us", "US", 144_000.0),
        ("pl", "", "PL", 40_000.0),
        ("pl-town", "pl", "PL", None),
        ("pl-city", "pl", "PL", 50_000.0),
    )
    places = [
        make_place(
            slug,
            parent=parent,
            country=country,
            region="",
            quantiles={} if median is None else {0.5: median},
            price_level=levels.get(slug.replace("-", "_")),
            price_source="prices",
        )
        for slug, parent, country, median in nested
    ]
    return make_site(ways=MOVES, places=places)


def slow_prices(here: str, there: str, edition: Edition) -> tuple[str, str, Fraction] | None:
    """The slow way: climb from each place to the first one with a level, and divide in fractions."""
    found = []
    for slug in (here, there):
        while slug and edition.places[slug].price_level is None:
            slug = edition.places[slug].parent
        if not slug:
            return None
        found.append(edition.places[slug])
    one, other = found
    if one is other:
        return None
    return one.slug, other.slug, Fraction(other.price_level) / Fraction(one.price_level)  # type: ignore[arg-type]


SLUGS = ("us", "us-tx", "us-tx-town", "us-ca", "pl", "pl-town", "pl-city")


@given(
    levels=st.dictionaries(st.sampled_from([slug.replace("-", "_") for slug in SLUGS]), st.floats(5.0, 200.0)),
    here=st.sampled_from(SLUGS),
    there=st.sampled_from(SLUGS),
)
@example(levels={"us": 100.0, "pl": 52.4}, here="us-tx-town", there="pl-town")
@example(levels={"pl": 52.4}, here="pl-city", there="pl-town")
@example(levels={"us": 100.0}, here="us", there="pl")
@example(levels={"pl": 52.4}, here="us", there="pl")
def test_prices_are_those_of_the_nearest_places_with_a_level(levels: dict[str, float], here: str, there: str) -> None:
    edition = make_priced_site(**levels)

    prices, slow = find_prices(here, there, edition), slow_prices(here, there, edition)

    assert (prices and (prices.here.slug, prices.there.slug)) == (slow and slow[:2])
    assert (prices and prices.multiple) == (slow and pytest.approx(float(slow[2])))


def test_move_changes_prices_in_full_and_pay_in_part() -> None:
    move = move_to("us-ca", make_priced_site(us=100.0, us_ca=110.0), pay=50_000.0)

    assert (move.prices.here.slug, move.prices.there.slug) == ("us", "us-ca")
    assert move.prices.multiple == pytest.approx(1.1)
    assert move.buys == pytest.approx(1.2 / 1.1)
    assert move.annual == pytest.approx(10_000)


def test_pay_and_prices_of_the_same_countries_are_counted_for_their_towns() -> None:
    move = move_to("pl-town", make_priced_site(us=100.0, pl=52.4))

    assert move.buys == pytest.approx(0.4**0.75 / 0.524)


@pytest.mark.parametrize(
    ("here", "to", "levels"),
    [
        pytest.param("us", "pl-city", {"us": 100.0, "pl": 60.0}, id="pay of a city, prices of its country"),
        pytest.param("us-tx-town", "us-ca", {"us": 100.0, "us_ca": 110.0}, id="pay of a town, prices of its country"),
        pytest.param("us-tx", "pl", {"us_tx": 97.0, "pl": 90.0}, id="pay of a country, prices of a state"),
        pytest.param("us", "pl", {"us": 100.0, "pl": 49.9}, id="prices less than half"),
        pytest.param("us", "pl", {"us": 100.0, "pl": 200.1}, id="prices more than twice"),
    ],
)
def test_what_pay_buys_is_not_known_where_places_or_prices_differ_too_much(
    here: str, to: str, levels: dict[str, float]
) -> None:
    move = move_to(to, make_priced_site(**levels), location=here)

    assert move.annual is not None
    assert move.prices is not None
    assert move.buys is None


@pytest.mark.parametrize("level", [50.0, 200.0])
def test_what_pay_buys_is_known_up_to_twice_the_prices(level: float) -> None:
    assert move_to("pl", make_priced_site(us=100.0, pl=level)).buys == pytest.approx(0.4**0.75 / (level / 100))


def test_without_prices_or_a_gap_in_pay_nothing_is_said_of_what_pay_buys() -> None:
    unpriced, one_market = make_priced_site(us=100.0), make_priced_site(us=100.0, us_tx=97.0)

    assert (move_to("pl", unpriced).prices, move_to("pl", unpriced).buys) == (None, None)
    move = move_to("us-tx", one_market)
    assert (move.annual, move.prices.multiple, move.buys) == (None, 0.97, None)


def test_side_work_pays_hours_times_rate() -> None:
    assert side_income(5, 40.0, MODEL_2) == 10_400.0


def test_level_of_pay_is_as_good_as_a_salary() -> None:
    (way,) = look(make_site(ways=(make_way("change"),)), pay=PayLevel.P50).applying
    assert way.annual

    assert way.annual.expected == pytest.approx(4_000)
