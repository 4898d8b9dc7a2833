"""The verdict page: its address, its words, its mistakes, its headers."""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition, withdraw_edition
from skills.editions.site_state import site_state
from skills.models import Evidence
from tests.calculator.states import STATES
from tests.query_names import VERDICT_NAMES
from tests.skills.factories import make_edition_of_model

AUSTIN = (
    "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes"
    "&skill=system-design&edition=1"
)


def text_of(response: Any) -> str:
    """What a reader sees, with single spaces."""
    visible = re.sub(r"<(script|style|head).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(visible).replace("\u00a0", " ").replace("\u2060", "").split())


def values_of(page: str) -> dict[str, str]:
    """What the fields show."""
    return dict(re.findall(r'<input [^>]*name="([^"]+)"[^>]* value="([^"]*)"', page))


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


@pytest.mark.parametrize(
    "query",
    [
        "salary=115k&location=Austin&skill=kubernetes",
        "salary=%24115,000&location=us-austin-tx&skill=kubernetes&skill=kubernetes",
        "skill=kubernetes&location=us-austin-tx&salary=115.000&edition=1",
        "salary=115000&location=us-austin-tx&skill=kubernetes&hours=6&years=3&odds=50&evidence=measured&utm_source=x",
        "salary=115000&location=us-austin-tx&skill=kubernetes&pay=p50&study=go:10&edition=",
        "salary=115000&salary=115000&location=us-austin-tx&skill=kubernetes&have=&skill=",
        "salary=115000&location=us-austin-tx&skill=docker&skill=kubernetes&have=docker&edition=1",
        "salary=115000&location=us-austin-tx&skill=kubernetes&experience=&hour=&confidence=9&edition=1",
    ],
)
def test_other_spellings_are_sent_to_the_canonical_address(client: Client, query: str) -> None:
    response = client.get(f"/verdict/?{query}")

    held = "&have=docker" if "have=docker" in query else ""
    canonical = f"/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes{held}&edition=1"
    assert (response.status_code, response.headers["Location"]) == (302, canonical)
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get(canonical).status_code == 200


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        pytest.param(
            "hour=$12.50&experience=+7&salary=115k&location=Austin&skill=",
            "salary=115000&location=us-austin-tx&experience=7&hour=12.5&edition=1",
            id="all skills",
        ),
        pytest.param(
            "salary=115k&location=Austin&skill=docker&skill=go&have=kubernetes&hour=0.0&study.docker=9",
            "salary=115000&location=us-austin-tx&skill=go&have=kubernetes&hour=0&edition=1",
            id="held by a held skill",
        ),
    ],
)
def test_years_of_work_and_the_worth_of_an_hour_have_one_spelling(client: Client, query: str, canonical: str) -> None:
    response = client.get(f"/verdict/?{query}")

    assert (response.status_code, response.headers["Location"]) == (302, f"/verdict/?{canonical}")
    assert client.get(f"/verdict/?{canonical}").status_code == 200


def test_form_of_a_verdict_comes_back_as_answered(client: Client) -> None:
    query = "salary=115000&location=us-austin-tx&have=docker&experience=7&hour=12.5&study=go:60&edition=1"

    page = client.get(f"/verdict/?{query}").content.decode()

    assert values_of(page).items() >= {"experience": "7", "hour": "12.5", "study.go": "60"}.items()
    assert 'value="docker" id="have-docker" checked' in page
    assert re.findall(r'name="skill"[^>]* checked', page) == []


def test_own_study_hours_have_two_spellings(client: Client) -> None:
    response = client.get(
        "/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes&study.kubernetes=60&study.go="
    )

    assert response.headers["Location"].endswith("&skill=kubernetes&study=kubernetes:60&edition=1")
    assert "Kubernetes in your 60 hours" in text_of(client.get(response.headers["Location"]))


def test_free_text_that_may_be_several_places_offers_them(client: Client) -> None:
    response = client.get("/verdict/?salary=115000&location=Birmingham&skill=kubernetes")

    assert response.status_code == 422
    assert "“Birmingham” may be several places." in text_of(response)
    offered = re.findall(r'class="button button--quiet" href="([^"]+)">([^<]+)<', response.content.decode())
    assert [label for _, label in offered] == [
        "Birmingham, United Kingdom",
        "Birmingham, AL, United States",
        "Birmingham, Michigan, United States",
    ]
    query = parse_qs(urlsplit(html.unescape(offered[1][0])).query)
    assert query == {"salary": ["115000"], "location": ["us-birmingham-al"], "skill": ["kubernetes"]}
    query = parse_qs(urlsplit(html.unescape(offered[2][0])).query)
    assert query == {
        "salary": ["115000"],
        "location": ["us-detroit-mi"],
        "town": ["Birmingham"],
        "skill": ["kubernetes"],
    }


@pytest.mark.parametrize(
    ("query", "canonical", "said"),
    [
        pytest.param(
            "location=Boulder+Creek",
            "location=us-santa-cruz-ca&town=Boulder+Creek",
            "Boulder Creek is answered by Santa Cruz’s pay.",
            id="typed",
        ),
        pytest.param(
            "location=us-santa-cruz-ca&town=Boulder+Creek",
            "location=us-santa-cruz-ca&town=Boulder+Creek",
            "Boulder Creek is answered by Santa Cruz’s pay.",
            id="address",
        ),
        pytest.param("location=us-santa-cruz-ca&town=Berlin", "location=us-santa-cruz-ca", "", id="town-elsewhere"),
        pytest.param("location=us-santa-cruz-ca&town=%3Cb%3E", "location=us-santa-cruz-ca", "", id="no-town"),
    ],
)
def test_town_is_named_next_to_the_place_that_answers(client: Client, query: str, canonical: str, said: str) -> None:
    page = client.get(f"/verdict/?salary=150000&{query}&skill=kubernetes", follow=True)

    assert page.request["QUERY_STRING"] == f"salary=150000&{canonical}&skill=kubernetes&edition=1"
    assert said in text_of(page)
    assert ("answered by" in text_of(page)) is bool(said)


def test_town_changes_no_figure(client: Client) -> None:
    query = "salary=150000&location=us-santa-cruz-ca{}&skill=kubernetes&edition=1"

    pages = [client.get(f"/verdict.json?{query.format(town)}").content for town in ("", "&town=Boulder+Creek")]

    assert pages[0] == pages[1]


MISTAKES = [
    ("location=us-austin-tx&skill=go", "id_salary", "Enter your pay before tax."),
    ("salary=lots&location=us-austin-tx&skill=go", "id_salary", "“lots” is not an amount."),
    ("salary=-5&location=us-austin-tx&skill=go", "id_salary", "Your pay must be above zero."),
    (
        "salary=%E2%82%AC90k&location=us-austin-tx&skill=go",
        "id_salary",
        "is counted in US dollars ($), but you typed €.",
    ),
    ("salary=9&location=&skill=go", "id_location", "Enter the city, region or country"),
    ("salary=9&location=Zzyzland&skill=go", "id_location", "We do not know “Zzyzland”."),
    ("salary=9&location=%00%F0%9F%A6%84&skill=go", "id_location", "We do not know"),
    (f"salary=9&location={'x' * 500}&skill=go", "id_location", "This is too long"),
    ("salary=9&location=us&skill=cobol", "id_skill", "We do not know the skill “cobol”"),
    ("salary=9&location=us&skill=go&have=go", "id_have", "You have all the skills you chose."),
    (
        "salary=9&location=us&skill=go&hours=41",
        "id_hours",
        "Hours of study a week must be a whole number from 1 to 40.",
    ),
    ("salary=9&location=us&skill=go&years=0", "id_years", "Years to look ahead must be a whole number from 1 to 10."),
    ("salary=9&location=us&skill=go&odds=5", "id_odds", "How likely it is must be a whole number from 10 to 100."),
    ("salary=9&location=us&experience=51", "id_experience", "Years of work must be a whole number from 0 to 50."),
    ("salary=9&location=us&hour=-1", "id_hour", "An hour of your own must be worth from 0 to 1,000,000,000."),
    (
        "salary=9&location=us&skill=docker&have=kubernetes",
        "id_have",
        "what a skill you have requires counts as yours too",
    ),
    ("salary=9&location=us&skill=go&evidence=rumours", "id_evidence", "Choose measured, all or headline."),
    ("salary=9&location=us&skill=go&study=go", "id_study", "Write study hours as skill:hours"),
    ("salary=9&location=us&skill=go&study.go=0", "id_study", "Study hours must be a whole number"),
    ("location=us&skill=go&pay=p33", "id_salary", "The pay level must be p10, p25, p50, p75 or p90."),
]


@pytest.mark.parametrize(("query", "field", "message"), MISTAKES, ids=[case[2][:40] for case in MISTAKES])
def test_mistake_is_told_beside_its_field(client: Client, query: str, field: str, message: str) -> None:
    response = client.get(f"/verdict/?{query}")

    page = response.content.decode()
    assert response.status_code == 422
    assert response.headers["Cache-Control"] == "no-store"
    linked = re.findall(rf'<li><a href="#{field}">([^<]+)</a></li>', page)
    assert any(message in html.unescape(text) for text in linked)
    assert f'id="{field}"' in page
    if field != "id_evidence" or "rumours" in query:
        assert f'id="{field}-error"' in page


def test_mistake_keeps_everything_that_was_typed(client: Client) -> None:
    response = client.get(
        "/verdict/?salary=lots&location=Zzyzland&skill=go&skill=rust&have=docker&hours=8&study.go=70&hour=x"
    )

    page = response.content.decode()
    assert (
        values_of(page).items()
        >= {
            "salary": "lots",
            "location": "Zzyzland",
            "hours": "8",
            "hour": "x",
            "study.go": "70",
        }.items()
    )
    for ticked in ("skill-go", "skill-rust", "have-docker"):
        assert f'id="{ticked}" checked' in page


def test_eleven_skills_are_too_many_and_ten_are_not(client: Client, published: PublishedEdition) -> None:
    slugs = sorted(published.edition.skills)
    ten, eleven = ("&".join(f"skill={slug}" for slug in slugs[:count]) for count in (10, 11))

    assert client.get(f"/verdict/?salary=90000&location=us&{ten}&edition=1").status_code == 200
    refused = client.get(f"/verdict/?salary=90000&location=us&{eleven}&edition=1")
    assert refused.status_code == 422
    assert "You chose 11 skills; compare up to 10." in text_of(refused)


def test_what_is_typed_is_escaped(client: Client) -> None:
    response = client.get("/verdict/?salary=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&location=%3Cb%3E&skill=%3Ci%3E")

    assert "<script>alert" not in response.content.decode()


def test_empty_query_leads_home(client: Client) -> None:
    assert client.get("/verdict/").headers["Location"] == "/"


def test_old_address_keeps_its_figures_after_evidence_changed(db: None, client: Client) -> None:
    before = client.get(f"/verdict/?{AUSTIN}").content
    Evidence.objects.filter(skill__slug="kubernetes").update(low_percent=-9, mid_percent=-8, high_percent=-7)
    publish_edition(note="Kubernetes was mismeasured.", publisher="A test")
    site_state.refresh()

    old, new = client.get(f"/verdict/?{AUSTIN}"), client.get(f"/verdict/?{AUSTIN.replace('edition=1', 'edition=2')}")

    assert "Learn Kubernetes first" in text_of(old)
    assert "Figures of " in text_of(old)
    assert b"Learn Kubernetes first" in before
    assert "Learn Kubernetes first" not in text_of(new)
    moved = client.get(f"/verdict/?{AUSTIN.replace('&edition=1', '')}")
    assert moved.headers["Location"].endswith("&edition=2")


@pytest.mark.parametrize("path", ["/verdict/", "/verdict.json", "/verdict/panel/"])
@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "99999999999999999999", "1.5"])
def test_edition_that_does_not_exist_is_not_found(client: Client, path: str, number: str) -> None:
    assert client.get(f"{path}?{AUSTIN.replace('edition=1', f'edition={number}')}").status_code == 404


def test_withdrawn_edition_says_why_and_offers_today(db: None, client: Client) -> None:
    publish_edition(note="Better.", publisher="A test")
    withdraw_edition(1, reason="A source was retracted.", by="A test")
    site_state.refresh()

    page, data = client.get(f"/verdict/?{AUSTIN}"), client.get(f"/verdict.json?{AUSTIN}")

    assert (page.status_code, data.status_code) == (410, 410)
    assert "A source was retracted." in text_of(page)
    assert AUSTIN.replace("&edition=1", "").replace("&", "&amp;") in page.content.decode()
    assert "A source was retracted." in data.json()["errors"]["edition"][0]


def test_edition_of_a_model_that_is_not_here_says_so_and_offers_today(db: None, client: Client) -> None:
    make_edition_of_model(99)
    site_state.refresh()
    pinned = AUSTIN.replace("edition=1", "edition=2")

    page, data = client.get(f"/verdict/?{pinned}"), client.get(f"/verdict.json?{pinned}")

    problem = "Edition 2 was published under model 99, which this version of the site lacks."
    assert (page.status_code, page.headers["Cache-Control"]) == (404, "no-store")
    assert problem in text_of(page)
    assert AUSTIN.replace("&edition=1", "").replace("&", "&amp;") in page.content.decode()
    assert (data.status_code, data.json()) == (404, {"errors": {"edition": [problem]}})
    assert client.get(f"/verdict/?{AUSTIN.replace('&edition=1', '')}").headers["Location"].endswith("&edition=1")


def test_panel_is_part_of_the_page_and_pushes_its_address(client: Client) -> None:
    page, panel = client.get(f"/verdict/?{AUSTIN}"), client.get(f"/verdict/panel/?{AUSTIN}")

    assert panel.content.decode().strip() in page.content.decode()
    assert panel.headers["HX-Push-Url"] == f"/verdict/?{AUSTIN}"
    assert panel.headers["Cache-Control"] == "no-store"


def test_panel_with_mistakes_pushes_nothing(client: Client) -> None:
    panel = client.get("/verdict/panel/?salary=lots&location=us&skill=go")

    assert panel.status_code == 422
    assert "HX-Push-Url" not in panel.headers
    assert "“lots” is not an amount." in text_of(panel)


def test_headers_of_a_page_with_salary(client: Client) -> None:
    response = client.get(f"/verdict/?{AUSTIN}")

    assert response.headers["Cache-Control"] == "private, max-age=300"
    assert response.headers["ETag"].startswith('W/"1-')
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "Vary" not in response.headers
    assert not response.cookies


def test_headers_of_a_page_without_salary(client: Client) -> None:
    response = client.get("/verdict/?location=us-austin-tx&skill=go&edition=1&pay=p50")

    assert response.headers["Cache-Control"].startswith("public, max-age=300, s-maxage=86400")
    assert response.headers["Surrogate-Key"] == "verdict edition-1"


@pytest.mark.parametrize("path", ["/verdict/", "/verdict.json"])
def test_unchanged_answer_is_304(client: Client, path: str) -> None:
    etag = client.get(f"{path}?{AUSTIN}").headers["ETag"]

    unchanged = client.get(f"{path}?{AUSTIN}", headers={"If-None-Match": etag})

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert client.get(f"{path}?{AUSTIN}&x=1", headers={"If-None-Match": etag}).status_code in (200, 302)


def test_data_at_another_spelling_is_not_kept_by_caches(client: Client) -> None:
    response = client.get(f"/verdict.json?{AUSTIN.replace('&edition=1', '')}")

    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)(f"/verdict/?{AUSTIN}").status_code == 405


@pytest.mark.parametrize("path", ["/", "/verdict/", "/verdict.json", "/verdict.csv", "/skills/kafka/", "/compare/"])
def test_public_pages_refuse_to_be_posted_to_plainly(path: str) -> None:
    response = Client(enforce_csrf_checks=True).post(path)

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_skill_without_time_comes_after_all_that_have_some(client: Client) -> None:
    text = text_of(client.get(f"/verdict/?{STATES['no-time-for-one']}", follow=True))

    assert text.index("Redis and caching $") < text.index("C++ $")


def test_headlines_alone_are_called_claims_in_shared_links(client: Client) -> None:
    level = AUSTIN.replace("salary=115000&", "").replace("&edition=1", "&evidence=headline&edition=1&pay=p50")
    page = client.get(f"/verdict/?{level}").content.decode()

    assert re.search(r'property="og:description" content="[^"]* Claims alone count\."', page)


def test_home_ticks_the_skill_it_was_sent_with(client: Client) -> None:
    page = client.get("/?skill=kafka").content.decode()

    assert page.count(" checked") == 1
    assert 'value="kafka" id="skill-kafka" checked' in page


def test_skill_page_shows_every_piece_of_evidence(client: Client, published: PublishedEdition) -> None:
    assert published.edition.evidence.keys() == published.edition.skills.keys()
    for slug, evidence in published.edition.evidence.items():
        text = text_of(client.get(f"/skills/{slug}/"))
        for item in evidence:
            assert item.population in text
            assert published.edition.sources[item.source].title in text


def test_unknown_address_is_a_page_that_helps(client: Client) -> None:
    response = client.get("/skills/cobol/")

    assert response.status_code == 404
    assert "We cannot find this page" in text_of(response)


ANSWERS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            *("115000", "us-austin-tx", "go", "kubernetes", "p50", "all", "1", "go:10", "Austin", "\x00", "9" * 400),
            *("Bradford", "hour", "EUR", "salary=115000&location=us&skill=go", "backend"),
        ]
    ),
)
NAMES = st.sampled_from([*VERDICT_NAMES, "x"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(st.tuples(NAMES, ANSWERS), max_size=12))
def test_no_query_breaks_a_page(client: Client, answers: list[tuple[str, str]]) -> None:
    query: dict[str, list[str]] = {}
    for name, value in answers:
        query.setdefault(name, []).append(value)

    page, data = client.get("/verdict/", query), client.get("/verdict.json", query)

    assert page.status_code in (200, 302, 404, 422)
    assert data.status_code in (200, 404, 422)
    assert json.loads(data.content)
