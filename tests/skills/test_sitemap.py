"""The sitemap and robots.txt: all pages, the date of each one's last change, and what not to fetch."""

from __future__ import annotations

from dataclasses import replace
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from skills.articles.workflow import publish_revision, save_revision
from skills.editions.document import PublishedEdition
from skills.editions.site_state import site_state
from skills.editions.store import Withdrawn
from tests.skills.factories import LONG_AGO, make_article
from tests.skills.test_head import PAGES, VERDICT

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read_sitemap(client: Client, path: str = "/sitemap.xml") -> dict[str, str | None]:
    """The date of each address."""
    response = client.get(path)
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    return {str(url.findtext(f"{SPACE}loc")): url.findtext(f"{SPACE}lastmod") for url in root.iter(f"{SPACE}url")}


def test_sitemap_lists_every_page_that_is_for_all(client: Client, published: PublishedEdition) -> None:
    listed = list(read_sitemap(client))

    fixed = {reverse(name) for name, arguments in PAGES.items() if not arguments}
    skills = {f"/skills/{slug}/" for slug in published.edition.skills}
    ways = {f"/ways/{way.slug}/" for way in published.edition.ways}
    sources = {f"/sources/{slug}/" for slug in published.edition.sources}
    articles = {f"/articles/{article.slug}/" for article in site_state.site().articles}
    expected = {f"http://testserver{path}" for path in fixed | skills | ways | sources | articles | {"/changes/1/"}}
    assert len(listed) == len(set(listed))
    assert set(listed) == expected
    assert [path for path in listed if client.get(path).status_code != 200] == []


def test_sitemap_is_light_and_for_everybody(client: Client, published: PublishedEdition) -> None:
    response = client.get("/sitemap.xml", secure=True)
    head = client.head("/sitemap.xml")

    assert response.headers["Content-Type"] == "application/xml"
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert dict(response.cookies) == {}
    assert b"<loc>https://testserver/</loc>" in response.content
    assert (head.status_code, head.content) == (200, b"")
    assert client.post("/sitemap.xml").status_code == 405


def test_dates_are_those_of_what_each_page_shows(client: Client, published: PublishedEdition) -> None:
    listed = {path.removeprefix("http://testserver"): date for path, date in read_sitemap(client).items()}

    figures = f"{published.published_at:%Y-%m-%d}"
    site = site_state.site()
    assert {listed[path] for path in ("/skills/", "/skills/kubernetes/", "/sources/", "/changes/", "/changes/1/")} == {
        figures
    }
    assert listed["/"] == max(figures, *(f"{article.updated_at:%Y-%m-%d}" for article in site.articles))
    assert {path: date for path, date in listed.items() if date is None} == dict.fromkeys(
        ("/does-it-work/", "/methodology/", "/privacy/")
    )
    for article in site.articles:
        assert listed[f"/articles/{article.slug}/"] == f"{article.updated_at:%Y-%m-%d}"


def test_article_has_the_date_of_its_present_text(client: Client, small_site: None) -> None:
    article = make_article(slug="new-article")
    revision = save_revision(article, title="A", standfirst="B", text="Text.", author="C", saved_by="D")
    publish_revision(revision, at=LONG_AGO)
    site_state.refresh()

    listed = read_sitemap(client)

    assert listed["http://testserver/articles/new-article/"] == "2020-01-01"
    assert listed["http://testserver/articles/"] == "2020-01-01"
    assert listed["http://testserver/"] == f"{site_state.site().newest.published_at:%Y-%m-%d}"


def test_withdrawal_is_a_change_of_the_figures_too(client: Client, published: PublishedEdition) -> None:
    site, first, second, withdrawn = (
        site_state.site(),
        LONG_AGO,
        LONG_AGO.replace(year=2021),
        LONG_AGO.replace(year=2022),
    )
    records = {1: site.records[1], 2: replace(site.records[1], number=2, published_at=second)}
    site_state._site = replace(
        site,
        newest=replace(published, published_at=first),
        checksums=dict.fromkeys(records, "0" * 64),
        records={1: replace(records[1], published_at=first), 2: records[2]},
        withdrawals={2: Withdrawn(reason="a mistake", withdrawn_at=withdrawn)},
    )

    listed = {path.removeprefix("http://testserver"): date for path, date in read_sitemap(client).items()}

    assert {listed[path] for path in ("/skills/", "/skills/kubernetes/", "/changes/", "/changes/2/")} == {"2022-01-01"}
    assert listed["/changes/1/"] == "2020-01-01"


def test_nothing_published_is_reported(client: Client, empty_database: None) -> None:
    site_state.forget()

    response = client.get("/sitemap.xml")

    assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")


# robots.txt


def read_robots(client: Client) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


def test_crawlers_may_read_every_page_and_every_verdict(client: Client, published: PublishedEdition) -> None:
    robots = read_robots(client)

    open_to_all = [*read_sitemap(client), f"/verdict/?{VERDICT}", f"/verdict/card.png?{VERDICT}", "/compare/?a=b"]
    assert [path for path in open_to_all if not robots.can_fetch("*", path)] == []
    assert client.get(f"/verdict/?{VERDICT}").headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    "name", ["verdict_panel", "verdict_latest", "compare_with", "place_suggestions", "place_currency", "pay_reading"]
)
def test_crawlers_leave_parts_of_pages_alone(client: Client, name: str) -> None:
    assert not read_robots(client).can_fetch("*", f"{reverse(f'calculator:{name}')}?{VERDICT}")


def test_robots_names_the_sitemap_and_gives_nothing_away(client: Client) -> None:
    response = client.get("/robots.txt", secure=True)
    head = client.head("/robots.txt")

    text = response.content.decode()
    assert "\nSitemap: https://testserver/sitemap.xml\n" in text
    assert "admin" not in text
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert dict(response.cookies) == {}
    assert (head.status_code, head.content) == (200, b"")
