"""Calls a WSGI application as a server does, and returns its whole response."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes
from wsgiref.validate import validator

import brotli
from django.core import signals
from django.db import close_old_connections

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One whole answer; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    environ: dict[str, Any]

    @property
    def text(self) -> str:
        """The body without its encoding."""
        encoding = self.headers.get("content-encoding", "")
        plain: bytes = {"": bytes, "br": brotli.decompress, "gzip": gzip.decompress}[encoding](self.body)
        return plain.decode()


def ask(application: WSGIApplication, address: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """The answer to a request; `accept_encoding="br"` sends Accept-Encoding. Breaches of the protocol fail the test."""
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    environ |= {name if name.isupper() else f"HTTP_{name.upper()}": value for name, value in headers.items()}
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, sent: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
        begun.append((status, sent))
        return lambda _: None

    with _connections_kept():
        answer: Iterable[bytes] = validator(application)(environ, start)
        try:
            whole = b"".join(answer)
        finally:
            answer.close()  # type: ignore[attr-defined]  # the validator's answers have it
    ((status, sent),) = begun
    return Answer(
        status=int(status[:3]),
        headers={name.lower(): value for name, value in sent},
        body=whole,
        environ=environ,
    )


@contextmanager
def _connections_kept() -> Iterator[None]:
    """The end of a request must not close the connection that the test is in, as with Django's own test client."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in both:
            signal.connect(close_old_connections)
