"""What must hold for every profile and every edition."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calculator.engine import assess
from calculator.engine.constants import MODEL_1
from calculator.engine.edition import Edition, EvidenceChoice
from calculator.engine.evidence import Piece, pool_cdf, pool_evidence, pool_pieces
from calculator.engine.market import find_market, pay_line
from calculator.engine.path import find_paths
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.uplift import stacked
from calculator.engine.verdict import Rating, Verdict
from tests.engine.factories import make_candidate, make_clock, make_evidence, make_learner, make_profile
from tests.fuzz.extent import examples

LAW = settings(derandomize=True)
SLOW_LAW = settings(LAW, max_examples=examples(10))
# Room for the last bits of floating-point sums.
LITTLE = 1e-6

SKILLS = (
    *("ai-ml-integration", "application-security", "ci-cd", "cloud-architecture", "cpp", "data-engineering"),
    *("docker", "go", "infrastructure-as-code", "kafka", "kubernetes", "postgresql", "python", "redis", "rust"),
    *("scala", "site-reliability", "system-design", "typescript"),
)
# With a market: full, borrowed from the parent, a median alone.
PLACES = ("us-austin-tx", "us", "de-berlin", "gb-london", "in", "pl", "br")
PERCENTS = st.integers(10, 100)


@st.composite
def profiles(draw: st.DrawFn, most: int = 4) -> Profile:
    """Any answers about real skills in places that have a market."""
    known = draw(st.lists(st.sampled_from(SKILLS), min_size=1, max_size=most + 2, unique=True))
    count = draw(st.integers(1, min(most, len(known))))
    return Profile(
        pay=draw(st.one_of(st.sampled_from(PayLevel), st.floats(1_000, 1_000_000))),
        location=draw(st.sampled_from(PLACES)),
        skills=tuple(sorted(known[:count])),
        held=tuple(sorted(known[count:])),
        weekly_hours=draw(st.integers(1, 40)),
        horizon_years=draw(st.integers(1, 10)),
        odds_percent=draw(PERCENTS),
        evidence=draw(st.sampled_from(EvidenceChoice)),
    )


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    low = draw(st.floats(-0.5, 0.5))
    mid = low + draw(st.floats(0.005, 0.5))
    return Piece.of(
        low=low, mid=mid, high=mid + draw(st.floats(0.005, 0.5)), weight=draw(st.sampled_from([1.0, 4.0, 16.0]))
    )


def two_orders(betas: list[float]) -> st.SearchStrategy[tuple[list[float], list[float]]]:
    return st.tuples(st.permutations(betas), st.permutations(betas))


def net_gains(verdict: Verdict) -> dict[str, float]:
    return {outlook.slug: outlook.gain.net_gain for outlook in verdict.outlooks if outlook.gain}


def rising_skills(verdict: Verdict) -> set[str]:
    """Those whose expected uplift is not negative."""
    return {outlook.slug for outlook in verdict.outlooks if outlook.gain and outlook.gain.uplift.expected >= 0}


# Odds, hours, horizon


@LAW
@given(profile=profiles(), odds=PERCENTS)
def test_net_gain_never_rises_when_the_odds_fall(catalogue: Edition, profile: Profile, odds: int) -> None:
    """For skills whose expected uplift is not negative."""
    before = assess(profile, catalogue)
    after = assess(replace(profile, odds_percent=min(odds, profile.odds_percent)), catalogue)

    for slug in rising_skills(before):
        assert net_gains(after)[slug] <= net_gains(before)[slug] + LITTLE


def test_lower_odds_lose_less_where_the_uplift_is_negative(catalogue: Edition) -> None:
    """Why the law above needs its condition."""
    profile = make_profile("docker", location="us", pay=PayLevel.P90)

    sure, unsure = (assess(replace(profile, odds_percent=odds), catalogue) for odds in (100, 50))

    assert net_gains(sure)["docker"] < net_gains(unsure)["docker"] < 0


@LAW
@given(profile=profiles(), odds=PERCENTS)
def test_the_paths_total_never_rises_when_the_odds_fall(catalogue: Edition, profile: Profile, odds: int) -> None:
    lower = replace(profile, odds_percent=min(odds, profile.odds_percent))

    assert assess(lower, catalogue).path.net_gain <= assess(profile, catalogue).path.net_gain + LITTLE


@LAW
@given(profile=profiles(), years=st.integers(1, 10))
def test_the_paths_total_never_falls_when_the_horizon_moves_away(
    catalogue: Edition, profile: Profile, years: int
) -> None:
    longer = replace(profile, horizon_years=max(years, profile.horizon_years))

    assert assess(longer, catalogue).path.net_gain >= assess(profile, catalogue).path.net_gain - LITTLE


@LAW
@given(hours=st.lists(st.integers(1, 600), min_size=1, max_size=6), weekly=st.integers(1, 40), more=st.integers(1, 40))
def test_more_hours_a_week_never_delay_a_step_of_a_fixed_order(hours: list[int], weekly: int, more: int) -> None:
    """Prerequisites fix the order; fewer hours may leave out its end."""
    slugs = [f"skill-{number}" for number in range(len(hours))]
    candidates = [
        make_candidate(slug, study_hours=float(own), requires=tuple(slugs[:number]))
        for number, (slug, own) in enumerate(zip(slugs, hours, strict=True))
    ]

    slow, fast = (
        find_paths(candidates, make_learner(clock=make_clock(weekly_hours=each, horizon_months=120)))[0]
        for each in sorted([weekly, max(weekly, more)])
    )

    assert len(fast.steps) >= len(slow.steps)
    for early, late in zip(fast.steps, slow.steps, strict=False):
        assert early.slug == late.slug
        assert early.done_month <= late.done_month


@LAW
@given(profile=profiles(), hours=st.integers(1, 40))
def test_more_hours_a_week_never_lower_the_paths_total(catalogue: Edition, profile: Profile, hours: int) -> None:
    """Where no exam has to be paid: studying earlier, one pays earlier too."""
    assume(not any(catalogue.skills[slug].exam_cost_usd for slug in profile.skills))
    faster = replace(profile, weekly_hours=max(hours, profile.weekly_hours))

    assert assess(faster, catalogue).path.net_gain >= assess(profile, catalogue).path.net_gain - LITTLE


# Which skills, in which order


@LAW
@given(orders=st.lists(st.floats(-0.1, 0.3), max_size=8).flatmap(two_orders))
def test_what_skills_are_worth_together_does_not_depend_on_their_order(orders: tuple[list[float], list[float]]) -> None:
    assert stacked(orders[0], MODEL_1) == stacked(orders[1], MODEL_1)


@LAW
@given(
    betas=st.lists(st.floats(-0.1, 0.3), min_size=1, max_size=5),
    hours=st.lists(st.integers(1, 600), min_size=5, max_size=5),
)
def test_the_paths_total_does_not_depend_on_the_order_of_the_skills(betas: list[float], hours: list[int]) -> None:
    """Given the other way round (and so under other names) the same skills are worth the same."""
    facts = list(zip(betas, hours, strict=False))
    given_orders = [
        [make_candidate(f"skill-{i}", beta=beta, study_hours=float(own)) for i, (beta, own) in enumerate(order)]
        for order in (facts, facts[::-1])
    ]

    totals = [find_paths(candidates, make_learner())[0].net_gain for candidates in given_orders]

    assert totals[0] == pytest.approx(totals[1])


@LAW
@given(profile=profiles(), another=st.sampled_from(SKILLS))
def test_one_more_chosen_skill_never_lowers_the_paths_total(catalogue: Edition, profile: Profile, another: str) -> None:
    """Unless a chosen skill requires it: then it was taken as held before, and must be learned now."""
    assume(another not in profile.skills and another not in profile.held)
    assume(not any(another in catalogue.skills[slug].requires for slug in profile.skills))
    wider = replace(profile, skills=tuple(sorted({*profile.skills, another})))

    assert assess(wider, catalogue).path.net_gain >= assess(profile, catalogue).path.net_gain - LITTLE


def test_one_more_chosen_skill_lowers_the_paths_total_where_it_was_taken_as_held(catalogue: Edition) -> None:
    """Why the law above needs its condition."""
    alone = assess(make_profile("kubernetes", location="us", pay=PayLevel.P90), catalogue)
    both = assess(make_profile("docker", "kubernetes", location="us", pay=PayLevel.P90), catalogue)

    assert alone.outlook("kubernetes").study.assumed == ("docker",)
    assert both.path.net_gain < alone.path.net_gain


@LAW
@given(profile=profiles())
def test_no_single_skill_beats_the_path(catalogue: Edition, profile: Profile) -> None:
    """The path may learn one skill alone; only the exams of prerequisites are paid a little later on it."""
    verdict = assess(profile, catalogue)

    assert verdict.path.net_gain >= max([0.0, *net_gains(verdict).values()]) - LITTLE
    assert verdict.worst_path.net_gain <= verdict.path.net_gain + LITTLE
    assert sorted(step.slug for step in verdict.worst_path.steps) == sorted(step.slug for step in verdict.path.steps)


# How sure it is


@LAW
@given(profile=profiles())
def test_the_best_bet_and_its_confidence_fit_the_outlooks(catalogue: Edition, profile: Profile) -> None:
    verdict = assess(profile, catalogue)
    gains = net_gains(verdict)
    chances = {rival.slug: rival.chance for rival in verdict.rivals}

    assert list(gains.values()) == sorted(gains.values(), reverse=True)
    if verdict.best_bet is None:
        assert verdict.rating is (Rating.STAY_PUT if gains else Rating.NOT_ENOUGH_DATA)
        assert all(gain <= 0 for gain in gains.values())
        return
    assert gains[verdict.best_bet] == max(gains.values()) > 0
    assert verdict.confidence == min(chances.values())
    assert verdict.safest_bet is not None
    assert gains[verdict.safest_bet] > 0
    for outlook in verdict.outlooks:
        if outlook.gain and outlook.slug != verdict.best_bet:
            assert outlook.gain.chance_against_best == pytest.approx(1 - chances[outlook.slug])


# Money


@LAW
@given(profile=profiles(), factor=st.floats(0.01, 1_000))
def test_money_has_no_unit(catalogue: Edition, profile: Profile, factor: float) -> None:
    """Pay, market and exchange rate in other units: the same verdict, with amounts in those units."""
    places = {
        slug: replace(place, quantiles={share: pay * factor for share, pay in place.quantiles.items()})
        for slug, place in ((each.slug, each) for each in catalogue.ancestry(profile.location))
    }
    currency = catalogue.places[profile.location].currency
    rate = replace(catalogue.rates[currency], units_per_usd=catalogue.rates[currency].units_per_usd * factor)
    other_edition = replace(catalogue, places=places, rates={currency: rate})
    other_profile = profile if isinstance(profile.pay, PayLevel) else replace(profile, pay=profile.pay * factor)

    verdict, other = assess(profile, catalogue), assess(other_profile, other_edition)

    assert net_gains(other) == pytest.approx(
        {slug: gain * factor for slug, gain in net_gains(verdict).items()}, rel=1e-6, abs=1e-3 * factor
    )
    assert other.path.net_gain == pytest.approx(verdict.path.net_gain * factor, rel=1e-6, abs=1e-3 * factor)
    assert verdict.market is not None
    assert other.market is not None
    assert other.market.percentile == pytest.approx(verdict.market.percentile, rel=1e-6)


@LAW
@given(profile=profiles(), factors=st.tuples(st.floats(1, 10), st.floats(1, 10)))
def test_above_p90_the_uplift_no_longer_grows(
    catalogue: Edition, profile: Profile, factors: tuple[float, float]
) -> None:
    market = find_market(profile.location, PayLevel.P90, catalogue)
    assert market is not None
    verdicts = [assess(replace(profile, pay=market.annual_salary * factor * 1.000001), catalogue) for factor in factors]

    uplifts = [
        {outlook.slug: outlook.gain.uplift.expected for outlook in verdict.outlooks if outlook.gain}
        for verdict in verdicts
    ]

    assert uplifts[0] == uplifts[1]


@LAW
@given(location=st.sampled_from(PLACES), pays=st.lists(st.floats(1, 10_000_000), min_size=2, max_size=5))
def test_the_percentile_rises_with_the_salary(catalogue: Edition, location: str, pays: list[float]) -> None:
    markets = [find_market(location, pay, catalogue) for pay in sorted(pays)]

    percentiles = [market.percentile for market in markets if market]
    assert len(percentiles) == len(pays)
    assert percentiles == sorted(percentiles)
    assert percentiles[0] >= 0.01
    assert percentiles[-1] <= 0.99


@LAW
@given(location=st.sampled_from(PLACES), level=st.sampled_from(PayLevel))
def test_a_pay_level_comes_back_as_its_percentile(catalogue: Edition, location: str, level: PayLevel) -> None:
    market = find_market(location, level, catalogue)

    assert market is not None
    assert market.percentile == pytest.approx(level.share)
    again = find_market(location, market.annual_salary, catalogue)
    assert again == market


@LAW
@given(
    median=st.floats(1, 1e9),
    growth=st.lists(st.floats(1.01, 3), min_size=2, max_size=2),
    share=st.floats(0.001, 0.999),
)
def test_pay_at_and_share_below_are_inverse(median: float, growth: list[float], share: float) -> None:
    line = pay_line({0.25: median / growth[0], 0.5: median, 0.9: median * growth[1]}, None)

    assert line.share_below(line.pay_at(share)) == pytest.approx(share)


# Pools


@SLOW_LAW
@given(pool=st.lists(pieces(), min_size=1, max_size=5))
def test_a_pools_figures_lie_where_they_say(pool: list[Piece]) -> None:
    figures = pool_pieces(pool, 40)

    shares = [pool_cdf(pool, point) for point in figures.points]
    assert shares == pytest.approx([(i + 0.5) / 40 for i in range(40)])
    assert list(figures.points) == sorted(figures.points)
    assert (pool_cdf(pool, figures.low), pool_cdf(pool, figures.high)) == pytest.approx((0.1, 0.9))
    assert figures.points[0] <= figures.expected <= figures.points[-1]


@LAW
@given(pool=st.lists(pieces(), min_size=2, max_size=5), more=st.floats(1, 20), x=st.floats(-1, 1))
def test_more_weight_to_one_piece_moves_the_pool_towards_it(pool: list[Piece], more: float, x: float) -> None:
    first, *others = pool
    heavier = [replace(first, weight=first.weight * more), *others]

    before, after = (abs(pool_cdf(each, x) - first.cdf(x)) for each in (pool, heavier))

    assert after <= before + 1e-12


@SLOW_LAW
@given(mids=st.lists(st.floats(-0.1, 0.3), min_size=1, max_size=5), choice=st.sampled_from(EvidenceChoice))
def test_a_pool_does_not_depend_on_the_order_of_its_evidence(mids: list[float], choice: EvidenceChoice) -> None:
    grades = "ABCDD"
    evidence = [
        make_evidence("go", source=f"study-{i}", low=mid - 0.03, mid=mid, high=mid + 0.05, grade=grade)
        for i, (mid, grade) in enumerate(zip(mids, grades, strict=False))
    ]

    forwards, backwards = (pool_evidence(each, choice, "", MODEL_1) for each in (evidence, evidence[::-1]))

    assert (forwards is None) == (backwards is None)
    if forwards and backwards:
        assert forwards.points == pytest.approx(backwards.points, abs=1e-12)
        assert math.isclose(forwards.expected, backwards.expected, abs_tol=1e-12)
