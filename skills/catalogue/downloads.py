"""Builds `/skills.json` and `/skills.csv` from an edition."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from typing import Any

from calculator.engine import Edition, Evidence, Range, Source
from earnverdict.spreadsheet import escape_formula, find_cell
from skills.catalogue.premiums import skill_premium
from skills.editions.document import PublishedEdition

type Json = dict[str, Any]

#: The licence of the compilation: part of it derives from Stack Overflow's survey, whose licence requires the same.
LICENCE = "Database: Open Database Licence (ODbL) 1.0; sources keep their own terms, see /sources/"

#: Columns of the CSV, and the path of each in the JSON's entry of a skill.
_SKILL_COLUMNS = {
    "slug": ("slug",),
    "name": ("name",),
    "category": ("category",),
    "summary": ("summary",),
    "premium_low_percent": ("premium", "low"),
    "premium_expected_percent": ("premium", "expected"),
    "premium_high_percent": ("premium", "high"),
    "grade_a_percent": ("grade_shares", "A"),
    "grade_b_percent": ("grade_shares", "B"),
    "grade_c_percent": ("grade_shares", "C"),
    "typical_skill_percent": ("grade_shares", "typical"),
    "rests_on_duties": ("rests_on_duties",),
    "headline_low_percent": ("headline", "low"),
    "headline_high_percent": ("headline", "high"),
    "study_hours_low": ("study_hours", "low"),
    "study_hours_mid": ("study_hours", "mid"),
    "study_hours_high": ("study_hours", "high"),
    "study_hours_basis": ("study_hours", "basis"),
    "exam_cost_usd": ("exam_cost_usd",),
    "prerequisites": ("prerequisites",),
    "evidence_count": ("evidence_count",),
}
#: All that the engine has of a piece of evidence but its skill, in whose entry it is.
_EVIDENCE_COLUMNS = [field.name for field in fields(Evidence) if field.name != "skill"]
#: Columns that are the same in every row: the edition's, under their names in the JSON.
_EDITION_COLUMNS = ("edition", "published_at", "model", "licence")


def skills_json(published: PublishedEdition) -> Json:
    """Build the JSON: every skill with its evidence; shares are fractions of pay with 12 significant digits."""
    edition = published.edition
    used = {item.source for items in edition.evidence.values() for item in items}
    return {
        "edition": published.number,
        "published_at": published.published_at.isoformat(),
        "model": edition.model,
        "licence": LICENCE,
        "credits": [source_json(edition.sources[slug]) for slug in sorted(used)],
        "skills": [_write_skill(edition, slug) for slug in sorted(edition.skills)],
    }


def skills_csv(published: PublishedEdition) -> str:
    """Build the CSV: one row for each skill by slug, with the figures of the JSON; shares as percent, null as blank.

    Prerequisites are separated by spaces.
    """
    answer = skills_json(published)
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow([*_SKILL_COLUMNS, *_EDITION_COLUMNS])
    for skill in answer["skills"]:
        cells = [_write_cell(name, find_cell(skill, way)) for name, way in _SKILL_COLUMNS.items()]
        cells += [_write_cell(name, answer[name]) for name in _EDITION_COLUMNS]
        writer.writerow(cells)
    return lines.getvalue()


def _write_skill(edition: Edition, slug: str) -> Json:
    """Build a skill's entry: `premium` is measured worldwide, `grade_shares` are its grades; null if unknown."""
    found = skill_premium(edition, slug)
    skill, claim, shares = found.skill, found.claim, found.grade_shares
    return {
        "slug": slug,
        "name": skill.name,
        "category": skill.category,
        "summary": skill.summary,
        "premium": _write_range(found.measured),
        "premium_by_region": {region.value: _write_range(premium) for region, premium in found.regions.items()},
        "grade_shares": {name: round_figure(share) for name, share in shares.items()} or None,
        "rests_on_duties": found.rests_on_duties if shares else None,
        "headline": {"low": round_figure(claim[0]), "high": round_figure(claim[1])} if claim else None,
        "study_hours": {
            "low": skill.hours_low,
            "mid": skill.hours_mid,
            "high": skill.hours_high,
            "basis": skill.hours_basis,
        },
        "exam_cost_usd": round_figure(skill.exam_cost_usd),
        "prerequisites": list(skill.requires),
        "evidence_count": len(found.evidence),
        "evidence": [_write_evidence(edition, item) for item in found.evidence],
    }


def _write_evidence(edition: Edition, item: Evidence) -> Json:
    """Build an evidence entry: `low`, `mid`, `high` are P10, P50, P90; `region` is null for worldwide figures.

    `about` is skill, duty (doing the work next to one's job) or title (having the job title).
    """
    columns = {name: getattr(item, name) for name in _EVIDENCE_COLUMNS}
    texts = {name: value or None for name, value in columns.items() if isinstance(value, str)}
    shares = {name: round_figure(value) for name, value in columns.items() if isinstance(value, float)}
    return columns | texts | shares | {"source": source_json(edition.sources[item.source])}


def source_json(source: Source) -> Json:
    """Build a source's entry."""
    return {
        "slug": source.slug,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url or None,
        "published": source.published,
        "licence": source.licence,
    }


def _write_range(premium: Range | None) -> Json | None:
    if premium is None:
        return None
    return {name: round_figure(getattr(premium, name)) for name in ("low", "expected", "high")}


def _write_cell(column: str, value: Any) -> Any:
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, str):
        return escape_formula(value)
    return round_figure(value * 100) if value is not None and column.endswith("_percent") else value


def round_figure(value: float) -> float:
    """Round to 12 significant digits, so that the result is the same on every machine."""
    return float(f"{value:.12g}")
