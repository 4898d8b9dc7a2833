"""Other ways to more pay, next to the first skill on one scale; soonest first, and never ranked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from calculator.engine.edition import Grade, OnVerdict, Way, list_areas
from calculator.engine.profile import PayLevel
from calculator.engine.ways import OtherWays, Peers, Staying, WayOutlook, find_other_ways
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import write_ways_query
from earnverdict import formatting
from earnverdict.chart_scale import Axis, Bar, Scale
from skills.models.area import name_area
from skills.places.names import add_article, name_in_text
from skills.presenters.grades import GRADE_WORDS_OF_WAYS

#: So many are shown where the edition chooses none that apply.
MAX_SOONEST = 3
#: Less, at the horizon, is said to be no growth.
NO_GROWTH = 0.005
#: Years of work as they are asked for, each with the years that are taken for it.
EXPERIENCE_GROUPS = (("0–1", 1), ("2–4", 3), ("5–9", 7), ("10+", 12))
#: Where a step begins, in the summary of its way: "Be promoted from mid-level to senior."
_START_OF_STEP = re.compile(r" from .+?(?= to )")
#: What a bar is.
_CAPTION = "Extra pay if it works."


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRow:
    """The first skill or a way: its extra pay a year, its range on the ruler, its time, odds and evidence."""

    name: str
    money: str
    bar: Bar
    facts: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclinedWay:
    """A way that is not for this visitor, by own odds of 0, and the address where it is back."""

    slug: str
    name: str
    address: str
    is_on_verdict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysText:
    """The rows on one ruler. `mark` is where a year of staying is on it ("" if the years of work are not given).

    `needs_years`: the chart would show more if the one who reads it gave them.
    """

    title: str
    caption: str
    rows: tuple[WayRow, ...]
    axis: Axis
    mark: str
    staying: str
    needs_years: bool
    declined: tuple[DeclinedWay, ...]
    more: str


def look_at_ways(presenter: VerdictPresenter) -> OtherWays:
    verdict, odds = presenter.verdict, dict(presenter.ways.odds)
    return find_other_ways(presenter.profile, verdict.market, verdict.first, presenter.published.edition, odds)


def present_common_ways(presenter: VerdictPresenter) -> WaysText | None:
    """The ways of a verdict; None without a market, or where the edition has none for this place."""
    ways = look_at_ways(presenter)
    counted = [each for each in ways.applying if each.annual]
    shown = _choose(counted)
    if not shown:
        return None
    scale = find_scale(presenter, ways, shown)
    first = first_row(presenter, scale)
    rows = [way_row(presenter, each, scale, is_brief=each is not shown[0]) for each in shown]
    rows = [first, *rows] if first else rows
    leave_out_code, growing = presenter.money.leave_out_code, find_growth(ways)
    return WaysText(
        title="Other ways",
        caption=" ".join((_CAPTION, *describe_bases(presenter))),
        rows=(rows[0], *[replace(row, money=leave_out_code(row.money)) for row in rows[1:]]),
        axis=scale.money_axis(presenter.money),
        mark=scale.at(growing.annual) if growing else "",
        staying=leave_out_code(describe_year_of_staying(presenter, growing)) if growing else "",
        needs_years=presenter.lacks_years,
        declined=tuple(each for each in find_declined(presenter, ways, presenter.page) if each.is_on_verdict),
        more=f"All {formatting.plural(len(ways.applying), 'way')}",
    )


def find_declined(presenter: VerdictPresenter, ways: OtherWays, path: str) -> Iterator[DeclinedWay]:
    """Yield what the visitor left out, each with the address of a page where it is back."""
    for way in ways.declined:
        odds = tuple((slug, percent) for slug, percent in presenter.ways.odds if slug != way.slug)
        query = write_ways_query(presenter.profile, presenter.published.number, replace(presenter.ways, odds=odds))
        is_on_verdict = way.on_verdict is not OnVerdict.NO
        address = f"{path}?{query}"
        yield DeclinedWay(slug=way.slug, name=lower_name(way.name), address=address, is_on_verdict=is_on_verdict)


def lower_name(text: str) -> str:
    """The text inside a sentence; an abbreviation keeps its capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def name_step(way: Way) -> str:
    """The name of a way; a step up is named from where to where: Promotion from mid-level to senior."""
    start = _START_OF_STEP.search(way.summary)
    return way.name.replace(" to ", f"{start[0]} to ", 1) if start else way.name


def describe_bases(presenter: VerdictPresenter) -> Iterator[str]:
    """What each figure is a share of, where that is not the same pay: the skill's ends where our data do."""
    market = presenter.verdict.market
    if market is not None and presenter.first_uplift and market.annual_salary > market.capped_salary:
        known = presenter.money.rounded(market.capped_salary)
        yield f"The skill counts on {known} of your pay, the highest that we know; ways on all of it."


def _choose(counted: list[WayOutlook]) -> list[WayOutlook]:
    """The ways that the edition shows on verdicts, with one step up; the soonest where none of them applies."""
    earlier_steps = find_steps(counted)[:-1]
    chosen = [each for each in counted if each.way.on_verdict is not OnVerdict.NO and each not in earlier_steps]
    return chosen or counted[:MAX_SOONEST]


def find_steps(applying: Iterable[WayOutlook]) -> list[WayOutlook]:
    """The steps up in their order: a later one begins with more years of work."""
    steps = [each for each in applying if each.way.on_verdict is OnVerdict.STEP]
    return sorted(steps, key=lambda each: (each.way.min_years or 0, each.way.slug))


def find_growth(ways: OtherWays) -> Staying | None:
    """Return what staying brings; None where that is nothing to speak of, or not known."""
    return ways.staying if ways.staying and ways.staying.growth_at_horizon >= NO_GROWTH else None


def describe_year_of_staying(presenter: VerdictPresenter, staying: Staying) -> str:
    """What the mark on the ruler is."""
    return f"staying a year: {presenter.money.rounded(staying.annual)} plus general rises; ways on top"


def describe_peers(presenter: VerdictPresenter, peers: Peers) -> str:
    """Where the pay is among people with the same years of work, in the place whose pay answers."""
    market, years = presenter.verdict.market, formatting.plural(peers.years, "year")
    assert market is not None  # noqa: S101 - peers have one
    # Half earn more than an amount that is rounded down, and a reader finds the same share by it.
    median = formatting.round_down(peers.median)
    ratio = market.annual_salary / median
    share = abs(ratio - 1)
    place = "as much" if share < 0.005 else f"{round(share * 100)}% {'more' if ratio > 1 else 'less'}"
    whose = "This" if isinstance(presenter.profile.pay, PayLevel) else "Your"
    where = name_in_text(market.answered_by)
    return (
        f"Half of the developers in {where} with {years} of work earn over {presenter.money.write(median)}, "
        f"we estimate. {whose} pay is {place}."
    )


def find_scale(
    presenter: VerdictPresenter, ways: OtherWays, shown: list[WayOutlook], *, has_plan: bool = False
) -> Scale:
    """One for the first skill, its plan if asked for, the ways and a year of staying."""
    ranges = [each.annual for each in shown if each.annual]
    if uplift := presenter.first_uplift:
        ranges.append(uplift)
    points = [ways.staying.annual] if ways.staying else []
    if has_plan and (plan := presenter.verdict.plan):
        points.append(plan.best.steps[-1].annual_uplift)
    return Scale.around([*points, *(end for each in ranges for end in (each.low, each.high))])


def first_row(presenter: VerdictPresenter, scale: Scale, facts: str = "") -> WayRow | None:
    uplift, first = presenter.first_uplift, presenter.verdict.first
    if uplift is None or first is None:
        return None
    return WayRow(
        name=presenter.short(first),
        money=presenter.money.rounded(uplift.expected),
        bar=scale.bar(uplift.low, uplift.high, uplift.expected),
        facts=facts,
        is_first=True,
    )


def way_row(presenter: VerdictPresenter, look: WayOutlook, scale: Scale, *, is_brief: bool) -> WayRow:
    """A brief row leaves out the units that a row above it has."""
    assert look.annual is not None  # noqa: S101 - the caller has checked
    return WayRow(
        name=name_step(look.way),
        money=presenter.money.rounded(look.annual.expected),
        bar=scale.bar(look.annual.low, look.annual.high, look.annual.expected),
        facts=describe_facts(look, is_brief=is_brief),
    )


def describe_facts(look: WayOutlook, *, is_brief: bool = False) -> str:
    """Its time until the pay comes, its odds and its evidence: 5 months, guessed 50% odds, fair evidence."""
    return ", ".join(_list_facts(look, is_brief=is_brief))


def _list_facts(look: WayOutlook, *, is_brief: bool) -> Iterator[str]:
    way, grade = look.way, GRADE_WORDS_OF_WAYS[look.way.grade]
    yield f"{formatting.duration(way.months[1])}{' if it comes' if way.is_odds_yearly and not is_brief else ''}"
    if look.odds is not None:
        whose = "your " if look.is_own_odds else "" if way.is_odds_measured else "guessed "
        odds = f"{whose}{formatting.whole_percent(look.odds)}{'' if is_brief else ' odds'}"
        odds += " a year" if way.is_odds_yearly else ""
        if way.is_odds_measured and way.grade is Grade.D:
            yield f"{odds} on {grade} evidence"
            return
        yield odds
    yield f"{grade}{'' if is_brief else ' evidence'}"


def find_origin(presenter: VerdictPresenter, way: Way) -> list[str]:
    """The countries whose figures a way's range is read from; none where one is the visitor's own, or its region's.

    Of its sources the figures count that are as good as the range: a worse one from here does not make it of here.
    """
    edition = presenter.published.edition
    here = list_areas(edition.places[presenter.profile.location])
    found = {
        each.region
        for each in edition.way_evidence.get(way.slug, ())
        if each.source in way.sources and each.mid is not None and each.grade <= way.grade
    }
    return [] if found.intersection(here) else sorted(add_article(name_area(area)) for area in found)


def describe_origin(presenter: VerdictPresenter, way: Way) -> Iterator[str]:
    """Say that nobody knows what a way brings here, where its figures are from other countries."""
    if countries := find_origin(presenter, way):
        *_, here = presenter.published.edition.ancestry(presenter.profile.location)
        place = name_in_text(here)
        yield f"The best figures are from {formatting.listing(countries)}: what it brings in {place} is not known."


def describe_average(presenter: VerdictPresenter, look: WayOutlook) -> str:
    """What a way is worth at the visitor's own odds, failed tries included; "" without such odds or an amount."""
    if look.own_average is None:
        return ""
    by_then = f" after {presenter.horizon()}" if look.way.is_odds_yearly else ""
    return f"about {presenter.money.rounded(look.own_average)} a year on average{by_then}"
