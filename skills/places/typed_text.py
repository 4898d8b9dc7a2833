"""The words of a place as typed, and those that name no place: area, remote, office."""

from __future__ import annotations

import re
import unicodedata

from skills.places.names import fold

#: Longer than any name. Longer texts are not searched.
MAX_LETTERS = 160
#: A text with more words is no place.
MAX_WORDS = 14

#: Words that may go with a place without changing which one is meant.
FILLERS = frozenset(
    # the area around a city, and words of official names
    "area areas metro metropolitan metroplex greater region regional urban downtown central centre center city town"  # noqa: SIM905 - many short words
    " municipality suburb suburbs surrounding surroundings around near vicinity agglomeration conurbation county state"
    " province prefecture district department governorate oblast peripherie environs umgebung raum grossraum kreis"
    " landkreis area zona provincia provincie departamento gran grande nord sud sar tp thanh pho"
    # small words
    " the of in at on and or et und y e i de du del della di da do la le el los las den der das ville ciudad stadt"
    # work
    " remote remotely hybrid office offices onsite site home based first only fully full time part partly partially"
    " flexible flex wfh work working works job position role headquarters hq telecommute telework distributed anywhere"
    " everywhere within from optional possible days week ok available teletrabajo remoto hibrido homeoffice".split()
)
#: What these words follow is no city.
REGION_WORDS = frozenset(["state", "province"])
#: Words for areas of many labour markets, and for work without a place.
_WIDE_WORDS = frozenset(
    "africa anywhere apac asia continent countries country dach emea eu europe european everywhere from fully"  # noqa: SIM905 - many short words
    " global globally home international internationally latam mena nordics online only remote remotely scandinavia the"
    " union wfh work working world worldwide hybrid office onsite".split()
)
_WIDE_AREAS = frozenset(["latin america", "middle east", "north america", "south america", "southeast asia"])


def is_wide_area(name: str) -> bool:
    """Return whether a folded text means no one labour market: Europe, EMEA, remote, work from home."""
    return name in _WIDE_AREAS or (bool(name) and set(name.split()) <= _WIDE_WORDS)


#: Where a text may be split into places.
_CUTS = re.compile(r"[,;/|()\[\]{}·•:\n\t+&]|\s[-–—]+\s|[–—]")


def split_typed(typed: str) -> list[list[str]]:
    """Return the folded words of each part of a text; parts end at commas, slashes, brackets and free dashes."""
    text = typed[:MAX_LETTERS]
    if not text.isascii():
        # Letters in names have at most three marks; more would only take time.
        text = unicodedata.normalize("NFKD", text)[: 4 * MAX_LETTERS]
    parts = (fold(part).split() for part in _CUTS.split(text))
    return [part for part in parts if part]
