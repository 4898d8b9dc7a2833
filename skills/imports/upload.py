"""Whether a file that an editor sent can be this table at all: its size, its encoding, its columns."""

from __future__ import annotations

import csv
import io

from django.conf import settings

from earnverdict.formatting import group
from skills.tables import TABLES, Table

_KIBIBYTE = 1024
_NOT_TEXT = {
    b"PK\x03\x04": "This is a workbook, not a CSV file. In the spreadsheet, save the sheet as “CSV UTF-8”.",
    b"\xff\xfe": "This file is in UTF-16. Save it as “CSV UTF-8”.",
    b"\xfe\xff": "This file is in UTF-16. Save it as “CSV UTF-8”.",
}
_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs"}


class BadUpload(ValueError):
    """A file that cannot be this table."""


def limits() -> str:
    """`10 MB and 50,000 rows`."""
    return f"{_size(settings.IMPORT_MOST_BYTES)} and {group(settings.IMPORT_MOST_ROWS)} rows"


def check_size(size: int) -> None:
    """Raises BadUpload for a file that is too big to be read."""
    if size > settings.IMPORT_MOST_BYTES:
        raise BadUpload(
            f"This file has {_size(size)}; an import may have {_size(settings.IMPORT_MOST_BYTES)}. "
            "Import it in parts: rows that are not in a file stay as they are."
        )


def check_content(content: bytes, table: type[Table]) -> None:
    """Raises BadUpload for what is no text, no CSV, another table, or too long."""
    for start, reason in _NOT_TEXT.items():
        if content.startswith(start):
            raise BadUpload(reason)
    try:
        text = content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise BadUpload("This file is not text in UTF-8. In the spreadsheet, save it as “CSV UTF-8”.") from None
    rows = csv.reader(io.StringIO(text))
    count = -1
    try:
        for count, row in enumerate(rows):
            if count == 0:
                _check_columns(row, table)
            if count > settings.IMPORT_MOST_ROWS:
                raise BadUpload(
                    f"This file has more than {group(settings.IMPORT_MOST_ROWS)} rows. "
                    "Import it in parts: rows that are not in a file stay as they are."
                )
    except csv.Error:
        if count < 0:
            raise BadUpload("This file cannot be read as CSV.") from None
        return  # the rehearsal names the row
    if count < 0:
        raise BadUpload("This file is empty.")


def _check_columns(header: list[str], table: type[Table]) -> None:
    expected = table().get_export_headers()
    if sorted(header) == sorted(expected):
        return
    for other in TABLES:
        if sorted(header) == sorted(other().get_export_headers()):
            raise BadUpload(f"These are the columns of {other.file}, and this page imports {table.file}.")
    for separator, name in _OTHER_SEPARATORS.items():
        if any(separator in cell for cell in header):
            raise BadUpload(f"The cells of this file are parted by {name}. Save it with commas between the cells.")
    wrong = [*_named("missing", expected, header), *_named("not known", header, expected)]
    wrong = wrong or ["one stands there twice"]
    raise BadUpload(f"The first row must name the columns {', '.join(expected)}: {'; '.join(wrong)}.")


def _named(word: str, these: list[str], but: list[str]) -> list[str]:
    found = [f"“{cell[:40]}”" for cell in these if cell not in but][:30]
    return [f"{word} {', '.join(found)}"] if found else []


def _size(size: int) -> str:
    if size < _KIBIBYTE:
        return f"{size} bytes"
    if size < _KIBIBYTE**2:
        return f"{group(size // _KIBIBYTE)} KB"
    return f"{group(round(size / _KIBIBYTE**2, 1))} MB"
