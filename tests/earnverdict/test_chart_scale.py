"""Scales, rulers and bars: figures are coordinates, labels have room."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnverdict.chart_scale import AxisLabel, Bar, Scale
from earnverdict.formatting import WORD_JOINER, money

#: In em of the labels' text, on a phone of 320 px at 200 %: the ruler, the page's margin next to it, a wide character.
RULER, MARGIN, CHARACTER = 11.0, 0.5, 0.7


def test_ruler_of_money_has_a_mark_at_each_thousand_and_few_labels() -> None:
    scale = Scale.around([1_800, 6_800, 15_600, 31_400])

    axis = scale.money_axis(money("USD"))

    assert axis.view_box == "0 0 45.45 1"
    assert [label.text for label in axis.labels] == ["$0", "$20K", "$40K"]
    assert axis.labels[-1] == AxisLabel(position="88.0%", text="$40K", anchor="middle")
    assert axis.path == "M0 0H45.45M0 .6V0" + "m1 .6V0" * 45 + "M0 1V0" + "m10 1V0" * 4
    assert scale.bar(1_800, 6_800, 4_500) == Bar(x="1.8", width="5", mid="4.5")


def test_ruler_reaches_below_zero_where_a_bar_does() -> None:
    scale = Scale.around([-1_300, 6_900])

    assert scale.low < -1_300 < 0 < 6_900 < scale.high
    assert [label.text for label in scale.money_axis(money("EUR")).labels] == ["€0", "€5K", "€10K"]


@pytest.mark.parametrize("currency", ["PLN", "CAD"])
def test_labels_have_no_sign_of_several_characters(currency: str) -> None:
    assert [label.text for label in Scale.around([390_000]).money_axis(money(currency)).labels] == ["0", "200K", "400K"]


@pytest.mark.parametrize(
    ("amounts", "labels"),
    [
        pytest.param([-1_800, 15_600], ["$0", "$10K", "$20K"], id="each second step"),
        pytest.param([19_000], ["$0", "$10K", "$20K"], id="beyond the longest bar"),
        pytest.param([20_000], ["$0", "$10K", "$20K"], id="at the longest bar"),
        pytest.param([280_000], ["$0", "$300K"], id="the last of three"),
    ],
)
def test_labels_are_as_far_apart_as_they_have_room_and_the_last_is_kept(amounts: list[int], labels: list[str]) -> None:
    assert [label.text for label in Scale.around(amounts).money_axis(money("USD")).labels] == labels


def test_step_is_smaller_where_zero_alone_would_have_a_label() -> None:
    axis = Scale.around([-220_000, 148_000]).money_axis(money("USD"))

    assert [label.text for label in axis.labels] == ["$0", "$250K"]


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=9))
def test_every_scale_holds_its_amounts_and_zero_and_has_few_labels(amounts: list[float]) -> None:
    scale = Scale.around(amounts)

    assert all(0 <= scale.share(amount) <= 1 for amount in (0.0, *amounts))
    assert 1 <= len(scale.steps(scale.step)) <= 6
    assert len(scale.money_axis(money("USD")).path) < 800


AMOUNTS = st.integers(1, 9) | st.integers(10, 10**5) | st.integers(10**5, 10**9)


@given(
    AMOUNTS | AMOUNTS.map(operator.neg),
    AMOUNTS | AMOUNTS.map(operator.neg),
    st.sampled_from(["USD", "EUR", "INR", "CAD", "PLN", "HUF"]),
)
def test_labels_of_every_scale_are_inside_of_it_and_apart(low: int, high: int, currency: str) -> None:
    scale = Scale.around([low, high])
    labels = scale.money_axis(money(currency)).labels

    edges = [edge for label in labels for edge in edges_of(label)]
    assert edges == sorted(edges)
    assert edges[0] >= -MARGIN
    assert edges[-1] <= RULER + MARGIN
    assert len(labels) > 1
    assert money(currency).axis(0) in [label.text for label in labels]
    assert are_evenly_spaced(labels)


@given(amounts=st.lists(AMOUNTS, min_size=1, max_size=6), currency=st.sampled_from(["USD", "EUR", "INR", "CAD", "PLN"]))
def test_last_label_is_at_or_beyond_every_gain(amounts: list[int], currency: str) -> None:
    scale = Scale.around(amounts)
    labels = scale.money_axis(money(currency)).labels

    assert share_of(labels[-1]) >= scale.share(max(amounts)) - 0.001
    assert are_evenly_spaced(labels)


def share_of(label: AxisLabel) -> float:
    return float(label.position.removesuffix("%")) / 100


def are_evenly_spaced(labels: Sequence[AxisLabel]) -> bool:
    """Whether all are as far apart, as far as a tenth of a per cent shows it."""
    gaps = [share_of(after) - share_of(before) for before, after in pairwise(labels)]
    return not gaps or max(gaps) - min(gaps) <= 0.0021


def edges_of(label: AxisLabel) -> tuple[float, float]:
    """Where a label begins and ends on the narrowest ruler, in em."""
    width = len(label.text.replace(WORD_JOINER, "")) * CHARACTER
    mark = float(label.position.removesuffix("%")) / 100 * RULER
    start = {"start": mark, "middle": mark - width / 2, "end": mark - width}[label.anchor]
    return round(start, 6), round(start + width, 6)


@pytest.mark.parametrize(
    ("shares", "labels"),
    [
        pytest.param([0.02, 0.46], ["0", "+60%"], id="the last of three"),
        pytest.param([-0.022, 0.031], ["0", "+4%"], id="twos"),
        pytest.param([-0.5, 2.5], ["0", "+300%"], id="hundreds"),
        pytest.param([0.011], ["0", "+1.5%"], id="halves"),
    ],
)
def test_labels_of_shares_are_round_percentages(shares: list[float], labels: list[str]) -> None:
    assert [label.text for label in Scale.around(shares).share_axis().labels] == labels


@given(shares=st.lists(st.floats(-0.9, 5.0), min_size=1, max_size=6))
def test_labels_of_shares_are_inside_and_apart_and_zero_is_one_of_them(shares: list[float]) -> None:
    labels = Scale.around(shares).share_axis().labels

    edges = [edge for label in labels for edge in edges_of(label)]
    assert edges == sorted(edges)
    assert edges[0] >= -MARGIN
    assert edges[-1] <= RULER + MARGIN
    assert are_evenly_spaced(labels)
    assert "0" in [label.text for label in labels]


@pytest.mark.parametrize(("low", "is_inside"), [(-0.1, True), (0.1, False)], ids=["losses", "gains alone"])
def test_zero_is_inside_of_a_scale_that_reaches_below_it(low: float, is_inside: bool) -> None:
    assert Scale.around([low, 0.3]).share_axis().is_zero_inside is is_inside


def test_positions_are_shares_of_the_width() -> None:
    scale = Scale.between(-0.1, 0.3)

    assert (scale.position(0.0), scale.extent(0.0, 0.1)) == ("25.0%", "25.0%")
