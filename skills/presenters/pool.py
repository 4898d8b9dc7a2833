"""Presents a skill's pooled premium to editors: in the newest edition, as saved, and with unsaved edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.engine import WORLDWIDE, Evidence, EvidenceChoice
from earnverdict import formatting
from skills.catalogue.pooled_premium import REGIONS, PooledPremium
from skills.charts.pieces import PiecesChart, pieces_chart, region_name
from skills.presenters.grades import describe_grades

NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolCell:
    """One figure in one column; `is_changed` if it differs from the previous column."""

    column: str
    text: str
    span: str
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolRow:
    """One figure in all columns."""

    name: str
    cells: tuple[PoolCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceText:
    """A piece of evidence with its share of each region's pool; claims and job titles have none."""

    source: str
    region: str
    grade: str
    about: str
    premium: str
    weights: tuple[str, ...]
    is_claim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolText:
    """Everything that the panel prints; chart and weights belong to the last column."""

    columns: tuple[str, ...]
    rows: tuple[PoolRow, ...]
    regions: tuple[str, ...]
    pieces: tuple[PieceText, ...]
    chart: PiecesChart | None
    refused: tuple[str, ...]
    is_changed: bool

    @property
    def worldwide(self) -> PoolRow:
        return self.rows[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A skill's evidence in one version; None if the skill is in no edition."""

    name: str
    pooled: PooledPremium | None


def present_pool(columns: Sequence[Column], refused: Sequence[str] = ()) -> PoolText:
    """Present the columns next to each other; the last one has a pooled premium. `refused` names rows left out."""
    last = columns[-1].pooled
    if last is None:
        raise ValueError("the last column is the editor's version: its evidence may be an empty tuple, but not None")
    shown = [region for region in REGIONS if region == WORLDWIDE or any(_has(column, region) for column in columns)]
    names = tuple(column.name for column in columns)
    columns_pooled = [column.pooled for column in columns]
    rows = (
        *(
            _present_row(region_name(region), names, [_present_premium(each, region) for each in columns_pooled])
            for region in shown
        ),
        _present_row("Figures that count worldwide", names, [_count(each) for each in columns_pooled]),
        _present_row("What that rests on", names, [_present_grades(each) for each in columns_pooled]),
    )
    counted = tuple(region for region in shown if region in last.premiums)
    return PoolText(
        columns=names,
        rows=rows,
        regions=tuple(region_name(region) for region in counted),
        pieces=_present_pieces(last, counted),
        chart=pieces_chart(last),
        refused=tuple(refused),
        is_changed=any(row.cells[-1].is_changed for row in rows),
    )


def _has(column: Column, region: str) -> bool:
    return column.pooled is not None and region in column.pooled.premiums


def _present_row(name: str, columns: Sequence[str], texts: Sequence[tuple[str, str]]) -> PoolRow:
    before = (texts[0], *texts)
    cells = zip(columns, texts, before, strict=False)
    return PoolRow(
        name=name,
        cells=tuple(
            PoolCell(column=column, text=now[0], span=now[1], is_changed=now != then) for column, now, then in cells
        ),
    )


def _present_premium(pooled: PooledPremium | None, region: str) -> tuple[str, str]:
    premium = pooled.premiums.get(region) if pooled else None
    if premium is None:
        return NOTHING, ""
    return formatting.signed_percent(premium.expected), formatting.signed_percent_range(premium.low, premium.high)


def _count(pooled: PooledPremium | None) -> tuple[str, str]:
    return (formatting.group(len(pooled.parts(WORLDWIDE))) if pooled else NOTHING), ""


def _present_grades(pooled: PooledPremium | None) -> tuple[str, str]:
    return (describe_grades(pooled.grade_shares) if pooled else "") or NOTHING, ""


def _present_pieces(pooled: PooledPremium, regions: Sequence[str]) -> tuple[PieceText, ...]:
    """Return the figures by grade, each with its weight in each region, then the typical skill."""
    shares = [{part.evidence: part.share for part in pooled.parts(region)} for region in regions]
    order = sorted(pooled.evidence, key=lambda item: (item.grade, REGIONS.index(item.region), item.source))
    pieces = tuple(
        _present_piece(
            item, tuple(formatting.whole_percent(share[item]) if item in share else NOTHING for share in shares)
        )
        for item in order
    )
    return (*pieces, _present_prior(pooled, shares)) if shares else pieces


def _present_piece(item: Evidence, weights: tuple[str, ...]) -> PieceText:
    return PieceText(
        source=item.source,
        region=region_name(item.region),
        grade=item.grade.value,
        about=item.about.value,
        premium=f"{formatting.signed_percent(item.low)} / {formatting.signed_percent(item.mid)} / "
        f"{formatting.signed_percent(item.high)}",
        weights=weights,
        is_claim=not EvidenceChoice.MEASURED.counts(item),
    )


def _present_prior(pooled: PooledPremium, shares: Sequence[dict[Evidence, float]]) -> PieceText:
    constants = pooled.constants
    premiums = (constants.prior_low, constants.prior_mid, constants.prior_high)
    return PieceText(
        source="The typical skill",
        region="everywhere",
        grade=NOTHING,
        about=NOTHING,
        premium=" / ".join(formatting.signed_percent(premium) for premium in premiums),
        weights=tuple(formatting.whole_percent(1 - sum(share.values())) for share in shares),
        is_claim=False,
    )
