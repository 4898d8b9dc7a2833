"""What one skill may bring, by hand."""

from __future__ import annotations

import math
from dataclasses import astuple

import pytest

from calculator.engine.constants import MODEL_2
from calculator.engine.outcomes import bundle_uplift, find_outcome, pays_off, plan_study, study_hours
from calculator.engine.uplift import shift_pool
from tests import oracle
from tests.engine.factories import (
    make_clock,
    make_edition,
    make_flat_pool,
    make_hour_case,
    make_pool,
    make_skill,
    make_study,
)

DOCKER = make_skill("docker", hours_low=10.0, hours_mid=30.0, hours_high=60.0)
KUBERNETES = make_skill("kubernetes", hours_low=90.0, hours_mid=130.0, hours_high=220.0)
EDITION = make_edition(skills=[DOCKER, KUBERNETES])


@pytest.mark.parametrize(
    ("own", "hours"),
    [
        pytest.param({}, (90, 130, 220), id="three estimates"),
        pytest.param({"docker": 7}, (90, 130, 220), id="another skill's"),
        pytest.param({"kubernetes": 100}, (100, 100, 100), id="the visitor's own replaces all three"),
    ],
)
def test_study_hours(own: dict[str, int], hours: tuple[float, float, float]) -> None:
    assert study_hours(KUBERNETES, own) == hours


def test_a_bundle_takes_the_hours_of_all_its_skills_in_each_case() -> None:
    clock = make_clock()

    study = plan_study(("kubernetes", "docker"), {}, clock, EDITION, assumed=("linux",), exam_cost=395.0)

    assert [case.hours for case in study.cases] == [100, 160, 280]
    assert [case.weight for case in study.cases] == [0.3, 0.4, 0.3]
    assert study.hours == pytest.approx(0.3 * 100 + 0.4 * 160 + 0.3 * 280)
    assert study.own_hours == 130
    assert study.months == pytest.approx(160 / 26)
    assert study.first_pay_month == pytest.approx(160 / 26 + 3)
    assert (study.added, study.assumed, study.exam_cost) == (("docker",), ("linux",), 395.0)
    years = [oracle.annuity(hours / 26 + 3, 36.0) for hours in (100, 160, 280)]
    assert [case.years_of_pay for case in study.cases] == pytest.approx(years)
    assert [case.expected_years for case in study.cases] == pytest.approx([year / 2 for year in years])
    assert study.years_of_pay == pytest.approx(0.3 * years[0] + 0.4 * years[1] + 0.3 * years[2])
    assert study.expected_years == pytest.approx(study.years_of_pay / 2)


def test_own_hours_of_a_prerequisite_move_the_bundle() -> None:
    study = plan_study(("kubernetes", "docker"), {"docker": 1}, make_clock(), EDITION, assumed=(), exam_cost=None)

    assert [case.hours for case in study.cases] == [91, 131, 221]


@pytest.mark.parametrize(
    ("horizon_months", "is_in_time"),
    [pytest.param(8, False, id="pay begins at the horizon"), pytest.param(9, True, id="a month before it")],
)
def test_a_skill_is_in_time_by_its_mid_case(horizon_months: int, is_in_time: bool) -> None:
    clock = make_clock(horizon_months=horizon_months)

    study = plan_study(("kubernetes",), {}, clock, EDITION, assumed=(), exam_cost=0.0)

    assert study.is_in_time is is_in_time
    assert study.cases[0].expected_years > 0, "the low case is always in time here"
    assert study.cases[2].expected_years == 0, "the high case never is"


def test_prerequisites_add_what_is_above_zero() -> None:
    premium = shift_pool(make_pool(low=-0.01, high=0.07, points=(0.0, 0.04)), 0.0)

    found = bundle_uplift(premium, [0.02, -0.5, 0.01], 100_000)

    mean = math.log((1 + math.exp(0.04)) / 2)
    assert astuple(found.annual) == pytest.approx(
        (100_000 * math.expm1(0.02), 100_000 * math.expm1(0.03 + mean), 100_000 * math.expm1(0.10))
    )
    assert found.points == pytest.approx([100_000 * math.expm1(0.03), 100_000 * math.expm1(0.07)])


def test_the_expected_net_gain_is_the_mean_of_its_cases() -> None:
    premium = shift_pool(make_pool(low=-0.02, high=0.12, points=(-0.03, 0.0, 0.05, 0.12)), 0.0)
    study = plan_study(("kubernetes", "docker"), {}, make_clock(), EDITION, assumed=(), exam_cost=395.0)

    outcome = find_outcome("kubernetes", bundle_uplift(premium, [0.02], 100_000), study, hour_value=12.0)

    means = [math.fsum(row) / len(row) for row in outcome.case_gains]
    assert outcome.net_gain == pytest.approx(sum(w * m for w, m in zip((0.3, 0.4, 0.3), means, strict=True)))
    assert all(list(row) == sorted(row) for row in outcome.case_gains)
    assert outcome.case_gains[1][2] == pytest.approx(
        100_000 * math.expm1(0.07) * study.cases[1].expected_years - 395 - 12 * 160
    )


def test_a_skill_pays_off_where_its_pay_is_more_than_its_costs() -> None:
    premium = shift_pool(make_pool(low=0.0, high=0.1, points=(0.01, 0.02, 0.03, 0.04)), 0.0)
    cases = (
        make_hour_case(0.3, hours=10.0, years_of_pay=2.0, expected_years=1.0),
        make_hour_case(0.4, hours=20.0, years_of_pay=1.0, expected_years=0.5),
        make_hour_case(0.3, hours=30.0, years_of_pay=0.0, expected_years=0.0),
    )
    study = make_study(exam_cost=1_000.0, cases=cases)

    outcome = find_outcome("go", bundle_uplift(premium, [], 100_000), study, hour_value=100.0)

    # Over 2,000 from 1,005 a year on for two years: all four. Over 3,000 a year for one: two. Nothing for no year.
    assert pays_off(outcome, 100.0, odds=0.5) == pytest.approx(0.5 * (0.3 * 4 / 4 + 0.4 * 2 / 4))


def test_pay_that_only_meets_its_costs_does_not_pay_off() -> None:
    annual = bundle_uplift(shift_pool(make_flat_pool(0.0), 0.0), [], 100_000)
    study = make_study(cases=tuple([make_hour_case(weight) for weight in MODEL_2.hour_case_weights]))

    assert pays_off(find_outcome("go", annual, study, hour_value=0.0), 0.0, odds=1.0) == 0.0
