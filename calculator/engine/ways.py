"""Other ways to more pay than a skill, for one visitor (docs/methodology.md#11-other-ways).

They are no part of the ranking: nothing here compares a way with a skill or with another way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from calculator.engine.constants import Constants
from calculator.engine.edition import Edition, ExperiencePoint, Place, Range, Way, WayUnit
from calculator.engine.market import Market, find_market
from calculator.engine.profile import InputSpec, PayLevel, Profile

#: How likely the visitor thinks it is that a way works out, in per cent; for ways whose odds nobody measured. At 0 the
#: way is not for this visitor, and is left out.
WAY_ODDS = InputSpec(name="odds", attribute="odds", low=0, high=100, default=None)
#: Hours a week of side work.
SIDE_HOURS = InputSpec(name="side", attribute="side_hours", low=1, high=60, default=None)
#: What an hour of side work pays, in the location's currency.
SIDE_RATE = InputSpec(name="rate", attribute="side_rate", low=1, high=1_000_000_000, default=None, is_whole=False)
#: The ways whose figures are shares of a gap in pay, to a place in the same country and to another country.
WITHIN_COUNTRY, TO_OTHER_COUNTRY = "move-market", "move-country"
#: Where one price level is so many times the other, what pay buys depends on what one buys, more than on any average.
MAX_PRICE_MULTIPLE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WayAnswers:
    """What the visitor says about ways alone: a second place (a slug, "" for none), side work, odds in per cent.

    `to_town` is the town or region whose pay the second place answers for, "" if the place itself was named.
    `side_rate` is what an hour of side work pays, in the location's currency. `odds` are pairs, sorted by way.
    """

    to: str = ""
    to_town: str = ""
    side_hours: int | None = None
    side_rate: float | None = None
    odds: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOutlook:
    """One way for this visitor.

    `annual` is extra pay a year in the market's currency, before tax, from P10 to P90; None where the way's figures are
    no shares of pay. `odds` are a share, a year where the way's are yearly, and None where nobody gave any; they are
    the visitor's own where `is_own_odds`. `odds_by_horizon` is the share within the years that the visitor looks ahead.
    """

    way: Way
    annual: Range | None
    odds: float | None
    is_own_odds: bool
    odds_by_horizon: float | None

    @property
    def own_average(self) -> float | None:
        """Extra pay a year on average at the visitor's own odds, by the horizon where they are yearly; None without."""
        if self.annual is None or self.odds_by_horizon is None or not self.is_own_odds:
            return None
        return self.annual.expected * self.odds_by_horizon


@dataclass(frozen=True, slots=True, kw_only=True)
class Staying:
    """What staying with one employer brings beyond today's pay: after a year and at the horizon, as shares and money.

    `annual` is the extra pay a year after one year, `annual_at_horizon` the one at the horizon.
    """

    growth: float
    growth_at_horizon: float
    annual: float
    annual_at_horizon: float
    points: tuple[ExperiencePoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """People with the visitor's years of work in the visitor's market; `median` is pay a year in its currency.

    `multiple` is their pay as a multiple of the market's, `ratio` the visitor's pay as a multiple of `median`.
    """

    years: int
    multiple: float
    median: float
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWays:
    """The ways of an edition for one visitor; each way of the visitor's area is in one of five places.

    `applying` are sorted by months, then slug. `declined` are not for this visitor, by own odds of 0.
    `same_as_first` are what the first skill is called as a duty or a title.
    `for_other_years` are for people with other years of work, `needing_years` for people whose years are not given.
    """

    applying: tuple[WayOutlook, ...]
    declined: tuple[Way, ...]
    same_as_first: tuple[Way, ...]
    for_other_years: tuple[Way, ...]
    needing_years: tuple[Way, ...]
    staying: Staying | None
    peers: Peers | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """The price level of a second place as a multiple of this one's, rents included.

    `here` and `there` are the places whose levels they are: the places themselves, or the nearest that they lie in.
    """

    here: Place
    there: Place
    multiple: float

    @property
    def are_too_different(self) -> bool:
        """Whether an average says little about what pay buys."""
        return max(self.multiple, 1 / self.multiple) > MAX_PRICE_MULTIPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a move to a second place brings a year, in the market's currency and at the edition's exchange rate.

    `gap` is the second market's median as a multiple of this one's; `share` is the part of its logarithm that a mover
    gets. `annual` is extra pay, without prices; None where the gap is unknown: one market answers for both places, or
    for one of them and a part of it for the other, as the United Kingdom's for Leeds and London's for London.
    `prices` are None where they are not known. `buys` is what the pay after the move buys there, as a multiple of what
    today's pay buys here; None unless pay and prices are known, of the same places, and prices are not too different.
    """

    way: Way
    there: Market
    gap: float
    share: float
    annual: float | None
    prices: Prices | None
    buys: float | None


def find_other_ways(
    profile: Profile, market: Market | None, first: str | None, edition: Edition, own_odds: Mapping[str, int]
) -> OtherWays:
    """Return the ways of the profile's area; `first` is the recommended skill, `own_odds` are per cents by way.

    Odds that were measured stay as they are, and odds of 0 leave a way out.
    """
    place, years = edition.places[profile.location], profile.experience_years
    curve = edition.experience_in(place)
    declined: list[Way] = []
    same: list[Way] = []
    unknown: list[Way] = []
    applying: list[Way] = []
    elsewhere: list[Way] = []
    for way in edition.ways_in(place):
        if way.unit is WayUnit.BASELINE:
            continue
        if own_odds.get(way.slug) == 0 and not way.is_odds_measured:
            declined.append(way)
        elif first is not None and way.overlaps_skill == first:
            same.append(way)
        elif years is None:
            (unknown if _has_bounds(way) else applying).append(way)
        else:
            (applying if _is_for(way, years) else elsewhere).append(way)
    return OtherWays(
        applying=tuple(
            sorted(
                [_look_at(way, profile, market, own_odds) for way in applying],
                key=lambda each: (each.way.months[1], each.way.slug),
            )
        ),
        declined=tuple(declined),
        same_as_first=tuple(same),
        for_other_years=tuple(elsewhere),
        needing_years=tuple(unknown),
        staying=find_staying(profile, market, curve, edition.constants),
        peers=find_peers(years, market, curve),
    )


def find_staying(
    profile: Profile, market: Market | None, curve: Sequence[ExperiencePoint], constants: Constants
) -> Staying | None:
    """Return a share of the curve's growth from the visitor's years of work on: the rest is changes of employer.

    The share (`staying_share`) is a judgement. A curve that falls is taken as flat: it compares people of different
    ages. None without years of work, a market or a curve.
    """
    if profile.experience_years is None or market is None or not curve:
        return None
    years, share = profile.experience_years, constants.staying_share
    now = multiple_at(curve, years)
    growth, at_horizon = (
        share * max(0.0, multiple_at(curve, years + ahead) / now - 1) for ahead in (1, profile.horizon_years)
    )
    return Staying(
        growth=growth,
        growth_at_horizon=at_horizon,
        annual=market.annual_salary * growth,
        annual_at_horizon=market.annual_salary * at_horizon,
        points=tuple(curve),
    )


def find_peers(years: int | None, market: Market | None, curve: Sequence[ExperiencePoint]) -> Peers | None:
    """Return where the visitor's pay is among people with these years: the curve's multiple of the market's median.

    An estimate: the curve is of a region or a country, its median is taken as the market's. None without years of work,
    a market or a curve.
    """
    if years is None or market is None or not curve:
        return None
    multiple = multiple_at(curve, years)
    median = multiple * market.levels[PayLevel.P50]
    return Peers(years=years, multiple=multiple, median=median, ratio=market.annual_salary / median)


def multiple_at(curve: Sequence[ExperiencePoint], years: float) -> float:
    """Read a curve (points in rising years) at some years of work: straight between two points, flat outside."""
    for before, after in pairwise(curve):
        if before.years <= years <= after.years:
            way = (years - before.years) / (after.years - before.years)
            return before.multiple + way * (after.multiple - before.multiple)
    return curve[0].multiple if years < curve[0].years else curve[-1].multiple


def find_move(profile: Profile, market: Market, to: str, edition: Edition) -> Move | None:
    """Return what a move to a second place (its slug) brings: pay × ((pay there ÷ pay here) ^ share − 1).

    Pay is compared at the medians. The share of the gap that a mover gets is the expected figure of the way
    `move-market` within a country and of `move-country` to another one. Prices change in full: what the pay buys is
    ((pay there ÷ pay here) ^ share) ÷ (prices there ÷ prices here). None where the second place has no market, an
    exchange rate is missing, or the edition has no such way.
    """
    here = edition.places[profile.location]
    is_same_country = edition.places[to].country == here.country
    slug = WITHIN_COUNTRY if is_same_country else TO_OTHER_COUNTRY
    way = next((each for each in edition.ways_in(here) if each.slug == slug), None)
    there = find_market(to, PayLevel.P50, edition)
    if way is None or way.expected is None or there is None:
        return None
    rate = _find_exchange_rate(there.currency, market.currency, edition)
    if rate is None:
        return None
    gap = there.levels[PayLevel.P50] * rate / market.levels[PayLevel.P50]
    is_known = not (_holds(market, there, here.slug, edition) or _holds(there, market, to, edition))
    change = math.expm1(way.expected * math.log(gap)) if is_known else None
    prices = find_prices(here.slug, to, edition)
    return Move(
        way=way,
        there=there,
        gap=gap,
        share=way.expected,
        annual=None if change is None else market.annual_salary * change,
        prices=prices,
        buys=_find_what_it_buys(change, prices, market, there),
    )


def find_prices(here: str, there: str, edition: Edition) -> Prices | None:
    """Return how the prices of two places (slugs) differ; None where one is unknown, or both are read from one place.

    A country's level is of all that it buys or makes, at the average exchange rate of a year (World Bank); that of an
    American state or metro is of what households buy, rents included (Bureau of Economic Analysis). Each is in per
    cent of the United States as a whole, so a metro's level × the nation's, 100 %, compares with another country's.
    """
    one, other = _find_level(here, edition), _find_level(there, edition)
    if one is None or other is None or one[0].slug == other[0].slug:
        return None
    return Prices(here=one[0], there=other[0], multiple=other[1] / one[1])


def side_income(hours: float, rate: float, constants: Constants) -> float:
    """Return what side work pays a year, before tax: hours a week × pay an hour × weeks of a year."""
    return hours * rate * constants.weeks_per_year


def odds_within(odds: float, years: int) -> float:
    """Return the share of tries that work out within some years, if each year's try has the same odds."""
    return 1 - (1 - odds) ** years


def _look_at(way: Way, profile: Profile, market: Market | None, own_odds: Mapping[str, int]) -> WayOutlook:
    own = None if way.is_odds_measured else own_odds.get(way.slug)
    odds = way.odds if own is None else own / 100
    by_horizon = odds
    if odds is not None and way.is_odds_yearly:
        by_horizon = odds_within(odds, profile.horizon_years)
    return WayOutlook(
        way=way,
        annual=_find_annual(way, market),
        odds=odds,
        is_own_odds=own is not None,
        odds_by_horizon=by_horizon,
    )


def _find_annual(way: Way, market: Market | None) -> Range | None:
    """Take the way's shares of the whole pay: unlike a skill's, they are not limited to pay up to P90."""
    if way.unit is not WayUnit.PAY or market is None:
        return None
    shares = list(_list_shares(way))
    if len(shares) < 3:
        return None
    low, expected, high = (share * market.annual_salary for share in shares)
    return Range(low=low, expected=expected, high=high)


def _list_shares(way: Way) -> Iterator[float]:
    return (share for share in (way.low, way.expected, way.high) if share is not None)


def _has_bounds(way: Way) -> bool:
    return way.min_years is not None or way.max_years is not None


def _is_for(way: Way, years: int) -> bool:
    return (way.min_years or 0) <= years and (way.max_years is None or years <= way.max_years)


def _holds(market: Market, other: Market, place: str, edition: Edition) -> bool:
    """Return whether a market answers for the other one too, or for a place without figures and around the other."""
    own, inner = market.answered_by.slug, other.answered_by.slug
    return own == inner or (own != place and any(each.slug == own for each in edition.ancestry(inner)))


def _find_level(place: str, edition: Edition) -> tuple[Place, float] | None:
    """Return the nearest place with a price level, and its level."""
    for each in edition.ancestry(place):
        if each.price_level is not None:
            return each, each.price_level
    return None


def _find_what_it_buys(change: float | None, prices: Prices | None, here: Market, there: Market) -> float | None:
    """Return the pay after a change, at prices there, as a multiple of today's pay; see `Move`.

    A city's pay at its country's prices would say too much: both are higher in most cities that pay well.
    """
    if change is None or prices is None or prices.are_too_different:
        return None
    are_of_same_places = (prices.here.slug, prices.there.slug) == (here.answered_by.slug, there.answered_by.slug)
    return (1 + change) / prices.multiple if are_of_same_places else None


def _find_exchange_rate(currency: str, into: str, edition: Edition) -> float | None:
    """Return units of one currency for one of another; None if a rate is missing."""
    if currency == into:
        return 1.0
    if currency not in edition.rates or into not in edition.rates:
        return None
    return edition.rates[into].units_per_usd / edition.rates[currency].units_per_usd
