"""Validates an uploaded file's size, encoding and columns before its rows are checked."""

from __future__ import annotations

from django.conf import settings

from earnverdict.formatting import group
from skills.catalogue.resources import TABLES, Table
from skills.catalogue.resources.csv_file import UnreadableFile, read_csv

_KIBIBYTE = 1024


class BadUpload(ValueError):
    """The file cannot be this table."""


def describe_limits() -> str:
    """`10 MB and 50,000 rows`."""
    return f"{_describe_size(settings.IMPORT_MAX_BYTES)} and {group(settings.IMPORT_MAX_ROWS)} rows"


def check_size(size: int) -> None:
    """Raise BadUpload for a file that is too large."""
    if size > settings.IMPORT_MAX_BYTES:
        raise BadUpload(
            f"This file has {_describe_size(size)}; an import may have {_describe_size(settings.IMPORT_MAX_BYTES)}. "
            "Import it in parts: rows that are not in a file do not change."
        )


def check_content(content: bytes, table: type[Table]) -> None:
    """Raise BadUpload if it is no text, no CSV, another table, or too long. The dry run checks the rows."""
    try:
        found = read_csv(content)
    except UnreadableFile as error:
        raise BadUpload(str(error)) from None
    if problem := table().find_wrong_columns(found.header):
        for other in TABLES:
            if not other().find_wrong_columns(found.header):
                raise BadUpload(f"These are the columns of {other.file}, and this page imports {table.file}.")
        raise BadUpload(f"{problem[0].upper()}{problem[1:]}")
    if len(found.rows) > settings.IMPORT_MAX_ROWS:
        raise BadUpload(
            f"This file has more than {group(settings.IMPORT_MAX_ROWS)} rows. "
            "Import it in parts: rows that are not in a file do not change."
        )


def _describe_size(size: int) -> str:
    if size < _KIBIBYTE:
        return f"{size} bytes"
    if size < _KIBIBYTE**2:
        return f"{group(size // _KIBIBYTE)} KB"
    return f"{group(round(size / _KIBIBYTE**2, 1))} MB"
