"""What two first skills bring, on one scale: of money, or of shares of pay where there is no exchange rate."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.edition import Range
from calculator.presenters.compare_sides import ComparedSide, same_first_skill
from calculator.presenters.exchange import Exchange
from earnverdict import formatting
from earnverdict.chart_scale import Axis, Bar, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedBar:
    """One side's bar: what it is called, and its amounts in its own money."""

    label: str
    amount: str
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedChart:
    """The bars of the sides that have a first skill, and their ruler. `note` says what its scale is ("" for money)."""

    title: str
    bars: tuple[ComparedBar, ...]
    axis: Axis
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledSides:
    """The sides that have a first skill, what each brings in the unit of one scale, and that scale.

    `same` names the skill that both have first ("" for two skills).
    """

    sides: tuple[ComparedSide, ...]
    ranges: tuple[Range, ...]
    scale: Scale
    is_money: bool
    same: str
    note: str


def put_on_one_scale(one: ComparedSide, other: ComparedSide, exchange: Exchange | None) -> ScaledSides | None:
    """None where no side has a first skill."""
    sides = [side for side in (one, other) if side.verdict.first is not None]
    if not sides:
        return None
    is_money = one.money == other.money or exchange is not None
    ranges = [_range_on_scale(side, exchange if side is other else None, is_money=is_money) for side in sides]
    return ScaledSides(
        sides=tuple(sides),
        ranges=tuple(ranges),
        scale=Scale.around([end for each in ranges for end in (each.low, each.high)]),
        is_money=is_money,
        same=same_first_skill(one, other),
        note=_note(one, other, exchange),
    )


def draw_compared_chart(scaled: ScaledSides) -> ComparedChart:
    scale, same = scaled.scale, scaled.same
    return ComparedChart(
        title=f"Extra pay a year for {same}" if same else "Extra pay a year",
        bars=tuple(
            [
                ComparedBar(
                    label=side.with_pay if same else f"{name_first(side)}: {side.with_pay}",
                    amount=side.money.span(side.extra_pay.low, side.extra_pay.high),
                    bar=scale.bar(each.low, each.high, each.expected),
                )
                for side, each in zip(scaled.sides, scaled.ranges, strict=True)
            ]
        ),
        axis=scale.money_axis(scaled.sides[0].money) if scaled.is_money else scale.share_axis(),
        note=scaled.note,
    )


def _range_on_scale(side: ComparedSide, exchange: Exchange | None, *, is_money: bool) -> Range:
    pay, factor = side.extra_pay, exchange.rate if exchange else 1.0
    if not is_money:
        assert side.verdict.market is not None  # noqa: S101 - a first skill has one
        factor = 1 / side.verdict.market.annual_salary
    return Range(low=pay.low * factor, expected=pay.expected * factor, high=pay.high * factor)


def name_first(side: ComparedSide) -> str:
    assert side.verdict.first is not None  # noqa: S101 - the caller has checked
    return side.presenter.short(side.verdict.first)


def _note(one: ComparedSide, other: ComparedSide, exchange: Exchange | None) -> str:
    if one.money == other.money:
        return ""
    if exchange is None:
        return "One scale, in shares of pay: an exchange rate is missing."
    currency = formatting.currency_name(one.money.currency)
    return f"One scale, in {currency}: {exchange.text}. A rate says nothing about prices there."
