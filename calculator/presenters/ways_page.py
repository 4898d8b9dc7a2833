"""All other ways for one visitor, with what each rests on, and the form for what only the visitor knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from calculator.engine.edition import Way, WayUnit
from calculator.engine.profile import ODDS_PERCENT
from calculator.engine.ways import (
    OtherWays,
    Staying,
    WayOutlook,
    side_income,
)
from calculator.presenters.move import describe_move, describe_result, is_asked
from calculator.presenters.verdict import VerdictPresenter
from calculator.presenters.ways import (
    DeclinedWay,
    WayRow,
    describe_average,
    describe_bases,
    describe_origin,
    describe_peers,
    describe_year_of_staying,
    find_declined,
    find_growth,
    find_scale,
    find_steps,
    first_row,
    look_at_ways,
    lower_name,
    name_step,
    way_row,
)
from earnverdict import formatting
from earnverdict.chart_scale import Axis, Scale
from earnverdict.formatting import WAY_RANGE_MEANING
from earnverdict.paths import path_of
from skills.presenters.caveats import DIFFERENCES, TYPICAL_SKILL
from skills.presenters.grades import GRADE_WORDS_OF_WAYS

_OWN_FIGURES = "needs your own figures"
#: What the rows are, and what they are not.
_LEAD = (
    "Extra pay a year before tax if it works out: the skill first, then the ways, soonest paid first. "
    "This is no ranking. "
    f"{DIFFERENCES}"
)
#: How to read the rows, below them.
_LEGEND = (
    f"Ranges: {WAY_RANGE_MEANING}.",
    "Odds are how likely it is to work out. Where we guessed, nobody measured them.",
    "Some ways include others: do not add them up.",
    TYPICAL_SKILL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedWay:
    """One way: its row on the ruler (None where it is on another scale), and sentences about it.

    `address` is that of its evidence; the first skill has none here. `average` is its worth at the visitor's own odds.
    """

    slug: str
    name: str
    address: str
    row: WayRow | None
    amount: str
    sentences: tuple[str, ...]
    average: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """What an answer about a way comes to: the way ("" for its slug if it has no row), and its amount or the odds."""

    slug: str
    name: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysPage:
    """Everything the page prints. `axis` is None where nothing has an amount of money."""

    lead: str
    legend: tuple[str, ...]
    staying: tuple[str, ...]
    counted: tuple[DescribedWay, ...]
    others: tuple[DescribedWay, ...]
    declined: tuple[DeclinedWay, ...]
    left_out: tuple[str, ...]
    own: tuple[OwnAnswer, ...]
    axis: Axis | None
    mark: str
    mark_text: str


def present_ways_page(presenter: VerdictPresenter) -> WaysPage:
    ways = look_at_ways(presenter)
    growing = find_growth(ways)
    counted = [each for each in ways.applying if each.annual]
    has_scale = presenter.verdict.market is not None and bool(counted)
    scale = find_scale(presenter, ways, counted, has_plan=True) if has_scale else None
    rows: list[DescribedWay] = []
    has_first = presenter.verdict.first is not None
    if scale and has_first and (first := first_row(presenter, scale, _first_facts(presenter))):
        sentences = tuple(_describe_first(presenter))
        rows.append(DescribedWay(slug="", name=first.name, address="", row=first, amount="", sentences=sentences))
        rows += _present_plan(presenter, scale)
    if scale:
        rows += [_present_counted(presenter, each, scale, ways) for each in counted]
    return WaysPage(
        lead=_LEAD,
        legend=(*_LEGEND, *describe_bases(presenter)),
        staying=tuple(_describe_staying(presenter, ways)),
        counted=tuple(rows),
        others=tuple(_present_other(presenter, each) for each in ways.applying if not each.annual),
        declined=tuple(find_declined(presenter, ways, path_of("calculator:verdict_ways"))),
        left_out=tuple(_left_out(presenter, ways)),
        own=tuple(_find_own(presenter, ways)),
        axis=scale.money_axis(presenter.money) if scale else None,
        mark=scale.at(growing.annual) if scale and growing else "",
        mark_text=describe_year_of_staying(presenter, growing) if scale and growing else "",
    )


def _present_counted(presenter: VerdictPresenter, look: WayOutlook, scale: Scale, ways: OtherWays) -> DescribedWay:
    return DescribedWay(
        slug=look.way.slug,
        name=name_step(look.way),
        address=path_of("skills:way", look.way.slug),
        row=way_row(presenter, look, scale, is_brief=False),
        amount="",
        average=_describe_worth(presenter, look),
        sentences=tuple(_describe(presenter, look, ways)),
    )


def _present_other(presenter: VerdictPresenter, look: WayOutlook) -> DescribedWay:
    return DescribedWay(
        slug=look.way.slug,
        name=look.way.name,
        address=path_of("skills:way", look.way.slug),
        row=None,
        amount=_write_amount(presenter, look.way),
        sentences=tuple(_describe_other(presenter, look)),
    )


def _first_facts(presenter: VerdictPresenter) -> str:
    first = presenter.verdict.first
    assert first is not None  # noqa: S101 - the caller has checked
    study, odds = presenter.verdict.outlook(first).study, presenter.profile.odds_percent
    whose = f"{odds}% odds, our guess" if odds == ODDS_PERCENT.default else f"{odds}% odds, as you say"
    return f"{formatting.duration(study.months)} of study, paid from {formatting.month(study.first_pay_month)}, {whose}"


def _describe_first(presenter: VerdictPresenter) -> Iterator[str]:
    """The first skill's range."""
    uplift = presenter.first_uplift
    assert uplift is not None  # noqa: S101 - the caller has checked
    yield f"{presenter.write_amounts(uplift).span} a year once an employer pays for it."


def _present_plan(presenter: VerdictPresenter, scale: Scale) -> Iterator[DescribedWay]:
    """What the first skill's plan comes to, where it has more skills: its bar has no range."""
    plan = presenter.verdict.plan
    if plan is None or len(plan.best.steps) == 1:
        return
    last, count = plan.best.steps[-1], formatting.count_word(len(plan.best.steps))
    row = WayRow(
        name="The whole plan",
        money=presenter.money.rounded(last.annual_uplift),
        bar=scale.bar(0.0, last.annual_uplift, last.annual_uplift),
        facts=f"{capfirst(count)} skills in {formatting.duration(last.done_month)}",
        is_first=True,
    )
    sentences = tuple(_describe_whole_plan(presenter, last.annual_uplift))
    yield DescribedWay(slug="", name=row.name, address="", row=row, amount="", sentences=sentences)


def _describe_whole_plan(presenter: VerdictPresenter, annual_uplift: float) -> Iterator[str]:
    """What must happen for all of the plan's pay, and what to expect of it by the odds of each skill."""
    odds = presenter.profile.odds_percent
    yield "If an employer pays for each skill."
    if odds < 100:
        share, amount = "half" if odds == 50 else f"{odds}%", presenter.money.rounded(odds / 100 * annual_uplift)
        yield f"At {odds}% odds for each, expect about {share} of it: {amount} a year."
    yield "We compute no range for it."


def _describe_staying(presenter: VerdictPresenter, ways: OtherWays) -> Iterator[str]:
    """The baseline of all ways; who has not said the years of work is asked for them."""
    if ways.peers:
        yield describe_peers(presenter, ways.peers)
    if growing := find_growth(ways):
        yield from _describe_growth(presenter, growing)
    elif ways.staying:
        yield "Staying: with these years of work pay hardly grows by itself any more."
    elif presenter.profile.experience_years is None and presenter.verdict.market is not None:
        yield "Say your years of work on the verdict, and we can say what staying brings."


def _describe_growth(presenter: VerdictPresenter, staying: Staying) -> Iterator[str]:
    money, years = presenter.money, presenter.profile.horizon_years
    later = f", about {money.rounded(staying.annual_at_horizon)} after {years}" if years > 1 else ""
    yield (
        f"With the same employer, pay should be about {money.rounded(staying.annual)} a year higher "
        f"after one year{later}, before general pay rises."
    )
    source = presenter.published.edition.sources[staying.points[0].source]
    whose = f"{source.publisher}, {source.published[:4]}"
    part = formatting.part(presenter.published.edition.constants.staying_share)
    yield f"That is {part} of how much more people with more years earn ({whose})."
    yield "The rest we put down to changes of employer and promotions: a guess. All ways below come on top."


def _describe(presenter: VerdictPresenter, look: WayOutlook, ways: OtherWays) -> Iterator[str]:
    """The range, whose odds they are, and whether a skill can be had as well; first what is from other countries."""
    annual, money, way = look.annual, presenter.money, look.way
    origin = list(describe_origin(presenter, way))
    yield from origin
    if origin and way.note:
        yield way.note
    yield from _name_next_step(way, ways)
    if annual is not None and way.low is not None and way.high is not None:
        yield f"{money.span(annual.low, annual.high)} a year ({_share_span(way.low, way.high)} of pay)."
    yield from _describe_odds(presenter, look)
    yield from _describe_rest(way, has_note=bool(origin))


def _name_next_step(way: Way, ways: OtherWays) -> Iterator[str]:
    """Of two steps up, send the one who has taken the first to the second."""
    steps = [each.way for each in find_steps(ways.applying)]
    if way in steps[:-1]:
        yield f"If you are there already, see {lower_name(steps[steps.index(way) + 1].name)}."


def _describe_worth(presenter: VerdictPresenter, look: WayOutlook) -> str:
    average = describe_average(presenter, look)
    if not average or look.odds is None:
        return ""
    return f"At your {formatting.whole_percent(look.odds)}{' a year' if look.way.is_odds_yearly else ''}: {average}."


def _describe_odds(presenter: VerdictPresenter, look: WayOutlook) -> Iterator[str]:
    if look.odds is None or look.odds_by_horizon is None:
        return
    within = ""
    if look.way.is_odds_yearly:
        within = f" come to {formatting.whole_percent(look.odds_by_horizon)} within {presenter.horizon()}."
    if look.is_own_odds:
        # Its row has them, too.
        yield from [f"Your odds{within}"] if within else []
    elif look.way.is_odds_measured:
        yield f"Odds: {look.way.odds_basis}.{within and f' They{within}'}"
    else:
        # "A guess for this step: nobody counted it" goes on, "Nobody counted it" is added.
        basis = lower_name(look.way.odds_basis)
        rest = basis.removeprefix("a guess") if basis.startswith("a guess") else f"; {basis}"
        yield f"Odds: our guess{rest}.{within and f' They{within}'}"


def _describe_rest(way: Way, *, has_note: bool) -> Iterator[str]:
    """Whether a skill can be had as well, and the note, unless it was said before."""
    if way.overlap:
        yield f"Adds to a skill? {way.overlap}"
    if way.note and not has_note:
        yield way.note


def _describe_other(presenter: VerdictPresenter, look: WayOutlook) -> Iterator[str]:
    way, answers = look.way, presenter.ways
    move = list(describe_move(presenter, way)) if way.unit is WayUnit.GAP else []
    yield from move
    if way.unit is WayUnit.OFFER:
        yield "A share of an employer’s first offer, not of pay today: it is on no scale with shares of pay."
    elif way.unit is WayUnit.HOUR and answers.side_hours is not None and answers.side_rate is not None:
        weeks = round(presenter.published.edition.constants.weeks_per_year)
        yield f"{formatting.plural(answers.side_hours, 'hour')} a week for {weeks} weeks, before tax."
        yield from _describe_study_hour(presenter)
    yield f"{formatting.duration(way.months[1])}, {GRADE_WORDS_OF_WAYS[way.grade]} evidence."
    yield from _describe_odds(presenter, look)
    yield from _describe_rest(way, has_note=way.note in move)


def _describe_study_hour(presenter: VerdictPresenter) -> Iterator[str]:
    """What an hour of study brings, which free hours may go to instead."""
    first = presenter.verdict.first
    if first is not None and (gain := presenter.verdict.outlook(first).gain):
        worth = presenter.money.hourly(gain.worth_of_an_hour)
        yield f"An hour of study of {presenter.in_text(first)} should bring about {worth}."


def _write_amount(presenter: VerdictPresenter, way: Way) -> str:
    """What a way brings on its own scale; what is missing otherwise."""
    answers = presenter.ways
    if way.unit is WayUnit.OFFER and way.low is not None and way.high is not None:
        return f"{_share_span(way.low, way.high)} of the offer"
    if way.unit is WayUnit.PAY and way.low is not None and way.high is not None:
        return f"{_share_span(way.low, way.high)} of pay"
    if way.unit is WayUnit.HOUR and answers.side_hours is not None and answers.side_rate is not None:
        income = side_income(answers.side_hours, answers.side_rate, presenter.published.edition.constants)
        return f"about {presenter.money.rounded(income)} a year"
    if way.unit is WayUnit.GAP and is_asked(presenter, way):
        return describe_result(presenter)
    return _OWN_FIGURES


def _share_span(low: float, high: float) -> str:
    """Two shares without a needless fraction: 1% to 6%."""
    return f"{formatting.percent(low)} to {formatting.percent(high)}".replace(".0%", "%")


def _find_own(presenter: VerdictPresenter, ways: OtherWays) -> Iterator[OwnAnswer]:
    """What the visitor's answers come to: a move, side work, and odds, of which 0 leave a way out."""
    for look in ways.applying:
        way, result = look.way, ""
        if is_asked(presenter, way) or (way.unit is WayUnit.HOUR and presenter.ways.side_hours is not None):
            result = _write_amount(presenter, way)
        elif look.is_own_odds and look.odds is not None:
            result = f"{formatting.whole_percent(look.odds)} odds{' yearly' if way.is_odds_yearly else ''}, as you say"
            if average := describe_average(presenter, look):
                result = f"{result}: {average}"
        if result:
            yield OwnAnswer(slug=way.slug, name=way.name, result=result)
    for way in ways.declined:
        yield OwnAnswer(slug=way.slug, name=way.name, result="left out, as you said")
    for way, reason in (
        *((way, "not for your years of work") for way in ways.for_other_years),
        *((way, "once you say your years of work") for way in ways.needing_years),
    ):
        if percent := dict(presenter.ways.odds).get(way.slug):
            yield OwnAnswer(slug="", name=way.name, result=f"{percent}% odds, as you say: {reason}")


def _left_out(presenter: VerdictPresenter, ways: OtherWays) -> Iterator[str]:
    if ways.needing_years:
        yield f"Once you say your years of work: {_list_names(ways.needing_years)}."
    if ways.for_other_years:
        yield f"For people with other years of work: {_list_names(ways.for_other_years)}."
    if ways.same_as_first and presenter.verdict.first:
        first = presenter.in_text(presenter.verdict.first)
        yield f"Left out, because {first} holds the same: {_list_names(ways.same_as_first)}."


def _list_names(ways: Sequence[Way]) -> str:
    return formatting.listing([lower_name(way.name) for way in ways])
