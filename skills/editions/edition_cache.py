"""Caches expensive results of an edition for as long as the edition is in memory.

It is used for the list of skills (0.9 ms), the places of a skill's page (2.3 ms) and the verdict on the home page
(0.7 ms): each is a seventh of its page's time or more, and the same for every visitor.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from skills.editions.document import PublishedEdition


def cache_per_edition[**P, Made](
    make: Callable[Concatenate[PublishedEdition, P], Made],
) -> Callable[Concatenate[PublishedEdition, P], Made]:
    """Compute each result once for each edition.

    Two threads may compute a result at once; either is kept, because both are equal.
    """

    @wraps(make)
    def wrapper(published: PublishedEdition, *args: P.args, **kwargs: P.kwargs) -> Made:
        asked = (make, args, tuple(sorted(kwargs.items())))
        if asked not in published.made:
            published.made[asked] = make(published, *args, **kwargs)
        made: Any = published.made[asked]
        return made  # type: ignore[no-any-return]  # `made` holds the answers of many functions

    return wrapper  # type: ignore[return-value]  # functools.wraps names the first argument
