"""Presents the rows of a way for editors: each range as readers would see it, and each piece of evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from calculator.engine import MODEL_2, WORLDWIDE, OnVerdict, WayUnit
from calculator.engine import Way as EngineWay
from earnverdict import formatting
from skills.catalogue.review import find_due_day
from skills.editions.document import read_ways
from skills.editions.snapshot import published_row
from skills.models import Evidence, Way, WayEvidence, WayRange
from skills.models.area import name_area
from skills.presenters.way import (
    describe_expected,
    describe_grade,
    describe_hours,
    describe_months,
    describe_odds,
    describe_odds_source,
    describe_range,
    describe_years,
)

_NOTHING = "–"
_ON_VERDICT = {OnVerdict.NO: "no", OnVerdict.YES: "yes", OnVerdict.STEP: "as a step up"}
_WITHOUT_FIGURE = (WayUnit.HOUR, WayUnit.BASELINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeCell:
    """One fact about a range, as readers would see it; `before` is what they see now, empty where it is the same."""

    label: str
    text: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceText:
    """A piece of evidence; `is_named` says whether the range names its source, `is_claim` whether its grade is D."""

    pk: int
    figure: str
    measures: str
    grade: str
    source: str
    area: str
    population: str
    compared_with: str
    year: str
    sample: str
    note: str
    review: ReviewText
    is_named: bool
    is_claim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewText:
    """The day by which a row is to be reviewed, empty for none."""

    day: str
    is_due: bool


def present_range(row: Mapping[str, object], way: Way, published: EngineWay | None) -> Sequence[RangeCell]:
    """Present a range, as a document would hold it, and what readers see of it now; `published` is None for nothing."""
    draft = next(iter(read_ways({"ways": [published_row(way)], "way_ranges": [row]})))
    now, before = describe_facts(draft), describe_facts(published) if published else {}
    return [
        RangeCell(label=label, text=text, before=before.get(label, "") if before.get(label, text) != text else "")
        for label, text in now.items()
    ]


def describe_facts(way: EngineWay) -> Mapping[str, str]:
    """Describe a range as readers see it, by what each fact is called."""
    return {
        "Goes with": _describe_pay(way),
        "Odds": ", ".join(filter(None, (describe_odds(way), describe_odds_source(way)))) or "nobody knows",
        "Takes": describe_months(way) or _NOTHING,
        "Own hours": describe_hours(way) or _NOTHING,
        "For whom": describe_years(way) or "everyone",
        "Evidence": describe_grade(way),
        "On a verdict": _ON_VERDICT[way.on_verdict],
    }


def find_published(ways: Iterable[EngineWay], slug: str, region: str) -> EngineWay | None:
    return next((way for way in ways if (way.slug, way.region) == (slug, region)), None)


def present_pieces(
    pieces: Iterable[WayEvidence], today: date, *, sources: Collection[str] = (), region: str = WORLDWIDE
) -> Sequence[PieceText]:
    """Present evidence: that of a range's sources first, then that of its region, then by grade, the newest first."""

    def order(piece: WayEvidence) -> tuple[object, ...]:
        is_named, is_here = piece.source.slug in sources, piece.region == region
        return not is_named, not is_here, piece.grade, -piece.year, piece.source.slug, piece.pk

    return [
        PieceText(
            pk=piece.pk,
            figure=describe_percents(piece),
            measures=piece.measures,
            grade=f"{piece.grade}, second-hand" if piece.is_second_hand else piece.grade,
            source=piece.source.slug,
            area=name_area(piece.region),
            population=piece.population,
            compared_with=piece.compared_with,
            year=str(piece.year),
            sample=formatting.group(piece.sample_size) if piece.sample_size else "",
            note=piece.note,
            review=present_review(piece, today),
            is_named=piece.source.slug in sources,
            is_claim=piece.grade == "D",
        )
        for piece in sorted(pieces, key=order)
    ]


def describe_percents(row: WayRange | WayEvidence | Evidence) -> str:
    """Write the percents that are known: −1 / +3 / +9 %."""
    percents = [each for each in (row.low_percent, row.mid_percent, row.high_percent) if each is not None]
    return f"{' / '.join(map(_write_percent, percents))} %" if percents else "no figure"


def present_review(row: WayRange | WayEvidence, today: date) -> ReviewText:
    day = find_due_day(row)
    return ReviewText(day=day.isoformat() if day else "", is_due=day is not None and day <= today)


def _describe_pay(way: EngineWay) -> str:
    """Say what it brings; a draft may lack the middle that its way needs."""
    if way.expected is None and way.unit not in _WITHOUT_FIGURE:
        return "no figure yet"
    span = f", {describe_range(way)}" if way.low is not None else ""
    return f"{describe_expected(way, MODEL_2)}{span}"


def _write_percent(percent: Decimal) -> str:
    text = f"{percent.normalize():+f}" if percent else "0"
    return text.replace("-", formatting.MINUS)
