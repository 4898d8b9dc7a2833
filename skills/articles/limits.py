"""Limits the size and complexity of an article's text, so that checking and rendering take a fraction of a second."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_CHARACTERS = 30_000
MAX_LINES = 1_500
#: Named figures in one text: some need the engine.
MAX_FIGURES = 300
#: The limits of one block: a paragraph, a list or a table, up to the next empty line.
MAX_BLOCK_CHARACTERS = 10_000
MAX_BRACKETS = 300
MAX_COLUMNS = 50
MAX_CELLS = 5_000

#: The limits as the form's help text.
ADVICE = f"Up to {MAX_CHARACTERS:,} characters and {MAX_LINES:,} lines."

_LINE_END = re.compile(r"\r\n?|\n")


def find_excess(text: str) -> str | None:
    """Return a sentence about the limit that the text exceeds; None if none. Reads the text once."""
    if len(text) > MAX_CHARACTERS:
        return f"The text has {len(text):,} characters; {MAX_CHARACTERS:,} are the maximum. Write two articles."
    lines = _LINE_END.split(text)
    if len(lines) > MAX_LINES:
        return f"The text has {len(lines):,} lines; {MAX_LINES:,} are the maximum. Write two articles."
    if (figures := text.count("{{")) > MAX_FIGURES:
        return f"The text names {figures:,} figures; {MAX_FIGURES} are the maximum. Name fewer."
    return next((problem for block in _find_blocks(lines) if (problem := _find_excess_of_block(block))), None)


def _find_blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the blocks of lines between empty lines, with the number of each one's first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _find_excess_of_block(numbered: tuple[int, list[str]]) -> str | None:
    number, block = numbered
    columns = max(line.count("|") for line in block)
    reasons = (
        (sum(map(len, block)), MAX_BLOCK_CHARACTERS, "characters up to the next empty line"),
        (sum(line.count("[") for line in block), MAX_BRACKETS, "opening brackets up to the next empty line"),
        (columns, MAX_COLUMNS, "columns in a table"),
        (columns * len(block), MAX_CELLS, "cells in a table"),
    )
    for count, most, what in reasons:
        if count > most:
            return f"From line {number} on there are {count:,} {what}; {most:,} are the maximum. Split or shorten it."
    return None
