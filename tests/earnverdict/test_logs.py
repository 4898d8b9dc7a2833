"""Pay stays out of logs and error reports: no query string, no address a page was left from, no local variable."""

from __future__ import annotations

import io
import logging
import sys
from types import TracebackType

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from earnverdict.logs import LineFormatter, PayFreeReporter, WithoutQuery, without_query

PAY = "115000"
ADDRESS = f"/verdict/?salary={PAY}&location=us"


@pytest.fixture
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def logger(log: io.StringIO) -> logging.Logger:
    """A logger that writes as the site's console does."""
    handler = logging.StreamHandler(log)
    handler.addFilter(WithoutQuery())
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
    assert log.getvalue().endswith("ValueError: cannot answer /verdict/\n")
    assert PAY not in log.getvalue()


def test_console_of_the_site_cuts_queries(capsys: pytest.CaptureFixture[str]) -> None:
    handlers = logging.getLogger().handlers
    console = next(handler for handler in handlers if any(isinstance(each, WithoutQuery) for each in handler.filters))

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
        },
    )
    request.COOKIES["pay"] = PAY

    report = getattr(PayFreeReporter(request, *_error_with_pay()), make_report)()

    assert "/verdict/" in report
    assert "_fail_with_pay" in report
    assert PAY not in report


@pytest.mark.parametrize("make_report", ["get_traceback_html", "get_traceback_text"])
def test_error_report_of_a_form_holds_nothing_that_was_posted(make_report: str) -> None:
    request = RequestFactory().post("/admin/", {"salary": PAY})
    assert request.POST["salary"] == PAY

    report = getattr(PayFreeReporter(request, *_error_with_pay()), make_report)()

    assert PAY not in report


@pytest.mark.parametrize("make_report", ["get_traceback_html", "get_traceback_text"])
def test_error_report_without_a_request_cuts_every_message(make_report: str) -> None:
    report = getattr(PayFreeReporter(None, *_error_with_pay()), make_report)()

    assert "ValueError" in report
    assert "cannot answer /verdict/" in report
    assert "no way from /verdict/" in report
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
