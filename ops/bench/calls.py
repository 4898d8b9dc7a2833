"""Calls a WSGI application in this process, as a server does for a browser behind a proxy."""

from __future__ import annotations

import io
import itertools
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

#: The headers of a browser's request.
BROWSER = {
    "Host": "localhost",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.1",
}
_ports = itertools.count(1024)


class UnexpectedAnswer(Exception):
    """The response is not the expected one, so it must not be measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The status, the headers by name in lower case, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(application: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    """Send one request, read the whole response, and close it."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], None]:
        begun.append((status, headers))
        return lambda _: None

    answer: Iterable[bytes] = application(environ, start_response)
    body = b"".join(answer)
    if close := getattr(answer, "close", None):
        close()
    status, headers = begun[-1]
    return Answer(status=int(status[:3]), headers={name.lower(): value for name, value in headers}, body=body)


def environ_of(address: str, headers: Mapping[str, str] | None = None) -> WSGIEnvironment:
    """Build the environ of a GET request."""
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (BROWSER | dict(headers or {})).items()},
    }


def repeat_request(
    application: WSGIApplication, address: str, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Callable[[], object]:
    """Return a function that repeats a request. Raises UnexpectedAnswer unless the first response has the status."""
    environ = environ_of(address, headers)
    check(ask(application, dict(environ)), status, address)
    return lambda: ask(application, dict(environ))


def repeat_uncached(application: WSGIApplication, address: str, *, status: int = 200) -> Callable[[], object]:
    """Return a function that repeats a request with another port of the host each time, so that no page is cached."""
    environ = environ_of(address)
    check(ask(application, dict(environ)), status, address)
    return lambda: ask(application, environ | {"HTTP_HOST": f"localhost:{next(_ports)}"})


def request_in_turn(application: WSGIApplication, addresses: Iterable[str]) -> Callable[[], object]:
    """Return a function that requests the next address each time; every response must be a page."""
    pages = iter(addresses)

    def call() -> None:
        address = next(pages)
        check(ask(application, environ_of(address)), 200, address)

    return call


def check(answer: Answer, status: int, address: str) -> None:
    if answer.status != status:
        raise UnexpectedAnswer(f"{answer.status} in place of {status} at {address[:200]}")
