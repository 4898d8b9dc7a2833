"""Finds an edition's figures about other ways to more pay, and the ways that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calculator.engine import Edition, Way, WayEvidence
from skills.articles.amounts import Percent
from skills.articles.known_figures import find_noted_figures
from skills.editions.edition_cache import cache_per_edition
from skills.presenters.way import describe_range, find_lead

_WORD = re.compile(r"[^\W_][\w-]*+")
_LITTLE_WORDS = frozenset(
    ("a", "an", "and", "another", "do", "for", "from", "in", "instead", "into", "of", "on", "or", "the", "to", "within")
)
#: Two words of a name may have so many others between them, as in “promotion from mid-level to senior”.
_MAX_BETWEEN = 4


def named_ways(words: str, edition: Edition) -> set[str]:
    """Return the ways that are named by all words of their name or address, in any form and order: a change of
    employer, switching employers, being promoted to senior.
    """
    said = [word.casefold() for word in _WORD.findall(words)]
    return {slug for slug, stems in _stems(edition) if _are_near(said, stems)}


def says_of_way(percents: Sequence[Percent], slug: str, edition: Edition) -> bool:
    """Return whether the edition has this figure about the way, or this very range, in any area."""
    ranges = [way for way in edition.ways if way.slug == slug]
    evidence = edition.way_evidence.get(slug, ())
    notes = [*(way.note for way in ranges), *(figure.note for figure in evidence)]
    return _are_among(percents, [*_triples(ranges), *_triples(evidence)]) or _are_noted(percents, notes)


def source_says_of_way(percents: Sequence[Percent], evidence: Sequence[WayEvidence]) -> bool:
    return _are_among(percents, list(_triples(evidence))) or _are_noted(percents, [item.note for item in evidence])


def find_way(slug: str, edition: Edition) -> Way:
    """Return the range of a way that readers see first."""
    return find_lead([way for way in edition.ways if way.slug == slug])


def write_known_range(slug: str, edition: Edition) -> str:
    return describe_range(find_way(slug, edition)) or "nothing"


@cache_per_edition
def _stems(edition: Edition) -> list[tuple[str, tuple[str, ...]]]:
    """Return the stems of each name and address of several words: change employer, switch employer."""
    forms = {(way.slug, form) for way in edition.ways for form in (way.name.partition(" or ")[0], way.slug)}
    stems = {(slug, tuple(map(_stem, _words_of(form)))) for slug, form in forms}
    return sorted((slug, found) for slug, found in stems if len(found) > 1)


def _words_of(form: str) -> list[str]:
    words = [word.casefold() for word in form.replace("-", " ").split()]
    return [word for word in words if word not in _LITTLE_WORDS]


def _stem(word: str) -> str:
    """Return what changing, changed and change, or promoted and promotion, have in common."""
    return re.sub(r"(?:ion|e)$", "", word)


def _are_near(said: Sequence[str], stems: Sequence[str]) -> bool:
    """Return whether all stems are somewhere within reach of each other, going once through the words."""
    far, different = (_MAX_BETWEEN + 1) * (len(stems) - 1), len(set(stems))
    latest: dict[str, int] = {}
    for place, word in enumerate(said):
        for stem in stems:
            if word.startswith(stem):
                latest[stem] = place
                if len(latest) == different and place - min(latest.values()) <= far:
                    return True
    return False


def _triples(rows: Sequence[Way] | Sequence[WayEvidence]) -> Iterator[tuple[float | None, float | None, float | None]]:
    """Yield low, middle and high in per cent."""
    for row in rows:
        middle = row.expected if isinstance(row, Way) else row.mid
        low, mid, high = (None if share is None else 100 * share for share in (row.low, middle, row.high))
        yield low, mid, high


def _are_among(percents: Sequence[Percent], triples: Sequence[tuple[float | None, float | None, float | None]]) -> bool:
    """Return whether one percentage is a figure of a row, or both ends of a range are one row's."""
    if len(percents) == 1:
        return any(percents[0].equals(figure) for row in triples for figure in row if figure is not None)
    low, high = percents
    return any(
        row[0] is not None and row[2] is not None and low.equals(row[0]) and high.equals(row[2]) for row in triples
    )


def _are_noted(percents: Sequence[Percent], notes: Sequence[str]) -> bool:
    noted = [figure for note in notes for figure in find_noted_figures(note)]
    return all(any(percent.equals(figure) for figure in noted) for percent in percents)
