"""Reads and writes CSV files as spreadsheets do."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

type Rows = list[list[str]]


def read_rows(text: str, separator: str = ",") -> Rows:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def write_rows(rows: Rows, **dialect: Any) -> str:
    text = io.StringIO()
    csv.writer(text, **{"lineterminator": "\n", **dialect}).writerows(rows)
    return text.getvalue()


def save_in_excel_in_germany(text: str) -> str:
    """Semicolons, CRLF, decimal commas and dates such as 31.12.2026."""
    rows = read_rows(text)
    for row in rows[1:]:
        row[:] = [re.sub(r"^(-?\d+)\.(\d+)$", r"\1,\2", cell) for cell in row]
        row[:] = [re.sub(r"^(\d{4})-(\d\d)-(\d\d)$", r"\3.\2.\1", cell) for cell in row]
    return write_rows(rows, delimiter=";", lineterminator="\r\n")
