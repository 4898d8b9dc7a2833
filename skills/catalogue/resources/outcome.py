"""What an import of a CSV file finds: what is new, what changed, and every error and warning by row and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TableError:
    """What is wrong with one cell, or may be; `row` is as a spreadsheet counts (0: the whole file)."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = [self.file]
        if self.row:
            where.append(f"row {self.row}")
        if self.column:
            where.append(f"column {self.column}")
        return f"{', '.join(where)}: {self.reason}"


class BadTable(ValueError):
    """A file that cannot be imported; `errors` lists every reason, and nothing of the file was kept."""

    def __init__(self, errors: Sequence[TableError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One cell as it was in the catalogue and as the file has it, both as they are written into a file."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """A row that the file adds, or changes; `name` is its natural key."""

    row: int
    is_new: bool
    name: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many rows are new, changed and the same, the first of the changes, and every error and warning.

    With an error in it nothing is imported. Warnings stop nothing; only a dry run looks for them.
    """

    new: int
    changed: int
    unchanged: int
    changes: tuple[RowChange, ...]
    errors: tuple[TableError, ...]
    warnings: tuple[TableError, ...] = ()
