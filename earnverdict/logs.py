"""Keeps pay out of logs and error reports: no query string, no address a page was left from, no local variables."""

from __future__ import annotations

import logging
import re
from typing import Any

from django.views.debug import ExceptionReporter

# What somebody typed may hold spaces and quotes, so only the end of a request line or of the line itself ends a query.
_QUERY = re.compile(r"\?(?:(?! HTTP/\d)[^\n])*")
_TELLING_META = ("QUERY_STRING", "REQUEST_URI", "RAW_URI", "HTTP_REFERER", "HTTP_HX_CURRENT_URL", "HTTP_COOKIE")


class WithoutQuery(logging.Filter):
    """Cuts query strings from whatever a record says."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - a malformed record must not stop the request it tells about
            message = str(record.msg)
        record.msg, record.args = without_query(message), None
        return True


class LineFormatter(logging.Formatter):
    """A traceback's last line may quote what was typed: its query strings are cut too."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        return without_query(super().formatException(ei))


class PayFreeReporter(ExceptionReporter):
    """An error report with the code's frames and the request's path, and nothing that a visitor typed."""

    def get_traceback_data(self) -> dict[str, Any]:
        report = super().get_traceback_data()
        report["request_GET_items"] = []
        report["filtered_POST_items"] = []
        report["request_FILES_items"] = []
        report["request_COOKIES_items"] = []
        if "request_meta" in report:
            report["request_meta"] = {
                name: without_query(value) if isinstance(value, str) else value
                for name, value in report["request_meta"].items()
                if name not in _TELLING_META
            }
        if report.get("request_insecure_uri"):
            report["request_insecure_uri"] = without_query(report["request_insecure_uri"])
        if "exception_value" in report:
            report["exception_value"] = without_query(str(report["exception_value"]))
        for frame in report.get("frames", []):
            frame["vars"] = []
            if frame["exc_cause"]:
                frame["exc_cause"] = without_query(str(frame["exc_cause"]))
        return report


def without_query(text: str) -> str:
    """The text with everything from a question mark to the end of the request line, or of the line, cut out."""
    return _QUERY.sub("", text)
