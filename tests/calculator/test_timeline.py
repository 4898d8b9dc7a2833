"""Study, waiting and pay by month: figures are coordinates."""

from __future__ import annotations

import pytest

from calculator.charts.timeline import TimelineBar, months_axis, timeline_bar
from earnverdict.chart_scale import Bar


@pytest.mark.parametrize(
    ("years", "labels"),
    [
        (1, ["now", "½", "1 yr"]),
        (2, ["now", "1", "2 yr"]),
        (3, ["now", "1", "2", "3 yr"]),
        (5, ["now", "2", "5 yr"]),
        (10, ["now", "5", "10 yr"]),
    ],
)
def test_ruler_of_months_ends_with_the_horizon(years: int, labels: list[str]) -> None:
    axis = months_axis(years)

    assert axis.view_box == f"0 0 {years * 12} 1"
    assert [label.text for label in axis.labels] == labels
    assert axis.labels[-1].anchor == "end"


def test_timeline_has_study_waiting_and_pay() -> None:
    assert timeline_bar(5.0, 10.4, 13.4, 3) == TimelineBar(
        study=Bar(x="5", width="5.4"), wait_from="10.4", wait_to="13.4", paid=Bar(x="13.4", width="22.6")
    )


def test_timeline_ends_at_the_horizon() -> None:
    assert timeline_bar(0.0, 81.0, 84.0, 1) == TimelineBar(
        study=Bar(x="0", width="12"), wait_from="12", wait_to="12", paid=None
    )
