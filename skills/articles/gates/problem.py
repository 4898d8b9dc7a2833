"""What is wrong with an article, and where."""

from __future__ import annotations

from dataclasses import dataclass

_FIELDS = ("title", "standfirst", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason not to publish; `field` is title, standfirst or text, `line` counts in the Markdown text from 1."""

    field: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.field if self.line is None else f"{self.field}, line {self.line}"
        return f"{place}: {self.message}"

    @property
    def place(self) -> tuple[int, int]:
        """Sorts as an article is read; what concerns a whole field stands before its lines."""
        return _FIELDS.index(self.field), self.line or 0
