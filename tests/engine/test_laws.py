"""What must hold for every profile and every edition."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calculator.engine import assess, flips
from calculator.engine.chances import find_chances
from calculator.engine.constants import MODEL_2
from calculator.engine.edition import Edition, EvidenceChoice
from calculator.engine.evidence import Piece, pool_cdf, pool_evidence, pool_pieces
from calculator.engine.market import find_market, pay_line
from calculator.engine.plan import find_plan
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Outlook, Rating, Verdict
from tests.engine.factories import (
    make_clock,
    make_evidence,
    make_learner,
    make_outcome,
    make_plan_skill,
    make_profile,
)
from tests.fuzz.extent import examples

LAW = settings(derandomize=True)
SLOW_LAW = settings(LAW, max_examples=examples(10))
# Room for the last bits of floating-point sums.
LITTLE = 1e-6
TINY = 1e-12

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
    """Any answers about real skills, few or all, in places that have a market."""
    known = draw(st.lists(st.sampled_from(SKILLS), min_size=1, max_size=most + 2, unique=True))
    count = draw(st.integers(1, min(most, len(known))))
    chosen, held = tuple(sorted(known[:count])), tuple(sorted(known[count:]))
    # Nobody knows Kubernetes without Docker, nor machine learning without Python.
    assume(not ({"docker"} >= set(chosen) and "kubernetes" in held))
    assume(not ({"python"} >= set(chosen) and "ai-ml-integration" in held))
    assume(not ({"docker", "python"} >= set(chosen) and {"kubernetes", "ai-ml-integration"} <= set(held)))
    return Profile(
        pay=draw(st.one_of(st.sampled_from(PayLevel), st.floats(1_000, 1_000_000))),
        location=draw(st.sampled_from(PLACES)),
        skills=draw(st.sampled_from([chosen, chosen, chosen, None])),
        held=held,
        weekly_hours=draw(st.integers(1, 40)),
        horizon_years=draw(st.integers(1, 10)),
        odds_percent=draw(PERCENTS),
        experience_years=draw(st.one_of(st.none(), st.integers(0, 50))),
        hour_value=draw(st.one_of(st.none(), st.floats(0, 100))),
        evidence=draw(st.sampled_from(EvidenceChoice)),
    )


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    low = draw(st.floats(-0.5, 0.5))
    mid = low + draw(st.floats(0.005, 0.5))
    return Piece.of(
        low=low, mid=mid, high=mid + draw(st.floats(0.005, 0.5)), weight=draw(st.sampled_from([1.0, 4.0, 16.0]))
    )


def net_gains(verdict: Verdict) -> dict[str, float]:
    return {outlook.slug: outlook.gain.net_gain for outlook in verdict.outlooks if outlook.gain}


def chances(verdict: Verdict) -> dict[str, float]:
    """Of what is in time to be best, by slug."""
    return {
        outlook.slug: outlook.gain.chance
        for outlook in verdict.outlooks
        if outlook.gain and outlook.gain.chance is not None
    }


def chance_nothing(verdict: Verdict) -> float:
    return 1.0 if verdict.chance_nothing is None else verdict.chance_nothing


# Odds, hours, horizon, the worth of an hour


@LAW
@given(profile=profiles(), odds=PERCENTS)
def test_net_gain_never_rises_when_the_odds_fall(catalogue: Edition, profile: Profile, odds: int) -> None:
    """For skills whose expected uplift is not negative."""
    before = assess(profile, catalogue)
    after = assess(replace(profile, odds_percent=min(odds, profile.odds_percent)), catalogue)

    assert before.outlooks
    for outlook in before.outlooks:
        if outlook.gain and outlook.gain.uplift.expected >= 0:
            assert net_gains(after)[outlook.slug] <= outlook.gain.net_gain + LITTLE


def test_lower_odds_lose_less_where_the_uplift_is_negative(catalogue: Edition) -> None:
    """Why the law above needs its condition."""
    profile = make_profile("docker", location="us", pay=PayLevel.P90)

    sure, unsure = (assess(replace(profile, odds_percent=odds), catalogue) for odds in (100, 50))

    assert net_gains(sure)["docker"] < net_gains(unsure)["docker"] < 0


@LAW
@given(profile=profiles(), hours=st.integers(1, 40))
def test_more_hours_a_week_never_make_a_skill_later(catalogue: Edition, profile: Profile, hours: int) -> None:
    slow = assess(profile, catalogue)
    fast = assess(replace(profile, weekly_hours=max(hours, profile.weekly_hours)), catalogue)

    assert slow.outlooks
    for outlook in slow.outlooks:
        study = fast.outlook(outlook.slug).study
        assert study.first_pay_month <= outlook.study.first_pay_month
        assert study.expected_years >= outlook.study.expected_years
        assert study.is_in_time or not outlook.is_in_time


@LAW
@given(profile=profiles(), more=st.floats(0, 100))
def test_a_dearer_hour_never_lowers_the_chance_of_nothing(catalogue: Edition, profile: Profile, more: float) -> None:
    before = assess(profile, catalogue)
    hour = before.hour_value.amount
    assert hour is not None

    after = assess(replace(profile, hour_value=hour + more), catalogue)

    assert chance_nothing(after) >= chance_nothing(before) - TINY
    assert all(net_gains(after)[slug] <= gain + LITTLE for slug, gain in net_gains(before).items())


@LAW
@given(profile=profiles())
def test_the_worth_of_an_hour_is_where_the_net_gain_ends(catalogue: Edition, profile: Profile) -> None:
    verdict = assess(profile, catalogue)
    rising = [outlook for outlook in verdict.outlooks if outlook.gain and outlook.gain.worth_of_an_hour > 0]

    for outlook in rising[:2]:
        assert outlook.gain is not None
        at_worth = assess(replace(profile, hour_value=outlook.gain.worth_of_an_hour), catalogue)
        assert net_gains(at_worth)[outlook.slug] == pytest.approx(0, abs=1e-6 * outlook.gain.uplift.high)


@LAW
@given(profile=profiles(), years=st.integers(1, 10))
def test_a_further_horizon_never_makes_a_rising_skill_worth_less(
    catalogue: Edition, profile: Profile, years: int
) -> None:
    longer = assess(replace(profile, horizon_years=max(years, profile.horizon_years)), catalogue)

    for outlook in assess(profile, catalogue).outlooks:
        if outlook.gain and outlook.gain.uplift.expected >= 0:
            assert net_gains(longer)[outlook.slug] >= outlook.gain.net_gain - LITTLE


# The answer


@LAW
@given(profile=profiles())
def test_all_chances_together_are_one(catalogue: Edition, profile: Profile) -> None:
    verdict = assess(profile, catalogue)
    assume(verdict.chance_nothing is not None)

    assert math.fsum([chance_nothing(verdict), *chances(verdict).values()]) == pytest.approx(1, abs=TINY)
    assert all(0 <= chance <= 1 for chance in chances(verdict).values())


@LAW
@given(profile=profiles())
def test_the_answer_fits_its_outlooks(catalogue: Edition, profile: Profile) -> None:
    verdict = assess(profile, catalogue)
    gains = {slug: net_gains(verdict)[slug] for slug in chances(verdict)}

    assert list(gains.values()) == sorted(gains.values(), reverse=True)
    if verdict.first is None:
        assert verdict.rating is (Rating.STAY_PUT if net_gains(verdict) else Rating.NOT_ENOUGH_DATA)
        assert all(gain <= 0 for gain in gains.values()) or chance_nothing(verdict) > 0.5
        assert (verdict.rivals, verdict.plan, verdict.is_small) == ((), None, False)
        return
    assert gains[verdict.first] == max(gains.values()) > 0
    assert verdict.candidates == tuple(slug for slug, gain in gains.items() if gain > 0)
    assert chance_nothing(verdict) <= 0.5
    assert 1 <= len(verdict.rivals) <= 4
    others = {**{slug: chances(verdict)[slug] for slug in verdict.candidates}, "": chance_nothing(verdict)}
    likeliest = max(chance for slug, chance in others.items() if slug != verdict.first)
    assert verdict.rivals[0].chance == likeliest
    assert all(rival.chance == others[rival.slug] for rival in verdict.rivals)


@LAW
@given(profile=profiles(), more=st.floats(0, 0.1), pick=st.integers(0, 100))
def test_a_higher_premium_of_a_rival_never_raises_the_chance_of_the_first(
    catalogue: Edition, profile: Profile, more: float, pick: int
) -> None:
    before = assess(profile, catalogue)
    rivals = [slug for slug in chances(before) if slug != before.first]
    assume(before.first is not None)
    assume(rivals)
    rival = rivals[pick % len(rivals)]
    assert before.first is not None
    assume(rival not in before.outlook(before.first).study.added)
    pools = {
        key: replace(pool, low=pool.low + more, high=pool.high + more, points=tuple(x + more for x in pool.points))
        if key[0] == rival
        else pool
        for key, pool in catalogue.pools.items()
    }

    after = assess(profile, replace(catalogue, pools=pools))

    assert chances(after)[before.first] <= chances(before)[before.first] + TINY


@LAW
@given(profile=profiles(), pick=st.integers(0, 100))
def test_one_more_skill_changes_no_chance_by_more_than_its_own(catalogue: Edition, profile: Profile, pick: int) -> None:
    """So one that cannot gain changes none. Not one that another requires: that is learned with it."""
    verdict = assess(profile, catalogue)
    loose = [slug for slug in verdict.considered if not is_required(slug, verdict.outlooks)]
    assume(len(verdict.considered) > 1)
    assume(loose)
    gone = loose[pick % len(loose)]
    rest = tuple(slug for slug in verdict.considered if slug != gone)
    assume(len(rest) <= 10)

    without = assess(replace(profile, skills=rest), catalogue)

    own = chances(verdict).get(gone, 0.0)
    assert chance_nothing(without) - chance_nothing(verdict) <= own + TINY
    for slug, chance in chances(without).items():
        assert -TINY <= chance - chances(verdict)[slug] <= own + TINY


def is_required(slug: str, outlooks: Iterable[Outlook]) -> bool:
    return any(slug in outlook.study.added for outlook in outlooks)


GAINS = st.lists(st.lists(st.floats(-100, 100), min_size=2, max_size=2).map(sorted), min_size=3, max_size=3)


@LAW
@given(skills=st.lists(GAINS, min_size=1, max_size=5), lost=GAINS, position=st.integers(0, 5))
def test_a_skill_that_cannot_gain_changes_no_chance(
    skills: list[list[list[float]]], lost: list[list[float]], position: int
) -> None:
    outcomes = [make_outcome(f"skill-{2 * number}", rows) for number, rows in enumerate(skills)]
    losing = make_outcome(f"skill-{2 * position - 1}", [[-abs(gain) for gain in row] for row in lost])

    alone = find_chances(outcomes)
    together = find_chances(sorted([*outcomes, losing], key=lambda outcome: outcome.slug))

    assert together.of_nothing == pytest.approx(alone.of_nothing, abs=TINY)
    assert dict(together.of_skills) == pytest.approx({**alone.of_skills, losing.slug: 0.0}, abs=TINY)


@LAW
@given(skills=st.lists(GAINS, min_size=1, max_size=5))
def test_chances_do_not_depend_on_the_names_of_skills(skills: list[list[list[float]]]) -> None:
    """Where no two cases are equal."""
    values = [gain for rows in skills for row in rows for gain in row]
    assume(len(set(values)) == len(values))

    forwards = find_chances([make_outcome(f"skill-{number}", rows) for number, rows in enumerate(skills)])
    backwards = find_chances([make_outcome(f"skill-{number}", rows) for number, rows in enumerate(skills[::-1])])

    assert list(forwards.of_skills.values()) == pytest.approx([*backwards.of_skills.values()][::-1], abs=TINY)
    assert forwards.of_nothing == pytest.approx(backwards.of_nothing, abs=TINY)


@SLOW_LAW
@given(profile=profiles())
def test_the_same_input_gives_the_same_answer(catalogue: Edition, profile: Profile) -> None:
    cold = replace(catalogue)

    assert assess(profile, catalogue) == assess(profile, cold) == assess(profile, cold)
    assert flips(profile, catalogue) == flips(profile, cold)


# The plan


@LAW
@given(profile=profiles())
def test_a_plan_begins_with_the_recommendation(catalogue: Edition, profile: Profile) -> None:
    verdict = assess(profile, catalogue)
    assume(verdict.plan is not None)
    plan, first = verdict.plan, verdict.first
    assert plan is not None
    assert first is not None

    before = plan.best.slugs[: plan.best.slugs.index(first)]
    assert set(before) <= set(verdict.outlook(first).study.added)
    assert 0 < plan.best.net_gain <= plan.free.net_gain
    assert plan.worst.net_gain <= plan.best.net_gain + LITTLE
    assert sorted(plan.worst.slugs) == sorted(plan.best.slugs)
    assert not set(plan.left_out) & set(plan.best.slugs)
    assert len({*plan.left_out, *plan.best.slugs}) <= 5
    months = [step.done_month for step in plan.best.steps]
    assert months == sorted(months)


@LAW
@given(hours=st.lists(st.integers(1, 600), min_size=1, max_size=5), weekly=st.integers(1, 40), more=st.integers(1, 40))
def test_more_hours_a_week_never_delay_a_step_of_a_fixed_order(hours: list[int], weekly: int, more: int) -> None:
    """Prerequisites fix the order; fewer hours may leave out its end."""
    slugs = [f"skill-{number}" for number in range(len(hours))]
    skills = [
        make_plan_skill(slug, beta=0.03, study_hours=float(own), requires=tuple(slugs[:number]))
        for number, (slug, own) in enumerate(zip(slugs, hours, strict=True))
    ]

    slow, fast = (
        find_plan(skills, slugs[0], 0, make_learner(clock=make_clock(weekly_hours=each, horizon_months=120)))
        for each in sorted([weekly, max(weekly, more)])
    )

    assume(slow is not None)
    assert slow is not None
    assert fast is not None
    assert len(fast.best.steps) >= len(slow.best.steps)
    for early, late in zip(fast.best.steps, slow.best.steps, strict=False):
        assert early.slug == late.slug
        assert early.done_month <= late.done_month


@LAW
@given(
    betas=st.lists(st.floats(-0.1, 0.3), min_size=1, max_size=4),
    hours=st.lists(st.integers(1, 600), min_size=4, max_size=4),
)
def test_the_plans_total_does_not_depend_on_the_names_of_the_skills(betas: list[float], hours: list[int]) -> None:
    """Given the other way round (and so under other names) the same skills are worth the same."""
    facts = list(zip(betas, hours, strict=False))
    plans = [
        find_plan(
            [make_plan_skill(f"skill-{i}", beta=beta, study_hours=float(own)) for i, (beta, own) in enumerate(order)],
            f"skill-{order.index(facts[0])}",
            0,
            make_learner(),
        )
        for order in (facts, facts[::-1])
    ]

    totals = [plan and plan.best.net_gain for plan in plans]

    assert totals[0] == pytest.approx(totals[1])


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
    if profile.hour_value is not None:
        other_profile = replace(other_profile, hour_value=profile.hour_value * factor)

    verdict, other = assess(profile, catalogue), assess(other_profile, other_edition)

    assert net_gains(other) == pytest.approx(
        {slug: gain * factor for slug, gain in net_gains(verdict).items()}, rel=1e-6, abs=1e-3 * factor
    )
    assert chances(other) == pytest.approx(chances(verdict), abs=1e-3)
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

    forwards, backwards = (pool_evidence(each, choice, "", MODEL_2) for each in (evidence, evidence[::-1]))

    assert (forwards is None) == (backwards is None)
    if forwards and backwards:
        assert forwards.points == pytest.approx(backwards.points, abs=1e-12)
        assert math.isclose(forwards.expected, backwards.expected, abs_tol=1e-12)
