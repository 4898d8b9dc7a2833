"""A slow client holds no thread: its form is waited for only while it comes, and files are handed out whole."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from earnverdict.bodies import MOST_AT_ONCE, Bodies

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@pytest.fixture
def form() -> Iterator[tuple[socket.socket, WSGIEnvironment]]:
    """A connected client, and the environ of the form of 40,000 bytes that it is sending."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as stream:
                yield client, _environ(stream, 40_000) | {"SERVER_PORT": str(port), "REMOTE_ADDR": "127.0.0.1"}


def test_form_arrives_as_a_whole(form: tuple[socket.socket, WSGIEnvironment]) -> None:
    client, environ = form
    client.sendall(b"x" * 40_000)

    assert _ask(Bodies(_echo), environ) == ("200 OK", b"x" * 40_000)


def test_client_that_sends_too_slowly_is_hung_up_on(form: tuple[socket.socket, WSGIEnvironment]) -> None:
    client, environ = form
    client.sendall(b"x")

    status, _ = _ask(Bodies(_echo, grace_seconds=0.1), environ)

    assert status == "408 Request Timeout"
    assert client.recv(1) == b""


def test_form_that_ends_early_is_refused() -> None:
    status, _ = _ask(Bodies(_echo), _environ(BytesIO(b"half"), 10))

    assert status == "400 Bad Request"


def test_no_more_forms_are_waited_for_than_there_are_threads_for() -> None:
    statuses: list[str] = []

    class DuringWhichAnotherComes:
        def read(self, size: int) -> bytes:
            statuses.append(_ask(bodies, _environ(DuringWhichAnotherComes(), 1))[0])
            return b"x" * size

    bodies = Bodies(_echo)

    first = _ask(bodies, _environ(DuringWhichAnotherComes(), 1))

    assert statuses == ["503 Service Unavailable"] + ["200 OK"] * (MOST_AT_ONCE - 1)
    assert first == ("200 OK", b"x")


def test_file_is_read_and_closed_before_it_is_sent() -> None:
    file = BytesIO(b"a style sheet")

    def give(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        start_response("200 OK", [])
        return file

    assert _ask(Bodies(give), {"REQUEST_METHOD": "GET"}) == ("200 OK", b"a style sheet")
    assert file.closed


def _echo(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def _environ(stream: Any, length: int) -> WSGIEnvironment:
    return {"REQUEST_METHOD": "POST", "wsgi.input": stream, "CONTENT_LENGTH": str(length)}


def _ask(application: Bodies, environ: WSGIEnvironment) -> tuple[str, bytes]:
    begun: list[str] = []

    def start_response(status: str, headers: Any, exc_info: Any = None, /) -> Any:
        begun.append(status)

    body = b"".join(application(environ, start_response))
    return begun[0], body
