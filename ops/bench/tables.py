"""Tables of figures as text or Markdown, and budgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The maximum of a figure, in the unit of `sign`."""

    most: float
    sign: str = "×"

    def __str__(self) -> str:
        return f"≤ {self.most:g}{self.sign}"

    def judge(self, figure: float) -> str:
        """Return the budget, with a visible mark if the figure exceeds it; no command fails because of it."""
        return f"{self}, EXCEEDED" if figure > self.most else str(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of text under `heads`; all columns but the first and the budget are figures."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def as_text(self) -> str:
        widths = [max(len(row[column]) for row in (self.heads, *self.rows)) for column in range(len(self.heads))]
        lines = ["  ".join(self._cells(row, widths)).rstrip() for row in (self.heads, *self.rows)]
        return "\n".join([self.title, "", *lines, *(["", self.note] if self.note else [])])

    def as_markdown(self) -> str:
        marks = ["---" if self._is_text(column) else "---:" for column in range(len(self.heads))]
        lines = [f"| {' | '.join(row)} |" for row in (self.heads, marks, *self.rows)]
        return "\n".join([f"### {self.title}", "", *lines, *(["", self.note] if self.note else [])])

    def _cells(self, row: Sequence[str], widths: Sequence[int]) -> list[str]:
        return [
            cell.ljust(width) if self._is_text(column) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]

    def _is_text(self, column: int) -> bool:
        return column == 0 or self.heads[column] == "budget"


def duration(seconds: float) -> str:
    """Format a duration; in microseconds below one millisecond."""
    return f"{seconds * 1e6:,.0f} µs" if seconds < 0.001 else f"{seconds * 1e3:,.2f} ms"


def times(ratio: float) -> str:
    return f"{ratio:,.2f}×" if ratio < 10 else f"{ratio:,.1f}×"
