"""The page cache: the same responses as Django's, for as long as they are valid."""

from __future__ import annotations

import itertools
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from earnverdict.page_cache import (
    PageCache,
    compress,
    is_tracking,
    is_unchanged,
    preferred_encoding,
)
from skills.editions.document import PublishedEdition
from skills.editions.site_state import site_state
from tests.earnverdict.wsgi_client import ask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

VERDICT = "/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes&skill=python&edition=1"
LEVEL = "/verdict/?location=us-austin-tx&skill=kubernetes&edition=1&pay=p50"
PAGES = (
    "/",
    "/skills/",
    "/skills/kubernetes/",
    "/articles/",
    "/sources/",
    "/skills.json",
    "/sitemap.xml",
    VERDICT,
    LEVEL,
)
DATA, TABLE, CARD = (
    *(VERDICT.replace("/verdict/", f"/verdict{kind}") for kind in (".json", ".csv")),
    LEVEL.replace("/verdict/", "/verdict/card.png"),
)
#: What a 304 must repeat (RFC 9110, 15.4.5), and what keeps browsers in.
OF_A_304 = ("cache-control", "content-location", "etag", "expires", "vary", "referrer-policy", "x-robots-tag")
MEGABYTE = 2**20


class Showing:
    """What a small site shows, until it changes at a time."""

    numbers = itertools.count(1)

    def __init__(self, until: float = float("inf")) -> None:
        self.generation = next(self.numbers)
        self.until = until

    def next_change(self) -> float:
        return self.until


class Small:
    """A small site: every address answers with its query, the number of times it was asked, and what it shows."""

    def __init__(self) -> None:
        self.showing: Showing | None = Showing()
        self.asked = 0
        self.headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=60"}
        self.status = 200

    @property
    def generation(self) -> int:
        return self.showing.generation if self.showing else 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        self.asked += 1
        response = HttpResponse(f"{environ['QUERY_STRING']} {self.generation} " * 100, headers=self.headers)
        start_response(f"{self.status} OK", list(response.items()))
        return response

    def before(self, max_bytes: int = MEGABYTE) -> PageCache:
        return PageCache(self, shown=lambda: self.showing, max_bytes=max_bytes, private_path="/admin/")


@pytest.fixture
def small() -> Small:
    return Small()


@contextmanager
def production() -> Iterator[WSGIApplication]:
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["localhost", "127.0.0.1"], SECURE_SSL_REDIRECT=False):
        yield WSGIHandler()


def cache_before(django: WSGIApplication) -> PageCache:
    return PageCache(django, shown=lambda: site_state.shown, max_bytes=MEGABYTE, private_path="/admin/")


@pytest.fixture
def site(published: PublishedEdition) -> Iterator[tuple[WSGIApplication, PageCache]]:
    """The site without and with the store before it; neither asks the database."""
    with production() as django:
        yield django, cache_before(django)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_from_the_store_is_what_the_site_answers(site: tuple[WSGIApplication, PageCache], address: str) -> None:
    django, stored = site

    own = ask(django, address)
    number = own.headers.pop("x-request-id")

    for kept, encoding in enumerate(["", "gzip", "br"], 1):
        first = ask(stored, address, accept_encoding=encoding)
        again = ask(stored, address, accept_encoding=encoding)
        assert (first.status, first.text) == (again.status, again.text) == (200, own.body.decode())
        assert len(stored) == kept
        assert first.headers.pop("x-request-id") != number
        assert again.headers == first.headers
        assert own.headers.items() - first.headers.items() <= {("content-length", str(len(own.body)))}
        assert first.headers.get("content-encoding", "") == encoding


@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param(VERDICT.removesuffix("&edition=1"), 302, id="redirect"),
        pytest.param("/verdict/?salary=x&location=us&skill=python", 422, id="mistake"),
        pytest.param("/nothing/", 404, id="nothing-there"),
        pytest.param("/verdict/panel/?salary=1000&location=us&skill=python", 200, id="no-store"),
        pytest.param(f"/verdict/latest/?{VERDICT.partition('?')[2]}", 204, id="today"),
    ],
)
def test_what_caches_may_not_keep_is_not_kept(
    site: tuple[WSGIApplication, PageCache], address: str, status: int
) -> None:
    _, stored = site

    answers = [ask(stored, address, accept_encoding="br") for _ in range(2)]

    assert [answer.status for answer in answers] == [status, status]
    assert len(stored) == 0


def test_page_that_is_not_kept_is_compressed_all_the_same(site: tuple[WSGIApplication, PageCache]) -> None:
    _, stored = site

    answer = ask(stored, "/verdict/?salary=x&location=us&skill=python", accept_encoding="gzip, br")

    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("br", "Accept-Encoding")
    assert "not an amount" in answer.text


def test_editors_pages_pass_by(small: Small) -> None:
    stored = small.before()

    answers = [ask(stored, "/admin/", accept_encoding="br") for _ in range(2)]

    assert (small.asked, len(stored)) == (2, 0)
    assert "content-encoding" not in answers[0].headers


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Set-Cookie": "a=b"}, id="cookie"),
        pytest.param({"Vary": "Cookie"}, id="varies"),
        pytest.param({"Cache-Control": "private, no-cache"}, id="no-cache"),
        pytest.param({"Cache-Control": "no-store"}, id="no-store"),
    ],
)
def test_answer_to_one_person_is_not_kept(small: Small, headers: dict[str, str]) -> None:
    stored = small.before()
    small.headers |= headers

    ask(stored, "/?a")
    ask(stored, "/?a")

    assert (small.asked, len(stored)) == (2, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("HTTP_HOST", "127.0.0.1", id="host"),
        pytest.param("wsgi.url_scheme", "https", id="scheme"),
        pytest.param("HTTP_ACCEPT_ENCODING", "gzip", id="encoding"),
    ],
)
def test_page_depends_on_what_its_absolute_addresses_do(small: Small, name: str, value: str) -> None:
    stored = small.before()

    def asked_otherwise(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        return stored(environ | {name: value}, start_response)

    ask(stored, "/?a", accept_encoding="br")
    ask(asked_otherwise, "/?a", accept_encoding="br")

    assert (small.asked, len(stored)) == (2, 2)


def test_publication_starts_over(small: Small) -> None:
    stored = small.before()
    before = ask(stored, "/?a").text

    small.showing = Showing()
    after = ask(stored, "/?a").text

    assert before != after
    assert (small.asked, len(stored)) == (2, 1)


def test_page_made_while_something_was_published_is_not_kept() -> None:
    class Publishing(Small):
        def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
            answer = super().__call__(environ, start_response)
            self.showing = Showing()
            return answer

    publishing = Publishing()
    stored = publishing.before()

    ask(stored, "/?a")

    assert len(stored) == 0


def test_page_is_made_again_when_its_time_is_over(small: Small) -> None:
    small.showing = Showing(until=time.time() - 1)
    stored = small.before()

    ask(stored, "/?a")
    ask(stored, "/?a")

    assert small.asked == 2


def test_page_begun_before_its_time_is_over_is_not_kept_after_it() -> None:
    """A slow page, and a quick one that is asked for after the change while the slow one is still being made."""

    class Slow(Small):
        def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
            answer = super().__call__(environ, start_response)
            if environ["QUERY_STRING"] == "slow" and self.showing and self.showing.until != float("inf"):
                self.showing.until = float("inf")  # the time has come, and the next one is far away
                stored._expires_at = time.time() - 1
                stored(environ | {"QUERY_STRING": "quick"}, lambda *_: len)  # in another thread
            return answer

    slow = Slow()
    slow.showing = Showing(until=time.time() + 60)
    stored = slow.before()

    ask(stored, "/?slow")
    kept = len(stored)
    ask(stored, "/?slow")

    assert (kept, slow.asked) == (1, 3)


def test_nothing_is_kept_while_nothing_is_shown(small: Small) -> None:
    small.showing = None
    stored = small.before()

    ask(stored, "/?a")

    assert len(stored) == 0


def test_head_is_the_page_without_its_body(small: Small) -> None:
    stored = small.before()

    unknown, page = ask(stored, "/?a", "HEAD"), ask(stored, "/?a")
    known = ask(stored, "/?a", "HEAD")

    assert (unknown.body, known.body) == (b"", b"")
    assert unknown.headers == known.headers == page.headers
    assert page.headers["content-length"] == str(len(page.body))


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/skills/kubernetes/",
        VERDICT,
        LEVEL,
        DATA,
        TABLE,
        CARD,
        "/skills.csv",
        "/skills.json",
        "/changes/feed.atom",
    ],
)
def test_not_modified_has_the_headers_of_the_page(site: tuple[WSGIApplication, PageCache], address: str) -> None:
    django, stored = site
    page = ask(stored, address, accept_encoding="br")

    for whose, cache in (("stored", stored), ("made", cache_before(django))):
        unchanged = ask(cache, address, accept_encoding="br", if_none_match=page.headers["etag"])
        changed = ask(cache, address, accept_encoding="br", if_none_match='W/"another"')
        statuses = page.status, unchanged.status, unchanged.body, changed.status
        assert statuses == (200, 304, b"", 200), whose
        found, expected = ({name: each.headers.get(name) for name in OF_A_304} for each in (unchanged, page))
        assert found == expected, whose
    assert page.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("asked", "unchanged"),
    [
        pytest.param('W/"a"', True, id="the-tag"),
        pytest.param('"a"', True, id="strong"),
        pytest.param('"b", W/"a" ,"c"', True, id="one-of-several"),
        pytest.param(" * ", True, id="any"),
        pytest.param('W/"b"', False, id="another"),
        pytest.param('W/"a', False, id="cut"),
        pytest.param("a", False, id="unquoted"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_tags_are_compared_weakly(asked: str, unchanged: bool) -> None:
    assert is_unchanged(asked, 'W/"a"') is unchanged


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("BR", "br"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", ""),
        ("br;q=x", ""),
        ("br;level=1", ""),
        ("br;q=nan", ""),
    ],
)
def test_encoding_is_the_best_that_is_accepted(accepted: str, encoding: str) -> None:
    assert preferred_encoding(accepted) == encoding


@pytest.mark.parametrize("query", ["utm_source=hn", "utm_source=a&utm_medium=b", "fbclid=x", "ref=y"])
def test_where_a_link_was_clicked_makes_no_other_page(small: Small, query: str) -> None:
    stored = small.before()

    ask(stored, "/")
    ask(stored, f"/?{query}")

    assert small.asked == 1


@pytest.mark.parametrize(
    "query", ["skill=python", "utm_source=a&skill=python", "xfbclid=1", "utm_source", "salary=ref=1"]
)
def test_answers_are_no_tracking(query: str) -> None:
    assert not is_tracking(query)


def test_pages_not_asked_for_the_longest_make_room(small: Small) -> None:
    stored = small.before(max_bytes=15_000)
    for query in ("a", "b", "a", "c", "a", "d", "e"):
        ask(stored, f"/?{query}")
    asked = small.asked

    ask(stored, "/?a")
    was_kept = small.asked == asked
    ask(stored, "/?b")

    assert was_kept
    assert small.asked == asked + 1
    assert stored.weight <= 15_000


@pytest.mark.parametrize(
    ("length", "size"), [pytest.param(30_000, 10, id="long-addresses"), pytest.param(5, 30_000, id="long-pages")]
)
def test_weight_is_the_memory_that_is_taken(length: int, size: int) -> None:
    def answering(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        headers = {"Cache-Control": "public, max-age=60", "Link": f"<{environ['QUERY_STRING']}>"}
        response = HttpResponse("a" * size, headers=headers)
        start_response("200 OK", list(response.items()))
        return response

    showing = Showing()
    stored = PageCache(answering, shown=lambda: showing, max_bytes=16 * MEGABYTE, private_path="/admin/")
    ask(stored, "/")
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for number in range(100):
        ask(stored, f"/?{number:0{length}}")
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()

    assert len(stored) == 101
    assert 0.8 * stored.weight < taken < 1.02 * stored.weight


def test_page_larger_than_the_store_is_answered_and_not_kept(small: Small) -> None:
    stored = small.before(max_bytes=100)

    answer = ask(stored, "/?a")

    assert (answer.status, len(stored), stored.weight) == (200, 0, 0)


@given(
    steps=st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["", "gzip", "br"]), st.sampled_from("....p")),
        max_size=60,
    ),
    max_bytes=st.integers(0, 40_000),
)
def test_store_answers_as_the_site_does_whatever_is_asked(steps: list[tuple[str, str, str]], max_bytes: int) -> None:
    small = Small()
    stored = small.before(max_bytes=max_bytes)

    for query, encoding, event in steps:
        if event == "p":
            small.showing = Showing()
        answer = ask(stored, f"/?{query}", accept_encoding=encoding)

        assert answer.text == ask(small, f"/?{query}").text
        assert 0 <= stored.weight <= max_bytes
        assert (stored.weight == 0) == (len(stored) == 0)


@given(body=st.binary(max_size=5_000), encoding=st.sampled_from(["br", "gzip"]), is_private=st.booleans())
def test_compression_is_the_same_each_time(body: bytes, encoding: Any, is_private: bool) -> None:
    compressed = compress(body, encoding, is_private=is_private)

    assert compressed == compress(body, encoding, is_private=is_private)


def test_page_for_one_visitor_is_compressed_less_the_shorter_it_is() -> None:
    text = " ".join(f"{number:x}{number * 37 % 101:x}" for number in range(20_000)).encode()
    short, long, longer = (text[:length] for length in (50_000, 70_000, 70_001))

    assert len(compress(short, "br", is_private=True)) > len(compress(short, "br", is_private=False))
    assert len(compress(long, "br", is_private=True)) > len(compress(long, "br", is_private=False))
    assert compress(longer, "br", is_private=True) == compress(longer, "br", is_private=False)
