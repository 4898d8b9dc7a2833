"""Keeps pay out of logs and error reports: no query, no address a page was left from, no variable, no value quoted."""

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

# What somebody typed may hold spaces and quotes, so only the end of a request line or of the line itself ends a query.
# An address that was copied badly has its question mark encoded, or none.
_QUERY = re.compile(r"(?:\?|%3f|&|%26|salary(?:=|%3d))(?:(?! HTTP/\d)[^\n])*", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d.,]*")
# What a report says of a request: nothing of who asked, and nothing of the server's environment.
_KEPT_META = (
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
# Their texts are about the code and the machine. Any other may quote what was typed: float("115k") does.
_TELLABLE = (
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
_NOT_KEPT = "(not kept: it may quote what somebody typed)"


class WithoutQuery(logging.Filter):
    """Cuts query strings from whatever a record says, and what the error that it is about quotes."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - a malformed record must not stop the request it tells about
            message = str(record.msg)
        error = record.exc_info[1] if record.exc_info else None
        # A template's missing name is told with all that the template knows, which takes long to write, and of no use.
        if error is not None and not isinstance(error, VariableDoesNotExist) and str(error):
            message = message.replace(str(error), _summary(error))
        record.msg, record.args = without_query(message), None
        record.exc_text = None  # another handler may have written the traceback already, with all it quotes
        return True


class WithoutRefusals(logging.Filter):
    """Drops the ERROR that Django logs for each 503: a refused request is no mistake, unless an exception led to it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != 503 or record.exc_info is not None


class LineFormatter(logging.Formatter):
    """A traceback shows where it happened, and of what happened only what quotes nobody."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        errors = [*_with_causes(ei[1])]
        return "\n\nWhich led to:\n\n".join(map(_trace, reversed(errors)))


class JsonFormatter(LineFormatter):
    """One JSON object a line, for programs: when, how grave, who says it, in which request, and what."""

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
    """An error report with the code's frames and the request's path, and nothing that a visitor typed."""

    def get_traceback_data(self) -> dict[str, Any]:
        report = super().get_traceback_data()
        report["request_GET_items"] = []
        report["filtered_POST_items"] = []
        report["request_FILES_items"] = []
        report["request_COOKIES_items"] = []
        report["request_meta"] = {name: report["request_meta"].get(name) for name in _KEPT_META}
        if report.get("request_insecure_uri"):
            report["request_insecure_uri"] = without_query(report["request_insecure_uri"])
        report["user_str"] = None
        report["unicode_hint"] = ""
        report.pop("exception_notes", None)
        if self.exc_value:
            report["exception_value"] = _told(self.exc_value) or _NOT_KEPT
        if report["template_info"]:
            report["template_info"] = report["template_info"] | {"message": report["exception_value"]}
        for frame in report["frames"]:
            frame["vars"] = []
            if frame["exc_cause"]:
                frame["exc_cause"] = _summary(frame["exc_cause"])
        return report


def without_query(text: str) -> str:
    """The text with everything from a question mark to the end of the request line, or of the line, cut out."""
    return _QUERY.sub("", text)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, what led to it, what led to that, …; each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _trace(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"Traceback (most recent call last):\n{frames}{_summary(error)}"


def _summary(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    told = _told(error)
    return f"{name}: {told}" if told else name


def _told(error: BaseException) -> str:
    """What an error says, if its kind speaks of the code; without figures, in case it does not."""
    return _FIGURE.sub("…", without_query(str(error))) if isinstance(error, _TELLABLE) else ""
