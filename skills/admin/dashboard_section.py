"""A section of the editors' first page: things to do, or done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Longer lists end in a link to the rest.
MAX_ITEMS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to do, or done, with a line about it. `address` is empty if there is no page."""

    text: str
    address: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Items of one kind, most urgent first; `count` is 0 if they are not counted, `more` is a link to all."""

    title: str
    items: Sequence[Item]
    lead: str = ""
    count: int = 0
    more: Item | None = None
