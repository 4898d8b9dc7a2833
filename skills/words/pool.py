"""A skill's pooled premium as an editor reads it: in the newest edition, as the rows are saved, and with the edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.engine.edition import WORLDWIDE, Evidence, EvidenceChoice
from earnverdict import formatting
from skills.charts.pieces import PiecesChart, pieces_chart, region_name
from skills.standing import REGIONS, Standing
from skills.words.grades import describe_grades

NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolCell:
    """One figure at one time; `is_changed` where it is not what stands before it."""

    column: str
    text: str
    span: str
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolRow:
    """One figure through the columns."""

    name: str
    cells: tuple[PoolCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceWords:
    """A figure with its share of each region's pool; a claim, or a figure about a job title, has none."""

    source: str
    region: str
    grade: str
    about: str
    premium: str
    weights: tuple[str, ...]
    is_claim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolWords:
    """Everything that the panel prints; its last column is what the chart and the weights are of."""

    columns: tuple[str, ...]
    rows: tuple[PoolRow, ...]
    regions: tuple[str, ...]
    pieces: tuple[PieceWords, ...]
    chart: PiecesChart | None
    refused: tuple[str, ...]
    is_changed: bool

    @property
    def worldwide(self) -> PoolRow:
        return self.rows[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A skill's evidence at one time; None where it is in no edition."""

    name: str
    standing: Standing | None


def pool_words(columns: Sequence[Column], refused: Sequence[str] = ()) -> PoolWords:
    """The columns beside each other; the last one has a standing. `refused` names the rows that are in none."""
    last = columns[-1].standing
    if last is None:
        raise ValueError("the last column is what the editor sees: it has evidence, if only an empty tuple of it")
    shown = [region for region in REGIONS if region == WORLDWIDE or any(_has(column, region) for column in columns)]
    names = tuple(column.name for column in columns)
    standings = [column.standing for column in columns]
    rows = (
        *(_row(region_name(region), names, [_premium(each, region) for each in standings]) for region in shown),
        _row("Figures that count worldwide", names, [_count(each) for each in standings]),
        _row("What that rests on", names, [_grades(each) for each in standings]),
    )
    counted = tuple(region for region in shown if region in last.premiums)
    return PoolWords(
        columns=names,
        rows=rows,
        regions=tuple(region_name(region) for region in counted),
        pieces=_pieces(last, counted),
        chart=pieces_chart(last),
        refused=tuple(refused),
        is_changed=any(row.cells[-1].is_changed for row in rows),
    )


def _has(column: Column, region: str) -> bool:
    return column.standing is not None and region in column.standing.premiums


def _row(name: str, columns: Sequence[str], texts: Sequence[tuple[str, str]]) -> PoolRow:
    before = (texts[0], *texts)
    cells = zip(columns, texts, before, strict=False)
    return PoolRow(
        name=name,
        cells=tuple(
            PoolCell(column=column, text=now[0], span=now[1], is_changed=now != then) for column, now, then in cells
        ),
    )


def _premium(standing: Standing | None, region: str) -> tuple[str, str]:
    premium = standing.premiums.get(region) if standing else None
    if premium is None:
        return NOTHING, ""
    return formatting.signed_percent(premium.expected), formatting.signed_percent_range(premium.low, premium.high)


def _count(standing: Standing | None) -> tuple[str, str]:
    return (formatting.group(len(standing.parts(WORLDWIDE))) if standing else NOTHING), ""


def _grades(standing: Standing | None) -> tuple[str, str]:
    return (describe_grades(standing.grade_shares) if standing else "") or NOTHING, ""


def _pieces(standing: Standing, regions: Sequence[str]) -> tuple[PieceWords, ...]:
    """The figures by grade, each with its weight in each region, then what pulls them to the average."""
    shares = [{part.evidence: part.share for part in standing.parts(region)} for region in regions]
    order = sorted(standing.evidence, key=lambda item: (item.grade, REGIONS.index(item.region), item.source))
    pieces = tuple(
        _piece(item, tuple(formatting.whole_percent(share[item]) if item in share else NOTHING for share in shares))
        for item in order
    )
    return (*pieces, _prior(standing, shares)) if shares else pieces


def _piece(item: Evidence, weights: tuple[str, ...]) -> PieceWords:
    return PieceWords(
        source=item.source,
        region=region_name(item.region),
        grade=item.grade.value,
        about=item.about.value,
        premium=f"{formatting.signed_percent(item.low)} / {formatting.signed_percent(item.mid)} / "
        f"{formatting.signed_percent(item.high)}",
        weights=weights,
        is_claim=not EvidenceChoice.MEASURED.counts(item),
    )


def _prior(standing: Standing, shares: Sequence[dict[Evidence, float]]) -> PieceWords:
    constants = standing.constants
    premiums = (constants.prior_low, constants.prior_mid, constants.prior_high)
    return PieceWords(
        source="The typical skill",
        region="everywhere",
        grade=NOTHING,
        about=NOTHING,
        premium=" / ".join(formatting.signed_percent(premium) for premium in premiums),
        weights=tuple(formatting.whole_percent(1 - sum(share.values())) for share in shares),
        is_claim=False,
    )
