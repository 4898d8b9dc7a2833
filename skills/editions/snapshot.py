"""The catalogue's tables as one document, the next edition in the making."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from calculator.engine import MODEL_2, NEWEST_MODEL, pool_all
from skills.editions.document import Document, engine_edition
from skills.models import Evidence, ExchangeRate, Location, LocationAlias, Skill, Source
from skills.models.location import QUANTILES


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What publishing would publish: the tables as a document without its number and pools, and the retired rows.

    Retired rows are kept in the catalogue but not published: their slugs were used and stay used.
    """

    document: Document
    retired_skills: frozenset[str]
    retired_places: frozenset[str]


def read_draft() -> Draft:
    """All tables, in seven queries; within one transaction they are of one moment."""
    skills = list(Skill.objects.prefetch_related("prerequisites").order_by("slug"))
    locations = list(Location.objects.select_related("parent", "source").order_by("slug"))
    aliases = _aliases()
    evidence = Evidence.objects.filter(skill__is_published=True).select_related("skill", "source")
    document: Document = {
        "constants": asdict(MODEL_2),
        "skills": [_skill(skill) for skill in skills if skill.is_published],
        "sources": [_source(source) for source in Source.objects.order_by("slug")],
        "evidence": [evidence_row(item) for item in evidence.order_by("skill__slug", "source__slug", "region")],
        "places": [_place(location, aliases.get(location.pk, [])) for location in locations if location.is_published],
        "rates": [_rate(rate) for rate in ExchangeRate.objects.select_related("source").order_by("currency")],
    }
    return Draft(
        document=document,
        retired_skills=frozenset(skill.slug for skill in skills if not skill.is_published),
        retired_places=frozenset(location.slug for location in locations if not location.is_published),
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
    return document | {"pools": list(_pools(document))}


def evidence_row(item: Evidence) -> dict[str, Any]:
    """One piece of evidence, saved or not, as a document holds it."""
    return {
        "skill": item.skill.slug,
        "source": item.source.slug,
        "region": item.region,
        "about": item.about,
        "low_percent": float(item.low_percent),
        "mid_percent": float(item.mid_percent),
        "high_percent": float(item.high_percent),
        "grade": item.grade,
        "population": item.population,
        "year": item.year,
        "sample_size": item.sample_size,
        "note": item.note,
        "review_on": item.review_on.isoformat() if item.review_on else None,
    }


def _pools(document: Document) -> Iterable[dict[str, Any]]:
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


def _skill(skill: Skill) -> dict[str, Any]:
    return {
        "slug": skill.slug,
        "name": skill.name,
        "category": skill.category,
        "summary": skill.summary,
        "hours_low": skill.hours_low,
        "hours_mid": skill.hours_mid,
        "hours_high": skill.hours_high,
        "hours_basis": skill.hours_basis,
        "exam_cost_usd": float(skill.exam_cost_usd),
        "requires": sorted(need.slug for need in skill.prerequisites.all()),
        "tilt_percent": float(skill.tilt_percent or 0),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "slug": source.slug,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "published": source.published,
        "licence": source.licence,
        "kind": source.kind,
        "note": source.note,
    }


def _aliases() -> dict[int, list[str]]:
    """Each place's other names, in order, by its key; there are thousands, so no objects are made of them."""
    found: dict[int, list[str]] = {}
    for place, alias in LocationAlias.objects.values_list("location_id", "alias"):
        found.setdefault(place, []).append(alias)
    return {place: sorted(aliases) for place, aliases in found.items()}


def _place(location: Location, aliases: list[str]) -> dict[str, Any]:
    return {
        "slug": location.slug,
        "name": location.name,
        "kind": location.kind,
        "parent": location.parent.slug if location.parent else "",
        "country": location.country,
        "region": location.region,
        "currency": location.currency,
        **{name: getattr(location, name) for name in QUANTILES},
        "source": location.source.slug if location.source else "",
        "year": location.year,
        "sample_size": location.sample_size,
        "population": location.population,
        "note": location.note,
        "aliases": aliases,
    }


def _rate(rate: ExchangeRate) -> dict[str, Any]:
    return {
        "currency": rate.currency,
        "units_per_usd": float(rate.units_per_usd),
        "quoted_on": rate.quoted_on.isoformat(),
        "source": rate.source.slug,
    }
