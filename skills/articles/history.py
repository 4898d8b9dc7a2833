"""Compares two texts of an article line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from skills.models import Revision

#: Unchanged lines shown around each change.
CONTEXT = 3
#: The limit of a line-by-line comparison. Texts of an article have a few hundred lines.
MAX_COMPARED_LINES = 3_000
MAX_EQUAL_PAIRS = 5_000
_FIELDS = (("title", "Title"), ("standfirst", "Standfirst"), ("author", "Author"), ("text", "Text"))

type Kind = Literal["same", "removed", "added", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of either text, or of both; kind `skipped` replaces equal lines that are not shown."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """A field that differs."""

    name: str
    lines: tuple[Line, ...]


def compare_texts(older: Revision, newer: Revision) -> tuple[FieldDifference, ...]:
    """Return, for each changed field, the removed and added lines, with a few lines around them."""
    return tuple(
        FieldDifference(name=label, lines=compare_lines(before.splitlines(), after.splitlines()))
        for name, label in _FIELDS
        if (before := getattr(older, name)) != (after := getattr(newer, name))
    )


def compare_lines(before: list[str], after: list[str]) -> tuple[Line, ...]:
    """Return the removed and added lines, with a few lines around them."""
    return tuple(_list_lines(before, after))


def _list_lines(before: list[str], after: list[str]) -> Iterator[Line]:
    """Yield changed lines with context. Equal lines at the start and the end are not compared."""
    first = max(0, _count_same(before, after) - CONTEXT)
    least = min(len(before), len(after)) - first
    last = max(0, min(_count_same(before[::-1], after[::-1]), least) - CONTEXT)
    before_end, after_end = len(before) - last, len(after) - last
    if _is_too_much(before[first:before_end], after[first:after_end]):
        yield Line(kind="skipped", text=f"Too different to show line by line: {len(before)} lines became {len(after)}.")
        return
    yield from _changed_lines(before[:before_end], after[first:after_end], first, last)


def _changed_lines(before: list[str], after: list[str], start: int, unseen: int) -> Iterator[Line]:
    """Yield the changes from a line of the older text on; `unseen` equal lines follow in both texts."""
    shown = 0
    matcher = SequenceMatcher(_is_blank, before[start:], after, autojunk=False)
    for group in matcher.get_grouped_opcodes(CONTEXT):
        if skipped := group[0][1] + start - shown:
            yield _mark_skipped(skipped)
        for tag, first, last, new_first, new_last in group:
            if tag == "equal":
                yield from (Line(kind="same", text=line) for line in before[start + first : start + last])
            else:
                yield from (Line(kind="removed", text=line) for line in before[start + first : start + last])
                yield from (Line(kind="added", text=line) for line in after[new_first:new_last])
        shown = group[-1][2] + start
    if skipped := len(before) + unseen - shown:
        yield _mark_skipped(skipped)


def _count_same(before: list[str], after: list[str]) -> int:
    """Count the equal lines at the start."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((number for number, (old, new) in pairs if old != new), min(len(before), len(after)))


def _is_too_much(before: list[str], after: list[str]) -> bool:
    """Return whether comparing would take too long: time grows with the lines and with the pairs of equal lines."""
    counts = Counter(line for line in after if not _is_blank(line))
    pairs = sum(counts[line] for line in before)
    return len(before) + len(after) > MAX_COMPARED_LINES or pairs > MAX_EQUAL_PAIRS


def _is_blank(line: str) -> bool:
    return not line.strip()


def _mark_skipped(count: int) -> Line:
    return Line(kind="skipped", text=f"{count} {'line' if count == 1 else 'lines'} the same")
