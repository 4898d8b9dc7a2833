"""What is wrong with a range of a way, and where it goes beyond its evidence."""

from __future__ import annotations

from typing import Any

import pytest

from skills.catalogue.way_ranges import describe_guess, find_doubts, find_errors

GERMAN = {"source": "soep", "region": "de", "low_percent": 1.5, "mid_percent": 4.4, "high_percent": 7.3, "grade": "B"}
GERMAN |= {"measures": "% of pay"}
AMERICAN = {**GERMAN, "source": "adp", "region": "us", "low_percent": None, "mid_percent": 12, "high_percent": None}
AMERICAN |= {"grade": "C"}
SHARE = {
    **GERMAN,
    "source": "iab",
    "measures": "share of changers",
    "mid_percent": 47,
    "high_percent": 60,
    "grade": "D",
}
RANGE = {
    "region": "de",
    "low_percent": 2,
    "mid_percent": 4,
    "high_percent": 7,
    "odds_percent": None,
    "is_odds_measured": False,
    "odds_basis": "",
    "grade": "B",
    "sources": ["soep", "iab"],
}


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        pytest.param({}, [], id="within-its-evidence"),
        pytest.param({"low_percent": 1}, [], id="rounded"),
        pytest.param(
            {"low_percent": 0.9},
            ["Low, +0.9%, is below all evidence: the lowest is +1.5%, of soep."],
            id="low",
        ),
        pytest.param(
            {"mid_percent": 14, "high_percent": 25},
            [
                "Middle, +14.0%, is above all evidence: the highest is +12.0%, of adp.",
                "High, +25.0%, is above all evidence: the highest is +12.0%, of adp.",
            ],
            id="all-evidence",
        ),
        pytest.param(
            {"mid_percent": 9, "high_percent": 12},
            ["Middle, +9.0%, is above all evidence of this area: the highest is +7.3%, of soep."],
            id="evidence-of-its-area",
        ),
        pytest.param({"region": "", "sources": ["soep"], "mid_percent": 9}, [], id="the-world-has-all-evidence"),
        pytest.param(
            {"sources": ["iab"]},
            [
                "Grade B is better than the best of the sources that it was read from, D.",
                "Measured in this area, and not among its sources: soep.",
            ],
            id="sources",
        ),
    ],
)
def test_range_beyond_its_evidence_is_doubted(changes: dict[str, Any], doubts: list[str]) -> None:
    assert list(find_doubts(RANGE | changes, "pay", [GERMAN, AMERICAN, SHARE])) == doubts


def test_share_of_a_gap_is_compared_with_shares_of_gaps_alone() -> None:
    gap = {**GERMAN, "measures": "share of the gap between areas", "low_percent": None, "mid_percent": 50}
    item = RANGE | {"low_percent": None, "mid_percent": 90, "high_percent": None, "sources": ["soep"]}

    doubts = list(find_doubts(item, "gap", [gap | {"high_percent": None}, AMERICAN]))

    assert doubts == ["Middle, +90.0%, is above all evidence: the highest is +50.0%, of soep."]


def test_new_range_without_any_evidence_names_what_is_missing() -> None:
    item = RANGE | {"sources": [], "odds_percent": 5, "low_percent": None, "high_percent": None}

    assert list(find_errors(item, "pay", [])) == [
        "it needs a low, a middle and a high.",
        "it has no source.",
        "its odds have no basis.",
    ]
    assert list(find_doubts(item, "pay", [])) == []


@pytest.mark.parametrize(
    ("odds", "is_measured", "said"),
    [
        (47, False, "Nobody measured the odds of 47%: readers see that they are a guess."),
        (47, True, ""),
        (None, False, ""),
    ],
    ids=["guess", "measured", "none"],
)
def test_odds_that_nobody_measured_are_named(odds: int | None, is_measured: bool, said: str) -> None:
    assert describe_guess({"odds_percent": odds, "is_odds_measured": is_measured}) == said
