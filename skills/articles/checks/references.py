"""Checks references: named figures and skills, sources, links, images, and typed figures."""

from __future__ import annotations

import mimetypes
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.urls import Resolver404, resolve

from calculator.engine import Edition
from earnverdict import formatting
from earnverdict.links import is_safe_in_text
from skills.articles.amounts import Amount, AmountKind, find_amounts, written_with_open_end
from skills.articles.checks.findings import Finding, make_error, make_warning, shorten, warn_about
from skills.articles.citations import unknown_citations
from skills.articles.known_figures import measured_range, named_skills, says_percent, source_says_percent
from skills.articles.markdown import read_sections
from skills.articles.markers import SKILL_MARKER
from skills.articles.passages import Heading, Kind, MarkKind, Passage, Reading
from skills.articles.references import unknown_references
from skills.presenters.methodology import methodology

# Complete references have been removed before this search.
_HALF = re.compile(r"\{\{[^\n]{0,40}|\[@(?![a-z0-9-]+\])[^\]\n]{0,40}\]?")
_REFERENCE_OR_CITATION = re.compile(r"\{\{[^{}]*\}?\}?|\[@[^\]\s]*\]?")
_LINE_END = re.compile(r"\r\n?|\n")
_CITATION = re.compile(r"\[@(?P<slug>[a-z0-9-]+)\]")
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


# Names


def find_unknown_names(text: str, headings: Sequence[Heading], edition: Edition) -> Iterator[Finding]:
    """Find figures, sources and skills that the edition does not have."""
    line_at, position = _line_finder(text), 0
    for written in unknown_references(text, edition):
        position = text.index(written, position)
        message = f"Edition {edition.number} has no figure for “{written}”."
        suggestion = "Correct the name, or write the sentence without it."
        yield make_error("text", line_at(position), written, message, suggestion)
        position += len(written)
    for found in unknown_citations(text, edition):
        message = f"Edition {edition.number} has no source “{found['slug']}”."
        suggestion = "Cite one of its sources, or cut the citation."
        yield make_error("text", line_at(found.start("slug")), found["slug"], message, suggestion)
    for heading in headings:
        yield from _check_marker(heading, edition)


def find_half_names(passage: Passage) -> Iterator[Finding]:
    """Find malformed references, whose brackets readers would see."""
    for found in _HALF.finditer(passage.words):
        example = "{{ kubernetes.premium }}" if found[0].startswith("{{") else "[@pooled-2026]"
        written, line = found[0].strip(), passage.line_at(found.start())
        yield make_error(passage.field, line, written, f"“{written}” names nothing.", f"Write it as {example}.")


def find_names_out_of_place(title: str, standfirst: str) -> Iterator[Finding]:
    """Find references in titles and standfirsts, where they are not filled in."""
    for field, words in (("title", title), ("standfirst", standfirst)):
        if found := _REFERENCE_OR_CITATION.search(words):
            written = shorten(found[0])
            suggestion = f"Write it in the text, and the {field} without it."
            yield make_error(field, None, written, f"“{written}” is not filled in here.", suggestion)


def _check_marker(heading: Heading, edition: Edition) -> Iterator[Finding]:
    if heading.marker is None:
        if found := re.search(r"(?<!\{)\{(?!\{)[^{}]*\}?\s*$", heading.written):
            suggestion = "End the heading in {skill=kubernetes}, or cut it."
            yield make_error("text", heading.line, found[0], f"“{found[0]}” marks nothing.", suggestion)
        return
    name, value = heading.marker
    written = f"{{{name}={value}}}"
    if name != SKILL_MARKER:
        suggestion = f"Write {{skill={value}}}, or cut it."
        yield make_error("text", heading.line, written, f"“{written}” marks nothing.", suggestion)
    elif value not in edition.skills:
        message = f"Edition {edition.number} has no skill “{value}”."
        yield make_error("text", heading.line, written, message, f"Correct {written}, or cut it.")


def _line_finder(text: str) -> Callable[[int], int]:
    """Return a function that finds the line, from 1, of a position in the text."""
    starts = [found.end() for found in _LINE_END.finditer(text)]
    return lambda position: bisect_right(starts, position) + 1


# Links and images


def check_links(text: str, reading: Reading, edition: Edition, articles: Collection[str]) -> Iterator[Finding]:
    """Find links that are not https, and links to a page or heading that does not exist."""
    anchors = {"": {section.anchor for section in read_sections(text)}}
    anchors[""] |= {f"source-{found['slug']}" for found in _CITATION.finditer(text)}
    anchors["/methodology/"] = {section.anchor for section in methodology().chapters}
    known = dict[str, tuple[str, str]]()
    for passage in reading.passages:
        for mark in passage.marks:
            if mark.kind is not MarkKind.LINK:
                continue
            if mark.target not in known:
                known[mark.target] = _judge_link(mark.target, edition, articles, anchors)
            message, suggestion = known[mark.target]
            if message:
                yield make_error("text", mark.line, mark.target, f"“{shorten(mark.target)}” {message}", suggestion)


def check_images(reading: Reading) -> Iterator[Finding]:
    """Find images from other sites, which browsers would not show, and images without a description."""
    known = dict[str, bool]()
    for passage in reading.passages:
        for mark in passage.marks:
            if mark.kind is not MarkKind.IMAGE:
                continue
            if mark.target not in known:
                known[mark.target] = _is_shown(mark.target)
            address = shorten(mark.target)
            if not known[mark.target]:
                message = f"“{address}” is no image of this site, so no reader would see it."
                suggestion = (
                    "Use one of this site, such as ![The share image](/static/img/share.png), or describe it in words."
                )
                yield make_error("text", mark.line, mark.target, message, suggestion)
            if not mark.description.strip():
                message = f"The image “{address}” has no description."
                suggestion = "Describe the image between the square brackets, for readers who do not see it."
                yield make_warning("text", mark.line, mark.target, message, suggestion)


def _judge_link(
    address: str, edition: Edition, articles: Collection[str], anchors: dict[str, set[str]]
) -> tuple[str, str]:
    """Return what is wrong with an address, and what to write; empty if it is fine."""
    if not is_safe_in_text(address):
        if address.startswith("http://"):
            return "is no https address, and readers would see it as typed.", "Begin it with https://."
        return (
            "is no address that an article may link to, and readers would see it as typed.",
            "Begin it with https://, or with / for a page of this site.",
        )
    if address.startswith("https:"):
        return "", ""
    parts = urlsplit(address)
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if path and not _is_page(path, edition, articles):
        if _is_page(f"{path}/", edition, articles):
            return "leads to a page only through a redirect.", f"Write {path}/ with a slash at the end."
        return "leads to no page of this site.", "Correct the address, or cut the link."
    if anchor and path in anchors and anchor not in anchors[path]:
        return "leads to no heading of the page.", "Link to one of its headings, such as /methodology/#7-net-gain."
    return "", ""


def _is_page(path: str, edition: Edition, articles: Collection[str]) -> bool:
    """Return whether readers find a page there. Previews and the admin do not count."""
    if _is_static_file(path):
        return True
    try:
        found = resolve(path)
    except Resolver404:
        return False
    match found.view_name:
        case "skills:skill":
            return found.kwargs["slug"] in edition.skills
        case "skills:source":
            return found.kwargs["slug"] in edition.sources
        case "skills:article":
            return found.kwargs["slug"] in articles
        case "skills:change":
            return found.kwargs["number"] in range(1, edition.number + 1)
        case "skills:article_preview":
            return False
    return "admin" not in found.namespaces


def _is_shown(address: str) -> bool:
    """Return whether it is an image among the static files, or a page that draws one."""
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        return False
    path = unquote(urlsplit(address).path)
    if not (mimetypes.guess_type(path)[0] or "").startswith("image/"):
        return False
    try:
        return _is_static_file(path) or bool(resolve(path))
    except Resolver404:
        return False


def _is_static_file(path: str) -> bool:
    if not path.startswith(settings.STATIC_URL):
        return False
    try:
        found = finders.find(path.removeprefix(settings.STATIC_URL))
    except (SuspiciousFileOperation, ValueError):  # a path that leaves the folder, or has a null byte
        return False
    return found is not None and Path(found).is_file()


# Figures


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
    return _CITATION.search(passage.words) is not None or any(
        target.startswith(("https:", "/methodology/")) or (target.startswith("/verdict/") and "edition=" in target)
        for target in targets
    )
