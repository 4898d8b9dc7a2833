"""The shapes of postal codes. One alone is taken for no place: several countries have the same ones.

Next to a name a code says in which countries the place may be: “London N6A 3K7” is in Canada.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from skills.places.typed_text import FILLERS, split_typed

#: A code has at most this many words: D 111 22.
MAX_WORDS_IN_CODE = 3
_MALTESE = r"[a-z]{3} ?\d{4}"
_BRITISH = "gb gg im je"
#: The shapes of codes and the countries that have them. A further country may have any number.
_COUNTRIES_BY_SHAPE = {
    r"\d{3}": "fo is ls mg om pg tw",
    r"\d{4}": "af al am ar at au az bd be bg ch cv cy dk et ge gl gw ht hu lb li lr lu lv md mk mz ne nl no nz pa ph pt"
    " py si tn ve za",
    r"\d{5}": "ax ba bt cr cu cz de do dz ee eg es fi fr ge gf gp gr gt hn hr id il iq ir it jo ke kh kr kw la lk lt ly"
    " ma mc me mm mn mq mx my mz na ni np pe pf pk pl ps re ro rs sa sd se sk sm sn sv th tr tw ua uy uz va vn xk yt"
    " zm",
    r"\d{6}": "by cn co ec in kg kz mn ng ro ru sg tj tm tt tw uz vn",
    r"\d{7}": "cl il jp",
    r"\d{8}": "br",
    r"\d{10}": "ir",
    r"\d{2} \d{3}": "pl",
    r"\d{3} \d{2}": "cz gr se sk",
    r"\d{3} \d{3}": "cn in kr ru sg",
    r"\d{3} \d{4}": "cl jp",
    r"\d{4} \d{3}": "pt",
    r"\d{5} \d{3}": "br",
    r"\d{5} \d{4}": "pr sa tz",
    r"\d{4} ?[a-z]{2}": "nl",
    r"[a-z]\d{4}(?:[a-z]{3})?": "ar",
    _MALTESE: "mt",
    r"(?:[a-z]{1,2}\d\d?|[enw]1[a-z]|(?:ec|nw|se|sw|wc)\d[a-z])(?: ?\d[a-z]{2})?": _BRITISH,
    r"[a-z]\d[a-z](?: ?\d[a-z]\d)?": "ca",
    r"[a-z]\d(?:[\dw](?: ?[a-z\d]{4})?)?": "ie",
}
#: A letter before a code is that of cars: D-80331, A-1010.
_LETTERS = {
    "a": "at",
    "b": "be",
    "d": "de",
    "e": "es",
    "f": "fr",
    "h": "hu",
    "i": "it",
    "l": "lu",
    "n": "no",
    "p": "pt",
    "s": "se",
}
_COUNTRIES = [(re.compile(shape), frozenset(countries.split())) for shape, countries in _COUNTRIES_BY_SHAPE.items()]
_KNOWN = frozenset().union(*(countries for _, countries in _COUNTRIES))
_NUMBER = r"\d{3,8}"
#: A district of a city: Praha 1, Paris 15.
_DISTRICT = re.compile(r"\d{1,2}")
#: What is a code without a place: not Malta's, as in “Goa 2024” the letters are a name.
_SHAPE = re.compile("|".join([rf"(?:[a-z] )?{_NUMBER}", *(each for each in _COUNTRIES_BY_SHAPE if each != _MALTESE)]))


class CodeCountries:
    """The countries outside of the United States that may have a code."""

    def __init__(self, known: Collection[str], *, others: bool) -> None:
        self._known, self._has_others = frozenset(known), others

    def __bool__(self) -> bool:
        return bool(self._known) or self._has_others

    @property
    def are_british(self) -> bool:
        """Whether only the United Kingdom and its islands have such a code."""
        return self._known == frozenset(_BRITISH.split()) and not self._has_others

    def include_any(self, slugs: Collection[str]) -> bool:
        """Return whether one of the ids of a place, or of what it lies in, is such a country."""
        if "us" in slugs:
            return False
        return not self._known.isdisjoint(slugs) or (self._has_others and _KNOWN.isdisjoint(slugs))


def find_code_countries(text: str) -> CodeCountries:
    """Return the countries that a text of one to three words may be a postal code of, or the number of a district."""
    letter, space, rest = text.partition(" ")
    if space and letter in _LETTERS:
        country = _LETTERS[letter]
        return CodeCountries([country] if find_code_countries(rest).include_any([country]) else [], others=False)
    if _DISTRICT.fullmatch(text):
        return CodeCountries(_KNOWN, others=True)
    countries = {country for shape, countries in _COUNTRIES if shape.fullmatch(text) for country in countries}
    return CodeCountries(countries, others=re.fullmatch(_NUMBER, text) is not None)


def is_postal_code(parts: Sequence[Sequence[str]]) -> bool:
    """Return whether the words of a text have the shape of a postal code, next to words that name no place."""
    return bool(_SHAPE.fullmatch(" ".join([word for part in parts for word in part if word not in FILLERS])))


def looks_like_postal_code(typed: str) -> bool:
    """Return whether a text has the shape of a postal code."""
    return is_postal_code(split_typed(typed))
