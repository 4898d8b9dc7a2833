"""The words of a place as typed, and those that name no place: area, remote, office."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from skills.places.names import fold

#: Longer than any name. Longer texts are not searched.
MAX_LETTERS = 160
#: A text with more words is no place.
MAX_WORDS = 14

#: Words about work.
_WORK_WORDS = frozenset(
    "remote remotely hybrid office offices onsite site home based first only fully full time part partly partially"  # noqa: SIM905 - many short words
    " flexible flex wfh work working works job position role headquarters hq telecommute telework distributed anywhere"
    " everywhere within from optional possible days week ok available teletrabajo remoto hibrido homeoffice".split()
)
#: Words that may go with a place without changing which one is meant.
FILLERS = _WORK_WORDS | frozenset(
    # the area around a city, and words of official names
    "area areas metro metropolitan metroplex greater region regional urban downtown central centre center city town"  # noqa: SIM905 - many short words
    " municipality suburb suburbs surrounding surroundings around near vicinity agglomeration conurbation county state"
    " province prefecture district department governorate oblast peripherie environs umgebung raum grossraum kreis"
    " landkreis area zona provincia provincie departamento gran grande nord sud sar tp thanh pho"
    " close outside outskirts cedex"
    # small words
    " the of in at on to and or et und y e i de du del della di da do la le el los las den der das ville ciudad"
    " stadt".split()
)
#: With a direction a part of a city is meant, or a town of that name: East Berlin.
DIRECTIONS = frozenset(["north", "south", "east", "west"])
#: Between other words these are no names of places: “Berlin to Munich” is not about Toronto, which TO is short for.
WORDS_BETWEEN = frozenset(["to", "from", "of", *DIRECTIONS])
#: What these words follow is no city.
REGION_WORDS = frozenset(["state", "province"])
COUNTY = "county"
#: Next to words about work this is hardly the city in Alabama: “remote, mobile”.
_KIND_OF_WORK = "mobile"
#: Words for areas of many labour markets, and for work without a place.
_WIDE_WORDS = frozenset(
    "africa anywhere apac asia continent countries country dach emea eu europe european everywhere from fully"  # noqa: SIM905 - many short words
    " global globally home international internationally latam mena nordics online only remote remotely scandinavia the"
    " union wfh work working world worldwide hybrid office onsite"
    " north south east west northern southern eastern western timezone zone time".split()
)
_SHORT_FOR_WIDE_AREAS = frozenset("apac dach emea eu latam mena".split())  # noqa: SIM905 - as above
_WIDE_AREAS = frozenset(["latin america", "middle east", "north america", "south america", "southeast asia"])
#: EST is also the code of Estonia.
_TIME_ZONES = frozenset(
    "utc gmt cet cest eet eest wet bst msk ist pst pdt mst mdt cst cdt edt aest aedt awst jst kst sgt hkt nzst nzdt"  # noqa: SIM905 - many short words
    " brt".split()
)


def is_time_zone(words: Sequence[str]) -> bool:
    """Return whether the words of a text mean a time zone: CET, UTC+2, “remote (GMT)”. Several countries share one."""
    others = {word for word in words if not word.isdecimal()} - _TIME_ZONES
    return not _TIME_ZONES.isdisjoint(words) and others <= _WIDE_WORDS


def is_short_for_wide_area(words: Sequence[str]) -> bool:
    """Return whether the words are a short name of many countries, next to words that name none: APAC, “remote EMEA”.

    There is a town of the name APAC, but hardly anybody means it.
    """
    return not _SHORT_FOR_WIDE_AREAS.isdisjoint(words) and set(words) <= _WIDE_WORDS


def is_wide_area(name: str) -> bool:
    """Return whether a folded text means no one labour market: Europe, EMEA, remote, work from home."""
    return name in _WIDE_AREAS or (bool(name) and set(name.split()) <= _WIDE_WORDS)


def is_kind_of_work(words: Sequence[str]) -> bool:
    """Return whether the words may be about work, though one is also the name of a city: “mobile, remote”."""
    others = {word for word in words if word != _KIND_OF_WORK}
    return _KIND_OF_WORK in words and bool(others) and others <= _WORK_WORDS


#: The flag of a country is two letters of its code.
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
#: What a word begins with that is the code of a country's flag.
FLAG = "flag"
#: Where a text may be split into places.
_CUTS = re.compile(r"[,;/|()\[\]{}·•:\n\t+&]|\s[-–—]+\s|[–—]")


def split_typed(typed: str) -> list[list[str]]:
    """Return the folded words of each part of a text; parts end at commas, slashes, brackets and free dashes."""
    text = typed[:MAX_LETTERS]
    if not text.isascii():
        text = _FLAG.sub(_write_flag_code, text)
        # Letters in names have at most three marks; more would only take time.
        text = unicodedata.normalize("NFKD", text)[: 4 * MAX_LETTERS]
    parts = (fold(part).split() for part in _CUTS.split(text))
    return [part for part in parts if part]


def _write_flag_code(flag: re.Match[str]) -> str:
    """Write a flag as a word of its own: “, flagca, ”."""
    letters = "".join(chr(ord(letter) - 0x1F1E6 + ord("a")) for letter in flag[0])
    return f", {FLAG}{letters}, "
