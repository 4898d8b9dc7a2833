"""Rows of the catalogue for tests: valid by default, saved unless said otherwise."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import skills
from skills.editions.document import Sealed, seal, unseal
from skills.editions.publish import bump_revision, publication
from skills.models import (
    Article,
    Edition,
    Evidence,
    ExchangeRate,
    ExperiencePoint,
    FormerSlug,
    Location,
    LocationAlias,
    Revision,
    SiteRevision,
    Skill,
    Source,
    UnmeasuredSkill,
    Way,
    WayEvidence,
    WayRange,
    Withdrawal,
)

# What the real catalogue has, for rows that point to it.
SKILL, SOURCE, PAY_SOURCE, COUNTRY, WAY = "python", "alekseeva-2021", "so-2025-pay", "us", "switch-employer"

#: The site's revision once the real catalogue is loaded: edition 1, and each article, was published.
LOADED_REVISION = 1 + len(list(Path(skills.__file__).parent.glob("data/articles/*.md")))

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def make_source(**fields: Any) -> Source:
    return Source.objects.create(**source_fields(**fields))


def make_skill(**fields: Any) -> Skill:
    return Skill.objects.create(**skill_fields(**fields))


def make_evidence(**fields: Any) -> Evidence:
    return Evidence.objects.create(**evidence_fields(**fields))


def make_location(**fields: Any) -> Location:
    return Location.objects.create(**location_fields(**fields))


def make_way(**fields: Any) -> Way:
    return Way.objects.create(**way_fields(**fields))


def make_way_range(**fields: Any) -> WayRange:
    return WayRange.objects.create(**way_range_fields(**fields))


def make_way_evidence(**fields: Any) -> WayEvidence:
    return WayEvidence.objects.create(**way_evidence_fields(**fields))


def source_fields(**fields: Any) -> dict[str, Any]:
    return {
        "slug": "made-source",
        "title": "A made title",
        "publisher": "A made publisher",
        "url": "https://example.org/",
        "published": "2026",
        "licence": "citation",
        "kind": "controlled",
    } | fields


def skill_fields(**fields: Any) -> dict[str, Any]:
    return {
        "slug": "made-skill",
        "name": "Made skill",
        "category": "data",
        "summary": "Makes things.",
        "hours_low": 10,
        "hours_mid": 20,
        "hours_high": 40,
        "hours_basis": "made up",
        "exam_cost_usd": Decimal(100),
    } | fields


def evidence_fields(**fields: Any) -> dict[str, Any]:
    return {
        "skill": fields.get("skill") or Skill.objects.get(slug=SKILL),
        "source": fields.get("source") or Source.objects.get(slug=SOURCE),
        "region": "",
        "about": "skill",
        "low_percent": Decimal(1),
        "mid_percent": Decimal(2),
        "high_percent": Decimal(3),
        "grade": "B",
        "population": "everybody",
        "year": 2025,
    } | fields


def location_fields(**fields: Any) -> dict[str, Any]:
    return {
        "slug": "made-country",
        "name": "Made country",
        "kind": "country",
        "country": "XX",
        "currency": "USD",
    } | fields


def paid_location_fields(**fields: Any) -> dict[str, Any]:
    pay = {"p10": 10, "p25": 20, "p50": 30, "p75": 40, "p90": 50, "year": 2025}
    return location_fields(source=Source.objects.get(slug=PAY_SOURCE), **pay | fields)


def alias_fields(**fields: Any) -> dict[str, Any]:
    return {"location": Location.objects.get(slug=COUNTRY), "alias": "A made name"} | fields


def rate_fields(**fields: Any) -> dict[str, Any]:
    return {
        "currency": "XXX",
        "units_per_usd": Decimal(2),
        "quoted_on": date(2026, 1, 1),
        "source": Source.objects.get(slug=SOURCE),
    } | fields


def way_fields(**fields: Any) -> dict[str, Any]:
    return {
        "slug": "made-way",
        "name": "Made way",
        "summary": "Make something else.",
        "unit": "pay",
        "lasts": "permanent",
        "overlap": "None.",
    } | fields


def way_range_fields(**fields: Any) -> dict[str, Any]:
    """A range of Antarctica, which the real catalogue has none of."""
    return {
        "way": fields.get("way") or Way.objects.get(slug=WAY),
        "region": "aq",
        "low_percent": Decimal(1),
        "mid_percent": Decimal(2),
        "high_percent": Decimal(3),
        "odds_percent": 50,
        "months_low": 1,
        "months_mid": 2,
        "months_high": 3,
        "grade": "B",
    } | fields


def way_evidence_fields(**fields: Any) -> dict[str, Any]:
    return {
        "way": fields.get("way") or Way.objects.get(slug=WAY),
        "source": fields.get("source") or Source.objects.get(slug=SOURCE),
        "population": "everybody",
        "low_percent": Decimal(1),
        "mid_percent": Decimal(2),
        "high_percent": Decimal(3),
        "measures": "% of pay",
        "grade": "B",
        "year": 2025,
    } | fields


def experience_point_fields(**fields: Any) -> dict[str, Any]:
    """A point of Antarctica, which the real catalogue has none of."""
    return {
        "region": "aq",
        "years": 3,
        "multiple": Decimal("0.75"),
        "answers": 100,
        "sample_size": 1000,
        "source": Source.objects.get(slug=SOURCE),
        "grade": "B",
    } | fields


def edition_fields(**fields: Any) -> dict[str, Any]:
    return {
        "number": 1000,
        "model_version": 1,
        "published_at": LONG_AGO,
        "publisher": "an editor",
        "note": "a note",
        "content": b"content",
        "checksum": "0" * 64,
    } | fields


def withdrawal_fields(**fields: Any) -> dict[str, Any]:
    return {
        "edition_number": 1000,
        "reason": "a reason",
        "withdrawn_at": LONG_AGO,
        "withdrawn_by": "an editor",
    } | fields


def site_revision_fields(**fields: Any) -> dict[str, Any]:
    return {"id": 1} | fields


def make_edition_of_model(model: int) -> Edition:
    """Publish the newest edition once more, as code with another version of the model would."""
    with publication():
        newest = Edition.objects.order_by("-number")[0]
        number = newest.number + 1
        sealed = seal_under(model, newest, number)
        edition = Edition.objects.create(
            **edition_fields(number=number, model_version=model, content=sealed.content, checksum=sealed.checksum)
        )
        bump_revision()
        return edition


def seal_under(model: int, edition: Edition, number: int) -> Sealed:
    """An edition's document with another number and another version of the model in it."""
    document = unseal(Sealed(content=bytes(edition.content), checksum=edition.checksum), edition.number)
    return seal(document | {"edition": document["edition"] | {"number": number, "model": model}})


def make_article(**fields: Any) -> Article:
    """An article without a text; `make_revision` gives it one."""
    return Article.objects.create(**{"slug": "made-article"} | fields)


def make_revision(**fields: Any) -> Revision:
    return Revision.objects.create(**revision_fields(**fields))


def revision_fields(**fields: Any) -> dict[str, Any]:
    return {
        "article": fields.get("article") or Article.objects.get_or_create(slug="made-article")[0],
        "number": 1,
        "title": "A title",
        "standfirst": "What the reader will know.",
        "text": "Some text.",
        "author": "an editor",
        "saved_by": "an editor",
        "saved_at": LONG_AGO,
    } | fields


def article_fields(**fields: Any) -> dict[str, Any]:
    """A published one, whose text is another article's: the row itself is what matters."""
    texts = Revision.objects.filter(article__slug="made-article")
    return {
        "slug": "made-twice",
        "published_revision": texts.first() or make_revision(),
        "first_published_at": LONG_AGO + timedelta(days=1),
        "updated_at": LONG_AGO + timedelta(days=1),
    } | fields


def former_slug_fields(**fields: Any) -> dict[str, Any]:
    article = fields.get("article") or Article.objects.get_or_create(slug="made-article")[0]
    return {"slug": "made-before", "article": article} | fields


def unmeasured_fields(**fields: Any) -> dict[str, Any]:
    return {"name": "Made up", "other_names": "makeup", "reason": "it comes later"} | fields


FIELDS: Mapping[type[Any], Callable[..., dict[str, Any]]] = {
    Source: source_fields,
    Skill: skill_fields,
    Evidence: evidence_fields,
    Location: location_fields,
    LocationAlias: alias_fields,
    ExchangeRate: rate_fields,
    UnmeasuredSkill: unmeasured_fields,
    Way: way_fields,
    WayRange: way_range_fields,
    WayEvidence: way_evidence_fields,
    ExperiencePoint: experience_point_fields,
    Edition: edition_fields,
    Withdrawal: withdrawal_fields,
    SiteRevision: site_revision_fields,
    Article: article_fields,
    FormerSlug: former_slug_fields,
    Revision: revision_fields,
}


# One valid row of each file, complete enough that together they can be published.
CELLS: Mapping[str, Mapping[str, str]] = {
    "sources.csv": {
        "slug": "made-source",
        "title": "A made title",
        "publisher": "A made publisher",
        "url": "https://example.org/",
        "published": "2026",
        "licence": "citation",
        "kind": "controlled",
        "note": "",
        "editors_note": "",
    },
    "skills.csv": {
        "slug": "made-skill",
        "name": "Made skill",
        "category": "data",
        "summary": "Makes things.",
        "other_names": "",
        "related_words": "",
        "hours_low": "10",
        "hours_mid": "20",
        "hours_high": "40",
        "hours_basis": "made up",
        "exam_cost_usd": "100",
        "requires": "",
        "tilt_percent": "",
        "is_published": "True",
    },
    "evidence.csv": {
        "skill": "made-skill",
        "source": "made-source",
        "region": "",
        "about": "skill",
        "low_percent": "1",
        "mid_percent": "2",
        "high_percent": "3",
        "grade": "B",
        "population": "everybody",
        "year": "2025",
        "sample_size": "",
        "note": "",
        "editors_note": "",
        "review_on": "",
    },
    "locations.csv": {
        "slug": "made-country",
        "name": "Made country",
        "kind": "country",
        "parent": "",
        "country": "XX",
        "region": "",
        "currency": "USD",
        "p10": "10",
        "p25": "20",
        "p50": "30",
        "p75": "40",
        "p90": "50",
        "source": "made-source",
        "year": "2025",
        "sample_size": "",
        "price_level": "",
        "price_source": "",
        "latitude": "",
        "longitude": "",
        "population": "",
        "note": "",
        "editors_note": "",
        "is_published": "True",
    },
    "location_aliases.csv": {"alias": "A made name", "location": "made-country"},
    "exchange_rates.csv": {
        "currency": "USD",
        "units_per_usd": "1",
        "quoted_on": "2026-01-01",
        "source": "made-source",
        "note": "",
    },
    "unmeasured_skills.csv": {"name": "Made up", "other_names": "makeup, make-up", "reason": "it comes later"},
    "ways.csv": {
        "slug": "made-way",
        "name": "Made way",
        "summary": "Make something else.",
        "unit": "pay",
        "lasts": "permanent",
        "overlap": "None.",
        "overlaps_skill": "",
        "not_compared_with": "",
        "on_verdict": "no",
        "editors_note": "",
        "is_published": "True",
    },
    "way_ranges.csv": {
        "way": "made-way",
        "region": "",
        "low_percent": "1",
        "mid_percent": "2",
        "high_percent": "3",
        "odds_percent": "50",
        "is_odds_measured": "False",
        "is_odds_yearly": "False",
        "odds_basis": "made up",
        "months_low": "1",
        "months_mid": "2",
        "months_high": "3",
        "hours": "",
        "min_years": "",
        "max_years": "",
        "grade": "B",
        "sources": "made-source",
        "note": "",
        "editors_note": "",
        "review_on": "",
    },
    "way_evidence.csv": {
        "way": "made-way",
        "source": "made-source",
        "region": "",
        "population": "everybody",
        "low_percent": "1",
        "mid_percent": "2",
        "high_percent": "3",
        "measures": "% of pay",
        "compared_with": "",
        "is_second_hand": "False",
        "grade": "B",
        "year": "2025",
        "sample_size": "",
        "note": "",
        "editors_note": "",
        "review_on": "",
    },
    "experience.csv": {
        "region": "",
        "years": "3",
        "multiple": "0.75",
        "answers": "100",
        "sample_size": "1000",
        "source": "made-source",
        "grade": "B",
        "note": "",
    },
}


def make_csv(file: str, *rows: Mapping[str, str]) -> str:
    """A file with a row for each of `rows`, which hold what differs from the valid one; without any, the valid one."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(CELLS[file]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**CELLS[file], **row} for row in rows or ({},))
    return text.getvalue()
