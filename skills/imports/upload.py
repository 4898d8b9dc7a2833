"""Whether a file that an editor sent can be this table at all: its size, its encoding, its columns."""

from __future__ import annotations

from django.conf import settings

from earnverdict.formatting import group
from skills.catalogue.resources import TABLES, Table
from skills.catalogue.resources.csv_file import UnreadableFile, read_csv

_KIBIBYTE = 1024


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
    """Raises BadUpload for what is no text, no CSV, another table, or too long; the dry run looks at the rows."""
    try:
        found = read_csv(content)
    except UnreadableFile as error:
        raise BadUpload(str(error)) from None
    if problem := table().find_wrong_columns(found.header):
        for other in TABLES:
            if not other().find_wrong_columns(found.header):
                raise BadUpload(f"These are the columns of {other.file}, and this page imports {table.file}.")
        raise BadUpload(f"{problem[0].upper()}{problem[1:]}")
    if len(found.rows) > settings.IMPORT_MOST_ROWS:
        raise BadUpload(
            f"This file has more than {group(settings.IMPORT_MOST_ROWS)} rows. "
            "Import it in parts: rows that are not in a file stay as they are."
        )


def _size(size: int) -> str:
    if size < _KIBIBYTE:
        return f"{size} bytes"
    if size < _KIBIBYTE**2:
        return f"{group(size // _KIBIBYTE)} KB"
    return f"{group(round(size / _KIBIBYTE**2, 1))} MB"
