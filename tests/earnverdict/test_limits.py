"""What is refused before anything is spent on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from earnverdict.limits import LONGEST_ADDRESS, MOST_PARAMETERS, Limits
from tests.earnverdict.wsgi_client import ask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def passing(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))]


@pytest.fixture
def limited() -> WSGIApplication:
    return Limits(passing, private_path="/admin/", most_body_bytes=2**20)


@pytest.mark.parametrize(
    ("address", "method", "headers", "status"),
    [
        pytest.param("/", "GET", {}, 200, id="page"),
        pytest.param("/", "HEAD", {}, 200, id="head"),
        pytest.param("/", "OPTIONS", {}, 200, id="options"),
        pytest.param("/?" + "a" * (LONGEST_ADDRESS - 1), "GET", {}, 200, id="longest-address"),
        pytest.param("/?" + "a" * LONGEST_ADDRESS, "GET", {}, 414, id="longer-address"),
        pytest.param("/" + "a" * LONGEST_ADDRESS, "GET", {}, 414, id="longer-path"),
        pytest.param("/?" + "&".join(["a=1"] * MOST_PARAMETERS), "GET", {}, 200, id="most-parameters"),
        pytest.param("/?" + "&".join(["a=1"] * (MOST_PARAMETERS + 1)), "GET", {}, 400, id="more-parameters"),
        pytest.param("/", "DELETE", {}, 405, id="delete"),
        pytest.param("/", "POST", {}, 405, id="post-to-a-page"),
        pytest.param("/admin/", "POST", {}, 200, id="post-to-the-admin"),
        pytest.param("/admin/", "PUT", {}, 405, id="put-to-the-admin"),
        pytest.param("/admin/", "POST", {"CONTENT_LENGTH": str(2**20)}, 200, id="largest-body"),
        pytest.param("/admin/", "POST", {"CONTENT_LENGTH": str(2**20 + 1)}, 413, id="larger-body"),
        pytest.param("/admin/", "POST", {"HTTP_TRANSFER_ENCODING": "chunked"}, 411, id="unknown-length"),
    ],
)
def test_requests_beyond_the_limits_are_refused(
    limited: WSGIApplication, address: str, method: str, headers: dict[str, str], status: int
) -> None:
    answer = ask(limited, address, method, b"", **headers)

    assert answer.status == status
    if status != 200:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.body.endswith(b".\n")


@pytest.mark.parametrize(
    ("method", "length", "status"),
    [
        pytest.param("BREW", "", "405 Method Not Allowed", id="unheard-of-method"),
        pytest.param("POST", "-1", "400 Bad Request", id="negative"),
        pytest.param("POST", "x", "400 Bad Request", id="letters"),
        pytest.param("POST", "9" * 5_000, "413 Content Too Large", id="huge-number"),
    ],
)
def test_requests_that_break_the_protocol_are_refused(
    limited: WSGIApplication, method: str, length: str, status: str
) -> None:
    begun: list[str] = []

    def start(status: str, headers: object, exc_info: object = None, /) -> Any:
        begun.append(status)

    limited({"REQUEST_METHOD": method, "PATH_INFO": "/admin/", "CONTENT_LENGTH": length}, start)

    assert begun == [status]


def test_body_of_an_editor_comes_through(limited: WSGIApplication) -> None:
    assert ask(limited, "/admin/", "POST", b"whole").body == b"whole"
