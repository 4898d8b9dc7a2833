"""Keeps what is costly to make from an edition for as long as that edition is in memory.

The list of skills (0.9 ms), the places of a skill's page (2.3 ms), the verdict on the home page (0.7 ms) and the boxes
of skills in a form (0.4 ms) are made so: each is a twelfth of its page or more, and the same for every visitor.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from skills.editions.document import PublishedEdition


def cache_per_edition[**P, Made](
    make: Callable[Concatenate[PublishedEdition, P], Made],
) -> Callable[Concatenate[PublishedEdition, P], Made]:
    """Makes each answer once an edition.

    Two threads may make the same answer at once, and either is kept: what depends on an edition alone is the same.
    """

    @wraps(make)
    def remembered(published: PublishedEdition, *args: P.args, **kwargs: P.kwargs) -> Made:
        asked = (make, args, tuple(sorted(kwargs.items())))
        if asked not in published.made:
            published.made[asked] = make(published, *args, **kwargs)
        made: Any = published.made[asked]
        return made  # type: ignore[no-any-return]  # `made` holds the answers of many functions

    return remembered  # type: ignore[return-value]  # functools.wraps names the first argument
