"""The catalogue's tables as one document, the next edition in the making."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import models

from calculator.engine import MODEL_2, NEWEST_MODEL, pool_all
from skills.editions.document import Document, engine_edition
from skills.models import (
    Evidence,
    ExchangeRate,
    ExperiencePoint,
    Location,
    LocationAlias,
    Skill,
    Source,
    UnmeasuredSkill,
    Way,
    WayEvidence,
    WayRange,
)
from skills.models.skill import COLUMN_NAMES
from skills.models.words import WordsField, split_words

type PublishedModel = (
    Skill
    | Source
    | Evidence
    | Location
    | ExchangeRate
    | Way
    | WayRange
    | WayEvidence
    | ExperiencePoint
    | UnmeasuredSkill
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What publishing would publish: the tables as a document without its number and pools, and the retired rows.

    Retired rows are kept in the catalogue but not published: their slugs were used and stay used.
    """

    document: Document
    retired_skills: frozenset[str]
    retired_places: frozenset[str]
    retired_ways: frozenset[str]


def read_draft() -> Draft:
    """All tables, a query or two each; within one transaction they are of one moment."""
    skills = list(Skill.objects.prefetch_related("prerequisites").order_by("slug"))
    locations = list(Location.objects.select_related("parent", "source", "price_source").order_by("slug"))
    aliases = _read_aliases()
    evidence = Evidence.objects.filter(skill__is_published=True).select_related("skill", "source")
    ways = list(Way.objects.select_related("overlaps_skill").order_by("slug"))
    ranges = WayRange.objects.filter(way__is_published=True).select_related("way").prefetch_related("sources")
    way_evidence = WayEvidence.objects.filter(way__is_published=True).select_related("way", "source")
    experience = ExperiencePoint.objects.select_related("source")
    document: Document = {
        "constants": asdict(MODEL_2),
        "skills": [
            published_row(skill) | {"tilt_percent": float(skill.tilt_percent or 0)}
            for skill in skills
            if skill.is_published
        ],
        "sources": [published_row(source) for source in Source.objects.order_by("slug")],
        "evidence": [published_row(item) for item in evidence.order_by("skill__slug", "source__slug", "region")],
        "places": [
            published_row(location) | {"aliases": aliases.get(location.pk, [])}
            for location in locations
            if location.is_published
        ],
        "rates": [published_row(rate) for rate in ExchangeRate.objects.select_related("source").order_by("currency")],
        "unmeasured": [published_row(skill) for skill in UnmeasuredSkill.objects.order_by("name")],
        "ways": [published_row(way) for way in ways if way.is_published],
        "way_ranges": [published_row(row) for row in ranges.order_by("way__slug", "region")],
        "way_evidence": [
            published_row(row) for row in way_evidence.order_by("way__slug", "source__slug", "region", "population")
        ],
        "experience": [published_row(point) for point in experience.order_by("region", "years")],
    }
    return Draft(
        document=document,
        retired_skills=frozenset(skill.slug for skill in skills if not skill.is_published),
        retired_places=frozenset(location.slug for location in locations if not location.is_published),
        retired_ways=frozenset(way.slug for way in ways if not way.is_published),
    )


def complete(
    draft: Draft, *, number: int, published_at: str, publisher: str, note: str, correction: str = ""
) -> Document:
    """The draft with its number and its pooled premiums: a whole edition's document."""
    about = {
        "number": number,
        "model": NEWEST_MODEL,
        "published_at": published_at,
        "publisher": publisher,
        "note": note,
        "correction": correction,
    }
    document = draft.document | {"edition": about, "pools": []}
    return document | {"pools": list(_write_pools(document))}


def published_row(row: PublishedModel, **chosen: models.QuerySet[Any]) -> dict[str, Any]:
    """A row, saved or not, as a document holds it: its published columns alone, other rows by their slug.

    `chosen` are lists of rows that are not saved yet. A price level whose source is not known is not published.
    """
    columns = {
        COLUMN_NAMES.get(name, name): _write_as_json(
            row._meta.get_field(name), chosen[name] if name in chosen else getattr(row, name)
        )
        for name in row.PUBLISHED_FIELDS
    }
    if isinstance(row, Location) and row.price_source is None:
        columns["price_level"] = None
    return columns


def _write_as_json(field: Any, value: Any) -> Any:
    """A column's value as JSON has it."""
    if field.many_to_many:
        return sorted(other.slug for other in value.all())
    if field.is_relation:
        return value.slug if value else ""
    if isinstance(field, WordsField):
        return split_words(value)
    if value is not None and isinstance(field, models.DecimalField):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _write_pools(document: Document) -> Iterable[dict[str, Any]]:
    """A pool for each skill and choice: worldwide, and for each region that has a figure of its own."""
    edition = engine_edition(document)
    for (skill, choice, region), pool in pool_all(edition.evidence, edition.constants).items():
        yield {
            "skill": skill,
            "evidence": choice.value,
            "region": region,
            "low": pool.low,
            "high": pool.high,
            "points": list(pool.points),
        }


def _read_aliases() -> dict[int, list[str]]:
    """Each place's other names, in order, by its key; there are thousands, so no objects are made of them."""
    found: dict[int, list[str]] = {}
    for place, alias in LocationAlias.objects.values_list("location_id", "alias"):
        found.setdefault(place, []).append(alias)
    return {place: sorted(aliases) for place, aliases in found.items()}
