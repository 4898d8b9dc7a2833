"""Keeps pay out of logs and error reports: they hold no query string, no Referer, no variable and no quoted value."""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError
from django.template import TemplateDoesNotExist, TemplateSyntaxError, VariableDoesNotExist
from django.views.debug import ExceptionReporter

from earnverdict.middleware import current_request_id

# A query may hold spaces and quotes, so only the end of the request line or of the line itself ends it.
# A badly copied address may have an encoded question mark, or none.
_QUERY = re.compile(r"(?:\?|%3f|&|%26|salary(?:=|%3d))(?:(?! HTTP/\d)[^\n])*", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d.,]*")
# The parts of a request that a report holds: nothing about the client or the server's environment.
_REPORTED_META = (
    "CONTENT_LENGTH",
    "CONTENT_TYPE",
    "HTTP_ACCEPT",
    "HTTP_HOST",
    "HTTP_HX_REQUEST",
    "PATH_INFO",
    "REQUEST_METHOD",
    "SERVER_PROTOCOL",
    "wsgi.url_scheme",
)
# The messages of these errors are about the code and the machine. Others may quote input, as float("115k") does.
_SAFE_ERRORS = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    NameError,
    OperationalError,
    OSError,
    ProgrammingError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
    TypeError,
)
_REMOVED = "(message removed: it may quote a visitor's input)"


class QueryFilter(logging.Filter):
    """Removes query strings from log records, and quoted values from their errors."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - a malformed record must not stop its request
            message = str(record.msg)
        error = record.exc_info[1] if record.exc_info else None
        # Jinja2 reports an undefined name with the template's whole context, which is long and of no use.
        if error is not None and not isinstance(error, VariableDoesNotExist) and str(error):
            message = message.replace(str(error), _summarise(error))
        record.msg, record.args = without_query(message), None
        record.exc_text = None  # another handler may already have formatted the traceback, with quoted values
        return True


class ServiceUnavailableFilter(logging.Filter):
    """Drops the ERROR that Django logs for each 503, unless an exception caused it: refusing a request is no error."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != 503 or record.exc_info is not None


class LineFormatter(logging.Formatter):
    """Formats tracebacks without source lines and without messages that may quote input."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        errors = [*_with_causes(ei[1])]
        return "\n\nThis caused:\n\n".join(map(_write_trace, reversed(errors)))


class JsonFormatter(LineFormatter):
    """Writes one JSON object a line: time, level, logger, request id and message."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        if request_id := current_request_id.get():
            entry["request"] = request_id
        entry["message"] = record.getMessage()
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


class PayFreeReporter(ExceptionReporter):
    """An error report with the code's frames and the request's path, and without a visitor's input."""

    def get_traceback_data(self) -> dict[str, Any]:
        report = super().get_traceback_data()
        report["request_GET_items"] = []
        report["filtered_POST_items"] = []
        report["request_FILES_items"] = []
        report["request_COOKIES_items"] = []
        report["request_meta"] = {name: report["request_meta"].get(name) for name in _REPORTED_META}
        if report.get("request_insecure_uri"):
            report["request_insecure_uri"] = without_query(report["request_insecure_uri"])
        report["user_str"] = None
        report["unicode_hint"] = ""
        report.pop("exception_notes", None)
        if self.exc_value:
            report["exception_value"] = _describe_error(self.exc_value) or _REMOVED
        if report["template_info"]:
            report["template_info"] = report["template_info"] | {"message": report["exception_value"]}
        for frame in report["frames"]:
            frame["vars"] = []
            if frame["exc_cause"]:
                frame["exc_cause"] = _summarise(frame["exc_cause"])
        return report


def without_query(text: str) -> str:
    """Remove everything from a question mark to the end of the request line, or of the line."""
    return _QUERY.sub("", text)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and the chain of its causes, each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _write_trace(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"Traceback (most recent call last):\n{frames}{_summarise(error)}"


def _summarise(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    text = _describe_error(error)
    return f"{name}: {text}" if text else name


def _describe_error(error: BaseException) -> str:
    """Return the error's message if its type is safe, without figures."""
    return _FIGURE.sub("…", without_query(str(error))) if isinstance(error, _SAFE_ERRORS) else ""
