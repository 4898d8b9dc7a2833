"""The log of answers: what it says of each, what it never says, and that it is never the reason for a failure."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from earnverdict import request_notes as notes
from earnverdict.access_log import AccessLog
from tests.earnverdict.wsgi_client import ask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PAY = "115000"


@pytest.fixture
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture(autouse=True)
def _every_answer_is_logged() -> Iterator[None]:
    logger = logging.getLogger("earnverdict.access")
    level = logger.level
    logger.setLevel(logging.INFO)
    yield
    logger.setLevel(level)


def answering(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
    environ[notes.ROUTE], environ[notes.STORE] = "/verdict/", "hit"
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [notes.current_request.get().encode()]


def breaking(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
    raise RuntimeError("It broke.")


def entry(log: io.StringIO) -> dict[str, Any]:
    (line,) = log.getvalue().splitlines()
    read: dict[str, Any] = json.loads(line)
    return read


def test_line_says_what_was_answered(log: io.StringIO) -> None:
    application = AccessLog(answering, edition=lambda: 7, stream=log)

    answer = ask(application, f"/verdict/?salary={PAY}", referer=f"https://host/?{PAY}", user_agent="somebody")

    line = entry(log)
    assert abs((datetime.now(UTC) - datetime.fromisoformat(line.pop("time"))).total_seconds()) < 60
    assert line.pop("ms") >= 0
    assert line == {
        "level": "INFO",
        "logger": "earnverdict.access",
        "request": answer.headers["x-request-id"],
        "method": "GET",
        "route": "/verdict/",
        "status": 200,
        "store": "hit",
        "edition": 7,
    }


def test_edition_is_the_one_of_the_answer(log: io.StringIO) -> None:
    def of_edition_3(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        environ[notes.EDITION] = 3
        return answering(environ, start_response)

    ask(AccessLog(of_edition_3, edition=lambda: 7, stream=log), "/")

    assert entry(log)["edition"] == 3


def test_odd_method_and_unknown_route_are_not_repeated(log: io.StringIO) -> None:
    def unknown(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        environ["REQUEST_METHOD"] = f'"{PAY}'
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"Nothing"]

    ask(AccessLog(unknown, edition=lambda: None, stream=log), f"/{PAY}/")

    line = entry(log)
    assert (line["method"], line["route"], line["status"], line["edition"]) == ("other", "none", 404, None)


def test_each_request_has_an_id_of_its_own(log: io.StringIO) -> None:
    application = AccessLog(answering, edition=lambda: 7, stream=log)

    first, second = ask(application, "/"), ask(application, "/")

    assert first.body.decode() == first.headers["x-request-id"] != second.headers["x-request-id"]
    assert notes.current_request.get() == ""


@pytest.mark.parametrize(
    ("given", "is_behind_proxy", "is_taken"),
    [
        pytest.param("3f1c-9a2b77", True, True, id="of-the-proxy"),
        pytest.param("3f1c-9a2b77", False, False, id="of-anybody"),
        pytest.param('3f1c"9a2b77', True, False, id="quotes"),
        pytest.param("a" * 65, True, False, id="too-long"),
        pytest.param("short", True, False, id="too-short"),
    ],
)
def test_id_of_a_proxy_is_taken_over(log: io.StringIO, given: str, is_behind_proxy: bool, is_taken: bool) -> None:
    application = AccessLog(answering, edition=lambda: 7, is_behind_proxy=is_behind_proxy, stream=log)

    answer = ask(application, "/", x_request_id=given)

    assert (answer.headers["x-request-id"] == given) is is_taken


def test_failure_beyond_the_error_page_is_answered_and_logged(
    log: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    answer = ask(AccessLog(breaking, edition=lambda: 7, stream=log), "/")

    assert (answer.status, answer.headers["cache-control"]) == (500, "no-store")
    assert b"Something broke" in answer.body
    assert b"RuntimeError" not in answer.body
    assert entry(log)["status"] == 500
    assert "RuntimeError" in caplog.text


def test_log_that_cannot_be_written_fails_no_request() -> None:
    class Full(io.StringIO):
        def write(self, text: str, /) -> int:
            raise OSError(28, "No space left on device")

    answer = ask(AccessLog(answering, edition=lambda: 7, stream=Full()), "/")

    assert answer.status == 200


def test_level_turns_the_log_off(log: io.StringIO) -> None:
    logging.getLogger("earnverdict.access").setLevel(logging.WARNING)

    ask(AccessLog(answering, edition=lambda: 7, stream=log), "/")

    assert log.getvalue() == ""
