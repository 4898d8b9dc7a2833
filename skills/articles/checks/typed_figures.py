"""Checks figures that are typed: each should be named or cited, and be what the source or the edition says.

They are about a skill or about another way to more pay. A figure next to words that may only look like a way's name is
a warning, which an editor can overrule; next to the name itself it is an error.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from calculator.engine import Edition
from earnverdict import formatting
from skills.articles.amounts import Amount, AmountKind, find_amounts, written_with_open_end
from skills.articles.checks.findings import Finding, make_error, make_warning, shorten, warn_about
from skills.articles.checks.references import CITATION
from skills.articles.known_figures import measured_range, named_skills, says_percent, source_says_percent
from skills.articles.known_way_figures import (
    find_exact_names,
    find_way,
    named_ways,
    says_of_way,
    source_says_of_way,
    write_known_range,
)
from skills.articles.passages import Kind, MarkKind, Passage, Reading

_CITED_AT_ONCE = re.compile(r"[^\w\[]*+(?:\w++[^\w\[]++){0,3}\[@(?P<slug>[a-z0-9-]+)\]")
_WORD = re.compile(r"[^\W_][\w'’-]*+")
_SHARE_OF = re.compile(r"\s*of\s++(?!(?:\w+\s+){0,2}(?:pay|salary|income)\b)", re.IGNORECASE)
#: The end of a clause. After a colon or a dash an amount is still about what precedes it.
_CLAUSE_END = re.compile(
    r"[,;](?=\s)|[()]|(?::|\s[–—-])\s++(?=[^\W\d])"
    r"|\b(?:and|although|because|but|so|then|though|whereas|while|yet)\b",
    re.IGNORECASE,
)

#: Words that make a nearby amount a claim about a skill's worth.
_CLAIMS = {
    *("premium", "premiums", "measured", "measures", "expect", "expects", "expected", "uplift", "raise", "raises"),
    *("pays", "paid", "adds", "added", "worth", "boosts", "lifts", "increases", "brings", "commands", "earns", "means"),
    *("more", "extra", "gain"),
}
#: Words that give a percentage another meaning.
_CHANCES = {"chance", "chances", "probability", "odds", "likelihood", "confidence", "interval", "ci"}
#: Words after which money is pay or a price and not a difference; “of”, “is” or “about” may come between them.
_LEVELS = {
    *("on", "at", "salary", "salaries", "median", "pay", "earn", "earns", "earning", "budget", "cost", "costs", "exam"),
    *("price", "fee", "spend", "spends"),
}
_BETWEEN = {"of", "is", "a", "about", "around", "for", "from", "between"}
_WORDS_BEFORE, _WORDS_AFTER = 6, 3
#: Characters around an amount that may give its meaning.
_NEAR = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a figure is about: a skill, or another way to more pay, which is not certain without its exact name."""

    slug: str
    is_way: bool = False
    is_certain: bool = True


def find_typed_figures(
    reading: Reading, passages: Sequence[Passage], edition: Edition, *, only_wrong: bool = False
) -> Iterator[Finding]:
    """Find figures about a skill or a way without a reference or citation; with `only_wrong`, those not in the
    edition.
    """
    sources, section_ways = _sourced_lines(reading), _find_section_ways(reading, edition)
    for passage in passages:
        for amount, subject, is_own in _find_figures(passage, edition, section_ways):
            if sources(passage, is_own) or (only_wrong and _is_in_edition(amount, subject, edition)):
                continue
            yield _describe_typed(passage, amount, subject, edition)


def check_cited_figures(reading: Reading, passages: Sequence[Passage], edition: Edition) -> Iterator[Finding]:
    """Find cited percentages that the source does not have about the skill or the way, in this edition."""
    section_ways = _find_section_ways(reading, edition)
    for passage in passages:
        for amount, subject, _ in _find_figures(passage, edition, section_ways):
            cited = _CITED_AT_ONCE.match(passage.words, amount.end)
            if cited and amount.kind is AmountKind.PERCENT:
                yield from _check_cited(passage, amount, subject, cited["slug"], edition)


def _check_cited(
    passage: Passage, amount: Amount, subject: Subject, source: str, edition: Edition
) -> Iterator[Finding]:
    if subject.is_way:
        pieces = [item for item in edition.way_evidence.get(subject.slug, ()) if item.source == source]
        is_known = source_says_of_way(amount.percents, pieces)
        middles = [formatting.signed_percent(item.mid) for item in pieces if item.mid is not None]
        known, named = formatting.listing(middles), f"way {subject.slug}@{source}"
    else:
        evidence = [item for item in edition.evidence.get(subject.slug, ()) if item.source == source]
        is_known = all(source_says_percent(percent, evidence) for percent in amount.percents)
        known = formatting.listing([formatting.signed_percent_range(item.low, item.high) for item in evidence])
        named = f"{subject.slug}@{source}"
    if is_known or not known:
        return
    message = (
        f"is none of the figures that {source} has for {_name(subject, edition)} in edition {edition.number}, {known}."
    )
    suggestion = f"Name the one you mean, as {{{{ {named}.mid }}}}."
    yield warn_about(passage, amount.start, passage.words[amount.start : amount.end], message, suggestion)


def _name(subject: Subject, edition: Edition) -> str:
    return f"“{find_way(subject.slug, edition).name}”" if subject.is_way else edition.skills[subject.slug].name


def _find_section_ways(reading: Reading, edition: Edition) -> Mapping[int, Subject]:
    """Return the way that the heading of each section names, by the section's number; headings are numbered from 1."""
    ways = {number: _find_way(heading.title, edition) for number, heading in enumerate(reading.headings, start=1)}
    return {number: way for number, way in ways.items() if way}


def _find_way(words: str, edition: Edition) -> Subject | None:
    """Return the only way that the words name."""
    ways = named_ways(words, edition)
    if len(ways) != 1:
        return None
    way = next(iter(ways))
    return Subject(slug=way, is_way=True, is_certain=bool(find_exact_names(words, way, edition)))


def _find_figures(
    passage: Passage, edition: Edition, section_ways: Mapping[int, Subject]
) -> Iterator[tuple[Amount, Subject, bool]]:
    """Yield amounts given as the worth of a skill or a way, with it, and whether the sentence names it."""
    amounts = [found for found in find_amounts(passage.words) if found.kind in (AmountKind.PERCENT, AmountKind.MONEY)]
    if not amounts:
        return
    starts = [amount.start for amount in amounts]
    for start, end in passage.sentences():
        inside = amounts[bisect_left(starts, start) : bisect_left(starts, end)]
        if not inside:
            continue
        sentence = passage.words[start:end]
        subject, is_own = _find_subject(passage, sentence, edition, section_ways)
        if subject is None:
            continue
        is_by_clause = subject.is_way and is_own and passage.kind is not Kind.CELL
        has_name = _find_named_clauses(sentence, subject.slug, edition) if is_by_clause else None
        for amount in inside:
            if _is_claim(passage, amount, start, end, edition):
                is_certain = has_name(amount.start - start) if has_name else subject.is_certain
                yield amount, replace(subject, is_certain=is_certain), is_own


def _find_named_clauses(sentence: str, way: str, edition: Edition) -> Callable[[int], bool]:
    """Return a function that tells whether the clause at a position has the exact name of the way."""
    ends = [found.start() for found in _CLAUSE_END.finditer(sentence)]
    names = find_exact_names(sentence, way, edition)
    clauses = {bisect_left(ends, edge) for name in names for edge in name}
    return lambda position: bisect_left(ends, position) in clauses


def _find_subject(
    passage: Passage, sentence: str, edition: Edition, section_ways: Mapping[int, Subject]
) -> tuple[Subject | None, bool]:
    """Return the only skill, else the only way named in the sentence or in a cell's row or column, else the section's
    (not its own).
    """
    words = passage.labels if passage.kind is Kind.CELL else sentence
    skills = named_skills(words, edition)
    if len(skills) == 1:
        return Subject(slug=next(iter(skills))), True
    way = None if skills else _find_way(words, edition)
    if way:
        return way, True
    if skills or named_ways(words, edition) or passage.kind is Kind.CELL:
        return None, False
    if passage.skill in edition.skills:
        return Subject(slug=passage.skill), False
    return (section_ways.get(passage.section) if passage.field == "text" else None), False


def _is_claim(passage: Passage, amount: Amount, start: int, end: int, edition: Edition) -> bool:
    """Return whether the words around the amount present it as a difference in pay."""
    before = passage.words[max(start, amount.start - _NEAR) : amount.start]
    words_before = _words_of(before)[-_WORDS_BEFORE:]
    words_after = _words_of(passage.words[amount.end : min(end, amount.end + _NEAR)])[:_WORDS_AFTER]
    if amount.kind is AmountKind.PERCENT:
        near = words_before[-2:] if amount.is_signed else words_before
        if _CHANCES & {*near, *words_after, *_words_of(passage.labels)} or _SHARE_OF.match(passage.words, amount.end):
            return False
    elif next((word for word in reversed(words_before) if word not in _BETWEEN), "") in _LEVELS:
        return False
    if passage.kind in (Kind.TITLE, Kind.HEADING) or (amount.kind is AmountKind.PERCENT and amount.is_signed):
        return True
    if passage.kind is Kind.CELL:
        return bool(_CLAIMS & {*_words_of(passage.labels)})
    is_label = len(_words_of(before)) <= _WORDS_BEFORE and before.rstrip(" *").endswith((":", "–", "—", "="))
    is_named = bool(named_skills(before, edition) or named_ways(before, edition))
    return bool(_CLAIMS & {*words_before, *words_after}) or (is_label and is_named)


def _words_of(words: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(words)]


def _is_in_edition(amount: Amount, subject: Subject, edition: Edition) -> bool:
    if not amount.percents:
        return False
    if subject.is_way:
        return says_of_way(amount.percents, subject.slug, edition)
    return all(says_percent(percent, subject.slug, edition) for percent in amount.percents)


def _describe_typed(passage: Passage, amount: Amount, subject: Subject, edition: Edition) -> Finding:
    opened = written_with_open_end(passage.words, amount)
    written = shorten(opened or passage.words[amount.start : amount.end])
    what = f"{'a range without an upper end, ' if opened else ''}{'typed' if subject.is_certain else 'perhaps'}"
    known, named = _describe_known(subject, edition)
    message = (
        f"“{written}” is {what} about {_name(subject, edition)} and has no source; edition {edition.number} "
        f"{'has' if subject.is_way else 'measures'} {known}."
    )
    if passage.field == "text" and passage.kind is not Kind.HEADING:
        suggestion = f"Name the figure, as {named}, or cite the source of yours, as [@pooled-2026]."
    else:
        suggestion = f"Leave it out here, and say it in the text, where it can be named, as {named}, or cited."
    if not subject.is_certain:
        suggestion = f"If it is about something else, it may stay. {suggestion}"
    make = make_error if subject.is_certain else make_warning
    return make(passage.field, passage.line_at(amount.start), written, message, suggestion)


def _describe_known(subject: Subject, edition: Edition) -> tuple[str, str]:
    """Return what the edition has, and how to name it in a text."""
    if subject.is_way:
        way = find_way(subject.slug, edition)
        area = f"/{way.region}" if way.region else ""
        return write_known_range(subject.slug, edition), f"{{{{ way {subject.slug}{area}.range }}}}"
    measured = measured_range(edition, subject.slug)
    if measured is None:
        return "nothing", f"{{{{ {subject.slug}.headline }}}}"
    return formatting.signed_percent_range(measured[0] / 100, measured[1] / 100), f"{{{{ {subject.slug}.premium }}}}"


def _sourced_lines(reading: Reading) -> Callable[[Passage, bool], bool]:
    """Return a function that tells whether a figure has a source: in its paragraph, item or row, or before its table.

    For a sentence whose skill is its section's (`is_own` is False), the source may be further up in the section.
    """
    blocks, sections, before_table = set[tuple[int, str]](), dict[int, int](), dict[int, bool]()
    last_paragraph = False
    for passage in reading.passages:
        line = passage.first_line or 0
        if passage.kind is Kind.CELL:
            before_table[line] = last_paragraph
        is_sourced = _names_source(passage)
        if is_sourced:
            blocks.add((line, passage.kind))
            sections.setdefault(passage.section, line)
        if passage.kind is not Kind.CELL:
            last_paragraph = is_sourced

    def has_source(passage: Passage, is_own: bool) -> bool:
        line = passage.first_line
        if line is None:
            return False
        if (line, passage.kind) in blocks or before_table.get(line, False):
            return True
        return not is_own and sections.get(passage.section, line) < line

    return has_source


def _names_source(passage: Passage) -> bool:
    """Return whether it cites or links to a source: another site, the methodology, or a verdict of a named edition."""
    targets = [mark.target for mark in passage.marks if mark.kind is MarkKind.LINK]
    return CITATION.search(passage.words) is not None or any(
        target.startswith(("https:", "/methodology/")) or (target.startswith("/verdict/") and "edition=" in target)
        for target in targets
    )
