"""Gives each request an id, and writes one line of the log for each answer: never an address, never who asked."""

from __future__ import annotations

import itertools
import json
import logging
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TextIO

from earnverdict import request_notes as notes
from earnverdict.plain_answer import answer_plainly

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger("earnverdict.access")

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS = frozenset(["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"])
_FAILED = "Something broke on our side. Try again in a minute."


class AccessLog:
    """The outermost WSGI application; what fails beyond Django's own error page is answered and logged here.

    `edition` gives the number of the newest edition for answers that name none. An id that a proxy has given to the
    request is taken over if `is_behind_proxy`. Lines go to `stream`, standard error as all of the log, unless the
    level of the logger `earnverdict.access` is above INFO.
    """

    def __init__(
        self,
        application: WSGIApplication,
        *,
        edition: Callable[[], int | None],
        is_behind_proxy: bool = False,
        stream: TextIO | None = None,
    ) -> None:
        self._application = application
        self._edition = edition
        self._is_behind_proxy = is_behind_proxy
        self._stream = stream or sys.stderr
        self._prefix = secrets.token_hex(4)
        self._numbers = itertools.count(1)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        request_id = environ[notes.REQUEST_ID] = self._id(environ)
        entered = notes.current_request.set(request_id)
        status = "500"

        def answer(line: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:
            nonlocal status
            status = line[:3]
            return start_response(line, [*headers, ("X-Request-ID", request_id)])

        try:
            return self._application(environ, answer)
        except Exception:
            logging.getLogger("earnverdict").exception("A request failed beyond the error page.")
            return answer_plainly(environ, answer, "500 Internal Server Error", _FAILED)
        finally:
            if logger.isEnabledFor(logging.INFO):
                self._write(environ, request_id, status, time.perf_counter() - began)
            notes.current_request.reset(entered)

    def _id(self, environ: WSGIEnvironment) -> str:
        given = environ.get("HTTP_X_REQUEST_ID", "") if self._is_behind_proxy else ""
        return given if given and _ID.fullmatch(given) else f"{self._prefix}-{next(self._numbers)}"

    def _write(self, environ: WSGIEnvironment, request_id: str, status: str, seconds: float) -> None:
        """As `logs.JsonFormatter` would, at a quarter of its cost: the logging module would be most of a hit's time."""
        method, route = environ["REQUEST_METHOD"], environ.get(notes.ROUTE) or "none"
        edition = environ.get(notes.EDITION)
        if edition is None:
            edition = self._edition()
        line = (
            f'{{"time": "{_now()}", "level": "INFO", "logger": "earnverdict.access", "request": "{request_id}", '
            f'"method": "{method if method in _METHODS else "other"}", "route": {_quoted(route)}, "status": {status}, '
            f'"ms": {seconds * 1000:.2f}, "store": "{environ.get(notes.STORE, "pass")}", '
            f'"edition": {"null" if edition is None else edition}}}\n'
        )
        # A log that cannot be written, on a full disk say, is no reason to fail.
        with suppress(OSError, ValueError):
            self._stream.write(line)


def _now() -> str:
    second, fraction = divmod(time.time(), 1)
    return f"{_second(int(second))}.{int(fraction * 1000):03}+00:00"


@lru_cache(maxsize=2)
def _second(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")


@lru_cache(maxsize=512)
def _quoted(route: str) -> str:
    return json.dumps(route)
