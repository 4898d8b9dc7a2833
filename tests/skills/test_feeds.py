"""The feeds: valid Atom of editions and articles, with absolute addresses and without queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from skills.articles.published import PublishedArticle
from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition, withdraw_edition
from skills.editions.site_state import site_state

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/changes/feed.atom", "/articles/feed.atom"]

ARTICLE = PublishedArticle(
    slug="is-go-worth-it",
    title="Is Go worth it? <Maybe> & maybe not",
    standfirst="Two studies & a survey.",
    text="The **text**.",
    author="Ada",
    published_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    updated_at=datetime(2026, 2, 3, 4, 5, tzinfo=UTC),
    reviewed_on=None,
)


def parse(response: Any) -> ElementTree.Element:
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own output


def texts(element: ElementTree.Element) -> dict[str, str]:
    """What the element's own children say; of links, where they lead."""
    found = {}
    for child in element:
        name = child.tag.removeprefix(ATOM)
        if name == "link":
            found[f"link {child.get('rel')}"] = child.get("href", "")
        elif name == "author":
            found[name] = child.findtext(f"{ATOM}name", "")
        elif name != "entry":
            found[name] = child.text or ""
    return found


def publish(note: str, **fields: str) -> None:
    publish_edition(note=note, publisher="Ada", **fields)
    site_state.refresh()


def show_articles(*articles: PublishedArticle) -> None:
    site_state._site = replace(site_state.site(), texts=articles)


@pytest.mark.parametrize("path", FEEDS)
def test_feed_is_valid_atom(client: Client, published: PublishedEdition, path: str) -> None:
    show_articles(ARTICLE)

    feed = parse(client.get(path, headers={"host": "localhost"}, secure=True))

    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for element in (feed, *entries):
        found = texts(element)
        assert {"id", "title", "updated", "author", "link alternate"} <= found.keys()
        assert found["link alternate"].startswith("https://localhost/")
        assert datetime.fromisoformat(found["updated"]).tzinfo
    assert texts(feed)["link self"] == f"https://localhost{path}"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries} | {feed.findtext(f"{ATOM}id")}) == len(entries) + 1


def test_editions_tell_their_notes_corrections_and_withdrawals(client: Client, small_site: None) -> None:
    publish("A <mistake> & more.")
    publish("Mended.", correction="The figure of 2 was 3.")
    withdraw_edition(2, reason="Made up.", by="Ada")
    site_state.refresh()
    site = site_state.site()

    third, second, first = (texts(entry) for entry in parse(client.get(FEEDS[0])).findall(f"{ATOM}entry"))

    withdrawn_at = site.withdrawals[2].withdrawn_at
    assert third == {
        "title": "Edition 3, with a correction",
        "link alternate": "http://testserver/changes/3/",
        "id": "http://testserver/changes/3/",
        "published": site.records[3].published_at.isoformat(),
        "updated": site.records[3].published_at.isoformat(),
        "author": "Ada",
        "summary": "<p>Mended.</p><p><b>Correction:</b> The figure of 2 was 3.</p>",
    }
    assert (second["title"], second["updated"]) == ("Edition 2 (withdrawn)", withdrawn_at.isoformat())
    assert second["summary"] == (
        f"<p>A &lt;mistake&gt; &amp; more.</p><p><b>Withdrawn on {withdrawn_at:%-d %B %Y}:</b> Made up.</p>"
    )
    assert (first["title"], first["id"]) == ("Edition 1", "http://testserver/changes/1/")


def test_articles_tell_their_standfirst(client: Client, published: PublishedEdition) -> None:
    show_articles(ARTICLE)

    (entry,) = parse(client.get(FEEDS[1])).findall(f"{ATOM}entry")

    assert texts(entry) == {
        "title": "Is Go worth it? <Maybe> & maybe not",
        "link alternate": "http://testserver/articles/is-go-worth-it/",
        "id": "http://testserver/articles/is-go-worth-it/",
        "published": "2026-01-02T03:04:00+00:00",
        "updated": "2026-02-03T04:05:00+00:00",
        "author": "Ada",
        "summary": "<p>Two studies &amp; a survey.</p>",
    }


def test_site_without_articles_has_a_feed_without_entries(client: Client, published: PublishedEdition) -> None:
    show_articles()

    assert parse(client.get(FEEDS[1])).findall(f"{ATOM}entry") == []


def test_characters_that_xml_cannot_hold_are_left_out(client: Client, small_site: None) -> None:
    publish("A form\x0cfeed.", correction="A bell\x07.")

    entry, _ = parse(client.get(FEEDS[0])).findall(f"{ATOM}entry")

    assert texts(entry)["summary"] == "<p>A formfeed.</p><p><b>Correction:</b> A bell.</p>"


@pytest.mark.parametrize("path", FEEDS)
def test_feed_is_kept_a_while(client: Client, published: PublishedEdition, path: str) -> None:
    response = client.get(path)

    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert set(response.headers["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    assert not response.cookies
    assert "Vary" not in response.headers
    assert client.post(path).status_code == 405


def test_feed_that_is_known_is_not_sent_again(client: Client, small_site: None) -> None:
    known = client.get(FEEDS[0]).headers["ETag"]

    again = client.get(FEEDS[0], headers={"if-none-match": known})
    publish("News.")
    after = client.get(FEEDS[0], headers={"if-none-match": known})

    assert (again.status_code, again.content) == (304, b"")
    assert after.status_code == 200
    assert after.headers["ETag"] != known


def test_every_page_names_the_feeds(client: Client, published: PublishedEdition) -> None:
    page = client.get("/").content.decode()

    for path in FEEDS:
        assert '<link rel="alternate" type="application/atom+xml" title="' in page
        assert f'href="{path}">' in page
