"""Keeps slow clients from holding the threads that answer: takes a form in as a whole, and hands an answer out whole.

The server reads a body while the application asks for it, and an answer in pieces waits for the client to take each. So
one client that sends a byte a second, or never reads a file, would stop everybody else of its process. The server ends
a read only when its client goes: a client that is too slow is hung up on.
"""

from __future__ import annotations

import os
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from earnverdict.plain_answer import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

type Answer = tuple[str, str]

#: How long a body may take, and how much longer for each byte that has come: an import of 10 MB at 20 kB/s passes.
GRACE_SECONDS = 5.0
LEAST_BYTES_PER_SECOND = 20_000
#: Bodies that a process waits for at a time, each in a thread of the server, which has one more (scripts/serve.py).
MOST_AT_ONCE = 2
_PIECE = 16_384
#: The files that a process has open, under their numbers.
_OPEN_FILES = Path("/dev/fd")


class Bodies:
    """A WSGI application in front of another, which gets bodies that have come already and gives lists of bytes.

    Behind a proxy nobody is hung up on: all clients have the proxy's address, and it takes bodies in itself. Should it
    not, two slow forms take the place of other forms, and never of pages.
    """

    def __init__(
        self, application: WSGIApplication, *, is_behind_proxy: bool = False, grace_seconds: float = GRACE_SECONDS
    ) -> None:
        self._application = application
        self._grace_seconds = threading.TIMEOUT_MAX if is_behind_proxy else grace_seconds
        self._at_once = threading.BoundedSemaphore(MOST_AT_ONCE)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        if environ["REQUEST_METHOD"] == "POST" and (refusal := self._take_in(environ)):
            status, why = refusal
            again = [("Retry-After", "5")] if status.startswith("503") else []
            return refuse(environ, start_response, status, why, *again)
        answer = self._application(environ, start_response)
        return answer if isinstance(answer, list) else _whole(answer)

    def _take_in(self, environ: WSGIEnvironment) -> Answer | None:
        """Put the body, read, in the place of the connection; the status line and what is wrong if it does not come."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if not self._at_once.acquire(blocking=False):
            return "503 Service Unavailable", "Too many forms are arriving at once. Send it again in a few seconds."
        try:
            reading = Reading(environ["wsgi.input"], length)
            body = reading.body(self._grace_seconds, hang_up=lambda: _hang_up(environ))
        finally:
            self._at_once.release()
        if reading.is_too_slow:
            return "408 Request Timeout", "The form arrived too slowly. Send it again."
        if len(body) < length:
            return "400 Bad Request", "The form did not arrive as a whole."
        environ["wsgi.input"] = BytesIO(body)
        return None


class Reading:
    """Reads a body piece by piece, while another thread watches how fast it comes."""

    def __init__(self, stream: InputStream, length: int) -> None:
        self._stream = stream
        self._length = length
        self._come = 0
        self._done = threading.Event()
        self.is_too_slow = False

    def body(self, grace_seconds: float, *, hang_up: Callable[[], None]) -> bytes:
        """What came; less than the length if the client left or was too slow."""
        pieces: list[bytes] = []
        watch = threading.Thread(target=self._watch, args=(grace_seconds, hang_up), name="body-watch", daemon=True)
        watch.start()
        try:
            while self._come < self._length and not self.is_too_slow:
                piece = self._stream.read(min(_PIECE, self._length - self._come))
                if not piece:
                    break
                pieces.append(piece)
                self._come += len(piece)
        finally:
            self._done.set()
        return b"".join(pieces)

    def _watch(self, grace_seconds: float, hang_up: Callable[[], None]) -> None:
        began = time.monotonic()
        left = grace_seconds
        while not self._done.wait(left):
            left = began + grace_seconds + self._come / LEAST_BYTES_PER_SECOND - time.monotonic()
            if left <= 0:
                self.is_too_slow = True
                hang_up()
                return


def _hang_up(environ: WSGIEnvironment) -> None:
    """End the connections of the client's address to this process: the server does not tell which of them it is."""
    for file in _OPEN_FILES.iterdir():
        number = int(file.name)
        with suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as connection:
                if connection.family not in (socket.AF_INET, socket.AF_INET6):
                    continue
                is_client = connection.getsockname()[1] == int(environ["SERVER_PORT"])
                if is_client and connection.getpeername()[0].removeprefix("::ffff:") == environ["REMOTE_ADDR"]:
                    connection.shutdown(socket.SHUT_RDWR)


def _whole(answer: Iterable[bytes]) -> list[bytes]:
    try:
        return [b"".join(answer)]
    finally:
        if close := getattr(answer, "close", None):
            close()
