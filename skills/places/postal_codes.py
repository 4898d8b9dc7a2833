"""The shapes of postal codes. One alone is taken for no place: several countries have the same ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from skills.places.candidate import Candidate
from skills.places.typed_text import FILLERS, split_typed

_SHAPE = re.compile(
    r"(?:[a-z] )?\d{3,7}"  # most countries; D-10115
    r"|\d{2,5} \d{3,4}|\d{3} \d{2}"  # 00-950, 100-0001, 1000-001, 01310-100, 78701-1234; 110 05
    r"|\d{4} ?[a-z]{2}"  # the Netherlands
    r"|[a-z]{1,2}\d[a-z\d]?(?: ?\d[a-z]{2})?"  # the United Kingdom
    r"|[a-z]\d[a-z](?: ?\d[a-z]\d)?"  # Canada
    r"|[a-z]\d[\dw](?: ?[a-z\d]{4})?"  # Ireland
)

#: Countries whose towns share names with American ones, and whose postal codes never have five digits.
_WITHOUT_FIVE_DIGITS = frozenset(
    {"at", "au", "be", "ca", "ch", "cl", "co", "gb", "ie", "in", "jm", "nl", "no", "nz", "pa", "pt", "ru", "ve", "za"}
)


def may_have_five_digits(place: Candidate) -> bool:
    """Return whether a postal code of five digits may be one of the place's."""
    return _WITHOUT_FIVE_DIGITS.isdisjoint(place.around | place.ids)


def is_postal_code(parts: Sequence[Sequence[str]]) -> bool:
    """Return whether the words of a text have the shape of a postal code, next to words that name no place."""
    return bool(_SHAPE.fullmatch(" ".join([word for part in parts for word in part if word not in FILLERS])))


def looks_like_postal_code(typed: str) -> bool:
    """Return whether a text has the shape of a postal code."""
    return is_postal_code(split_typed(typed))
