"""Each request has an id, and editors' requests never take all threads."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as django_settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from earnverdict.middleware import EditorLimitMiddleware, RequestIdMiddleware, current_request_id
from scripts.serve import OPTIONS


def say_id(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_request_id.get())


def test_each_request_has_an_id_of_its_own() -> None:
    middleware, other_worker = RequestIdMiddleware(say_id), RequestIdMiddleware(say_id)

    first, second = (middleware(RequestFactory().get("/")) for _ in range(2))
    elsewhere = other_worker(RequestFactory().get("/"))

    assert len({answer.headers["X-Request-ID"] for answer in (first, second, elsewhere)}) == 3
    assert first.content.decode() == first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert current_request_id.get() == ""


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
def test_id_of_a_proxy_is_taken_over(settings: Settings, given: str, is_behind_proxy: bool, is_taken: bool) -> None:
    settings.BEHIND_PROXY = is_behind_proxy

    answer = RequestIdMiddleware(say_id)(RequestFactory().get("/", headers={"X-Request-ID": given}))

    assert (answer.headers["X-Request-ID"] == given) is is_taken


def test_editors_who_wait_for_the_database_leave_threads_to_readers() -> None:
    database_is_back, waiting = threading.Event(), threading.Semaphore(0)

    def hang(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/"):
            waiting.release()
            database_is_back.wait(60)
        return HttpResponse("made")

    middleware, threads = EditorLimitMiddleware(hang), int(OPTIONS["--blocking-threads"])
    with ThreadPoolExecutor(threads) as server:
        hanging = [
            server.submit(middleware, RequestFactory().get("/admin/"))
            for _ in range(django_settings.MAX_EDITOR_REQUESTS)
        ]
        for _ in hanging:
            assert waiting.acquire(timeout=60)
        refused = server.submit(middleware, RequestFactory().post("/admin/login/")).result(60)
        preview = server.submit(middleware, RequestFactory().get("/articles/preview/x/")).result(60)
        page = server.submit(middleware, RequestFactory().get("/verdict/")).result(60)
        database_is_back.set()

    assert (refused.status_code, refused.headers["Retry-After"], preview.status_code) == (503, "5", 503)
    assert "The editors’ pages are busy" in refused.content.decode()
    assert page.content == b"made"
    assert [future.result().content for future in hanging] == [b"made"] * len(hanging)
    assert middleware(RequestFactory().get("/admin/")).content == b"made"


def test_connection_that_cannot_be_closed_takes_no_editor_s_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("the network is gone")

    middleware, connection = EditorLimitMiddleware(lambda request: HttpResponse("made")), connections[DEFAULT_DB_ALIAS]
    with monkeypatch.context() as broken:
        broken.setattr(connection, "errors_occurred", True)
        broken.setattr(connection, "close", fail)
        for _ in range(django_settings.MAX_EDITOR_REQUESTS):
            with pytest.raises(OperationalError):
                middleware(RequestFactory().get("/admin/"))

    assert middleware(RequestFactory().get("/admin/")).content == b"made"
