"""Line ends of typed texts."""

from __future__ import annotations


def normalize_line_ends(text: str) -> str:
    """End each line with one newline character: browsers send two characters, some programs another one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
