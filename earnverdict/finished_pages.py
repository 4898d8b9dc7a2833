"""Keeps finished pages in memory and hands them out before Django is asked: the bytes, as they were sent.

A public page depends on its address, the build and what the site shows at the moment, and on nothing of who asks. So
an answer that caches may keep is kept here too, compressed, for as long as the site shows the same: a publication, a
withdrawal or the time of a scheduled article starts over. Mistakes, redirects and editors' pages pass by.
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

from earnverdict import request_notes as notes

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

type Encoding = Literal["br", "gzip", ""]
type Headers = list[tuple[str, str]]
type Key = tuple[str | None, ...]

#: What an entry weighs beside its body: key, headers and the store's own books.
BYTES_BESIDE_BODY = 2_000
#: Smaller bodies gain nothing.
LEAST_COMPRESSED = 500
BROTLI_QUALITY = 5
#: How far back, as a power of two, brotli looks for what it has seen: a page is smaller, and so is what brotli takes.
BROTLI_WINDOW = 18
GZIP_LEVEL = 6
_GZIP_FORMAT = 31
_COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
#: What links carry that were shared elsewhere; no page reads it.
_TRACKING = re.compile(r"(?:utm_[a-z]+|fbclid|gclid|msclkid|ref)=[^&]*")
_TAG = re.compile(r'"[^"]*"')


class Shown(Protocol):
    """What the site shows: another object after each publication, and the same one changes at `next_change`."""

    def next_change(self) -> float:
        """When, as seconds since 1970, the same address shows something else without any publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedPage:
    """An answer as it was sent, and what the log says of it."""

    status: str
    headers: Headers
    body: bytes
    tag: str
    route: str
    edition: int | None

    @property
    def weight(self) -> int:
        return len(self.body) + BYTES_BESIDE_BODY


class FinishedPages:
    """A WSGI application in front of another: answers from memory what it has answered before.

    `shown` gives what the site shows without asking anybody, None while nothing is loaded. `most_bytes` bounds the
    store: the pages not asked for the longest make room.
    """

    def __init__(
        self,
        application: WSGIApplication,
        *,
        shown: Callable[[], Shown | None],
        most_bytes: int,
        private_path: str,
        scheme_header: str = "",
    ) -> None:
        self._application = application
        self._shown = shown
        self._most_bytes = most_bytes
        self._private_path = private_path
        self._scheme_header = scheme_header or "wsgi.url_scheme"
        self._pages: OrderedDict[Key, FinishedPage] = OrderedDict()
        self._bytes = 0
        self._made_from: Shown | None = None
        self._good_until = 0.0
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or environ.get("PATH_INFO", "").startswith(self._private_path):
            return self._application(environ, start_response)
        shown = self._shown()
        if shown is not self._made_from or time.time() >= self._good_until:
            self._start_over(shown)
        encoding = preferred_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = self._key(environ, encoding)
        page = self._find(key)
        if page is None:
            return self._make(environ, start_response, key, encoding, shown)
        environ[notes.STORE] = "hit"
        environ[notes.ROUTE] = page.route
        environ[notes.EDITION] = page.edition
        return _send(page, environ, start_response)

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def weight(self) -> int:
        """Bytes that the store takes, about."""
        return self._bytes

    def _key(self, environ: WSGIEnvironment, encoding: Encoding) -> Key:
        """Everything a page may depend on; tracking parameters are nothing that it may."""
        query = environ.get("QUERY_STRING", "")
        if query and is_tracking(query):
            query = environ["QUERY_STRING"] = ""
        return (
            environ.get("PATH_INFO"),
            query,
            encoding,
            environ.get("HTTP_HOST"),
            environ.get(self._scheme_header),
        )

    def _find(self, key: Key) -> FinishedPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        return page

    def _make(
        self, environ: WSGIEnvironment, start_response: StartResponse, key: Key, encoding: Encoding, shown: Shown | None
    ) -> Iterable[bytes]:
        """Ask the application; a page is compressed, and kept if caches may, anything else is passed on as it is."""
        begun: list[tuple[str, Headers]] = []

        def hold(status: str, headers: Headers, exc_info: object = None, /) -> Callable[[bytes], object]:
            begun[:] = [(status, headers)]
            return _refuse_to_write

        answer = self._application(environ, hold)
        status, headers = begun[0]
        if getattr(answer, "streaming", True):  # a file, say
            start_response(status, headers)
            return answer
        body = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        is_for_all = may_be_kept(status, headers)
        page = _finish(status, headers, body, encoding, environ, with_tag=is_for_all)
        if is_for_all and shown is not None and environ["REQUEST_METHOD"] == "GET":
            environ[notes.STORE] = "miss"
            self._keep(key, page, shown)
        return _send(page, environ, start_response)

    def _keep(self, key: Key, page: FinishedPage, shown: Shown) -> None:
        with self._lock:
            # What the site shows may have changed while the page was made.
            if shown is not self._made_from or shown is not self._shown() or page.weight > self._most_bytes:
                return
            if (old := self._pages.pop(key, None)) is not None:
                self._bytes -= old.weight
            self._pages[key] = page
            self._bytes += page.weight
            while self._bytes > self._most_bytes:
                self._bytes -= self._pages.popitem(last=False)[1].weight

    def _start_over(self, shown: Shown | None) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0
            self._made_from = shown
            self._good_until = shown.next_change() if shown else 0.0


@lru_cache(maxsize=512)
def preferred_encoding(accepted: str) -> Encoding:
    """The best of the encodings that an Accept-Encoding header allows; "" for none."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    others = weights.get("*", 0.0)
    best: Encoding = "br" if weights.get("br", others) >= weights.get("gzip", others) else "gzip"
    return best if weights.get(best, others) > 0 else ""


@lru_cache(maxsize=512)
def is_tracking(query: str) -> bool:
    """Whether a query says nothing but where a link was clicked."""
    return all(_TRACKING.fullmatch(part) for part in query.split("&") if part)


def may_be_kept(status: str, headers: Headers) -> bool:
    """Whether an answer is the same for whoever asks: caches may keep it, and it sets no cookie."""
    found = {name.lower(): value for name, value in headers}
    control = found.get("cache-control", "no-store")
    return (
        status.startswith("200")
        and "no-store" not in control
        and "no-cache" not in control
        and "set-cookie" not in found
        and found.get("vary", "accept-encoding").lower() == "accept-encoding"
    )


def compress(body: bytes, encoding: Encoding) -> bytes:
    """The body in an encoding; the same bytes at each call."""
    if encoding == "br":
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW))
    if encoding == "gzip":
        writer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP_FORMAT)
        return writer.compress(body) + writer.flush()
    return body


def _finish(
    status: str, headers: Headers, body: bytes, encoding: Encoding, environ: WSGIEnvironment, *, with_tag: bool
) -> FinishedPage:
    """Compressed, tagged, and with what the log is told of it."""
    found = {name.lower(): value for name, value in headers}
    changed: dict[str, str] = {}
    is_text = found.get("content-type", "").startswith(_COMPRESSIBLE) and "content-encoding" not in found
    tag = found.get("etag", "")
    if with_tag and not tag:
        tag = changed["ETag"] = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    if is_text and len(body) >= LEAST_COMPRESSED:
        others = [name for name in found.get("vary", "").split(", ") if name and name.lower() != "accept-encoding"]
        changed["Vary"] = ", ".join([*others, "Accept-Encoding"])
        if encoding:
            body = compress(body, encoding)
            changed["Content-Encoding"] = encoding
    if body:
        changed["Content-Length"] = str(len(body))
    replaced = {name.lower() for name in changed}
    return FinishedPage(
        status=status,
        headers=[header for header in headers if header[0].lower() not in replaced] + list(changed.items()),
        body=body,
        tag=tag,
        route=environ.get(notes.ROUTE, ""),
        edition=environ.get(notes.EDITION),
    )


def _send(page: FinishedPage, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and page.tag and page.status.startswith("200") and is_unchanged(asked, page.tag):
        start_response("304 Not Modified", [header for header in page.headers if not header[0].startswith("Content-")])
        return []
    start_response(page.status, list(page.headers))
    return [page.body] if environ["REQUEST_METHOD"] == "GET" else []  # a list: the server sends it without iterating


def is_unchanged(asked: str, tag: str) -> bool:
    """Whether an If-None-Match header has the tag, by weak comparison."""
    if asked == tag:
        return True
    return asked.strip() == "*" or tag.removeprefix("W/") in _TAG.findall(asked)


def _weight(parameter: str) -> float:
    """The `q` of an accepted encoding; one that cannot be read counts nothing."""
    if not parameter.strip():
        return 1.0
    name, _, value = parameter.partition("=")
    try:
        return float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0


def _refuse_to_write(_: bytes) -> object:
    raise AssertionError("Django returns its answers and does not write them.")
