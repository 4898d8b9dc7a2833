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

from skills.editions.current import current
from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition, withdraw_edition
from skills.models import Evidence
from tests.skills.factories import make_edition_of_model

AUSTIN = (
    "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes"
    "&skill=system-design&edition=1"
)


def text_of(response: Any) -> str:
    """What a reader sees, with single spaces."""
    visible = re.sub(r"<(script|style|head).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(visible).replace("\u00a0", " ").replace("\u2060", "").split())


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def test_page_gives_the_whole_answer(client: Client) -> None:
    text = text_of(client.get(f"/verdict/?{AUSTIN}"))

    for part in (
        "Toss-up Figures of edition 1, ",
        "+$2,700 to +$7,200 a year before tax, if an employer pays for it. Expected: +$4,900.",
        "It is a toss-up with Cloud architecture (AWS/GCP): on the evidence it has only a 59.8% chance of",
        "Time 5 months at 6 hours a week First extra pay about month 8",
        "Measured +2.4% to +6.3% of pay, from 2 figures, best grade A Headlines say $16,000–31,000 a year",
        "Learn one: Kubernetes. Learn them all: start with Kubernetes .",
        "System design : done in month 30. With it, all you have learned is worth +$16,000 a year",
        "In this order they bring in +$11,000 within 3 years",
        "The worst order, starting with System design, would bring in +$7,200.",
        "Your pay, $115,000 a year, is at the 34th percentile of developers in Austin-Round Rock-San Marcos, TX",
        "EarnVerdict: Pooled skill premiums over five samples, 2020-2024",
        "Pay a year $115,000 Change",
    ):
        assert part in text


def test_every_flip_leads_to_another_best_bet(client: Client) -> None:
    title = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
    page = client.get(f"/verdict/?{AUSTIN}").content.decode()
    flips = re.findall(r'class="flips__link" href="([^"]+)"[^>]*>.*?<b>(.*?)</b>', page, re.DOTALL)

    titles = [title.findall(client.get(html.unescape(address)).content.decode())[0] for address, _ in flips]

    assert len(flips) >= 4
    assert title.findall(page)[0] not in titles
    assert [
        outcome for (_, outcome), new in zip(flips, titles, strict=True) if outcome not in f"{new}, staying put"
    ] == []


def test_page_and_data_agree(client: Client) -> None:
    data = client.get(f"/verdict.json?{AUSTIN}").json()

    assert data["rating"] == "toss-up"
    assert data["best_bet"] == "kubernetes"
    assert data["confidence"] == 0.598125
    assert [skill["slug"] for skill in data["skills"]] == [
        "kubernetes",
        "ai-ml-integration",
        "cloud-architecture",
        "system-design",
    ]
    assert data["skills"][0]["uplift"]["expected"] == 4931.80979071
    assert data["path"]["steps"][0] == {"slug": "kubernetes", "done_month": 5.0, "annual_uplift": 4931.80979071}
    assert data["market"]["percentile"] == pytest.approx(0.341685842255)


@pytest.mark.parametrize(
    "query",
    [
        "salary=115k&location=Austin&skill=kubernetes",
        "salary=%24115,000&location=us-austin-tx&skill=kubernetes&skill=kubernetes",
        "skill=kubernetes&location=us-austin-tx&salary=115.000&edition=1",
        "salary=115000&location=us-austin-tx&skill=kubernetes&hours=6&years=3&odds=50&evidence=measured&utm_source=x",
        "salary=115000&location=us-austin-tx&skill=kubernetes&pay=p50&study=go:10&edition=",
        "salary=1&salary=115000&location=us-austin-tx&skill=kubernetes&have=&skill=",
        "salary=115000&location=us-austin-tx&skill=docker&skill=kubernetes&have=docker&edition=1",
    ],
)
def test_other_spellings_are_sent_to_the_canonical_address(client: Client, query: str) -> None:
    response = client.get(f"/verdict/?{query}")

    held = "&have=docker" if "have=docker" in query else ""
    canonical = f"/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes{held}&edition=1"
    assert (response.status_code, response.headers["Location"]) == (302, canonical)
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get(canonical).status_code == 200


def test_own_study_hours_have_two_spellings(client: Client) -> None:
    response = client.get(
        "/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes&study.kubernetes=60&study.go="
    )

    assert response.headers["Location"].endswith("&skill=kubernetes&study=kubernetes:60&edition=1")
    assert "With your own estimate of 60 hours of study." in text_of(client.get(response.headers["Location"]))


def test_free_text_that_may_be_several_places_offers_them(client: Client) -> None:
    response = client.get("/verdict/?salary=115000&location=Birmingham&skill=kubernetes")

    assert response.status_code == 422
    assert "“Birmingham” may be several places." in text_of(response)
    offered = re.findall(r'class="choices__item" href="([^"]+)">([^<]+)<', response.content.decode())
    assert [label for _, label in offered] == ["Birmingham, United Kingdom", "Birmingham, AL, United States"]
    query = parse_qs(urlsplit(html.unescape(offered[1][0])).query)
    assert query == {"salary": ["115000"], "location": ["us-birmingham-al"], "skill": ["kubernetes"]}


MISTAKES = [
    ("location=us-austin-tx&skill=go", "id_salary", "Enter your pay a year, before tax."),
    ("salary=lots&location=us-austin-tx&skill=go", "id_salary", "“lots” is not an amount."),
    ("salary=-5&location=us-austin-tx&skill=go", "id_salary", "Your pay must be above zero."),
    (
        "salary=%E2%82%AC90k&location=us-austin-tx&skill=go",
        "id_salary",
        "is counted in US dollars ($), but you typed €.",
    ),
    ("salary=9&location=&skill=go", "id_location", "Enter the city, region or country"),
    ("salary=9&location=Atlantis&skill=go", "id_location", "We do not know “Atlantis”."),
    ("salary=9&location=%00%F0%9F%A6%84&skill=go", "id_location", "We do not know"),
    (f"salary=9&location={'x' * 500}&skill=go", "id_location", "This is too long"),
    ("salary=9&location=us", "skills", "Choose 1 to 10 skills"),
    ("salary=9&location=us&skill=cobol", "skills", "“cobol” is not a skill of edition 1"),
    ("salary=9&location=us&skill=go&have=go", "held", "You have all the skills you chose."),
    ("salary=9&location=us&skill=go&hours=41", "id_hours", "Hours a week must be a whole number from 1 to 40."),
    ("salary=9&location=us&skill=go&years=0", "id_years", "Years must be a whole number from 1 to 10."),
    ("salary=9&location=us&skill=go&odds=5", "id_odds", "The chance must be a whole number from 10 to 100."),
    ("salary=9&location=us&skill=go&evidence=rumours", "id_evidence", "Choose measured, all or headline."),
    ("salary=9&location=us&skill=go&study=go", "study", "Write study hours as skill:hours"),
    ("salary=9&location=us&skill=go&study.go=0", "study", "Study hours must be a whole number"),
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
    response = client.get("/verdict/?salary=lots&location=Atlantis&skill=go&skill=rust&have=docker&hours=8&study.go=70")

    page = response.content.decode()
    for kept in (
        'name="salary" inputmode="decimal" autocomplete="off" value="lots"',
        'value="Atlantis"',
        'value="go" id="skill-go" checked',
        'value="rust" id="skill-rust" checked',
        'value="docker" id="have-docker" checked',
        'name="hours" inputmode="numeric" autocomplete="off" value="8"',
        'name="study.go" inputmode="numeric" autocomplete="off" value="70"',
    ):
        assert kept in page


def test_eleven_skills_are_too_many_and_ten_are_not(client: Client, published: PublishedEdition) -> None:
    slugs = sorted(published.edition.skills)
    ten, eleven = ("&".join(f"skill={slug}" for slug in slugs[:count]) for count in (10, 11))

    assert client.get(f"/verdict/?salary=90000&location=us&{ten}&edition=1").status_code == 200
    refused = client.get(f"/verdict/?salary=90000&location=us&{eleven}&edition=1")
    assert refused.status_code == 422
    assert "You chose 11 skills; 10 are the most." in text_of(refused)


def test_what_is_typed_is_escaped(client: Client) -> None:
    response = client.get("/verdict/?salary=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&location=%3Cb%3E&skill=%3Ci%3E")

    assert "<script>alert" not in response.content.decode()


def test_empty_query_leads_home(client: Client) -> None:
    assert client.get("/verdict/").headers["Location"] == "/"


def test_place_without_pay_is_an_honest_answer(client: Client) -> None:
    text = text_of(client.get("/verdict/?salary=900000&location=al&skill=kubernetes&edition=1"))

    assert "We do not know what developers earn there" in text
    assert "grade A +2.1% to +5.9%" in text


def test_place_that_inherits_pay_says_so(client: Client) -> None:
    text = text_of(client.get("/verdict/?salary=1200000&location=in-bengaluru&skill=kafka&edition=1"))

    assert "No source gives pay for Bengaluru, India: India answers for it." in text
    assert "+₹" in text


def test_median_alone_says_whose_spread_is_used(client: Client) -> None:
    text = text_of(client.get("/verdict/?salary=50000&location=uy&skill=kafka&edition=1"))

    assert "Only the median is published; the other levels use a typical spread" in text


def test_pay_above_the_data_says_so(client: Client) -> None:
    text = text_of(client.get("/verdict/?salary=900000&location=us-austin-tx&skill=kafka&edition=1"))

    assert "Your pay is above P90. There is no data beyond it" in text


def test_old_address_keeps_its_figures_after_evidence_changed(db: None, client: Client) -> None:
    before = client.get(f"/verdict/?{AUSTIN}").content
    Evidence.objects.filter(skill__slug="kubernetes").update(low_percent=-9, mid_percent=-8, high_percent=-7)
    publish_edition(note="Kubernetes was mismeasured.", publisher="A test")
    current.refresh()

    old, new = client.get(f"/verdict/?{AUSTIN}"), client.get(f"/verdict/?{AUSTIN.replace('edition=1', 'edition=2')}")

    assert "Best bet: Kubernetes" in text_of(old)
    assert "Figures of edition 1" in text_of(old)
    assert b"Best bet: Kubernetes" in before
    assert "Best bet: Kubernetes" not in text_of(new)
    moved = client.get(f"/verdict/?{AUSTIN.replace('&edition=1', '')}")
    assert moved.headers["Location"].endswith("&edition=2")


@pytest.mark.parametrize("path", ["/verdict/", "/verdict.json", "/verdict/panel/"])
@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "99999999999999999999", "1.5"])
def test_edition_that_does_not_exist_is_not_found(client: Client, path: str, number: str) -> None:
    assert client.get(f"{path}?{AUSTIN.replace('edition=1', f'edition={number}')}").status_code == 404


def test_withdrawn_edition_says_why_and_offers_today(db: None, client: Client) -> None:
    publish_edition(note="Better.", publisher="A test")
    withdraw_edition(1, reason="A source was retracted.", by="A test")
    current.refresh()

    page, data = client.get(f"/verdict/?{AUSTIN}"), client.get(f"/verdict.json?{AUSTIN}")

    assert (page.status_code, data.status_code) == (410, 410)
    assert "A source was retracted." in text_of(page)
    assert AUSTIN.replace("&edition=1", "").replace("&", "&amp;") in page.content.decode()
    assert "A source was retracted." in data.json()["errors"]["edition"][0]


def test_edition_of_a_model_that_is_not_here_says_so_and_offers_today(db: None, client: Client) -> None:
    make_edition_of_model(99)
    current.refresh()
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


def test_data_tells_mistakes_by_field(client: Client) -> None:
    response = client.get("/verdict.json?salary=lots&location=us&skill=cobol")

    assert response.status_code == 422
    assert sorted(response.json()["errors"]) == ["salary", "skill"]


def test_data_lists_a_skill_without_evidence_with_nulls(client: Client) -> None:
    data = client.get("/verdict.json?salary=90000&location=us&skill=application-security&skill=kafka&edition=1").json()

    security = next(skill for skill in data["skills"] if skill["slug"] == "application-security")
    assert {name: security[name] for name in ("grade", "premium", "uplift", "net_gain", "chance_against_best")} == {
        "grade": None,
        "premium": None,
        "uplift": None,
        "net_gain": None,
        "chance_against_best": None,
    }


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


def test_headlines_alone_are_called_headlines(client: Client) -> None:
    page = client.get(f"/verdict/?{AUSTIN.replace('&edition', '&evidence=headline&edition')}").content.decode()

    assert "if headlines are right, it has" in html.unescape(page)
    assert "on the evidence it has" not in page
    assert 'property="og:description" content="' in page
    assert "Headlines alone counted." in page


def test_premium_that_other_skills_take_from_says_so(client: Client) -> None:
    query = "salary=400000&location=us-austin-tx&skill=go&have=docker&have=java&have=kafka&have=python&edition=1"

    assert "of pay up to P90, before your other skills, from" in text_of(client.get(f"/verdict/?{query}"))


def test_stay_put_compares_with_learning_nothing(client: Client) -> None:
    text = text_of(client.get("/verdict/?salary=115000&location=us&skill=cpp&hours=1&years=1&edition=1"))

    assert "50% against learning nothing" in text


@pytest.mark.parametrize(("salary", "far"), [("9583", "below"), ("2000000", "above")])
def test_pay_far_outside_its_market_asks_back(client: Client, salary: str, far: str) -> None:
    text = text_of(client.get(f"/verdict/?salary={salary}&location=us-austin-tx&skill=go&edition=1"))

    assert f"a year is far {far} what developers there are paid" in text
    assert "in another currency? Pay there is counted in US dollars ($)." in text


def test_one_skill_is_not_called_an_order(client: Client) -> None:
    text = text_of(client.get("/verdict/?salary=120000&location=ch&skill=kubernetes&edition=1"))

    assert "Learning Kubernetes" in text
    assert "It brings in +CHF" in text
    assert "Worst order" not in text


def test_home_ticks_the_skill_it_was_sent_with(client: Client) -> None:
    page = client.get("/?skill=kafka").content.decode()

    assert page.count(" checked") == 1
    assert 'value="kafka" id="skill-kafka" checked' in page


def test_skill_page_shows_every_piece_of_evidence(client: Client, published: PublishedEdition) -> None:
    for slug, evidence in published.edition.evidence.items():
        text = text_of(client.get(f"/skills/{slug}/"))
        for item in evidence:
            assert item.population in text
            assert published.edition.sources[item.source].title in text


def test_unknown_address_is_a_page_that_helps(client: Client) -> None:
    response = client.get("/skills/cobol/")

    assert response.status_code == 404
    assert "Nothing is at this address" in text_of(response)


ANSWERS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["115000", "us-austin-tx", "go", "kubernetes", "p50", "all", "1", "go:10", "Austin", "\x00", "9" * 400]
    ),
)
NAMES = st.sampled_from(
    [
        "salary",
        "location",
        "skill",
        "have",
        "hours",
        "years",
        "odds",
        "evidence",
        "study",
        "study.go",
        "edition",
        "pay",
        "x",
    ]
)


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
