"""The real catalogue as the engine takes it, read from the CSV files without Django."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from calculator.engine import NEWEST_MODEL
from calculator.engine.constants import MODEL_2
from calculator.engine.edition import (
    About,
    Edition,
    Evidence,
    ExchangeRate,
    ExperiencePoint,
    Grade,
    OnVerdict,
    Place,
    Skill,
    Source,
    Way,
    WayEvidence,
    WayUnit,
)
from calculator.engine.evidence import pool_all

FOLDER = Path(__file__).parents[2] / "skills" / "data"
#: The figures that the worked examples are of, with few places; the catalogue may change, these do not.
FROZEN = Path(__file__).parent / "frozen"
QUANTILES = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}

type Row = dict[str, str]


def read_catalogue(folder: Path = FOLDER) -> Edition:
    """Edition 1 of the folder's published rows."""
    skills = {row["slug"]: _skill(row) for row in _rows(folder, "skills") if row["is_published"] == "True"}
    evidence = _by_skill(row for row in _rows(folder, "evidence") if row["skill"] in skills)
    return Edition(
        number=1,
        model=NEWEST_MODEL,
        constants=MODEL_2,
        skills=skills,
        sources={row["slug"]: _source(row) for row in _rows(folder, "sources")},
        evidence=evidence,
        pools=pool_all(evidence, MODEL_2),
        places={row["slug"]: _place(row) for row in _rows(folder, "locations") if row["is_published"] == "True"},
        rates={row["currency"]: _rate(row) for row in _rows(folder, "exchange_rates")},
        ways=tuple(_ways(folder)),
        way_evidence=_way_evidence(folder),
        experience=tuple(_experience_point(row) for row in _rows(folder, "experience")),
    )


def _rows(folder: Path, table: str) -> list[Row]:
    path = folder / f"{table}.csv"
    if not path.exists():
        return []  # the frozen figures are from before there were ways
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _by_skill(rows: Iterator[Row]) -> dict[str, tuple[Evidence, ...]]:
    evidence = defaultdict(list)
    for row in rows:
        evidence[row["skill"]].append(_evidence(row))
    return {slug: tuple(items) for slug, items in evidence.items()}


def _skill(row: Row) -> Skill:
    return Skill(
        slug=row["slug"],
        name=row["name"],
        category=row["category"],
        summary=row["summary"],
        hours_low=float(row["hours_low"]),
        hours_mid=float(row["hours_mid"]),
        hours_high=float(row["hours_high"]),
        hours_basis=row["hours_basis"],
        exam_cost_usd=float(row["exam_cost_usd"]),
        requires=tuple(row["requires"].split()),
        tilt=float(row["tilt_percent"] or 0) / 100,
        other_names=_words(row, "other_names"),
        related_words=_words(row, "related_words"),
    )


def _words(row: Row, column: str) -> tuple[str, ...]:
    """The words of a cell; the frozen files are older than these columns."""
    return tuple(filter(None, row.get(column, "").split(", ")))


def _evidence(row: Row) -> Evidence:
    return Evidence(
        skill=row["skill"],
        source=row["source"],
        region=row["region"],
        about=About(row["about"]),
        low=float(row["low_percent"]) / 100,
        mid=float(row["mid_percent"]) / 100,
        high=float(row["high_percent"]) / 100,
        grade=Grade(row["grade"]),
        population=row["population"],
        year=int(row["year"]),
        sample_size=_whole(row["sample_size"]),
        note=row["note"],
    )


def _place(row: Row) -> Place:
    return Place(
        slug=row["slug"],
        name=row["name"],
        kind=row["kind"],
        parent=row["parent"],
        country=row["country"],
        region=row["region"],
        currency=row["currency"],
        quantiles={share: float(row[level]) for level, share in QUANTILES.items() if row[level]},
        source=row["source"],
        year=_whole(row["year"]),
        sample_size=_whole(row["sample_size"]),
        population=_whole(row["population"]),
        note=row["note"],
        price_level=float(row["price_level"]) if _price_source(row) else None,
        price_source=_price_source(row),
    )


def _price_source(row: Row) -> str:
    """The source of a place's price level; the frozen file is older than this column."""
    return row.get("price_source", "")


def _source(row: Row) -> Source:
    return Source(
        slug=row["slug"],
        title=row["title"],
        publisher=row["publisher"],
        url=row["url"],
        published=row["published"],
        licence=row["licence"],
        kind=row["kind"],
        note=row["note"],
    )


def _rate(row: Row) -> ExchangeRate:
    return ExchangeRate(
        currency=row["currency"],
        units_per_usd=float(row["units_per_usd"]),
        quoted_on=row["quoted_on"],
        source=row["source"],
    )


def _ways(folder: Path) -> Iterator[Way]:
    ways = {row["slug"]: row for row in _rows(folder, "ways")}
    for row in _rows(folder, "way_ranges"):
        way = ways[row["way"]]
        yield Way(
            slug=way["slug"],
            name=way["name"],
            summary=way["summary"],
            unit=WayUnit(way["unit"]),
            region=row["region"],
            low=_share(row["low_percent"]),
            expected=_share(row["mid_percent"]),
            high=_share(row["high_percent"]),
            odds=_share(row["odds_percent"]),
            is_odds_measured=row["is_odds_measured"] == "True",
            is_odds_yearly=row["is_odds_yearly"] == "True",
            odds_basis=row["odds_basis"],
            months=(float(row["months_low"]), float(row["months_mid"]), float(row["months_high"])),
            hours=_whole(row["hours"]),
            lasts=way["lasts"],
            overlap=way["overlap"],
            overlaps_skill=way["overlaps_skill"],
            not_compared_with=way["not_compared_with"],
            min_years=_whole(row["min_years"]),
            max_years=_whole(row["max_years"]),
            grade=Grade(row["grade"]),
            sources=tuple(row["sources"].split()),
            note=row["note"],
            on_verdict=OnVerdict(way["on_verdict"]),
        )


def _way_evidence(folder: Path) -> dict[str, tuple[WayEvidence, ...]]:
    evidence = defaultdict(list)
    for row in _rows(folder, "way_evidence"):
        evidence[row["way"]].append(
            WayEvidence(
                way=row["way"],
                source=row["source"],
                region=row["region"],
                low=_share(row["low_percent"]),
                mid=_share(row["mid_percent"]),
                high=_share(row["high_percent"]),
                measures=row["measures"],
                compared_with=row["compared_with"],
                is_second_hand=row["is_second_hand"] == "True",
                grade=Grade(row["grade"]),
                population=row["population"],
                year=int(row["year"]),
                sample_size=_whole(row["sample_size"]),
                note=row["note"],
            )
        )
    return {slug: tuple(items) for slug, items in evidence.items()}


def _experience_point(row: Row) -> ExperiencePoint:
    return ExperiencePoint(
        region=row["region"],
        years=int(row["years"]),
        multiple=float(row["multiple"]),
        answers=int(row["answers"]),
        sample_size=int(row["sample_size"]),
        source=row["source"],
        grade=Grade(row["grade"]),
        note=row["note"],
    )


def _share(text: str) -> float | None:
    return float(text) / 100 if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None
