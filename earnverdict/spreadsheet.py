"""Escapes formulas in CSV cells, so that spreadsheets do not run them."""

from __future__ import annotations

import re

# Spreadsheets run a cell that starts like this as a formula. A leading apostrophe stops that; reading removes it again.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED_FORMULA = re.compile(r"'+[=+\-@\t\r]")


def escape_formula(text: str) -> str:
    """Put an apostrophe before a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescape_formula(cell: str | None) -> str:
    """Remove the apostrophe that `escape_formula` put before a formula."""
    text = (cell or "").strip()
    return text[1:] if _ESCAPED_FORMULA.match(text) else text
