"""Reads a CSV file as spreadsheets save it: with a byte-order mark, semicolons, blank rows and any kind of line end."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from earnverdict.spreadsheet import unescape_formula

SAVE_AS = "In Excel or LibreOffice, save the sheet as “CSV UTF-8”."

_STARTS = {
    b"PK\x03\x04": f"This is a workbook, not a CSV file. {SAVE_AS}",
    b"\xd0\xcf\x11\xe0": f"This is a workbook, not a CSV file. {SAVE_AS}",
    b"\xff\xfe": f"This file is in UTF-16. {SAVE_AS}",
    b"\xfe\xff": f"This file is in UTF-16. {SAVE_AS}",
}
# To fill up a short row could empty cells of the catalogue that a damaged file does not have.
_SHORT_ROW_HINT = "Excel leaves out blank cells at the end of some rows: put a column that is never blank last."
_SEPARATORS = ",;\t|"
# Excel writes it, or an editor does, to say what is between the cells.
_SEPARATOR_LINE = re.compile(r'"?sep=([^\r\n])"?[,;\t|]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)


class UnreadableFile(ValueError):
    """A file that is no CSV file at all, and what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """The names of the columns, and each row that is not blank with its number as a spreadsheet counts.

    `broken` says what is wrong with the row after the last one, where nothing can be read from there on.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]
    separator: str
    broken: tuple[int, str] | None = None

    def find_wrong_rows(self, keys: Sequence[str]) -> list[tuple[int, str, str]]:
        """Each row that is too short, too long, or there twice by its key, with its number, a column and the reason."""
        problems = list[tuple[int, str, str]]()
        seen: dict[tuple[str, ...], int] = {}
        indexes = [self.header.index(key) for key in keys]
        for number, row in self.rows:
            if len(row) != len(self.header):
                hint = f" {_SHORT_ROW_HINT}" if len(row) < len(self.header) else ""
                problems.append((number, "", f"{len(row)} cells where there are {len(self.header)} columns.{hint}"))
                continue
            key = tuple(unescape_formula(row[index]) for index in indexes)
            if key in seen:
                problems.append((number, keys[0], f"the same as row {seen[key]}: {' · '.join(key)}."))
            seen.setdefault(key, number)
        if self.broken:
            problems.append((self.broken[0], "", self.broken[1]))
        return problems


def read_csv(content: bytes | str) -> CsvFile:
    """Read the cells of a whole file. Raises UnreadableFile."""
    text = (_decode(content) if isinstance(content, bytes) else content).lstrip("\ufeff")
    separator = ""
    if found := _SEPARATOR_LINE.match(text):
        separator, text = found[1], text[found.end() :]
    separator = separator or _find_separator(text)
    if separator not in ",;\t":
        raise UnreadableFile(
            f"The cells of this file are separated by {'pipes, ' * (separator == '|')}“{separator}”. "
            "Save it with commas, semicolons or tabs between the cells."
        )
    rows, broken = _read_rows(text, separator)
    if not rows:
        raise UnreadableFile(broken[1] if broken else "This file is empty.")
    header = [clean_name(name) for name in rows[0][1]]
    while header and not header[-1]:
        header.pop()
    return CsvFile(
        header=header,
        rows=[(number, _without_blank_end(row, len(header))) for number, row in rows[1:]],
        separator=separator,
        broken=broken,
    )


def find_wrong_columns(header: Sequence[str], *, known: Sequence[str], keys: Sequence[str]) -> str:
    """What is wrong with the names of the columns; empty if each is known and those of the key are there."""
    problems = [
        *_quote("missing", (name for name in keys if name not in header)),
        *_quote("not known", (name for name in header if name not in known)),
        *_quote("there twice", (name for name, count in Counter(header).items() if count > 1)),
    ]
    if not problems:
        return ""
    must = "" if len(keys) == len(known) else f" A file may have some of them; it must have {' and '.join(keys)}."
    return f"the first row must name the columns {', '.join(known)}: {'; '.join(problems)}.{must}"


def clean_name(name: str) -> str:
    """The name of a column without blanks and invisible characters, in small letters."""
    return "".join(letter for letter in name if unicodedata.category(letter) != "Cf").strip().lower()


def _decode(content: bytes) -> str:
    for start, reason in _STARTS.items():
        if content.startswith(start):
            raise UnreadableFile(reason)
    if b"\0" in content[:2]:
        raise UnreadableFile(f"This file is in UTF-16, or it is not text at all. {SAVE_AS}")
    try:
        return content.decode()
    except UnicodeDecodeError:
        # A guess would turn “Zürich” into something else without a word where it is wrong.
        raise UnreadableFile(f"This file is not text in UTF-8. {SAVE_AS}") from None


def _find_separator(text: str) -> str:
    """The one that the first line with text has most of: no name of a column has one in it."""
    first_line = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    return max(_SEPARATORS, key=first_line.count)


def _read_rows(text: str, separator: str) -> tuple[list[tuple[int, list[str]]], tuple[int, str] | None]:
    """All rows that are not blank; where one cannot be read, those before it, and its number and reason."""
    rows = list[tuple[int, list[str]]]()
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator), 1):
            if any(map(str.strip, row)):
                rows.append((number, row))
    except csv.Error as error:
        hint = "Is there a quotation mark too many or too few?"
        return rows, (number + 1, f"it cannot be read as CSV ({error}). {hint}")
    return rows, None


def _without_blank_end(row: list[str], size: int) -> list[str]:
    """The row without the blank cells that come after the last column with a name."""
    return row if len(row) <= size or any(map(str.strip, row[size:])) else row[:size]


def _quote(word: str, names: Iterable[str]) -> list[str]:
    """`not known “a”, “b”`; nothing for no names."""
    found = [f"“{name[:40]}”" for name in names][:30]
    return [f"{word} {', '.join(found)}"] if found else []
