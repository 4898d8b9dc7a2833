"""Drills of slow clients: hundreds that send a byte a second must not keep others waiting."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from ops.drill.load import Endpoint, readers
from ops.drill.result import Result, at_most, holds, no_failures
from ops.drill.site import sqlite_site

CROWD = 200
#: The first slow client's number; lower ones are readers.
FIRST_CLIENT = 100
SECONDS = 20.0
#: The longest wait of a reader during the crowd: that of an uncached page on a busy machine.
MAX_SECONDS_WAITING = 4.0
HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
BODY = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n"
BODY += b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"


def slow_headers(*, is_behind_nginx: bool = False) -> Result:
    """Clients that never finish their headers."""
    return _read_during_crowd([HEAD] * CROWD, is_behind_nginx)


def slow_bodies_to_pages(*, is_behind_nginx: bool = False) -> Result:
    """Clients that send a body to a page that takes none."""
    return _read_during_crowd([BODY % b"/verdict/"] * CROWD, is_behind_nginx)


def slow_bodies_to_sign_in(*, is_behind_nginx: bool = False) -> Result:
    """Clients that send a body to the sign-in form."""
    return _read_during_crowd([BODY % b"/admin/login/"] * CROWD, is_behind_nginx)


def _read_during_crowd(beginnings: Sequence[bytes], is_behind_nginx: bool) -> Result:
    with sqlite_site(is_behind_nginx=is_behind_nginx) as site, site.served() as server:
        with readers(server.endpoint) as count:
            time.sleep(1)
            with _crowd(server.endpoint, beginnings) as opened:
                time.sleep(SECONDS)
            time.sleep(1)
        return Result(
            demands=[
                no_failures(count),
                at_most("slowest answer", MAX_SECONDS_WAITING, count.slowest, "s"),
                holds(f"{len(beginnings)} slow clients were let in", len(opened) == len(beginnings)),
                holds("the site is ready afterwards", server.status() == "ready"),
            ],
            count=count,
        )


@contextmanager
def _crowd(endpoint: Endpoint, beginnings: Sequence[bytes]) -> Iterator[list[socket.socket]]:
    """Open clients that send a beginning and then a byte a second, and reconnect when they are disconnected."""
    stopped = threading.Event()
    opened = [_connect(endpoint, client, beginning) for client, beginning in enumerate(beginnings)]
    thread = threading.Thread(target=_send_slowly, args=(endpoint, opened, beginnings, stopped), daemon=True)
    thread.start()
    try:
        yield opened
    finally:
        stopped.set()
        thread.join()
        for client in opened:
            client.close()


def _send_slowly(
    endpoint: Endpoint, opened: list[socket.socket], beginnings: Sequence[bytes], stopped: threading.Event
) -> None:
    while not stopped.wait(1):
        for place, client in enumerate(opened):
            if _is_sent_away(client):
                client.close()
                with suppress(OSError):
                    opened[place] = _connect(endpoint, place, beginnings[place])


def _is_sent_away(client: socket.socket) -> bool:
    """Send one more byte. Return whether the server has closed the connection."""
    client.settimeout(0)
    try:
        client.send(b"a")
        return not client.recv(4096)
    except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
        return False
    except OSError:
        return True


def _connect(endpoint: Endpoint, client: int, beginning: bytes) -> socket.socket:
    connection = endpoint.connect(FIRST_CLIENT + client)
    connection.connect()
    connection.sock.sendall(beginning)
    return connection.sock
