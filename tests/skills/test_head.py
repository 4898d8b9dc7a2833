"""The head of every public page: one title, one description, one address, and what shared links and icons need."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from calculator.query import write_comparison
from earnverdict.seo import MAX_DESCRIPTION_CHARACTERS, SHARE_IMAGE, page_at
from skills.editions.document import PublishedEdition

VERDICT = "salary=115000&location=us-austin-tx&skill=kubernetes&edition=1"
COMPARISON = write_comparison(VERDICT, VERDICT.replace("kubernetes", "go"))
#: The same for the level nearest to the salary.
LEVEL = VERDICT.replace("salary=115000&", "") + "&pay=p25"
SHARED_COMPARISON = f"/compare/?{write_comparison(LEVEL, LEVEL.replace('kubernetes', 'go'))}"
ORIGIN = "https://earn.example"

#: Pages that are for all to find, with arguments that open one of each.
PAGES: dict[str, dict[str, Any]] = {
    "calculator:home": {},
    "skills:skills": {},
    "skills:skill": {"slug": "kubernetes"},
    "skills:articles": {},
    "skills:article": {"slug": "what-stacking-skills-does"},
    "skills:methodology": {},
    "skills:does_it_work": {},
    "skills:study": {},
    "skills:sources": {},
    "skills:ways": {},
    "skills:way": {"slug": "switch-employer"},
    "skills:source": {"slug": "so-2021"},
    "skills:privacy": {},
    "skills:changes": {},
    "skills:change": {"number": 1},
}
#: An editor's own pages, which search engines must not find.
OWN_PAGES = {
    "calculator:verdict",
    "calculator:verdict_changes",
    "calculator:verdict_calculation",
    "calculator:verdict_evidence",
    "calculator:verdict_flips",
    "calculator:verdict_market",
    "calculator:verdict_ways",
    "calculator:compare",
}
#: Answers that have no head: parts of pages, steps on the way, data; and drafts, for who has a link to one.
OTHERS = {
    "calculator:skill_search",
    "calculator:escaped_link",
    "calculator:verdict_ways_csv",
    "healthz",
    "readyz",
    "skills:article_preview",
    "calculator:verdict_panel",
    "calculator:verdict_latest",
    "calculator:verdict_image",
    "calculator:compare_image",
    "calculator:verdict_data",
    "calculator:verdict_csv",
    "calculator:compare_with",
    "calculator:place_suggestions",
    "calculator:place_currency",
    "calculator:pay_reading",
    "skills:skills_csv",
    "skills:ways_csv",
    "skills:ways_json",
    "skills:skills_json",
    "skills:study_csv",
    "skills:articles_feed",
    "skills:changes_feed",
    "skills:sitemap",
    "skills:robots",
    "skills:security_txt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page's head holds, parsed as a browser would."""

    titles: list[str]
    named: list[tuple[str, str]]
    links: dict[str, list[dict[str, str]]]
    lang: str

    @property
    def meta(self) -> dict[str, str]:
        return dict(self.named)


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition, settings: Any) -> None:
    """Every page needs edition 1, and a host of its own to name."""
    settings.ALLOWED_HOSTS = ["earn.example"]


def open_page(client: Client, path: str) -> Any:
    return client.get(path, headers={"host": "earn.example"}, secure=True)


def head_of(client: Client, path: str) -> Head:
    response = open_page(client, path)
    assert response.status_code == 200
    root = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    head = root.find("head")
    links: dict[str, list[dict[str, str]]] = {}
    for link in head.iter("link"):
        links.setdefault(link.get("rel"), []).append(dict(link.attrib))
    named = [(meta.get("property") or meta.get("name"), meta.get("content")) for meta in head.iter("meta")]
    return Head(
        titles=[title.text or "" for title in head.iter("title")],
        named=[(name, content) for name, content in named if name and name != "theme-color"],
        links=links,
        lang=root.get("lang"),
    )


def public_routes() -> set[str]:
    """Every named address but the admin's, as `namespace:name`."""
    found = set()
    waiting: list[tuple[str, URLPattern | URLResolver]] = [("", pattern) for pattern in get_resolver().url_patterns]
    while waiting:
        space, pattern = waiting.pop()
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                prefix = f"{pattern.namespace}:" if pattern.namespace else space
                waiting.extend((prefix, inner) for inner in pattern.url_patterns)
        else:
            found.add(f"{space}{pattern.name}")
    return found


def test_every_public_address_is_known_to_these_tests() -> None:
    assert public_routes() == {*PAGES, *OWN_PAGES, *OTHERS}


@pytest.mark.parametrize("name", PAGES)
def test_page_says_what_it_is_once(client: Client, name: str) -> None:
    path = reverse(name, kwargs=PAGES[name])

    head = head_of(client, path)

    (title,) = head.titles
    assert title == f"{head.meta['og:title']} | EarnVerdict"
    assert len(head.meta["og:title"]) > 10
    assert 50 <= len(head.meta["description"]) <= MAX_DESCRIPTION_CHARACTERS
    assert head.meta["og:description"] == head.meta["description"]
    assert [link["href"] for link in head.links["canonical"]] == [f"{ORIGIN}{path}"]
    assert head.meta["og:url"] == f"{ORIGIN}{path}"
    assert head.meta["og:type"] == ("article" if name == "skills:article" else "website")
    assert head.meta["og:site_name"] == "EarnVerdict"
    assert head.meta["og:image"] == f"{ORIGIN}/static/{SHARE_IMAGE}"
    assert head.meta["og:image:alt"].startswith("EarnVerdict: which skill")
    assert head.meta["twitter:card"] == "summary_large_image"
    assert (head.lang, head.meta["viewport"]) == ("en", "width=device-width, initial-scale=1")
    assert len(head.named) == len(head.meta)


@pytest.mark.parametrize("name", PAGES)
def test_page_sets_no_cookie_and_answers_head(client: Client, name: str) -> None:
    path = reverse(name, kwargs=PAGES[name])

    page = open_page(client, path)
    head = client.head(path, headers={"host": "earn.example"}, secure=True)

    assert (dict(page.cookies), head.status_code, head.content) == ({}, 200, b"")


def test_no_two_pages_say_the_same(client: Client, published: PublishedEdition) -> None:
    listed = re.findall(r"<loc>https://earn\.example(.*?)</loc>", open_page(client, "/sitemap.xml").content.decode())

    heads = [head_of(client, path) for path in listed]

    assert len(heads) > len(published.edition.skills)
    assert len({head.titles[0] for head in heads}) == len(heads)
    assert len({head.meta["description"] for head in heads}) == len(heads)
    lengths = {head.titles[0]: len(head.meta["description"]) for head in heads}
    assert {title: length for title, length in lengths.items() if not 50 <= length <= MAX_DESCRIPTION_CHARACTERS} == {}


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        pytest.param("/skills/?sort=name&q=go", "/skills/", id="filtered"),
        pytest.param("/?salary=1&skill=go", "/", id="answers kept"),
        pytest.param("/sources/?utm_source=x", "/sources/", id="anything"),
    ],
)
def test_query_is_no_part_of_a_pages_address(client: Client, path: str, canonical: str) -> None:
    head = head_of(client, path)

    assert [link["href"] for link in head.links["canonical"]] == [f"{ORIGIN}{canonical}"]
    assert head.meta["og:url"] == f"{ORIGIN}{canonical}"


def test_comparison_names_its_address_without_pay_and_its_result(client: Client) -> None:
    path = f"/compare/?{COMPARISON}"

    head = head_of(client, path)

    assert head.titles == [f"{head.meta['og:title']} | EarnVerdict"]
    assert "salary" in path
    assert head.meta["og:url"] == f"{ORIGIN}{SHARED_COMPARISON}"
    assert head.meta["og:description"] == head.meta["description"]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/nothing/", id="404"),
        pytest.param("/verdict/?edition=99", id="no such edition"),
        pytest.param("/verdict/?salary=lots&location=us&skill=go", id="mistake"),
        pytest.param("/compare/?a=salary=lots", id="wrong comparison"),
    ],
)
def test_error_is_no_page_to_find_or_to_show(client: Client, path: str) -> None:
    response = open_page(client, path)

    text = response.content.decode()
    assert response.status_code >= 400
    assert len(re.findall(r"<title>[^<|]+ \| EarnVerdict</title>", text)) == 1
    assert "canonical" not in text
    assert "og:url" not in text
    assert re.search(r'<meta name="description" content="[^"]+">', text)


def test_long_description_is_cut_between_words_and_loses_what_cannot_be_shown() -> None:
    request: HttpRequest = RequestFactory().get("/x/", headers={"host": "earn.example"})

    page = page_at(request, title="A\u00a0title +\u20605%", description="word\u00a0" * 60)

    assert page.title == "A title +5%"
    assert page.description == f"{'word ' * 31}word…"
    assert len(page.description) == MAX_DESCRIPTION_CHARACTERS


# Icons and the picture of shared links


def find_static(name: str) -> Path:
    path = finders.find(name)
    assert isinstance(path, str)
    return Path(path)


def test_share_image_is_as_the_head_says_and_light(client: Client) -> None:
    head = head_of(client, "/")
    with Image.open(find_static(SHARE_IMAGE)) as image:
        size = tuple(map(str, image.size))

    assert (head.meta["og:image:width"], head.meta["og:image:height"]) == size == ("1200", "630")
    assert find_static(SHARE_IMAGE).stat().st_size < 40_000


def test_every_linked_icon_is_there(client: Client) -> None:
    head = head_of(client, "/")
    linked = [link["href"] for rel in ("icon", "apple-touch-icon", "manifest") for link in head.links[rel]]

    manifest = json.loads(find_static("img/site.webmanifest").read_text())
    sizes = {}
    for icon in manifest["icons"]:
        path = find_static(f"img/{icon['src']}")
        if path.suffix == ".png":
            with Image.open(path) as image:
                sizes[icon["sizes"]] = image.size

    assert linked == ["/static/img/icon.svg", "/static/img/apple-touch-icon.png", "/static/img/site.webmanifest"]
    served = [client.head(path, headers={"host": "earn.example"}, secure=True) for path in linked]
    types = [response.headers["Content-Type"] for response in served if response.status_code == 200]
    assert types == ["image/svg+xml", "image/png", "application/manifest+json"]
    assert sizes == {"192x192": (192, 192), "512x512": (512, 512)}


@pytest.mark.parametrize("method", ["get", "head"])
def test_favicon_is_where_browsers_ask_for_it(db: None, client: Client, method: str) -> None:
    response = getattr(client, method)("/favicon.ico", headers={"host": "earn.example"}, secure=True)

    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/x-icon")
    if method == "get":
        with Image.open(io.BytesIO(b"".join(response.streaming_content))) as icon:
            assert icon.info["sizes"] == {(16, 16), (32, 32)}
    response.close()


def test_browsers_frame_has_the_colour_of_the_paper(client: Client) -> None:
    paper = re.search(r"--paper: light-dark\((#\w+), (#\w+)\)", find_static("css/tokens.css").read_text())
    page = open_page(client, "/").content.decode()

    colours = re.findall(r'name="theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)\)"', page)

    assert paper is not None
    assert colours == [(paper[1], "light"), (paper[2], "dark")]


def test_policy_lets_the_manifest_be_read() -> None:
    assert settings.SECURE_CSP["manifest-src"] == ["'self'"]
