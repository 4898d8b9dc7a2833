"""Security: no pay in logs, headers on every response, no cookie, limits for bodies."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.servers.basehttp import WSGIRequestHandler, get_internal_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from pytest_django import Settings

from earnverdict.error_reporting import JsonFormatter, LineFormatter, QueryFilter
from skills.editions.document import PublishedEdition
from skills.editions.site import Site
from tests.skills.test_trust_pages import public_addresses

REQUESTS = 200
#: Pay of visitors, and how else these figures may be written.
PAY = range(918_200, 918_210)
TYPED = re.compile(r"9182\d\d|918(?:[., ]|%2C)2\d\d")


def fail(request: HttpRequest, how: str) -> HttpResponse:
    """Fails as a library would that was given what a visitor typed."""
    pay = request.GET["salary"]
    if how == "suspect":
        raise SuspiciousOperation(f"No browser sends {pay}.")
    if how == "bad":
        raise BadRequest(f"What is {pay}?")
    if how == "cause":
        try:
            return HttpResponse({"another": b""}[pay])
        except KeyError as error:
            raise RuntimeError(f"{pay} is not there") from error
    uses: dict[str, Callable[[Any], object]] = {"float": float, "decimal": Decimal, "code": lambda text: text + 1}
    return HttpResponse(str(uses[how](f"{pay} a year")))


urlpatterns = [path("fails/<str:how>/", fail), path("", include("earnverdict.urls"))]
handler404, handler500 = "skills.views.errors.page_not_found", "skills.views.errors.server_error"


class Wire:
    """A connection on which a browser sent one request; what is answered is kept."""

    def __init__(self, sent: str) -> None:
        self._sent = sent.encode("latin-1")
        self.answered = b""

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self._sent)

    def sendall(self, data: bytes) -> None:
        self.answered += data

    def shutdown(self, _: int) -> None:
        """There is nobody to tell."""


@pytest.fixture
def application(db: None, published_site: Site) -> Any:
    """The whole site as servers run it; making it sets the log up."""
    return get_internal_wsgi_application()


@pytest.fixture
def logs(application: Any) -> Iterator[list[io.StringIO]]:
    """The whole log, every logger at DEBUG, as it is written in development and in production."""
    loggers = [logging.getLogger(), *map(logging.getLogger, [*logging.root.manager.loggerDict])]
    levels = [logger.level for logger in loggers]
    written: list[io.StringIO] = []
    line = LineFormatter("{asctime} {levelname} {name}: {message}", style="{")
    for formatter in (line, JsonFormatter()):
        written.append(io.StringIO())
        handler = logging.StreamHandler(written[-1])
        handler.addFilter(QueryFilter())
        handler.setFormatter(formatter)
        logging.root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield written
    del logging.root.handlers[-len(written) :]
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def requests(pay: int) -> list[tuple[str, str]]:
    """What one visitor sends, method and address: verdicts, mistakes, wrong methods, broken addresses, failures."""
    answers = f"salary={pay}&location=us-austin-tx&skill=kubernetes&edition=1"
    side = answers.replace("&", "%26")
    loose = answers.replace(str(pay), f"{pay:,}".replace(",", "%2C"))
    # Pages take the longest to make: every tenth visitor opens some, the others press a button that leads elsewhere.
    pages = [
        f"/verdict/?{answers}",
        f"/?{answers}",
        f"/verdict/?salary={pay}lots&location=atlantis",
        f"/compare/?a={side}",
        f"/verdict/?{answers}9",
        f"/verdict/%3F{answers}",
        f"/verdict/{answers}",
        f"/nothing/?{answers}",
    ]
    asked = [
        *(pages if pay % 10 == 0 else [f"/verdict/?years={number}&{loose}" for number, _ in enumerate(pages, 1)]),
        f"/verdict/?{loose}",
        f"/verdict/panel/?{loose}",
        f"/verdict.json?{loose}",
        f"/compare/with/?a={side}&salary={pay}.5",
        *(f"/fails/{how}/?salary={pay}" for how in ("float", "decimal", "code", "cause", "suspect", "bad")),
    ]
    return [*(("GET", address) for address in asked), ("POST", asked[0]), ("DELETE", asked[0])]


def send(application: Any, method: str, address: str) -> str:
    """Send a request through the development server's own reader, writer and log; give the answer's status."""
    host = "http://localhost"
    head = (
        f"{method} {address} HTTP/1.1\r\nHost: localhost\r\nReferer: {host}{address}\r\nHX-Current-URL: {host}{address}"
    )
    wire = Wire(f"{head}\r\nCookie: last={address}\r\nConnection: close\r\n\r\n")
    server = SimpleNamespace(
        get_app=lambda: application, base_environ={"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    )
    WSGIRequestHandler(cast(Any, wire), ("203.0.113.7", 1), cast(Any, server))
    return wire.answered.split(b" ", 2)[1].decode()


@pytest.mark.any_database  # headers and logs
def test_no_log_of_any_request_holds_pay(application: Any, logs: list[io.StringIO], settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    asked = [request for pay in PAY for request in requests(pay)]

    statuses = Counter(send(application, *request) for request in asked)

    assert len(asked) == REQUESTS
    assert {"200", "302", "400", "404", "405", "422", "500"} <= set(statuses)
    for log in logs:
        text = log.getvalue()
        assert text.count("\n") > REQUESTS
        assert "/fails/cause/" in text
        assert "RuntimeError" in text
        assert TYPED.findall(text) == []


@pytest.mark.any_database  # headers and logs
@pytest.mark.django_db
def test_every_answer_has_the_headers_that_keep_browsers_in(published: PublishedEdition, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 60, True
    client = Client()
    expected = {
        "Strict-Transport-Security": "max-age=60; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
    }

    lacking = {}
    for address in [*public_addresses(), "/nothing/", "/verdict/?salary=lots", "/admin/login/", "/admin/nothing/"]:
        headers = client.get(address, secure=True).headers
        found = {name: headers.get(name) for name in expected}
        policy, permissions = headers["Content-Security-Policy"], headers["Permissions-Policy"]
        rule = {"Referrer-Policy": "same-origin"} if address.startswith("/admin/") else {}
        if found != expected | rule or "frame-ancestors 'none'" not in policy or "camera=()" not in permissions:
            lacking[address] = found, policy, permissions

    assert lacking == {}


@pytest.mark.parametrize(("limit", "kept"), [pytest.param(10_000, 1, id="within"), pytest.param(5_000, 0, id="beyond")])
def test_body_beyond_the_limit_is_neither_kept_nor_written_to_disk(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, limit: int, kept: int
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = limit
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)
    file = SimpleUploadedFile("skills.csv", b"x" * 8_000)

    request = RequestFactory().post("/admin/", {"file": file, "step": "1"})

    assert (request.POST["step"], len(request.FILES)) == ("1", kept)


@pytest.mark.django_db
def test_one_file_comes_at_a_time(published: PublishedEdition) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/admin/login/")
    files = {name: SimpleUploadedFile(name, b"x") for name in ("first", "second")}

    answer = client.post("/admin/login/", files)

    assert answer.status_code == 400
