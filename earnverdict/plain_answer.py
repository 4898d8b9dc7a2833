"""Answers without Django: what stands before it says in a line what it refuses, or how it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def answer_plainly(
    environ: WSGIEnvironment,
    start_response: StartResponse,
    status: str,
    text: str,
    *further: tuple[str, str],
    content_type: str = "text/plain; charset=utf-8",
) -> list[bytes]:
    """Begin the answer, which nobody keeps, with `further` headers, and give its body; HEAD has none."""
    body = f"{text}\n".encode()
    headers = [
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        *further,
    ]
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def refuse(
    environ: WSGIEnvironment, start_response: StartResponse, status: str, why: str, *further: tuple[str, str]
) -> list[bytes]:
    """The status in words, and what is wrong."""
    return answer_plainly(environ, start_response, status, f"{status[4:]}. {why}", *further)
