"""The pages of the skills: what they say, what they link to, and how they answer."""

from __future__ import annotations

import html
import math
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from calculator.engine import EvidenceChoice, cache_per_edition
from calculator.engine.edition import Pool
from skills.articles.published import PublishedArticle
from skills.articles.skill_sections import ArticleLink, articles_about
from skills.catalogue.premiums import skill_premium
from skills.editions.document import PublishedEdition
from skills.editions.site_state import site_state
from skills.presenters.sample_places import SAMPLE_PLACES, place_uplifts
from skills.presenters.skill import present_skill

ADDRESSES = ["/skills/", "/skills/?sort=hours&category=data", "/skills/kafka/", "/skills.csv", "/skills.json"]
TODAY = date(2026, 7, 1)


def text_of(response: Any) -> str:
    """What a reader sees, with single spaces."""
    visible = re.sub(r"<(script|style|head).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(visible).replace("\u00a0", " ").replace("\u2060", "").split())


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def test_page_says_what_a_skill_pays_and_takes(client: Client) -> None:
    text = text_of(client.get("/skills/kubernetes/"))

    for part in (
        "3.6% more pay is our estimate for developers who know it, other things held equal: ",
        "38% of it is what skills bring on average, the rest was measured. That is no promise.",
        "Claimed by our own article of April 2026 +13.6% to +27.3% Measured +1.2% to +5.6%",
        "Study 90–220 hours, most often about 130 Rests on 2 figures: 50% strong, 12% fair, 38% typical skill",
        "Exam $395 Assumes you know Docker",
        "Germany +€2,500 €840 to €3,900 €69,000",
        "EarnVerdict: Pooled skill premiums over five samples, 2020-2024",
        "50% A, strong 2024 2,241 US, Poland, Germany; back-end and data about having the skill; counts everywhere;",
        "More in Cloud and operations CI/CD and DevOps duties +3.4% measured",
    ):
        assert part in text


def test_page_names_what_a_skill_leads_on_to(client: Client) -> None:
    assert "Leads on to Kubernetes" in text_of(client.get("/skills/docker/"))


def test_page_draws_both_ranges_and_describes_them(client: Client) -> None:
    page = client.get("/skills/kubernetes/").content.decode()

    assert '<figure class="gap" aria-label="What Kubernetes pays: claimed and measured">' in page
    assert "<span>Measured</span> <b>+1.2% to +5.6%</b>" in page
    assert "<span>Claimed by our own article of April 2026</span> <b>+13.6% to +27.3%</b>" in page
    assert [page.count(f'class="bar__{part}"') for part in ("first", "mid", "claim")] == [1, 1, 1]


def test_page_draws_the_regions_that_differ(published: PublishedEdition) -> None:
    chart = present_skill(published, "site-reliability", TODAY).region_chart

    assert chart is not None
    assert [(bar.name, bar.text, bar.is_claim) for bar in chart.bars] == [
        ("United States", "+4.7% expected", False),
        ("Western Europe", "+3.9% expected", False),
        ("Eastern Europe", "+5.3% expected", False),
        ("Latin America", "+3.5% expected", False),
        ("South Asia", "+5.5% expected", False),
    ]


def test_skill_without_regional_figures_has_no_chart_of_regions(published: PublishedEdition) -> None:
    assert present_skill(published, "kubernetes", TODAY).region_chart is None


def test_skill_that_costs_pay_says_less(published: PublishedEdition) -> None:
    edition = published.edition
    key = ("docker", EvidenceChoice.MEASURED, "")
    poorer = Pool(low=math.log(0.97), high=math.log(0.99), points=(math.log(0.98),))
    changed = replace(edition, pools={**edition.pools, key: poorer})

    words = present_skill(replace(published, edition=changed, checksum="less"), "docker", TODAY)

    assert words.expected == "2.0% less pay"


@pytest.mark.parametrize(
    ("slug", "claimants"),
    [
        pytest.param("kubernetes", "our own article of April 2026", id="our own"),
        pytest.param("application-security", "Foote Partners 2026", id="another"),
        pytest.param("ai-ml-integration", "our own article of April 2026 and four others", id="many"),
    ],
)
def test_claim_names_who_makes_it(published: PublishedEdition, slug: str, claimants: str) -> None:
    chart = present_skill(published, slug, TODAY).chart

    assert chart is not None
    assert chart.bars[0].name == f"Claimed by {claimants}"


def test_page_of_a_skill_that_nobody_measured_says_so(client: Client) -> None:
    text = text_of(client.get("/skills/application-security/"))

    assert "Not measured yet Nobody has measured it well enough, so it does not count towards a verdict." in text
    assert "Claimed by Foote Partners 2026 +19.0% to +24.0%" in text
    assert "In money" not in text


def test_page_says_what_each_figure_is_about_and_that_a_job_title_does_not_count(client: Client) -> None:
    text = text_of(client.get("/skills/ci-cd/"))

    for part in (
        "Ask for the work, not for a course. At least half of this was measured for people who do this work as part",
        "World; DevOps duties next to back-end work about doing this work next to one's job; counts everywhere",
        "role DevOps engineer about having the job title, which is not a skill",
    ):
        assert part in text
    assert "sk for the work" not in text_of(client.get("/skills/kubernetes/"))


def test_each_sample_place_shows_what_its_verdict_says(client: Client, published: PublishedEdition) -> None:
    rows = place_uplifts(published, "ai-ml-integration")

    assert len(rows) == len(SAMPLE_PLACES) == 10
    for row in rows:
        verdict = client.get(row.address, follow=True)
        assert verdict.status_code == 200
        assert row.expected.lstrip("+\u2060") in html.unescape(verdict.content.decode())


def test_sample_places_without_a_median_are_left_out(published: PublishedEdition) -> None:
    places = {slug: place for slug, place in published.edition.places.items() if slug != "gb-london"}
    places["de"] = replace(places["de"], quantiles={})
    poorer = replace(published, edition=replace(published.edition, places=places), checksum="without two")

    rows = place_uplifts(poorer, "kafka")

    assert [row.place for row in rows] == [
        "San Francisco-Oakland-Fremont, CA, United States",
        "Austin-Round Rock-San Marcos, TX, United States",
        "Toronto, Ontario, Canada",
        "Poland",
        "Ukraine",
        "India",
        "Brazil",
        "Australia",
    ]


def test_articles_about_a_skill_are_those_with_a_heading_about_it() -> None:
    site = site_state.site()
    article = site.articles[0]
    texts = {
        "about-both": "## Go {skill=go}\n\ntext\n\n## Rust again {skill=rust}\n\ntext\n\n## More {skill=go}",
        "mentions": "## Go and Rust\n\nGo {skill=go}",
        "about-rust": "intro\n\n## Rust {skill=rust}",
    }
    articles: list[PublishedArticle] = [replace(article, slug=slug, text=text) for slug, text in texts.items()]

    found = articles_about(articles, "go")

    link = ArticleLink(slug="about-both", title=article.title, standfirst=article.standfirst, anchor="go")
    assert found == (link,)
    assert [link.slug for link in articles_about(articles, "rust")] == ["about-both", "about-rust"]


def test_page_links_the_articles_about_it(client: Client) -> None:
    page = client.get("/skills/cloud-architecture/").content.decode()

    assert 'href="/articles/best-backend-skills-2026/#cloud-architecture-the-samples-disagree"' in page


def test_what_is_made_from_an_edition_is_made_once(published: PublishedEdition) -> None:
    made: list[tuple[str, str]] = []

    @cache_per_edition
    def make(edition: PublishedEdition, slug: str) -> str:
        made.append((edition.checksum, slug))
        return slug.upper()

    corrected = replace(published, checksum="another", edition=replace(published.edition))
    answers = [make(published, "a"), make(published, "a"), make(published, "b"), make(corrected, "a")]

    assert answers == ["A", "A", "B", "A"]
    assert made == [(published.checksum, "a"), (published.checksum, "b"), ("another", "a")]


def test_what_an_edition_says_of_a_skill_is_found_once(published: PublishedEdition) -> None:
    edition = replace(published.edition)

    found = [skill_premium(edition, slug) for slug in ("kafka", "go", "kafka")]

    assert found[0] is found[2]
    assert [each.skill.slug for each in found] == ["kafka", "go", "kafka"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_sets_no_cookie(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert response.cookies == {}


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_answers_head_and_refuses_post(client: Client, address: str) -> None:
    head, post = client.head(address), client.post(address)

    assert (head.status_code, head.content, post.status_code) == (200, b"", 405)


def test_unknown_skill_is_not_found(client: Client) -> None:
    assert client.get("/skills/cobol/").status_code == 404


@pytest.mark.parametrize("address", ["/skills/", "/skills/kafka/"])
def test_pages_offer_the_downloads(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    assert '<a href="/skills.csv" download>CSV</a>, <a href="/skills.json">JSON</a>' in page
