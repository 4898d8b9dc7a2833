"""Keeps what is costly to make from an edition for as long as that edition is shown."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate

from skills.editions.document import PublishedEdition


def per_edition[**P, Made](
    make: Callable[Concatenate[PublishedEdition, P], Made],
) -> Callable[Concatenate[PublishedEdition, P], Made]:
    """Makes each answer once an edition, known by its number and checksum; another edition starts over.

    Two threads may make the same answer at once, and either is kept: what depends on an edition alone is the same.
    """
    kept: tuple[Hashable, dict[Hashable, Made]] = (None, {})

    @wraps(make)
    def remembered(published: PublishedEdition, *args: P.args, **kwargs: P.kwargs) -> Made:
        nonlocal kept
        edition, made = kept
        if edition != (published.number, published.checksum):
            edition, made = (published.number, published.checksum), {}
            kept = (edition, made)
        asked = (args, tuple(sorted(kwargs.items())))
        if asked not in made:
            made[asked] = make(published, *args, **kwargs)
        return made[asked]

    return remembered  # type: ignore[return-value]  # functools.wraps names the first argument
