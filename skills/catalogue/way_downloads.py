"""Builds `/ways.json` and `/ways.csv` from an edition."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from itertools import groupby
from typing import Any

from calculator.engine import Edition, ExperiencePoint, Way, WayEvidence
from earnverdict.spreadsheet import escape_formula
from skills.catalogue.downloads import LICENCE, Json, round_figure, source_json
from skills.editions.document import PublishedEdition
from skills.models import Way as WayModel

#: What holds for a way in every area; the other columns of the engine's `Way` are of one area.
_EVERYWHERE = WayModel.PUBLISHED_FIELDS
_SHARES = ("low", "expected", "high", "odds")


def ways_json(published: PublishedEdition) -> Json:
    """Build the JSON: every way with its ranges and evidence, and the experience curve.

    A range from `low` to `high` has 8 chances in 10 to hold the true average; a piece of evidence has that of
    its source. Shares are fractions of what `unit` or `measures` says, with 12 significant digits; null is unknown,
    `region` is null for the world. Figures of different units must not be compared.
    """
    edition = published.edition
    return {
        "edition": published.number,
        "published_at": published.published_at.isoformat(),
        "model": edition.model,
        "licence": LICENCE,
        "credits": [source_json(edition.sources[slug]) for slug in sorted(_find_sources(edition))],
        "ways": [
            _write_way(edition, slug, list(rows)) for slug, rows in groupby(edition.ways, key=lambda way: way.slug)
        ],
        "experience": [_write_row(point) for point in edition.experience],
    }


def ways_csv(published: PublishedEdition) -> str:
    """Build the CSV: one row for each way and area; shares as percent, null as blank, sources separated by spaces."""
    answer = ways_json(published)
    lines = io.StringIO()
    writer = csv.writer(lines)
    rows = [{**{name: way[name] for name in _EVERYWHERE}, **each} for way in answer["ways"] for each in way["ranges"]]
    about = ("edition", "published_at", "model", "licence")
    names = list(rows[0]) if rows else []
    writer.writerow([*(f"{name}_percent" if name in _SHARES else name for name in names), *about])
    for row in rows:
        writer.writerow(
            [*(_write_cell(name, row[name]) for name in names), *(_write_cell(name, answer[name]) for name in about)]
        )
    return lines.getvalue()


def _write_way(edition: Edition, slug: str, rows: list[Way]) -> Json:
    everywhere = _write_row(rows[0])
    return {
        **{name: everywhere[name] for name in _EVERYWHERE},
        "ranges": [{name: value for name, value in _write_row(row).items() if name not in _EVERYWHERE} for row in rows],
        "evidence": [
            {name: value for name, value in _write_row(figure).items() if name != "way"}
            for figure in edition.way_evidence.get(slug, ())
        ],
    }


def _find_sources(edition: Edition) -> set[str]:
    of_ways = {slug for way in edition.ways for slug in way.sources}
    of_evidence = {figure.source for figures in edition.way_evidence.values() for figure in figures}
    return of_ways | of_evidence | {point.source for point in edition.experience}


def _write_row(value: Way | WayEvidence | ExperiencePoint) -> Json:
    """All columns of a row, as JSON has them."""
    columns = asdict(value)
    if months := columns.pop("months", None):
        columns |= dict(zip(("months_low", "months_mid", "months_high"), months, strict=True))
    return {name: _read_value(each) for name, each in columns.items()}


def _read_value(value: Any) -> Any:
    if isinstance(value, float):
        return round_figure(value)
    return None if value == "" else value


def _write_cell(name: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = " ".join(map(str, value))
    if isinstance(value, str):
        return escape_formula(value)
    return round_figure(value * 100) if value is not None and name in _SHARES else value
