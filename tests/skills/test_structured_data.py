"""The schema.org data of pages matches what they show."""

from __future__ import annotations

import json
import re
from typing import Any

import html5lib
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from earnverdict.seo import as_json_ld
from skills.articles.workflow import publish_revision, save_revision
from skills.editions.document import PublishedEdition
from skills.editions.site_state import site_state
from skills.presenters.structured_data import LICENCE_ADDRESS
from tests.skills.factories import LONG_AGO, make_article

ORGANIZATION = {"@type": "Organization", "name": "EarnVerdict", "url": "http://testserver/"}
HOSTILE = "</script><script>alert(1)</script> & <!-- “quoted”"


def read_page(client: Client, path: str) -> tuple[Any, dict[str, dict[str, Any]]]:
    """The page as a browser has it, and its data by type."""
    root = html5lib.parse(client.get(path).content.decode(), namespaceHTMLElements=False)
    blocks = [script.text for script in root.iter("script") if script.get("type") == "application/ld+json"]
    things = [thing for block in blocks for thing in json.loads(block)["@graph"]]
    return root, {thing["@type"]: thing for thing in things}


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def with_class(root: Any, name: str) -> Any:
    return next(element for element in root.iter() if name in (element.get("class") or "").split())


def meta(root: Any, name: str) -> str:
    return str(next(tag.get("content") for tag in root.iter("meta") if name in (tag.get("property"), tag.get("name"))))


def shown_trail(root: Any) -> list[tuple[str, str]]:
    steps = [next(iter(step)) for step in with_class(root, "breadcrumbs")]
    return [(text_of(step), step.get("href")) for step in steps]


@pytest.mark.parametrize("slug", ["what-stacking-skills-does", "best-backend-skills-2026"])
def test_article_is_described_as_shown(client: Client, published: PublishedEdition, slug: str) -> None:
    root, things = read_page(client, f"/articles/{slug}/")

    article, byline = things["Article"], text_of(with_class(root, "small"))
    days = [time.get("datetime") for time in with_class(root, "small").iter("time")]
    assert article["headline"] == text_of(next(root.iter("h1")))
    assert article["description"] == text_of(with_class(root, "lead"))
    assert article["author"] == article["publisher"] == ORGANIZATION
    assert byline.startswith("By EarnVerdict,")
    assert article["datePublished"][:10] == days[0]
    assert article["dateModified"][:10] in days
    assert article["image"] == meta(root, "og:image")
    assert article["mainEntityOfPage"] == meta(root, "og:url") == f"http://testserver/articles/{slug}/"


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        pytest.param(
            "/skills/kubernetes/", [("Skills", "/skills/"), ("Kubernetes", "/skills/kubernetes/")], id="skill"
        ),
        pytest.param(
            "/articles/what-stacking-skills-does/",
            [("Articles", "/articles/"), ("What stacking skills really does", "/articles/what-stacking-skills-does/")],
            id="article",
        ),
    ],
)
def test_way_down_is_described_as_shown(
    client: Client, published: PublishedEdition, path: str, steps: list[tuple[str, str]]
) -> None:
    root, things = read_page(client, path)

    trail = things["BreadcrumbList"]["itemListElement"]
    assert [(step["name"], step["item"]) for step in trail] == [(name, f"http://testserver{at}") for name, at in steps]
    assert [step["position"] for step in trail] == [1, 2]
    assert shown_trail(root) == steps[:1]


def test_figures_are_described_as_shown(client: Client, published: PublishedEdition) -> None:
    root, things = read_page(client, "/skills/")

    dataset, shown = things["Dataset"], text_of(root.find("body"))
    assert dataset["name"] == meta(root, "og:title")
    assert dataset["description"] == meta(root, "description")
    assert dataset["url"] == meta(root, "og:url")
    assert (dataset["license"], dataset["isAccessibleForFree"]) == (LICENCE_ADDRESS, True)
    assert "Open Database Licence (ODbL) 1.0" in shown
    assert dataset["creator"] == ORGANIZATION
    assert f"Figures of {published.published_at:%-d %B %Y}." in shown
    assert f"Edition {dataset['version']}, model" in shown
    assert dataset["dateModified"] == published.published_at.isoformat()


def test_figures_can_be_downloaded_where_it_says(client: Client, published: PublishedEdition) -> None:
    root, things = read_page(client, "/skills/")

    linked = {link.get("href") for link in root.iter("a")}
    files = {file["contentUrl"]: file["encodingFormat"] for file in things["Dataset"]["distribution"]}
    served = {address: client.get(address).headers["Content-Type"].partition(";")[0] for address in files}
    assert served == files
    assert {address.removeprefix("http://testserver") for address in files} <= linked


def test_part_of_the_figures_is_not_described_as_the_whole(client: Client, published: PublishedEdition) -> None:
    assert read_page(client, "/skills/?q=go")[1] == {}


def test_home_tells_what_the_site_is(client: Client, published: PublishedEdition) -> None:
    root, things = read_page(client, "/?skill=go")

    assert things == {
        "WebSite": {
            "@type": "WebSite",
            "name": "EarnVerdict",
            "url": "http://testserver/",
            "description": meta(root, "description"),
            "inLanguage": root.get("lang"),
            "publisher": ORGANIZATION,
        }
    }


@pytest.mark.parametrize("path", ["/verdict/?salary=1&location=us&skill=go&edition=1", "/nothing/", "/privacy/"])
def test_other_pages_claim_nothing(client: Client, published: PublishedEdition, path: str) -> None:
    assert read_page(client, path)[1] == {}


@given(text=st.text() | st.sampled_from([HOSTILE, "<!--<script>", "]]>", "\u2028"]))
def test_any_text_stays_within_its_block(text: str) -> None:
    block = as_json_ld({"@type": "Thing", "name": text})

    assert json.loads(block) == {"@context": "https://schema.org", "@graph": [{"@type": "Thing", "name": text}]}
    assert not re.search("[<>&]", block)


def test_title_that_would_end_the_block_is_shown_and_described_as_text(client: Client, small_site: None) -> None:
    article = make_article(slug="hostile")
    revision = save_revision(article, title=HOSTILE, standfirst=HOSTILE, text="Text.", author=HOSTILE, saved_by="D")
    publish_revision(revision, at=LONG_AGO)
    site_state.refresh()

    root, things = read_page(client, "/articles/hostile/")

    assert text_of(next(root.iter("h1"))) == things["Article"]["headline"] == HOSTILE
    assert things["Article"]["author"] == {"@type": "Person", "name": HOSTILE}
    assert root.find("head/title").text == f"{HOSTILE} | EarnVerdict"
    assert meta(root, "og:title") == HOSTILE
    assert shown_trail(root) == [("Articles", "/articles/")]
    scripts = [script for script in root.iter("script") if script.get("type") != "application/ld+json"]
    assert [script for script in scripts if not script.get("src")] == []
