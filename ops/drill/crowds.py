"""Drills of slow clients: hundreds that send a byte a second must not keep others waiting."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from ops.drill.load import readers
from ops.drill.result import Result, at_most, holds, no_failures
from ops.drill.site import sqlite_site

CROWD = 200
SECONDS = 20.0
#: A reader beside the crowd waits no longer than for a page that has to be made on a busy machine.
MOST_SECONDS_WAITING = 3.0
HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
BODY = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n"
BODY += b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"


def slow_headers() -> Result:
    """Clients that never finish their headers."""
    return _beside_crowd([HEAD] * CROWD)


def slow_bodies_to_pages() -> Result:
    """Clients that send a body to a page that takes none."""
    return _beside_crowd([BODY % b"/verdict/"] * CROWD)


def slow_bodies_to_sign_in() -> Result:
    """Clients that send a body where one may be sent."""
    return _beside_crowd([BODY % b"/admin/login/"] * CROWD)


def _beside_crowd(beginnings: Sequence[bytes]) -> Result:
    with sqlite_site() as site, site.served() as server:
        with readers(server.port) as count:
            time.sleep(1)
            with _crowd(server.port, beginnings) as opened:
                time.sleep(SECONDS)
            time.sleep(1)
        return Result(
            demands=[
                no_failures(count),
                at_most("slowest answer", MOST_SECONDS_WAITING, count.slowest, "s"),
                holds(f"{len(beginnings)} slow clients were let in", len(opened) == len(beginnings)),
                holds("the site is ready afterwards", server.status() == "ready"),
            ],
            count=count,
        )


@contextmanager
def _crowd(port: int, beginnings: Sequence[bytes]) -> Iterator[list[socket.socket]]:
    """Each sends its beginning and then a byte a second; one that is sent away comes again."""
    stopped = threading.Event()
    opened = [_opened(port, beginning) for beginning in beginnings]
    thread = threading.Thread(target=_dawdle, args=(port, opened, beginnings, stopped), daemon=True)
    thread.start()
    try:
        yield opened
    finally:
        stopped.set()
        thread.join()
        for client in opened:
            client.close()


def _dawdle(port: int, opened: list[socket.socket], beginnings: Sequence[bytes], stopped: threading.Event) -> None:
    while not stopped.wait(1):
        for place, client in enumerate(opened):
            if _is_sent_away(client):
                client.close()
                with suppress(OSError):
                    opened[place] = _opened(port, beginnings[place])


def _is_sent_away(client: socket.socket) -> bool:
    """Send one more byte; whether the server has closed the connection."""
    try:
        client.send(b"a")
        with selectors.DefaultSelector() as waiting:
            waiting.register(client, selectors.EVENT_READ)
            return bool(waiting.select(0)) and not client.recv(4096)
    except OSError:
        return True


def _opened(port: int, beginning: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=5)
    client.sendall(beginning)
    return client
