"""From evidence to a premium: which figures count, and the pool they make."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist
from typing import Any

import pytest

from calculator.engine.constants import MODEL_2
from calculator.engine.edition import WORLDWIDE, About, Evidence, EvidenceChoice, Grade
from calculator.engine.evidence import (
    Piece,
    evidence_weight,
    find_contributions,
    find_evidence,
    grade_shares,
    pool_all,
    pool_cdf,
    pool_evidence,
    pool_pieces,
    pool_quantile,
    select_counting,
)
from tests.engine.factories import make_edition, make_evidence, make_flat_pool, make_place, make_pool

ONE_OF_EACH = tuple(make_evidence("go", source=f"source-{grade}", grade=grade) for grade in Grade)


@pytest.mark.parametrize(
    ("choice", "grades"),
    [
        pytest.param(EvidenceChoice.MEASURED, "ABC", id="measured"),
        pytest.param(EvidenceChoice.ALL, "ABCD", id="all"),
        pytest.param(EvidenceChoice.HEADLINE, "D", id="headline"),
    ],
)
def test_a_choice_counts_its_grades(choice: EvidenceChoice, grades: str) -> None:
    counted = select_counting(ONE_OF_EACH, choice, WORLDWIDE)

    assert "".join(item.grade for item in counted) == grades


def test_a_job_title_is_measured_pay_of_no_skill_but_counts_in_all() -> None:
    about = {each: make_evidence("go", source=each, grade=Grade.C, about=each) for each in About}

    measured, everything, headlines = (select_counting(about.values(), choice, WORLDWIDE) for choice in EvidenceChoice)

    assert measured == (about[About.SKILL], about[About.DUTY])
    assert everything == tuple(about.values())
    assert headlines == ()


def test_headlines_count_whatever_they_are_about() -> None:
    headlines = tuple(make_evidence("go", source=each, grade=Grade.D, about=each) for each in About)

    assert select_counting(headlines, EvidenceChoice.HEADLINE, WORLDWIDE) == headlines


WORLD = make_evidence("go", source="survey")
HERE = replace(WORLD, region="us", mid=0.04)
THERE = replace(WORLD, region="south-asia")
OTHER = replace(WORLD, source="other")


@pytest.mark.parametrize(
    ("evidence", "region", "expected"),
    [
        pytest.param([WORLD, HERE, THERE], WORLDWIDE, [WORLD], id="nowhere in particular"),
        pytest.param([WORLD, HERE, THERE], "us", [HERE], id="the region's figure replaces the same source's"),
        pytest.param([WORLD, HERE, OTHER], "us", [HERE, OTHER], id="other sources stay"),
        pytest.param([WORLD, HERE], "latin-america", [WORLD], id="another region's figure does not count"),
        pytest.param([THERE], "us", [], id="only another region's"),
    ],
)
def test_a_regional_figure_counts_only_in_its_region(
    evidence: list[Evidence], region: str, expected: list[Evidence]
) -> None:
    assert select_counting(evidence, EvidenceChoice.MEASURED, region) == tuple(expected)


def test_a_regional_figure_of_another_grade_replaces_nothing() -> None:
    headline_here = replace(HERE, grade=Grade.D)

    assert select_counting([WORLD, headline_here], EvidenceChoice.MEASURED, "us") == (WORLD,)


def test_a_regional_figure_about_a_title_replaces_nothing() -> None:
    title_here = replace(HERE, about=About.TITLE)

    assert select_counting([WORLD, title_here], EvidenceChoice.MEASURED, "us") == (WORLD,)
    assert select_counting([WORLD, title_here], EvidenceChoice.ALL, "us") == (title_here,)


@pytest.mark.parametrize(
    ("given", "choice", "weight"),
    [
        pytest.param({"grade": Grade.A}, EvidenceChoice.MEASURED, 16, id="A"),
        pytest.param({"grade": Grade.B, "about": About.DUTY}, EvidenceChoice.MEASURED, 8, id="B about a duty"),
        pytest.param({"grade": Grade.C}, EvidenceChoice.ALL, 4, id="C"),
        pytest.param({"grade": Grade.D}, EvidenceChoice.ALL, 1, id="D"),
        pytest.param({"grade": Grade.A, "about": About.TITLE}, EvidenceChoice.ALL, 1, id="a title"),
        pytest.param({"grade": Grade.D}, EvidenceChoice.HEADLINE, 1, id="a headline"),
    ],
)
def test_what_a_figure_weighs(given: dict[str, Any], choice: EvidenceChoice, weight: float) -> None:
    assert evidence_weight(make_evidence("go", **given), choice, MODEL_2) == weight


def test_contributions_share_the_weight_with_the_prior() -> None:
    parts = find_contributions(ONE_OF_EACH, EvidenceChoice.ALL, WORLDWIDE, MODEL_2)

    assert [(part.evidence.grade, part.share) for part in parts] == [
        (Grade.A, 16 / 41),
        (Grade.B, 8 / 41),
        (Grade.C, 4 / 41),
        (Grade.D, 1 / 41),
    ]


def test_contributions_of_headlines_have_no_prior() -> None:
    (part,) = find_contributions(ONE_OF_EACH, EvidenceChoice.HEADLINE, WORLDWIDE, MODEL_2)

    assert part.share == 1


def test_contributions_of_one_weight_go_by_source() -> None:
    evidence = [make_evidence("go", source=source) for source in ("later", "earlier")]

    parts = find_contributions(evidence, EvidenceChoice.MEASURED, WORLDWIDE, MODEL_2)

    assert [part.evidence.source for part in parts] == ["earlier", "later"]


def test_a_piece_meets_its_own_quantiles() -> None:
    piece = Piece.of(low=-0.02, mid=0.025, high=0.12, weight=1)

    shares = [piece.cdf(math.log1p(premium)) for premium in (-0.02, 0.025, 0.12)]
    quantiles = [math.expm1(piece.quantile(share)) for share in (0.1, 0.5, 0.9)]

    assert shares == pytest.approx([0.1, 0.5, 0.9])
    assert quantiles == pytest.approx([-0.02, 0.025, 0.12])


@pytest.mark.parametrize(
    ("low", "mid", "high"),
    [
        pytest.param(0.05, 0.05, 0.08, id="low equals mid"),
        pytest.param(0.02, 0.08, 0.08, id="mid equals high"),
        pytest.param(0.08, 0.05, 0.02, id="falling"),
        pytest.param(-1.5, 0.05, 0.08, id="pay below nothing"),
    ],
)
def test_a_piece_must_rise(low: float, mid: float, high: float) -> None:
    with pytest.raises(ValueError, match=r"must rise|math domain error|expected a number greater than -1"):
        Piece.of(low=low, mid=mid, high=high, weight=1)


def test_a_pool_of_headlines_alone_is_the_headline() -> None:
    evidence = [make_evidence("go", low=0.1, mid=0.2, high=0.4, grade=Grade.D)]

    pool = pool_evidence(evidence, EvidenceChoice.HEADLINE, WORLDWIDE, MODEL_2)

    assert pool is not None
    assert math.expm1(pool.low) == pytest.approx(0.1)
    assert math.expm1(pool.high) == pytest.approx(0.4)
    assert len(pool.points) == 40
    assert pool.points[0] == pytest.approx(
        math.log(1.2) + NormalDist().inv_cdf(1 / 80) * math.log(1.2 / 1.1) / NormalDist().inv_cdf(0.9)
    )


def test_a_pool_without_evidence_is_none() -> None:
    assert pool_evidence([], EvidenceChoice.MEASURED, WORLDWIDE, MODEL_2) is None
    assert pool_evidence(ONE_OF_EACH[3:], EvidenceChoice.MEASURED, WORLDWIDE, MODEL_2) is None


def test_the_prior_pulls_one_loud_figure_towards_the_typical_skill() -> None:
    loud = [make_evidence("go", low=0.2, mid=0.25, high=0.3, grade=Grade.C)]

    pool = pool_evidence(loud, EvidenceChoice.MEASURED, WORLDWIDE, MODEL_2)

    assert pool is not None
    mean = (4 * 1.25 + 12 * 1.025) / 16
    assert pool.expected == pytest.approx(math.log(mean), abs=0.001), "the prior weighs three times a grade C figure"


def test_two_distant_pieces_are_mixed_not_averaged() -> None:
    near = Piece.of(low=-0.001, mid=0.0, high=0.001, weight=3)
    far = Piece.of(low=0.499, mid=0.5, high=0.501, weight=1)

    pool = pool_pieces([near, far], 40)

    in_between = [point for point in pool.points if 0.01 < point < 0.39]
    assert in_between == []
    assert sum(point > 0.39 for point in pool.points) == 10
    assert pool_cdf([near, far], math.log1p(0.5)) == pytest.approx(0.75 + 0.25 / 2)


def test_a_quantile_of_one_piece_is_its_own() -> None:
    piece = Piece.of(low=0.01, mid=0.02, high=0.05, weight=2)

    assert pool_quantile([piece], 0.3) == pytest.approx(piece.quantile(0.3), rel=1e-12)


def test_an_edition_answers_with_the_regional_pool_before_the_worldwide_one() -> None:
    here, world = make_flat_pool(0.2), make_flat_pool(0.1)
    key = ("go", EvidenceChoice.MEASURED)
    edition = make_edition(pools={(*key, "us"): here, (*key, WORLDWIDE): world})

    found = [edition.pool(*key, region) for region in ("us", "south-asia", WORLDWIDE)]

    assert found == [here, world, world]
    assert edition.pool("go", EvidenceChoice.ALL, "us") is None
    assert edition.pool("rust", EvidenceChoice.MEASURED, "us") is None


def test_a_place_has_its_ancestors_in_order() -> None:
    places = [make_place("us"), make_place("us-tx", parent="us"), make_place("us-austin-tx", parent="us-tx")]
    edition = make_edition(places=places)

    assert [place.slug for place in edition.ancestry("us-austin-tx")] == ["us-austin-tx", "us-tx", "us"]


def test_an_unknown_place_is_a_mistake_in_code() -> None:
    with pytest.raises(KeyError, match="atlantis"):
        list(make_edition().ancestry("atlantis"))


def test_a_premium_that_does_not_rise_is_named() -> None:
    with pytest.raises(ValueError, match="premium") as refusal:
        Piece.of(low=0.08, mid=0.05, high=0.02, weight=1.0)

    assert str(refusal.value) == "a premium's low, mid and high must rise: 0.08, 0.05, 0.02"


def test_a_pools_expected_premium_pays_the_mean_of_its_points() -> None:
    pool = make_pool(low=0.0, high=0.2, points=(0.0, 0.1, 0.2))

    assert math.exp(pool.expected) == pytest.approx((1 + math.exp(0.1) + math.exp(0.2)) / 3)


# Shares by grade


@pytest.mark.parametrize(
    ("choice", "shares"),
    [
        pytest.param(EvidenceChoice.MEASURED, {"A": 0.4, "B": 0.2, "C": 0.1, "typical": 0.3}, id="measured"),
        pytest.param(
            EvidenceChoice.ALL, {"A": 16 / 41, "B": 8 / 41, "C": 4 / 41, "D": 1 / 41, "typical": 12 / 41}, id="all"
        ),
        pytest.param(EvidenceChoice.HEADLINE, {"D": 1.0}, id="headline"),
    ],
)
def test_shares_by_grade_are_those_of_the_pools_weight(choice: EvidenceChoice, shares: dict[str, float]) -> None:
    counted = select_counting(ONE_OF_EACH, choice, WORLDWIDE)

    found = grade_shares(counted, choice, MODEL_2)

    assert found == pytest.approx(shares)
    assert list(found) == list(shares), "best first"


def test_two_figures_of_a_grade_share_its_part() -> None:
    counted = [make_evidence("go", grade=Grade.C), make_evidence("go", source="other", grade=Grade.C)]

    assert grade_shares(counted, EvidenceChoice.MEASURED, MODEL_2) == {"C": 0.4, "typical": 0.6}


def test_nothing_has_no_shares() -> None:
    assert grade_shares([], EvidenceChoice.MEASURED, MODEL_2) == {}


# What is known of a skill


@pytest.mark.parametrize(
    ("evidence", "rests_on_duties"),
    [
        pytest.param([], False, id="nothing is known"),
        pytest.param([make_evidence("go")], False, id="a skill"),
        pytest.param([make_evidence("go", about=About.DUTY)], True, id="a duty"),
        pytest.param(
            [make_evidence("go"), make_evidence("go", source="b", about=About.DUTY)], True, id="half of the weight"
        ),
        pytest.param(
            [make_evidence("go"), make_evidence("go", source="b", about=About.DUTY, grade=Grade.C)],
            False,
            id="a third of it",
        ),
    ],
)
def test_a_skill_rests_on_duties_where_they_are_half_of_its_evidence(
    evidence: list[Evidence], rests_on_duties: bool
) -> None:
    edition = make_edition(evidence=evidence)

    assert find_evidence(edition, "go", EvidenceChoice.MEASURED, "us").rests_on_duties is rests_on_duties


def test_what_is_known_is_found_once_an_edition() -> None:
    edition = make_edition(evidence=ONE_OF_EACH)

    found = find_evidence(edition, "go", EvidenceChoice.MEASURED, "us")

    assert [part.evidence.grade for part in found.contributions] == ["A", "B", "C"]
    assert found.grade_shares == pytest.approx({"A": 0.4, "B": 0.2, "C": 0.1, "typical": 0.3})
    assert [claim.grade for claim in found.claims] == ["D"]
    assert find_evidence(edition, "go", EvidenceChoice.MEASURED, "us") is found


# All pools


def test_a_catalogue_has_a_pool_for_each_choice_and_region_that_it_knows_something_of() -> None:
    title_abroad = make_evidence("go", source="abroad", region="south-asia", about=About.TITLE)
    evidence = {"go": [WORLD, HERE, title_abroad], "rust": [make_evidence("rust", grade=Grade.D)]}

    pools = pool_all(evidence, MODEL_2)

    assert set(pools) == {
        ("go", EvidenceChoice.MEASURED, WORLDWIDE),
        ("go", EvidenceChoice.MEASURED, "us"),
        ("go", EvidenceChoice.ALL, WORLDWIDE),
        ("go", EvidenceChoice.ALL, "us"),
        ("go", EvidenceChoice.ALL, "south-asia"),
        ("rust", EvidenceChoice.ALL, WORLDWIDE),
        ("rust", EvidenceChoice.HEADLINE, WORLDWIDE),
    }
    assert pools["go", EvidenceChoice.MEASURED, "us"] == pool_evidence([HERE], EvidenceChoice.MEASURED, "us", MODEL_2)
