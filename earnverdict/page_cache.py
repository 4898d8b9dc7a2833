"""In-process page cache: serves a stored response before the request reaches Django.

A public page depends on its address, the build and the site's content, and on nothing about the visitor. So responses
that caches may store are stored here too, compressed, until the content changes: after a publication, a withdrawal, or
at the time of a scheduled article. Errors, redirects and editors' pages are never stored.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol

import brotli
from django.utils.http import parse_etags

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

type Encoding = Literal["br", "gzip", ""]
type Headers = list[tuple[str, str]]
type Key = tuple[str, str, str, str, Encoding]

#: Bytes that Python's objects for one entry take without their text: strings, tuples, a slot in the dictionary.
ENTRY_OVERHEAD = 3_000
#: Compressing a smaller body saves nothing.
MIN_COMPRESSED = 500
#: Brotli's quality. A page with pay in its address is compressed for one visitor: as quickly as it stays within 9 KB,
#: by its length in bytes. Quality 3 takes half the time of 4 and 5, and 0.9 KB more than 5.
BROTLI_QUALITY = 5
BROTLI_QUICK_QUALITIES = {50_000: 3, 70_000: 4}
#: Brotli’s window as a power of two. A larger one makes no page smaller, and takes a quarter more time in a request.
BROTLI_WINDOW = 16
GZIP_LEVEL = 6
_GZIP_FORMAT = 31
_COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
#: Parameters that other sites add to links; no page reads them.
_TRACKING = re.compile(r"(?:utm_[a-z]+|fbclid|gclid|msclkid|ref)=[^&]*")
_ACCEPTED = re.compile(r"(?:^|,)\s*(br|gzip|\*)\s*(?:;\s*q=(0(?:\.\d*)?|1(?:\.0*)?)\s*)?(?=,|$)")


class Shown(Protocol):
    """The site's content, as far as the cache needs it."""

    @property
    def generation(self) -> int:
        """A number that changes with the content and is never used twice in a process."""

    def next_change(self) -> float:
        """The time, in seconds since 1970, at which pages change without a publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResponse:
    """A response as it is sent."""

    status: str
    headers: Headers
    body: bytes
    tag: str


class PageCache:
    """A WSGI application that wraps another one.

    `shown` returns the site's content without a query, or None before it is loaded. `max_bytes` limits the memory: the
    least recently used pages are dropped first.
    """

    def __init__(
        self,
        application: WSGIApplication,
        *,
        shown: Callable[[], Shown | None],
        max_bytes: int,
        private_path: str,
        scheme_header: str = "",
    ) -> None:
        self._application = application
        self._shown = shown
        self._max_bytes = max_bytes
        self._private_path = private_path
        self._scheme_header = scheme_header or "wsgi.url_scheme"
        self._responses: OrderedDict[Key, StoredResponse] = OrderedDict()
        self._weight = 0
        self._generation = 0
        self._expires_at = 0.0
        self._period = 0  # how often the cache was emptied
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or path.startswith(self._private_path):
            return self._application(environ, start_response)
        period = self._current_period()
        encoding = preferred_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = self._make_key(environ, path, encoding)
        with self._lock:
            stored = self._responses.get(key)
            if stored is not None:
                self._responses.move_to_end(key)
        if stored is None:
            return self._ask_application(environ, start_response, key, period)
        return _send(stored, environ, start_response)

    def __len__(self) -> int:
        return len(self._responses)

    @property
    def weight(self) -> int:
        """An upper estimate of the memory that the stored responses take, in bytes."""
        return self._weight

    def _current_period(self) -> int:
        """Empty the cache if the site's content changed. Return the number of the current period."""
        shown = self._shown()
        generation = shown.generation if shown else 0
        if generation != self._generation or time.time() >= self._expires_at:
            with self._lock:
                self._responses.clear()
                self._weight = 0
                self._generation = generation
                self._expires_at = shown.next_change() if shown else 0.0
                self._period += 1
        return self._period

    def _make_key(self, environ: WSGIEnvironment, path: str, encoding: Encoding) -> Key:
        """Return everything that a page may depend on."""
        query = environ.get("QUERY_STRING", "")
        if query and is_tracking(query):
            query = environ["QUERY_STRING"] = ""
        is_https = "https" if environ.get(self._scheme_header) == "https" else "http"
        return path, query, environ.get("HTTP_HOST", ""), is_https, encoding

    def _ask_application(
        self, environ: WSGIEnvironment, start_response: StartResponse, key: Key, period: int
    ) -> Iterable[bytes]:
        """Compress the response, and store it if caches may store it."""
        started: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, exc_info: object = None, /) -> Callable[[bytes], object]:
            started[:] = [(status, headers)]
            return _refuse_to_write

        answer = self._application(environ, start)
        status, headers = started[0]
        if getattr(answer, "streaming", True):  # a static file
            start_response(status, headers)
            return answer
        body = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        response = _compress(status, headers, body, key[-1])
        if environ["REQUEST_METHOD"] == "GET" and may_be_stored(status, headers):
            self._store(key, response, period)
        return _send(response, environ, start_response)

    def _store(self, key: Key, response: StoredResponse, period: int) -> None:
        """Store a response, unless the site's content changed while it was made."""
        own_headers = [header for header in response.headers if header[0] != "X-Request-ID"]
        stored = StoredResponse(status=response.status, headers=own_headers, body=response.body, tag=response.tag)
        weight = weigh(key, stored)
        if weight > self._max_bytes or self._current_period() != period or self._generation == 0:
            return
        with self._lock:
            if self._period != period:
                return
            if (old := self._responses.pop(key, None)) is not None:
                self._weight -= weigh(key, old)
            self._responses[key] = stored
            self._weight += weight
            while self._weight > self._max_bytes:
                self._weight -= weigh(*self._responses.popitem(last=False))


def weigh(key: Key, response: StoredResponse) -> int:
    """Estimate the memory of an entry in bytes, the key included: an address may be longer than its page."""
    text = sum(map(len, key)) + sum(len(name) + len(value) for name, value in response.headers)
    return len(response.body) + text + ENTRY_OVERHEAD


@lru_cache(maxsize=512)
def preferred_encoding(accepted: str) -> Encoding:
    """The best encoding that an Accept-Encoding header allows; "" for none."""
    weights = {name: float(weight or 1) for name, weight in _ACCEPTED.findall(accepted.lower())}
    others = weights.get("*", 0.0)
    best: Encoding = "br" if weights.get("br", others) >= weights.get("gzip", others) else "gzip"
    return best if weights.get(best, others) > 0 else ""


@lru_cache(maxsize=512)
def is_tracking(query: str) -> bool:
    """Return whether a query has tracking parameters only."""
    return all(_TRACKING.fullmatch(part) for part in query.split("&") if part)


def may_be_stored(status: str, headers: Headers) -> bool:
    """Return whether a response is the same for all visitors: caches may store it, and it sets no cookie."""
    found = {name.lower(): value for name, value in headers}
    control = found.get("cache-control", "no-store")
    return (
        status.startswith("200")
        and "no-store" not in control
        and "no-cache" not in control
        and "set-cookie" not in found
        and found.get("vary", "accept-encoding").lower() == "accept-encoding"
    )


def compress(body: bytes, encoding: Encoding, *, is_private: bool) -> bytes:
    """Compress the body; the result is the same at each call."""
    if encoding == "br":
        quick = [quality for longest, quality in BROTLI_QUICK_QUALITIES.items() if is_private and len(body) <= longest]
        quality = min(quick, default=BROTLI_QUALITY)
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality, lgwin=BROTLI_WINDOW))
    if encoding == "gzip":
        writer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP_FORMAT)
        return writer.compress(body) + writer.flush()
    return body


def is_unchanged(asked: str, tag: str) -> bool:
    """Whether an If-None-Match header has the tag, by weak comparison."""
    return asked == tag or any(known in ("*", tag.removeprefix("W/")) for known in _read_tags(asked))


def _read_tags(asked: str) -> list[str]:
    return [tag.removeprefix("W/") for tag in parse_etags(asked)]


def _compress(status: str, headers: Headers, body: bytes, encoding: Encoding) -> StoredResponse:
    """Compress the response, and add an ETag of its content if caches may store it and it has none.

    All responses have `Vary: Accept-Encoding`, so that a 304, which has no body, has the same headers as its page.
    """
    found = {name.lower(): value for name, value in headers}
    others = [name for name in found.get("vary", "").split(", ") if name and name.lower() != "accept-encoding"]
    changed = {"Vary": ", ".join([*others, "Accept-Encoding"])}
    tag = found.get("etag", "")
    if not tag and may_be_stored(status, headers):
        tag = changed["ETag"] = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    is_text = found.get("content-type", "").startswith(_COMPRESSIBLE) and "content-encoding" not in found
    if is_text and encoding and len(body) >= MIN_COMPRESSED:
        body = compress(body, encoding, is_private="private" in found.get("cache-control", ""))
        changed["Content-Encoding"] = encoding
    if body:
        changed["Content-Length"] = str(len(body))
    replaced = {name.lower() for name in changed}
    kept = [header for header in headers if header[0].lower() not in replaced]
    return StoredResponse(status=status, headers=kept + list(changed.items()), body=body, tag=tag)


def _send(response: StoredResponse, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and response.tag and response.status.startswith("200") and is_unchanged(asked, response.tag):
        headers = [header for header in response.headers if not header[0].startswith("Content-")]
        start_response("304 Not Modified", headers)
        return []
    start_response(response.status, list(response.headers))
    return [response.body] if environ["REQUEST_METHOD"] == "GET" else []  # granian sends a list without iterating


def _refuse_to_write(_: bytes) -> object:
    raise AssertionError("Django returns its responses and does not write them.")
