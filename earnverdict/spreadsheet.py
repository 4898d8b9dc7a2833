"""Cells of CSV files that a spreadsheet may open: text that it would run as a formula is made harmless."""

from __future__ import annotations

import re

# A cell that starts so is run as a formula by spreadsheets; an apostrophe before it stops that, and is taken off again.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


def neutralised(text: str) -> str:
    """The text as it is written into a cell: a formula is made harmless."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain(cell: str | None) -> str:
    """The text of a cell, without the apostrophe that `neutralised` put before a formula."""
    text = (cell or "").strip()
    return text[1:] if _NEUTRALISED.match(text) else text
