"""Sends any request to the application as a server does, and reports what is wrong with the response."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import brotli
from PIL import Image

from tests.fuzz.made_requests import MadeRequest

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One whole answer; names of headers are in lower case."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for found, value in self.headers if found == name), "")


def ask(application: WSGIApplication, request: MadeRequest) -> Answer:
    """Nothing is checked on the way in: servers pass on what they get."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
        "QUERY_STRING": request.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **request.headers,
    }
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
        begun.append((status, headers))
        return begun.append

    pieces = application(environ, start)
    try:
        body = b"".join(pieces)
    finally:
        if close := getattr(pieces, "close", None):
            close()
    ((status, headers),) = begun
    return Answer(status=int(status[:3]), headers=[(name.lower(), value) for name, value in headers], body=body)


def mistakes(request: MadeRequest, answer: Answer) -> Iterator[str]:
    """What no answer may be: a failure of ours, cut short, or something that cannot be read."""
    if answer.status >= 500:
        yield f"status {answer.status}"
    if odd := [value for _, value in answer.headers if _CONTROLS.search(value)]:
        yield f"a header with control characters: {odd}"
    if request.method == "HEAD" or answer.status in (204, 304):  # servers send no body then, whatever there is
        return
    length = answer.header("content-length")
    if length and length != str(len(answer.body)):
        yield f"Content-Length {length} for {len(answer.body)} bytes"
    try:
        _read(answer)
    except Exception as error:  # noqa: BLE001 - whatever a reader cannot read is what is looked for
        yield f"{answer.header('content-type')} cannot be read: {error!r}"


def _read(answer: Answer) -> None:
    """Raises what the reader of the answer's kind raises."""
    encoding, kind = answer.header("content-encoding"), answer.header("content-type").partition(";")[0]
    content: bytes = {"": bytes, "br": brotli.decompress, "gzip": gzip.decompress}[encoding](answer.body)
    if answer.status == 206:  # a part, as asked
        return
    if kind.startswith("text/") or "charset=utf-8" in answer.header("content-type"):
        text = content.decode()
        if kind == "text/html" and "<html" in text[:500] and not text.rstrip().endswith("</html>"):
            raise ValueError(f"it ends with {text[-60:]!r}")
    if kind in ("application/json", "application/manifest+json"):
        json.loads(content, parse_constant=_no_number)
    if kind.endswith("xml"):
        ElementTree.fromstring(content)  # noqa: S314 - our own
    if kind == "image/png":
        Image.open(io.BytesIO(content)).load()


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
