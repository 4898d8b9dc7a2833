"""The whole site: every page that can be reached is complete and valid, and sends nothing to other sites."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from django.test import Client
from django.urls import resolve

from skills.editions.site import Site
from tests import real_site

MAX_REDIRECTS = 1
PAGES_OF_A_KIND = 4
# A verdict links to dozens of others, each of which links to dozens more, and so does a view of a table in another
# order: they are opened, and not walked on from.
ENDS = ("/verdict/", "/compare/")


@dataclass
class Page:
    """One address as it answers."""

    address: str
    response: Any

    @property
    def is_html(self) -> bool:
        return str(self.response.headers["Content-Type"]).startswith("text/html")

    @cached_property
    def text(self) -> str:
        return str(self.response.content.decode())

    @cached_property
    def tags(self) -> list[tuple[str, dict[str, str]]]:
        reader = _Reader()
        reader.feed(self.text)
        return reader.tags

    @cached_property
    def anchors(self) -> set[str]:
        return {attributes["id"] for _, attributes in self.tags if "id" in attributes}

    @cached_property
    def links(self) -> set[str]:
        return {attributes["href"] for tag, attributes in self.tags if tag == "a" and "href" in attributes}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


@pytest.fixture(scope="module")
def site(real_published_site: Site, real_folder: Path) -> dict[str, Page]:
    """Every page that links lead to from the home page, by address; none of them asks the database."""
    real_site.show(real_published_site, real_folder / "state")
    pages: dict[str, Page] = {}
    waiting, client = deque(["/"]), Client()
    while waiting:
        address = waiting.popleft()
        if address not in pages:
            pages[address] = page = Page(address, _open(client, address))
            if page.is_html and not _is_end(address):
                waiting += [without_anchor for without_anchor, _ in _internal(page)]
    return pages


def test_every_link_leads_somewhere(site: dict[str, Page]) -> None:
    broken = {address: page.response.status_code for address, page in site.items() if page.response.status_code != 200}

    assert len(site) > 60
    assert broken == {}


def test_every_anchor_is_there(site: dict[str, Page]) -> None:
    missing = [
        f"{page.address}: {address}#{anchor}"
        for page in _html(site)
        for address, anchor in _internal(page)
        if anchor and address in site and site[address].is_html and anchor not in site[address].anchors
    ]

    assert missing == []


def test_every_kind_of_page_is_valid_html(site: dict[str, Page]) -> None:
    """The parser is slow, so some pages of each view are read: the others come from the same templates."""
    mistakes = {}
    kinds: Counter[str] = Counter()
    for page in _html(site):
        kinds[kind := resolve(urlsplit(page.address).path).view_name] += 1
        if kinds[kind] > PAGES_OF_A_KIND:
            continue
        try:
            html5lib.HTMLParser(strict=True).parse(page.response.content)
        except html5lib.html5parser.ParseError as error:
            mistakes[page.address] = str(error)

    assert len(kinds) >= 10
    assert mistakes == {}


def test_no_id_is_given_twice_and_every_reference_has_its_target(site: dict[str, Page]) -> None:
    mistakes = []
    for page in _html(site):
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        mistakes += [f"{page.address}: {name} twice" for name in set(ids) if ids.count(name) > 1]
        for tag, attributes in page.tags:
            for kind in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list"):
                mistakes += [
                    f"{page.address}: <{tag} {kind}={name}>"
                    for name in attributes.get(kind, "").split()
                    if name not in ids
                ]

    assert mistakes == []


def test_every_page_has_one_main_heading_and_landmarks(site: dict[str, Page]) -> None:
    counts = {
        page.address: [sum(found == tag for found, _ in page.tags) for tag in ("h1", "main", "header")]
        for page in _html(site)
    }

    assert {address for address, (h1, main, header) in counts.items() if (h1, main) != (1, 1) or not header} == set()


def test_headings_do_not_skip_a_level(site: dict[str, Page]) -> None:
    skipped = []
    for page in _html(site):
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        skipped += [
            f"{page.address}: h{before} to h{after}" for before, after in pairwise(levels) if after > before + 1
        ]

    assert skipped == []


def test_no_page_sets_a_cookie_or_fetches_from_elsewhere(site: dict[str, Page]) -> None:
    fetched = ("script", "link", "img", "source", "iframe", "use", "image", "video", "audio", "object", "embed")
    elsewhere = [
        f"{page.address}: {value}"
        for page in _html(site)
        for tag, attributes in page.tags
        if tag in fetched and attributes.get("rel") not in ("canonical", "alternate")
        for value in (attributes.get("src", ""), attributes.get("href", ""))
        if urlsplit(value).netloc
    ]

    assert {address for address, page in site.items() if page.response.cookies} == set()
    assert elsewhere == []


def test_links_to_other_sites_do_not_say_where_from(site: dict[str, Page]) -> None:
    telling = {
        f"{page.address}: {attributes['href']}"
        for page in _html(site)
        for tag, attributes in page.tags
        if tag == "a" and urlsplit(attributes.get("href", "")).netloc and "noreferrer" not in attributes.get("rel", "")
    }

    assert telling == set()


def test_no_page_has_a_script_or_a_style_of_its_own(site: dict[str, Page]) -> None:
    own = {
        f"{page.address}: {tag} {attributes}"
        for page in _html(site)
        for tag, attributes in page.tags
        if tag == "style"
        or "style" in attributes
        or any(name.startswith("on") for name in attributes)
        or (tag == "script" and "src" not in attributes and attributes.get("type") != "application/ld+json")
    }

    assert own == set()


def _is_end(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path.startswith(ENDS) or bool(parts.query)


def _html(site: dict[str, Page]) -> Iterator[Page]:
    return (page for page in site.values() if page.is_html)


def _internal(page: Page) -> Iterator[tuple[str, str]]:
    """Where the page's links lead on this site, with the anchor."""
    for link in page.links:
        address = urljoin(page.address, link)
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc:
            yield address.partition("#")[0], parts.fragment


def _open(client: Client, address: str) -> Any:
    answer = client.get(address, follow=True)
    assert len(answer.redirect_chain) <= MAX_REDIRECTS, answer.redirect_chain
    return answer
