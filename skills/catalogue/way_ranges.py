"""What is wrong with the ranges and the evidence of ways, and what an editor should look at again.

Rows are as a document holds them. A range is an editor's reading, so only errors prevent publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from earnverdict import formatting
from skills.models.way import Way

type Row = Mapping[str, Any]

_ENDS = ("low", "mid", "high")
_END_NAMES = {"low": "Low", "mid": "Middle", "high": "High"}
#: Editors write whole percents.
_ROUNDING = 0.5
#: What the measure of evidence begins with that is of the same kind as the figures of a way.
_MEASURES = {Way.Unit.PAY: "%", Way.Unit.OFFER: "%", Way.Unit.GAP: "share of the gap"}


def find_errors(item: Row, unit: str | None, evidence: Iterable[Row]) -> Iterator[str]:
    """Yield why a range cannot be published: the figures of its way's unit, its sources, its odds, its grade."""
    pieces = list(evidence)
    known = [item[f"{end}_percent"] is not None for end in _ENDS]
    if unit in (Way.Unit.PAY, Way.Unit.OFFER) and not all(known):
        yield "it needs a low, a middle and a high."
    if unit == Way.Unit.GAP and not known[1]:
        yield "it needs a middle, the share of the gap."
    if unit in (Way.Unit.HOUR, Way.Unit.BASELINE) and any(known):
        yield "it has a percentage, but its way is not in percent."
    if not item["sources"]:
        yield "it has no source."
    with_evidence = {piece["source"] for piece in pieces}
    for source in item["sources"]:
        if source not in with_evidence:
            yield f"it was read from {source}, of which this way has no evidence."
    if item["odds_percent"] is not None and not item["odds_basis"]:
        yield "its odds have no basis."
    best = min((piece["grade"] for piece in pieces), default=item["grade"])
    if item["grade"] < best:
        yield f"its grade {item['grade']} is better than the best of its evidence, {best}."


def find_evidence_errors(piece: Row) -> Iterator[str]:
    """Yield why a piece of evidence cannot be published."""
    if piece["mid_percent"] is None and not piece["note"]:
        yield "it has neither a figure nor a note."


def find_doubts(item: Row, unit: str | None, evidence: Iterable[Row]) -> Iterator[str]:
    """Yield, in sentences, where a range goes beyond its evidence, and which evidence of its area it does not name."""
    pieces = list(evidence)
    yield from _find_ends_outside(item, [piece for piece in pieces if is_comparable(piece, unit)])
    named = [piece["grade"] for piece in pieces if piece["source"] in item["sources"]]
    if named and min(piece["grade"] for piece in pieces) <= item["grade"] < min(named):
        yield f"Grade {item['grade']} is better than the best of the sources that it was read from, {min(named)}."
    here = {piece["source"] for piece in pieces if piece["region"] == item["region"]}
    if left_out := sorted(here - set(item["sources"])):
        yield f"Measured in this area, and not among its sources: {formatting.listing(left_out)}."


def describe_guess(item: Row) -> str:
    """Say that nobody measured the odds; empty if they were measured, or if there are none."""
    if item["odds_percent"] is None or item["is_odds_measured"]:
        return ""
    return f"Nobody measured the odds of {item['odds_percent']}%: readers see that they are a guess."


def is_comparable(piece: Row, unit: str | None) -> bool:
    """Whether a piece of evidence has a figure of the kind that the way's ranges have."""
    measure = _MEASURES.get(Way.Unit(unit)) if unit else None
    return measure is not None and piece["mid_percent"] is not None and piece["measures"].startswith(measure)


def _find_ends_outside(item: Row, pieces: Sequence[Row]) -> Iterator[str]:
    """Compare each end with all evidence; a middle that lies within it also with that of the region or country."""
    here = [piece for piece in pieces if piece["region"] == item["region"] != ""]
    for end in _ENDS:
        value = item[f"{end}_percent"]
        if value is None:
            continue
        outside = _describe_outside(end, value, pieces, "all evidence")
        if not outside and end == "mid":
            outside = _describe_outside(end, value, here, "all evidence of this area")
        if outside:
            yield outside


def _describe_outside(end: str, value: float, pieces: Sequence[Row], what: str) -> str:
    """Say that a value is outside of all evidence, by more than rounding; empty if it is not."""
    if not pieces:
        return ""
    lowest = min(pieces, key=lambda piece: _end_of(piece, "low"))
    highest = max(pieces, key=lambda piece: _end_of(piece, "high"))
    if value < _end_of(lowest, "low") - _ROUNDING:
        return f"{_END_NAMES[end]}, {_write(value)}, is below {what}: the lowest is {_describe(lowest, 'low')}."
    if value > _end_of(highest, "high") + _ROUNDING:
        return f"{_END_NAMES[end]}, {_write(value)}, is above {what}: the highest is {_describe(highest, 'high')}."
    return ""


def _end_of(piece: Row, end: str) -> float:
    """The end of a piece of evidence; its middle where it has no more."""
    value: float | None = piece[f"{end}_percent"]
    return float(piece["mid_percent"] if value is None else value)


def _describe(piece: Row, end: str) -> str:
    return f"{_write(_end_of(piece, end))}, of {piece['source']}"


def _write(percent: float) -> str:
    return formatting.signed_percent(percent / 100)
