"""Presents other ways to more pay: the list by what their figures are shares of, and the page of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from calculator.engine import WORLDWIDE, Constants, Edition, ExperiencePoint, Source, Way, WayEvidence, WayUnit
from earnverdict import formatting
from skills.catalogue.premiums import skill_premium
from skills.models import Way as WayModel
from skills.models.area import name_area
from skills.presenters.grades import GRADE_WORDS, GRADE_WORDS_OF_WAYS
from skills.presenters.report_link import Report, report_way
from skills.presenters.way_reviews import NOTHING_DUE, DueReviews, figure_key, range_key

#: What a group of the list is called, and what its figures are.
_GROUPS: Mapping[WayUnit, tuple[str, str]] = {
    WayUnit.PAY: ("Beyond what staying brings", "Shares of today’s pay, on top of what staying brings."),
    WayUnit.OFFER: (
        "Of the first offer",
        "Shares of an employer’s first offer. They are no share of today’s pay, so never compare them with the rest.",
    ),
    WayUnit.GAP: (
        "Of the gap between two places",
        "The part of the difference in pay that a mover gets, before the difference in prices.",
    ),
    WayUnit.HOUR: ("By the hour", "Money for hours worked, never a share of pay."),
    WayUnit.BASELINE: ("The baseline", "What the years bring by themselves."),
}
_NO_FIGURE: Mapping[WayUnit, str] = {
    WayUnit.HOUR: "your hours × your rate",
    WayUnit.BASELINE: "{staying} of how pay rises with years",
}
#: The years of work that the page of staying shows, where a curve has them.
_CURVE_YEARS = (0, 3, 5, 10, 15, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayCell:
    """A cell of a table of ways: what it says, in small what else, and its name where the table has no heads."""

    text: str
    detail: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRowText:
    """One way in one area; empty where nobody knows. `due` says since when a review is due, `cells` follow COLUMNS."""

    slug: str
    name: str
    summary: str
    area: str
    expected: str
    span: str
    odds: str
    odds_from: str
    odds_basis: str
    months: str
    hours: str
    for_whom: str
    grade: str
    due: str
    overlap: str
    note: str
    sources: tuple[Source, ...]

    @property
    def cells(self) -> Iterator[WayCell]:
        """Its figures in a table."""
        for column in COLUMNS:
            text, detail = column.write(self)
            yield WayCell(text=text or "–", detail=detail, label=column.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayColumn:
    """A column of the tables of ways: its head, its name where a table has no heads, its text and what is in small."""

    head: str
    write: Callable[[WayRowText], tuple[str, str]]
    label: str = ""


#: The figures of a way in the list of all and on its own page, which begins and ends each row in its own way.
COLUMNS = (
    WayColumn(head="Goes with", write=lambda row: (row.expected, row.span)),
    WayColumn(
        head="Odds", label="odds", write=lambda row: (row.odds or ("nobody knows" if row.months else ""), row.odds_from)
    ),
    WayColumn(head="Takes", write=lambda row: (row.months, "")),
    WayColumn(head="Evidence", label="evidence", write=lambda row: (row.grade, row.due)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayGroup:
    """All ways whose figures are shares of the same thing, soonest first."""

    anchor: str
    title: str
    lead: str
    rows: tuple[WayRowText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayList:
    """Everything the list prints; `skills` is the span of what one skill is expected to bring."""

    count: int
    skills: str
    groups: tuple[WayGroup, ...]
    columns: tuple[WayColumn, ...] = COLUMNS


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFigure:
    """One piece of evidence; `span` is empty where a source gives a middle alone, `middle` where its note has it."""

    middle: str
    span: str
    measures: str
    compared_with: str
    grade: str
    is_second_hand: bool
    area: str
    population: str
    year: str
    due: str
    sample: str
    note: str
    source: Source
    report: Report | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveText:
    """The experience curve of one sample: a multiple for each year of `years`, empty where it has none."""

    area: str
    multiples: tuple[str, ...]
    sample: str
    is_thin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WayPage:
    """Everything the template prints of one way."""

    slug: str
    name: str
    summary: str
    lead: WayRowText
    measured_in: str
    lasts: str
    overlap: str
    not_compared_with: str
    skill: str
    skill_name: str
    rows: tuple[WayRowText, ...]
    figures: tuple[WayFigure, ...]
    curve_years: tuple[int, ...]
    curves: tuple[CurveText, ...]
    description: str
    columns: tuple[WayColumn, ...] = COLUMNS


def present_ways(edition: Edition, due: DueReviews = NOTHING_DUE) -> WayList:
    """Present each way once: worldwide where it has such a range, else where its evidence is best."""
    leads = [find_lead(list(rows)) for _, rows in groupby(edition.ways, key=lambda way: way.slug)]
    groups = []
    for unit, (title, lead) in _GROUPS.items():
        ways = sorted((way for way in leads if way.unit is unit), key=lambda way: (way.months[1], way.name))
        if ways:
            rows = tuple(_present_row(edition, way, due) for way in ways)
            groups.append(WayGroup(anchor=unit.value, title=title, lead=lead, rows=rows))
    return WayList(count=len(leads), skills=_span_of_skills(edition), groups=tuple(groups))


def present_way(edition: Edition, slug: str, due: DueReviews = NOTHING_DUE) -> WayPage:
    """Present one way with all its ranges and evidence. Raises KeyError for a slug that the edition does not have."""
    ways = [way for way in edition.ways if way.slug == slug]
    if not ways:
        raise KeyError(slug)
    way = find_lead(ways)
    lead = _present_row(edition, way, due)
    curves = _present_curves(edition) if way.unit is WayUnit.BASELINE else ()
    return WayPage(
        slug=slug,
        name=way.name,
        summary=way.summary,
        lead=lead,
        measured_in=str(WayModel.Unit(way.unit.value).label),
        lasts=str(WayModel.Lasting(way.lasts).label),
        overlap=way.overlap,
        not_compared_with=way.not_compared_with,
        skill=way.overlaps_skill,
        skill_name=edition.skills[way.overlaps_skill].name if way.overlaps_skill else "",
        rows=tuple(_present_row(edition, each, due) for each in ways),
        figures=tuple(_present_figure(edition, slug, each, due) for each in _order(edition.way_evidence.get(slug, ()))),
        curve_years=_CURVE_YEARS if curves else (),
        curves=curves,
        description=f"{way.summary} How much more pay goes with it, how likely and how soon, with every source.",
    )


def describe_expected(way: Way, constants: Constants) -> str:
    """Format the middle: +4%, 50% of the gap, or what takes its place."""
    return describe_middle(way) or _NO_FIGURE[way.unit].format(staying=formatting.part(constants.staying_share))


def describe_middle(way: Way) -> str:
    """Format the middle: +4%, 50% of the gap; empty where it has none."""
    if way.expected is None:
        return ""
    if way.unit is WayUnit.GAP:
        return f"{formatting.whole_percent(way.expected)} of the gap"
    return formatting.signed_whole_percent(way.expected)


def describe_range(way: Way) -> str:
    """Format the range: 0% to +10%; the share itself for a gap; empty where it has none."""
    if way.low is not None and way.high is not None:
        return f"{formatting.signed_whole_percent(way.low)} to {formatting.signed_whole_percent(way.high)}"
    return formatting.whole_percent(way.expected) if way.expected is not None else ""


def describe_odds(way: Way) -> str:
    """Format the odds: 14% a year; empty where nobody gave any."""
    if way.odds is None:
        return ""
    return f"{formatting.whole_percent(way.odds)}{' a year' if way.is_odds_yearly else ''}"


def describe_odds_source(way: Way) -> str:
    """Say among whom the odds were measured, as their basis begins, or that they are a guess."""
    if way.odds is None:
        return ""
    if not way.is_odds_measured:
        return "a guess"
    return f"measured: {way.odds_basis.partition(':')[0]}" if way.odds_basis else "measured"


def describe_months(way: Way) -> str:
    """Format how long it takes: 2–8 months; at once for an offer; empty for staying."""
    if way.unit is WayUnit.BASELINE:
        return ""
    low, middle, high = (round(each) for each in way.months)
    if high <= 1:
        return "at once" if not middle else "a month"
    return f"{low}–{high} months"


def describe_hours(way: Way) -> str:
    """Format the hours of one's own time; empty where nobody knows."""
    return formatting.plural(round(way.hours), "hour") if way.hours else ""


def describe_grade(way: Way) -> str:
    """Format the grade: C, fair."""
    return f"{way.grade.value}, {GRADE_WORDS_OF_WAYS[way.grade]}"


def describe_years(way: Way) -> str:
    """Format for whom it is a next step: 2 to 9 years of work; empty for everyone."""
    if way.min_years is None and way.max_years is None:
        return ""
    if way.max_years is None:
        return f"from {way.min_years} years of work"
    return f"{way.min_years or 0} to {way.max_years} years of work"


def find_lead(ways: Sequence[Way]) -> Way:
    """Return the range that readers see first: the world's, else the one with the best evidence."""
    return next((way for way in ways if way.region == WORLDWIDE), min(ways, key=lambda way: (way.grade, way.region)))


def _present_row(edition: Edition, way: Way, due: DueReviews) -> WayRowText:
    return WayRowText(
        slug=way.slug,
        name=way.name,
        summary=way.summary,
        area=name_area(way.region),
        expected=describe_expected(way, edition.constants),
        span=describe_range(way) if way.low is not None else "",
        odds=describe_odds(way),
        odds_from=describe_odds_source(way),
        odds_basis=way.odds_basis,
        months=describe_months(way),
        hours=describe_hours(way),
        for_whom=describe_years(way),
        grade=describe_grade(way),
        due=due.get(range_key(way), ""),
        overlap=way.overlap,
        note=way.note,
        sources=tuple(edition.sources[slug] for slug in way.sources),
    )


def _span_of_skills(edition: Edition) -> str:
    expected = [found.expected for slug in edition.skills if (found := skill_premium(edition, slug).measured)]
    return formatting.signed_percent_range(min(expected), max(expected)) if expected else ""


def _order(figures: Iterable[WayEvidence]) -> list[WayEvidence]:
    """Sort evidence by grade, first what was read at its source, then the newest."""
    return sorted(figures, key=lambda each: (each.grade, each.is_second_hand, -each.year, each.source, each.region))


def _present_figure(edition: Edition, slug: str, figure: WayEvidence, due: DueReviews) -> WayFigure:
    source = edition.sources[figure.source]
    has_span = figure.low is not None and figure.high is not None
    middle = _write_share(figure.mid, figure.measures)
    return WayFigure(
        middle=middle,
        span=f"{_write_share(figure.low, figure.measures)} to {_write_share(figure.high, figure.measures)}"
        if has_span
        else "",
        measures=figure.measures.removeprefix("% "),
        compared_with=figure.compared_with,
        grade=f"{figure.grade.value}, {GRADE_WORDS[figure.grade]}",
        is_second_hand=figure.is_second_hand,
        area=name_area(figure.region),
        population=figure.population,
        year=str(figure.year),
        due=due.get(figure_key(slug, figure), ""),
        sample=formatting.group(figure.sample_size) if figure.sample_size else "not published",
        note=figure.note,
        source=source,
        report=report_way(edition, figure, source, middle or figure.note),
    )


def _write_share(share: float | None, measures: str) -> str:
    """Write a difference in pay with its sign, and a share of something else without."""
    if share is None:
        return ""
    return formatting.signed_percent(share) if measures.startswith("%") else formatting.whole_percent(share)


def _present_curves(edition: Edition) -> tuple[CurveText, ...]:
    """One row for each sample: areas that were measured together share one."""
    by_sample: dict[tuple[object, ...], list[list[ExperiencePoint]]] = {}
    for _, points in groupby(edition.experience, key=lambda point: point.region):
        curve = list(points)
        by_sample.setdefault(tuple((each.years, each.multiple, each.answers) for each in curve), []).append(curve)
    return tuple(_present_curve(curves) for curves in by_sample.values())


def _present_curve(curves: Sequence[Sequence[ExperiencePoint]]) -> CurveText:
    points, areas = curves[0], formatting.listing([name_area(each[0].region) for each in curves])
    known = {point.years: point for point in points}
    shown = [known[years] for years in _CURVE_YEARS if years in known]
    return CurveText(
        area=f"{areas}, one sample" if len(curves) > 1 else areas,
        multiples=tuple(f"{known[years].multiple:.2f}" if years in known else "" for years in _CURVE_YEARS),
        sample=formatting.group(points[0].sample_size),
        is_thin=any(point.grade == "D" for point in shown),
    )
