"""Finds an edition's figures about other ways to more pay, and the ways that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calculator.engine import Edition, Way, WayEvidence, cache_per_edition
from skills.articles.amounts import Percent
from skills.articles.known_figures import find_noted_figures
from skills.presenters.way import describe_range, find_lead

_WORD = re.compile(r"[^\W_][\w-]*+")
_JOINING_WORDS = frozenset(("a", "an", "and", "for", "from", "in", "into", "of", "on", "or", "the", "to"))
_LITTLE_WORDS = _JOINING_WORDS | {"another", "do", "instead", "within"}
#: Words that a name has between its own where a sentence says it: a change of employer, changing your employer.
_FILLERS = "|".join(sorted({*_LITTLE_WORDS, "their", "your"}))
#: Two words of a name may have so many others between them, as in “promotion from mid-level to senior”.
_MAX_BETWEEN = 4


def named_ways(words: str, edition: Edition) -> set[str]:
    """Return the ways that are named by all words of their name or address, in any form and order: a change of
    employer, switching employers, being promoted to senior.
    """
    said = [word.casefold() for word in _WORD.findall(words)]
    return {slug for slug, stems in _list_stems(edition) if _are_near(said, stems)}


def find_exact_names(words: str, slug: str, edition: Edition) -> list[tuple[int, int]]:
    """Return the start and end of each name or address of the way: its words in their order, in any form, with only
    little words between them.
    """
    return [found.span() for found in _make_patterns(edition)[slug].finditer(words)]


def says_of_way(percents: Sequence[Percent], slug: str, edition: Edition) -> bool:
    """Return whether the edition has this figure about the way, or this very range, in any area."""
    ranges = [way for way in edition.ways if way.slug == slug]
    evidence = edition.way_evidence.get(slug, ())
    notes = [*(way.note for way in ranges), *(figure.note for figure in evidence)]
    return _are_among(percents, [*_list_triples(ranges), *_list_triples(evidence)]) or _are_noted(percents, notes)


def source_says_of_way(percents: Sequence[Percent], evidence: Sequence[WayEvidence]) -> bool:
    return _are_among(percents, list(_list_triples(evidence))) or _are_noted(percents, [item.note for item in evidence])


def find_way(slug: str, edition: Edition) -> Way:
    """Return the range of a way that readers see first."""
    return find_lead([way for way in edition.ways if way.slug == slug])


def write_known_range(slug: str, edition: Edition) -> str:
    return describe_range(find_way(slug, edition)) or "nothing"


@cache_per_edition
def _list_stems(edition: Edition) -> list[tuple[str, tuple[str, ...]]]:
    """Return the stems of each name and address of several words: change employer, switch employer."""
    stems = {(slug, tuple(map(_find_stem, _words_of(form, _LITTLE_WORDS)))) for slug, form in _list_forms(edition)}
    return sorted((slug, found) for slug, found in stems if len(found) > 1)


@cache_per_edition
def _make_patterns(edition: Edition) -> dict[str, re.Pattern[str]]:
    """Return the pattern of each way's exact names."""
    patterns: dict[str, set[str]] = {}
    for slug, form in _list_forms(edition):
        if len(_words_of(form, _LITTLE_WORDS)) > 1:
            between = rf"(?:[\s-]++(?:{_FILLERS})(?!\w)){{0,{_MAX_BETWEEN}}}[\s-]++"
            patterns.setdefault(slug, set()).add(between.join(map(_write_pattern, _words_of(form, _JOINING_WORDS))))
    return {
        slug: re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(either))})(?!['’-]?\w)", re.IGNORECASE)
        for slug, either in patterns.items()
    }


def _list_forms(edition: Edition) -> set[tuple[str, str]]:
    return {(way.slug, form) for way in edition.ways for form in (way.name.partition(" or ")[0], way.slug)}


def _words_of(form: str, left_out: frozenset[str]) -> list[str]:
    words = [word.casefold() for word in form.replace("-", " ").split()]
    return [word for word in words if word not in left_out]


def _find_stem(word: str) -> str:
    """Return what changing, changed and change, or promoted and promotion, have in common."""
    return re.sub(r"(?:ion|e)$", "", word)


def _write_pattern(word: str) -> str:
    """Return a pattern of the word's forms: change, changes, changed, changing; employer, employers."""
    if (stem := _find_stem(word)) != word:
        return rf"{re.escape(stem)}(?:e[sd]?|ing|ions?)"
    return rf"{re.escape(word)}(?:e?s|ed|ing)?"


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


def _list_triples(
    rows: Sequence[Way] | Sequence[WayEvidence],
) -> Iterator[tuple[float | None, float | None, float | None]]:
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
