"""Pay stays out of logs and error reports: no query, no Referer, no variable, no quoted value."""

from __future__ import annotations

import io
import logging
import sys
from decimal import InvalidOperation
from types import TracebackType

import pytest
from django.contrib.auth.models import User
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, VariableDoesNotExist
from django.test import Client, RequestFactory
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from earnverdict.error_reporting import LineFormatter, PayFreeReporter, QueryFilter, without_query


def refuse(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=503)


def find_database_locked(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


urlpatterns = [path("refuses/", refuse), path("fails/", find_database_locked)]
handler500 = "skills.views.errors.server_error"

PAY = "115000"
ADDRESS = f"/verdict/?salary={PAY}&location=us"
CLIENT = "203.0.113.7"


@pytest.fixture
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def logger(log: io.StringIO) -> logging.Logger:
    """A logger that writes as the site's console does."""
    handler = logging.StreamHandler(log)
    handler.addFilter(QueryFilter())
    handler.setFormatter(LineFormatter("{levelname} {name}: {message}", style="{"))
    made = logging.Logger("made")
    made.addHandler(handler)
    return made


@pytest.mark.parametrize(
    ("text", "without"),
    [
        pytest.param("nothing to cut", "nothing to cut", id="plain"),
        pytest.param(ADDRESS, "/verdict/", id="address"),
        pytest.param(f'"GET {ADDRESS} HTTP/1.1" 200 512', '"GET /verdict/ HTTP/1.1" 200 512', id="request-line"),
        pytest.param(
            "\"GET /verdict/?salary=115 000&have='go' HTTP/1.1\" 302 0",
            '"GET /verdict/ HTTP/1.1" 302 0',
            id="spaces-and-quotes",
        ),
        pytest.param(
            f"code 400, message Bad request syntax ('GET {ADDRESS} x')",
            "code 400, message Bad request syntax ('GET /verdict/",
            id="malformed",
        ),
        pytest.param(
            f"https://host{ADDRESS} and\nhttps://host{ADDRESS}",
            "https://host/verdict/\nhttps://host/verdict/",
            id="lines",
        ),
        pytest.param(f"{ADDRESS}?{PAY}", "/verdict/", id="two-question-marks"),
        pytest.param(f"GET /verdict/%3Fsalary%3D{PAY} HTTP/1.1", "GET /verdict/ HTTP/1.1", id="encoded"),
        pytest.param(f"Not Found: /verdict/salary={PAY}", "Not Found: /verdict/", id="question-mark-lost"),
        pytest.param(f"Not Found: /verdict&location=us&salary={PAY}", "Not Found: /verdict", id="ampersand-instead"),
    ],
)
def test_query_is_cut_from_text(text: str, without: str) -> None:
    assert without_query(text) == without


@given(query=st.text().filter(lambda text: "\n" not in text and " HTTP/" not in text))
def test_whatever_is_typed_is_cut_from_a_request_line(query: str) -> None:
    assert without_query(f'"GET /verdict/?{query} HTTP/1.1" 200 5') == '"GET /verdict/ HTTP/1.1" 200 5'


def test_records_lose_their_query(logger: logging.Logger, log: io.StringIO) -> None:
    logger.warning("Not found: %s", ADDRESS)
    logger.info('"%s" %s %s', f"GET {ADDRESS} HTTP/1.1", "200", "512")

    assert log.getvalue() == 'WARNING made: Not found: /verdict/\nINFO made: "GET /verdict/ HTTP/1.1" 200 512\n'


def test_a_record_that_does_not_add_up_is_written_all_the_same(logger: logging.Logger, log: io.StringIO) -> None:
    logger.warning(f"%s %s {ADDRESS}", "one")

    assert log.getvalue() == "WARNING made: %s %s /verdict/\n"


def test_traceback_loses_its_query_and_shows_no_variable(logger: logging.Logger, log: io.StringIO) -> None:
    try:
        _fail_with_pay(ADDRESS)
    except ValueError:
        logger.exception("Failed: %s", ADDRESS)

    assert log.getvalue().startswith("ERROR made: Failed: /verdict/\nTraceback")
    assert "KeyError\n\nThis caused:\n\nTraceback" in log.getvalue()
    assert log.getvalue().endswith("\nValueError\n")
    assert "cannot answer /verdict" not in log.getvalue()
    assert PAY not in log.getvalue()


@pytest.mark.parametrize(
    ("error", "last_line"),
    [
        pytest.param(ValueError("could not convert string to float: '115k'"), "ValueError", id="value"),
        pytest.param(InvalidOperation([PAY]), "decimal.InvalidOperation", id="decimal"),
        pytest.param(UnicodeDecodeError("utf-8", PAY.encode(), 0, 1, "bad"), "UnicodeDecodeError", id="unicode"),
        pytest.param(VariableDoesNotExist("%s", (PAY,)), "django.template.base.VariableDoesNotExist", id="template"),
        pytest.param(DataError(PAY), "django.db.utils.DataError", id="row"),
        pytest.param(TypeError(f"cannot add {PAY} and None"), "TypeError: cannot add … and None", id="code"),
        pytest.param(
            FileNotFoundError(2, "No such file", "site/index"),
            "FileNotFoundError: [Errno …] No such file: 'site/index'",
            id="machine",
        ),
        pytest.param(
            OperationalError("no such table: skills_edition"),
            "django.db.utils.OperationalError: no such table: skills_edition",
            id="database",
        ),
    ],
)
def test_only_errors_about_code_and_machine_say_more_than_their_kind(
    logger: logging.Logger, log: io.StringIO, error: Exception, last_line: str
) -> None:
    error.add_note(f"while at {ADDRESS}")
    logger.error("Failed", exc_info=error)

    assert log.getvalue().splitlines()[-1] == last_line
    assert "115" not in log.getvalue()


def test_errors_that_led_to_each_other_end(logger: logging.Logger, log: io.StringIO) -> None:
    first, second = KeyError(PAY), ValueError(PAY)
    first.__cause__, second.__cause__ = second, first

    logger.error("Failed", exc_info=first)

    assert log.getvalue().count("Traceback") == 2


def test_traceback_that_another_handler_wrote_is_written_again(logger: logging.Logger, log: io.StringIO) -> None:
    logger.handlers.insert(0, logging.StreamHandler(io.StringIO()))

    logger.error("Failed", exc_info=ValueError(PAY))

    assert log.getvalue().endswith("\nValueError\n")


def test_refusal_is_no_error_but_a_database_that_fails_is(
    client: Client, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False

    client.get("/refuses/")
    client.get("/fails/")

    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("ERROR", "Service Unavailable: /fails/")
    ]


def test_console_of_the_site_cuts_queries(capsys: pytest.CaptureFixture[str]) -> None:
    handlers = logging.getLogger().handlers
    console = next(handler for handler in handlers if any(isinstance(each, QueryFilter) for each in handler.filters))

    assert isinstance(console.formatter, LineFormatter)
    assert [name for name in ("django", "django.server", "django.request") if logging.getLogger(name).handlers] == []


@pytest.mark.parametrize("make_report", ["get_traceback_html", "get_traceback_text"])
def test_error_report_holds_nothing_a_visitor_typed(make_report: str) -> None:
    request = RequestFactory().get(
        ADDRESS,
        headers={
            "referer": f"https://host{ADDRESS}",
            "hx-current-url": f"https://host{ADDRESS}",
            "cookie": f"pay={PAY}",
            "x-original-uri": ADDRESS,
            "x-forwarded-for": CLIENT,
            "user-agent": CLIENT,
            "authorization": CLIENT,
        },
        REMOTE_ADDR=CLIENT,
    )
    request.COOKIES["pay"] = PAY
    request.user = User(username=CLIENT)

    report = getattr(PayFreeReporter(request, *_error_with_pay()), make_report)()

    assert "/verdict/" in report
    assert "_fail_with_pay" in report
    assert PAY not in report
    assert CLIENT not in report


@pytest.mark.parametrize("make_report", ["get_traceback_html", "get_traceback_text"])
def test_error_report_of_a_form_holds_nothing_that_was_posted(make_report: str) -> None:
    request = RequestFactory().post("/admin/", {"salary": PAY})
    assert request.POST["salary"] == PAY

    report = getattr(PayFreeReporter(request, *_error_with_pay()), make_report)()

    assert PAY not in report


@pytest.mark.parametrize("make_report", ["get_traceback_html", "get_traceback_text"])
def test_error_report_without_a_request_quotes_no_message(make_report: str) -> None:
    report = getattr(PayFreeReporter(None, *_error_with_pay()), make_report)()

    assert "ValueError" in report
    assert "The above exception (KeyError) was the direct cause" in report
    assert "cannot answer /verdict" not in report
    assert "no way from /verdict" not in report
    assert PAY not in report


@pytest.mark.parametrize("make_report", ["get_traceback_html", "get_traceback_text"])
def test_error_report_of_a_template_quotes_nothing(make_report: str) -> None:
    try:
        Engine(debug=True).from_string("{% for a, b in pay %}{% endfor %}").render(Context({"pay": [(PAY, 1, 2)]}))
    except ValueError as error:
        error.__dict__["template_debug"]["message"] = PAY
        report = getattr(PayFreeReporter(None, type(error), error, error.__traceback__), make_report)()

    assert "{% for a, b in pay %}" in report
    assert PAY not in report


def _fail_with_pay(address: str) -> None:
    salary = int(PAY)
    try:
        raise KeyError(f"no way from {address}")
    except KeyError as error:
        raise ValueError(f"cannot answer {address}" if salary else "") from error


def _error_with_pay() -> tuple[type[BaseException] | None, BaseException | None, TracebackType | None]:
    try:
        _fail_with_pay(ADDRESS)
    except ValueError:
        return sys.exc_info()
    raise AssertionError("it did not fail")
