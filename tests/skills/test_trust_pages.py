"""The pages about the methodology, the sources and privacy, and that they are true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

import html5lib
import pytest
from django.test import Client
from django.urls import URLPattern, reverse

import calculator.urls
import skills.urls
from calculator.engine.edition import Edition
from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition
from skills.editions.site_state import site_state
from tests.engine.test_methodology import anchors

XHTML = "{http://www.w3.org/1999/xhtml}"
TRUST = ["/methodology/", "/sources/", "/privacy/"]
ANSWERS = "salary=115000&location=us-austin-tx&skill=kubernetes&edition=1"


@pytest.fixture(autouse=True)
def edition(published: PublishedEdition) -> Edition:
    """Every page needs edition 1."""
    return published.edition


def page_of(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return html5lib.parse(response.content, namespaceHTMLElements=True)


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).replace("\u00a0", " ").split())


def links_of(element: Any) -> list[str]:
    return [link.get("href") for link in element.iter(f"{XHTML}a")]


def by_id(page: Any, anchor: str) -> Any:
    (found,) = [element for element in page.iter() if element.get("id") == anchor]
    return found


# The methodology's page


def test_methodology_has_the_chapters_of_the_document_under_the_same_anchors(client: Client) -> None:
    page = page_of(client, "/methodology/")

    ids = {heading.get("id") for heading in page.iter(f"{XHTML}h2") if heading.get("id")}
    listed = [href for name in ("details", "nav") for box in page.iter(f"{XHTML}{name}") for href in links_of(box)]

    assert anchors() - ids == {"how-a-verdict-is-made"}
    contents = Counter(href for href in listed if href.startswith("#"))
    assert contents == dict.fromkeys((f"#{anchor}" for anchor in anchors() - {"how-a-verdict-is-made"}), 2)


def test_methodology_names_the_newest_edition_and_that_of_its_examples(db: None, client: Client) -> None:
    publish_edition(note="Another", publisher="A test")
    site_state.refresh()

    said = text_of(page_of(client, "/methodology/"))

    assert re.search(r"The newest edition is edition 2 of \d+ \w+ \d{4}, model 2\.", said)
    assert "The worked examples are of edition 1;" in said


def test_methodology_shows_the_numbers_of_the_model(client: Client) -> None:
    page = page_of(client, "/methodology/")

    steps = [text_of(step) for step in page.iter(f"{XHTML}li")]

    assert "4: stack_cap 0.25" in steps
    assert any("hour_case_weights 0.3, 0.4, 0.3 (low, middle and high)" in step for step in steps)


def test_methodology_has_no_numbered_list_but_the_ten_sentences(client: Client) -> None:
    """A line of prose that begins with a number and a dot would be another one."""
    page = page_of(client, "/methodology/")

    numbered = [found for found in page.iter(f"{XHTML}ol") if not links_of(found)]
    assert [len(found) for found in numbered] == [10]


# The sources' page


def test_every_source_is_listed_under_its_slug_and_leads_to_its_page(client: Client, edition: Edition) -> None:
    page = page_of(client, "/sources/")

    assert edition.sources
    for slug, source in edition.sources.items():
        entry = by_id(page, slug)
        assert f"{source.title} {source.publisher}, {source.published}" in text_of(entry)
        assert links_of(entry) == [reverse("skills:source", args=[slug])]


@pytest.mark.parametrize("slug", ["pooled-2026", "so-2021", "bls-oews-2025", "geonames"])
def test_page_of_a_source_cites_it(client: Client, edition: Edition, slug: str) -> None:
    source = edition.sources[slug]

    page = page_of(client, f"/sources/{slug}/")

    text = text_of(page)
    for part in (source.title, f"{source.publisher}, {source.published}", source.licence, source.note):
        assert " ".join(part.split()) in text
    method = f"{reverse('skills:methodology')}#1-from-evidence-to-a-premium"
    own = reverse("skills:study") if slug == "pooled-2026" else method
    assert (source.url or own) in links_of(page)


def test_page_of_a_source_lists_all_its_evidence(client: Client, edition: Edition) -> None:
    pieces = [item for items in edition.evidence.values() for item in items if item.source == "so-2021"]

    page = page_of(client, "/sources/so-2021/")

    rows = [text_of(row) for row in page.iter(f"{XHTML}tr")][1:]
    assert len(rows) == len(pieces)
    assert rows[0].startswith("AI/ML integration +2.5% to +6.7% middle +4.6% C, fair 2021 1,079 World;")
    assert {f"/skills/{item.skill}/" for item in pieces} <= set(links_of(page))


def test_unknown_source_is_not_found(client: Client) -> None:
    assert client.get("/sources/rumour/").status_code == 404


def test_evidence_of_a_skill_leads_to_all_figures_of_its_source(client: Client) -> None:
    assert {"/sources/pooled-2026/", "/sources/so-2025-model/"} <= set(links_of(page_of(client, "/skills/kubernetes/")))


def test_source_says_what_it_is_used_for(client: Client, edition: Edition) -> None:
    page = page_of(client, "/sources/")

    pieces = [item for items in edition.evidence.values() for item in items if item.source == "pooled-2026"]
    skills = {item.skill for item in pieces}
    assert f"{len(pieces)} figures about {len(skills)} skills" in text_of(by_id(page, "pooled-2026"))
    paid = [place for place in edition.places.values() if place.source == "bls-oews-2025" and place.quantiles]
    assert f"Pay in {len(paid)} places" in text_of(by_id(page, "bls-oews-2025"))
    assert "Prices in 182 places" in text_of(by_id(page, "world-bank-ppp"))
    assert "3 exchange rates" in text_of(by_id(page, "federal-reserve-h10"))
    assert "2 figures about other ways to more pay: Stay and do nothing; Change employer" in text_of(
        by_id(page, "adp-2026")
    )


@pytest.mark.parametrize(
    ("slug", "use"),
    [
        ("bls-oews-2025", "places, such as United States; New York"),
        ("ons-ashe-15", "Pay in London; Scotland"),
        ("world-bank-ppp", "Prices in 182 places, such as"),
        ("bea-rpp-2024", "Prices in 426 places, such as New York"),
        ("federal-reserve-h10", "3 exchange rates ("),
        ("adp-2026", "2 figures about other ways to more pay: Stay and do nothing; Change employer"),
        ("so-2021", "(3 ways), and pay by years of work"),
    ],
)
def test_page_of_a_source_names_some_of_its_uses(client: Client, slug: str, use: str) -> None:
    assert use in text_of(page_of(client, f"/sources/{slug}/"))


@pytest.mark.parametrize(
    "credit",
    [
        "Stack Overflow Developer Survey, which is made available under the Open Database License (ODbL 1.0)",
        "DOU, salary survey",
        "US Bureau of Labor Statistics, Occupational Employment and Wage Statistics (OEWS), May 2025",
        "US Bureau of Economic Analysis, Regional Price Parities (RPP), 2024",
        "contains public sector information licensed under the Open Government Licence v3.0",
        "contains information licensed under the Open Government Licence – Canada (2.0)",
        "Statistics Sweden (CC0 1.0)",
        "Statistics Norway, Statistics Denmark, Statistics Finland, Statistics Netherlands (CBS)",
        "GeoNames and The Economist’s Big Mac index data, all under CC BY 4.0",
        "European Central Bank",
    ],
)
def test_credit_is_printed(client: Client, credit: str) -> None:
    page = page_of(client, "/sources/")

    assert credit in text_of(page)
    assert "https://dou.ua/" in links_of(page)


def test_sources_lead_to_the_downloads(client: Client) -> None:
    links = links_of(page_of(client, "/sources/"))

    assert {reverse("skills:skills_csv"), reverse("skills:skills_json")} <= set(links)


# What the privacy page claims


@pytest.mark.parametrize(
    ("contact", "shown", "link"),
    [
        ("figures@example.org", "Write to figures@example.org.", "mailto:figures@example.org"),
        ("https://example.org/issues/new", "Do not put your pay in it.", "https://example.org/issues/new"),
    ],
    ids=["e-mail", "issue"],
)
def test_privacy_says_whom_to_ask(client: Client, settings: Any, contact: str, shown: str, link: str) -> None:
    settings.CONTACT = contact

    page = page_of(client, "/privacy/")

    assert shown in text_of(page)
    assert link in links_of(page)


def test_privacy_without_a_contact_promises_none(client: Client, settings: Any) -> None:
    settings.CONTACT = ""

    page = page_of(client, "/privacy/")

    assert "Questions" not in [text_of(heading) for heading in page.iter(f"{XHTML}h2")]


def public_addresses() -> Iterator[str]:
    """One of each public route; a new one with an argument needs an example here."""
    examples: dict[str, dict[str, Any]] = {
        "skill": {"slug": "kubernetes"},
        "article": {"slug": "best-backend-skills-2026"},
        "article_preview": {"token": "none"},
        "change": {"number": 1},
        "source": {"slug": "so-2021"},
        "way": {"slug": "switch-employer"},
        "study_csv": {"table": "coefficients"},
        "escaped_link": {"page": "verdict/", "query": ANSWERS},
    }
    side = ANSWERS.replace("&", "%26")
    queries = dict.fromkeys(("compare", "compare_image"), f"a={side}&b={side}")
    for app, module in (("calculator", calculator.urls), ("skills", skills.urls)):
        for pattern in module.urlpatterns:
            assert isinstance(pattern, URLPattern)
            name = cast(str, pattern.name)
            address = reverse(f"{app}:{name}", kwargs=examples.get(name))
            yield f"{address}?{queries.get(name, ANSWERS)}" if app == "calculator" else address


@pytest.mark.parametrize("address", list(public_addresses()))
def test_no_public_page_sets_a_cookie_or_lets_a_browser_tell(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code < 500
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert re.findall(r"https?:|\*|unsafe", policy) == []


@pytest.mark.parametrize("address", list(public_addresses()))
def test_no_public_page_loads_anything_from_elsewhere(client: Client, address: str) -> None:
    response = client.get(address)
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    page = html5lib.parse(response.content, namespaceHTMLElements=True)

    loaded = [element.get("src") for element in page.iter() if element.get("src")]
    links = [link for link in page.iter(f"{XHTML}link") if link.get("rel") not in ("alternate", "canonical")]
    loaded += [link.get("href") for link in links]

    assert [one for one in loaded if not one.startswith("/") or one.startswith("//")] == []


@pytest.mark.parametrize("address", ["verdict", "verdict_panel", "verdict_data", "verdict_csv", "verdict_image"])
def test_verdict_with_pay_is_listed_nowhere_and_kept_by_no_shared_cache(client: Client, address: str) -> None:
    headers = client.get(f"{reverse(f'calculator:{address}')}?{ANSWERS}").headers

    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Cache-Control"] in ("private, max-age=300", "no-store")


@pytest.mark.parametrize("address", TRUST)
def test_trust_page_is_read_only_and_cacheable(client: Client, address: str) -> None:
    response, head, post = client.get(address), client.head(address), client.post(address)

    assert response.headers["Cache-Control"] in ("public, max-age=300", "max-age=300, public")
    assert (response.status_code, head.status_code, head.content, post.status_code) == (200, 200, b"", 405)
