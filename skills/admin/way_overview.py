"""What a way's page shows of its ranges and its evidence: each with what readers see, and links to edit it.

They are a list of links, not rows of the way's form: a range has nineteen columns and its own page shows the evidence
next to them, and a form with all rows would refuse two editors who work on different areas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from calculator.engine import Way as EngineWay
from earnverdict import formatting
from skills.catalogue.way_ranges import find_doubts, find_errors
from skills.editions.site import NothingPublished
from skills.editions.site_state import site_state
from skills.editions.snapshot import published_row
from skills.models import Way, WayEvidence, WayRange
from skills.models.area import name_area
from skills.presenters.way_rows import (
    PieceText,
    RangeCell,
    ReviewText,
    find_published,
    present_pieces,
    present_range,
    present_review,
)

#: Where the page of a range or a figure returns to when it is saved, as its query says; new ones always do.
RETURN_NAME, RETURN_TO_WAY = "return", "way"


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeText:
    """A range of a way with its evidence: that of its sources, and that of its area.

    `errors` prevent publication, `doubts` do not. `note` is for readers.
    """

    pk: int
    area: str
    is_new: bool
    cells: Sequence[RangeCell]
    note: str
    review: ReviewText
    errors: Sequence[str]
    doubts: Sequence[str]
    pieces: Sequence[PieceText]
    add_evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOverview:
    """All ranges of a way, the evidence that no range names, and the pages that add to them.

    `areas_without_range` are the names of areas that only such evidence is of, each with the form of a range for it.
    `readers` is the address of the way's page for readers, empty before it is published.
    """

    count: str
    has_evidence: bool
    ranges: Sequence[RangeText]
    unnamed: Sequence[PieceText]
    areas_without_range: Sequence[tuple[str, str]]
    readers: str
    add_range: str
    add_evidence: str
    back: str


def present_overview(way: Way, today: date) -> WayOverview:
    """Read the way's rows with three queries."""
    ranges = list(way.ranges.select_related("way").prefetch_related("sources").order_by("region"))
    pieces = list(way.evidence.select_related("way", "source"))
    published = read_published_ways()
    found = [_present_range(way, row, pieces, published, today) for row in ranges]
    shown = {piece.pk for each in found for piece in each.pieces}
    unnamed = [piece for piece in pieces if piece.pk not in shown]
    is_published = any(each.slug == way.slug for each in published)
    counts = formatting.plural(len(ranges), "range"), formatting.plural(len(pieces), "piece")
    return WayOverview(
        count=f"{counts[0]}, {counts[1]} of evidence",
        has_evidence=bool(pieces),
        ranges=found,
        unnamed=present_pieces(unnamed, today),
        areas_without_range=[
            (name_area(area), address_to_add(WayRange, way, area)) for area in sorted({each.region for each in unnamed})
        ],
        readers=reverse("skills:way", args=[way.slug]) if is_published else "",
        add_range=address_to_add(WayRange, way),
        add_evidence=address_to_add(WayEvidence, way),
        back=urlencode({RETURN_NAME: RETURN_TO_WAY}),
    )


def address_to_add(model: type[WayRange | WayEvidence], way: Way, region: str = "") -> str:
    """Return the address of the form of a new row, with the way and the area filled in."""
    given = {"way": way.pk, **({"region": region} if region else {})}
    return f"{reverse(f'admin:skills_{model._meta.model_name}_add')}?{urlencode(given)}"


def read_published_ways() -> Sequence[EngineWay]:
    """Return the ways that readers see, each with one of its ranges."""
    try:
        return site_state.edition().edition.ways
    except NothingPublished:
        return ()


def _present_range(
    way: Way, row: WayRange, pieces: Sequence[WayEvidence], published: Sequence[EngineWay], today: date
) -> RangeText:
    item = published_row(row)
    evidence = [published_row(piece) for piece in pieces]
    readers_see = find_published(published, way.slug, row.region)
    return RangeText(
        pk=row.pk,
        area=row.area,
        is_new=readers_see is None,
        cells=present_range(item, way, readers_see),
        note=row.note,
        review=present_review(row, today),
        errors=list(find_errors(item, way.unit, evidence)),
        doubts=list(find_doubts(item, way.unit, evidence)),
        pieces=present_pieces(
            _find_pieces(row, item["sources"], pieces), today, sources=item["sources"], region=row.region
        ),
        add_evidence=address_to_add(WayEvidence, way, row.region),
    )


def _find_pieces(row: WayRange, sources: Sequence[str], pieces: Sequence[WayEvidence]) -> Iterator[WayEvidence]:
    """Yield the evidence that the range names, and that of its own area."""
    return (piece for piece in pieces if piece.source.slug in sources or piece.region == row.region)
