"""Positions on the axis of shares: all are inside, in order, with round labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills.charts.share_scale import ShareScale

SHARES = st.lists(st.floats(-0.9, 5.0, allow_nan=False), max_size=6)


def percent(position: str) -> float:
    return float(position.removesuffix("%"))


@given(shares=SHARES)
def test_everything_stands_inside_and_in_order(shares: list[float]) -> None:
    scale = ShareScale.around(shares)

    positions = [percent(scale.across(share)) for share in sorted([*shares, 0.0])]
    assert all(0 < position < 100 for position in positions)
    assert positions == sorted(positions)


@given(shares=SHARES)
def test_zero_is_always_labelled_and_labels_are_few(shares: list[float]) -> None:
    ticks = ShareScale.around(shares).ticks(4)

    assert "0%" in [tick.label for tick in ticks]
    assert len(ticks) <= 5


def test_bar_begins_and_ends_where_its_shares_stand() -> None:
    scale = ShareScale(low=-0.1, high=0.3)

    assert (scale.span(0.0, 0.1).start, scale.span(0.0, 0.1).width) == ("25.00%", "25.00%")


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        pytest.param(-0.05, 0.46, ["0%", "+20%", "+40%"], id="twenties"),
        pytest.param(-0.022, 0.031, ["−2%", "0%", "+2%"], id="twos"),
        pytest.param(-0.5, 2.5, ["0%", "+100%", "+200%"], id="hundreds"),
    ],
)
def test_labels_are_round(low: float, high: float, labels: list[str]) -> None:
    assert [tick.label for tick in ShareScale(low=low, high=high).ticks(4)] == labels
