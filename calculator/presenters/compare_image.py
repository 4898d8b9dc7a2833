"""The words and figures of a comparison's share image: the difference, and both on one scale."""

from __future__ import annotations

from calculator.charts.compared import ScaledSides, name_first, put_on_one_scale
from calculator.engine.profile import PayLevel
from calculator.presenters.compare import describe_difference, describe_rest, rate_both
from calculator.presenters.compare_sides import name_sides
from calculator.presenters.exchange import find_exchange
from calculator.presenters.share_image import ShareBar, ShareChart, ShareImageText, draw_on_scale
from calculator.presenters.updates import date_of
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.formatting import signed_percent


def present_compare_image(a: VerdictPresenter, b: VerdictPresenter) -> ShareImageText:
    """Write the image of two verdicts for pay levels: from exact amounts anybody could compute a salary."""
    assert isinstance(a.profile.pay, PayLevel) and isinstance(b.profile.pay, PayLevel)  # noqa: S101, PT018 - replaced before
    one, other = name_sides(a, b)
    exchange = find_exchange(one, other)
    scaled = put_on_one_scale(one, other, exchange)
    rest = describe_rest(one, other)
    _, rating = rate_both(one, other)
    return ShareImageText(
        heading=str(describe_difference(one, other, exchange)),
        chart=_present_chart(scaled) if scaled else None,
        reason="" if scaled else rest,
        conclusion=f"{rating}.",
        place="",
        level=scaled.note or rest if scaled else " · ".join([one.with_pay, other.with_pay]),
        date=date_of(max((a.published, b.published), key=lambda each: each.number)),
    )


def _present_chart(scaled: ScaledSides) -> ShareChart:
    bars = [
        ShareBar(
            label=side.name,
            source=side.pay if scaled.same else ", ".join([text for text in (name_first(side), side.pay) if text]),
            amount=f"{side.money.span(side.extra_pay.low, side.extra_pay.high)} a year",
            low=each.low,
            high=each.high,
            mid=each.expected,
        )
        for side, each in zip(scaled.sides, scaled.ranges, strict=True)
    ]
    write = scaled.sides[0].money.axis if scaled.is_money else signed_percent
    return draw_on_scale(bars, scaled.scale, write)
