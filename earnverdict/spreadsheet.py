"""Escapes formulas in CSV cells, so that spreadsheets do not run them."""

from __future__ import annotations

import re

# Spreadsheets run a cell that starts like this as a formula. A leading apostrophe stops that; reading removes it again.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


def neutralised(text: str) -> str:
    """Put an apostrophe before a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain(cell: str | None) -> str:
    """Remove the apostrophe that `neutralised` put before a formula."""
    text = (cell or "").strip()
    return text[1:] if _NEUTRALISED.match(text) else text
