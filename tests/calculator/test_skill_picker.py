"""The skills to choose from: what each row says, how many are chosen."""

from __future__ import annotations

import html
import re

import pytest
from django.http import QueryDict
from django.test import Client

from calculator.forms import VerdictForm
from skills.editions.document import PublishedEdition


def premiums(page: str) -> dict[str, str]:
    """What stands beside each skill, by name."""
    rows = re.findall(r'skill__name">([^<]+)</span>\s*<span class="skill__premium">([^<]+)<', page)
    return {html.unescape(name): premium for name, premium in rows}


def count_shown(page: str) -> str:
    """The count as a reader sees it: without what is hidden."""
    line = re.search(r'<p class="skills__count".*?</p>', page, re.DOTALL)
    assert line is not None
    visible = re.sub(r"<span[^>]* hidden>.*?</span>", "", line[0], flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", visible).split())


def test_every_skill_has_a_row(client: Client, published: PublishedEdition) -> None:
    page = client.get("/").content.decode()

    assert set(premiums(page)) == {skill.name for skill in published.edition.skills.values()}
    assert all(html.escape(skill.summary) in page for skill in published.edition.skills.values())


@pytest.mark.parametrize(
    ("path", "premium", "where"),
    [
        pytest.param("/", "+0.4% to +10.8%", "worldwide", id="no-place"),
        pytest.param("/?location=Atlantis", "+0.4% to +10.8%", "worldwide", id="unknown-place"),
        pytest.param("/?location=s", "+0.4% to +10.8%", "worldwide", id="several-places"),
        pytest.param("/?location=us-austin-tx", "+0.4% to +13.0%", "United States", id="place"),
        pytest.param(
            "/verdict/?salary=115000&location=us-austin-tx&skill=go&edition=1",
            "+0.4% to +13.0%",
            "United States",
            id="verdict",
        ),
        pytest.param("/verdict/?salary=x&location=us", "+0.4% to +13.0%", "United States", id="mistake-elsewhere"),
    ],
)
def test_premium_is_that_of_the_place(
    client: Client, published: PublishedEdition, path: str, premium: str, where: str
) -> None:
    page = client.get(path).content.decode()

    assert premiums(page)["Site reliability and observability"] == premium
    assert premiums(page)["Application security"] == "no measured figure"
    assert f"low to high ({where})." in page


def test_premium_is_the_one_on_the_skills_own_page(client: Client, published: PublishedEdition) -> None:
    shown = premiums(client.get("/").content.decode())

    for slug, skill in published.edition.skills.items():
        if skill.name != "Application security":
            assert shown[skill.name] in client.get(f"/skills/{slug}/").content.decode()


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        pytest.param(0, "0 of 10 chosen", id="none"),
        pytest.param(2, "2 of 10 chosen", id="two"),
        pytest.param(10, "10 of 10 chosen", id="most"),
        pytest.param(11, "11 chosen, 10 are the most: take some away", id="too-many"),
    ],
)
@pytest.mark.parametrize("path", ["/?", "/verdict/?salary=lots&location=us&"])
def test_count_is_right_without_javascript(
    client: Client, published: PublishedEdition, path: str, chosen: int, count: str
) -> None:
    slugs = sorted(published.edition.skills)[:chosen]

    page = client.get(f"{path}{'&'.join(f'skill={slug}' for slug in slugs)}").content.decode()

    assert count_shown(page) == count


def test_unknown_skills_are_not_counted(client: Client, published: PublishedEdition) -> None:
    assert count_shown(client.get("/?skill=cobol&skill=go&skill=go").content.decode()) == "1 of 10 chosen"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("salary=115000&location=us", "115,000", id="canonical"),
        pytest.param("salary=$115k&location=us", "115,000", id="sign-of-the-place"),
        pytest.param("salary=115.000&location=us", "115,000", id="other-grouping"),
        pytest.param("salary=1800000&location=in", "18,00,000", id="india"),
        pytest.param("salary=900&location=us", "900", id="small"),
        pytest.param("salary=50000.5&location=us", "50000.5", id="fraction"),
        pytest.param("salary=115k&location=Atlantis", "115,000", id="place-unknown"),
        pytest.param("salary=$115k&location=Atlantis", "$115k", id="sign-without-a-place"),
        pytest.param("salary=€90k&location=us", "€90k", id="wrong-sign"),
        pytest.param("salary= lots &location=us", " lots ", id="not-an-amount"),
        pytest.param("salary=-5&location=us", "-5", id="below-zero"),
        pytest.param("location=us&pay=p50", "", id="level"),
    ],
)
@pytest.mark.parametrize("is_submitted", [True, False], ids=["submitted", "home"])
def test_pay_is_shown_in_groups_where_it_is_understood(
    published: PublishedEdition, query: str, shown: str, is_submitted: bool
) -> None:
    form = VerdictForm(QueryDict(query), published, is_submitted=is_submitted)

    if not is_submitted and "$" in query:
        shown = "$115k"  # a sign is checked against the place when the form is sent
    assert form.salary_shown() == shown


def test_grouped_pay_leads_to_the_canonical_address(client: Client, published: PublishedEdition) -> None:
    response = client.get("/verdict/?salary=115,000&location=us&skill=go")

    assert response.headers["Location"] == "/verdict/?salary=115000&location=us&skill=go&edition=1"
    assert 'value="115,000"' in client.get(response.headers["Location"]).content.decode()
    assert client.get("/verdict.json?salary=115,000&location=us&skill=go").json()["profile"]["salary"] == 115000


@pytest.mark.parametrize(
    ("query", "is_open"),
    [
        pytest.param(
            "salary=x&hours=6&years=3&odds=50&experience=&hour=&evidence=measured&study.go=", False, id="as-they-are"
        ),
        pytest.param("salary=x&hours=7", True, id="hours"),
        pytest.param("salary=x&experience=0", True, id="experience"),
        pytest.param("salary=x&hour=0", True, id="worth-of-an-hour"),
        pytest.param("salary=x&study.go=40", True, id="study"),
        pytest.param("salary=x&have=go", True, id="held"),
        pytest.param("salary=x&evidence=rumours", True, id="mistake"),
    ],
)
def test_finer_answers_are_open_where_one_was_given(
    client: Client, published: PublishedEdition, query: str, is_open: bool
) -> None:
    page = client.get(f"/verdict/?{query}").content.decode()

    assert ('<details class="finer" id="finer-fold" open>' in page) == is_open
