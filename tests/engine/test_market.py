"""A salary's position in its market, and what replaces missing figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from statistics import NormalDist

import pytest

from calculator.engine.edition import Edition
from calculator.engine.market import Market, find_market, pay_line
from calculator.engine.profile import PayLevel
from tests.engine.factories import FULL_QUANTILES, make_edition, make_place

MEDIAN_ONLY = {0.5: 100_000.0}
Z90 = NormalDist().inv_cdf(0.9)


def market_at(location: str, pay: float | PayLevel, edition: Edition) -> Market:
    market = find_market(location, pay, edition)
    assert market is not None
    return market


def family(**quantiles: Mapping[float, float]) -> Edition:
    """A country, its region and its metro, which publish what is given."""
    parents = {"country": "", "region": "country", "metro": "region"}
    return make_edition(
        places=[
            make_place(slug, parent=parent, quantiles=quantiles.get(slug, {}), source=f"survey-of-{slug}")
            for slug, parent in parents.items()
        ]
    )


@pytest.mark.parametrize(
    ("pay", "percentile"),
    [
        pytest.param(60_000, 0.1, id="P10"),
        pytest.param(100_000, 0.5, id="P50"),
        pytest.param(170_000, 0.9, id="P90"),
        # Half-way in ln pay from P25 to P50 is half-way from z −0.67449 to 0: Φ(−0.337245).
        pytest.param(math.sqrt(75_000 * 100_000), 0.367967, id="between P25 and P50"),
        # The slope from P75 to P90 goes on: z = 1.28155 + ln(250/170) ÷ (ln(170/130) ÷ 0.60706) = 2.1543.
        pytest.param(250_000, 0.98439, id="beyond P90"),
        # Likewise z = −1.28155 + ln(45/60) ÷ (ln(75/60) ÷ 0.60706) = −2.0642.
        pytest.param(45_000, 0.01950, id="below P10"),
        pytest.param(1, 0.01, id="no less than 0.01"),
        pytest.param(10_000_000, 0.99, id="no more than 0.99"),
    ],
)
def test_percentile_by_hand(pay: float, percentile: float) -> None:
    market = market_at("town", pay, make_edition())

    assert market.percentile == pytest.approx(percentile, abs=5e-5)
    assert market.annual_salary == pay


@pytest.mark.parametrize("level", PayLevel, ids=str)
def test_a_pay_level_is_its_own_percentile(level: PayLevel) -> None:
    market = market_at("town", level, make_edition())

    assert market.annual_salary == FULL_QUANTILES[level.share]
    assert market.percentile == pytest.approx(level.share)
    assert market.is_published(level)


def test_a_full_place_answers_for_itself() -> None:
    market = market_at("town", 100_000, make_edition())

    assert market.answered_by.slug == "town"
    assert (market.location, market.region, market.currency) == ("town", "us", "USD")
    assert (market.sigma, market.sigma_from) == (None, "")
    assert market.levels == {level: FULL_QUANTILES[level.share] for level in PayLevel}


def test_a_place_without_a_median_uses_the_nearest_ancestor_that_has_one() -> None:
    edition = family(metro={0.25: 1.0, 0.75: 2.0}, region=FULL_QUANTILES, country={0.5: 7.0})

    market = market_at("metro", 100_000, edition)

    assert market.location == "metro"
    assert market.answered_by.slug == "region"
    assert market.percentile == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("edition", "sigma", "sigma_from"),
    [
        pytest.param(
            family(metro=MEDIAN_ONLY, region={0.25: 60_000, 0.5: 80_000, 0.75: 120_000}, country=FULL_QUANTILES),
            math.log(2) / (2 * NormalDist().inv_cdf(0.75)),
            "region",
            id="outermost quantiles of the nearest ancestor with two",
        ),
        pytest.param(
            family(metro=MEDIAN_ONLY, region=MEDIAN_ONLY, country=FULL_QUANTILES),
            math.log(170_000 / 60_000) / (2 * Z90),
            "country",
            id="the region has one quantile too",
        ),
        pytest.param(
            family(metro=MEDIAN_ONLY, region={0.1: 50_000, 0.9: 150_000}, country=FULL_QUANTILES),
            math.log(3) / (2 * Z90),
            "region",
            id="an ancestor with just two",
        ),
        pytest.param(family(metro=MEDIAN_ONLY, country=MEDIAN_ONLY), 0.45, "", id="nowhere two: the default"),
    ],
)
def test_a_median_alone_takes_its_spread_from_above(edition: Edition, sigma: float, sigma_from: str) -> None:
    market = market_at("metro", PayLevel.P90, edition)

    assert market.sigma == pytest.approx(sigma)
    assert market.sigma_from == sigma_from
    assert market.annual_salary == pytest.approx(100_000 * math.exp(sigma * Z90))
    assert market.levels[PayLevel.P10] == pytest.approx(100_000 * math.exp(-sigma * Z90))
    assert market.percentile == pytest.approx(0.9)
    assert [level for level in PayLevel if market.is_published(level)] == [PayLevel.P50]


def test_a_stand_in_that_has_a_median_alone_takes_its_spread_from_its_own_ancestors() -> None:
    edition = family(metro={0.25: 1.0, 0.75: 2.0}, region=MEDIAN_ONLY, country=FULL_QUANTILES)

    market = market_at("metro", 100_000, edition)

    assert (market.answered_by.slug, market.sigma_from) == ("region", "country")


def test_an_unpublished_p90_is_read_off_the_line_and_still_caps() -> None:
    quantiles = {0.25: 80_000.0, 0.5: 100_000.0, 0.75: 120_000.0}
    slope = math.log(1.2) / NormalDist().inv_cdf(0.75)
    p90 = 100_000 * math.exp(slope * Z90)

    market = market_at("town", 500_000, make_edition(places=[make_place(quantiles=quantiles)]))

    assert market.levels[PayLevel.P90] == pytest.approx(p90)
    assert market.capped_salary == pytest.approx(p90)
    assert not market.is_published(PayLevel.P90)


def test_two_quantiles_are_enough_for_a_line_of_their_own() -> None:
    edition = family(metro={0.25: 80_000.0, 0.5: 100_000.0}, country=FULL_QUANTILES)
    slope = math.log(100 / 80) / -NormalDist().inv_cdf(0.25)

    market = market_at("metro", 100_000, edition)

    assert (market.sigma, market.sigma_from) == (None, "")
    assert market.levels[PayLevel.P90] == pytest.approx(100_000 * math.exp(slope * Z90))


def test_a_place_that_borrows_a_median_keeps_its_own_region_and_currency() -> None:
    places = [
        make_place("country", region="us", currency="USD"),
        make_place("metro", parent="country", region="", currency="PAB", quantiles={}),
    ]

    market = market_at("metro", 100_000, make_edition(places=places))

    assert (market.answered_by.slug, market.region, market.currency) == ("country", "", "PAB")


def test_below_p90_the_salary_itself_counts() -> None:
    assert market_at("town", 90_000, make_edition()).capped_salary == 90_000


def test_no_median_anywhere_is_no_market() -> None:
    assert find_market("metro", 100_000, family(country={0.25: 1.0, 0.75: 2.0})) is None


def test_an_unknown_location_is_a_mistake_in_code() -> None:
    with pytest.raises(KeyError, match="atlantis"):
        find_market("atlantis", 100_000, make_edition())


def test_a_line_through_one_point_has_the_given_slope() -> None:
    line = pay_line(MEDIAN_ONLY, 0.45)

    assert line.pay_at(NormalDist().cdf(1)) == pytest.approx(100_000 * math.exp(0.45))
    assert line.share_below(100_000 * math.exp(-0.45)) == pytest.approx(NormalDist().cdf(-1))


@pytest.mark.parametrize(
    ("pay", "low", "high"),
    [
        pytest.param(50_000, 60_000, 75_000, id="below P10"),
        pytest.param(74_999, 60_000, 75_000, id="between P10 and P25"),
        pytest.param(75_000, 75_000, 100_000, id="at P25"),
        pytest.param(129_000, 100_000, 130_000, id="between P50 and P75"),
        pytest.param(131_000, 130_000, 170_000, id="between P75 and P90"),
        pytest.param(900_000, 130_000, 170_000, id="beyond P90"),
    ],
)
def test_pay_is_read_off_the_two_published_points_around_it(pay: float, low: float, high: float) -> None:
    line = pay_line(FULL_QUANTILES, None)

    (low_z, low_log_pay), (high_z, high_log_pay) = line.segment_at(math.log(pay))

    shares = {value: share for share, value in FULL_QUANTILES.items()}
    assert (low_log_pay, high_log_pay) == (math.log(low), math.log(high))
    assert [NormalDist().cdf(low_z), NormalDist().cdf(high_z)] == pytest.approx([shares[low], shares[high]])


@pytest.mark.parametrize(
    ("pay", "level"),
    [
        pytest.param(1_000, PayLevel.P10, id="far below P10"),
        pytest.param(75_000, PayLevel.P25, id="at P25"),
        # The 37th percentile is a little nearer to the 25th than to the 50th, the 38th the reverse.
        pytest.param(86_600, PayLevel.P25, id="just under half-way"),
        pytest.param(87_800, PayLevel.P50, id="just over half-way"),
        pytest.param(1_000_000, PayLevel.P90, id="far above P90"),
    ],
)
def test_the_nearest_level(pay: float, level: PayLevel) -> None:
    assert market_at("town", pay, make_edition()).nearest_level is level


def test_of_two_levels_equally_near_the_lower_counts() -> None:
    market = replace(market_at("town", 100_000, make_edition()), percentile=0.375)

    assert market.nearest_level is PayLevel.P25


@pytest.mark.parametrize(
    ("pay", "likelihood"),
    [
        # φ(0) ÷ the slope above P50: 0.39894 ÷ (ln(130/100) ÷ 0.67449).
        pytest.param(100_000, 1.02561, id="P50"),
        # φ(2.1543) ÷ the slope beyond P90: 0.03918 ÷ (ln(170/130) ÷ 0.60706).
        pytest.param(250_000, 0.08865, id="beyond P90"),
    ],
)
def test_likelihood_is_the_density_of_the_logarithm_of_pay(pay: float, likelihood: float) -> None:
    assert market_at("town", 1, make_edition()).likelihood(pay) == pytest.approx(likelihood, abs=5e-5)


def test_likelihood_sums_to_one_over_all_pay() -> None:
    market = market_at("town", 1, make_edition())
    steps = [math.exp(step / 200) for step in range(1_000, 4_000)]

    assert sum(market.likelihood(pay) for pay in steps) / 200 == pytest.approx(1, abs=5e-3)
