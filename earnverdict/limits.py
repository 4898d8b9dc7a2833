"""Refuses what no page takes before anything is spent on it: long addresses, other methods, large bodies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from earnverdict.plain_answer import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Ten skills, thirty held ones and own hours for all are under 3,000.
LONGEST_ADDRESS = 8_192
#: The form sends up to three a skill, many of them blank.
MOST_PARAMETERS = 300
METHODS = ("GET", "HEAD", "OPTIONS", "POST")


class Limits:
    """A WSGI application in front of another. `most_body_bytes` is for `private_path`; no other page takes a body."""

    def __init__(self, application: WSGIApplication, *, private_path: str, most_body_bytes: int) -> None:
        self._application = application
        self._private_path = private_path
        self._most_body_bytes = most_body_bytes

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if refusal := self._refusal(environ):
            status, why = refusal
            allowed = [("Allow", "GET, HEAD")] if status.startswith("405") else []
            return refuse(environ, start_response, status, why, *allowed)
        return self._application(environ, start_response)

    def _refusal(self, environ: WSGIEnvironment) -> tuple[str, str] | None:
        """The status line and what is wrong."""
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if len(path) + len(query) > LONGEST_ADDRESS:
            return "414 URI Too Long", f"An address may have up to {LONGEST_ADDRESS:,} characters."
        if query.count("&") >= MOST_PARAMETERS:
            return "400 Bad Request", f"An address may have up to {MOST_PARAMETERS} parameters."
        method = environ["REQUEST_METHOD"]
        if method == "GET":
            return None
        if method not in METHODS:
            return "405 Method Not Allowed", "Ask for pages with GET."
        if method == "POST" and not path.startswith(self._private_path):
            return "405 Method Not Allowed", "Ask for pages with GET."
        return self._refusal_of_body(environ)

    def _refusal_of_body(self, environ: WSGIEnvironment) -> tuple[str, str] | None:
        if "HTTP_TRANSFER_ENCODING" in environ:
            return "411 Length Required", "Say how long the body is."
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            return "400 Bad Request", "The length of the body is not a number."
        if len(length) > 12 or int(length) > self._most_body_bytes:
            return "413 Content Too Large", f"Send up to {self._most_body_bytes // 2**20} MB at once."
        return None
