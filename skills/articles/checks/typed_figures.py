"""Checks figures that are typed: each should be named or cited, and be what the source or the edition says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from calculator.engine import Edition
from earnverdict import formatting
from skills.articles.amounts import Amount, AmountKind, find_amounts, written_with_open_end
from skills.articles.checks.findings import Finding, make_error, shorten, warn_about
from skills.articles.checks.references import CITATION
from skills.articles.known_figures import measured_range, named_skills, says_percent, source_says_percent
from skills.articles.passages import Kind, MarkKind, Passage, Reading

_CITED_AT_ONCE = re.compile(r"[^\w\[]*+(?:\w++[^\w\[]++){0,3}\[@(?P<slug>[a-z0-9-]+)\]")
_WORD = re.compile(r"[^\W_][\w'’-]*+")
_SHARE_OF = re.compile(r"\s*of\s++(?!(?:\w+\s+){0,2}(?:pay|salary|income)\b)", re.IGNORECASE)

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


def find_typed_figures(
    reading: Reading, passages: Sequence[Passage], edition: Edition, *, only_wrong: bool = False
) -> Iterator[Finding]:
    """Find figures about a skill without a reference or citation; with `only_wrong`, those not in the edition."""
    sources = _sourced_lines(reading)
    for passage in passages:
        for amount, skill, is_own in _figures_about_skills(passage, edition):
            if sources(passage, is_own) or (only_wrong and _is_in_edition(amount, skill, edition)):
                continue
            yield _describe_typed(passage, amount, skill, edition)


def check_cited_figures(passage: Passage, edition: Edition) -> Iterator[Finding]:
    """Find cited percentages that the source does not have about the skill, in this edition."""
    for amount, skill, _ in _figures_about_skills(passage, edition):
        cited = _CITED_AT_ONCE.match(passage.words, amount.end)
        evidence = [item for item in edition.evidence.get(skill, ()) if cited and item.source == cited["slug"]]
        if not cited or not evidence or amount.kind is not AmountKind.PERCENT:
            continue
        if all(source_says_percent(percent, evidence) for percent in amount.percents):
            continue
        known = formatting.listing([formatting.signed_percent_range(item.low, item.high) for item in evidence])
        message = (
            f"is none of the figures that {cited['slug']} has for {edition.skills[skill].name} in edition "
            f"{edition.number}, {known}."
        )
        suggestion = f"Name the one you mean, as {{{{ {skill}@{cited['slug']}.mid }}}}."
        yield warn_about(passage, amount.start, passage.words[amount.start : amount.end], message, suggestion)


def _figures_about_skills(passage: Passage, edition: Edition) -> Iterator[tuple[Amount, str, bool]]:
    """Yield amounts given as a skill's worth, with the skill, and whether the sentence names it."""
    amounts = [found for found in find_amounts(passage.words) if found.kind in (AmountKind.PERCENT, AmountKind.MONEY)]
    if not amounts:
        return
    starts = [amount.start for amount in amounts]
    for start, end in passage.sentences():
        inside = amounts[bisect_left(starts, start) : bisect_left(starts, end)]
        skill, is_own = _skill_of(passage, passage.words[start:end], edition) if inside else ("", False)
        for amount in inside if skill else ():
            if _is_claim(passage, amount, start, end, edition):
                yield amount, skill, is_own


def _skill_of(passage: Passage, sentence: str, edition: Edition) -> tuple[str, bool]:
    """Return the only skill named in the sentence or in a cell's row or column, else the section's (not its own)."""
    named = named_skills(passage.labels if passage.kind is Kind.CELL else sentence, edition)
    if len(named) == 1:
        return next(iter(named)), True
    is_about_section = not named and passage.kind is not Kind.CELL and passage.skill in edition.skills
    return (passage.skill if is_about_section else ""), False


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
    return bool(_CLAIMS & {*words_before, *words_after}) or (is_label and bool(named_skills(before, edition)))


def _words_of(words: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(words)]


def _is_in_edition(amount: Amount, skill: str, edition: Edition) -> bool:
    return bool(amount.percents) and all(says_percent(percent, skill, edition) for percent in amount.percents)


def _describe_typed(passage: Passage, amount: Amount, skill: str, edition: Edition) -> Finding:
    opened = written_with_open_end(passage.words, amount)
    written = shorten(opened or passage.words[amount.start : amount.end])
    what = "a range without an upper end, typed" if opened else "typed"
    measured = measured_range(edition, skill)
    known = formatting.signed_percent_range(measured[0] / 100, measured[1] / 100) if measured else "nothing"
    named = f"{{{{ {skill}.premium }}}}" if measured else f"{{{{ {skill}.headline }}}}"
    message = (
        f"“{written}” is {what} about {edition.skills[skill].name} and has no source; edition {edition.number} "
        f"measures {known}."
    )
    if passage.field == "text" and passage.kind is not Kind.HEADING:
        suggestion = f"Name the figure, as {named}, or cite the source of yours, as [@pooled-2026]."
    else:
        suggestion = f"Leave it out here, and say it in the text, where it can be named, as {named}, or cited."
    return make_error(passage.field, passage.line_at(amount.start), written, message, suggestion)


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
