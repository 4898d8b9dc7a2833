"""The published figures as CSV and JSON: the same figures as the engine has, safe cells, headers."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from calculator.engine.edition import WORLDWIDE, EvidenceChoice
from calculator.engine.evidence import pool_evidence
from earnverdict.build import build
from skills.catalogue.downloads import LICENCE, skills_csv, skills_json
from skills.editions.document import PublishedEdition


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every download needs edition 1."""


def rows_of(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table, newline="")))


def percent(share: float | None) -> str:
    return "" if share is None else str(float(f"{share * 100:.12g}"))


def test_table_names_its_columns(client: Client) -> None:
    header = client.get("/skills.csv").content.decode().split("\r\n")[0]

    assert header == (
        "slug,name,category,summary,premium_low_percent,premium_expected_percent,premium_high_percent,"
        "grade_a_percent,grade_b_percent,grade_c_percent,typical_skill_percent,rests_on_duties,"
        "headline_low_percent,headline_high_percent,study_hours_low,study_hours_mid,study_hours_high,"
        "study_hours_basis,exam_cost_usd,prerequisites,evidence_count,edition,published_at,model,licence"
    )


def test_table_has_the_figures_of_the_json(client: Client) -> None:
    table, data = rows_of(client.get("/skills.csv").content.decode()), client.get("/skills.json").json()

    assert [row["slug"] for row in table] == [skill["slug"] for skill in data["skills"]]
    for row, skill in zip(table, data["skills"], strict=True):
        premium, headline, hours = skill["premium"] or {}, skill["headline"] or {}, skill["study_hours"]
        shares = skill["grade_shares"] or {}
        assert row == {
            "slug": skill["slug"],
            "name": skill["name"],
            "category": skill["category"],
            "summary": skill["summary"],
            "premium_low_percent": percent(premium.get("low")),
            "premium_expected_percent": percent(premium.get("expected")),
            "premium_high_percent": percent(premium.get("high")),
            "grade_a_percent": percent(shares.get("A")),
            "grade_b_percent": percent(shares.get("B")),
            "grade_c_percent": percent(shares.get("C")),
            "typical_skill_percent": percent(shares.get("typical")),
            "rests_on_duties": "" if skill["rests_on_duties"] is None else str(skill["rests_on_duties"]),
            "headline_low_percent": percent(headline.get("low")),
            "headline_high_percent": percent(headline.get("high")),
            "study_hours_low": str(hours["low"]),
            "study_hours_mid": str(hours["mid"]),
            "study_hours_high": str(hours["high"]),
            "study_hours_basis": hours["basis"],
            "exam_cost_usd": str(skill["exam_cost_usd"]),
            "prerequisites": " ".join(skill["prerequisites"]),
            "evidence_count": str(len(skill["evidence"])),
            "edition": "1",
            "published_at": data["published_at"],
            "model": "2",
            "licence": LICENCE,
        }


def test_json_tells_the_edition_and_its_terms(client: Client, published: PublishedEdition) -> None:
    data = client.get("/skills.json").json()

    assert {name: value for name, value in data.items() if name not in ("credits", "skills")} == {
        "edition": 1,
        "published_at": published.published_at.isoformat(),
        "model": 2,
        "licence": "Database: Open Database Licence (ODbL) 1.0; sources keep their own terms, see /sources/",
    }
    used = {item["source"]["slug"] for skill in data["skills"] for item in skill["evidence"]}
    assert [source["slug"] for source in data["credits"]] == sorted(used)


def test_json_premiums_are_those_of_the_engine(published: PublishedEdition) -> None:
    edition = published.edition

    skills = skills_json(published)["skills"]
    assert len(skills) == len(edition.skills)
    for skill in skills:
        evidence = edition.evidence[skill["slug"]]
        for region, premium in {WORLDWIDE: skill["premium"], **skill["premium_by_region"]}.items():
            pool = pool_evidence(evidence, EvidenceChoice.MEASURED, region, edition.constants)
            if pool is None:
                assert premium is None
                continue
            low, expected, high = (math.expm1(log) for log in (pool.low, pool.expected, pool.high))
            assert premium == pytest.approx({"low": low, "expected": expected, "high": high}, rel=1e-9)


def test_json_has_every_piece_of_evidence_with_its_source(published: PublishedEdition) -> None:
    data, edition = skills_json(published), published.edition

    shown = next(skill for skill in data["skills"] if skill["slug"] == "kubernetes")["evidence"]
    items = edition.evidence["kubernetes"]
    for entry, item in zip(shown, items, strict=True):
        source = edition.sources[item.source]
        assert entry == {
            "grade": item.grade.value,
            "region": None,
            "about": "skill",
            "low": pytest.approx(item.low, rel=1e-11),
            "mid": pytest.approx(item.mid, rel=1e-11),
            "high": pytest.approx(item.high, rel=1e-11),
            "population": item.population,
            "year": item.year,
            "sample_size": item.sample_size,
            "note": item.note or None,
            "source": {
                "slug": source.slug,
                "title": source.title,
                "publisher": source.publisher,
                "url": source.url or None,
                "published": source.published,
                "licence": source.licence,
            },
        }
    assert sum(len(skill["evidence"]) for skill in data["skills"]) == sum(map(len, edition.evidence.values()))


def test_unknown_is_null_in_json_and_blank_in_the_table(published: PublishedEdition) -> None:
    bare = replace(published, edition=replace(published.edition, evidence={}, pools={}), checksum="bare")

    data, table = skills_json(bare), rows_of(skills_csv(bare))

    unknown = ("grade_shares", "rests_on_duties", "premium", "headline")
    assert [data["skills"][0][name] for name in unknown] == [None] * 4
    assert data["credits"] == []
    assert {
        table[0][name]
        for name in ("grade_a_percent", "rests_on_duties", "premium_expected_percent", "headline_low_percent")
    } == {""}


@pytest.mark.parametrize("field", ["name", "summary", "hours_basis"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(published: PublishedEdition, field: str) -> None:
    formula = '=HYPERLINK("https://example.org/","click")'
    altered: Any = replace(published.edition.skills["kafka"], **{field: formula})  # type: ignore[arg-type]  # all are text
    edition = replace(published.edition, skills={"kafka": altered})

    (row,) = rows_of(skills_csv(replace(published, edition=edition)))

    assert row[{"hours_basis": "study_hours_basis"}.get(field, field)] == f"'{formula}"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        pytest.param("/skills.csv", "text/csv; charset=utf-8", id="csv"),
        pytest.param("/skills.json", "application/json", id="json"),
    ],
)
def test_download_may_be_kept_and_fetched_from_anywhere(
    client: Client, published: PublishedEdition, address: str, kind: str
) -> None:
    response = client.get(address)

    headers = ("Content-Type", "ETag", "Cache-Control", "Access-Control-Allow-Origin")
    assert {name: response.headers[name] for name in headers} == {
        "Content-Type": kind,
        "ETag": f'W/"{address[1:].replace(".", "-")}-1-{published.checksum[:16]}-{build()}"',
        "Cache-Control": "public, max-age=300, stale-while-revalidate=300, stale-if-error=604800",
        "Access-Control-Allow-Origin": "*",
    }
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", ["/skills.csv", "/skills.json"])
def test_those_who_have_it_get_a_304(client: Client, address: str) -> None:
    tag = client.get(address).headers["ETag"]
    same = client.get(address, headers={"if-none-match": tag})
    other = client.get(address, headers={"if-none-match": 'W/"skills-csv-0-old"'})

    assert (same.status_code, same.content, other.status_code) == (304, b"", 200)
    assert same.headers["ETag"] == tag
    assert same.headers["Access-Control-Allow-Origin"] == "*"


def test_table_is_saved_under_its_edition(client: Client) -> None:
    disposition = client.get("/skills.csv").headers["Content-Disposition"]

    assert disposition == 'attachment; filename="earnverdict-skills-edition-1.csv"'
