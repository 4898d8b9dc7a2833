"""The table of skills: filters, orders, links to other orders, and any address at all."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculator.engine.edition import Edition
from skills.catalogue.skill_list import read_filter, skills_table
from skills.editions.document import PublishedEdition

FROM_HIGHEST_PREMIUM = [
    "site-reliability",
    "kafka",
    "rust",
    "cpp",
    "kubernetes",
    "infrastructure-as-code",
    "data-warehouse",
    "ci-cd",
    "ai-ml-integration",
    "redis",
    "data-engineering",
    "cloud-architecture",
    "typescript",
    "scala",
    "go",
    "kotlin",
    "java",
    "elasticsearch",
    "python",
    "system-design",
    "postgresql",
    "docker",
    "application-security",
]


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every table needs edition 1."""


def slugs(published: PublishedEdition, **query: str) -> list[str]:
    return [row.slug for row in skills_table(published, read_filter(query)).rows]


def with_twins(published: PublishedEdition) -> PublishedEdition:
    """The edition with a copy of Kafka under two more names, and so the same figures."""
    edition: Edition = published.edition
    kafka = edition.skills["kafka"]
    twins = {slug: replace(kafka, slug=slug) for slug in ("a-kafka", "z-kafka")}
    pools = {(twin, *key[1:]): pool for twin in twins for key, pool in edition.pools.items() if key[0] == "kafka"}
    evidence = dict.fromkeys(twins, edition.evidence["kafka"])
    richer = replace(
        edition,
        skills={**edition.skills, **twins},
        pools={**edition.pools, **pools},
        evidence={**edition.evidence, **evidence},
    )
    return replace(published, edition=richer, checksum="with twins")


@pytest.mark.parametrize(
    ("query", "first", "last", "count"),
    [
        pytest.param({}, ["site-reliability", "kafka"], ["docker", "application-security"], 23, id="default"),
        pytest.param({"sort": "premium"}, ["docker", "postgresql"], ["application-security"], 23, id="lowest premium"),
        pytest.param({"sort": "name"}, ["ai-ml-integration", "application-security"], ["typescript"], 23, id="A to Z"),
        pytest.param({"sort": "-name"}, ["typescript", "system-design"], ["ai-ml-integration"], 23, id="Z to A"),
        pytest.param({"sort": "headline"}, ["application-security", "kubernetes"], ["typescript"], 23, id="headline"),
        pytest.param({"sort": "-headline"}, ["ai-ml-integration", "system-design"], ["typescript"], 23, id="-headline"),
        pytest.param({"sort": "hours"}, ["docker", "redis"], ["cpp"], 23, id="fewest hours"),
        pytest.param({"sort": "-hours"}, ["cpp", "system-design"], ["redis", "docker"], 23, id="most hours"),
        pytest.param({"sort": "evidence"}, ["ci-cd", "site-reliability"], ["application-security"], 23, id="weakest"),
        pytest.param({"sort": "-evidence"}, ["kafka", "postgresql"], ["application-security"], 23, id="strongest"),
        pytest.param({"sort": "-regions"}, ["ci-cd", "ai-ml-integration"], ["typescript"], 23, id="regions apart"),
        pytest.param({"sort": "regions"}, ["site-reliability"], ["typescript"], 23, id="regions alike"),
        pytest.param({"category": "cloud"}, ["site-reliability", "kubernetes"], ["docker"], 6, id="category"),
        pytest.param({"grade": "A"}, ["kafka", "kubernetes"], ["docker"], 6, id="grade A"),
        pytest.param({"grade": "C"}, ["site-reliability"], ["docker"], 16, id="grade C"),
        pytest.param({"grade": "D"}, ["application-security"], [], 1, id="headlines alone"),
        pytest.param({"q": "C++"}, ["cpp"], [], 1, id="signs"),
        pytest.param({"q": " jvm  WRITE "}, ["scala", "kotlin", "java"], [], 3, id="all words"),
        pytest.param({"q": "cobol"}, [], [], 0, id="nothing"),
        pytest.param({"category": "data", "grade": "A", "sort": "hours"}, ["kafka", "postgresql"], [], 2, id="both"),
        pytest.param({"sort": "salary", "category": "x", "grade": "E"}, ["site-reliability"], [], 23, id="unknown"),
        pytest.param({"sort": "--premium", "page": "2"}, ["site-reliability"], [], 23, id="twice reversed"),
    ],
)
def test_address_decides_rows_and_order(
    published: PublishedEdition, query: dict[str, str], first: list[str], last: list[str], count: int
) -> None:
    shown = slugs(published, **query)

    assert (shown[: len(first)], shown[len(shown) - len(last) :], len(shown)) == (first, last, count)


def test_default_order_is_by_premium(published: PublishedEdition) -> None:
    assert slugs(published) == FROM_HIGHEST_PREMIUM


@pytest.mark.parametrize("sort", ["premium", "-premium", "evidence", "-evidence", "name", "-name"])
def test_ties_stand_by_slug_in_both_directions(published: PublishedEdition, sort: str) -> None:
    shown = slugs(with_twins(published), sort=sort)

    assert [slug for slug in shown if slug.endswith("kafka")] == ["a-kafka", "kafka", "z-kafka"]


@pytest.mark.parametrize(
    ("column", "unknown"),
    [
        pytest.param("premium", ["application-security"], id="premium"),
        pytest.param(
            "headline",
            sorted(
                set(FROM_HIGHEST_PREMIUM)
                - {"ai-ml-integration", "application-security", "cloud-architecture", "kubernetes", "system-design"}
            ),
            id="headline",
        ),
        pytest.param(
            "regions",
            sorted(set(FROM_HIGHEST_PREMIUM) - {"ai-ml-integration", "ci-cd", "data-engineering", "site-reliability"}),
            id="regions",
        ),
    ],
)
def test_skills_without_data_stand_last_in_both_directions(
    published: PublishedEdition, column: str, unknown: list[str]
) -> None:
    rising, falling = slugs(published, sort=column), slugs(published, sort=f"-{column}")

    assert rising[-len(unknown) :] == falling[-len(unknown) :] == unknown
    assert rising[: -len(unknown)] == falling[: -len(unknown)][::-1]


@pytest.mark.parametrize(
    ("query", "summary"),
    [
        pytest.param({}, "All 23 skills, highest measured pay first", id="all"),
        pytest.param(
            {"category": "cloud"}, "6 of 23 skills, Cloud and operations, highest measured pay first", id="category"
        ),
        pytest.param(
            {"category": "data", "grade": "A", "q": "durable", "sort": "hours"},
            "1 of 23 skills, Data, with strong evidence (A), with “durable”, fewest study hours first",
            id="everything",
        ),
        pytest.param({"q": "cobol"}, "0 of 23 skills, with “cobol”", id="none"),
    ],
)
def test_summary_says_what_is_shown(published: PublishedEdition, query: dict[str, str], summary: str) -> None:
    assert skills_table(published, read_filter(query)).summary == summary


@pytest.mark.parametrize(
    ("query", "addresses"),
    [
        pytest.param(
            {},
            {
                "Skill": "/skills/?sort=name",
                "Measured": "/skills/?sort=premium",
                "Claimed": "/skills/?sort=-headline",
                "Study hours": "/skills/?sort=hours",
                "Evidence": "/skills/?sort=-evidence",
                "By region": "/skills/?sort=-regions",
            },
            id="default",
        ),
        pytest.param(
            {"category": "cloud", "grade": "A", "q": "a b", "sort": "name"},
            {
                "Skill": "/skills/?category=cloud&grade=A&q=a+b&sort=-name",
                "Measured": "/skills/?category=cloud&grade=A&q=a+b",
                "Claimed": "/skills/?category=cloud&grade=A&q=a+b&sort=-headline",
                "Study hours": "/skills/?category=cloud&grade=A&q=a+b&sort=hours",
                "Evidence": "/skills/?category=cloud&grade=A&q=a+b&sort=-evidence",
                "By region": "/skills/?category=cloud&grade=A&q=a+b&sort=-regions",
            },
            id="filtered",
        ),
        pytest.param({"sort": "premium"}, {"Measured": "/skills/"}, id="back to the default"),
    ],
)
def test_headings_keep_the_filters_and_leave_defaults_out(
    published: PublishedEdition, query: dict[str, str], addresses: dict[str, str]
) -> None:
    headings = skills_table(published, read_filter(query)).headings

    assert {heading.label: heading.address for heading in headings} | addresses == {
        heading.label: heading.address for heading in headings
    }


def test_form_offers_what_there_is(published: PublishedEdition) -> None:
    table = skills_table(published, read_filter({"category": "cloud", "sort": "-hours"}))

    assert [(option.value, option.label) for option in table.categories] == [
        ("", "Any"),
        ("ai", "AI"),
        ("cloud", "Cloud and operations"),
        ("architecture", "Architecture"),
        ("data", "Data"),
        ("language", "Languages"),
    ]
    assert [(option.value, option.label) for option in table.grades] == [
        ("", "Any"),
        ("A", "With strong evidence (A)"),
        ("B", "With good evidence (B)"),
        ("C", "With fair evidence (C)"),
        ("D", "With claims only (D)"),
    ]
    chosen = [option.value for choices in (table.categories, table.grades) for option in choices if option.is_chosen]
    assert (chosen, table.sort) == (["cloud", ""], "-hours")


@given(
    query=st.dictionaries(
        st.sampled_from(["sort", "category", "grade", "q", "page"]),
        st.one_of(
            st.text(max_size=80),
            st.sampled_from(["premium", "-premium", "name", "-regions", "cloud", "data", "A", "D", "c", "jvm", ""]),
        ),
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_address_gives_some_of_the_skills_each_once(published: PublishedEdition, query: dict[str, str]) -> None:
    shown = slugs(published, **query)

    assert len(shown) == len(set(shown))
    assert set(shown) <= set(FROM_HIGHEST_PREMIUM)
    assert read_filter(query).is_filtered or set(shown) == set(FROM_HIGHEST_PREMIUM)


@given(query=st.text(alphabet=st.characters(codec="ascii"), max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_is_a_page(client: Client, query: str) -> None:
    response = client.generic("GET", "/skills/", QUERY_STRING=query)

    assert response.status_code == 200


def test_page_marks_its_order(client: Client) -> None:
    page = client.get("/skills/?sort=hours&category=cloud").content.decode()

    headings = re.findall(
        r'<th scope="col" role="columnheader"( aria-sort="\w+")?><a class="skill-table__sort" href="([^"]+)">([^<]+)',
        page,
    )
    assert [(order.strip(), html.unescape(address), label.strip()) for order, address, label in headings] == [
        ("", "/skills/?category=cloud&sort=name", "Skill"),
        ("", "/skills/?category=cloud", "Measured"),
        ("", "/skills/?category=cloud&sort=-headline", "Claimed"),
        ('aria-sort="ascending"', "/skills/?category=cloud&sort=-hours", "Study hours"),
        ("", "/skills/?category=cloud&sort=-evidence", "Evidence"),
        ("", "/skills/?category=cloud&sort=-regions", "By region"),
    ]


def test_page_draws_every_row_on_one_scale(client: Client) -> None:
    page = client.get("/skills/").content.decode()

    # One more of each is in the legend.
    assert page.count('class="bar__first"') == 22 + 1
    assert page.count('class="bar__claim"') == 5 + 1
    scales = re.findall(r'<svg class="bar bar--tall" viewBox="([^"]+)"', page)
    rulers = re.findall(r'viewBox="([^"]+)" preserveAspectRatio="none"><path class="axis__ticks"', page)
    assert len(scales) == 23
    assert len({*scales, *rulers}) == 1


def test_claim_beyond_the_scale_is_an_arrow(published: PublishedEdition) -> None:
    table = skills_table(published, read_filter({}))
    low, _, width, _ = map(float, table.axis.view_box.split())

    bars = [(float(row.claim_bar.x), float(row.claim_bar.width)) for row in table.rows if row.claim_bar]
    arrows = {
        row.slug: list(map(float, re.findall(r"[\d.]+", row.claim_arrow))) for row in table.rows if row.claim_arrow
    }

    assert all(low < start and start + length <= low + width for start, length in bars)
    assert all(low < points[0] and max(points) <= low + width for points in arrows.values())
    assert set(arrows) == {"ai-ml-integration"}


def test_row_says_what_its_figure_rests_on(published: PublishedEdition) -> None:
    rows = {row.slug: row for row in skills_table(published, read_filter({})).rows}

    assert (rows["kubernetes"].evidence, rows["kubernetes"].advice) == ("50% strong, 12% fair, 38% typical skill", "")
    assert (rows["ci-cd"].evidence, rows["ci-cd"].advice) == (
        "25% fair, 75% typical skill",
        "measured on people who do it at work",
    )
    assert rows["application-security"].evidence == ""


def test_note_names_what_does_not_count(client: Client) -> None:
    """Regressions on adverts do count: most samples of the study are adverts."""
    page = client.get("/skills/").content.decode()

    assert "Claims, mere gaps between adverts, and job titles do not count." in page


def test_filters_are_closed_and_keep_the_order(client: Client) -> None:
    page = client.get("/skills/?sort=hours&category=cloud").content.decode()

    assert '<details class="fold filters">' in page
    assert '<input type="hidden" name="sort" value="hours">' in page
    assert page.index("<table") < page.index("Evidence has <a")


def test_page_without_rows_has_a_way_back(client: Client) -> None:
    page = client.get("/skills/?q=%3Ci%3Ecobol").content.decode()

    assert "0 of 23 skills, with “&lt;i&gt;cobol”" in page
    assert '<a href="/skills/">Show all 23 skills</a>' in page
    assert "<table" not in page
