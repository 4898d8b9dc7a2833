"""Caches expensive results of an edition for as long as the edition is in memory.

The list of skills (0.5 ms), the places of a skill's page (2.3 ms), the verdict on the home page (0.7 ms) and the boxes
of skills in a form (0.4 ms) are made so: each is 6 % of its page or more, and the same for every visitor. What an
edition says of a skill, of the pay of a place and of other ways there is asked for by every page that names it, and the
sets of skills by every form.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Protocol


class Keeps(Protocol):
    """An edition, of the engine's kind or ready to answer with: both keep what is made of them in one place."""

    @property
    def kept(self) -> dict[Any, Any]: ...


def cache_per_edition[E: Keeps, **P, Made](
    make: Callable[Concatenate[E, P], Made],
) -> Callable[Concatenate[E, P], Made]:
    """Compute each result once for each edition.

    Two threads may compute a result at once; either is kept, because both are equal.
    """

    @wraps(make)
    def wrapper(edition: E, *args: P.args, **kwargs: P.kwargs) -> Made:
        asked = (make, args, *sorted(kwargs.items()))
        try:
            made: Any = edition.kept[asked]
        except KeyError:
            made = edition.kept[asked] = make(edition, *args, **kwargs)
        return made  # type: ignore[no-any-return]  # an edition keeps the answers of many functions

    return wrapper  # type: ignore[return-value]  # functools.wraps names the first argument
