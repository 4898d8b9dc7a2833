"""What changed from one text of an article to another, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from skills.models import Revision

#: Lines that are shown around each change.
CONTEXT = 3
_FIELDS = (("title", "Title"), ("standfirst", "Standfirst"), ("author", "Author"), ("text", "Text"))

type Kind = Literal["same", "removed", "added", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of either text, or of both; `skipped` stands for lines that are the same and not shown."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """A field that is not the same in both."""

    name: str
    lines: tuple[Line, ...]


def difference(older: Revision, newer: Revision) -> tuple[FieldDifference, ...]:
    """Of each field that changed, the lines that went and came, with a few around them."""
    return tuple(
        FieldDifference(name=label, lines=tuple(_lines(before.splitlines(), after.splitlines())))
        for name, label in _FIELDS
        if (before := getattr(older, name)) != (after := getattr(newer, name))
    )


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    shown = 0
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(CONTEXT):
        if skipped := group[0][1] - shown:
            yield _skipped(skipped)
        for tag, first, last, new_first, new_last in group:
            if tag == "equal":
                yield from (Line(kind="same", text=line) for line in before[first:last])
            else:
                yield from (Line(kind="removed", text=line) for line in before[first:last])
                yield from (Line(kind="added", text=line) for line in after[new_first:new_last])
        shown = group[-1][2]
    if skipped := len(before) - shown:
        yield _skipped(skipped)


def _skipped(count: int) -> Line:
    return Line(kind="skipped", text=f"{count} {'line' if count == 1 else 'lines'} the same")
