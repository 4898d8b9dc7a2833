"""Finds the values of CSV cells in JSON, and escapes formulas in them, so that spreadsheets do not run them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

# Spreadsheets run a cell that starts like this as a formula. A leading apostrophe stops that; reading removes it again.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED_FORMULA = re.compile(r"'+[=+\-@\t\r]")


def find_cell(entry: Mapping[str, Any], path: Iterable[str]) -> Any:
    """Return the value at a path of a JSON entry; None if something on the path is null or missing."""
    value: Any = entry
    for name in path:
        value = None if value is None else value.get(name)
    return value


def escape_formula(text: str) -> str:
    """Put an apostrophe before a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescape_formula(cell: str | None) -> str:
    """Remove the apostrophe that `escape_formula` put before a formula."""
    text = (cell or "").strip()
    return text[1:] if _ESCAPED_FORMULA.match(text) else text
