"""The findings of the checks: the position, what is wrong, and what to write instead."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from skills.articles.passages import Passage

_FIELDS = ("title", "standfirst", "text")
_MAX_QUOTED = 60


class Severity(StrEnum):
    """An error stops publication; a warning can be overruled."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding. `field` is title, standfirst or text; `line` counts from 1 in the text; `passage` is quoted text."""

    severity: Severity
    field: str
    line: int | None
    passage: str
    message: str
    suggestion: str

    def __str__(self) -> str:
        place = self.field if self.line is None else f"{self.field}, line {self.line}"
        return f"{place}: {self.message} {self.suggestion}"

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def place(self) -> tuple[int, int]:
        """The sort key in reading order; findings about a whole field come before its lines."""
        return _FIELDS.index(self.field), self.line or 0

    @property
    def key(self) -> str:
        """The finding's identity when the text is checked again, even if its line has changed."""
        said = f"{self.field}\n{self.passage}\n{self.message}"
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def make_error(field: str, line: int | None, passage: str, message: str, suggestion: str) -> Finding:
    return Finding(
        severity=Severity.ERROR, field=field, line=line, passage=passage, message=message, suggestion=suggestion
    )


def make_warning(field: str, line: int | None, passage: str, message: str, suggestion: str) -> Finding:
    return Finding(
        severity=Severity.WARNING, field=field, line=line, passage=passage, message=message, suggestion=suggestion
    )


def warn_about(passage: Passage, start: int, quoted: str, message: str, suggestion: str) -> Finding:
    """Make a warning about a part of a passage; `message` continues after the quoted words."""
    quoted = shorten(quoted)
    return make_warning(passage.field, passage.line_at(start), quoted, f"“{quoted}” {message}", suggestion)


def shorten(words: str) -> str:
    """Return the beginning of a text, on one line."""
    words = " ".join(words.split())
    return words if len(words) <= _MAX_QUOTED else words[:_MAX_QUOTED].rsplit(" ", 1)[0] + "…"
